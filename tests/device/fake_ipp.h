// A printer of a few hundred lines, for what no real one can be made to do: to answer garbage, slowly, for ever, late,
// or not at all; to lie; to lose its connection at a chosen question.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace mimika::test {

// Operations, RFC 8011 5.4.15.
inline constexpr int kPrintJob = 0x02;
inline constexpr int kCreateJob = 0x05;
inline constexpr int kSendDocument = 0x06;
inline constexpr int kCancelJob = 0x08;
inline constexpr int kGetJobAttributes = 0x09;
inline constexpr int kGetJobs = 0x0A;
inline constexpr int kGetPrinterAttributes = 0x0B;

struct FakeReply {
  enum class How { kWhole, kHang, kDrip, kClose, kEndlessHeaders };
  std::string http;  // header and body as they are sent
  How how = How::kWhole;
};

struct FakeJob {
  std::string name;
  int state = 3;
  int asked = 0;  // how often it was asked for
  bool has_document = false;
};

class FakeIpp {
 public:
  FakeIpp();
  ~FakeIpp();
  FakeIpp(const FakeIpp&) = delete;
  FakeIpp& operator=(const FakeIpp&) = delete;
  [[nodiscard]] std::string uri() const { return "ipp://127.0.0.1:" + std::to_string(port_) + "/ipp/print"; }

  // All below: under `mutex` once it is being asked.
  std::mutex mutex;
  int state = 3;
  std::vector<std::string> reasons = {"none"};
  std::vector<std::string> job_reasons = {"none"};
  std::vector<int> operations = {kPrintJob,         kCreateJob, kSendDocument,        kCancelJob,
                                 kGetJobAttributes, kGetJobs,   kGetPrinterAttributes};
  std::vector<std::string> job_attributes = {"media", "job-cancel-after"};
  bool obeys_cancel = true;
  // Called for each question about a job that has its document, with the number of the question: the job's next state.
  std::function<int(int question)> job_state = [](int question) { return question < 2 ? 5 : 9; };
  // Instead of the usual answer to an operation; the operation is carried out all the same.
  std::function<std::optional<FakeReply>(int operation, std::uint32_t request_id)> instead;
  std::map<int, FakeJob> jobs;
  std::map<int, int> asked;  // how often each operation came
  std::string last_request;  // bytes of the last Create-Job or Print-Job

  [[nodiscard]] static FakeReply reply(const std::string& ipp);
  // An answer without attributes.
  [[nodiscard]] static std::string ipp_status(int status, std::uint32_t request_id);

 private:
  void serve();
  void talk(int socket);
  FakeReply answer(const std::string& ipp);
  std::string carry_out(int operation, std::uint32_t request_id, const std::string& ipp);
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> talks_;
  std::thread server_;  // last
};

}  // namespace mimika::test
