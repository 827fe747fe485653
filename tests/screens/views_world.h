// Words and lookups for the view tests.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/screens/screen_states.h"
#include "ui/text/text.h"

namespace mimika::testing {

inline const Texts& texts() {
  static const Texts loaded = *Texts::load(MIMIKA_LOCALE_FOLDER, {"id", "en"});
  return loaded;
}
inline const Text& indonesian() {
  return texts().in("id");
}
inline const Text& english() {
  return texts().in("en");
}

// The item of a view with this id; fails the test when there is none.
template <typename View>
const View& with_id(const std::vector<View>& views, const std::string& id) {
  const auto found = std::find_if(views.begin(), views.end(), [&](const View& view) { return view.id == id; });
  INFO(id);
  REQUIRE(found != views.end());
  return *found;
}

}  // namespace mimika::testing
