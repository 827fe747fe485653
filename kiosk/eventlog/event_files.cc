#include "kiosk/eventlog/event_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "kiosk/base/ascii.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"

namespace mimika::eventlog {
namespace {

constexpr std::string_view kFileEnding = ".jsonl";
constexpr std::size_t kNumberDigits = 6;
constexpr std::size_t kSeqDigits = 20;

std::optional<std::uint64_t> number_of_file(std::string_view name) {
  if (!name.ends_with(kFileEnding)) return std::nullopt;
  name.remove_suffix(kFileEnding.size());
  if (name.size() < kNumberDigits || !std::all_of(name.begin(), name.end(), is_digit)) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}

// What stands in a folder; nothing when it is not there.
Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return std::unexpected(error_from_errno(error.value(), "looking into " + folder));
  }
  return names;
}

std::string head_path(const std::string& folder) {
  return folder + "/head";
}

bool fits(const Record& record, const EventFilter& filter) {
  const auto is = [](const std::string& wanted, const std::string& found) { return wanted.empty() || wanted == found; };
  return (!filter.since_ms || record.time_ms >= *filter.since_ms) && is(filter.id, record.id) &&
         is(filter.type, record.type) && is(filter.role, record.role);
}

}  // namespace

std::string lock_path(const std::string& folder) {
  return folder + "/lock";
}

std::string spans_path(const std::string& folder) {
  return folder + "/spans";
}

std::string event_file_path(const std::string& folder, std::uint64_t number) {
  return fmt::format("{}/{:0{}}{}", folder, number, kNumberDigits, kFileEnding);
}

Result<std::vector<std::uint64_t>> event_files_in(const std::string& folder) {
  TRY_ASSIGN(const std::vector<std::string> names, names_in(folder));
  std::vector<std::uint64_t> numbers;
  for (const std::string& name : names) {
    if (const auto number = number_of_file(name)) numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::vector<std::string> torn_files_in(const std::string& folder) {
  std::vector<std::string> torn;
  for (std::string& name : names_in(folder).value_or(std::vector<std::string>())) {
    if (name.starts_with("torn-") && name.ends_with(".part")) torn.push_back(std::move(name));
  }
  std::sort(torn.begin(), torn.end());
  return torn;
}

Result<std::string> read_event_file(const std::string& folder, std::uint64_t number) {
  TRY_ASSIGN(const Bytes content, read_file(event_file_path(folder, number), 2 * limits::kEventLogFileBytes));
  return std::string(as_text(content));
}

std::string_view for_each_line(std::string_view content, const std::function<void(std::string_view line)>& take) {
  for (std::size_t end = content.find('\n'); end != std::string_view::npos; end = content.find('\n')) {
    take(content.substr(0, end));
    content.remove_prefix(end + 1);
  }
  return content;
}

std::optional<EventHead> read_head(const std::string& folder) {
  const auto content = read_file(head_path(folder), limits::kEventLineBytes);
  constexpr std::size_t kLength = kSeqDigits + 1 + 64 + 1;
  if (!content || content->size() != kLength) return std::nullopt;
  const std::string_view text = as_text(*content);
  EventHead head;
  const std::string_view digits = text.substr(0, kSeqDigits);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), head.seq);
  const auto chain = from_hex(text.substr(kSeqDigits + 1, 64));
  if (error != std::errc() || end != digits.data() + digits.size() || !chain) return std::nullopt;
  std::copy(chain->begin(), chain->end(), head.chain.begin());
  return head;
}

// Not waited for: a power cut may leave an older one, which is as true.
Status write_head(const std::string& folder, const EventHead& head) {
  const std::string text = fmt::format("{:0{}} {}\n", head.seq, kSeqDigits, to_hex(head.chain));
  return overwrite_file(head_path(folder), as_bytes(text), FileMode::kPrivate, Durability::kCached);
}

Result<std::vector<Record>> read_events(const std::string& folder, const EventFilter& filter) {
  TRY_ASSIGN(const std::vector<std::uint64_t> files, event_files_in(folder));
  const std::size_t most = std::min(filter.last.value_or(limits::kEventsListed), limits::kEventsListed);
  std::deque<Record> found;
  for (const std::uint64_t number : files) {
    const auto content = read_event_file(folder, number);
    // The oldest file may be dropped while we read.
    if (!content && content.error().code == ErrorCode::kNotFound) continue;
    if (!content) return std::unexpected(content.error());
    for_each_line(*content, [&](std::string_view line) {
      auto record = parse_line(line);
      if (!record || !fits(*record, filter)) return;
      found.push_back(*std::move(record));
      if (found.size() > most) found.pop_front();
    });
  }
  return std::vector<Record>(std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

}  // namespace mimika::eventlog
