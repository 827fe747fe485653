// The queue, and what a search found: the same table, and a look at one row beside it where there is room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/officer/desk_frame.h"

namespace mimika::screens {

struct TicketTable {
  struct Row {
    ui::TableRowView view;
    TicketId id;
  };
  std::vector<Row> rows;  // more than fit may be there
  std::string empty;
  std::vector<std::string> heads;  // of the columns: mark, subject, agency, sending
  std::uint32_t first = 0;         // of how many
  std::uint32_t count = 0;
  std::string range_format;  // "{1} sampai {2} dari {3}"
  bool pages = false;        // page keys ask for other rows
};

struct TicketGlance {  // the row beside the table
  TicketId id;
  std::string number;
  std::string subject;
  ui::Sign sign = ui::MarkKind::kGrey;
  std::string sign_word;
  std::string words;
  std::string known;
  ui::Sign place = ui::PlaceKind::kSavedHere;
  std::string place_word;
  std::string filed;
  ui::KeyView open;
};

struct QueueView {
  DeskView desk;
  DeskHead head;
  DeskNote note;
  std::vector<DeskTab> tabs;
  TicketTable table;
  std::optional<TicketGlance> glance;
  std::string glance_hint;
};
[[nodiscard]] QueueView make_queue_view(const staff::Session& session, const staff::Context& context, const Text& text);
[[nodiscard]] QueueView make_hits_view(const staff::Session& session, const staff::Context& context, const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_queue(const QueueView& view, ui::Ui& ui);
void overwrite(QueueView& view);

struct SearchView {
  DeskHead head;
  DeskNote note;
  ui::FieldView field;
};
[[nodiscard]] SearchView make_search_view(const staff::Session& session, const staff::Context& context,
                                          const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_search(const SearchView& view, ui::Ui& ui);
void overwrite(SearchView& view);

}  // namespace mimika::screens
