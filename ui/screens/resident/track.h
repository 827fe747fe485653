// Where a ticket is: the public timeline, the answers, and the way to open the sealed ones with the receipt code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct TrackView {
  struct Reply {
    std::string title;  // "Jawaban Dinas PUPR, 3 Desember"
    std::string text;
    std::string icon;
    bool sealed = false;  // opened with the code: heard only by whoever asks
  };
  bool locked = false;  // nothing is shown without the code
  ui::HeaderView header;
  std::vector<ui::PathStep> path;
  std::vector<Reply> replies;
  std::string sealed_note;  // "Ada jawaban yang dikunci."; empty when all is open
  std::string empty_note;   // "Belum ada jawaban."; empty when there are replies
  std::string said_note;    // what was said just now is saved here; empty otherwise
  struct Ask {
    std::string title;  // "Sudah beres?"
    ui::KeyView yes;    // opens the faces
    std::optional<ui::KeyView> no;
  };
  std::optional<Ask> ask;  // of whoever gave the code, about a closed ticket
  std::string lock_title;  // of a locked ticket
  std::string lock_text;
  std::string status;  // machine-readable, published: "in_progress"
  std::string status_words;
  Foot foot;
};

// As scripts read it: "saved_here", "in_progress".
[[nodiscard]] const char* status_name(TicketStatus status);

[[nodiscard]] TrackView make_track_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_track(const TrackView& view, ui::Ui& ui);
void overwrite(TrackView& view);

// A wait (searching, opening) and "not found here".
struct TrackWaitView {
  std::string words;
  Foot foot;
};
[[nodiscard]] TrackWaitView make_track_wait_view(const Session& session, const Text& text);
[[nodiscard]] std::optional<Action> draw_track_wait(const TrackWaitView& view, ui::Ui& ui);

}  // namespace mimika::screens
