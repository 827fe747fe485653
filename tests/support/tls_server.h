// A small HTTPS server on loopback with a certificate authority of its own, for tests of the client's strictness. It
// misbehaves on request. One thread a connection; knows nothing of the product.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "kiosk/base/bytes.h"

namespace mimika::test {

struct KeyFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateFree {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct ContextFree {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;
using Certificate = std::unique_ptr<X509, CertificateFree>;

// Valid from and to, in seconds from now.
struct Validity {
  long from = -3600;
  long to = 86'400;
};

class TestAuthority {
 public:
  explicit TestAuthority(Validity validity = {});
  [[nodiscard]] std::string pem() const;
  // `names` as OpenSSL writes them: "IP:127.0.0.1,DNS:localhost".
  [[nodiscard]] Certificate issue(EVP_PKEY* key, const std::string& names, Validity validity) const;

 private:
  Key key_;
  Certificate certificate_;
};

struct TlsReply {
  int status = 200;
  Bytes body;
  std::string extra_headers;         // each ended by \r\n
  bool never = false;                // says nothing until the client goes
  bool hangs_up = false;             // ends the connection instead
  bool close_in_the_middle = false;  // half of the body, then the end of the connection
  bool drips = false;                // a letter of the body every 50 ms, for as long as the client stays
};

struct TlsServerOptions {
  std::string names = "IP:127.0.0.1,DNS:localhost";
  Validity validity;
  int newest_version = 0;  // TLS1_2_VERSION; 0: whatever OpenSSL offers
  bool silent = false;     // accepts connections and never says a word
};

class TlsServer {
 public:
  using Handler = std::function<TlsReply(const std::string& path, const std::string& head, const Bytes& body)>;
  TlsServer(const TestAuthority& authority, const TlsServerOptions& options, Handler handler);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  void hang_up();  // ends every open connection

  std::atomic<int> connections = 0;
  std::atomic<int> handshakes = 0;
  std::atomic<int> requests = 0;
  std::atomic<std::uint64_t> bytes_received = 0;  // from the sockets, TLS included
  std::atomic<std::uint64_t> bytes_sent = 0;

 private:
  void accept_connections();
  void serve(int fd);
  bool serve_request(SSL* tls, std::string& buffered);

  TlsServerOptions options_;
  Handler handler_;
  std::unique_ptr<SSL_CTX, ContextFree> context_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::mutex guard_;
  std::vector<int> open_;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

}  // namespace mimika::test
