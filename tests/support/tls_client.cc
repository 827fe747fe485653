#include "tests/support/tls_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstring>

namespace mimika::test {

TlsClient::TlsClient(std::uint16_t port, const TlsClientOptions& options) {
  // A server that closes first must not end the test.
  std::signal(SIGPIPE, SIG_IGN);
  context_.reset(SSL_CTX_new(TLS_client_method()));
  REQUIRE(context_);
  BIO* const pem = BIO_new_mem_buf(options.ca_pem.data(), static_cast<int>(options.ca_pem.size()));
  X509* const authority = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
  BIO_free(pem);
  REQUIRE(authority != nullptr);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), authority);
  X509_free(authority);
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
  if (options.newest_version != 0) SSL_CTX_set_max_proto_version(context_.get(), options.newest_version);

  tls_.reset(SSL_new(context_.get()));
  X509_VERIFY_PARAM* const rules = SSL_get0_param(tls_.get());
  if (X509_VERIFY_PARAM_set1_ip_asc(rules, options.name.c_str()) != 1) {
    X509_VERIFY_PARAM_set1_host(rules, options.name.c_str(), 0);
  }
  if (options.believed_time != 0) X509_VERIFY_PARAM_set_time(rules, options.believed_time);

  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  timeval patience{options.timeout_seconds, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  std::memcpy(&generic, &address, sizeof generic);
  if (::connect(fd_, &generic, sizeof generic) != 0) return;
  SSL_set_fd(tls_.get(), fd_);
  connected_ = SSL_connect(tls_.get()) == 1;
}

TlsClient::~TlsClient() {
  hang_up();
}

void TlsClient::hang_up() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

bool TlsClient::send(const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const int wrote = SSL_write(tls_.get(), bytes.data() + done, static_cast<int>(bytes.size() - done));
    if (wrote <= 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return true;
}

bool TlsClient::read_some() {
  char block[16 * 1024];
  const int got = SSL_read(tls_.get(), block, sizeof block);
  if (got <= 0) return false;
  buffer_.append(block, static_cast<std::size_t>(got));
  return true;
}

std::string TlsClient::read_response() {
  std::size_t head_end = std::string::npos;
  while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_some()) return {};
  }
  std::size_t size = head_end + 4;
  const std::string field = "Content-Length: ";
  if (const std::size_t at = buffer_.find(field); at < head_end) size += std::stoul(buffer_.substr(at + field.size()));
  while (buffer_.size() < size) {
    if (!read_some()) return {};
  }
  std::string response = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

std::string TlsClient::read_to_end() {
  while (read_some()) continue;
  return std::exchange(buffer_, {});
}

}  // namespace mimika::test
