// Synchronises as often as it is told, in one process and over one transport, and says what each time cost: for
// measurements that need a warm connection, and for what a round that failed has carried.
//
//   bench_syncer DATA
//
// A line of standard input is a command, a line of JSON the answer: "sync" makes rounds until neither side has more,
// "fresh" the same over a new connection. bench_syncer knows no patience of its own: whether and when to try again
// after a failure is decided by whoever sends the next line.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "kiosk/app/locations.h"
#include "kiosk/base/log.h"
#include "sync/client/curl_transport.h"
#include "sync/client/engine.h"
#include "sync/client/enrolment_files.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;

// Summed over the rounds of one command.
struct Total {
  std::uint64_t calls = 0;
  std::uint64_t records = 0;
  std::uint64_t arrived = 0;
  std::uint64_t feed_applied = 0;

  void add(const sync::SyncReport& report) {
    calls += report.calls;
    records += report.records;
    arrived += report.arrived;
    feed_applied += report.feed_applied;
  }
};

Json answer_of(const Status& result, const Total& total, std::int64_t elapsed_ms, const sync::Traffic& before,
               const sync::Traffic& after) {
  Json answer = {{"ok", result.has_value()}};
  if (!result) {
    answer["error"] = error_code_name(result.error().code);
    answer["message"] = result.error().message;
  }
  answer["calls"] = total.calls;
  answer["records"] = total.records;
  answer["arrived"] = total.arrived;
  answer["feed_applied"] = total.feed_applied;
  answer["elapsed_ms"] = elapsed_ms;
  answer["connections"] = after.connections - before.connections;
  answer["application_bytes_sent"] = after.application_sent - before.application_sent;
  answer["application_bytes_received"] = after.application_received - before.application_received;
  answer["socket_bytes_sent"] = after.socket_sent - before.socket_sent;
  answer["socket_bytes_received"] = after.socket_received - before.socket_received;
  return answer;
}

Status run(const std::string& root) {
  const auto env = make_system_env();
  const DataFolder folder{root};
  TRY_ASSIGN(const sync::Enrolment enrolment, sync::load_enrolment(folder.root));
  TRY_ASSIGN(const auto store, Store::open(enrolment.store_options(folder.journal(), "bench"), *env));
  TRY_ASSIGN(const auto transport, sync::CurlTransport::open(enrolment.transport_options()));
  sync::SyncEngine engine(*store, *transport, enrolment.device_key, *env);
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "fresh") {
      transport->use_fresh_connection();
    } else if (line != "sync") {
      return fail(ErrorCode::kInvalidInput, "not a command: " + line);
    }
    const sync::Traffic before = transport->traffic();
    const std::int64_t begun = env->monotonic_ms();
    Total total;
    sync::SyncReport report;
    Status result;
    do {
      result = engine.run(report);
      total.add(report);
    } while (result && report.more);
    std::cout << answer_of(result, total, env->monotonic_ms() - begun, before, transport->traffic()).dump()
              << std::endl;
  }
  return {};
}

}  // namespace
}  // namespace mimika

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench_syncer DATA\n");
    return 2;
  }
  mimika::open_log("", mimika::LogLevel::kError);
  const mimika::Status status = mimika::run(argv[1]);
  if (status) return 0;
  std::fprintf(stderr, "bench_syncer: %s\n", status.error().message.c_str());
  return 1;
}
