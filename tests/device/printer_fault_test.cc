// A printer that fails, lies or talks nonsense. Whatever it does, the answer comes in time, is one of the known words,
// and nothing of ours is left in it, or that is said.
#include <catch2/catch.hpp>
#include <thread>

#include "kiosk/base/limits.h"
#include "kiosk/device/printer.h"
#include "tests/device/fake_ipp.h"
#include "tests/device/slip_world.h"

using namespace mimika;
using namespace mimika::device;
using namespace mimika::test;
using namespace std::chrono_literals;
using How = FakeReply::How;

namespace {

constexpr PrinterTimeouts kShort{.connect_ms = 300,
                                 .answer_ms = 300,
                                 .send_ms = 700,
                                 .ready_ms = 300,
                                 .job_ms = 1'000,
                                 .settle_ms = 500,
                                 .cancel_ms = 300,
                                 .poll_ms = 30};

struct Fault {
  Fault() { printer = open_printer({.uri = fake.uri(), .owner = "JLA1", .timeouts = kShort}, *env).value(); }
  PrintOutcome print() {
    const std::int64_t start_ms = env->monotonic_ms();
    PrintOutcome outcome = printer->print([this](int width) { return maker.render(slip, width); }, cancellation);
    took_ms = env->monotonic_ms() - start_ms;
    return outcome;
  }
  // At every question of this operation.
  void reply_to(int operation, const FakeReply& reply) {
    const std::lock_guard lock(fake.mutex);
    fake.instead = [operation, reply](int asked, std::uint32_t) {
      return asked == operation ? std::optional(reply) : std::nullopt;
    };
  }
  [[nodiscard]] bool printer_holds_a_job() {
    const std::lock_guard lock(fake.mutex);
    for (const auto& [id, job] : fake.jobs) {
      if (job.state < 7) return true;
    }
    return false;
  }

  std::unique_ptr<Env> env = make_system_env();
  FakeIpp fake;
  SlipMaker maker = slip_maker();
  ReceiptSlip slip = sample_slip();
  Cancellation cancellation;
  std::unique_ptr<Printer> printer;
  std::int64_t took_ms = 0;
};

std::string http_ok(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

struct Nonsense {
  const char* what;
  FakeReply reply;
  PrinterState told;
};

std::vector<Nonsense> nonsense() {
  const std::string whole = FakeIpp::ipp_status(0, 1);
  std::string huge = whole.substr(0, whole.size() - 1);
  while (huge.size() < 10 * limits::kMiB) {
    huge += std::string("\x41\0\1x\x7F\xFF", 6) + std::string(0x7FFF, 'x');
  }
  huge += '\3';
  return {
      {"no HTTP", {"SSH-2.0-OpenSSH_9.2\r\n\r\n", How::kWhole}, PrinterState::kOffline},
      {"HTML", {http_ok("<html>It works!</html>"), How::kWhole}, PrinterState::kOtherTrouble},
      {"an empty body", {http_ok(""), How::kWhole}, PrinterState::kOtherTrouble},
      {"zeroes", {http_ok(std::string(400, '\0')), How::kWhole}, PrinterState::kOtherTrouble},
      {"a length that is not kept",
       {"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nabc", How::kWhole},
       PrinterState::kOtherTrouble},
      {"IPP of nothing", {http_ok(whole), How::kWhole}, PrinterState::kOtherTrouble},
      {"half an answer", {http_ok(whole.substr(0, 20)), How::kWhole}, PrinterState::kOtherTrouble},
      {"ten megabytes", {http_ok(huge), How::kWhole}, PrinterState::kOtherTrouble},
      {"404", {"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", How::kWhole}, PrinterState::kOtherTrouble},
      {"500", {"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", How::kWhole}, PrinterState::kOtherTrouble},
      {"a password wanted",
       {"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", How::kWhole},
       PrinterState::kOtherTrouble},
      {"elsewhere",
       {"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n", How::kWhole},
       PrinterState::kOtherTrouble},
      {"nothing", {"", How::kHang}, PrinterState::kOffline},
      {"a closed door", {"", How::kClose}, PrinterState::kOffline},
      {"one letter at a time", {http_ok(whole), How::kDrip}, PrinterState::kOffline},
      {"headers for ever", {"", How::kEndlessHeaders}, PrinterState::kOffline}};
}

}  // namespace

TEST_CASE("a well-behaved printer gets one job, with nothing of the person in its name") {
  Fault world;
  const PrintOutcome outcome = world.print();
  INFO(outcome.detail);
  CHECK(outcome.end == PrintEnd::kPrinted);
  const std::lock_guard lock(world.fake.mutex);
  CHECK(world.fake.jobs.size() == 1);
  CHECK(world.fake.jobs.begin()->second.name == "mimika-kiosk JLA1");
  CHECK(world.fake.last_request.find("job-cancel-after") != std::string::npos);
  for (const char* personal : {"0417", "4827", "Diloa"}) {
    CHECK(world.fake.last_request.find(personal) == std::string::npos);
  }
}

TEST_CASE("a printer that answers nonsense is told to be in trouble, in time, and given nothing") {
  for (const Nonsense& answer : nonsense()) {
    INFO(answer.what);
    Fault world;
    world.reply_to(kGetPrinterAttributes, answer.reply);
    CHECK(world.printer->status(world.cancellation).state == answer.told);
    const PrintOutcome outcome = world.print();
    CHECK(outcome.end == PrintEnd::kNotReady);
    CHECK(outcome.printer == answer.told);
    CHECK(world.took_ms < 2'500);
    const std::lock_guard lock(world.fake.mutex);
    CHECK(world.fake.jobs.empty());
  }
}

TEST_CASE("an answer that goes wrong at any question leaves no job behind, and is never called printed") {
  for (const int operation : {kCreateJob, kSendDocument, kGetJobAttributes, kGetJobs}) {
    for (const Nonsense& answer : nonsense()) {
      INFO(answer.what << " instead of " << operation);
      Fault world;
      world.reply_to(operation, answer.reply);
      const PrintOutcome outcome = world.print();
      INFO(outcome.detail);
      CHECK(outcome.end != PrintEnd::kPrinted);
      CHECK(world.took_ms < 6'000);
      CHECK_FALSE(world.printer_holds_a_job());
      // Asked without an answer, it does not claim to know.
      if (operation == kGetJobAttributes) CHECK_FALSE(outcome.nothing_left);
      if (operation == kCreateJob || operation == kSendDocument) CHECK(outcome.nothing_left);
    }
  }
}

TEST_CASE("a printer with Print-Job alone, whose answer is lost, loses the job as well") {
  Fault world;
  world.fake.operations = {kPrintJob, kCancelJob, kGetJobAttributes, kGetJobs, kGetPrinterAttributes};
  CHECK(world.print().end == PrintEnd::kPrinted);
  world.reply_to(kPrintJob, {"", How::kClose});
  const PrintOutcome outcome = world.print();
  CHECK(outcome.end == PrintEnd::kTrouble);
  CHECK(outcome.nothing_left);
  CHECK_FALSE(world.printer_holds_a_job());
}

TEST_CASE("a printer that says completed while it still works, or while its paper is out, is not believed") {
  SECTION("it comes to rest later") {
    Fault world;
    world.fake.job_state = [&](int) {
      world.fake.state = 4;
      return 9;
    };
    std::thread later([&] {
      std::this_thread::sleep_for(250ms);
      const std::lock_guard lock(world.fake.mutex);
      world.fake.state = 3;
    });
    CHECK(world.print().end == PrintEnd::kPrinted);
    CHECK(world.took_ms >= 200);
    later.join();
  }
  SECTION("it never does") {
    Fault world;
    world.fake.job_state = [&](int) {
      world.fake.state = 4;
      return 9;
    };
    CHECK(world.print().end == PrintEnd::kTimedOut);
  }
  SECTION("the paper was out") {
    Fault world;
    world.fake.job_state = [&](int) {
      world.fake.reasons = {"media-empty-error"};
      return 9;
    };
    const PrintOutcome outcome = world.print();
    CHECK(outcome.end == PrintEnd::kTrouble);
    CHECK(outcome.printer == PrinterState::kPaperOut);
  }
  SECTION("with errors") {
    Fault world;
    world.fake.job_reasons = {"job-completed-with-errors"};
    CHECK(world.print().end == PrintEnd::kTrouble);
  }
}

TEST_CASE("keywords nobody knows stop a page when they are errors, and do not when they are less") {
  for (const auto& [reason, printed] :
       {std::pair{"com.maker.flux-error", false}, std::pair{"com.maker.flux-warning", true},
        std::pair{"com.maker.flux-report", true}, std::pair{"flux", true}}) {
    INFO(reason);
    Fault world;
    world.fake.reasons = {reason};
    const PrintOutcome outcome = world.print();
    CHECK((outcome.end == PrintEnd::kPrinted) == printed);
    if (!printed) CHECK(outcome.printer == PrinterState::kOtherTrouble);
  }
  Fault world;
  world.fake.reasons.assign(4'000, "flux-report");
  CHECK(world.printer->status(world.cancellation).reasons.size() == limits::kPrinterReasons);
}

TEST_CASE("job states that mean no, and such as do not exist, end the job") {
  for (const int state : {4, 6, 7, 8, 0, 42, -1}) {
    INFO(state);
    Fault world;
    world.fake.job_state = [state](int) { return state; };
    const PrintOutcome outcome = world.print();
    CHECK(outcome.end == PrintEnd::kTrouble);
    CHECK(outcome.nothing_left == (state != 42));
  }
}

TEST_CASE("a job that is forgotten by the printer is gone, and not called printed") {
  Fault world;
  world.fake.instead = [](int asked, std::uint32_t id) {
    return asked == kGetJobAttributes ? std::optional(FakeIpp::reply(FakeIpp::ipp_status(0x0406, id))) : std::nullopt;
  };
  const PrintOutcome outcome = world.print();
  CHECK(outcome.end == PrintEnd::kTrouble);
  CHECK(outcome.nothing_left);
}

TEST_CASE("a printer that does not let go of a cancelled job is told, and is given no other page until it does") {
  Fault world;
  world.fake.obeys_cancel = false;
  world.fake.job_state = [&](int) {
    world.fake.reasons = {"media-jam-error"};
    return 5;
  };
  const PrintOutcome outcome = world.print();
  CHECK(outcome.end == PrintEnd::kTrouble);
  CHECK(outcome.printer == PrinterState::kPaperJam);
  CHECK_FALSE(outcome.nothing_left);
  {
    const std::lock_guard lock(world.fake.mutex);
    world.fake.reasons = {"none"};
    world.fake.job_state = [](int) { return 5; };
  }
  const PrintOutcome next = world.print();
  CHECK(next.end == PrintEnd::kNotReady);
  CHECK_FALSE(next.nothing_left);
  {
    const std::lock_guard lock(world.fake.mutex);
    CHECK(world.fake.jobs.size() == 1);
    world.fake.obeys_cancel = true;
    world.fake.job_state = [](int) { return 9; };
  }
  CHECK(world.print().end == PrintEnd::kPrinted);
}

TEST_CASE("what another kiosk has in the same printer is left alone") {
  Fault world;
  world.fake.jobs[1] = {"mimika-kiosk AGM2", 3, 0, true};
  world.fake.jobs[2] = {"mimika-kiosk JLA1", 3, 0, true};
  world.fake.jobs[3] = {"mimika-kiosk JLA10", 3, 0, true};
  CHECK(world.printer->clear_leftovers(world.cancellation).has_value());
  const std::lock_guard lock(world.fake.mutex);
  CHECK(world.fake.jobs[1].state < 7);
  CHECK(world.fake.jobs[2].state == 7);
  CHECK(world.fake.jobs[3].state < 7);
}

TEST_CASE("a cancel ends a call at once, whatever it waits for") {
  for (const int operation : {kGetPrinterAttributes, kGetJobs, kCreateJob, kSendDocument, kGetJobAttributes}) {
    INFO(operation);
    Fault world;
    world.printer =
        open_printer({.uri = world.fake.uri(), .owner = "JLA1", .timeouts = {.cancel_ms = 500}}, *world.env).value();
    world.reply_to(operation, {"", How::kHang});
    std::thread visitor([&] {
      std::this_thread::sleep_for(300ms);
      {
        const std::lock_guard lock(world.fake.mutex);
        world.fake.instead = nullptr;
      }
      world.cancellation.cancel();
    });
    const PrintOutcome outcome = world.print();
    visitor.join();
    CHECK(outcome.end == PrintEnd::kCancelled);
    // What an earlier life left was not found out yet when it was asked for.
    CHECK(outcome.nothing_left == (operation != kGetJobs));
    CHECK(world.took_ms < 1'500);
    CHECK_FALSE(world.printer_holds_a_job());
  }
}

TEST_CASE("a busy printer is waited for a little, then said to be busy") {
  Fault world;
  world.fake.state = 4;
  const PrintOutcome outcome = world.print();
  CHECK(outcome.end == PrintEnd::kNotReady);
  CHECK(outcome.printer == PrinterState::kBusy);
}

TEST_CASE("a slip that cannot be drawn is not half printed") {
  Fault world;
  world.slip.statement = std::string(9'000, 'x');
  CHECK(world.print().end == PrintEnd::kCannotPrint);
  const std::lock_guard lock(world.fake.mutex);
  CHECK(world.fake.jobs.empty());
}
