#include "tests/staff/staff_world.h"

#include <utility>

namespace mimika::testing {
namespace {

constexpr WallMs kHour = 3'600'000;
constexpr WallMs kDay = 24 * kHour;

EventKey event(std::uint64_t seq) {
  return {DeviceId{7}, Epoch{1}, Seq{seq}};
}

Actor rina() {
  return {.account = "rina", .name = "Rina Magal", .role = Role::kOfficer, .opd = {}};
}

struct RowOf {
  std::uint32_t counter;
  std::optional<CategoryId> category;
  KampungCode kampung;
  TicketStatus status;
  Mark mark;
  std::optional<OpdId> opd;
  bool arrived;
  const char* words;
};

staff::QueueRow row_of(const RowOf& made) {
  staff::QueueRow row;
  row.id = event(made.counter);
  row.number = {{"JLA1"}, made.counter};
  row.category = made.category;
  if (!made.category) {
    row.kind = TicketKind::kService;
    row.service = ServiceId{"akta_lahir"};
  }
  row.kampung = made.kampung;
  row.opd = made.opd;
  row.status = made.status;
  row.mark = made.mark;
  row.filed_ms = kTuesdayMorning - made.mark.age_days * kDay - 20 * 60'000;
  if (made.arrived) row.arrived_ms = row.filed_ms + kHour;
  row.words = PersonalText(made.words);
  return row;
}

TimelineEntry entry(TimelineKind kind, WallMs at, Actor actor = {}, std::string text = {}) {
  TimelineEntry made;
  made.event = event(1000 + static_cast<std::uint64_t>(kind));
  made.kind = kind;
  made.at_ms = at;
  made.confidence = ClockConfidence::kSynced;
  made.actor = std::move(actor);
  made.text = std::move(text);
  return made;
}

}  // namespace

std::vector<staff::Person> sample_people() {
  return {{.login = "rina",
           .name = "Rina Magal",
           .role = Role::kOfficer,
           .locked = false,
           .wait_ms = 0,
           .needs_key_file = false},
          {.login = "yohanes",
           .name = "Yohanes Natkime",
           .role = Role::kOfficer,
           .locked = true,
           .wait_ms = 0,
           .needs_key_file = false},
          {.login = "kepala",
           .name = "Maria Kum",
           .role = Role::kDistrictHead,
           .locked = false,
           .wait_ms = 0,
           .needs_key_file = false},
          {.login = "t07",
           .name = "Teknisi T-07",
           .role = Role::kTechnician,
           .locked = false,
           .wait_ms = 0,
           .needs_key_file = true}};
}

staff::Duty sample_duty(std::int64_t since_ms) {
  staff::Duty duty{.actor = rina(), .must_change_pin = false, .since_ms = since_ms, .may = {}};
  duty.may.fill(true);
  return duty;
}

staff::QueuePage sample_queue() {
  const auto red = [](int age, int late) {
    Mark mark;
    mark.colour = MarkColour::kRed;
    mark.age_days = age;
    mark.late_days = late;
    return mark;
  };
  Mark yellow;
  yellow.colour = MarkColour::kYellow;
  Mark held = yellow;
  held.held = true;
  Mark green;
  green.colour = MarkColour::kGreen;
  staff::QueuePage page;
  page.counts = {14, 2, 4, 5, 1, 37};
  const OpdId pupr{"pupr"};
  const std::vector<RowOf> rows = {
      {396, CategoryId{"jalan"}, KampungCode{"94.04.06.2005"}, TicketStatus::kAssigned, red(9, 2), pupr, true,
       "Jembatan gantung ke Jengkon rusak, dua papan lepas"},
      {399, CategoryId{"puskesmas"}, KampungCode{"94.04.06.2003"}, TicketStatus::kAssigned, red(8, 1), OpdId{"dinkes"},
       true, "Obat malaria habis di pustu"},
      {403,
       CategoryId{"sekolah"},
       KampungCode{"94.04.06.2010"},
       TicketStatus::kVerified,
       red(4, 0),
       {},
       true,
       "Guru belum datang"},
      {417,
       CategoryId{"air"},
       KampungCode{"94.04.06.2002"},
       TicketStatus::kSavedHere,
       {},
       {},
       false,
       "Sudah tiga minggu air tidak keluar di kampung kami. Pipa dekat jembatan pecah."},
      {416, {}, KampungCode{"94.04.06.2001"}, TicketStatus::kSavedHere, {}, {}, false, ""},
      {391, CategoryId{"listrik"}, KampungCode{"94.04.06.2001"}, TicketStatus::kInProgress, yellow, OpdId{"dinkes"},
       true, "Lampu surya puskesmas mati"},
      {385, CategoryId{"bansos"}, KampungCode{"94.04.06.2008"}, TicketStatus::kHeld, held, OpdId{"dinsos"}, true,
       "Bantuan beras belum tiba"},
      {377, CategoryId{"banjir"}, KampungCode{"94.04.06.2011"}, TicketStatus::kInProgress, yellow, OpdId{"bpbd"}, true,
       "Longsor menutup jalan kampung"},
      {370, CategoryId{"telepon"}, KampungCode{"94.04.06.2001"}, TicketStatus::kResolved, green, OpdId{"diskominfo"},
       true, "Radio kantor distrik mati"},
  };
  for (const RowOf& row : rows) page.rows.push_back(row_of(row));
  page.rows[7].person_answered = true;
  page.rows[2].awaits_person = true;
  // A secret one: nothing but its number is known in a list.
  page.rows[4].confidentiality = Confidentiality::kSecret;
  page.rows[4].service.reset();
  page.rows[4].kampung.reset();
  page.rows[4].kind = TicketKind::kComplaint;
  return page;
}

staff::Case sample_case() {
  staff::Case made;
  Ticket& ticket = made.ticket;
  ticket.id = event(396);
  ticket.number = {{"JLA1"}, 396};
  ticket.district = {"94.04.06"};
  ticket.category = CategoryId{"air"};
  ticket.kampung = KampungCode{"94.04.06.2002"};
  ticket.status = TicketStatus::kVerified;
  ticket.filed_ms = kTuesdayMorning - 9 * kDay;
  ticket.filed_confidence = ClockConfidence::kSynced;
  ticket.arrived_ms = ticket.filed_ms + 2 * kHour;
  ticket.timeline = {
      entry(TimelineKind::kFiled, ticket.filed_ms),
      entry(TimelineKind::kArrived, *ticket.arrived_ms),
      entry(TimelineKind::kVerified, ticket.filed_ms + kDay, rina()),
      entry(TimelineKind::kMoreAsked, ticket.filed_ms + 2 * kDay, rina()),
      entry(TimelineKind::kPersonReply, ticket.filed_ms + 3 * kDay),
      entry(TimelineKind::kOfficeAnswer, ticket.filed_ms + 4 * kDay, rina(),
            "Kami sudah melihat pipa itu bersama ketua RT. PUPR kami hubungi lewat radio."),
  };
  ticket.timeline.back().pending = true;
  made.mark.colour = MarkColour::kRed;
  made.mark.late_days = 2;
  made.story = PersonalText("Sudah tiga minggu air tidak keluar di kampung kami. Pipa dekat jembatan pecah.");
  made.name = PersonalText("Yohana Uamang");
  made.phone = PersonalText("081234567890");
  made.landmark = PersonalText("Dekat jembatan gantung");
  made.said.push_back({ticket.timeline[4].event, PersonalText("Pipa yang pecah ada dua, di bawah gereja juga.")});
  made.media.push_back({event(2001), MediaKind::kVoice, {}});
  made.media.push_back({event(2002), MediaKind::kPhoto, PersonalBytes(ByteView())});
  made.may.fill(true);
  return made;
}

staff::Report sample_report() {
  staff::Report report;
  report.from = report.to = local_date(kTuesdayMorning);
  report.filed_by_kind = {9, 2, 1, 4};
  report.filed = 16;
  report.assisted = 5;
  report.outreach = 3;
  report.verified = 12;
  report.answered = 6;
  report.handed_over = 4;
  report.resolved = 3;
  report.archived = 1;
  report.reopened = 1;
  report.open_now = 14;
  report.late_now = 2;
  report.not_arrived = 6;
  report.by_category = {{"air", 4, 1}, {"jalan", 3, 1}, {"puskesmas", 2, 0}};
  report.by_service = {{"akta_lahir", 3, 1}, {"ktp_baru", 1, 0}};
  report.by_kampung = {{"94.04.06.2001", 8, 2}, {"94.04.06.2002", 4, 1}};
  return report;
}

std::vector<staff::OfficeNotice> sample_notices() {
  return {{.posted = event(3001),
           .title = "Kantor tutup hari Jumat",
           .text = "Semua petugas ikut musyawarah kampung di Bela. Senin buka lagi.",
           .until = "2026-11-28",
           .by = "Rina Magal"}};
}

StaffWorld::StaffWorld()
    : catalogue(SessionWorld().catalogue),
      context{.catalogue = catalogue,
              .district = {"94.04.06"},
              .kiosk = {"JLA1"},
              .office_name = "Kantor Distrik Jila",
              .wall_ms = kTuesdayMorning,
              .monotonic_ms = 50'000,
              .today = local_date(kTuesdayMorning),
              .clock = ClockConfidence::kSynced,
              .office = OfficeState::kOpen,
              .standing = {},
              .languages = {{Language::kIndonesian}, {Language::kEnglish}},
              .printer = true},
      case_(sample_case()) {
  session.last_activity_ms = context.monotonic_ms;
}

StaffWorld& StaffWorld::act(staff::Action action) {
  staff::Step step = apply(std::move(session), std::move(action), context);
  session = std::move(step.session);
  for (staff::Effect& effect : step.effects) effects.push_back(std::move(effect));
  return *this;
}

StaffWorld& StaffWorld::pass_ms(std::int64_t ms) {
  while (ms > 0) {
    const std::int64_t wait = std::min(ms, std::max<std::int64_t>(1, ms_until_next_tick(session, context)));
    context.monotonic_ms += wait;
    context.wall_ms += wait;
    ms -= wait;
    act(staff::action::Tick{});
  }
  return *this;
}

StaffWorld& StaffWorld::sign_in() {
  play(staff::action::Open{}, staff::action::PeopleRead{sample_people()}, staff::action::ChoosePerson{"rina"},
       staff::action::SetText{staff::TextTarget::kPin, "480216"}, staff::action::EnterPin{});
  play(staff::action::LetInDone{session.request, sample_duty(context.monotonic_ms)});
  return answer_queue();
}

StaffWorld& StaffWorld::answer_queue() {
  staff::QueuePage page = sample_queue();
  page.tab = session.queue.tab;
  page.first = session.queue.first;
  return play(staff::action::QueueRead{session.request, std::move(page)});
}

StaffWorld& StaffWorld::open_ticket() {
  play(staff::action::OpenTicket{case_.ticket.id});
  return answer_case();
}

StaffWorld& StaffWorld::answer_case() {
  if (session.waiting == staff::Waiting::kAct) return play(staff::action::ActDone{session.request, case_});
  return play(staff::action::CaseRead{session.request, case_});
}

}  // namespace mimika::testing
