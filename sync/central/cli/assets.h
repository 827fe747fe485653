// Where the product's assets lie: --assets, else MIMIKA_ASSETS, else the installed folder, else the source tree's.
#pragma once

#include <string>

#include "kiosk/model/catalogue.h"

namespace mimika::central {

[[nodiscard]] std::string find_assets(const std::string& from_command_line);
[[nodiscard]] Result<Catalogue> load_catalogue_from(const std::string& assets_option);

}  // namespace mimika::central
