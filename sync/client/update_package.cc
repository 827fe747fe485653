#include "sync/client/update_package.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <system_error>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/part_file.h"

namespace mimika::sync {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kPackageBegins = "!<arch>\ndebian-binary";
constexpr std::string_view kPackageEnding = ".deb";
constexpr std::string_view kNoteEnding = ".note";
constexpr std::size_t kHashInName = 8;

// Every block of a plain file, in its order.
Status read_in_blocks(const std::string& path, const std::function<Status(ByteView)>& take, const BlockWatch& watch) {
  constexpr std::size_t kBlock = 64 * limits::kKiB;
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.valid()) return std::unexpected(error_from_errno(errno, "opening " + path));
  struct stat facts{};
  if (::fstat(file.get(), &facts) != 0) return std::unexpected(error_from_errno(errno, "looking at " + path));
  if (!S_ISREG(facts.st_mode)) return fail(ErrorCode::kInvalidInput, path + " is no plain file");
  const auto too_large = [&] { return fail(ErrorCode::kTooLarge, path + " is too large for an update"); };
  if (static_cast<std::uint64_t>(facts.st_size) > limits::kUpdateBytes) return too_large();
  Bytes block(kBlock);
  for (std::size_t done = 0;;) {
    const ssize_t got = ::read(file.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(error_from_errno(errno, "reading " + path));
    if (got == 0) return {};
    done += static_cast<std::size_t>(got);
    if (done > limits::kUpdateBytes) return too_large();
    TRY(take(ByteView(block).first(static_cast<std::size_t>(got))));
    if (watch) TRY(watch(static_cast<std::size_t>(got)));
  }
}

Result<crypto::Hash> hash_file(const std::string& path, const BlockWatch& watch) {
  crypto::Hasher hasher(wire::kUpdateHashDomain);
  TRY(read_in_blocks(
      path,
      [&](ByteView block) {
        hasher.add(block);
        return Status();
      },
      watch));
  return hasher.finish();
}

// What was taken in first goes first. Trouble with that is no trouble of the new one.
void let_old_ones_go(const std::string& updates, const std::string& kept) {
  std::error_code ignored;
  std::vector<fs::directory_entry> packages;
  for (const auto& entry : fs::directory_iterator(updates, ignored)) {
    if (entry.path().extension() == kPackageEnding && entry.path() != kept) packages.push_back(entry);
  }
  std::ranges::sort(packages, std::greater(), [](const fs::directory_entry& entry) {
    std::error_code none;
    return entry.last_write_time(none);
  });
  for (std::size_t i = limits::kUpdatesStaged - 1; i < packages.size(); ++i) {
    fs::remove(packages[i].path().string() + std::string(kNoteEnding), ignored);
    fs::remove(packages[i].path(), ignored);
  }
}

}  // namespace

bool begins_as_package(ByteView beginning) {
  return as_text(beginning).starts_with(kPackageBegins);
}

Result<crypto::Hash> hash_package(const std::string& folder, const std::string& name, const BlockWatch& watch) {
  return hash_file(folder + "/" + name, watch);
}

Result<StagedUpdate> stage_update(const std::string& folder, const std::string& name, const wire::UpdateNote& note,
                                  const std::string& note_text, const std::vector<crypto::VerifyKey>& centre_keys,
                                  const std::string& updates, std::uint64_t reserve_bytes, const BlockWatch& watch) {
  if (std::ranges::none_of(centre_keys, [&](const auto& key) { return wire::is_signed_by(note, key); })) {
    return fail(ErrorCode::kUnauthorised, "the signature is not the centre's");
  }
  const std::string ours = "mimika-kiosk_" + note.version + "_" + to_hex(ByteView(note.package).first(kHashInName)) +
                           std::string(kPackageEnding);
  StagedUpdate staged{updates + "/" + ours, note.version, false};
  TRY(make_private_folder(updates));
  if (const auto there = hash_file(staged.path, {}); there && *there == note.package) {
    staged.had = true;
    TRY(write_file_durably(staged.path + std::string(kNoteEnding), as_bytes(note_text), FileMode::kPrivate));
    return staged;
  }
  std::error_code problem;
  const std::string from = folder + "/" + name;
  const std::uint64_t size = fs::file_size(from, problem);
  if (problem) return std::unexpected(error_from_errno(problem.value(), "looking at " + from));
  TRY_ASSIGN(const std::uint64_t free, free_bytes(updates));
  if (free < reserve_bytes + std::min<std::uint64_t>(size, limits::kUpdateBytes)) {
    return fail(ErrorCode::kTooLarge, "what is free on this kiosk's disk is kept for its own");
  }
  const std::string temporary = staged.path + std::string(kPartEnding);
  const auto give_up = [&](Error error) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    return std::unexpected(std::move(error));
  };
  fs::remove(temporary, problem);
  {
    auto part = PartFile::open(temporary);
    if (!part) return std::unexpected(part.error());
    crypto::Hasher hasher(wire::kUpdateHashDomain);
    std::uint64_t offset = 0;
    Status copied = read_in_blocks(
        from,
        [&](ByteView block) {
          hasher.add(block);
          offset += block.size();
          return part->write_at(offset - block.size(), block);
        },
        watch);
    if (copied && hasher.finish() != note.package) {
      copied = fail(ErrorCode::kCorrupt, from + " is not the package that its note names");
    }
    if (copied) copied = part->sync();
    if (!copied) return give_up(copied.error());
  }
  const auto kept = hash_file(temporary, watch);
  if (!kept) return give_up(kept.error());
  if (*kept != note.package) return give_up({ErrorCode::kStorageFailed, temporary + " reads back differently"});
  // The note comes before the package gets its name: what has the name is complete.
  if (Status noted =
          write_file_durably(staged.path + std::string(kNoteEnding), as_bytes(note_text), FileMode::kPrivate);
      !noted) {
    return give_up(noted.error());
  }
  fs::rename(temporary, staged.path, problem);
  if (problem) return give_up(error_from_errno(problem.value(), "renaming " + temporary));
  TRY(sync_folder(updates));
  let_old_ones_go(updates, staged.path);
  log_info("sync", "update {} is kept as {}", note.version, staged.path);
  return staged;
}

}  // namespace mimika::sync
