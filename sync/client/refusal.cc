#include "sync/client/refusal.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace mimika::sync {
namespace {

constexpr std::size_t kRefusalBytes = 16UZ * 1024;  // a longer one is some other server's page
constexpr std::size_t kRefusalTextBytes = 300;      // of it in a log line
// Call numbers grow by one; a number beyond this could only be meant to use them up.
constexpr std::uint64_t kCallNoMax = std::uint64_t{1} << 53;

ErrorCode code_of(int status, const std::string& name) {
  if (name == "newer_version") return ErrorCode::kNewerVersion;
  switch (status) {
    case 400:
    case 411:
    case 415:
    case 422:
      return ErrorCode::kInvalidInput;
    case 401:
    case 403:
      return ErrorCode::kUnauthorised;
    case 404:
    case 405:
      return ErrorCode::kNotFound;
    case 409:
      return ErrorCode::kConflict;
    case 413:
    case 431:
      return ErrorCode::kTooLarge;
    case 426:
    case 505:
      return ErrorCode::kNewerVersion;
    default:
      return ErrorCode::kInternal;
  }
}

// What came over the network goes into logs and onto the technician's screen: one line of printable text.
std::string one_line(std::string text) {
  if (text.size() > kRefusalTextBytes) text.resize(kRefusalTextBytes);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) c = '?';
  }
  return text;
}

std::string text_of(const nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Refusal read_refusal(const HttpResponse& response) {
  std::string name;
  std::string message;
  Refusal refusal;
  if (response.body.size() <= kRefusalBytes) {
    const auto json = nlohmann::json::parse(response.body.begin(), response.body.end(), nullptr, false);
    if (json.is_object()) {
      name = text_of(json, "error");
      message = text_of(json, "message");
      const auto newest = json.find("newest_version");
      if (name == "newer_version" && newest != json.end() && newest->is_number_unsigned() &&
          newest->get<std::uint64_t>() <= std::numeric_limits<std::uint8_t>::max()) {
        refusal.newest_version = newest->get<std::uint8_t>();
      }
      const auto last = json.find("last_call_no");
      if (response.status == 409 && name == "replayed_call" && last != json.end() && last->is_number_unsigned() &&
          last->get<std::uint64_t>() <= kCallNoMax) {
        refusal.last_call_no = last->get<std::uint64_t>();
      }
    }
  }
  refusal.chain_broken = response.status == 409 && name == "broken_chain";
  refusal.name = name.empty() ? "http_" + std::to_string(response.status) : one_line(name);
  refusal.error.code = code_of(response.status, name);
  refusal.error.message = "the centre refused with " + std::to_string(response.status);
  if (!name.empty()) refusal.error.message += " " + one_line(name);
  if (!message.empty()) refusal.error.message += ": " + one_line(message);
  return refusal;
}

Refusal refused_here(Error error, std::string name) {
  Refusal refusal;
  refusal.error = std::move(error);
  refusal.what = RefusedWhat::kAnswer;
  refusal.name = std::move(name);
  return refusal;
}

Refusal transport_refusal(Error error) {
  std::string name;
  if (error.code == ErrorCode::kUnauthorised) name = kWrongCertificateRefusal;
  if (error.code == ErrorCode::kTooLarge) name = "too_large";
  if (error.code == ErrorCode::kTooSlow) name = kTooSlowRefusal;
  return refused_here(std::move(error), std::move(name));
}

Refusal answer_refusal(Error error) {
  std::string name = "malformed";
  if (error.code == ErrorCode::kUnauthorised) name = "wrong_signature";
  if (error.code == ErrorCode::kTooLarge) name = "too_large";
  if (error.code == ErrorCode::kNewerVersion) name = "newer_version";
  error.message = "reading the centre's answer: " + error.message;
  return refused_here(std::move(error), std::move(name));
}

}  // namespace mimika::sync
