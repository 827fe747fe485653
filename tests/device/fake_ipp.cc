#include "tests/device/fake_ipp.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace mimika::test {
namespace {

using namespace std::chrono_literals;

constexpr int kOk = 0;
constexpr int kNotFound = 0x0406;
constexpr int kJobGroup = 2;
constexpr int kPrinterGroup = 4;

class IppWriter {
 public:
  IppWriter(int status, std::uint32_t request_id) {
    u16(0x0200);
    u16(status);
    u16(static_cast<int>(request_id >> 16U));
    u16(static_cast<int>(request_id & 0xFFFFU));
    byte(1);
    attribute(0x47, "attributes-charset", "utf-8");
    attribute(0x48, "attributes-natural-language", "en");
  }
  void group(int tag) { byte(tag); }
  void attribute(int tag, const std::string& name, const std::string& value) {
    byte(tag);
    u16(static_cast<int>(name.size()));
    out_ += name;
    u16(static_cast<int>(value.size()));
    out_ += value;
  }
  void keywords(const std::string& name, const std::vector<std::string>& values, int tag = 0x44) {
    for (std::size_t i = 0; i < values.size(); ++i) attribute(tag, i == 0 ? name : "", values[i]);
  }
  void number(int tag, const std::string& name, int value) { attribute(tag, name, four(value)); }
  void numbers(int tag, const std::string& name, const std::vector<int>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) number(tag, i == 0 ? name : "", values[i]);
  }
  void boolean(const std::string& name, bool value) { attribute(0x22, name, std::string(1, value ? '\1' : '\0')); }
  void dpi(const std::string& name, int value) { attribute(0x32, name, four(value) + four(value) + "\3"); }
  [[nodiscard]] std::string finish() {
    byte(3);
    return std::move(out_);
  }

 private:
  static std::string four(int value) {
    std::string bytes;
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>((value >> shift) & 0xFF);
    return bytes;
  }
  void byte(int value) { out_ += static_cast<char>(value); }
  void u16(int value) {
    byte(value >> 8);
    byte(value & 0xFF);
  }
  std::string out_;
};

std::uint32_t number_at(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

// The value of the first attribute of this name in a request of ours; none of them is in a collection.
std::string value_of(const std::string& ipp, const std::string& name) {
  const std::string wanted = std::string(1, '\0') + static_cast<char>(name.size()) + name;
  const std::size_t at = ipp.find(wanted);
  if (at == std::string::npos) return "";
  return ipp.substr(at + wanted.size() + 2, number_at(ipp, at + wanted.size(), 2));
}

bool send_all(int socket, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t sent = send(socket, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    at += static_cast<std::size_t>(sent);
  }
  return true;
}

// One request; empty when the other side left.
std::string read_request(int socket) {
  std::string all;
  char buffer[65536];
  std::size_t body_at = 0;
  std::size_t length = 0;
  for (;;) {
    const ssize_t got = recv(socket, buffer, sizeof buffer, 0);
    if (got <= 0) return "";
    all.append(buffer, static_cast<std::size_t>(got));
    if (body_at == 0) {
      const std::size_t end = all.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      body_at = end + 4;
      const std::size_t field = all.find("Content-Length: ");
      if (field < end) length = static_cast<std::size_t>(std::atol(all.c_str() + field + 16));
    }
    if (all.size() - body_at >= length) return all.substr(body_at);
  }
}

}  // namespace

FakeIpp::FakeIpp() {
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(listener_, 64) != 0) {
    std::abort();
  }
  socklen_t size = sizeof address;
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  server_ = std::thread([this] { serve(); });
}

FakeIpp::~FakeIpp() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  server_.join();
  for (std::thread& talk : talks_) talk.join();
  close(listener_);
}

void FakeIpp::serve() {
  for (;;) {
    const int socket = accept(listener_, nullptr, nullptr);
    if (socket < 0 || stopping_) return;
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    talks_.emplace_back([this, socket] {
      talk(socket);
      close(socket);
    });
  }
}

void FakeIpp::talk(int socket) {
  const std::string request = read_request(socket);
  if (request.size() < 9) return;
  const FakeReply reply = answer(request);
  switch (reply.how) {
    case FakeReply::How::kWhole:
      send_all(socket, reply.http);
      return;
    case FakeReply::How::kClose:
      return;
    case FakeReply::How::kHang: {
      char byte = 0;
      while (!stopping_ && recv(socket, &byte, 1, 0) > 0) continue;
      return;
    }
    case FakeReply::How::kDrip:
      for (const char c : reply.http) {
        if (stopping_ || !send_all(socket, std::string(1, c))) return;
        std::this_thread::sleep_for(50ms);
      }
      return;
    case FakeReply::How::kEndlessHeaders:
      if (!send_all(socket, "HTTP/1.1 200 OK\r\n")) return;
      while (!stopping_ && send_all(socket, "X-More: and more\r\n")) continue;
      return;
  }
}

FakeReply FakeIpp::answer(const std::string& ipp) {
  const std::lock_guard lock(mutex);
  const int operation = static_cast<int>(number_at(ipp, 2, 2));
  const std::uint32_t request_id = number_at(ipp, 4, 4);
  ++asked[operation];
  const std::string usual = carry_out(operation, request_id, ipp);
  if (instead) {
    if (auto other = instead(operation, request_id)) return *std::move(other);
  }
  return reply(usual);
}

std::string FakeIpp::carry_out(int operation, std::uint32_t request_id, const std::string& ipp) {
  const std::string id_bytes = value_of(ipp, "job-id");
  const int id = id_bytes.size() == 4 ? static_cast<int>(number_at(id_bytes, 0, 4)) : 0;
  if (operation == kGetPrinterAttributes) {
    IppWriter out(kOk, request_id);
    out.group(kPrinterGroup);
    out.number(0x23, "printer-state", state);
    out.keywords("printer-state-reasons", reasons);
    out.boolean("printer-is-accepting-jobs", true);
    out.attribute(0x41, "printer-make-and-model", "Fake 80");
    out.numbers(0x23, "operations-supported", operations);
    out.keywords("document-format-supported", {"image/pwg-raster"}, 0x49);
    out.dpi("pwg-raster-document-resolution-supported", 203);
    out.keywords("pwg-raster-document-type-supported", {"sgray_8"});
    out.keywords("media-supported", {"iso_a4_210x297mm"});
    out.attribute(0x44, "media-default", "iso_a4_210x297mm");
    out.keywords("job-creation-attributes-supported", job_attributes);
    return out.finish();
  }
  if (operation == kCreateJob || operation == kPrintJob) {
    const int made = static_cast<int>(jobs.size()) + 1;
    last_request = ipp;
    jobs[made] = {value_of(ipp, "job-name"), 3, 0, operation == kPrintJob};
    IppWriter out(kOk, request_id);
    out.group(kJobGroup);
    out.number(0x21, "job-id", made);
    out.number(0x23, "job-state", 3);
    return out.finish();
  }
  if (operation == kGetJobs) {
    IppWriter out(kOk, request_id);
    for (const auto& [number, job] : jobs) {
      if (job.state >= 7) continue;
      out.group(kJobGroup);
      out.number(0x21, "job-id", number);
      out.attribute(0x42, "job-name", job.name);
    }
    return out.finish();
  }
  const auto found = jobs.find(id);
  if (found == jobs.end()) return ipp_status(kNotFound, request_id);
  FakeJob& job = found->second;
  if (operation == kSendDocument) job.has_document = true;
  if (operation == kCancelJob && obeys_cancel && job.state < 7) job.state = 7;
  if (operation == kGetJobAttributes) {
    if (job.has_document && job.state < 7) job.state = job_state(job.asked++);
    IppWriter out(kOk, request_id);
    out.group(kJobGroup);
    out.number(0x23, "job-state", job.state);
    out.keywords("job-state-reasons", job_reasons);
    return out.finish();
  }
  return ipp_status(kOk, request_id);
}

FakeReply FakeIpp::reply(const std::string& ipp) {
  return {"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: " + std::to_string(ipp.size()) +
              "\r\n\r\n" + ipp,
          FakeReply::How::kWhole};
}

std::string FakeIpp::ipp_status(int status, std::uint32_t request_id) {
  return IppWriter(status, request_id).finish();
}

}  // namespace mimika::test
