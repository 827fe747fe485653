// Small facts about this database, by name.
#pragma once

#include <optional>
#include <string>

#include "sync/central/store/database.h"

namespace mimika::central {

[[nodiscard]] Result<std::optional<std::string>> find_meta(Database& database, const std::string& name);
[[nodiscard]] Status save_meta(Database& database, const std::string& name, const std::string& value);

}  // namespace mimika::central
