#include "kiosk/app/ticket_json.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

namespace mimika {
namespace {

using Json = nlohmann::json;

Error bad_member(const std::string& name, const std::string& expected) {
  return {ErrorCode::kInvalidInput, "\"" + name + "\" should be " + expected};
}

Result<TicketKind> read_kind(const std::string& text) {
  if (text == "complaint") return TicketKind::kComplaint;
  if (text == "aspiration") return TicketKind::kAspiration;
  if (text == "information") return TicketKind::kInformation;
  if (text == "service") return TicketKind::kService;
  return std::unexpected(bad_member("kind", "complaint, aspiration, information or service"));
}

Result<Confidentiality> read_confidentiality(const std::string& text) {
  if (text == "open") return Confidentiality::kOpen;
  if (text == "name_hidden") return Confidentiality::kNameHidden;
  if (text == "anonymous") return Confidentiality::kAnonymous;
  if (text == "secret") return Confidentiality::kSecret;
  if (text == "secret_anonymous") return Confidentiality::kSecretAnonymous;
  return std::unexpected(bad_member("confidentiality", "open, name_hidden, anonymous, secret or secret_anonymous"));
}

Status read_fields(const Json& value, FilingRequest& request) {
  if (!value.is_object()) return std::unexpected(bad_member("fields", "an object of texts"));
  for (const auto& [id, answer] : value.items()) {
    if (!answer.is_string()) return std::unexpected(bad_member("fields." + id, "a text"));
    request.details.fields.emplace_back(id, answer.get<std::string>());
  }
  return {};
}

Status read_member(const std::string& name, const Json& value, FilingRequest& request) {
  if (name == "fields") return read_fields(value, request);
  if (name == "consent") {
    if (!value.is_boolean()) return std::unexpected(bad_member(name, "true or false"));
    request.consent = value.get<bool>();
    return {};
  }
  if (!value.is_string()) return std::unexpected(bad_member(name, "a text"));
  std::string text = value.get<std::string>();
  if (name == "kind") {
    TRY_ASSIGN(request.kind, read_kind(text));
  } else if (name == "confidentiality") {
    TRY_ASSIGN(request.confidentiality, read_confidentiality(text));
  } else if (name == "category") {
    request.category = CategoryId{std::move(text)};
  } else if (name == "service") {
    request.service = ServiceId{std::move(text)};
  } else if (name == "kampung") {
    request.kampung = KampungCode{std::move(text)};
  } else {
    PrivatePart& to = request.details;
    const std::pair<const char*, std::string*> texts[] = {{"story", &to.story},     {"name", &to.name},
                                                          {"nik", &to.nik},         {"phone", &to.phone},
                                                          {"address", &to.address}, {"landmark", &to.landmark}};
    for (const auto& [known, where] : texts) {
      if (name == known) {
        *where = std::move(text);
        return {};
      }
    }
    return fail(ErrorCode::kInvalidInput, "an unknown member: \"" + name + "\"");
  }
  return {};
}

}  // namespace

Result<FilingRequest> filing_from_json(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return fail(ErrorCode::kInvalidInput, "not JSON");
  if (!json.is_object()) return fail(ErrorCode::kInvalidInput, "a ticket is a JSON object");
  FilingRequest request;
  for (const auto& [name, value] : json.items()) TRY(read_member(name, value, request));
  return request;
}

}  // namespace mimika
