#include "kiosk/model/catalogue_json.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "kiosk/base/ascii.h"
#include "kiosk/base/limits.h"
#include "kiosk/model/iso_date.h"
#include "kiosk/model/json_node.h"

namespace mimika {
namespace {

constexpr int kForm = 1;  // of the files; raised when an older program could misread them
constexpr std::size_t kIdBytes = 40;
constexpr std::size_t kCodeBytes = 16;
constexpr std::size_t kSourceBytes = 2 * limits::kFieldBytes;
constexpr int kMaxLimitDays = 366;  // WorkCalendar::add_working_days walks no further
constexpr int kMaxClockLimit = 100'000;
constexpr std::string_view kCodeLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";  // as in ticket numbers: no I, O, Q

// --- small things every file is made of

// Ids, picture and icon names: lower-case ASCII, so that they can stand in file names, URLs and databases.
Result<std::string> read_id(const JsonNode& node) {
  TRY_ASSIGN(std::string id, node.text(kIdBytes));
  const bool shaped =
      std::all_of(id.begin(), id.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-'; });
  if (!shaped) return node.wrong("\"" + id + "\" may only hold a-z, 0-9, _ and -");
  return id;
}

Result<std::string> read_id(const JsonNode& parent, std::string_view key) {
  TRY_ASSIGN(const JsonNode node, parent.member(key));
  return read_id(node);
}

template <typename Id>
Result<std::vector<Id>> read_ids(const JsonNode& parent, std::string_view key) {
  return parent.list<Id>(key, [](const JsonNode& node) -> Result<Id> {
    TRY_ASSIGN(std::string id, read_id(node));
    return Id{std::move(id)};
  });
}

// A Kemendagri code: digits in groups, "94.04.06.2001" for groups {2, 2, 2, 4}.
Result<std::string> read_code(const JsonNode& parent, std::initializer_list<std::size_t> groups) {
  TRY_ASSIGN(const JsonNode node, parent.member("code"));
  TRY_ASSIGN(std::string code, node.text(kCodeBytes));
  std::string pattern;
  for (const std::size_t digits : groups) pattern += (pattern.empty() ? "" : ".") + std::string(digits, '9');
  const auto same_shape = [](char c, char shape) { return shape == '9' ? is_digit(c) : c == shape; };
  if (!std::equal(code.begin(), code.end(), pattern.begin(), pattern.end(), same_shape)) {
    return node.wrong("\"" + code + "\" is not a code like " + pattern);
  }
  return code;
}

// A text waiting for its translation is shown in Indonesian rather than not at all.
Result<LocalText> read_local_text(const JsonNode& node) {
  TRY(node.only_keys({"id", "en"}));
  LocalText text;
  TRY_ASSIGN(text.id, node.text("id", limits::kFieldBytes));
  text.en = text.id;
  if (const auto english = node.optional_member("en")) {
    TRY_ASSIGN(text.en, english->text(limits::kFieldBytes));
  }
  return text;
}

Result<LocalText> read_local_text(const JsonNode& parent, std::string_view key) {
  TRY_ASSIGN(const JsonNode node, parent.member(key));
  return read_local_text(node);
}

Result<LocalText> read_optional_local_text(const JsonNode& parent, std::string_view key) {
  const auto node = parent.optional_member(key);
  if (!node) return LocalText{};
  return read_local_text(*node);
}

template <typename Enum>
struct Word {
  std::string_view text;
  Enum value;
};

template <typename Enum, std::size_t Count>
Result<Enum> read_word(const JsonNode& parent, std::string_view key, const std::array<Word<Enum>, Count>& words) {
  TRY_ASSIGN(const JsonNode node, parent.member(key));
  TRY_ASSIGN(const std::string text, node.text(kIdBytes));
  std::string known;
  for (const auto& word : words) {
    if (word.text == text) return word.value;
    known += (known.empty() ? "" : ", ") + std::string(word.text);
  }
  return node.wrong("\"" + text + "\" is none of " + known);
}

Result<Provenance> read_provenance(const JsonNode& node) {
  static constexpr std::array<Word<Certainty>, 3> kWords{
      {{"high", Certainty::kHigh}, {"medium", Certainty::kMedium}, {"low", Certainty::kLow}}};
  Provenance provenance;
  TRY_ASSIGN(provenance.source, node.text("source", kSourceBytes));
  TRY_ASSIGN(provenance.certainty, read_word(node, "certainty", kWords));
  return provenance;
}

// What else a source says, kept beside the fact and never shown to residents: read only to see that it is well-formed.
Status check_reference(const JsonNode& parent) {
  if (!parent.optional_member("reference")) return {};
  const auto read = [](const JsonNode& node) -> Result<std::string> {
    TRY(node.only_keys({"text", "source"}));
    TRY(node.text("source", kSourceBytes));
    return node.text("text", kSourceBytes);
  };
  const auto entries = parent.list<std::string>("reference", read);
  if (!entries) return std::unexpected(entries.error());
  return {};
}

Result<LocalDate> read_date(const JsonNode& parent, std::string_view key) {
  TRY_ASSIGN(const JsonNode node, parent.member(key));
  TRY_ASSIGN(const std::string text, node.text(kCodeBytes));
  const auto date = parse_iso_date(text);
  if (!date) return node.wrong("\"" + text + "\" is not a date like 2026-03-18");
  return *date;
}

// --- one reader a kind of item

Result<Kampung> read_kampung(const JsonNode& node) {
  static constexpr std::array<Word<bool>, 2> kKinds{{{"kampung", false}, {"kelurahan", true}}};
  TRY(node.only_keys({"code", "name", "kind"}));
  Kampung kampung;
  TRY_ASSIGN(kampung.code.value, read_code(node, {2, 2, 2, 4}));
  TRY_ASSIGN(kampung.name, node.text("name", limits::kNameBytes));
  TRY_ASSIGN(kampung.kelurahan, read_word(node, "kind", kKinds));
  return kampung;
}

Result<District> read_district(const JsonNode& node) {
  TRY(node.only_keys({"code", "name", "code_letters", "kampung", "source", "certainty", "reference"}));
  District district;
  TRY_ASSIGN(district.code.value, read_code(node, {2, 2, 2}));
  TRY_ASSIGN(district.name, node.text("name", limits::kNameBytes));
  TRY_ASSIGN(const JsonNode letters, node.member("code_letters"));
  TRY_ASSIGN(district.code_letters, letters.text(kCodeBytes));
  if (district.code_letters.size() != 3 || district.code_letters.find_first_not_of(kCodeLetters) != std::string::npos) {
    return letters.wrong("\"" + district.code_letters + "\" is not three capital letters without I, O and Q");
  }
  TRY_ASSIGN(district.kampung, node.list<Kampung>("kampung", read_kampung));
  TRY_ASSIGN(district.provenance, read_provenance(node));
  TRY(check_reference(node));
  return district;
}

Result<Opd> read_opd(const JsonNode& node) {
  TRY(node.only_keys({"id", "name", "short_name", "duty", "source", "certainty", "reference"}));
  Opd opd;
  TRY_ASSIGN(opd.id.value, read_id(node, "id"));
  TRY_ASSIGN(opd.name, node.text("name", limits::kNameBytes));
  TRY_ASSIGN(opd.short_name, node.text("short_name", limits::kNameBytes));
  TRY(read_optional_local_text(node, "duty"));
  TRY_ASSIGN(opd.provenance, read_provenance(node));
  TRY(check_reference(node));
  return opd;
}

// How often LAPOR's own category occurs: only for people who compare, so only its form is checked.
Result<std::string> read_lapor_category(const JsonNode& node) {
  TRY(node.only_keys({"category", "count", "percent", "source", "certainty"}));
  TRY_ASSIGN(const JsonNode count, node.member("count"));
  TRY(count.integer(0, kMaxClockLimit));
  TRY(node.member("percent"));
  TRY(read_provenance(node));
  return node.text("category", limits::kFieldBytes);
}

Result<Category> read_category(const JsonNode& node) {
  TRY(node.only_keys({"id", "name", "picture", "opds", "about_staff", "lapor", "source", "certainty", "reference"}));
  Category category;
  TRY_ASSIGN(category.id.value, read_id(node, "id"));
  TRY_ASSIGN(category.name, read_local_text(node, "name"));
  TRY_ASSIGN(category.picture, read_id(node, "picture"));
  TRY_ASSIGN(category.opds, read_ids<OpdId>(node, "opds"));
  if (const auto about_staff = node.optional_member("about_staff")) {
    TRY_ASSIGN(category.about_staff, about_staff->boolean());
  }
  TRY(node.list<std::string>("lapor", read_lapor_category));
  TRY_ASSIGN(category.provenance, read_provenance(node));
  TRY(check_reference(node));
  return category;
}

Result<ServiceRequirement> read_requirement(const JsonNode& node) {
  TRY(node.only_keys({"text", "if_missing", "icon"}));
  ServiceRequirement requirement;
  TRY_ASSIGN(requirement.text, read_local_text(node, "text"));
  TRY_ASSIGN(requirement.if_missing, read_optional_local_text(node, "if_missing"));
  TRY_ASSIGN(requirement.icon, read_id(node, "icon"));
  return requirement;
}

Result<ServiceField> read_field(const JsonNode& node) {
  static constexpr std::array<Word<FieldKind>, 7> kKinds{{{"name", FieldKind::kName},
                                                          {"nik", FieldKind::kNik},
                                                          {"family_card", FieldKind::kFamilyCard},
                                                          {"phone", FieldKind::kPhone},
                                                          {"date", FieldKind::kDate},
                                                          {"text", FieldKind::kText},
                                                          {"place", FieldKind::kPlace}}};
  TRY(node.only_keys({"id", "label", "kind", "required"}));
  ServiceField field;
  TRY_ASSIGN(field.id, read_id(node, "id"));
  TRY_ASSIGN(field.label, read_local_text(node, "label"));
  TRY_ASSIGN(field.kind, read_word(node, "kind", kKinds));
  TRY_ASSIGN(const JsonNode required, node.member("required"));
  TRY_ASSIGN(field.required, required.boolean());
  return field;
}

Result<Service> read_service(const JsonNode& node) {
  static constexpr std::array<Word<ServiceGroup>, 3> kGroups{{{"civil_registration", ServiceGroup::kCivilRegistration},
                                                              {"licensing", ServiceGroup::kLicensing},
                                                              {"health", ServiceGroup::kHealth}}};
  TRY(node.only_keys({"id", "group", "name", "summary", "icon", "opds", "form", "requirements", "duration", "cost",
                      "fields", "source", "certainty", "reference"}));
  Service service;
  TRY_ASSIGN(service.id.value, read_id(node, "id"));
  TRY_ASSIGN(service.group, read_word(node, "group", kGroups));
  TRY_ASSIGN(service.name, read_local_text(node, "name"));
  TRY_ASSIGN(service.summary, read_local_text(node, "summary"));
  TRY_ASSIGN(service.icon, read_id(node, "icon"));
  TRY_ASSIGN(service.opds, read_ids<OpdId>(node, "opds"));
  TRY_ASSIGN(service.form, read_optional_local_text(node, "form"));
  TRY_ASSIGN(service.requirements, node.list<ServiceRequirement>("requirements", read_requirement));
  TRY_ASSIGN(service.duration, read_optional_local_text(node, "duration"));
  TRY_ASSIGN(service.cost, read_optional_local_text(node, "cost"));
  TRY_ASSIGN(service.fields, node.list<ServiceField>("fields", read_field));
  if (service.fields.size() > limits::kFields) {
    return node.wrong("more than " + std::to_string(limits::kFields) + " fields");
  }
  TRY_ASSIGN(service.provenance, read_provenance(node));
  TRY(check_reference(node));
  return service;
}

Result<ClosedDay> read_closed_day(const JsonNode& node) {
  static constexpr std::array<Word<bool>, 3> kKinds{{{"national", true}, {"joint_leave", true}, {"regional", true}}};
  TRY(node.only_keys({"date", "name", "kind", "source", "certainty", "reference"}));
  ClosedDay day;
  TRY_ASSIGN(day.date, read_date(node, "date"));
  TRY_ASSIGN(day.name, node.text("name", limits::kNameBytes));
  TRY(read_word(node, "kind", kKinds));
  TRY_ASSIGN(day.provenance, read_provenance(node));
  TRY(check_reference(node));
  return day;
}

enum class ClockUnit : std::uint8_t { kDays, kWorkingDays, kHours, kMinutes };  // kDays: the source does not say which

struct Clock {
  std::string id;
  int limit = 0;
  ClockUnit unit = ClockUnit::kDays;
};

Result<Clock> read_clock(const JsonNode& node) {
  static constexpr std::array<Word<ClockUnit>, 4> kUnits{{{"days", ClockUnit::kDays},
                                                          {"working_days", ClockUnit::kWorkingDays},
                                                          {"hours", ClockUnit::kHours},
                                                          {"minutes", ClockUnit::kMinutes}}};
  TRY(node.only_keys({"id", "limit", "unit", "text", "source", "certainty", "reference"}));
  Clock clock;
  TRY_ASSIGN(clock.id, read_id(node, "id"));
  TRY_ASSIGN(const JsonNode limit, node.member("limit"));
  TRY_ASSIGN(clock.limit, limit.integer(1, kMaxClockLimit));
  TRY_ASSIGN(clock.unit, read_word(node, "unit", kUnits));
  TRY(read_local_text(node, "text"));
  TRY(read_provenance(node));
  TRY(check_reference(node));
  return clock;
}

Result<MarkRule> read_mark_rule(const JsonNode& node, const std::vector<Clock>& clocks) {
  static constexpr std::array<Word<DayKind>, 2> kDays{
      {{"working_days", DayKind::kWorkingDays}, {"calendar_days", DayKind::kCalendarDays}}};
  TRY(node.only_keys({"clock", "days", "source", "certainty", "reference"}));
  MarkRule rule;
  TRY_ASSIGN(const std::string id, read_id(node, "clock"));
  TRY_ASSIGN(rule.days, read_word(node, "days", kDays));
  TRY(read_provenance(node));
  TRY(check_reference(node));

  const auto clock = std::find_if(clocks.begin(), clocks.end(), [&](const Clock& c) { return c.id == id; });
  if (clock == clocks.end()) return node.wrong("there is no clock \"" + id + "\"");
  const bool in_days = clock->unit == ClockUnit::kDays || clock->unit == ClockUnit::kWorkingDays;
  if (!in_days || clock->limit > kMaxLimitDays) {
    return node.wrong("the clock \"" + id + "\" is not 1 to " + std::to_string(kMaxLimitDays) + " days");
  }
  rule.limit_days = clock->limit;
  return rule;
}

// --- whole files

// Form and version, and nothing but `list_key` (and `more_key`) beside them.
Result<std::string> read_head(const JsonNode& top, std::string_view list_key, std::string_view more_key = "notes") {
  TRY(top.only_keys({"form", "version", "notes", list_key, more_key}));
  TRY_ASSIGN(const JsonNode form, top.member("form"));
  TRY(form.integer(kForm, kForm));
  TRY(read_date(top, "version"));
  if (top.optional_member("notes")) {
    TRY(top.list<std::string>("notes", [](const JsonNode& note) { return note.text(kSourceBytes); }));
  }
  return top.text("version", kCodeBytes);
}

template <typename Item, typename Read>
Result<CatalogueFile<Item>> parse_list(std::string_view json, std::string_view key, Read read) {
  TRY_ASSIGN(const nlohmann::json value, parse_json(json));
  const JsonNode top(value, "");
  CatalogueFile<Item> file;
  TRY_ASSIGN(file.version, read_head(top, key));
  TRY_ASSIGN(file.items, top.list<Item>(key, read));
  if (file.items.empty()) return top.wrong("the list \"" + std::string(key) + "\" is empty");
  return file;
}

}  // namespace

Result<CatalogueFile<District>> parse_districts(std::string_view json) {
  return parse_list<District>(json, "districts", read_district);
}

Result<CatalogueFile<Opd>> parse_opds(std::string_view json) {
  return parse_list<Opd>(json, "opds", read_opd);
}

Result<CatalogueFile<Category>> parse_categories(std::string_view json) {
  return parse_list<Category>(json, "categories", read_category);
}

Result<CatalogueFile<Service>> parse_services(std::string_view json) {
  return parse_list<Service>(json, "services", read_service);
}

Result<CatalogueFile<ClosedDay>> parse_closed_days(std::string_view json) {
  return parse_list<ClosedDay>(json, "closed_days", read_closed_day);
}

Result<CatalogueFile<MarkRule>> parse_mark_rule(std::string_view json) {
  TRY_ASSIGN(const nlohmann::json value, parse_json(json));
  const JsonNode top(value, "");
  CatalogueFile<MarkRule> file;
  TRY_ASSIGN(file.version, read_head(top, "clocks", "mark_rule"));
  TRY_ASSIGN(const std::vector<Clock> clocks, top.list<Clock>("clocks", read_clock));
  TRY_ASSIGN(const JsonNode rule, top.member("mark_rule"));
  TRY_ASSIGN(const MarkRule mark_rule, read_mark_rule(rule, clocks));
  file.items.push_back(mark_rule);
  return file;
}

}  // namespace mimika
