// Setting one key of kiosk.toml without touching anything else of it: what a technician wrote there, comments and
// blank lines included, stays as it was. toml++ writes files anew and loses them, so lines are edited here, and what
// comes out is read by load_config() before it replaces the file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/app/config.h"
#include "kiosk/base/result.h"

namespace mimika {

// The keys that can be set, "printer.uri", in the order of docs/settings.md.
[[nodiscard]] std::vector<std::string> setting_names();

// As they are in force, the defaults included; texts without quotes.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> settings_of(const KioskConfig& config);

// The text with that key set; nothing: the key's line is taken away, and the default counts again. kInvalidInput: no
// such key, a value of another kind, or a file in which the key does not stand on a line of its own.
[[nodiscard]] Result<std::string> edit_setting(std::string_view text, std::string_view name,
                                               const std::optional<std::string>& value);

// Reads, edits, checks with load_config(), and only then replaces the file, durably. What load_config() refuses is
// refused with its words, and the file stays as it was.
[[nodiscard]] Status set_setting(const std::string& path, std::string_view name,
                                 const std::optional<std::string>& value);

}  // namespace mimika
