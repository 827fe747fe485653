// The catalogue: regions, agencies, services, categories, closed days. Data, never code: it is read from
// assets/catalogue/*.json and may be replaced by the centre. Every fact names its source and how certain it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/ids.h"
#include "kiosk/base/result.h"
#include "kiosk/model/calendar.h"
#include "kiosk/model/event.h"
#include "kiosk/model/mark.h"

namespace mimika {

// A text in the languages the product speaks. Indonesian is never empty; a missing English text is read as the
// Indonesian one.
struct LocalText {
  std::string id;
  std::string en;
  friend bool operator==(const LocalText&, const LocalText&) = default;
};

enum class Certainty : std::uint8_t { kHigh, kMedium, kLow };  // kLow: shown as "to be confirmed"

struct Provenance {
  std::string source;
  Certainty certainty = Certainty::kLow;
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

struct Kampung {
  KampungCode code;
  std::string name;
  bool kelurahan = false;
};

struct District {
  DistrictCode code;
  std::string name;
  std::string code_letters;  // three letters of ticket numbers: "JLA"
  std::vector<Kampung> kampung;
  Provenance provenance;
};

struct Opd {
  OpdId id;
  std::string name;
  std::string short_name;
  Provenance provenance;
};

struct Category {
  CategoryId id;
  LocalText name;
  std::string picture;       // assets/icons/pictures/<picture>.svg
  std::vector<OpdId> opds;   // who usually follows up, likeliest first
  bool about_staff = false;  // "berkadar pengawasan": goes to Inspektorat, unreadable for the office and OPD it names
  Provenance provenance;
};

enum class ServiceGroup : std::uint8_t { kCivilRegistration, kLicensing, kHealth };

// What a field of a service form holds, and so how it is checked (validation.h) and which keyboard it gets.
enum class FieldKind : std::uint8_t { kName, kNik, kFamilyCard, kPhone, kDate, kText, kPlace };

struct ServiceField {
  std::string id;  // "nama_anak"
  LocalText label;
  FieldKind kind = FieldKind::kText;
  bool required = false;
};

struct ServiceRequirement {
  LocalText text;        // what to bring
  LocalText if_missing;  // the way out when it is missing; empty when the source names none
  std::string icon;      // assets/icons/icons/<icon>.svg
};

struct Service {
  ServiceId id;
  ServiceGroup group = ServiceGroup::kCivilRegistration;
  LocalText name;
  LocalText summary;  // one short line in everyday words
  std::string icon;
  std::vector<OpdId> opds;
  LocalText form;  // form code or channel; empty when the source names none
  std::vector<ServiceRequirement> requirements;
  LocalText duration;  // empty: not set by the regency ("belum ditetapkan")
  LocalText cost;      // exactly as the source says; empty: not stated
  std::vector<ServiceField> fields;
  Provenance provenance;
};

struct ClosedDay {
  LocalDate date;
  std::string name;
  Provenance provenance;
};

struct Catalogue {
  std::string version;  // "2026-11-24-1a2b3c4d": the newest date of the files and a checksum of them all
  std::vector<District> districts;
  std::vector<Opd> opds;
  std::vector<Category> categories;
  std::vector<Service> services;
  std::vector<ClosedDay> closed_days;
  MarkRule mark_rule;

  [[nodiscard]] const District* find_district(const DistrictCode& code) const;
  [[nodiscard]] const Kampung* find_kampung(const KampungCode& code) const;
  [[nodiscard]] const Opd* find_opd(const OpdId& id) const;
  [[nodiscard]] const Category* find_category(const CategoryId& id) const;
  [[nodiscard]] const Service* find_service(const ServiceId& id) const;
  [[nodiscard]] WorkCalendar work_calendar() const;
};

// Reads districts.json, opds.json, categories.json, services.json, holidays.json and clocks.json from a folder.
// kNotFound for a missing file; kInvalidInput, naming file and place, for anything malformed, a dangling reference
// (a service of an unknown OPD), a duplicate id, or a text over its limit; kTooLarge for a file over
// limits::kCatalogueBytes.
[[nodiscard]] Result<Catalogue> load_catalogue(const std::string& folder);

// The same files as one text, for publishing: an object with each file's text under its name, byte for byte, so that
// the version stays the same. Nothing is checked here.
[[nodiscard]] Result<std::string> bundle_catalogue(const std::string& folder);
// Errors as of load_catalogue(); kInvalidInput for a file that is missing in it.
[[nodiscard]] Result<Catalogue> parse_catalogue(std::string_view bundle);

}  // namespace mimika
