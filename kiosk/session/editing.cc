// Writing: what a field takes of the text it is given.
#include <algorithm>
#include <cctype>

#include "kiosk/base/limits.h"
#include "kiosk/model/name_search.h"
#include "kiosk/model/plain_text.h"
#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

constexpr std::size_t kTicketNumberCharacters = 13;  // device code, eight digits, check letter

enum class Accepts : std::uint8_t { kText, kLines, kDigits, kPhone, kTicketNumber };

struct TextRule {
  Accepts accepts = Accepts::kText;
  std::size_t max_bytes = limits::kFieldBytes;
};

TextRule rule_for(FieldKind kind) {
  return {.accepts = kind == FieldKind::kPhone ? Accepts::kPhone : Accepts::kText, .max_bytes = max_bytes_of(kind)};
}

TextRule rule_of(const Session& session, TextTarget target, const SessionContext& context) {
  if (const std::size_t full = full_length_of(session, target, context); full != 0) {
    return {.accepts = Accepts::kDigits, .max_bytes = full};
  }
  switch (target) {
    case TextTarget::kStory:
      return {.accepts = Accepts::kLines, .max_bytes = limits::kStoryBytes};
    case TextTarget::kReply:
      return {.accepts = Accepts::kLines, .max_bytes = limits::kReplyBytes};
    case TextTarget::kLandmark:
      return {.accepts = Accepts::kText, .max_bytes = limits::kLandmarkBytes};
    case TextTarget::kPlaceSearch:
      return {.accepts = Accepts::kText, .max_bytes = kSearchedBytes};
    case TextTarget::kTrackNumber:
      return {.accepts = Accepts::kTicketNumber, .max_bytes = kTicketNumberCharacters};
    case TextTarget::kName:
      return rule_for(FieldKind::kName);
    case TextTarget::kPhone:
      return rule_for(FieldKind::kPhone);
    case TextTarget::kAnswer:
      if (const ServiceField* field = current_field(session, context)) return rule_for(field->kind);
      break;
    case TextTarget::kTrackCode:
      break;
  }
  return {};
}

bool is_accepted(std::string_view character, Accepts accepts, bool at_start) {
  // What the check of a filing would refuse, such as a mark that turns the direction of writing, is never taken: nobody
  // can find and erase what cannot be seen.
  if (!is_plain_text(character, LineBreaks::kAllowed)) return false;
  const char c = character.front();
  const auto byte = static_cast<unsigned char>(c);
  const bool control = byte < 0x20 || byte == 0x7F;
  switch (accepts) {
    case Accepts::kLines:
      return c == '\n' || !control;
    case Accepts::kText:
      return !control;
    case Accepts::kDigits:
      return std::isdigit(byte) != 0;
    case Accepts::kPhone:
      return std::isdigit(byte) != 0 || (c == '+' && at_start);
    case Accepts::kTicketNumber:
      return byte < 0x80 && std::isalnum(byte) != 0;
  }
  return false;
}

// The bytes of the character that begins at `at`, as far as its first byte promises them and they are there.
std::size_t character_bytes(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t promised = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::size_t end = at + 1;
  while (end < text.size() && end - at < promised && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

PersonalText* text_behind(Session& session, TextTarget target, const SessionContext& context) {
  Draft* draft = draft_of(session);
  switch (target) {
    case TextTarget::kStory:
      return draft != nullptr ? &draft->story : nullptr;
    case TextTarget::kLandmark:
      return draft != nullptr ? &draft->landmark : nullptr;
    case TextTarget::kPlaceSearch:
      return draft != nullptr ? &draft->place_search : nullptr;
    case TextTarget::kName:
      return draft != nullptr ? &draft->name : nullptr;
    case TextTarget::kPhone:
      return draft != nullptr ? &draft->phone : nullptr;
    case TextTarget::kAnswer: {
      const ServiceField* field = current_field(session, context);
      if (field == nullptr) return nullptr;
      std::vector<Answer>& answers = session.personal.service.answers;
      const auto found =
          std::find_if(answers.begin(), answers.end(), [&](const Answer& answer) { return answer.field == field->id; });
      if (found != answers.end()) return &found->text;
      return &answers.emplace_back(Answer{.field = field->id, .text = {}}).text;
    }
    case TextTarget::kTrackNumber:
      return &session.personal.tracking.number;
    case TextTarget::kTrackCode:
      return &session.personal.tracking.code;
    case TextTarget::kReply:
      return &session.personal.tracking.reply;
  }
  return nullptr;
}

}  // namespace

void set_text(Change& change, TextTarget target, std::string& typed) {
  Session& session = change.session;
  if (PersonalText* text = text_behind(session, target, change.context)) {
    const TextRule rule = rule_of(session, target, change.context);
    text->wipe();
    for (std::size_t at = 0; at < typed.size();) {
      const std::size_t bytes = character_bytes(typed, at);
      const std::string_view character = std::string_view(typed).substr(at, bytes);
      at += bytes;
      if (!is_accepted(character, rule.accepts, text->empty())) continue;
      // The fields refuse these as well; what comes another way must not be stricter at the review than here.
      if (!is_writable_text(character, LineBreaks::kAllowed)) continue;
      if (text->size() + bytes > rule.max_bytes) break;
      if (rule.accepts == Accepts::kTicketNumber) {
        const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(character.front())));
        text->insert(text->size(), {&upper, 1});
      } else {
        text->insert(text->size(), character);
      }
    }
    session.personal.tracking.problem = TrackProblem::kNone;
    if (target != TextTarget::kPlaceSearch) withdraw_consent(session);  // looking for a place changes nothing
  }
  overwrite_memory(typed.data(), typed.size());
}

}  // namespace mimika::reducers
