// HTTPS/1.1 for thousands of slow links on one thread: coroutines own connections, a small pool of workers runs the
// handlers (SQL, Argon2id), so that a slow query never holds up the loop. TLS 1.3 only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "kiosk/base/result.h"
#include "sync/central/http/message.h"

namespace mimika::central::http {

// Takes a body piece by piece. On a worker's thread, never two at once; dropped without finish() when the connection
// breaks.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // False: no more is wanted, and finish() says why.
  [[nodiscard]] virtual bool take(std::string_view more) = 0;
  [[nodiscard]] virtual Response finish() = 0;
};

// What is served.
class Site {
 public:
  virtual ~Site() = default;
  // The largest body that path takes, in bytes; asked before any of it is read. 0: none.
  [[nodiscard]] virtual std::size_t body_limit(Method method, std::string_view path) const = 0;
  // For a body that is worked on while it comes; null: handle() gets it whole. On the loop's thread.
  [[nodiscard]] virtual std::unique_ptr<BodySink> sink_for(const Request& request) = 0;
  // On a worker's thread, several at once.
  [[nodiscard]] virtual Response handle(const Request& request) = 0;
  // A request that never became one: "too_large", "truncated", "malformed", "timeout", "overloaded". `path` may be
  // empty. The answer is for whoever is still listening. On the loop's thread: it must not wait for anything.
  [[nodiscard]] virtual Response refuse(int status, const std::string& reason, std::string_view path) = 0;
  // About four times a second on a worker's thread, and once more at the end.
  virtual void housekeeping() = 0;
};

struct ServerOptions {
  std::string address;     // "127.0.0.1", "::"
  std::uint16_t port = 0;  // 0: any free one
  std::string certificate_path;
  std::string key_path;
};

class Server {
 public:
  // Binds and listens. kConflict: the address is in use. `site` must outlive the server.
  [[nodiscard]] static Result<std::unique_ptr<Server>> open(Site& site, const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // Serves until stop(), or until SIGTERM or SIGINT when `handle_signals`. Requests under way are answered first.
  void run(bool handle_signals);
  void stop();  // from any thread

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mimika::central::http
