#include "kiosk/model/announcements.h"

#include "kiosk/model/iso_date.h"
#include "kiosk/model/json_node.h"

namespace mimika {
namespace {

constexpr std::size_t kDayBytes = 40;  // more than a date has, so that what stands there instead can be named

Result<LocalText> read_words(const JsonNode& parent, std::string_view key, std::size_t max_bytes) {
  TRY_ASSIGN(const JsonNode node, parent.member(key));
  TRY(node.only_keys({"id", "en"}));
  LocalText words;
  TRY_ASSIGN(words.id, node.text("id", max_bytes));
  words.en = words.id;
  if (const auto english = node.optional_member("en")) {
    TRY_ASSIGN(words.en, english->text(max_bytes));
  }
  return words;
}

Result<std::optional<LocalDate>> read_day(const JsonNode& parent, std::string_view key) {
  const auto node = parent.optional_member(key);
  if (!node) return std::optional<LocalDate>();
  TRY_ASSIGN(const std::string text, node->text(kDayBytes));
  const auto day = parse_iso_date(text);
  if (!day) return node->wrong("\"" + text + "\" is not a date like 2026-03-18");
  return day;
}

Result<Announcement> read_announcement(const JsonNode& node) {
  TRY(node.only_keys({"from", "until", "title", "text"}));
  Announcement announcement;
  TRY_ASSIGN(announcement.title, read_words(node, "title", limits::kAnnouncementTitleBytes));
  TRY_ASSIGN(announcement.text, read_words(node, "text", limits::kAnnouncementBytes));
  TRY_ASSIGN(announcement.from, read_day(node, "from"));
  TRY_ASSIGN(announcement.until, read_day(node, "until"));
  if (announcement.from && announcement.until && *announcement.until < *announcement.from) {
    return node.wrong("it ends before it begins");
  }
  return announcement;
}

}  // namespace

Result<std::vector<Announcement>> parse_announcements(std::string_view json) {
  TRY_ASSIGN(const nlohmann::json value, parse_json(json));
  const JsonNode file(value, "announcements");
  TRY(file.only_keys({"announcements"}));
  TRY_ASSIGN(auto announcements, file.list<Announcement>("announcements", read_announcement));
  if (announcements.size() > limits::kAnnouncements) return fail(ErrorCode::kTooLarge, "too many announcements");
  return announcements;
}

bool is_current(const Announcement& announcement, std::optional<LocalDate> today) {
  if (!today) return true;
  return (!announcement.from || *announcement.from <= *today) && (!announcement.until || *today <= *announcement.until);
}

}  // namespace mimika
