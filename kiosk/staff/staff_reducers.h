// The parts of the counter's reducer, each in its own file. For kiosk/staff alone.
#pragma once

#include <vector>

#include "kiosk/staff/staff_apply.h"

namespace mimika::staff::reducers {

// The session being changed and what it asks for. Filled in place, so that no text is copied about.
struct Change {
  Session& session;
  const Context& context;
  std::vector<Effect>& effects;
};

// --- staff_apply.cc
// Another page: what belongs to the one that is left goes with it.
void go(Change& change, Screen screen);
RequestId ask(Change& change, Waiting what);
// Whether this result is waited for; it is not any longer, then.
bool answers(Change& change, RequestId request, Waiting what);
bool allowed(const Session& session, OfficerAction action);

// --- staff_editing.cc
void set_text(Change& change, TextTarget target, std::string& typed);

// --- staff_sign_in.cc
void open(Change& change);
void close(Change& change);
// kScreenGivenAway: whoever was helped had the screen; the officer proves again who they are before anything of others
// is shown.
enum class SignOutWhy : std::uint8_t { kAsked, kNobodyThere, kDutyOver, kScreenGivenAway };
void sign_out(Change& change, SignOutWhy why);
void choose_person(Change& change, const std::string& login);
void toggle_passphrase(Change& change);
void enter_pin(Change& change);
void let_in_done(Change& change, action::LetInDone& done);
void let_in_refused(Change& change, const action::LetInRefused& refused);
void change_pin(Change& change);
void pin_changed(Change& change, RequestId request);
void people_read(Change& change, std::vector<Person>& people);

// --- staff_queue.cc
void open_queue(Change& change);
void show_tab(Change& change, QueueTab tab);
void show_rows(Change& change, std::uint32_t first);
void queue_read(Change& change, action::QueueRead& read);
void tickets_changed(Change& change);
void open_search(Change& change);
void find_words(Change& change);
void change_words(Change& change);
void searched(Change& change, action::Searched& found);

// --- staff_ticket.cc
void open_ticket(Change& change, const TicketId& ticket);
void case_read(Change& change, action::CaseRead& read);
void open_media(Change& change, const EventKey& event);
void media_played(Change& change);
void stop_media(Change& change);
void compose(Change& change, OfficerAction act);
void choose_opd(Change& change, const OpdId& opd);
void send_words(Change& change);
void act(Change& change);
void act_done(Change& change, action::ActDone& done);
void open_camera(Change& change);
void take_photo(Change& change);
void keep_photo(Change& change);
void again_photo(Change& change);
void remove_photo(Change& change, std::uint32_t id);
void camera_seen(Change& change, CameraSight sight);
void photo_taken(Change& change, action::PhotoTaken& taken);
void photo_failed(Change& change);
void read_case_again(Change& change);

// --- staff_office.cc
void open_report(Change& change, const action::OpenReport& open);
void report_read(Change& change, action::ReportRead& read);
void print_report(Change& change);
void report_printed(Change& change, RequestId request);
void open_office(Change& change);
void set_office(Change& change, OfficeState state);
void open_notice(Change& change);
void write_notice(Change& change, TextTarget part);
void post_notice(Change& change);
void withdraw_notice(Change& change, const EventKey& posted);
void withdraw_now(Change& change);
void notices_read(Change& change, std::vector<OfficeNotice>& notices);
void open_people(Change& change);
void let_in(Change& change, const std::string& login);
void open_outreach(Change& change);
void choose_kampung(Change& change, const std::optional<KampungCode>& kampung);
void begin_assist(Change& change, AssistKind how);
void end_assist(Change& change);

// --- staff_timing.cc
void tick(Change& change);

}  // namespace mimika::staff::reducers
