// The rules for what people type, with the reason in words when one does not hold. Pure; used while typing, at the
// commit, and by mimika-kiosk-ctl.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/model/calendar.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/model/event.h"

namespace mimika {

// Why a text was not accepted. Each has a message in the locale catalogue ("problem.nik_length").
enum class FieldProblem : std::uint8_t {
  kRequired,
  kTooLong,
  kNotText,    // control characters or broken UTF-8
  kNikLength,  // a NIK has 16 digits
  kNikDigits,
  kNikDate,           // digits 7-12 are the birth date, the day plus 40 for women; this is no date
  kNikSerial,         // the last four digits count from 0001
  kFamilyCardLength,  // a KK number has 16 digits
  kFamilyCardDigits,
  kPhoneDigits,
  kPhoneLength,     // 9 to 15 digits
  kDateFormat,      // day, month, year
  kDateImpossible,  // no such day
  kDateFuture,
  kNameLetters,    // a name has at least one letter
  kUnknownChoice,  // a kampung, category or service the catalogue does not have
  kConsent,        // nothing is filed without consent
};

// The catalogue id of the text that explains it: "problem.nik_date".
[[nodiscard]] const char* problem_message_id(FieldProblem problem);

// The longest answer a field of this kind takes, in bytes of UTF-8.
[[nodiscard]] std::size_t max_bytes_of(FieldKind kind);

// Empty text is "not filled in" and accepted unless `required`. `today` bounds dates.
[[nodiscard]] std::optional<FieldProblem> check_field(FieldKind kind, std::string_view text, bool required,
                                                      LocalDate today);

// What has been asked for, before it is an event: from the screens or from mimika-kiosk-ctl.
struct FilingRequest {
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality confidentiality = Confidentiality::kNameHidden;
  std::optional<CategoryId> category;  // complaints: required
  std::optional<ServiceId> service;    // service requests: required
  std::optional<KampungCode> kampung;
  bool consent = false;
  bool told_by_media = false;  // a voice or a photo tells the story, which may then be empty
  PrivatePart details;
};

struct FilingProblem {
  std::string field;  // "story", "nik", "category", or a service field's id
  FieldProblem problem = FieldProblem::kRequired;
  friend bool operator==(const FilingProblem&, const FilingProblem&) = default;
};

// Everything wrong with a request, in the order of the form; empty when it may be filed. An anonymous request must not
// carry a name, NIK, phone or address: those are reported as kUnknownChoice on the field rather than silently dropped.
// A service request cannot be anonymous ("confidentiality"). Field names are those of PrivatePart and FilingRequest, a
// service's own field ids, "fields" for too many of them, and "consent".
[[nodiscard]] std::vector<FilingProblem> check_filing(const FilingRequest& request, const Catalogue& catalogue,
                                                      LocalDate today);

}  // namespace mimika
