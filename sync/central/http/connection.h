// One connection: handshake, then request after request until either side is done. Private to this folder.
#pragma once

// Boost.Asio 1.74 uses std::exchange in its coroutine header without including it, so <utility> comes first.
// clang-format off
#include <utility>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>
#include <string>
// clang-format on

#include "sync/central/http/server.h"

namespace mimika::central::http {

// What all connections of a server share.
struct Shared {
  Site& site;
  boost::asio::thread_pool& workers;
  std::atomic<std::size_t> pending_jobs = 0;
  bool stopping = false;  // of the loop's thread
};

class Connection {
 public:
  Connection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls, Shared& shared,
             std::string remote_address);

  boost::asio::awaitable<void> run();
  // Ends the connection unless a request is being worked on; that one is answered first.
  void stop_when_idle();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  enum class Next { kGoOn, kClose };

  boost::asio::awaitable<Next> serve_one();
  boost::asio::awaitable<bool> read_body(Parser& parser);
  boost::asio::awaitable<bool> read_some(Parser& parser, std::chrono::steady_clock::time_point deadline);
  boost::asio::awaitable<std::optional<Response>> stream_body(Parser& parser, BodySink& sink);
  boost::asio::awaitable<void> send(const Response& response, bool keep_alive, bool head_only, unsigned version);
  boost::asio::awaitable<void> refuse_and_drain(int status, std::string reason, std::string path);
  boost::asio::awaitable<Response> handle_on_worker(Request request);
  static void log_request(const Request& request, int status, std::chrono::steady_clock::time_point started);
  boost::asio::awaitable<void> drain();
  boost::asio::awaitable<void> shut_down();
  void expire_in(int seconds);

  boost::asio::ssl::stream<boost::beast::tcp_stream> stream_;
  Shared& shared_;
  std::string remote_address_;
  boost::beast::flat_buffer buffer_;
  bool busy_ = false;
  bool broken_ = false;
};

}  // namespace mimika::central::http
