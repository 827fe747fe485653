#include "kiosk/model/catalogue.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kiosk/base/bytes.h"
#include "kiosk/base/check.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/model/catalogue_json.h"
#include "kiosk/model/json_node.h"

namespace mimika {
namespace {

constexpr std::size_t kShortChecksumBytes = 4;

template <typename Item, typename Matches>
const Item* find_item(const std::vector<Item>& items, Matches matches) {
  const auto found = std::find_if(items.begin(), items.end(), matches);
  return found == items.end() ? nullptr : &*found;
}

// FNV-1a. It tells two editions of the catalogue apart for people who compare kiosks; it proves nothing.
class Checksum {
 public:
  void add(ByteView bytes) {
    for (const std::uint8_t byte : bytes) sum_ = (sum_ ^ byte) * 0x100000001B3ULL;
  }
  [[nodiscard]] std::string hex() const {
    Bytes bytes;
    append_u64(bytes, sum_ ^ (sum_ >> 32U));
    bytes.resize(kShortChecksumBytes);
    return to_hex(bytes);
  }

 private:
  std::uint64_t sum_ = 0xCBF29CE484222325ULL;
};

// Reads the files one after the other and keeps what they are told apart by.
class Loader {
 public:
  // Where a file's bytes come from, by its name.
  using Source = std::function<Result<Bytes>(const std::string& name)>;
  explicit Loader(Source source) : source_(std::move(source)) {}

  template <typename Item>
  Result<std::vector<Item>> load(const std::string& name, Result<CatalogueFile<Item>> (*parse)(std::string_view)) {
    auto bytes = source_(name);
    if (!bytes) return fail_with(std::move(bytes).error(), name);
    auto file = parse(as_text(*bytes));
    if (!file) return fail_with(std::move(file).error(), name);
    checksum_.add(*bytes);
    newest_ = std::max(newest_, file->version);
    return std::move(file->items);
  }

  // The newest date of the files and a checksum of them all: every edit makes another version.
  [[nodiscard]] std::string version() const { return newest_ + "-" + checksum_.hex(); }

 private:
  Source source_;
  std::string newest_;
  Checksum checksum_;
};

// Reports the second of two equal keys by its place and the first one's.
class Unique {
 public:
  Unique(std::string file, std::string what) : file_(std::move(file)), what_(std::move(what)) {}

  Status add(const std::string& key, const std::string& place) {
    const auto [first, added] = places_.emplace(key, place);
    if (added) return {};
    return fail(ErrorCode::kInvalidInput,
                file_ + ": " + place + ": the " + what_ + " \"" + key + "\" is also that of " + first->second);
  }

 private:
  std::string file_;
  std::string what_;
  std::map<std::string, std::string> places_;
};

std::string place_at(const char* list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

Status check_districts(const std::vector<District>& districts) {
  const std::string file = "districts.json";
  Unique codes(file, "code");
  Unique letters(file, "code letters");
  Unique kampung_codes(file, "code");
  for (std::size_t i = 0; i < districts.size(); ++i) {
    const District& district = districts[i];
    const std::string place = place_at("districts", i);
    TRY(codes.add(district.code.value, place));
    TRY(letters.add(district.code_letters, place));
    if (district.kampung.empty()) return fail(ErrorCode::kInvalidInput, file + ": " + place + ": no kampung");
    for (std::size_t k = 0; k < district.kampung.size(); ++k) {
      const std::string& code = district.kampung[k].code.value;
      const std::string kampung_place = place + "." + place_at("kampung", k);
      if (!code.starts_with(district.code.value + ".")) {
        return fail(ErrorCode::kInvalidInput, file + ": " + kampung_place + ": the code \"" + code +
                                                  "\" is not one of district " + district.code.value);
      }
      TRY(kampung_codes.add(code, kampung_place));
    }
  }
  return {};
}

Status check_opd_references(const Catalogue& catalogue, const std::vector<OpdId>& opds, const std::string& file,
                            const std::string& place) {
  if (opds.empty()) return fail(ErrorCode::kInvalidInput, file + ": " + place + ".opds: no agency");
  std::set<OpdId> seen;
  for (const OpdId& opd : opds) {
    if (catalogue.find_opd(opd) == nullptr) {
      return fail(ErrorCode::kInvalidInput,
                  file + ": " + place + ".opds: there is no agency \"" + opd.value + "\" in opds.json");
    }
    if (!seen.insert(opd).second) {
      return fail(ErrorCode::kInvalidInput, file + ": " + place + ".opds: \"" + opd.value + "\" stands twice");
    }
  }
  return {};
}

Status check_opds(const std::vector<Opd>& opds) {
  Unique ids("opds.json", "id");
  for (std::size_t i = 0; i < opds.size(); ++i) TRY(ids.add(opds[i].id.value, place_at("opds", i)));
  return {};
}

Status check_categories(const Catalogue& catalogue) {
  const std::string file = "categories.json";
  Unique ids(file, "id");
  for (std::size_t i = 0; i < catalogue.categories.size(); ++i) {
    const Category& category = catalogue.categories[i];
    TRY(ids.add(category.id.value, place_at("categories", i)));
    TRY(check_opd_references(catalogue, category.opds, file, place_at("categories", i)));
  }
  return {};
}

Status check_services(const Catalogue& catalogue) {
  const std::string file = "services.json";
  Unique ids(file, "id");
  for (std::size_t i = 0; i < catalogue.services.size(); ++i) {
    const Service& service = catalogue.services[i];
    const std::string place = place_at("services", i);
    TRY(ids.add(service.id.value, place));
    TRY(check_opd_references(catalogue, service.opds, file, place));
    Unique field_ids(file, "id");
    for (std::size_t k = 0; k < service.fields.size(); ++k) {
      TRY(field_ids.add(service.fields[k].id, place + "." + place_at("fields", k)));
    }
  }
  return {};
}

Status check_closed_days(const std::vector<ClosedDay>& closed_days) {
  std::map<LocalDate, std::size_t> seen;
  for (std::size_t i = 0; i < closed_days.size(); ++i) {
    const auto [first, added] = seen.emplace(closed_days[i].date, i);
    if (!added) {
      return fail(ErrorCode::kInvalidInput, "holidays.json: " + place_at("closed_days", i) +
                                                ": the date is also that of " + place_at("closed_days", first->second));
    }
  }
  return {};
}

}  // namespace

const District* Catalogue::find_district(const DistrictCode& code) const {
  return find_item(districts, [&](const District& district) { return district.code == code; });
}

const Kampung* Catalogue::find_kampung(const KampungCode& code) const {
  for (const District& district : districts) {
    if (!code.value.starts_with(district.code.value)) continue;
    const Kampung* found = find_item(district.kampung, [&](const Kampung& kampung) { return kampung.code == code; });
    if (found != nullptr) return found;
  }
  return nullptr;
}

const Opd* Catalogue::find_opd(const OpdId& id) const {
  return find_item(opds, [&](const Opd& opd) { return opd.id == id; });
}

const Category* Catalogue::find_category(const CategoryId& id) const {
  return find_item(categories, [&](const Category& category) { return category.id == id; });
}

const Service* Catalogue::find_service(const ServiceId& id) const {
  return find_item(services, [&](const Service& service) { return service.id == id; });
}

WorkCalendar Catalogue::work_calendar() const {
  std::set<LocalDate> closed;
  for (const ClosedDay& day : closed_days) closed.insert(day.date);
  return WorkCalendar(std::move(closed));
}

namespace {

constexpr const char* kBundleFiles[] = {"districts.json", "opds.json",     "categories.json",
                                        "services.json",  "holidays.json", "clocks.json"};

Result<Catalogue> load_from(Loader loader) {
  Catalogue catalogue;
  TRY_ASSIGN(catalogue.districts, loader.load("districts.json", parse_districts));
  TRY_ASSIGN(catalogue.opds, loader.load("opds.json", parse_opds));
  TRY_ASSIGN(catalogue.categories, loader.load("categories.json", parse_categories));
  TRY_ASSIGN(catalogue.services, loader.load("services.json", parse_services));
  TRY_ASSIGN(catalogue.closed_days, loader.load("holidays.json", parse_closed_days));
  TRY_ASSIGN(const std::vector<MarkRule> rules, loader.load("clocks.json", parse_mark_rule));
  CHECK(rules.size() == 1);
  catalogue.mark_rule = rules.front();
  catalogue.version = loader.version();

  TRY(check_districts(catalogue.districts));
  TRY(check_opds(catalogue.opds));
  TRY(check_categories(catalogue));
  TRY(check_services(catalogue));
  TRY(check_closed_days(catalogue.closed_days));
  return catalogue;
}

}  // namespace

Result<Catalogue> load_catalogue(const std::string& folder) {
  return load_from(
      Loader([folder](const std::string& name) { return read_file(folder + "/" + name, limits::kCatalogueBytes); }));
}

Result<std::string> bundle_catalogue(const std::string& folder) {
  nlohmann::ordered_json bundle;
  for (const char* name : kBundleFiles) {
    auto bytes = read_file(folder + "/" + name, limits::kCatalogueBytes);
    if (!bytes) return fail_with(std::move(bytes).error(), name);
    bundle[name] = std::string(as_text(*bytes));
  }
  return bundle.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<Catalogue> parse_catalogue(std::string_view bundle) {
  TRY_ASSIGN(const nlohmann::json files, parse_json(bundle));
  return load_from(Loader([&files](const std::string& name) -> Result<Bytes> {
    const auto file = files.is_object() ? files.find(name) : files.end();
    if (file == files.end() || !file->is_string()) return fail(ErrorCode::kInvalidInput, "is missing");
    const ByteView text = as_bytes(file->get_ref<const std::string&>());
    return Bytes(text.begin(), text.end());
  }));
}

}  // namespace mimika
