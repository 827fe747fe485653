#include "sync/central/http/connection.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <limits>
#include <memory>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"

namespace mimika::central::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 64 * mimika::limits::kKiB;

Method method_of(bhttp::verb verb) {
  switch (verb) {
    case bhttp::verb::get:
      return Method::kGet;
    case bhttp::verb::head:
      return Method::kHead;
    case bhttp::verb::post:
      return Method::kPost;
    default:
      return Method::kOther;
  }
}

std::string text_of(beast::string_view view) {
  return {view.data(), view.size()};
}

std::string path_of(beast::string_view target) {
  const std::string text = text_of(target);
  return text.substr(0, text.find('?'));
}

// Everything a handler may want to know, or why the request makes no sense.
template <typename Message>
Result<Request> to_request(const Message& message, const std::string& remote_address) {
  Request request;
  request.method = method_of(message.method());
  const std::string target = text_of(message.target());
  if (target.empty() || target.front() != '/') return fail(ErrorCode::kInvalidInput, "not a path");
  TRY_ASSIGN(request.path, percent_decode(path_of(message.target()), false));
  if (const std::size_t mark = target.find('?'); mark != std::string::npos) {
    TRY_ASSIGN(request.query, parse_form(std::string_view(target).substr(mark + 1)));
  }
  request.cookies = parse_cookies(text_of(message[bhttp::field::cookie]));
  request.host = text_of(message[bhttp::field::host]);
  request.origin = text_of(message[bhttp::field::origin]);
  request.content_type = text_of(message[bhttp::field::content_type]);
  request.accepts_gzip = text_of(message[bhttp::field::accept_encoding]).find("gzip") != std::string::npos;
  request.remote_address = remote_address;
  return request;
}

// Runs `work` on the workers and resumes the awaiting coroutine on its own thread with the result.
template <typename Made, typename Work>
asio::awaitable<Made> on_worker(asio::thread_pool& workers, Work work) {
  return asio::async_initiate<decltype(asio::use_awaitable), void(Made)>(
      [&workers](auto handler, Work job) {
        asio::post(workers, [handler = std::move(handler), job = std::move(job)]() mutable {
          Made made = job();
          const auto home = asio::get_associated_executor(handler);
          asio::post(home, [handler = std::move(handler), made = std::move(made)]() mutable {
            std::move(handler)(std::move(made));
          });
        });
      },
      asio::use_awaitable, std::move(work));
}

Response internal_error(const std::exception& problem) {
  log_error("http", "a handler failed: {}", problem.what());
  return {500, "text/plain; charset=utf-8", "internal error\n", {}};
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, asio::ssl::context& tls, Shared& shared,
                       std::string remote_address)
    : stream_(beast::tcp_stream(std::move(socket)), tls),
      shared_(shared),
      remote_address_(std::move(remote_address)),
      buffer_(kReadBytes + mimika::limits::kHttpHeaderBytes) {}

void Connection::expire_in(int seconds) {
  beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds(seconds));
}

void Connection::stop_when_idle() {
  if (!busy_) beast::get_lowest_layer(stream_).cancel();
}

asio::awaitable<void> Connection::run() {
  error_code error;
  expire_in(limits::kHandshakeSeconds);
  co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    log_debug("http", "{}: no TLS: {}", remote_address_, error.message());
    co_return;
  }
  while (!shared_.stopping) {
    if (co_await serve_one() == Next::kClose) break;
  }
  if (!broken_) co_await shut_down();
}

asio::awaitable<Connection::Next> Connection::serve_one() {
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(mimika::limits::kHttpHeaderBytes));
  // The limit depends on the path, which is not known yet; it is checked below, before any of the body is read.
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  error_code error;
  expire_in(limits::kIdleSeconds);
  co_await bhttp::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
  if (error == bhttp::error::end_of_stream) co_return Next::kClose;
  if (error) {
    const bool said_something = buffer_.size() > 0 || parser.got_some();
    if (error == bhttp::error::header_limit || error == bhttp::error::buffer_overflow) {
      co_await refuse_and_drain(431, "too_large", "");
    } else if (error.category() == make_error_code(bhttp::error::bad_method).category() && said_something &&
               error != bhttp::error::partial_message) {
      co_await refuse_and_drain(400, "malformed", "");
    } else {
      broken_ = true;
    }
    co_return Next::kClose;
  }

  busy_ = true;
  const auto& message = parser.get();
  const std::string path = path_of(message.target());
  auto request = to_request(message, remote_address_);
  if (!request) {
    co_await refuse_and_drain(400, "malformed", path);
    co_return Next::kClose;
  }
  if (parser.chunked()) {
    co_await refuse_and_drain(411, "length_required", path);
    co_return Next::kClose;
  }
  const std::uint64_t length = parser.content_length().value_or(0);
  if (length > shared_.site.body_limit(request->method, request->path)) {
    co_await refuse_and_drain(413, "too_large", path);
    co_return Next::kClose;
  }
  if (length > 0 && beast::iequals(message[bhttp::field::expect], "100-continue")) {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(stream_, asio::buffer(kContinue.data(), kContinue.size()),
                               asio::redirect_error(asio::use_awaitable, error));
  }
  if (error) co_return Next::kClose;
  const bool head_only = request->method == Method::kHead;
  const unsigned version = message.version();
  Response response;
  bool keep_alive = true;
  if (const auto sink = shared_.site.sink_for(*request)) {
    const auto started = std::chrono::steady_clock::now();
    auto streamed = co_await stream_body(parser, *sink);
    if (!streamed) co_return Next::kClose;
    response = *std::move(streamed);
    log_request(*request, response.status, started);
    keep_alive = parser.is_done();
  } else {
    const bool whole = co_await read_body(parser);
    if (!whole) co_return Next::kClose;
    request->body = std::move(parser.get().body());
    response = co_await handle_on_worker(std::move(*request));
  }
  keep_alive = keep_alive && parser.keep_alive() && !shared_.stopping;
  co_await send(response, keep_alive, head_only, version);
  if (!parser.is_done()) co_await drain();
  busy_ = false;
  co_return keep_alive && !broken_ ? Next::kGoOn : Next::kClose;
}

// Each read must bring something within kProgressSeconds: a slow link is welcome, a silent one is not.
asio::awaitable<bool> Connection::read_some(Parser& parser, std::chrono::steady_clock::time_point deadline) {
  error_code error;
  expire_in(limits::kProgressSeconds);
  co_await bhttp::async_read_some(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
  const bool late = std::chrono::steady_clock::now() > deadline;
  if (!error && !late) co_return true;
  const bool timed_out = late || error == beast::error::timeout;
  // Counted and logged; there is rarely anyone left to tell.
  (void)shared_.site.refuse(timed_out ? 408 : 400, timed_out ? "timeout" : "truncated", path_of(parser.get().target()));
  broken_ = true;
  co_return false;
}

// Whole or not at all.
asio::awaitable<bool> Connection::read_body(Parser& parser) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(limits::kRequestSeconds);
  while (!parser.is_done()) {
    if (!co_await read_some(parser, deadline)) co_return false;
  }
  co_return true;
}

// Every piece is worked on before the next is read; what comes meanwhile waits in the kernel. Nothing when the
// connection broke, or was refused for being too many.
asio::awaitable<std::optional<Response>> Connection::stream_body(Parser& parser, BodySink& sink) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(limits::kRequestSeconds);
  for (;;) {
    std::string piece;
    std::swap(piece, parser.get().body());  // the parser only ever appends to it
    const bool last = parser.is_done();
    if (!piece.empty() || last) {
      if (shared_.pending_jobs >= limits::kPendingJobs) {
        co_return shared_.site.refuse(503, "overloaded", path_of(parser.get().target()));
      }
      ++shared_.pending_jobs;
      auto work = [&sink, last, piece = std::move(piece)]() -> std::optional<Response> {
        try {
          const bool more = piece.empty() || sink.take(piece);
          if (more && !last) return std::nullopt;
          return sink.finish();
        } catch (const std::exception& problem) {
          return internal_error(problem);
        }
      };
      auto response = co_await on_worker<std::optional<Response>>(shared_.workers, std::move(work));
      --shared_.pending_jobs;
      if (response) co_return response;
    }
    if (!co_await read_some(parser, deadline)) co_return std::nullopt;
  }
}

asio::awaitable<Response> Connection::handle_on_worker(Request request) {
  if (shared_.pending_jobs >= limits::kPendingJobs) {
    co_return shared_.site.refuse(503, "overloaded", request.path);
  }
  ++shared_.pending_jobs;
  const auto started = std::chrono::steady_clock::now();
  Site& site = shared_.site;
  auto work = [&site, &request] {
    try {
      return site.handle(request);
    } catch (const std::exception& problem) {  // a library's, or out of memory: this request fails, the next may not
      return internal_error(problem);
    }
  };
  Response response = co_await on_worker<Response>(shared_.workers, std::move(work));
  --shared_.pending_jobs;
  log_request(request, response.status, started);
  co_return response;
}

void Connection::log_request(const Request& request, int status, std::chrono::steady_clock::time_point started) {
  const auto took = std::chrono::steady_clock::now() - started;
  const auto took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  const bool posted = request.method == Method::kPost;
  log_line(posted || status >= 400 ? LogLevel::kInfo : LogLevel::kDebug, "http",
           fmt::format("{} {} {} {} ms", posted ? "POST" : "GET", loggable(request.path), status, took_ms));
}

asio::awaitable<void> Connection::send(const Response& response, bool keep_alive, bool head_only, unsigned version) {
  bhttp::response<bhttp::string_body> message(static_cast<bhttp::status>(response.status), version);
  message.set(bhttp::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) message.insert(name, value);
  message.keep_alive(keep_alive);
  if (!head_only) message.body() = response.body;
  message.content_length(response.body.size());

  bhttp::response_serializer<bhttp::string_body> serializer(message);
  if (head_only) serializer.split(true);
  error_code error;
  while (!error && !(head_only ? serializer.is_header_done() : serializer.is_done())) {
    expire_in(limits::kProgressSeconds);
    co_await bhttp::async_write_some(stream_, serializer, asio::redirect_error(asio::use_awaitable, error));
  }
  if (error) broken_ = true;
}

asio::awaitable<void> Connection::refuse_and_drain(int status, std::string reason, std::string path) {
  busy_ = true;
  co_await send(shared_.site.refuse(status, reason, path), false, false, 11);
  co_await drain();
}

// Closing with unread bytes would reset the connection, and the other side might never see the answer; so what it
// still sends is read and thrown away, within limits.
asio::awaitable<void> Connection::drain() {
  std::size_t drained = 0;
  error_code error;
  buffer_.clear();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(limits::kProgressSeconds);
  std::vector<char> scrap(kReadBytes);
  while (!error && !broken_ && drained < limits::kDrainBytes && std::chrono::steady_clock::now() < deadline) {
    expire_in(limits::kShutdownSeconds);
    drained += co_await stream_.async_read_some(asio::buffer(scrap), asio::redirect_error(asio::use_awaitable, error));
  }
  broken_ = broken_ || error;
}

asio::awaitable<void> Connection::shut_down() {
  error_code ignored;
  expire_in(limits::kShutdownSeconds);
  co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace mimika::central::http
