#include "kiosk/maintenance/result_json.h"

#include <charconv>

#include "kiosk/maintenance/maintenance_limits.h"

namespace mimika::maintenance {
namespace {

using nlohmann::json;

constexpr int kHex = 16;

std::string as_hex(std::uint64_t value) {
  char digits[kHex + 1];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value, kHex);
  return {digits, end};
}

template <typename Value, typename Parse>
Value parsed(const json& node, Parse parse) {
  const auto value = parse(node.get<std::string>());
  if (!value) throw json::other_error::create(0, "an unknown name", &node);
  return *value;
}

std::uint64_t from_hex_number(const json& node) {
  const std::string text = node.get<std::string>();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, kHex);
  if (error != std::errc() || end != text.data() + text.size()) throw json::other_error::create(0, "no number", &node);
  return value;
}

DiagnosticResult read_result(const json& node) {
  DiagnosticResult result;
  result.id = parsed<DiagnosticId>(node.at("id"), parse_diagnostic);
  result.finding.outcome = parsed<Outcome>(node.at("outcome"), parse_outcome);
  result.finding.detail = node.at("detail").get<std::string>();
  result.at.wall_ms = node.at("wall_ms").get<std::int64_t>();
  result.at.confidence = parsed<ClockConfidence>(node.at("clock"), parse_confidence);
  result.at.boot_id = from_hex_number(node.at("boot"));
  result.at.monotonic_ms = node.at("monotonic_ms").get<std::int64_t>();
  for (const json& fact : node.at("facts")) {
    result.finding.facts.push_back({fact.at("name").get<std::string>(), fact.at("value").get<std::int64_t>(),
                                    parsed<Unit>(fact.at("unit"), parse_unit)});
  }
  limit_finding(result.finding);
  return result;
}

}  // namespace

json result_to_json(const DiagnosticResult& result) {
  json facts = json::array();
  for (const Fact& fact : result.finding.facts) {
    facts.push_back({{"name", fact.name}, {"value", fact.value}, {"unit", unit_name(fact.unit)}});
  }
  return {{"id", diagnostic_name(result.id)},  {"outcome", outcome_name(result.finding.outcome)},
          {"detail", result.finding.detail},   {"facts", facts},
          {"wall_ms", result.at.wall_ms},      {"clock", confidence_name(result.at.confidence)},
          {"boot", as_hex(result.at.boot_id)}, {"monotonic_ms", result.at.monotonic_ms}};
}

Result<DiagnosticResult> result_from_json(const json& node) {
  try {
    return read_result(node);
  } catch (const json::exception&) {
    return fail(ErrorCode::kCorrupt, "this is no result of a check");
  }
}

void limit_finding(Finding& finding) {
  if (finding.facts.size() > limits::kDiagnosticFacts) finding.facts.resize(limits::kDiagnosticFacts);
  if (finding.detail.size() <= limits::kDiagnosticDetailBytes) return;
  std::size_t end = limits::kDiagnosticDetailBytes;
  while (end > 0 && (static_cast<unsigned char>(finding.detail[end]) & 0xC0U) == 0x80U) --end;
  finding.detail.resize(end);
}

}  // namespace mimika::maintenance
