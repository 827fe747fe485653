// The parts of the reducer, each in its own file. For apply.cc alone.
#pragma once

#include <vector>

#include "kiosk/session/apply.h"

namespace mimika::reducers {

// The session being changed and what it asks for. Filled in place, so that no text of a person is copied about.
struct Change {
  Session& session;
  const SessionContext& context;
  std::vector<Effect>& effects;
  bool& redraw;
};

// --- editing.cc
void set_text(Change& change, TextTarget target, std::string& text);

// --- journey.cc: going forward and back
void show(Change& change, Screen screen);
void open_tile(Change& change, action::HomeTile tile);
void next(Change& change);
void back(Change& change);
void cancel(Change& change);
void give_up_journey(Change& change);
void open_service(Change& change, const ServiceId& service);
void change_from_review(Change& change, const action::Change& what);
// Back to the list of the district that the kampung lies in.
void found_kampung(Change& change, const KampungCode& kampung);
void choose_known(Change& change, Confidentiality known);
// The next question, or the review when that is where the person came from.
void advance(Change& change);
[[nodiscard]] Draft* draft_of(Session& session);
void withdraw_consent(Session& session);

// --- filing.cc: from the review to the receipt
void save(Change& change);
void filing_done(Change& change, action::FilingDone& done);
void filing_failed(Change& change, const action::FilingFailed& failed);
void receipt_done(Change& change);

// --- printing.cc: the receipt on paper
void offer_printing(Change& change);  // the receipt has just appeared
void print_receipt(Change& change);
void cancel_print(Change& change);
void take_back_print(Change& change);  // the receipt is about to go
void toggle_printed(Change& change);
void printer_told(Change& change, const action::PrinterTold& told);
void print_progress(Change& change, const action::PrintProgress& progress);
void print_done(Change& change, const action::PrintDone& done);
void print_failed(Change& change, const action::PrintFailed& failed);

// --- tracking.cc
void search_ticket(Change& change);
void send_code(Change& change);
void ticket_found(Change& change, action::TicketFound& found);
void ticket_not_found(Change& change, const action::TicketNotFound& missing);
void look_up_failed(Change& change, const action::LookUpFailed& failed);
void tickets_changed(Change& change);
void ticket_refreshed(Change& change, Ticket& fresh);
void replies_opened(Change& change, action::RepliesOpened& opened);
void replies_refused(Change& change, const action::RepliesRefused& refused);

// --- saying.cc: after the code was given, and the survey
void open_reply(Change& change, SayKind kind);
void forget_reply(Tracking& tracking);
void open_rating(Change& change);
void send_reply(Change& change);
void choose_score(Change& change, Score score);
void skip_score(Change& change);
void survey_back(Change& change);
void said_more(Change& change, action::SaidMore& said);
void say_failed(Change& change, const action::SayFailed& failed);
void survey_saved(Change& change, const action::SurveySaved& saved);

// --- media.cc: a voice, photos, papers, a receipt before the camera
void open_voice(Change& change);
void just_speak(Change& change);
void stop_voice(Change& change);
void again_voice(Change& change);
void discard_voice(Change& change);
void play_voice(Change& change);
void voice_heard(Change& change, const action::VoiceHeard& heard);
void voice_recorded(Change& change, action::VoiceRecorded& recorded);
void voice_failed(Change& change, const action::VoiceFailed& failed);
void voice_plays(Change& change, const action::VoicePlays& plays);
void voice_played(Change& change, const action::VoicePlayed& played);
// A screen with a device is left. What is being recorded is closed and kept.
void leave_voice(Change& change, Screen to);
void leave_camera(Change& change);
void leave_photos(Change& change);
void open_photos(Change& change);
void open_camera(Change& change, const action::OpenCamera& open);
void take_photo(Change& change);
void keep_photo(Change& change);
void again_photo(Change& change);
void remove_photo(Change& change, std::uint32_t id);
void open_scan(Change& change);
void camera_seen(Change& change, CameraSight sight);
void look_for_code(Change& change);
void photo_taken(Change& change, action::PhotoTaken& taken);
void photo_failed(Change& change);
void code_read(Change& change, const action::CodeRead& read);

// --- speaking.cc
void listen(Change& change);
void read_again(Change& change);
void speak_focus(Change& change);
void turn_knob(Change& change, action::SpeechKnob knob);
void stop_listening(Change& change);
void sound_missing(Change& change);

// --- timing.cc
void tick(Change& change);
void still_here(Change& change);
void end_session(Change& change);
void begin_assist(Change& change, Assisted& assisted);
void next_of_outreach(Change& change);  // one more, from the same place and day

}  // namespace mimika::reducers
