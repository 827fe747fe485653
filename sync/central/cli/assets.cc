#include "sync/central/cli/assets.h"

#include <filesystem>

namespace mimika::central {

std::string find_assets(const std::string& asked_for) {
  if (!asked_for.empty()) return asked_for;
  std::error_code ignored;
  const std::string installed = MIMIKA_INSTALLED_ASSETS;
  return std::filesystem::exists(installed, ignored) ? installed : std::string(MIMIKA_SOURCE_ASSETS);
}

Result<Catalogue> load_catalogue_from(const std::string& assets_option) {
  return load_catalogue(find_assets(assets_option) + "/catalogue");
}

}  // namespace mimika::central
