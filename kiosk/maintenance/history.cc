#include "kiosk/maintenance/history.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <sstream>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/result_json.h"

namespace mimika::maintenance {
namespace {

// A file that grew while nobody could shorten it is still read.
constexpr std::size_t kMostHistoryBytes = 2 * limits::kDiagnosticHistoryBytes;

// Only one process at a time adds a line or writes the file anew. Let go when it is closed.
Result<FileDescriptor> lock_history(const std::string& folder) {
  const std::string path = folder + "/diagnostics.lock";
  FileDescriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock.valid()) return std::unexpected(error_from_errno(errno, "opening " + path));
  while (::flock(lock.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return std::unexpected(error_from_errno(errno, "locking " + path));
  }
  return lock;
}

Status write_line(int fd, std::string_view line) {
  while (!line.empty()) {
    const ssize_t wrote = ::write(fd, line.data(), line.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return std::unexpected(error_from_errno(errno, "writing the diagnostics"));
    line.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return {};
}

}  // namespace

Result<DiagnosticHistory> DiagnosticHistory::open(const std::string& folder) {
  TRY(make_private_folder(folder));
  DiagnosticHistory history(folder);
  TRY(history.load());
  return history;
}

Status DiagnosticHistory::load() {
  results_.clear();
  const auto content = read_file(path(), kMostHistoryBytes);
  if (!content) {
    if (content.error().code == ErrorCode::kNotFound) return {};
    return std::unexpected(content.error());
  }
  std::istringstream lines{std::string(as_text(*content))};
  for (std::string line; std::getline(lines, line);) {
    if (auto result = decode_result(line)) remember(*std::move(result));
  }
  return {};
}

void DiagnosticHistory::remember(DiagnosticResult result) {
  std::vector<DiagnosticResult>& all = results_[result.id];
  all.push_back(std::move(result));
  if (all.size() > limits::kDiagnosticsPerItem) all.erase(all.begin());
}

Status DiagnosticHistory::add(DiagnosticResult result) {
  limit_finding(result.finding);
  TRY_ASSIGN(const FileDescriptor lock, lock_history(folder_));
  const FileDescriptor file(::open(path().c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file.valid()) return std::unexpected(error_from_errno(errno, "opening " + path()));
  struct stat now{};
  if (::fstat(file.get(), &now) != 0) return std::unexpected(error_from_errno(errno, "looking at " + path()));
  const bool is_new = now.st_size == 0;
  char last = '\n';
  if (!is_new && ::pread(file.get(), &last, 1, now.st_size - 1) != 1) last = ' ';
  TRY(write_line(file.get(), (last == '\n' ? "" : "\n") + encode_result(result) + "\n"));
  if (::fsync(file.get()) != 0) return std::unexpected(error_from_errno(errno, "syncing " + path()));
  if (is_new) TRY(sync_folder(folder_));
  remember(std::move(result));
  if (static_cast<std::size_t>(now.st_size) > limits::kDiagnosticHistoryBytes) return write_anew();
  return {};
}

Status DiagnosticHistory::write_anew() {
  // What another process added counts too.
  TRY(load());
  std::string text;
  for (const auto& [id, all] : results_) {
    for (const DiagnosticResult& result : all) text += encode_result(result) + "\n";
  }
  return write_file_durably(path(), as_bytes(text), FileMode::kPrivate);
}

std::vector<DiagnosticResult> DiagnosticHistory::latest() const {
  std::vector<DiagnosticResult> newest;
  for (const auto& [id, all] : results_) newest.push_back(all.back());
  return newest;
}

std::vector<DiagnosticResult> DiagnosticHistory::of(DiagnosticId id) const {
  const auto found = results_.find(id);
  if (found == results_.end()) return {};
  return {found->second.rbegin(), found->second.rend()};
}

std::string encode_result(const DiagnosticResult& result) {
  return result_to_json(result).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<DiagnosticResult> decode_result(std::string_view line) {
  return result_from_json(nlohmann::json::parse(line, nullptr, false));
}

}  // namespace mimika::maintenance
