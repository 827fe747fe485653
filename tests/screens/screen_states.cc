#include "tests/screens/screen_states.h"

#include <memory>
#include <utility>

namespace mimika::testing {
namespace {

constexpr WallMs kHourMs = 3'600'000;

constexpr const char* kStory = "Sudah tiga minggu air tidak keluar di kampung kami. Pipa dekat jembatan pecah.";
constexpr const char* kLongAnswer =
    "Pipa dekat jembatan sudah diganti. Air sudah keluar sejak Rabu pagi. Kalau masih ada rumah yang belum dapat air, "
    "beri tahu kepala kampung supaya petugas kami datang lagi.";

class Collector {
 public:
  SessionWorld& fresh() {
    world_ = std::make_unique<SessionWorld>();
    return *world_;
  }
  void keep(std::string name) { keep(std::move(name), world_->session); }
  void keep(std::string name, const Session& session) {
    states_.push_back({std::move(name), session, world_->context.standing});
  }
  ScreenState& last() { return states_.back(); }
  std::vector<ScreenState> take() { return std::move(states_); }

 private:
  std::unique_ptr<SessionWorld> world_;
  std::vector<ScreenState> states_;
};

TimelineEntry entry(TimelineKind kind, WallMs at, std::string text = {}) {
  TimelineEntry made;
  made.event = {{1}, {2}, {static_cast<std::uint64_t>(at / kHourMs)}};
  made.kind = kind;
  made.at_ms = at;
  made.confidence = ClockConfidence::kSynced;
  made.actor = {.account = "pic.pupr", .name = "Maria Kelanangame", .role = Role::kOpdPic, .opd = {"pupr"}};
  made.text = std::move(text);
  return made;
}

action::FilingDone a_filing(RequestId request, WallMs filed_ms) {
  return {.request = request,
          .number = {{"JLA1"}, 417},
          .code = PersonalText("4827 1093 5561 2048"),
          .qr_payload = "MIMIKA1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPJQWEY3EMVTGO2DJNJVWY3LON5YHC4TT",
          .filed_ms = filed_ms};
}

void show_ticket(SessionWorld& world, Ticket ticket) {
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
             action::SetText{TextTarget::kTrackNumber, format_ticket_number(ticket.number)}, action::Next{});
  world.play(action::TicketFound{world.session.request, std::move(ticket)});
}

// The first screen on a good day, while the link is down, and with everything to say at once.
void add_attract(Collector& all) {
  all.fresh().play(action::DraftLost{});
  all.keep("18-draft-lost");
  Standing& good = all.fresh().context.standing;
  good.journal = JournalState::kSound;
  good.last_contact_ms = kTuesdayMorning;
  const Standing good_day = good;
  all.keep("01-attract");
  Standing& waiting = all.fresh().context.standing;
  waiting = {.journal = JournalState::kSound,
             .unsent_events = 3,
             .oldest_unsent_ms = kTuesdayMorning - 2 * kDayMs,
             .oldest_unsent_clock = ClockConfidence::kSynced,
             .last_contact_ms = kTuesdayMorning - 4 * kHourMs};
  all.keep("01-attract-waiting");
  Standing& refused = all.fresh().context.standing;
  refused = {.journal = JournalState::kSound, .refused_lately = true, .last_contact_ms = kTuesdayMorning - 3 * kDayMs};
  all.keep("01-attract-refused");
  Standing& worst = all.fresh().context.standing;
  worst = {.journal = JournalState::kSetAside,
           .sync = Synchronisation::kNotRunning,
           .unsent_events = 12'345,
           .disputed_events = 678,
           .unsent_attachments = 910,
           .oldest_unsent_ms = kTuesdayMorning - 400 * kDayMs,
           .oldest_unsent_clock = ClockConfidence::kSynced,
           .last_contact_ms = kTuesdayMorning - 400 * kDayMs,
           .scope = StaffScope::kNarrow};
  all.keep("01-attract-worst");
  for (const OfficeState office : {OfficeState::kPaused, OfficeState::kClosed}) {
    all.fresh().context.standing = good_day;
    all.keep(office == OfficeState::kPaused ? "01-attract-paused" : "01-attract-closed");
    all.last().office = office;
  }
  // The day their speakers have written them.
  all.fresh().context.standing = good_day;
  all.keep("01-attract-six");
  all.last().languages = {{Language::kIndonesian}, {Language::kPapuanMalay, "draf"}, {Language::kEnglish},
                          {Language::kKamoro},     {Language::kAmungme, "draf"},     {Language::kLani}};
}

// The same receipt on a kiosk with a printer: what it says before it is asked, while it prints, and afterwards.
void add_printing(Collector& all, SessionWorld& world, const Session& saving) {
  const Session without = world.session;
  world.context.printer = true;
  const auto fresh_receipt = [&] {
    world.session = saving;
    world.play(a_filing(saving.request, world.context.wall_ms));
  };
  fresh_receipt();
  all.keep("10-receipt-print");
  world.play(action::PrinterTold{world.session.request, PrintTrouble::kPaperOut});
  all.keep("10-receipt-print-no-paper");
  world.play(action::PrintReceipt{});
  world.play(action::PrintProgress{world.session.request});
  all.keep("10-receipt-printing");
  world.play(action::PrintDone{world.session.request});
  all.keep("10-receipt-printed");
  world.play(action::TogglePrinted{});
  all.keep("10-receipt-printed-kept");
  world.play(action::PrintReceipt{}, action::CancelPrint{});
  world.play(action::PrintFailed{world.session.request, PrintTrouble::kMayStillPrint});
  all.keep("10-receipt-print-may-come");
  fresh_receipt();
  world.play(action::PrintReceipt{});
  world.play(action::PrintFailed{world.session.request, PrintTrouble::kStuck});
  all.keep("10-receipt-print-failed");
  world.context.printer = false;
  world.session = without;
}

void add_complaint(Collector& all) {
  SessionWorld& world = all.fresh();
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint});
  all.keep("03-category");
  world.play(action::ChooseCategory{{"air"}});
  all.keep("04-place-empty");
  world.play(action::ChooseKampung{world.catalogue.find_district({"94.04.06"})->kampung[1].code});
  all.keep("04-place-chosen");
  world.play(action::OpenDistricts{});
  all.keep("04-districts");
  world.play(action::Back{}, action::OpenPlaceSearch{});
  all.keep("04-search-empty");
  world.play(action::SetText{TextTarget::kPlaceSearch, "an"});
  all.keep("04-search");
  world.play(action::SetText{TextTarget::kPlaceSearch, "xyz"});
  all.keep("04-search-none");
  world.play(action::Back{}, action::OpenLandmark{});
  all.keep("04-landmark");
  world.play(action::SetText{TextTarget::kLandmark, "dekat jembatan"}, action::Next{}, action::Next{});
  all.keep("05-story-empty");
  world.play(action::SetText{TextTarget::kStory, kStory});
  all.keep("05-story");
  world.play(action::SetText{TextTarget::kStory, std::string(kStory) + " Dekat tim"});
  all.keep("05-story-suggest");
  world.play(action::SetText{TextTarget::kStory, kStory});
  world.play(action::Next{});
  all.keep("06-known");
  world.play(action::Next{});
  all.keep("07-contact-empty");
  world.play(action::SetText{TextTarget::kName, "Yohana Uamang"}, action::SetText{TextTarget::kPhone, "0812345"});
  all.keep("07-contact");
  world.play(action::SetText{TextTarget::kPhone, "081234567890"}, action::Next{});
  all.keep("08-review");
  world.play(action::ToggleConsent{});
  all.keep("08-review-consent");
  Session saving = world.act(action::Save{}).session;
  all.keep("09-saving");
  Session failed = apply(saving, action::FilingFailed{saving.request, ErrorCode::kStorageFull}, world.context).session;
  all.keep("09-save-failed", failed);
  world.play(a_filing(saving.request, world.context.wall_ms));
  all.keep("10-receipt");
  world.play(action::TogglePhotographed{});
  all.keep("10-receipt-kept");
  add_printing(all, world, saving);
  Ticket arrived;
  arrived.number = world.session.personal.receipt->number;
  arrived.arrived_ms = world.context.wall_ms;
  world.play(action::TicketRefreshed{std::move(arrived)});
  all.keep("10-receipt-arrived");
  Session left_out = world.session;
  left_out.personal.receipt->arrived_ms.reset();
  left_out.personal.receipt->media_left_out = true;
  all.keep("10-receipt-left-out", left_out);
}

// A voice and photos in place of words, and what can keep them from being made.
void add_media(Collector& all) {
  const auto to_story = [&]() -> SessionWorld& {
    SessionWorld& world = all.fresh();
    world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
               action::ChoosePlaceUnknown{}, action::Next{});
    return world;
  };
  SessionWorld& world = to_story();
  world.play(action::OpenVoice{});
  all.keep("24-voice-starting");
  constexpr std::int64_t kSpokenMs = 23'400;
  constexpr std::int64_t kStepMs = 600;
  for (std::int64_t at = 0; at <= kSpokenMs; at += kStepMs) {
    const float level = 0.2F + 0.7F * static_cast<float>((at * 7 / kStepMs) % 10) / 10;
    world.play(action::VoiceHeard{.request = world.session.request, .recorded_ms = at, .level = level});
  }
  all.keep("24-voice-recording");
  world.play(
      action::VoiceHeard{.request = world.session.request, .recorded_ms = kSpokenMs, .level = 0, .silent = true});
  all.keep("24-voice-silent");
  world.play(action::StopVoice{},
             action::VoiceRecorded{
                 .request = world.session.request, .opus = PersonalBytes(Bytes(100, 1)), .duration_ms = kSpokenMs});
  all.keep("24-voice-ready");
  world.play(action::PlayVoice{}, action::VoicePlayed{.unheard = true});
  all.keep("24-voice-unheard");
  world.play(action::Back{}, action::OpenCamera{});
  all.keep("25-camera-starting");
  world.play(action::CameraSeen{CameraSight::kLive});
  all.keep("25-camera");
  world.play(action::TakePhoto{}, action::PhotoTaken{PersonalBytes(Bytes(100, 2)), {}});
  all.keep("25-camera-taken");
  world.play(action::KeepPhoto{});
  all.keep("24-story-told");
  world.play(action::OpenPhotos{});
  all.keep("25-photos");
  for (int more = 0; more < 2; ++more) {
    world.play(action::OpenCamera{}, action::CameraSeen{CameraSight::kLive}, action::TakePhoto{});
    world.play(action::PhotoTaken{PersonalBytes(Bytes(100, 2)), {}}, action::KeepPhoto{});
  }
  all.keep("25-photos-full");
  world.play(action::Back{});
  world.play(action::Next{}, action::Next{}, action::Next{});
  all.keep("26-review-told");

  SessionWorld& mute = to_story();
  mute.play(action::OpenVoice{});
  mute.play(action::VoiceFailed{mute.session.request, VoiceTrouble::kNoMicrophone});
  all.keep("24-voice-failed");
  mute.play(action::Back{}, action::OpenCamera{}, action::CameraSeen{CameraSight::kNone});
  all.keep("25-camera-none");
  mute.play(action::CameraSeen{CameraSight::kTooDark});
  all.keep("25-camera-dark");

  SessionWorld& papers = all.fresh();
  papers.birth_certificate_to_review();
  papers.play(action::Back{});
  all.keep("26-papers");
  papers.play(action::OpenCamera{.purpose = PhotoFor::kPaper, .paper = 1}, action::CameraSeen{CameraSight::kLive});
  all.keep("25-camera-paper");
  papers.play(action::Back{});
  papers.play(action::OpenCamera{.purpose = PhotoFor::kPaper, .paper = 1}, action::CameraSeen{CameraSight::kLive});
  papers.play(action::TakePhoto{}, action::PhotoTaken{PersonalBytes(Bytes(100, 3)), {}}, action::KeepPhoto{});
  all.keep("26-papers-photographed");
  papers.play(action::OpenCamera{.purpose = PhotoFor::kPaper, .paper = 1}, action::CameraSeen{CameraSight::kLive});
  all.keep("25-camera-paper-again");

  SessionWorld& scan = all.fresh();
  scan.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack}, action::OpenScan{});
  scan.play(action::CameraSeen{CameraSight::kLive});
  all.keep("27-scan");
  scan.pass_ms(scan.context.limits.unread_ms);
  all.keep("27-scan-unread");
  scan.play(action::CodeRead{});
  all.keep("27-scan-foreign");
}

void add_services(Collector& all) {
  SessionWorld& world = all.fresh();
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kCivil});
  all.keep("11-services");
  world.play(action::ChooseService{{"akta_lahir"}});
  all.keep("12-service");
  world.play(action::Next{});
  all.keep("13-field-name");
  world.play(action::SetText{TextTarget::kAnswer, "Yakobus"}, action::Next{},
             action::SetText{TextTarget::kAnswer, "01092026"});
  all.keep("13-field-date");
  all.fresh().birth_certificate_to_review();
  all.keep("14-review-service");

  SessionWorld& health = all.fresh();
  health.play(action::Start{}, action::OpenTile{action::HomeTile::kHealth});
  all.keep("11-services-health");
  SessionWorld& licence = all.fresh();
  licence.play(action::Start{}, action::OpenTile{action::HomeTile::kLicensing}, action::ChooseService{{"sip_nakes"}});
  all.keep("12-service-uncertain");
  SessionWorld& child = all.fresh();
  child.play(action::Start{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"kia"}});
  all.keep("12-service-free");
  SessionWorld& card = all.fresh();
  card.play(action::Start{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"ktp_ganti"}},
            action::Next{}, action::SetText{TextTarget::kAnswer, "Yohana"}, action::Next{},
            action::SetText{TextTarget::kAnswer, "9404067508900001"});
  all.keep("13-field-problem");
}

void add_tracking(Collector& all) {
  SessionWorld& world = all.fresh();
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack});
  all.keep("15-track-number");
  std::string mistyped = format_ticket_number({{"JLA1"}, 417});
  mistyped[5] = '8';
  world.play(action::SetText{TextTarget::kTrackNumber, mistyped}, action::Next{});
  all.keep("15-track-mistyped");
  world.play(action::SetText{TextTarget::kTrackNumber, format_ticket_number({{"JLA1"}, 417})}, action::Next{});
  all.keep("15-track-searching");
  world.play(action::TicketNotFound{world.session.request});
  all.keep("15-track-missing");

  const std::vector<std::pair<const char*, TicketStage>> stages = {
      {"16-track-saved", TicketStage::kSavedHere},  {"16-track-arrived", TicketStage::kArrived},
      {"16-track-late", TicketStage::kLate},        {"16-track-progress", TicketStage::kInProgress},
      {"16-track-held", TicketStage::kHeld},        {"16-track-resolved", TicketStage::kResolved},
      {"16-track-archived", TicketStage::kArchived}};
  for (const auto& [name, stage] : stages) {
    show_ticket(all.fresh(), staged_ticket(stage));
    all.keep(name);
  }
  Ticket elsewhere = staged_ticket(TicketStage::kInProgress);
  elsewhere.number.device = {"JLA2"};
  show_ticket(all.fresh(), elsewhere);
  all.keep("16-track-elsewhere");
  Ticket secret = staged_ticket(TicketStage::kResolved);
  secret.confidentiality = Confidentiality::kSecret;
  SessionWorld& locked = all.fresh();
  show_ticket(locked, secret);
  all.keep("17-track-locked");
  locked.play(action::OpenCode{});
  all.keep("17-track-code-empty");
  locked.play(action::SetText{TextTarget::kTrackCode, "48271093556"});
  all.keep("17-track-code");
}

// Of whoever gave the receipt code: more is said, what was closed is asked about, and what was said stands there.
void add_saying(Collector& all) {
  const auto opened = [&](TicketStage stage) -> SessionWorld& {
    SessionWorld& world = all.fresh();
    const Ticket ticket = staged_ticket(stage);
    show_ticket(world, ticket);
    world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
    std::vector<OpenedReply> replies;
    for (const TimelineEntry& entry : ticket.timeline) {
      if (!entry.sealed_text.empty()) replies.push_back({entry.event, PersonalText("Boleh diambil Senin, Ibu.")});
    }
    world.play(action::RepliesOpened{world.session.request, std::move(replies)});
    return world;
  };
  opened(TicketStage::kInProgress);
  all.keep("21-opened");
  opened(TicketStage::kArchived);
  all.keep("21-opened-archived");
  SessionWorld& world = opened(TicketStage::kResolved);
  all.keep("21-opened-resolved");
  world.play(action::OpenRating{});
  all.keep("22-rating");
  world.play(action::Back{}, action::OpenReply{SayKind::kReply});
  all.keep("22-reply-empty");
  world.play(action::SetText{TextTarget::kReply, kStory});
  all.keep("22-reply");
  world.play(action::OpenPhotos{}, action::CameraSeen{CameraSight::kLive}, action::TakePhoto{});
  world.play(action::PhotoTaken{PersonalBytes(Bytes(100, 2)), {}}, action::KeepPhoto{});
  all.keep("22-reply-photo");
  world.play(action::Back{}, action::OpenReply{SayKind::kReopen});
  all.keep("22-reopen");
  world.play(action::SetText{TextTarget::kReply, "Pipanya pecah lagi."}, action::Next{});
  world.play(action::SayFailed{world.session.request, ErrorCode::kStorageFull});
  all.keep("22-reopen-failed");
  world.play(action::Next{});
  Ticket reopened = staged_ticket(TicketStage::kResolved);
  TimelineEntry said = entry(TimelineKind::kReopened, kTuesdayMorning);
  said.event.seq.value = 99;
  said.sealed_text = {4, 5};
  said.pending = true;
  reopened.timeline.push_back(said);
  reopened.status = TicketStatus::kAssigned;
  reopened.first_follow_up_ms.reset();
  reopened.closed_ms.reset();
  reopened.reopened = true;
  world.play(action::SaidMore{world.session.request, std::move(reopened),
                              OpenedReply{said.event, PersonalText("Pipanya pecah lagi.")}});
  all.keep("23-reopened");
  Ticket shown = staged_ticket(TicketStage::kInProgress);
  shown.timeline.push_back(entry(TimelineKind::kPersonReply, kTuesdayMorning));
  world.play(action::OpenReply{SayKind::kReply}, action::SetText{TextTarget::kReply, kStory}, action::Next{});
  world.play(action::SaidMore{world.session.request, std::move(shown), {}, true});
  all.keep("23-photo-left-out");
}

void add_survey(Collector& all) {
  SessionWorld& world = all.fresh();
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kRate});
  all.keep("20-survey");
  for (int i = 0; i < 6; ++i) world.play(action::ChooseScore{3});
  world.play(action::Back{});
  all.keep("20-survey-sixth");
  for (int i = 0; i < 4; ++i) world.play(action::SkipScore{});
  world.play(action::SayFailed{world.session.request, ErrorCode::kStorageFull});
  all.keep("20-survey-failed");
  world.play(action::SkipScore{});
  world.play(action::SurveySaved{world.session.request});
  all.keep("20-survey-thanks");
}

void add_layers(Collector& all) {
  SessionWorld& warned = all.fresh();
  warned.complaint_to_review(kStory).pass_ms(122'000);
  all.keep("18-warning");
  SessionWorld& cancelled = all.fresh();
  cancelled.complaint_to_review(kStory).play(action::Cancel{});
  all.keep("18-confirm");
  SessionWorld& helped = all.fresh();
  helped.play(action::Start{}, action::OpenHelp{});
  all.keep("18-help");
  SessionWorld& listening = all.fresh();
  listening.play(action::Start{}, action::Listen{}, action::Listen{});
  all.keep("18-speech");
  listening.play(action::TurnKnob{action::SpeechKnob::kLouder}, action::TurnKnob{action::SpeechKnob::kLouder});
  all.keep("18-speech-missing");
  all.last().sound.missing = true;
  for (const ErrorCode code : {ErrorCode::kStorageFull, ErrorCode::kNewerVersion, ErrorCode::kNotFound}) {
    SessionWorld& broken = all.fresh();
    broken.play(action::ProblemRaised{{code, "journal.db"}});
    all.keep(std::string("19-problem-") + error_code_name(code));
  }
}

// An officer fills in: a band above the page says so.
void add_assisted(Collector& all) {
  const Assisted assisted{.officer = {.account = "rina", .name = "Rina Magal", .role = Role::kOfficer, .opd = {}},
                          .how = AssistKind::kOutreach,
                          .day = "2026-11-22",
                          .kampung = KampungCode{"94.04.06.2002"}};
  SessionWorld& world = all.fresh().play(action::BeginAssist{assisted});
  all.keep("02-home-assisted");
  world.play(action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}}, action::Next{},
             action::SetText{TextTarget::kStory, kStory});
  all.keep("05-story-assisted");
}

}  // namespace

Ticket staged_ticket(TicketStage stage) {
  Ticket ticket = sample_ticket(Confidentiality::kNameHidden);
  ticket.category = CategoryId{"air"};
  ticket.kampung = KampungCode{"94.04.06.2002"};
  ticket.filed_ms = kTuesdayMorning - 9 * kDayMs;
  if (stage == TicketStage::kSavedHere) return ticket;
  const bool late = stage == TicketStage::kLate;
  ticket.arrived_ms = kTuesdayMorning - (late ? 8 * kDayMs : 4 * kDayMs);
  ticket.status = TicketStatus::kAssigned;
  ticket.opd = OpdId{"pupr"};
  if (stage == TicketStage::kArrived || late) return ticket;
  if (stage == TicketStage::kArchived) {
    ticket.status = TicketStatus::kArchived;
    ticket.closed_ms = kTuesdayMorning - kDayMs;
    ticket.timeline.push_back(entry(TimelineKind::kArchived, *ticket.closed_ms, "Ini wewenang PLN, bukan kabupaten."));
    return ticket;
  }
  ticket.status = TicketStatus::kInProgress;
  ticket.first_follow_up_ms = kTuesdayMorning - 2 * kDayMs;
  ticket.timeline.push_back(
      entry(TimelineKind::kFollowUp, *ticket.first_follow_up_ms, "Petugas sudah melihat pipa. Bahan sedang dikirim."));
  if (stage == TicketStage::kHeld) {
    ticket.status = TicketStatus::kHeld;
    ticket.timeline.push_back(entry(TimelineKind::kHeld, kTuesdayMorning - kDayMs, "Menunggu pipa dari Timika."));
  }
  if (stage == TicketStage::kResolved) {
    ticket.status = TicketStatus::kResolved;
    ticket.closed_ms = kTuesdayMorning - kHourMs;
    ticket.timeline.push_back(entry(TimelineKind::kResolved, *ticket.closed_ms, kLongAnswer));
    TimelineEntry sealed = entry(TimelineKind::kPrivateMessage, kTuesdayMorning - kHourMs / 2);
    sealed.sealed_text = {1, 2, 3};
    ticket.timeline.push_back(std::move(sealed));
  }
  return ticket;
}

std::vector<ScreenState> all_screen_states() {
  Collector all;
  add_attract(all);
  all.fresh().play(action::Start{});
  all.keep("02-home");
  all.fresh().play(action::Start{}, action::OpenTile{action::HomeTile::kIdeas});
  all.keep("03-kind");
  add_complaint(all);
  add_assisted(all);
  add_media(all);
  add_services(all);
  add_tracking(all);
  add_saying(all);
  all.fresh().play(action::Start{}, action::OpenTile{action::HomeTile::kAnnouncements});
  all.keep("20-announcements");
  all.keep("20-announcements-three");
  all.last().announcements = {
      {.title = {"Libur Natal", "Christmas holiday"},
       .text = {"Kantor tutup 24 sampai 26 Desember. Kios tetap bisa dipakai.",
                "The office is closed from 24 to 26 December. The kiosk can be used."},
       .from = {},
       .until = {}},
      {.title = {"Perekaman KTP-el di Kampung Diloa", "KTP-el recording in Kampung Diloa"},
       .text = {"Petugas Dukcapil datang hari Kamis, jam 9 pagi, di balai kampung. Bawa Kartu Keluarga.",
                "Dukcapil comes on Thursday, 9 in the morning, to the village hall. Bring your family card."},
       .from = {},
       .until = {}},
      {.title = {"Imunisasi anak", "Immunisation"},
       .text = {"Setiap hari Selasa di puskesmas. Gratis.", "Every Tuesday at the puskesmas. Free."},
       .from = {},
       .until = {}}};
  add_survey(all);
  add_layers(all);
  return all.take();
}

}  // namespace mimika::testing
