#include "tests/support/tls_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "kiosk/base/check.h"

namespace mimika::test {
namespace {

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  CHECK(extension != nullptr);
  CHECK(X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

Certificate begin_certificate(EVP_PKEY* key, const char* name, Validity validity) {
  static std::atomic<long> serial = 1;
  Certificate certificate(X509_new());
  CHECK(certificate != nullptr);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), validity.from);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validity.to);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return certificate;
}

bool write_all(SSL* tls, const std::string& text) {
  return text.empty() || SSL_write(tls, text.data(), static_cast<int>(text.size())) > 0;
}

bool drip(SSL* tls, const std::string& head, const Bytes& body) {
  if (!write_all(tls, head)) return false;
  for (const std::uint8_t letter : body) {
    if (!write_all(tls, std::string(1, static_cast<char>(letter)))) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

// Reads until `enough` says so; false at the end of the connection.
bool read_until(SSL* tls, std::string& buffered, const std::function<bool()>& enough) {
  char block[4096];
  while (!enough()) {
    const int got = SSL_read(tls, block, sizeof block);
    if (got <= 0) return false;
    buffered.append(block, static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

TestAuthority::TestAuthority(Validity validity) : key_(EVP_EC_gen("P-256")) {
  certificate_ = begin_certificate(key_.get(), "A test's authority", validity);
  X509* self = certificate_.get();
  X509_set_issuer_name(self, X509_get_subject_name(self));
  add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(self, self, NID_key_usage, "critical,keyCertSign");
  add_extension(self, self, NID_subject_key_identifier, "hash");
  CHECK(X509_sign(self, key_.get(), EVP_sha256()) > 0);
}

std::string TestAuthority::pem() const {
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(out, certificate_.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(out);
  return text;
}

Certificate TestAuthority::issue(EVP_PKEY* key, const std::string& names, Validity validity) const {
  Certificate certificate = begin_certificate(key, "A test's server", validity);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  add_extension(certificate.get(), certificate_.get(), NID_subject_alt_name, names);
  add_extension(certificate.get(), certificate_.get(), NID_authority_key_identifier, "keyid");
  CHECK(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0);
  return certificate;
}

TlsServer::TlsServer(const TestAuthority& authority, const TlsServerOptions& options, Handler handler)
    : options_(options), handler_(std::move(handler)), context_(SSL_CTX_new(TLS_server_method())) {
  // A client that left must not end the test's process.
  std::signal(SIGPIPE, SIG_IGN);
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = authority.issue(key.get(), options_.names, options_.validity);
  CHECK(SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1);
  CHECK(SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1);
  if (options_.newest_version != 0) SSL_CTX_set_max_proto_version(context_.get(), options_.newest_version);

  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  CHECK(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  CHECK(::listen(listener_, 16) == 0);
  socklen_t size = sizeof address;
  CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_connections(); });
}

TlsServer::~TlsServer() {
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  hang_up();
  for (std::thread& thread : serving_) thread.join();
  ::close(listener_);
}

void TlsServer::hang_up() {
  const std::lock_guard lock(guard_);
  for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
}

void TlsServer::accept_connections() {
  for (;;) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    ++connections;
    const std::lock_guard lock(guard_);
    open_.push_back(fd);
    serving_.emplace_back([this, fd] { serve(fd); });
  }
}

void TlsServer::serve(int fd) {
  if (options_.silent) {
    char byte = 0;
    while (::recv(fd, &byte, 1, 0) > 0) {
    }
  } else {
    SSL* tls = SSL_new(context_.get());
    SSL_set_fd(tls, fd);
    if (SSL_accept(tls) == 1) {
      ++handshakes;
      std::string buffered;
      while (serve_request(tls, buffered)) {
      }
      SSL_shutdown(tls);
    }
    bytes_received += BIO_number_read(SSL_get_rbio(tls));
    bytes_sent += BIO_number_written(SSL_get_wbio(tls));
    SSL_free(tls);
  }
  const std::lock_guard lock(guard_);
  std::erase(open_, fd);
  ::close(fd);
}

bool TlsServer::serve_request(SSL* tls, std::string& buffered) {
  std::size_t head_end = std::string::npos;
  const auto has_head = [&] { return (head_end = buffered.find("\r\n\r\n")) != std::string::npos; };
  if (!read_until(tls, buffered, has_head)) return false;
  const std::string head = buffered.substr(0, head_end + 2);
  std::size_t length = 0;
  const std::string key = "Content-Length: ";
  if (const auto found = head.find(key); found != std::string::npos) {
    length = std::strtoul(head.c_str() + found + key.size(), nullptr, 10);
  }
  if (!read_until(tls, buffered, [&] { return buffered.size() >= head_end + 4 + length; })) return false;
  const ByteView bytes = as_bytes(buffered).subspan(head_end + 4, length);
  const Bytes body(bytes.begin(), bytes.end());
  buffered.erase(0, head_end + 4 + length);
  const std::size_t path_begin = head.find(' ') + 1;
  const std::string path = head.substr(path_begin, head.find(' ', path_begin) - path_begin);

  ++requests;
  const TlsReply reply = handler_(path, head, body);
  if (reply.never) {
    return read_until(tls, buffered, [] { return false; });
  }
  if (reply.hangs_up) return false;
  std::string out = "HTTP/1.1 " + std::to_string(reply.status) +
                    " Test\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n" + reply.extra_headers +
                    "\r\n";
  if (reply.drips) return drip(tls, out, reply.body);
  out += as_text(reply.body).substr(0, reply.close_in_the_middle ? reply.body.size() / 2 : reply.body.size());
  return write_all(tls, out) && !reply.close_in_the_middle;
}

}  // namespace mimika::test
