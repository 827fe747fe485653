// Saying and showing: the voice, the photos, the papers, and a receipt held before the camera.
#include <algorithm>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

constexpr const char* kOtherCategory = "lain";
constexpr std::int64_t kDoubleTapMs = 600;

bool microphone_on(VoiceStep step) {
  return step == VoiceStep::kStarting || step == VoiceStep::kRecording || step == VoiceStep::kStopping;
}

bool fits(const Recording& recording, RequestId request) {
  return microphone_on(recording.step) && recording.request == request;
}

void start_recording(Change& change) {
  Session& session = change.session;
  ++session.request.value;
  session.personal.recording = Recording{.step = VoiceStep::kStarting, .request = session.request};
}

// The voice that is there already, or nothing yet.
void rest(Session& session) {
  const Draft* draft = draft_of(session);
  Recording resting;
  if (draft != nullptr && draft->voice) {
    resting = std::move(session.personal.recording);
    resting.step = VoiceStep::kReady;
    resting.recorded_ms = draft->voice->duration_ms;
    resting.playing = false;
    resting.unheard = false;
  }
  session.personal.recording = std::move(resting);
}

void show_voice(Change& change) {
  const Draft* draft = draft_of(change.session);
  if (draft == nullptr) return;
  show(change, Screen::kVoice);
  if (draft->voice) return rest(change.session);
  if (!microphone_on(change.session.personal.recording.step)) start_recording(change);
}

std::vector<Photo>* photos_for(Session& session, PhotoFor purpose) {
  if (purpose == PhotoFor::kPaper) return &session.personal.service.papers;
  if (purpose == PhotoFor::kReply) return &session.personal.tracking.photos;
  Draft* draft = draft_of(session);
  return draft == nullptr ? nullptr : &draft->photos;
}

}  // namespace

// --- the voice

void open_voice(Change& change) {
  if (change.session.screen != Screen::kStory && change.session.screen != Screen::kReview) return;
  if (change.session.screen == Screen::kReview) change.session.changing = true;
  show_voice(change);
}

void just_speak(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kCategory) return;
  Draft& draft = session.personal.complaint;
  const CategoryId other{kOtherCategory};
  if (!draft.category && change.context.catalogue.find_category(other) != nullptr) draft.category = other;
  if (!draft.kampung) draft.place_unknown = true;
  withdraw_consent(session);
  show_voice(change);
}

void stop_voice(Change& change) {
  VoiceStep& step = change.session.personal.recording.step;
  if (step == VoiceStep::kStarting || step == VoiceStep::kRecording) step = VoiceStep::kStopping;
}

void again_voice(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kVoice || microphone_on(session.personal.recording.step)) return;
  if (Draft* draft = draft_of(session)) draft->voice.reset();
  withdraw_consent(session);
  start_recording(change);
}

void discard_voice(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kVoice) return;
  if (Draft* draft = draft_of(session)) draft->voice.reset();
  withdraw_consent(session);
  session.personal.recording = {};
  show(change, Screen::kStory);
}

void play_voice(Change& change) {
  Session& session = change.session;
  Recording& recording = session.personal.recording;
  if (session.screen != Screen::kVoice || recording.step != VoiceStep::kReady) return;
  recording.playing = !recording.playing;
  recording.position_ms = 0;
  recording.unheard = false;
}

void leave_voice(Change& change, Screen to) {
  stop_voice(change);
  Recording& recording = change.session.personal.recording;
  recording.playing = false;
  if (!microphone_on(recording.step)) rest(change.session);
  show(change, to);
}

void voice_heard(Change& change, const action::VoiceHeard& heard) {
  Recording& recording = change.session.personal.recording;
  if (!fits(recording, heard.request) || recording.step == VoiceStep::kStopping) return;
  // Whoever speaks does not touch. A microphone that says nothing keeps nobody's visit open.
  if (!change.session.warning_since_ms) change.session.last_activity_ms = change.context.monotonic_ms;
  recording.step = VoiceStep::kRecording;
  recording.recorded_ms = heard.recorded_ms;
  recording.silent = heard.silent;
  constexpr std::int64_t kBarMs = limits::kVoiceMs / static_cast<std::int64_t>(kVoiceLevels);
  const auto bar = static_cast<std::size_t>(std::clamp<std::int64_t>(heard.recorded_ms / kBarMs, 0, kVoiceLevels - 1));
  recording.levels.at(bar) = std::max(recording.levels.at(bar), heard.level);
}

void voice_recorded(Change& change, action::VoiceRecorded& recorded) {
  Session& session = change.session;
  Recording& recording = session.personal.recording;
  if (!fits(recording, recorded.request)) return;
  Draft* draft = draft_of(session);
  if (draft == nullptr) {
    recording = {};
    return;
  }
  draft->voice = Voice{.opus = std::move(recorded.opus), .duration_ms = recorded.duration_ms};
  withdraw_consent(session);
  rest(session);
  session.personal.recording.cut = recorded.cut;
}

void voice_failed(Change& change, const action::VoiceFailed& failed) {
  Recording& recording = change.session.personal.recording;
  if (!fits(recording, failed.request)) return;
  recording = Recording{.step = VoiceStep::kFailed, .trouble = failed.trouble};
}

void voice_plays(Change& change, const action::VoicePlays& plays) {
  Recording& recording = change.session.personal.recording;
  if (recording.playing) recording.position_ms = plays.position_ms;
}

void voice_played(Change& change, const action::VoicePlayed& played) {
  Recording& recording = change.session.personal.recording;
  if (!recording.playing) return;
  recording.playing = false;
  recording.position_ms = 0;
  recording.unheard = played.unheard;
}

// --- photos

// Where photos are kept beside what is being written.
Screen writing_screen(const Session& session) {
  return session.journey == Journey::kTrack ? Screen::kReply : Screen::kStory;
}

void open_photos(Change& change) {
  Session& session = change.session;
  const std::vector<Photo>* photos = kept_photos(session);
  if (photos == nullptr || (session.screen != writing_screen(session) && session.screen != Screen::kReview)) return;
  if (photos->empty()) {
    const bool reply = session.journey == Journey::kTrack;
    return open_camera(change, {.purpose = reply ? PhotoFor::kReply : PhotoFor::kStory});
  }
  session.personal.photos_from_review = session.screen == Screen::kReview;
  show(change, Screen::kPhotos);
}

void open_camera(Change& change, const action::OpenCamera& open) {
  Session& session = change.session;
  const bool paper = open.purpose == PhotoFor::kPaper;
  const bool from_photos = session.screen == Screen::kPhotos;
  if (paper ? session.screen != Screen::kPapers : !from_photos && session.screen != writing_screen(session)) return;
  if (!paper && (open.purpose == PhotoFor::kReply) != (session.journey == Journey::kTrack)) return;
  std::vector<Photo>* photos = photos_for(session, open.purpose);
  if (photos == nullptr) return;
  if (!paper && photos->size() >= limits::kPhotosPerFiling) return;
  if (paper) {
    const Service* service = chosen_service(session, change.context);
    if (service == nullptr || open.paper >= service->requirements.size()) return;
    if (photos->size() >= limits::kAttachmentsPerTicket && paper_photo(session, open.paper) == nullptr) return;
  }
  session.personal.viewfinder = Viewfinder{.purpose = open.purpose, .paper = open.paper, .from_photos = from_photos};
  show(change, Screen::kCamera);
}

void take_photo(Change& change) {
  Viewfinder& finder = change.session.personal.viewfinder;
  const bool seen = finder.sight == CameraSight::kLive || finder.sight == CameraSight::kTooDark;
  if (change.session.screen != Screen::kCamera || finder.taking || finder.taken || !seen) return;
  finder.taking = true;
  finder.failed = false;
  change.effects.emplace_back(effect::TakePhoto{});
}

void photo_taken(Change& change, action::PhotoTaken& taken) {
  Session& session = change.session;
  Viewfinder& finder = session.personal.viewfinder;
  if (session.screen != Screen::kCamera || !finder.taking) return;
  finder.taking = false;
  finder.taken = Photo{.id = ++session.personal.last_photo,
                       .jpeg = std::move(taken.jpeg),
                       .preview = std::move(taken.preview),
                       .paper = finder.paper};
}

void photo_failed(Change& change) {
  Viewfinder& finder = change.session.personal.viewfinder;
  if (change.session.screen != Screen::kCamera || !finder.taking) return;
  finder.taking = false;
  finder.failed = true;
}

void keep_photo(Change& change) {
  Session& session = change.session;
  Viewfinder& finder = session.personal.viewfinder;
  std::vector<Photo>* photos = photos_for(session, finder.purpose);
  if (session.screen != Screen::kCamera || !finder.taken || photos == nullptr) return;
  if (finder.purpose == PhotoFor::kPaper)
    std::erase_if(*photos, [&](const Photo& p) { return p.paper == finder.paper; });
  photos->push_back(*std::move(finder.taken));
  withdraw_consent(session);
  leave_camera(change);
}

void again_photo(Change& change) {
  Viewfinder& finder = change.session.personal.viewfinder;
  if (change.session.screen != Screen::kCamera) return;
  finder.taken.reset();
  finder.failed = false;
  finder.sight = CameraSight::kStarting;
}

void remove_photo(Change& change, std::uint32_t id) {
  Session& session = change.session;
  // The next photo moves under the finger that tapped twice.
  if (change.context.monotonic_ms - session.personal.photo_removed_ms < kDoubleTapMs) return;
  const auto is_it = [id](const Photo& photo) { return photo.id == id; };
  std::size_t removed = std::erase_if(session.personal.service.papers, is_it);
  removed += std::erase_if(session.personal.tracking.photos, is_it);
  if (Draft* draft = draft_of(session)) removed += std::erase_if(draft->photos, is_it);
  if (removed == 0) return;
  session.personal.photo_removed_ms = change.context.monotonic_ms;
  withdraw_consent(session);
  if (session.screen == Screen::kCamera) return leave_camera(change);
  if (session.screen == Screen::kPhotos && kept_photos(session)->empty()) leave_photos(change);
}

void leave_camera(Change& change) {
  Session& session = change.session;
  const bool paper = session.personal.viewfinder.purpose == PhotoFor::kPaper;
  const bool from_photos = session.personal.viewfinder.from_photos && !kept_photos(session)->empty();
  session.personal.viewfinder = {};
  show(change, paper ? Screen::kPapers : from_photos ? Screen::kPhotos : writing_screen(session));
}

void leave_photos(Change& change) {
  Session& session = change.session;
  const bool nothing_told = problem_of(session, TextTarget::kStory, change.context).has_value();
  const bool to_review = std::exchange(session.personal.photos_from_review, false);
  if (to_review && nothing_told) session.changing = true;  // and from the story back to the review
  show(change, to_review && !nothing_told ? Screen::kReview : writing_screen(session));
}

// --- the camera

void open_scan(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kTrackNumber) return;
  session.personal.viewfinder = {};
  show(change, Screen::kTrackScan);
}

void camera_seen(Change& change, CameraSight sight) {
  if (camera_use(change.session) == CameraUse::kOff) return;
  Viewfinder& finder = change.session.personal.viewfinder;
  finder.sight = sight;
  if (!finder.seen_since_ms && sight == CameraSight::kLive) finder.seen_since_ms = change.context.monotonic_ms;
}

void look_for_code(Change& change) {
  Session& session = change.session;
  const auto left = ms_until_unread(session, change.context);
  if (left && *left <= 0) session.personal.viewfinder.unread = true;
}

void code_read(Change& change, const action::CodeRead& read) {
  Session& session = change.session;
  if (session.screen != Screen::kTrackScan) return;
  session.personal.viewfinder.foreign = !read.number;
  session.personal.viewfinder.unread = false;
  session.personal.viewfinder.seen_since_ms = change.context.monotonic_ms;
  if (!read.number) return;
  PersonalText& number = session.personal.tracking.number;
  number.wipe();
  for (const char c : format_ticket_number(*read.number)) {
    if (c != '-') number.insert(number.size(), {&c, 1});
  }
  session.personal.viewfinder = {};
  search_ticket(change);
}

}  // namespace mimika::reducers
