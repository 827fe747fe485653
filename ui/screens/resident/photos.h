// The photos that were kept beside a story or a reply: to look at, to take away, to add to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct PhotosView {
  struct Kept {
    std::uint32_t id = 0;
    std::string picture;
    std::string name;  // "Foto 1": what is seen has no words of its own
    ui::KeyView remove;
  };
  ui::HeaderView header;
  std::vector<Kept> photos;
  PhotoFor purpose = PhotoFor::kStory;
  Foot foot;
};

[[nodiscard]] PhotosView make_photos_view(const Session& session, const Text& text);
[[nodiscard]] std::optional<Action> draw_photos(const PhotosView& view, ui::Ui& ui);

}  // namespace mimika::screens
