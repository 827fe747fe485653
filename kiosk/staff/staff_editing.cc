// Writing at the counter: what a field takes of the text it is given.
#include <cctype>
#include <charconv>

#include "kiosk/base/limits.h"
#include "kiosk/model/announcements.h"
#include "kiosk/model/plain_text.h"
#include "kiosk/staff/staff_reducers.h"

namespace mimika::staff {
namespace {

constexpr std::size_t kNumberCharacters = 13;  // device code, eight digits, check letter
constexpr std::size_t kDayDigits = 8;
constexpr std::size_t kSearchBytes = limits::kNameBytes;  // nothing longer is looked for

enum class Takes : std::uint8_t { kOneLine, kLines, kDigits, kNumber };

struct Place {
  PersonalText* text = nullptr;
  Takes takes = Takes::kOneLine;
  std::size_t most_bytes = 0;
};

// Nothing where the text is of another page.
Place place_of(Session& session, TextTarget target) {
  const Takes secret = session.entry.passphrase ? Takes::kOneLine : Takes::kDigits;
  switch (target) {
    case TextTarget::kPin:
      if (session.screen != Screen::kPin) break;
      return {&session.entry.pin, secret, kPinBytes};
    case TextTarget::kNewPin:
      if (session.screen != Screen::kNewPin) break;
      return {&session.entry.pin, secret, kPinBytes};
    case TextTarget::kNewPinAgain:
      if (session.screen != Screen::kNewPin) break;
      return {&session.entry.again, secret, kPinBytes};
    case TextTarget::kWords:
      if (session.screen == Screen::kCompose) {
        const OfficerAction action = session.composing.action;
        const bool reason = action == OfficerAction::kHold || action == OfficerAction::kArchive;
        return {&session.composing.words, Takes::kLines, reason ? limits::kReasonBytes : limits::kReplyBytes};
      }
      if (session.screen != Screen::kNotice) break;
      return {&session.notice_text, Takes::kLines, limits::kNoticeTextBytes};
    case TextTarget::kSearch:
      if (session.screen != Screen::kSearch || session.searched) break;
      return {&session.search, Takes::kOneLine, kSearchBytes};
    case TextTarget::kDuplicateOf:
      if (session.screen != Screen::kCompose || session.composing.action != OfficerAction::kMarkDuplicate) break;
      return {&session.composing.other, Takes::kNumber, kNumberCharacters};
    case TextTarget::kTitle:
      if (session.screen != Screen::kNotice) break;
      return {&session.notice_title, Takes::kOneLine, limits::kNoticeTitleBytes};
    case TextTarget::kUntil:
      if (session.screen != Screen::kNotice) break;
      return {&session.notice_until, Takes::kDigits, kDayDigits};
    case TextTarget::kDay:
      if (session.screen != Screen::kOutreach) break;
      return {&session.outreach_day, Takes::kDigits, kDayDigits};
  }
  return {};
}

bool takes_character(std::string_view character, Takes takes) {
  if (!is_writable_text(character, LineBreaks::kAllowed)) return false;
  const auto byte = static_cast<unsigned char>(character.front());
  const bool control = byte < 0x20 || byte == 0x7F;
  switch (takes) {
    case Takes::kLines:
      return byte == '\n' || !control;
    case Takes::kOneLine:
      return !control;
    case Takes::kDigits:
      return std::isdigit(byte) != 0;
    case Takes::kNumber:
      return byte < 0x80 && std::isalnum(byte) != 0;
  }
  return false;
}

// As far as the first byte promises and as it is there: broken UTF-8 is then refused as no text.
std::size_t bytes_of_character(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t promised = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::size_t end = at + 1;
  while (end < text.size() && end - at < promised && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

int number_in(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::string padded(unsigned number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace

std::optional<LocalDate> day_typed(std::string_view digits) {
  if (digits.size() != kDayDigits) return std::nullopt;
  const LocalDate day{std::chrono::year{number_in(digits.substr(4))},
                      std::chrono::month{static_cast<unsigned>(number_in(digits.substr(2, 2)))},
                      std::chrono::day{static_cast<unsigned>(number_in(digits.substr(0, 2)))}};
  return day.ok() ? std::optional(day) : std::nullopt;
}

std::string digits_of(LocalDate day) {
  return padded(static_cast<unsigned>(day.day()), 2) + padded(static_cast<unsigned>(day.month()), 2) +
         padded(static_cast<unsigned>(static_cast<int>(day.year())), 4);
}

namespace reducers {

void set_text(Change& change, TextTarget target, std::string& typed) {
  Session& session = change.session;
  const Place place = place_of(session, target);
  if (place.text != nullptr && session.waiting != Waiting::kSearch) {
    place.text->wipe();
    for (std::size_t at = 0; at < typed.size();) {
      const std::size_t bytes = bytes_of_character(typed, at);
      const std::string_view character = std::string_view(typed).substr(at, bytes);
      at += bytes;
      if (!takes_character(character, place.takes)) continue;
      if (place.text->size() + bytes > place.most_bytes) break;
      if (place.takes == Takes::kNumber) {
        const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(character.front())));
        place.text->insert(place.text->size(), {&upper, 1});
      } else {
        place.text->insert(place.text->size(), character);
      }
    }
    session.trouble = Trouble::kNone;
  }
  overwrite_memory(typed.data(), typed.size());
}

}  // namespace reducers
}  // namespace mimika::staff
