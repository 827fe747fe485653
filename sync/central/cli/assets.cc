#include "sync/central/cli/assets.h"

#include <cstdlib>
#include <filesystem>

namespace mimika::central {

std::string find_assets(const std::string& from_command_line) {
  if (!from_command_line.empty()) return from_command_line;
  if (const char* from_environment = std::getenv("MIMIKA_ASSETS"); from_environment != nullptr) {
    return from_environment;
  }
  std::error_code ignored;
  const std::string installed = MIMIKA_INSTALLED_ASSETS;
  return std::filesystem::exists(installed, ignored) ? installed : std::string(MIMIKA_SOURCE_ASSETS);
}

Result<Catalogue> load_catalogue_from(const std::string& assets_option) {
  return load_catalogue(find_assets(assets_option) + "/catalogue");
}

}  // namespace mimika::central
