// A TLS client that sends exactly the bytes it is told and trusts one authority: for looking at the server from
// outside. Blocking, with a time-out.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <ctime>
#include <memory>
#include <string>

namespace mimika::test {

struct TlsClientOptions {
  std::string ca_pem{};
  std::string name = "127.0.0.1";  // that the certificate must cover
  int newest_version = 0;          // TLS1_2_VERSION; 0: the newest
  std::time_t believed_time = 0;   // what the client's clock says; 0: the machine's
  int timeout_seconds = 20;
};

class TlsClient {
 public:
  TlsClient(std::uint16_t port, const TlsClientOptions& options);
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  bool send(const std::string& bytes);
  // One response: head, and the body its Content-Length says. Empty when the connection ended before.
  [[nodiscard]] std::string read_response();
  // Whatever comes until the other side ends the connection.
  [[nodiscard]] std::string read_to_end();
  void hang_up();  // without a word of TLS

 private:
  struct ContextFree {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  struct TlsFree {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };
  [[nodiscard]] bool read_some();

  std::unique_ptr<SSL_CTX, ContextFree> context_;
  std::unique_ptr<SSL, TlsFree> tls_;
  int fd_ = -1;
  bool connected_ = false;
  std::string buffer_;
};

}  // namespace mimika::test
