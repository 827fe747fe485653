#include "kiosk/model/validation.h"

#include <algorithm>
#include <set>

#include "kiosk/base/ascii.h"
#include "kiosk/base/limits.h"
#include "kiosk/model/plain_text.h"

namespace mimika {
namespace {

using Problem = std::optional<FieldProblem>;

constexpr std::size_t kNationalNumberDigits = 16;  // NIK and family card alike
constexpr std::size_t kMinPhoneDigits = 9;
constexpr std::size_t kMaxPhoneDigits = 15;
constexpr int kWomensDayOffset = 40;
constexpr int kEarliestYear = 1900;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

std::string without(std::string_view text, std::string_view separators) {
  std::string rest;
  for (const char c : text) {
    if (separators.find(c) == std::string_view::npos) rest.push_back(c);
  }
  return rest;
}

// `digits` is at most eight digits, so it fits.
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_real_date(int year, int month, int day) {
  const LocalDate date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                       std::chrono::day{static_cast<unsigned>(day)}};
  return date.ok();
}

// Digits 1-6 are the region where the number was first given out. They are never judged: Mimika's districts were
// 91.09.xx until 2022 and 94.04.xx since, and people come from everywhere.
Problem check_nik(std::string_view text) {
  const std::string nik = without(text, " .-");
  if (!all_digits(nik)) return FieldProblem::kNikDigits;
  if (nik.size() != kNationalNumberDigits) return FieldProblem::kNikLength;

  const std::string_view digits = nik;
  int day = number(digits.substr(6, 2));
  if (day > kWomensDayOffset) day -= kWomensDayOffset;
  const int month = number(digits.substr(8, 2));
  const int year = number(digits.substr(10, 2));
  // Two digits do not say which century, so either will do; they differ only for 29 February 1900.
  if (!is_real_date(1900 + year, month, day) && !is_real_date(2000 + year, month, day)) return FieldProblem::kNikDate;
  if (number(digits.substr(12, 4)) == 0) return FieldProblem::kNikSerial;
  return std::nullopt;
}

Problem check_family_card(std::string_view text) {
  const std::string card = without(text, " .-");
  if (!all_digits(card)) return FieldProblem::kFamilyCardDigits;
  if (card.size() != kNationalNumberDigits) return FieldProblem::kFamilyCardLength;
  return std::nullopt;
}

// Any country's number: only its length is judged. People write 0812-3456-7890, +62 812 3456 7890, (0901) 321 321.
Problem check_phone(std::string_view text) {
  std::string digits = without(text, " .-()");
  if (digits.starts_with('+')) digits.erase(0, 1);
  if (!all_digits(digits)) return FieldProblem::kPhoneDigits;
  if (digits.size() < kMinPhoneDigits || digits.size() > kMaxPhoneDigits) return FieldProblem::kPhoneLength;
  return std::nullopt;
}

// Day, month and year as typed: parted by any run of "-/. ", or eight digits running.
std::optional<std::vector<std::string_view>> date_parts(std::string_view text) {
  if (text.size() == 8 && all_digits(text)) {
    return std::vector{text.substr(0, 2), text.substr(2, 2), text.substr(4, 4)};
  }
  constexpr std::string_view kSeparators = "-/. ";
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(kSeparators);
    parts.push_back(text.substr(0, end));
    const std::size_t next = text.find_first_not_of(kSeparators, parts.back().size());
    text.remove_prefix(next == std::string_view::npos ? text.size() : next);
  }
  const bool shaped = parts.size() == 3 && std::all_of(parts.begin(), parts.end(), all_digits) && !parts[0].empty() &&
                      parts[0].size() <= 2 && parts[1].size() <= 2 && parts[2].size() == 4;
  if (!shaped) return std::nullopt;
  return parts;
}

Problem check_date(std::string_view text, LocalDate today) {
  const auto parts = date_parts(text);
  if (!parts) return FieldProblem::kDateFormat;
  const int day = number((*parts)[0]);
  const int month = number((*parts)[1]);
  const int year = number((*parts)[2]);
  if (year < kEarliestYear || !is_real_date(year, month, day)) return FieldProblem::kDateImpossible;
  const LocalDate date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                       std::chrono::day{static_cast<unsigned>(day)}};
  if (date > today) return FieldProblem::kDateFuture;
  return std::nullopt;
}

// What holds for every text before its kind is looked at.
Problem check_text(std::string_view text, std::size_t max_bytes, LineBreaks line_breaks) {
  if (text.size() > max_bytes) return FieldProblem::kTooLong;
  if (!is_plain_text(text, line_breaks)) return FieldProblem::kNotText;
  return std::nullopt;
}

// Collects what is wrong with one request, in the order of the form.
class FilingCheck {
 public:
  FilingCheck(const FilingRequest& request, const Catalogue& catalogue, LocalDate today)
      : request_(request), details_(request.details), catalogue_(catalogue), today_(today) {}

  std::vector<FilingProblem> run() && {
    check_category();
    const Service* service = check_service();
    check_place();
    check_story();
    check_answers(service);
    check_person();
    if (!request_.consent) add("consent", FieldProblem::kConsent);
    return std::move(problems_);
  }

 private:
  void add(std::string field, Problem problem) {
    if (problem) problems_.push_back({.field = std::move(field), .problem = *problem});
  }

  // Secret tickets carry category and kampung in the private part; before sealing they may stand in either place.
  void check_category() {
    const auto& category = request_.category ? request_.category : details_.category;
    if (category && catalogue_.find_category(*category) == nullptr) {
      add("category", FieldProblem::kUnknownChoice);
    } else if (!category && request_.kind == TicketKind::kComplaint) {
      add("category", FieldProblem::kRequired);
    }
  }

  const Service* check_service() {
    const bool wanted = request_.kind == TicketKind::kService;
    if (!request_.service) {
      if (wanted) add("service", FieldProblem::kRequired);
      return nullptr;
    }
    const Service* service = catalogue_.find_service(*request_.service);
    if (!wanted || service == nullptr) {
      add("service", FieldProblem::kUnknownChoice);
      return nullptr;
    }
    return service;
  }

  void check_place() {
    const auto& kampung = request_.kampung ? request_.kampung : details_.kampung;
    if (kampung && catalogue_.find_kampung(*kampung) == nullptr) add("kampung", FieldProblem::kUnknownChoice);
    add("landmark", check_text(details_.landmark, limits::kLandmarkBytes, LineBreaks::kForbidden));
  }

  void check_story() {
    const bool required = request_.kind != TicketKind::kService;
    if (trimmed(details_.story).empty()) {
      if (required && !request_.told_by_media) add("story", FieldProblem::kRequired);
      return;
    }
    add("story", check_text(details_.story, limits::kStoryBytes, LineBreaks::kAllowed));
  }

  // A service's own questions: every required one answered, every answer asked for, none twice.
  void check_answers(const Service* service) {
    if (details_.fields.size() > limits::kFields) {
      add("fields", FieldProblem::kTooLong);
      return;
    }
    std::set<std::string_view> asked;
    if (service != nullptr) {
      for (const ServiceField& field : service->fields) {
        asked.insert(field.id);
        add(field.id, check_field(field.kind, answer_to(field.id), field.required, today_));
      }
    }
    std::set<std::string_view> answered;
    for (const auto& [id, answer] : details_.fields) {
      if (!asked.contains(id) || !answered.insert(id).second) add(id, FieldProblem::kUnknownChoice);
    }
  }

  std::string_view answer_to(std::string_view id) const {
    const auto answer = std::find_if(details_.fields.begin(), details_.fields.end(),
                                     [&](const auto& candidate) { return candidate.first == id; });
    return answer == details_.fields.end() ? std::string_view{} : std::string_view{answer->second};
  }

  void check_person() {
    if (is_anonymous(request_.confidentiality)) {
      // An office cannot hand a document to nobody.
      if (request_.kind == TicketKind::kService) add("confidentiality", FieldProblem::kUnknownChoice);
      refuse_when_anonymous("name", details_.name);
      refuse_when_anonymous("nik", details_.nik);
      refuse_when_anonymous("phone", details_.phone);
      refuse_when_anonymous("address", details_.address);
      return;
    }
    add("name", check_field(FieldKind::kName, details_.name, false, today_));
    add("nik", check_field(FieldKind::kNik, details_.nik, false, today_));
    add("phone", check_field(FieldKind::kPhone, details_.phone, false, today_));
    add("address", check_text(details_.address, limits::kAddressBytes, LineBreaks::kForbidden));
  }

  void refuse_when_anonymous(const char* field, std::string_view text) {
    if (!text.empty()) add(field, FieldProblem::kUnknownChoice);
  }

  const FilingRequest& request_;
  const PrivatePart& details_;
  const Catalogue& catalogue_;
  LocalDate today_;
  std::vector<FilingProblem> problems_;
};

}  // namespace

std::size_t max_bytes_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::kName:
      return limits::kNameBytes;
    case FieldKind::kPhone:
      return limits::kPhoneBytes;
    case FieldKind::kNik:
    case FieldKind::kFamilyCard:
    case FieldKind::kDate:
    case FieldKind::kText:
    case FieldKind::kPlace:
      break;
  }
  return limits::kFieldBytes;
}

const char* problem_message_id(FieldProblem problem) {
  switch (problem) {
    case FieldProblem::kRequired:
      return "problem.required";
    case FieldProblem::kTooLong:
      return "problem.too_long";
    case FieldProblem::kNotText:
      return "problem.not_text";
    case FieldProblem::kNikLength:
      return "problem.nik_length";
    case FieldProblem::kNikDigits:
      return "problem.nik_digits";
    case FieldProblem::kNikDate:
      return "problem.nik_date";
    case FieldProblem::kNikSerial:
      return "problem.nik_serial";
    case FieldProblem::kFamilyCardLength:
      return "problem.family_card_length";
    case FieldProblem::kFamilyCardDigits:
      return "problem.family_card_digits";
    case FieldProblem::kPhoneDigits:
      return "problem.phone_digits";
    case FieldProblem::kPhoneLength:
      return "problem.phone_length";
    case FieldProblem::kDateFormat:
      return "problem.date_format";
    case FieldProblem::kDateImpossible:
      return "problem.date_impossible";
    case FieldProblem::kDateFuture:
      return "problem.date_future";
    case FieldProblem::kNameLetters:
      return "problem.name_letters";
    case FieldProblem::kUnknownChoice:
      return "problem.unknown_choice";
    case FieldProblem::kConsent:
      return "problem.consent";
  }
  return "problem.not_text";
}

std::optional<FieldProblem> check_field(FieldKind kind, std::string_view text, bool required, LocalDate today) {
  const std::string_view filled = trimmed(text);
  if (filled.empty()) return required ? Problem(FieldProblem::kRequired) : std::nullopt;
  if (const Problem problem = check_text(text, max_bytes_of(kind), LineBreaks::kForbidden)) return problem;
  switch (kind) {
    case FieldKind::kName:
      return has_letter(filled) ? std::nullopt : Problem(FieldProblem::kNameLetters);
    case FieldKind::kNik:
      return check_nik(filled);
    case FieldKind::kFamilyCard:
      return check_family_card(filled);
    case FieldKind::kPhone:
      return check_phone(filled);
    case FieldKind::kDate:
      return check_date(filled, today);
    case FieldKind::kText:
    case FieldKind::kPlace:
      break;
  }
  return std::nullopt;
}

std::vector<FilingProblem> check_filing(const FilingRequest& request, const Catalogue& catalogue, LocalDate today) {
  return FilingCheck(request, catalogue, today).run();
}

}  // namespace mimika
