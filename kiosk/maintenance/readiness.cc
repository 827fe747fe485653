#include "kiosk/maintenance/readiness.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/result_json.h"

namespace mimika::maintenance {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::int64_t kSecondMs = 1000;
// What is signed begins with what it is, so that no signature of one thing is one of another.
constexpr std::string_view kReportDomain = "mimika readiness report 1\n";
constexpr std::string_view kSummaryDomain = "mimika readiness summary 1\n";
constexpr std::string_view kSummaryMark = "MR1";
constexpr std::size_t kSummaryFields = 5;
constexpr std::string_view kLetters = "PWFNS";  // in the order of Outcome
constexpr char kNeverDone = '0';

std::string canonical(const json& node) {
  return node.dump(-1, ' ', false, json::error_handler_t::replace);
}

json to_json(const ReadinessReport& report) {
  json settings = json::object();
  for (const auto& [name, value] : report.settings) settings[name] = value;
  json diagnostics = json::array();
  for (const DiagnosticResult& result : report.diagnostics) diagnostics.push_back(result_to_json(result));
  DiagnosticResult time;
  time.at = report.at;
  const json at = result_to_json(time);
  return {{"device_code", report.device_code},
          {"device", report.device},
          {"district", report.district},
          {"office", report.office},
          {"centre", report.centre_url},
          {"verify_key", report.verify_key},
          {"version", report.version},
          {"built_ms", report.built_ms},
          {"at",
           {{"wall_ms", at["wall_ms"]},
            {"clock", at["clock"]},
            {"boot", at["boot"]},
            {"monotonic_ms", at["monotonic_ms"]}}},
          {"zone", report.zone},
          {"free_bytes", report.free_bytes},
          {"events", report.events},
          {"tickets", report.tickets},
          {"unsent_events", report.unsent_events},
          {"settings", settings},
          {"readiness", readiness_name(readiness_of(report))},
          {"diagnostics", diagnostics}};
}

Result<ReadinessReport> from_json(const json& node) {
  ReadinessReport report;
  report.device_code = node.at("device_code").get<std::string>();
  report.device = node.at("device").get<std::uint32_t>();
  report.district = node.at("district").get<std::string>();
  report.office = node.at("office").get<std::string>();
  report.centre_url = node.at("centre").get<std::string>();
  report.verify_key = node.at("verify_key").get<std::string>();
  report.version = node.at("version").get<std::string>();
  report.built_ms = node.at("built_ms").get<std::int64_t>();
  json time = result_to_json({});
  time.update(node.at("at"));
  TRY_ASSIGN(const DiagnosticResult at, result_from_json(time));
  report.at = at.at;
  report.zone = node.at("zone").get<std::string>();
  report.free_bytes = node.at("free_bytes").get<std::uint64_t>();
  report.events = node.at("events").get<std::uint64_t>();
  report.tickets = node.at("tickets").get<std::uint64_t>();
  report.unsent_events = node.at("unsent_events").get<std::uint64_t>();
  for (const auto& [name, value] : node.at("settings").items()) {
    report.settings.emplace_back(name, value.get<std::string>());
  }
  for (const json& one : node.at("diagnostics")) {
    // A check of a newer program is passed over: the signature covers it all the same.
    if (!one.contains("id") || !parse_diagnostic(one.at("id").get<std::string>())) continue;
    TRY_ASSIGN(DiagnosticResult result, result_from_json(one));
    report.diagnostics.push_back(std::move(result));
  }
  return report;
}

crypto::Signature sign(const crypto::SigningKey& key, std::string_view domain, std::string_view text) {
  return key.sign(as_bytes(std::string(domain).append(text)));
}

bool is_signed(const crypto::VerifyKey& key, std::string_view domain, std::string_view text, ByteView signature) {
  crypto::Signature fixed{};
  if (signature.size() != fixed.size()) return false;
  std::ranges::copy(signature, fixed.begin());
  return crypto::verify(key, as_bytes(std::string(domain).append(text)), fixed);
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

const DiagnosticResult* find_result(const ReadinessReport& report, DiagnosticId id) {
  const auto found = std::ranges::find(report.diagnostics, id, &DiagnosticResult::id);
  return found == report.diagnostics.end() ? nullptr : &*found;
}

Readiness readiness_of(const ReadinessReport& report) {
  bool warning = false;
  for (const DiagnosticId id : all_diagnostics()) {
    const DiagnosticResult* result = find_result(report, id);
    if (result == nullptr || result->finding.outcome == Outcome::kFail) return Readiness::kNotReady;
    warning = warning || result->finding.outcome == Outcome::kWarning;
  }
  return warning ? Readiness::kWithWarnings : Readiness::kReady;
}

std::string_view readiness_name(Readiness readiness) {
  constexpr std::array<std::string_view, 3> kNames = {"ready", "with_warnings", "not_ready"};
  return kNames.at(static_cast<std::size_t>(readiness));
}

std::string encode_readiness(const ReadinessReport& report, const crypto::SigningKey* key) {
  const json inner = to_json(report);
  json document = {{"format", kFormat}, {"report", inner}, {"signature", ""}};
  if (key != nullptr) document["signature"] = to_hex(sign(*key, kReportDomain, canonical(inner)));
  return canonical(document);
}

Result<ReadinessReport> verify_readiness(std::string_view document, const crypto::VerifyKey& key) {
  if (document.size() > limits::kReadinessBytes) return fail(ErrorCode::kTooLarge, "too long for a readiness report");
  try {
    const json outer = json::parse(document);
    if (outer.at("format").get<int>() > kFormat) {
      return fail(ErrorCode::kNewerVersion, "a readiness report of a newer program");
    }
    const auto signature = from_hex(outer.at("signature").get<std::string>());
    if (!signature || !is_signed(key, kReportDomain, canonical(outer.at("report")), *signature)) {
      return fail(ErrorCode::kUnauthorised, "this report is not signed by that kiosk");
    }
    return from_json(outer.at("report"));
  } catch (const json::exception&) {
    return fail(ErrorCode::kCorrupt, "this is no readiness report");
  }
}

std::string encode_summary(const ReadinessReport& report, const crypto::SigningKey* key) {
  std::string text(kSummaryMark);
  text += ":" + report.device_code + ":" + std::to_string(report.at.wall_ms / kSecondMs) + ":";
  for (const DiagnosticId id : all_diagnostics()) {
    const DiagnosticResult* result = find_result(report, id);
    text += result == nullptr ? kNeverDone : kLetters.at(static_cast<std::size_t>(result->finding.outcome));
  }
  const std::string signature = key == nullptr ? "" : to_base32(sign(*key, kSummaryDomain, text));
  return text + ":" + signature;
}

Result<ReadinessSummary> verify_summary(std::string_view text, const crypto::VerifyKey& key) {
  const auto refuse = [] { return fail(ErrorCode::kCorrupt, "this is no summary of a readiness report"); };
  const auto fields = split(text, ':');
  if (fields.size() != kSummaryFields || fields[0] != kSummaryMark) return refuse();
  const auto signature = from_base32(fields[4]);
  if (!signature) return refuse();
  if (!is_signed(key, kSummaryDomain, text.substr(0, text.rfind(':')), *signature)) {
    return fail(ErrorCode::kUnauthorised, "this summary is not signed by that kiosk");
  }
  ReadinessSummary summary;
  summary.device_code = fields[1];
  const auto [end, error] = std::from_chars(fields[2].data(), fields[2].data() + fields[2].size(), summary.at_s);
  if (error != std::errc() || end != fields[2].data() + fields[2].size()) return refuse();
  for (const char letter : fields[3]) {
    const std::size_t outcome = kLetters.find(letter);
    if (outcome == std::string_view::npos && letter != kNeverDone) return refuse();
    summary.outcomes.push_back(letter == kNeverDone ? std::nullopt : std::optional(static_cast<Outcome>(outcome)));
  }
  return summary;
}

}  // namespace mimika::maintenance
