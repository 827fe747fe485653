// Every screen with a keyboard: story, landmark, name and phone, a service's question, a ticket number, a receipt code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct WritingView {
  struct Field {
    ui::FieldView view;
    TextTarget target = TextTarget::kStory;
    ui::KeyboardKind keyboard = ui::KeyboardKind::kText;
    std::vector<std::string_view> names = {};  // suggested while one of them is being written
    // Below the field while there is nothing wrong: "7 dari 16 angka", a date in words.
    std::string note;
  };
  ui::HeaderView header;
  std::vector<Field> fields;  // one, or two side by side
  bool fills = false;         // the field takes all the height there is (the story)
  // Other ways to tell it, beside the field: a voice, a photo.
  struct Way {
    ui::KeyView key;
    Action does;
  };
  std::vector<Way> ways = {};
  Foot foot;
};

[[nodiscard]] WritingView make_story_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] WritingView make_landmark_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] WritingView make_contact_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] WritingView make_service_field_view(const Session& session, const SessionContext& context,
                                                  const Text& text);
[[nodiscard]] WritingView make_track_number_view(const Session& session, const SessionContext& context,
                                                 const Text& text);
[[nodiscard]] WritingView make_reply_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] WritingView make_track_code_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_writing(const WritingView& view, ui::Ui& ui);

void overwrite(WritingView& view);

}  // namespace mimika::screens
