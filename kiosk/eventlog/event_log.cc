#include "kiosk/eventlog/event_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "kiosk/eventlog/event_files.h"

namespace mimika::eventlog {
namespace {

// Clocks are put right by small steps all day; that is no news.
constexpr std::int64_t kClockStepMs = 2'000;

std::int64_t as_value(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

}  // namespace

EventLog::EventLog(EventLogOptions options, Env& env)
    : options_(std::move(options)), env_(env), disk_(options_.disk == nullptr ? own_disk_ : *options_.disk) {}

EventLog::~EventLog() = default;

std::unique_ptr<EventLog> EventLog::open(EventLogOptions options, Env& env) {
  std::unique_ptr<EventLog> log(new EventLog(std::move(options), env));
  const std::lock_guard guard(log->mutex_);
  const auto ready = [&]() -> Status {
    TRY(make_private_folder(log->options_.folder));
    TRY_ASSIGN(const FileDescriptor lock, lock_events(lock_path(log->options_.folder)));
    return log->get_ready();
  }();
  if (!ready) {
    log->failing_ = true;
    log_warning("events", "no events are written for now: {}", ready.error().message);
  }
  return log;
}

void EventLog::set_clock(EventClock clock) {
  const std::lock_guard guard(mutex_);
  clock_ = clock;
}

EventNotice EventLog::notice() const {
  const std::lock_guard guard(mutex_);
  return notice_;
}

std::uint64_t EventLog::lost() const {
  const std::lock_guard guard(mutex_);
  return lost_;
}

Result<std::uint64_t> EventLog::append(const NewEvent& event) {
  return append_and_hold(event, false);
}

void EventLog::note(const NewEvent& event) {
  static_cast<void>(note_and_hold(event, false));
}

std::uint64_t EventLog::note_and_hold(const NewEvent& event, bool hold) {
  const auto seq = append_and_hold(event, hold);
  const std::lock_guard guard(mutex_);
  if (!seq && !failing_) log_warning("events", "an event is lost: {}", seq.error().message);
  failing_ = !seq;
  return seq.value_or(0);
}

Result<std::uint64_t> EventLog::append_and_hold(const NewEvent& event, bool hold) {
  // Our own bug, and no reason to keep silent about what happened.
  if (!may_cause(event.role, event.id)) {
    log_warning("events", "{} is no event of a {}", info_of(event.id).name, name_of(event.role));
  }
  const std::lock_guard guard(mutex_);
  auto seq = append_locked(event, hold);
  if (!seq) ++lost_;
  return seq;
}

void EventLog::let_go(std::uint64_t seq) {
  const std::lock_guard guard(mutex_);
  if (spans_) let_go_of_span(*spans_, seq);
}

Result<std::uint64_t> EventLog::append_locked(const NewEvent& event, bool hold) {
  TRY(make_private_folder(options_.folder));
  TRY_ASSIGN(const FileDescriptor lock, lock_events(lock_path(options_.folder)));
  TRY(get_ready());
  if (lost_ > 0) {
    TRY(put({.id = EventId::kLogLost, .values = {{ValueKey::kLost, as_value(lost_)}}}, Source::kLog));
    lost_ = 0;
  }
  TRY(put(event, options_.source));
  // A file system without locks of bytes: the worst is that somebody calls interrupted what goes on.
  if (hold && !hold_span(*spans_, tail_.seq)) log_warning("events", "this disk has no locks; spans are not marked");
  return tail_.seq;
}

Status EventLog::get_ready() {
  if (!spans_) {
    TRY_ASSIGN(FileDescriptor spans, open_event_file(spans_path(options_.folder)));
    spans_.emplace(std::move(spans));
  }
  if (!tail_is_ours()) TRY(find_tail());
  while (!found_.empty()) {
    const NewEvent event = found_.front();
    TRY(put(event, Source::kLog));
    found_.erase(found_.begin());
  }
  return looked_back_ ? Status() : look_back();
}

// --- what was before

Status EventLog::look_back() {
  EventPast past;
  TRY_ASSIGN(const std::vector<std::uint64_t> files, event_files_in(options_.folder));
  const std::size_t searched = std::min(files.size(), limits::kEventLogFilesSearched);
  for (auto file = files.end() - static_cast<std::ptrdiff_t>(searched); file != files.end(); ++file) {
    const auto content = read_event_file(options_.folder, *file);
    if (!content) continue;  // verify says so; what it held cannot be asked
    for_each_line(*content, [&](std::string_view line) {
      if (const auto record = parse_line(line)) past.take(*record);
    });
  }
  const std::uint64_t boot = env_.boot_id();
  const bool new_boot = boot != 0 && past.boot() != boot;
  if (new_boot && past.boot() != 0 && !past.ended_in_order()) {
    TRY(put({.id = EventId::kPowerLoss,
             .values = {{ValueKey::kOfBoot, format_boot(past.boot())},
                        {ValueKey::kLastSeq, as_value(past.last_seq())},
                        {ValueKey::kLastMs, past.last_ms()}}},
            Source::kLog));
    notice_.power_loss = true;
  }
  if (new_boot) TRY(put({.id = EventId::kBootBegin}, Source::kLog));
  TRY(report_spans(past));
  looked_back_ = true;
  return {};
}

Status EventLog::report_spans(const EventPast& past) {
  for (const OpenSpan& span : past.open()) {
    if (span_is_held(*spans_, span.seq)) continue;
    if (span.begin != EventId::kProgramBegin) {
      TRY(put({.id = EventId::kInterrupted,
               .outcome = Outcome::kInterrupted,
               .values = {{ValueKey::kEvent, std::string(info_of(span.begin).name)},
                          {ValueKey::kBegin, as_value(span.seq)}}},
              Source::kLog));
      ++notice_.interrupted;
    } else if (!notice_.power_loss || span.boot != past.boot()) {
      // A program that the power took along did not crash.
      TRY(put({.id = EventId::kProgramCrash, .values = {{ValueKey::kBegin, as_value(span.seq)}}}, Source::kLog));
      ++notice_.crashes;
    }
  }
  return {};
}

// --- the end of the log

bool EventLog::tail_is_ours() const {
  if (tail_.state != TailState::kOpen || !file_) return false;
  const auto size = size_of(*file_);
  const auto files = event_files_in(options_.folder);
  return size && *size == tail_.size && files && !files->empty() && files->back() == tail_.file;
}

Status EventLog::find_tail() {
  tail_ = {};
  file_.reset();
  TRY_ASSIGN(const std::vector<std::uint64_t> files, event_files_in(options_.folder));
  const auto head = read_head(options_.folder);
  if (files.empty()) {
    if (!head) return {};
    tail_.seq = head->seq;  // somebody took the files away; no seq is used twice
    tail_.chain = head->chain;
    return {};
  }
  tail_.file = files.back();
  const auto content = read_event_file(options_.folder, tail_.file);
  if (!content && content.error().code != ErrorCode::kTooLarge) return std::unexpected(content.error());
  if (content) {
    TRY_ASSIGN(FileDescriptor file, open_event_file(event_file_path(options_.folder, tail_.file)));
    file_.emplace(std::move(file));
    tail_.size = content->rfind('\n') == std::string::npos ? 0 : content->rfind('\n') + 1;
    tail_.state = tail_.size == 0 ? TailState::kEmpty : TailState::kOpen;
    if (tail_.size > 0) take_last_line(*content);
  }
  // A file that has no line yet, or none that can be read, goes on after the one before it.
  for (std::size_t i = files.size() - 1; tail_.seq == 0 && i > 0; --i) {
    const TailState state = tail_.state;
    if (const auto earlier = read_event_file(options_.folder, files[i - 1])) take_last_line(*earlier);
    tail_.state = state;
  }
  if (head && head->seq > tail_.seq) {
    // The disk had more than this. What comes now must not look as if it followed.
    tail_.seq = head->seq;
    tail_.state = TailState::kClosed;
  }
  const bool said =
      std::any_of(found_.begin(), found_.end(), [](const NewEvent& event) { return event.id == EventId::kLogDamaged; });
  if (tail_.state == TailState::kClosed && !said) {
    found_.push_back({.id = EventId::kLogDamaged, .values = {{ValueKey::kFile, as_value(tail_.file)}}});
  }
  return content && tail_.size < content->size() ? set_torn_aside(std::string_view(*content).substr(tail_.size))
                                                 : Status();
}

// Of the whole lines the last; when it cannot be read, what can be known from those before it.
void EventLog::take_last_line(const std::string& content) {
  std::uint64_t unreadable = 0;
  std::string_view lines = content;
  lines = lines.substr(0, lines.rfind('\n') == std::string_view::npos ? 0 : lines.rfind('\n'));
  while (!lines.empty()) {
    const std::size_t before = lines.rfind('\n');
    const std::string_view line = before == std::string_view::npos ? lines : lines.substr(before + 1);
    if (const auto record = parse_line(line)) {
      tail_.seq = record->seq + unreadable;
      tail_.chain = record->chain;
      tail_.time_ms = record->time_ms;
      break;
    }
    ++unreadable;
    lines = before == std::string_view::npos ? std::string_view() : lines.substr(0, before);
  }
  if (unreadable > 0) tail_.state = TailState::kClosed;
}

// A line that was cut off is nobody's event: it was never said to be written. It is kept for those who want to see
// what a power cut does to this disk, where there is room.
Status EventLog::set_torn_aside(std::string_view torn) {
  const std::string name = fmt::format("torn-{:012}.part", tail_.seq + 1);
  Values values = {{ValueKey::kBytes, as_value(torn.size())}};
  if (write_file_durably(options_.folder + "/" + name, as_bytes(torn), FileMode::kPrivate)) {
    values.emplace_back(ValueKey::kPath, std::filesystem::path(options_.folder).filename().string() + "/" + name);
  }
  TRY(disk_.cut(*file_, tail_.size));
  notice_.torn_bytes += torn.size();
  found_.push_back({.id = EventId::kLogTorn, .values = std::move(values)});
  const std::vector<std::string> kept = torn_files_in(options_.folder);
  for (std::size_t i = 0; i + limits::kEventTornFiles < kept.size(); ++i) {
    static_cast<void>(disk_.remove(options_.folder + "/" + kept[i]));  // the next time
  }
  return {};
}

// --- writing

Record EventLog::next_record(const NewEvent& event, Source source, WallMs time_ms) const {
  return make_record({.seq = tail_.seq + 1,
                      .time_ms = time_ms,
                      .boot = env_.boot_id(),
                      .clock = clock_,
                      .source = source,
                      .id = event.id,
                      .role = event.role,
                      .values = event.values,
                      .outcome = event.outcome},
                     tail_.chain);
}

Status EventLog::put(const NewEvent& event, Source source) {
  const std::int64_t back_ms = tail_.time_ms - env_.wall_ms();
  if (tail_.seq > 0 && back_ms > kClockStepMs) {
    // A clock that somebody vouched for was wrong before; any other one is wrong now.
    if (clock_ == EventClock::kUnknown) clock_ = EventClock::kRanBackwards;
    TRY(write_line({.id = EventId::kClockRanBackwards, .values = {{ValueKey::kByMs, back_ms}}}, Source::kLog));
  }
  return write_line(event, source);
}

Status EventLog::write_line(const NewEvent& event, Source source) {
  const WallMs now_ms = env_.wall_ms();
  if (tail_.state != TailState::kOpen) TRY(begin_file());
  Record record = next_record(event, source, now_ms);
  std::string line = format_line(record);
  if (line.size() > limits::kEventLineBytes) return fail(ErrorCode::kTooLarge, "an event is longer than a line may be");
  const bool is_first_line = event.id == EventId::kLogFileBegin;
  if (!is_first_line && tail_.size + line.size() > options_.file_bytes) {
    TRY(begin_file());
    record = next_record(event, source, now_ms);
    line = format_line(record);
  }
  const bool durable = is_first_line || is_durable(event.id);
  Status written = disk_.append(*file_, as_bytes(line));
  if (written && durable) written = disk_.sync(*file_);
  if (!written) {
    // What cannot be cut off now is found as torn, or as whole, by the next one who looks.
    static_cast<void>(disk_.cut(*file_, tail_.size));
    tail_.state = TailState::kClosed;
    file_.reset();
    return written;
  }
  tail_.size += line.size();
  tail_.seq = record.seq;
  tail_.chain = record.chain;
  tail_.time_ms = now_ms;
  if (durable) static_cast<void>(write_head(options_.folder, {tail_.seq, tail_.chain}));  // an older one is as true
  return {};
}

Status EventLog::begin_file() {
  if (tail_.state == TailState::kOpen) TRY(disk_.sync(*file_));  // mere states at its end may not be on the disk yet
  const std::uint64_t number = tail_.state == TailState::kEmpty ? tail_.file : tail_.file + 1;
  const std::uint64_t first_kept = number < options_.files ? 1 : number - options_.files + 1;
  TRY_ASSIGN(FileDescriptor file, open_event_file(event_file_path(options_.folder, number)));
  TRY(sync_folder(options_.folder));
  file_.emplace(std::move(file));
  tail_.file = number;
  tail_.size = 0;
  tail_.state = TailState::kOpen;
  TRY(write_line({.id = EventId::kLogFileBegin,
                  .values = {{ValueKey::kFile, as_value(number)},
                             {ValueKey::kFirstFile, as_value(first_kept)},
                             {ValueKey::kAfter, to_hex(tail_.chain)}}},
                 Source::kLog));
  drop_old_files(first_kept);
  return {};
}

void EventLog::drop_old_files(std::uint64_t first_kept) {
  const auto files = event_files_in(options_.folder);
  if (!files) return;
  for (const std::uint64_t file : *files) {
    if (file >= first_kept) break;
    // One that cannot be removed now is with the next file.
    static_cast<void>(disk_.remove(event_file_path(options_.folder, file)));
  }
}

}  // namespace mimika::eventlog
