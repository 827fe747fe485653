// The report, the office's doors and announcements, colleagues, and the outreach's place and day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/officer/desk_frame.h"

namespace mimika::screens {

struct ReportPageView {
  DeskView desk;
  DeskHead head;
  DeskNote note;
  std::vector<DeskTab> spans;
  DeskKey earlier;
  DeskKey later;
  std::string when;
  struct Figure {
    std::string label;
    std::string number;
  };
  std::vector<Figure> figures;
  struct Table {
    std::string title;
    struct Line {
      std::string what;
      std::string filed;
      std::string closed;
      float share = 0;  // of the most in its table
    };
    std::vector<Line> lines;
  };
  std::vector<Table> tables;
  std::string heads_filed;
  std::string heads_closed;
  std::string csv;  // where the figures as a file come from
};
[[nodiscard]] ReportPageView make_report_page(const staff::Session& session, const staff::Context& context,
                                              const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_report_page(const ReportPageView& view, ui::Ui& ui);

struct OfficeView {
  DeskView desk;
  DeskHead head;
  DeskNote note;
  std::vector<DeskRow> states;
  std::string notices_title;
  struct Notice {
    std::string title;
    std::string text;
    std::string detail;
    DeskKey withdraw;
  };
  std::vector<Notice> notices;
  std::string no_notices;
  std::vector<DeskKey> keys;
};
[[nodiscard]] OfficeView make_office_view(const staff::Session& session, const staff::Context& context,
                                          const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_office(const OfficeView& view, ui::Ui& ui);

// Rows under a head: colleagues, or the villages of an outreach.
struct RowsPageView {
  DeskView desk;
  DeskHead head;
  DeskNote note;
  std::string intro;
  std::optional<DeskKey> earlier;
  std::optional<DeskKey> later;
  std::string day;
  std::vector<DeskRow> rows;
};
[[nodiscard]] RowsPageView make_people_view(const staff::Session& session, const staff::Context& context,
                                            const Text& text);
[[nodiscard]] RowsPageView make_outreach_view(const staff::Session& session, const staff::Context& context,
                                              const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_rows_page(const RowsPageView& view, ui::Ui& ui);

}  // namespace mimika::screens
