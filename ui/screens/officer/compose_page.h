// Words about a ticket, an announcement's words, and the agency a ticket is handed to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/officer/desk_frame.h"

namespace mimika::screens {

struct ComposeView {
  DeskHead head;
  DeskNote note;
  std::string public_note;  // who reads what is written here
  std::string public_icon;
  std::vector<DeskTab> parts;    // of an announcement
  std::vector<DeskKey> reasons;  // to begin with, while nothing is written
  std::vector<DeskKey> photos;   // the camera, and those that are there
  ui::FieldView field;
  staff::TextTarget target = staff::TextTarget::kWords;
  ui::KeyboardKind keyboard = ui::KeyboardKind::kText;
  std::string left;  // how much may still be written
};
// `indonesian`: what becomes public is written in it, whatever language the officer reads.
[[nodiscard]] ComposeView make_compose_view(const staff::Session& session, const staff::Context& context,
                                            const Text& text, const Text& indonesian);
[[nodiscard]] ComposeView make_notice_view(const staff::Session& session, const staff::Context& context,
                                           const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_compose(const ComposeView& view, ui::Ui& ui);
void overwrite(ComposeView& view);

struct OpdsView {
  DeskHead head;
  DeskNote note;
  std::string likely_title;
  std::vector<DeskRow> likely;
  std::string others_title;
  std::vector<DeskRow> others;
};
[[nodiscard]] OpdsView make_opds_view(const staff::Session& session, const staff::Context& context, const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_opds(const OpdsView& view, ui::Ui& ui);

}  // namespace mimika::screens
