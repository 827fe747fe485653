#include "ui/screens/resident/camera.h"

#include <algorithm>
#include <array>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr const char* kViewfinder = "image/camera";
constexpr float kAimShare = 0.62F;     // of the shorter side of what is seen
constexpr float kCornerShare = 0.22F;  // of the square's side
constexpr float kLineMm = 1.4F;
constexpr float kLowPageMm = 130.0F;
constexpr float kSeenShare = 0.5F;  // of the height, at least, where it can be had
constexpr float kSeenRatio = 16.0F / 9.0F;

// Why nothing can be seen; empty while something can.
const char* trouble_id(CameraSight sight) {
  switch (sight) {
    case CameraSight::kStarting:
    case CameraSight::kLive:
      return "";
    case CameraSight::kTooDark:
      return "camera.dark";
    case CameraSight::kNone:
      return "camera.none";
    case CameraSight::kUnplugged:
      return "camera.unplugged";
    case CameraSight::kInUse:
      return "camera.in_use";
    case CameraSight::kGarbage:
      return "camera.garbage";
  }
  return "camera.none";
}

bool sees(CameraSight sight) {
  return sight == CameraSight::kLive || sight == CameraSight::kTooDark;
}

void fill_sight(CameraView& view, const Viewfinder& finder, const Text& text) {
  if (sees(finder.sight)) view.picture = kViewfinder;
  if (finder.sight == CameraSight::kStarting) view.wait = text("camera.starting");
  if (const char* id = trouble_id(finder.sight); *id != '\0') view.trouble = text(id);
}

}  // namespace

std::string photo_picture(const Photo& photo) {
  return "image/photo-" + std::to_string(photo.id);
}

CameraView make_camera_view(const Session& session, const SessionContext& context, const Text& text) {
  CameraView view;
  const Viewfinder& finder = session.personal.viewfinder;
  const Service* service = chosen_service(session, context);
  const bool paper =
      finder.purpose == PhotoFor::kPaper && service != nullptr && finder.paper < service->requirements.size();
  view.header = {
      .title = text(finder.taken ? "camera.title.taken" : "camera.title"),
      .subtitle = paper ? in_language(service->requirements[finder.paper].text, text) : text("camera.subtitle")};
  view.foot.view.back = back_key(text);
  if (journey_has_input(session)) view.foot.view.cancel = cancel_key(text);
  if (finder.taken) {
    view.picture = photo_picture(*finder.taken);
    view.foot.view.secondary = ui::KeyView{.id = "photo.again", .label = text("photo.again"), .icon = "redo"};
    view.foot.secondary = action::AgainPhoto{};
    view.foot.view.primary =
        ui::KeyView{.id = "photo.keep", .label = text("photo.keep"), .icon = "check", .kind = ui::KeyKind::kPrimary};
    view.foot.primary = action::KeepPhoto{};
    return view;
  }
  fill_sight(view, finder, text);
  if (finder.failed) view.trouble = text("camera.failed");
  if (const Photo* kept = paper ? paper_photo(session, finder.paper) : nullptr) {
    view.foot.view.secondary = ui::KeyView{.id = "photo.remove", .label = text("photos.remove"), .icon = "x"};
    view.foot.secondary = action::RemovePhoto{kept->id};
  }
  view.foot.view.primary = ui::KeyView{.id = "photo.take",
                                       .label = text(finder.taking ? "photo.taking" : "photo.take"),
                                       .icon = "camera",
                                       .kind = ui::KeyKind::kPrimary,
                                       .disabled_reason = sees(finder.sight)     ? std::string()
                                                          : view.trouble.empty() ? view.wait
                                                                                 : view.trouble};
  view.foot.primary = action::TakePhoto{};
  return view;
}

CameraView make_scan_view(const Session& session, const Text& text) {
  CameraView view;
  const Viewfinder& finder = session.personal.viewfinder;
  view.header = {.title = text("scan.title"), .subtitle = text("scan.subtitle"), .icon = "camera"};
  view.aims = true;
  fill_sight(view, finder, text);
  if (finder.unread && view.trouble.empty()) view.trouble = text("scan.unread");
  if (finder.foreign) view.trouble = text("scan.foreign");
  view.foot.view.back = back_key(text);
  return view;
}

namespace {

// Four corners to hold something between; a full square would hide the code's own edge.
void draw_aim(ui::Ui& ui, const ui::Rect& seen) {
  const float side = std::min(seen.w, seen.h) * kAimShare;
  const ui::Rect square{seen.centre().x - side / 2, seen.centre().y - side / 2, side, side};
  const float arm = side * kCornerShare;
  const float line = ui.px(kLineMm);
  const ui::Colour colour = ui.colours().ochre;
  const std::array<float, 2> xs = {square.x, square.right() - line};
  const std::array<float, 2> ys = {square.y, square.bottom() - line};
  for (const float x : xs) {
    ui.fill({x, square.y, line, arm}, colour);
    ui.fill({x, square.bottom() - arm, line, arm}, colour);
  }
  for (const float y : ys) {
    ui.fill({square.x, y, arm, line}, colour);
    ui.fill({square.right() - arm, y, arm, line}, colour);
  }
}

}  // namespace

std::optional<Action> draw_camera(const CameraView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  // What the camera sees is what the page is for: on a low panel the question gives way to it.
  ui::HeaderView header = view.header;
  if (ui.landscape() && area.h < ui.px(kLowPageMm)) header.style = ui::TextStyle::kKey;
  if (area.h - ui.header_height(header, area.w) - ui.footer_height(view.foot.view, area.w) < area.h * kSeenShare) {
    header.subtitle.clear();
  }
  ui.header(fitted(ui, header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  if (view.picture.empty()) {
    const bool waiting = view.trouble.empty();
    draw_card_in(ui, {.icon = "camera", .title = waiting ? view.wait : view.trouble, .text = {}},
                 waiting ? ui.colours().sky : ui.colours().sago, area);
    ui.publish("camera.state", waiting ? view.wait : view.trouble);
    return action;
  }
  if (!view.trouble.empty()) {
    const float height = note_height(ui, view.trouble, area.w);
    draw_note(ui, view.trouble, "camera", ui.colours().sago, area.cut_top(height, ui.gap()));
  }
  ui.publish("camera.state", view.trouble);
  const float radius = ui.px(ui::mm::kTileRadius);
  const float width = std::min(area.w, area.h * kSeenRatio);
  const ui::Rect seen{area.centre().x - width / 2, area.y, width, std::min(area.h, width / kSeenRatio)};
  ui.round(seen, radius, ui.colours().deep);
  ui.picture(view.picture, seen, ui::Fit::kMeet, radius);
  if (view.aims) draw_aim(ui, seen);
  return action;
}

}  // namespace mimika::screens
