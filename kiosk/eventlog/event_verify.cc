#include "kiosk/eventlog/event_verify.h"

#include <utility>

#include "kiosk/base/bytes.h"
#include "kiosk/base/limits.h"
#include "kiosk/eventlog/event_disk.h"
#include "kiosk/eventlog/event_files.h"

namespace mimika::eventlog {
namespace {

class ChainWalk {
 public:
  explicit ChainWalk(std::optional<EventHead> head) : head_(head) {}

  void begin_file(std::uint64_t number) {
    file_ = number;
    line_ = 0;
    ++report_.files;
  }

  void take(std::string_view text) {
    ++line_;
    const auto record = parse_line(text);
    if (!record) return note("this line cannot be read");
    ++report_.events;
    if (line_ == 1) check_first(*record);
    if (!known_) return note("nothing says what this line follows");
    if (!chain_holds(text, chain_)) {
      note("this line does not follow from the one before it");
    } else if (seq_ != 0 && record->seq != seq_ + 1) {
      note("events are missing before this line");
    }
    chain_ = record->chain;
    seq_ = record->seq;
    report_.last_seq = seq_;
    if (report_.first_seq == 0) report_.first_seq = seq_;
    if (head_ && head_->seq == seq_) head_seen_ = head_->chain == chain_;
  }

  void note(std::string why) {
    if (report_.breaks.size() < limits::kEventBreaks) report_.breaks.push_back({file_, line_, seq_, std::move(why)});
  }

  void end_file(std::string_view rest, bool newest) {
    if (rest.empty()) return;
    if (newest) {
      report_.torn_bytes = rest.size();
    } else {
      ++line_;
      note("the last line of this file is cut off");
    }
  }

  VerifyReport finish(std::uint64_t oldest_file) && {
    line_ = 0;
    if (said_first_file_ && oldest_file > *said_first_file_) note("older files are missing");
    if (head_ && head_->seq > seq_) note("the end is missing: the disk had more than this");
    if (head_ && head_->seq <= seq_ && head_->seq >= report_.first_seq && !head_seen_) {
      note("another line stands where the disk had one for certain");
    }
    report_.last_chain = to_hex(chain_);
    return std::move(report_);
  }

 private:
  // The first line of a file says after what the file begins: of the oldest one this is all that is known.
  void check_first(const Record& record) {
    const Value* after = record.find(ValueKey::kAfter);
    const auto* text = after == nullptr ? nullptr : std::get_if<std::string>(after);
    const auto bytes = text == nullptr ? Result<Bytes>(fail(ErrorCode::kCorrupt, "")) : from_hex(*text);
    if (record.id != info_of(EventId::kLogFileBegin).name || !bytes || bytes->size() != chain_.size()) {
      return note("this file does not begin as a file of the log does");
    }
    if (record.number(ValueKey::kFile) != static_cast<std::int64_t>(file_)) note("this file has the name of another");
    said_first_file_ = static_cast<std::uint64_t>(record.number(ValueKey::kFirstFile));
    if (known_ && *text != to_hex(chain_)) note("this file does not follow from the one before it");
    if (!known_) std::copy(bytes->begin(), bytes->end(), chain_.begin());
    if (!known_ && record.seq == 1 && chain_ != crypto::Hash{}) note("the first event of all follows nothing");
    known_ = true;
  }

  std::optional<EventHead> head_;
  VerifyReport report_;
  bool known_ = false;  // what the next line follows
  bool head_seen_ = false;
  crypto::Hash chain_{};
  std::uint64_t seq_ = 0;
  std::uint64_t file_ = 0;
  std::uint64_t line_ = 0;
  std::optional<std::uint64_t> said_first_file_;  // by the newest file that says it
};

}  // namespace

Result<VerifyReport> verify_events(const std::string& folder) {
  // Nobody writes meanwhile, where that can be had; on a read-only disk nobody writes anyway.
  const auto lock = lock_events(lock_path(folder));
  if (!lock && lock.error().code == ErrorCode::kTooSlow) return std::unexpected(lock.error());
  TRY_ASSIGN(const std::vector<std::uint64_t> files, event_files_in(folder));
  ChainWalk walk(read_head(folder));
  for (std::size_t i = 0; i < files.size(); ++i) {
    walk.begin_file(files[i]);
    if (i > 0 && files[i] != files[i - 1] + 1) walk.note("files are missing before this one");
    const auto content = read_event_file(folder, files[i]);
    if (!content) {
      walk.note("this file cannot be read");
      continue;
    }
    walk.end_file(for_each_line(*content, [&](std::string_view line) { walk.take(line); }), i + 1 == files.size());
  }
  return std::move(walk).finish(files.empty() ? 0 : files.front());
}

}  // namespace mimika::eventlog
