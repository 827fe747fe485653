// One ticket: where it stands, what the person told, what was said, and what may be done now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/officer/desk_frame.h"

namespace mimika::screens {

struct TicketPageView {
  DeskHead head;
  DeskNote note;
  std::string may_read;  // who may see what stands below
  std::string unreadable;
  std::string story;
  std::vector<ui::LabelledRow> facts;
  std::vector<DeskKey> media;
  struct Picture {
    std::string name;
    std::string label;
    std::string id;
    staff::Action does;
  };
  std::vector<Picture> pictures;
  struct Entry {
    std::string icon;
    std::string title;
    std::string when;
    std::string text;
    std::string remark;  // that it is not certain yet, or did not count
    bool of_person = false;
  };
  std::string timeline_title;
  std::vector<Entry> entries;  // the newest first
  std::vector<DeskKey> acts;
};
[[nodiscard]] TicketPageView make_ticket_page(const staff::Session& session, const staff::Context& context,
                                              const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_ticket_page(const TicketPageView& view, ui::Ui& ui);
void overwrite(TicketPageView& view);

// The picture under which a photo of a ticket is shown.
[[nodiscard]] std::string case_picture(const EventKey& event);

struct PhotoPageView {
  DeskHead head;
  DeskNote note;
  std::string picture;
};
[[nodiscard]] PhotoPageView make_photo_page(const staff::Session& session, const staff::Context& context,
                                            const Text& text);
[[nodiscard]] PhotoPageView make_camera_page(const staff::Session& session, const staff::Context& context,
                                             const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_photo_page(const PhotoPageView& view, ui::Ui& ui);

}  // namespace mimika::screens
