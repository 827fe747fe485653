// The program's side of the officers' counter: its session beside the residents', and what that asks for.
#include <utility>

#include "kiosk/app/kiosk.h"
#include "kiosk/base/log.h"
#include "kiosk/device/photo.h"
#include "ui/screens/officer/officer_screens.h"
#include "ui/screens/officer/ticket_page.h"
#include "ui/screens/screens.h"

namespace mimika {
namespace {

constexpr device::PixelSize kCasePicture{.width = 960, .height = 540};
constexpr std::string_view kImage = "image/";  // before the names of what is put into memory

// What the camera says is for whoever stands before it: nothing when it is no word of the camera's.
std::optional<staff::Action> for_counter(Action& action) {
  if (const auto* seen = std::get_if<action::CameraSeen>(&action)) return staff::action::CameraSeen{seen->sight};
  if (auto* taken = std::get_if<action::PhotoTaken>(&action))
    return staff::action::PhotoTaken{std::move(taken->jpeg), std::move(taken->preview)};
  if (std::holds_alternative<action::PhotoFailed>(action)) return staff::action::PhotoFailed{};
  return std::nullopt;
}

}  // namespace

bool Kiosk::at_counter() const {
  return counter_ && staff::counter_is_shown(*counter_);
}

staff::Context Kiosk::counter_context() const {
  SessionContext here = context();
  return {.catalogue = catalogue_,
          .district = here.district,
          .kiosk = here.kiosk,
          .office_name = std::move(here.office_name),
          .wall_ms = here.wall_ms,
          .monotonic_ms = here.monotonic_ms,
          .today = here.today,
          .clock = here.clock,
          .office = here.office,
          .standing = here.standing,
          .languages = languages_,
          .printer = false};  // a report on paper is not there yet: its key is not offered
}

void Kiosk::act(staff::Action action) {
  if (!counter_) return;
  staff::Step step = staff::apply(*std::move(counter_), std::move(action), counter_context());
  counter_ = std::move(step.session);
  for (staff::Effect& effect : step.effects) run_effect(std::move(effect));
  if (counter_) show_case_pictures();
  if (media_ && at_counter()) media_->follow_counter(staff::camera_use(*counter_), staff::photos_of(*counter_));
  if (counter_) {
    const std::int64_t due = now_ms() + staff::ms_until_next_tick(*counter_, counter_context());
    next_tick_ms_ = std::min(next_tick_ms_, due);
  }
  changed_ = changed_ || step.redraw;
}

void Kiosk::open_counter() {
  counter_.emplace();
  counter_->preferences = session_.preferences;
  act(staff::Action(staff::action::Open{}));
}

void Kiosk::run_effect(staff::Effect effect) {
  if (std::holds_alternative<staff::effect::Close>(effect)) {
    counter_.reset();
    forget_visit();
    changed_ = true;
  } else if (std::holds_alternative<staff::effect::ServeResident>(effect)) {
    const staff::Assist& assist = counter_->assist.value();
    act(Action(action::BeginAssist{{assist.actor, assist.how, assist.day, assist.kampung}}));
  } else if (std::holds_alternative<staff::effect::TakePhoto>(effect)) {
    if (media_) media_->take_photo();
  } else if (std::holds_alternative<staff::effect::StopMedia>(effect)) {
    if (media_) media_->stop_voice();
  } else if (const auto* print = std::get_if<staff::effect::PrintReport>(&effect)) {
    mailbox_->post(staff::Action(staff::action::Refused{print->id, staff::Trouble::kNotSaved}));
  } else if (desk_) {
    if (std::holds_alternative<staff::effect::SignOut>(effect)) {
      shown_case_.clear();
      act(Action(action::EndAssist{}));  // what was begun for somebody goes with the officer whose name it bears
      forget_visit();
    }
    desk_->run(std::move(effect));
  }
}

std::string Kiosk::page_name() const {
  return at_counter() ? screens::staff_screen_name(*counter_) : screens::screen_name(session_);
}

// The camera's words go to whoever looks at it.
bool Kiosk::take_for_counter(Action& action) {
  if (!at_counter()) return false;
  auto mine = for_counter(action);
  if (!mine) return false;
  act(*std::move(mine));
  return true;
}

// Previews of what was shown with a ticket, and one in full once it was asked for: decoded once, and gone with the
// case.
void Kiosk::show_case_pictures() {
  std::map<std::string, const staff::CaseMedia*> wanted;
  if (counter_->ticket) {
    for (const staff::CaseMedia& media : counter_->ticket->media) {
      if (media.media != MediaKind::kVoice && !media.preview.empty())
        wanted.emplace(screens::case_picture(media.event).substr(kImage.size()), &media);
    }
  }
  for (auto shown = shown_case_.begin(); shown != shown_case_.end();) {
    if (wanted.contains(shown->first)) {
      ++shown;
      continue;
    }
    display_->pictures().forget_image(shown->first);
    shown = shown_case_.erase(shown);
  }
  for (const auto& [name, media] : wanted) {
    const std::size_t size = media->preview.size();
    if (const auto shown = shown_case_.find(name); shown != shown_case_.end() && shown->second == size) continue;
    shown_case_[name] = size;
    const auto image = device::decode_photo(media->preview.view(), kCasePicture);
    if (!image) {
      log_warning("app", "a picture of a ticket cannot be shown: {}", image.error().message);
      continue;
    }
    display_->pictures().put_image(name, image->size.width, image->size.height, image->rgba.view());
  }
}

void Kiosk::play_for_counter(const VoiceOpened& voice) {
  if (!at_counter() || !counter_->media) return;  // they have gone on
  if (voice.opus.empty() || !media_ || !media_->play_for_counter(voice.opus.view()))
    mailbox_->post(staff::Action(staff::action::MediaPlayed{}));
}

void Kiosk::close_counter() {
  if (!counter_) return;
  staff::forget_cases(*counter_);
  counter_.reset();
  shown_case_.clear();
  act(Action(action::EndAssist{}));
  forget_visit();
  changed_ = true;
}

}  // namespace mimika
