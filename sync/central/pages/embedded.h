// Templates, style sheet and text catalogues travel inside the program: a page cannot be left without its words by a
// folder that was not copied.
#pragma once

#include <string_view>
#include <vector>

namespace mimika::central {

// By file name ("login.tpl"); empty when there is none.
[[nodiscard]] std::string_view embedded_file(std::string_view name);
[[nodiscard]] std::vector<std::string_view> embedded_files();

}  // namespace mimika::central
