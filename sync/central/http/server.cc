#include "sync/central/http/server.h"

#include <openssl/ssl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <set>

#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"
#include "sync/central/http/connection.h"

namespace mimika::central::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kHousekeepingEvery{250};
constexpr std::chrono::milliseconds kAcceptPause{200};

Status set_up_tls(asio::ssl::context& tls, const ServerOptions& options) {
  error_code error;
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::single_dh_use, error);
  if (SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_3_VERSION) != 1) {
    return fail(ErrorCode::kInternal, "TLS 1.3 is not available");
  }
  // Every ticket is a few hundred bytes down a slow link; one is enough to resume.
  SSL_CTX_set_num_tickets(tls.native_handle(), 1);
  SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);
  tls.use_certificate_chain_file(options.certificate_path, error);
  if (error) return fail(ErrorCode::kCorrupt, options.certificate_path + ": " + error.message());
  tls.use_private_key_file(options.key_path, asio::ssl::context::pem, error);
  if (error) return fail(ErrorCode::kCorrupt, options.key_path + ": " + error.message());
  return {};
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(Site& site)
      : site_(site),
        tls_(asio::ssl::context::tls_server),
        acceptor_(loop_),
        signals_(loop_),
        housekeeping_timer_(loop_),
        stop_timer_(loop_),
        workers_(limits::kWorkers),
        shared_{site, workers_} {}

  Status open(const ServerOptions& options) {
    TRY(set_up_tls(tls_, options));
    error_code error;
    const asio::ip::address address = asio::ip::make_address(options.address, error);
    if (error) return fail(ErrorCode::kInvalidInput, "not an address to listen on: " + options.address);
    const tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return fail(error == asio::error::address_in_use ? ErrorCode::kConflict : ErrorCode::kUnreachable,
                  "listening on " + options.address + ":" + std::to_string(options.port) + ": " + error.message());
    }
    port_ = acceptor_.local_endpoint().port();
    return {};
  }

  void run(bool handle_signals) {
    if (handle_signals) {
      signals_.add(SIGTERM);
      signals_.add(SIGINT);
      signals_.async_wait([this](const error_code& error, int) {
        if (!error) begin_stop();
      });
    }
    asio::co_spawn(loop_, accept_all(), asio::detached);
    keep_house();
    loop_.run();
    workers_.join();
    site_.housekeeping();
  }

  void stop() {
    asio::post(loop_, [this] { begin_stop(); });
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  asio::awaitable<void> accept_all() {
    while (!shared_.stopping) {
      error_code error;
      tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (error == asio::error::operation_aborted) break;
      if (error) {
        // Out of descriptors: trying again at once would spin; in a moment some connection will have ended.
        log_warning("http", "accepting: {}", error.message());
        asio::steady_timer pause(loop_, kAcceptPause);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      admit(std::move(socket));
    }
  }

  void admit(tcp::socket socket) {
    error_code error;
    const tcp::endpoint remote = socket.remote_endpoint(error);
    if (error) return;
    const std::string address = remote.address().to_string();
    const auto same_address = by_address_.find(address);
    const bool crowd = same_address != by_address_.end() && same_address->second >= limits::kConnectionsPerAddress;
    if (crowd || connections_.size() >= limits::kConnections) {
      (void)site_.refuse(503, "overloaded", "");
      return;  // closed by going out of scope
    }
    socket.set_option(tcp::no_delay(true), error);
    auto connection = std::make_unique<Connection>(std::move(socket), tls_, shared_, address);
    asio::co_spawn(loop_, serve(std::move(connection), address), asio::detached);
  }

  asio::awaitable<void> serve(std::unique_ptr<Connection> connection, std::string address) {
    connections_.insert(connection.get());
    ++by_address_[address];
    try {
      co_await connection->run();
    } catch (const std::exception& problem) {
      log_error("http", "{}: {}", address, problem.what());
    }
    connections_.erase(connection.get());
    if (--by_address_[address] == 0) by_address_.erase(address);
    if (shared_.stopping && connections_.empty()) finish();
  }

  // Runs on a worker, one at a time.
  void keep_house() {
    housekeeping_timer_.expires_after(kHousekeepingEvery);
    housekeeping_timer_.async_wait([this](const error_code& error) {
      if (error || shared_.stopping) return;
      asio::post(workers_, [this] {
        site_.housekeeping();
        asio::post(loop_, [this] {
          if (!shared_.stopping) keep_house();
        });
      });
    });
  }

  void begin_stop() {
    if (shared_.stopping) return;
    shared_.stopping = true;
    log_info("http", "stopping; {} connections", connections_.size());
    error_code ignored;
    acceptor_.close(ignored);
    signals_.cancel(ignored);
    housekeeping_timer_.cancel();
    for (Connection* connection : connections_) connection->stop_when_idle();
    if (connections_.empty()) {
      finish();
      return;
    }
    stop_timer_.expires_after(std::chrono::seconds(limits::kStopSeconds));
    stop_timer_.async_wait([this](const error_code& error) {
      if (!error) finish();
    });
  }

  void finish() {
    stop_timer_.cancel();
    loop_.stop();
  }

  Site& site_;
  asio::ssl::context tls_;
  asio::io_context loop_{1};
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
  asio::steady_timer housekeeping_timer_;
  asio::steady_timer stop_timer_;
  asio::thread_pool workers_;
  Shared shared_;
  std::set<Connection*> connections_;
  std::map<std::string, std::size_t> by_address_;
  std::uint16_t port_ = 0;
};

Result<std::unique_ptr<Server>> Server::open(Site& site, const ServerOptions& options) {
  auto impl = std::make_unique<Impl>(site);
  TRY(impl->open(options));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
std::uint16_t Server::port() const {
  return impl_->port();
}
void Server::run(bool handle_signals) {
  impl_->run(handle_signals);
}
void Server::stop() {
  impl_->stop();
}

}  // namespace mimika::central::http
