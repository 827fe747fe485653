// Where the product's assets lie: what --assets or MIMIKA_ASSETS says, else the installed folder, else the source
// tree's.
#pragma once

#include <string>

#include "kiosk/model/catalogue.h"

namespace mimika::central {

[[nodiscard]] std::string find_assets(const std::string& asked_for);
[[nodiscard]] Result<Catalogue> load_catalogue_from(const std::string& assets_option);

}  // namespace mimika::central
