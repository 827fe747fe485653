#include "kiosk/app/locations.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

namespace mimika {
namespace {

bool holds_catalogue(const std::string& assets) {
  std::error_code error;
  return std::filesystem::exists(assets + "/catalogue/districts.json", error);
}

}  // namespace

std::string find_assets() {
  std::vector<std::string> places;
  if (const char* named = std::getenv("MIMIKA_ASSETS")) places.emplace_back(named);
  places.emplace_back(MIMIKA_INSTALLED_ASSETS);
  places.emplace_back(MIMIKA_SOURCE_ASSETS);
  for (const std::string& place : places) {
    if (holds_catalogue(place)) return place;
  }
  return places.front();
}

std::string default_data_folder() {
  const char* named = std::getenv("MIMIKA_DATA");
  return named != nullptr ? named : "/var/lib/mimika-kiosk";
}

}  // namespace mimika
