// The catalogue's files as values: text in, values out, one function a file. What the files mean together (that a
// service's agency exists) is catalogue.cc's business. Form of the files: assets/catalogue/README.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/model/catalogue.h"

namespace mimika {

template <typename Item>
struct CatalogueFile {
  std::string version;  // a date: "2026-11-24"
  std::vector<Item> items;
};

// All return kInvalidInput whose message begins with the place in the file ("services[3].fields[0].kind: …").
[[nodiscard]] Result<CatalogueFile<District>> parse_districts(std::string_view json);
[[nodiscard]] Result<CatalogueFile<Opd>> parse_opds(std::string_view json);
[[nodiscard]] Result<CatalogueFile<Category>> parse_categories(std::string_view json);
[[nodiscard]] Result<CatalogueFile<Service>> parse_services(std::string_view json);
[[nodiscard]] Result<CatalogueFile<ClosedDay>> parse_closed_days(std::string_view json);

// One item: the rule of the mark, taken from the clock that the file names for it.
[[nodiscard]] Result<CatalogueFile<MarkRule>> parse_mark_rule(std::string_view json);

}  // namespace mimika
