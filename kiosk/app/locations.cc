#include "kiosk/app/locations.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

namespace mimika {
namespace {

// The first place that holds `what`; the first place of all when none does, so that the error names it.
std::string first_with(const char* variable, std::vector<std::string> places, const std::string& what) {
  if (const char* named = std::getenv(variable)) places.insert(places.begin(), named);
  for (const std::string& place : places) {
    std::error_code error;
    if (std::filesystem::exists(place + what, error)) return place;
  }
  return places.front();
}

}  // namespace

std::string find_assets() {
  return first_with("MIMIKA_ASSETS", {MIMIKA_INSTALLED_ASSETS, MIMIKA_SOURCE_ASSETS}, "/catalogue/districts.json");
}

std::string find_locale() {
  return first_with("MIMIKA_LOCALE", {std::string(MIMIKA_INSTALLED_ASSETS) + "/locale", MIMIKA_BUILT_LOCALE},
                    "/id/LC_MESSAGES/mimika.mo");
}

std::string default_data_folder() {
  const char* named = std::getenv("MIMIKA_DATA");
  return named != nullptr ? named : "/var/lib/mimika-kiosk";
}

}  // namespace mimika
