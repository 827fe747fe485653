#include "tests/monkey/hands.h"

#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "kiosk/model/ticket_number.h"

namespace mimika::monkey {
namespace {

using ui::InputKind;
using ui::Key;
using ui::Point;
using ui::Size;
using namespace std::string_view_literals;

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kDayMs = 24 * 3600 * kSecondMs;
constexpr std::size_t kTapsAFrame = 10'000 * 16 / 1000;  // ten thousand a second

constexpr std::array kKeys = {Key::kNone,  Key::kUp,     Key::kDown,    Key::kLeft,   Key::kRight,
                              Key::kEnter, Key::kTab,    Key::kBackTab, Key::kEscape, Key::kBackspace,
                              Key::kSpeak, Key::kDelete, Key::kHome,    Key::kEnd};

constexpr std::array kPanels = {Size{1280, 800}, Size{1920, 1080}, Size{1080, 1920}, Size{800, 1280}, Size{1024, 600},
                                Size{640, 480},  Size{7680, 640},  Size{320, 200},   Size{48, 48},    Size{1, 1}};

// Pieces of text that have broken programs: letters of four bytes, marks that pile up, directions that turn, halves of
// letters, ends of strings, what looks like a format or a command.
constexpr std::array kPieces = {"air tidak keluar "sv,
                                "\xF0\x9F\x8C\x8A\xF0\x9F\x90\x97"sv,
                                "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84"sv,
                                "\xE2\x80\xAE"sv,
                                "\xE2\x80\x8B"sv,
                                "\xC3"sv,
                                "\xE2\x82"sv,
                                "\xF4\x90\x80\x80"sv,
                                "\xED\xA0\x80"sv,
                                "\x00"sv,
                                "\n\n\n"sv,
                                "\t"sv,
                                "\x1B[2J"sv,
                                "%s%n{}{0}"sv,
                                "###id"sv,
                                "'; DROP TABLE events;--"sv,
                                "<script>"sv,
                                "Ng\xC3\xB1u'"sv,
                                "081234567890"sv,
                                "9404064108900001"sv,
                                "4827109355612048"sv,
                                "\xFF\xFE"sv,
                                "\xEF\xBF\xBF"sv,
                                "\xC2\xA0"sv,
                                "0"sv,
                                " "sv};

constexpr std::array kAnswers = {
    "Air tidak keluar di RT 3"sv, "9404064108900001"sv, "9404060101100002"sv, "01092020"sv, "081234567890"sv,
    "4827109355612048"sv};

// With its check letter, so that the monkey also gets to where tickets are shown.
std::string known_number() {
  return format_ticket_number({{"JLA1"}, 417});
}

}  // namespace

void Hands::choose_mood() {
  // Going on and typing more than the rest, or nobody would ever get past the first questions.
  constexpr std::array kWeights = {60, 14, 8, 2, 6, 6, 3, 8, 3, 3, 3, 6, 2};
  static_assert(kWeights.size() == kMoods);
  int sum = 0;
  for (const int weight : kWeights) sum += weight;
  auto at = static_cast<int>(chance_.below(static_cast<std::uint64_t>(sum)));
  int mood = 0;
  while (at >= kWeights[static_cast<std::size_t>(mood)]) at -= kWeights[static_cast<std::size_t>(mood++)];
  mood_ = static_cast<Mood>(mood);
  left_ = static_cast<int>(chance_.between(1, mood_ == Mood::kGoingOn ? 40 : 12));
  if (mood_ == Mood::kStill || mood_ == Mood::kGone || mood_ == Mood::kClock) left_ = 1;
}

Point Hands::anywhere(Size screen_px) {
  constexpr float kHuge = 1e9F;
  constexpr std::array kOdd = {Point{-1, -1}, Point{kHuge, kHuge}, Point{-kHuge, 3},
                               Point{std::numeric_limits<float>::quiet_NaN(), 10},
                               Point{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}};
  if (chance_.one_in(30)) return chance_.of(kOdd);
  constexpr std::uint64_t kSteps = 4096;
  const auto share = [&] { return static_cast<float>(chance_.below(kSteps)) / static_cast<float>(kSteps); };
  // A tenth of it beyond each edge.
  return {(share() * 1.2F - 0.1F) * screen_px.w, (share() * 1.2F - 0.1F) * screen_px.h};
}

Point Hands::somewhere_useful(const ui::Ui& ui, Size screen_px) {
  const auto targets = ui.targets();
  if (targets.empty()) return anywhere(screen_px);
  // The way on where there is one.
  for (const char* id : {"nav.next", "review.save", "attract.start", "receipt.done"}) {
    const ui::Target* target = ui.find_target(id);
    if (target != nullptr && target->enabled && chance_.one_in(2)) return target->rect.centre();
  }
  // What leads on, more often than the many letters of a keyboard or the ways back.
  for (int look = 0; look < 6; ++look) {
    const ui::Target& target = chance_.of(targets);
    const bool letter = target.id.starts_with("keyboard.");
    const bool away = target.id.starts_with("nav.") || target.id.starts_with("tool.") || target.id.ends_with(".cancel");
    if (target.enabled && (!letter || mood_ == Mood::kTyping) && (!away || look > 3)) return target.rect.centre();
  }
  return chance_.of(targets).rect.centre();
}

void Hands::finger(Beat& beat, InputKind kind, Point at, std::int64_t which) {
  beat.events.push_back({.kind = kind, .finger = which, .at = at});
  if (kind == InputKind::kFingerDown) ++touches_;
}

void Hands::tap(Beat& beat, Point at, std::int64_t which) {
  finger(beat, InputKind::kFingerDown, at, which);
  finger(beat, InputKind::kFingerUp, at, which);
}

void Hands::key(Beat& beat, Key pressed) {
  beat.events.push_back({.kind = InputKind::kKeyDown, .key = pressed});
  ++keys_;
}

std::string Hands::bomb() {
  std::string text;
  const auto pieces = chance_.one_in(6) ? chance_.below(6000) : chance_.below(12);
  for (std::uint64_t i = 0; i <= pieces; ++i) text += chance_.of(kPieces);
  return text;
}

Beat Hands::next(const ui::Ui& ui, Size screen_px) {
  if (left_-- <= 0) choose_mood();
  Beat beat;
  switch (mood_) {
    case Mood::kGoingOn:
      if (!ui.published().contains("keyboard.kind") || !chance_.one_in(3)) {
        tap(beat, somewhere_useful(ui, screen_px));
      } else {
        // A whole answer at once, of the kinds that the questions ask for.
        for (int i = 0; i < 40; ++i) key(beat, Key::kBackspace);
        beat.events.push_back(
            {.kind = InputKind::kText, .text = chance_.one_in(4) ? known_number() : std::string(chance_.of(kAnswers))});
      }
      beat.rest_ms = chance_.between(0, 900);
      break;
    case Mood::kTyping:
      if (chance_.one_in(3)) {
        beat.events.push_back(
            {.kind = InputKind::kText, .text = chance_.one_in(6) ? known_number() : std::string(chance_.of(kPieces))});
        ++keys_;
      } else {
        tap(beat, somewhere_useful(ui, screen_px));
      }
      beat.rest_ms = chance_.between(0, 250);
      break;
    case Mood::kBlind:
      tap(beat, anywhere(screen_px));
      beat.rest_ms = chance_.between(0, 100);
      break;
    case Mood::kStorm: {
      const Point at = chance_.one_in(2) ? anywhere(screen_px) : somewhere_useful(ui, screen_px);
      for (std::size_t i = 0; i < kTapsAFrame; ++i) tap(beat, at);
      break;
    }
    case Mood::kManyFingers:
      for (int i = 0; i < 10; ++i) {
        constexpr std::array kKinds = {InputKind::kFingerDown, InputKind::kFingerDown, InputKind::kFingerMove,
                                       InputKind::kFingerUp,   InputKind::kFingerUp,   InputKind::kFingerLost};
        const InputKind kind = i < 9 ? kKinds[chance_.below(5)] : chance_.of(kKinds);
        finger(beat, kind, chance_.one_in(2) ? anywhere(screen_px) : somewhere_useful(ui, screen_px),
               chance_.between(0, 9));
      }
      if (left_ <= 0) beat.events.push_back({.kind = InputKind::kFingerLost});
      break;
    case Mood::kDragging:
      if (!dragging_) {
        dragged_from_ = chance_.one_in(3) ? anywhere(screen_px) : somewhere_useful(ui, screen_px);
        finger(beat, InputKind::kFingerDown, dragged_from_);
        dragging_ = true;
      } else {
        finger(beat, InputKind::kFingerMove, anywhere(screen_px));
      }
      if (left_ <= 0) {
        finger(beat, InputKind::kFingerUp, anywhere(screen_px));
        dragging_ = false;
      }
      break;
    case Mood::kHolding: {
      const Point at = somewhere_useful(ui, screen_px);
      finger(beat, left_ % 2 == 0 ? InputKind::kFingerUp : InputKind::kFingerDown, at);
      beat.rest_ms = chance_.between(0, 6 * kSecondMs);
      if (left_ <= 0) beat.events.push_back({.kind = InputKind::kFingerLost});
      break;
    }
    case Mood::kKeys:
      for (std::uint64_t i = 0; i <= chance_.below(8); ++i) key(beat, chance_.of(kKeys));
      if (chance_.one_in(6)) beat.events.push_back({.kind = InputKind::kScroll, .scroll_px = anywhere(screen_px).y});
      beat.rest_ms = chance_.between(0, 120);
      break;
    case Mood::kBombs:
      beat.events.push_back({.kind = InputKind::kText, .text = bomb()});
      ++keys_;
      break;
    case Mood::kTurning:
      beat.screen_px = left_ <= 0 ? kPanels[0] : chance_.of(kPanels);
      if (chance_.one_in(2)) tap(beat, anywhere(screen_px));
      break;
    case Mood::kClock:
      beat.wall_jump_ms =
          chance_.one_in(8) ? chance_.between(-40'000, 40'000) * kDayMs : chance_.between(-3 * kDayMs, 3 * kDayMs);
      break;
    case Mood::kStill:
      beat.rest_ms = chance_.between(kSecondMs, 150 * kSecondMs);
      break;
    case Mood::kGone:
      beat.goes_away = true;
      break;
  }
  return beat;
}

}  // namespace mimika::monkey
