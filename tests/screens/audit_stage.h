// Where screens are laid out for the audits: the real fonts and drawings are measured, and nothing is rasterised but
// the few pictures that words stand on.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kiosk/session/session.h"
#include "kiosk/staff/staff_session.h"
#include "tests/screens/audit.h"
#include "ui/platform/display.h"
#include "ui/text/text.h"

namespace mimika::testing {

struct AuditPanel {
  int width;
  int height;
  float mm;                  // of its width
  std::size_t most_smaller;  // pages that may be drawn in smaller letters than were asked for, see ui/widgets/fit.cc
};
// The panels that must work: the smallest, the usual, the large one, and two upright ones.
[[nodiscard]] std::span<const AuditPanel> audit_panels();

// One page: what it asks of a frame, and who draws it.
struct AuditView {
  ui::TextSize text_size = ui::TextSize::kNormal;
  ui::Contrast contrast = ui::Contrast::kStandard;
  std::function<void(ui::Ui&)> draw;
};

class AuditStage {
 public:
  // CHECKs that fonts and drawings are there.
  AuditStage(const AuditPanel& panel, const Texts& texts);
  ~AuditStage();
  AuditStage(const AuditStage&) = delete;
  AuditStage& operator=(const AuditStage&) = delete;

  // A Ui that has shown nothing yet.
  void fresh();
  // Frames until nothing has to settle any more; the events come with the first.
  void draw(const AuditView& view, std::span<const ui::InputEvent> events = {});
  // Of a session's screen; both must outlive it.
  [[nodiscard]] AuditView view_of(const Session& session, const SessionContext& context) const;
  [[nodiscard]] AuditView view_of(const staff::Session& session, const staff::Context& context) const;
  [[nodiscard]] ui::Ui& ui() { return *ui_; }
  [[nodiscard]] const ui::Painted& painted() const { return painted_; }
  // In any frame of the last draw().
  [[nodiscard]] bool activated() const { return activated_; }
  [[nodiscard]] const AuditPanel& panel() const { return panel_; }
  [[nodiscard]] double picture_contrast(const ui::PictureRequest& request, const ui::Rect& part, ui::Colour text,
                                        const Veils& veils);

 private:
  class MeasuredFonts;
  class MeasuredPictures;

  AuditPanel panel_;
  const Texts& texts_;
  std::unique_ptr<ui::Display> display_;
  std::unique_ptr<MeasuredFonts> fonts_;
  std::unique_ptr<MeasuredPictures> pictures_;
  std::unique_ptr<ui::Ui> ui_;
  ui::Canvas canvas_;
  ui::Painted painted_;
  std::int64_t now_ms_ = 0;
  bool activated_ = false;
  std::map<std::string, std::vector<std::uint8_t>> pixels_;
};

}  // namespace mimika::testing
