// Where a ticket is, in words and signs; and what stays hidden without the code.
#include "tests/screens/views_world.h"
#include "ui/screens/resident/message.h"
#include "ui/screens/resident/track.h"
#include "ui/screens/resident/writing.h"

using namespace mimika;
using namespace mimika::testing;
using namespace mimika::screens;

namespace {

void find(SessionWorld& world, Ticket ticket) {
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
             action::SetText{TextTarget::kTrackNumber, format_ticket_number(ticket.number)}, action::Next{});
  world.play(action::TicketFound{world.session.request, std::move(ticket)});
}

TrackView view_of(Ticket ticket) {
  SessionWorld world;
  find(world, std::move(ticket));
  return make_track_view(world.session, world.context, indonesian());
}

}  // namespace

TEST_CASE("Saved here and arrived there are different words with different signs") {
  const TrackView saved = view_of(staged_ticket(TicketStage::kSavedHere));
  CHECK(saved.status == "saved_here");
  CHECK(saved.path[0].title == "Tersimpan di kios ini");
  CHECK(saved.path[0].current);
  CHECK(saved.path[1].title == "Belum tiba");
  CHECK_FALSE(saved.path[1].reached);
  CHECK(saved.header.mark == ui::Sign(ui::PlaceKind::kNotArrived));

  const TrackView arrived = view_of(staged_ticket(TicketStage::kArrived));
  CHECK(arrived.path[1].title == "Sudah tiba di Mimika Center");
  CHECK(arrived.path[1].reached);
  CHECK(arrived.header.mark == ui::Sign(ui::MarkKind::kRed));
}

TEST_CASE("A ticket of another kiosk is not called saved here") {
  Ticket ticket = staged_ticket(TicketStage::kArrived);
  ticket.number.device = {"JLA2"};
  CHECK(view_of(ticket).path[0].title == "Tersimpan di kios JLA2");
}

TEST_CASE("The mark is told in words for every stage") {
  const auto [stage, status, words] = GENERATE(table<TicketStage, const char*, const char*>({
      {TicketStage::kSavedHere, "saved_here", "Belum tiba"},
      {TicketStage::kArrived, "assigned", "Belum ditangani"},
      {TicketStage::kInProgress, "in_progress", "Sedang dikerjakan"},
      {TicketStage::kHeld, "held", "Ditahan"},
      {TicketStage::kResolved, "resolved", "Selesai"},
      {TicketStage::kArchived, "archived", "Ditutup"},
  }));
  const TrackView view = view_of(staged_ticket(stage));
  CHECK(view.status == status);
  CHECK(view.status_words == words);
  // Exactly one step is where the ticket stands now.
  CHECK(std::count_if(view.path.begin(), view.path.end(), [](const ui::PathStep& step) { return step.current; }) == 1);
}

TEST_CASE("A ticket that is held before anybody answered is red, and stands on hold") {
  Ticket ticket = staged_ticket(TicketStage::kHeld);
  ticket.first_follow_up_ms.reset();
  std::erase_if(ticket.timeline, [](const TimelineEntry& entry) { return entry.kind == TimelineKind::kFollowUp; });
  const TrackView view = view_of(ticket);
  CHECK(view.status == "held");
  CHECK((view.header.mark == ui::Sign(ui::MarkKind::kRed) || view.header.mark == ui::Sign(ui::MarkKind::kLate)));
  std::vector<std::string> current;
  for (const ui::PathStep& step : view.path) {
    if (step.current) current.push_back(step.title);
  }
  CHECK(current == std::vector<std::string>{"Ditahan"});
}

TEST_CASE("A late ticket says by how many days") {
  const TrackView view = view_of(staged_ticket(TicketStage::kLate));
  CHECK(view.header.mark == ui::Sign(ui::MarkKind::kLate));
  CHECK(view.status_words == "Terlambat 1 hari");
}

TEST_CASE("The newest public answer comes first, with who gave it and when") {
  const TrackView view = view_of(staged_ticket(TicketStage::kResolved));
  REQUIRE(view.replies.size() == 2);
  CHECK(view.replies[0].text.starts_with("Pipa dekat jembatan sudah diganti."));
  CHECK(view.replies[0].title.find("24 November") != std::string::npos);
  CHECK_FALSE(view.sealed_note.empty());
  CHECK(view.foot.view.primary->id == "track.code");
}

TEST_CASE("A ticket without answers says so") {
  const TrackView view = view_of(staged_ticket(TicketStage::kArrived));
  CHECK(view.replies.empty());
  CHECK(view.empty_note == "Belum ada jawaban.");
}

TEST_CASE("A secret or nameless ticket shows nothing but its number until the code opens it") {
  const auto known = GENERATE(Confidentiality::kAnonymous, Confidentiality::kSecret, Confidentiality::kSecretAnonymous);
  Ticket ticket = staged_ticket(TicketStage::kResolved);
  ticket.confidentiality = known;
  SessionWorld world;
  find(world, ticket);
  const TrackView locked = make_track_view(world.session, world.context, indonesian());
  CHECK(locked.locked);
  CHECK(locked.status == "locked");
  CHECK(locked.path.empty());
  CHECK(locked.replies.empty());
  CHECK(locked.header.subtitle.empty());
  CHECK_FALSE(locked.header.mark);

  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
  std::vector<OpenedReply> replies;
  replies.push_back({ticket.timeline.back().event, PersonalText("Terima kasih, Ibu.")});
  world.play(action::RepliesOpened{world.session.request, std::move(replies)});
  const TrackView opened = make_track_view(world.session, world.context, indonesian());
  CHECK_FALSE(opened.locked);
  CHECK(opened.replies.size() == 3);
  CHECK(opened.replies[0].text == "Terima kasih, Ibu.");
  CHECK(opened.sealed_note.empty());
  CHECK(opened.foot.view.primary->id == "track.reply");

  ticket.timeline.push_back(ticket.timeline.back());
  ticket.timeline.back().event.seq.value += 1;
  world.play(action::TicketRefreshed{ticket});
  const TrackView more = make_track_view(world.session, world.context, indonesian());
  CHECK(more.replies.size() == 3);  // what was opened stays open
  CHECK_FALSE(more.sealed_note.empty());
  CHECK(more.foot.view.primary->id == "track.code");
}

TEST_CASE("A mistyped number and a wrong code are explained in words") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
             action::SetText{TextTarget::kTrackNumber, "JLA1-0417-A"}, action::Next{});
  CHECK(make_track_number_view(world.session, world.context, indonesian()).fields[0].view.problem ==
        indonesian()("track.problem.number_mistyped"));
}

TEST_CASE("A number this kiosk does not have is read back as it was understood") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
             action::SetText{TextTarget::kTrackNumber, "jla10417" + std::string(1, ticket_check_letter({"JLA1"}, 417))},
             action::Next{});
  world.play(action::TicketNotFound{world.session.request});
  CHECK(make_track_missing_view(world.session, indonesian()).header.title == format_ticket_number({{"JLA1"}, 417}));
}
