#include "ui/screens/resident/photos.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "ui/screens/resident/camera.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr float kPhotoRatio = 16.0F / 9.0F;
constexpr float kBesideMm = 58.0F;  // a place lower than this has its key beside the photo, not below
constexpr float kSeenShare = 0.5F;  // of the height and of a low place's width, at least, where it can be had

std::optional<Action> draw_kept(const PhotosView::Kept& photo, ui::Ui& ui, const ui::Rect& place) {
  ui::Rect inside = ui.card(place);
  const bool beside = inside.h < ui.px(kBesideMm) || inside.w > inside.h * kPhotoRatio;
  ui::KeyView remove = photo.remove;
  // The photo says which one it is; the sign alone what the key does.
  remove.icon_only = ui.key_size(remove, 0).w > inside.w * (beside ? 1 - kSeenShare : 1);
  const ui::Size key = ui.key_size(remove, inside.w);
  const float edge = ui.px(ui::mm::kKeyEdge);
  ui::Rect where;
  if (beside) {
    ui::Rect side = inside.cut_right(ui.key_size(remove, 0).w, ui.gap());
    where = {side.x, side.centre().y - key.h / 2, side.w, std::min(key.h, side.h - edge)};
  } else {
    where = inside.cut_bottom(key.h + edge, ui.px(3));
    where.h -= edge;
  }
  ui.say(photo.name);
  ui.picture(photo.picture, inside, ui::Fit::kMeet, ui.px(ui::mm::kKeyRadius));
  if (ui.key(remove, where)) return action::RemovePhoto{photo.id};
  return std::nullopt;
}

}  // namespace

PhotosView make_photos_view(const Session& session, const Text& text) {
  PhotosView view;
  view.header = {.title = text("photos.title"), .subtitle = text("photos.subtitle"), .icon = "camera"};
  view.purpose = session.journey == Journey::kTrack ? PhotoFor::kReply : PhotoFor::kStory;
  view.foot.view.back = back_key(text);
  const std::vector<Photo>* kept = kept_photos(session);
  if (kept == nullptr) return view;
  for (std::size_t i = 0; i < kept->size(); ++i) {
    const std::string number = std::to_string(i + 1);
    view.photos.push_back({.id = (*kept)[i].id,
                           .picture = photo_picture((*kept)[i]),
                           .name = text.format("photos.one", {number}),
                           .remove = {.id = "photos.remove." + number,
                                      .label = text("photos.remove"),
                                      .icon = "x",
                                      .style = ui::TextStyle::kBodyStrong}});
  }
  const bool full = kept->size() >= limits::kPhotosPerFiling;
  view.foot.view.primary = ui::KeyView{.id = "photos.more",
                                       .label = text("photos.more"),
                                       .icon = "camera",
                                       .kind = ui::KeyKind::kPrimary,
                                       .disabled_reason = full ? text("story.photo.full") : std::string()};
  view.foot.primary = action::OpenCamera{.purpose = view.purpose};
  return view;
}

std::optional<Action> draw_photos(const PhotosView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui::HeaderView header = view.header;
  if (area.h - ui.header_height(header, area.w) - ui.footer_height(view.foot.view, area.w) < area.h * kSeenShare) {
    header.subtitle.clear();
  }
  ui.header(fitted(ui, header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  if (view.photos.empty()) return action;
  const auto count = static_cast<int>(view.photos.size());
  const int across = ui.landscape() ? count : 1;
  const std::vector<ui::Rect> places = ui::grid(area, across, count / across, ui.gap());
  for (std::size_t i = 0; i < view.photos.size(); ++i) {
    if (auto removed = draw_kept(view.photos[i], ui, places[i])) action = std::move(removed);
  }
  return action;
}

}  // namespace mimika::screens
