#include "kiosk/base/stick_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/shown_name.h"

namespace mimika {
namespace {

constexpr std::size_t kPartBytes = 4096;
constexpr std::size_t kBlockBytes = 16 * kPartBytes;  // what is written or read between two looks at the watch

std::unexpected<Error> failed(const std::string& doing) {
  return std::unexpected(error_from_errno(errno, doing));
}

Status ask(const BlockWatch& watch, std::size_t bytes) {
  return watch ? watch(bytes) : Status();
}

Status write_new(const std::string& path, ByteView content, const BlockWatch& watch) {
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!file.valid()) return failed("creating " + path);
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t wrote = ::write(file.get(), content.data() + done, std::min(content.size() - done, kBlockBytes));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return failed("writing " + path);
    done += static_cast<std::size_t>(wrote);
    TRY(ask(watch, static_cast<std::size_t>(wrote)));
  }
  if (::fsync(file.get()) != 0) return failed("syncing " + path);
  if (file.close() != 0) return failed("closing " + path);
  return {};
}

Status sync_this_folder(const std::string& folder) {
  const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.valid()) return failed("opening the folder " + folder);
  // Some file systems of sticks know no fsync of a folder; their files' own has to do.
  if (::fsync(opened.get()) != 0 && errno != EINVAL && errno != ENOTSUP) return failed("syncing the folder " + folder);
  return {};
}

Status read_back(const std::string& path, ByteView content, const BlockWatch& watch) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) return failed("opening " + path + " again");
  // From the medium, not from memory.
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  std::uint8_t part[kBlockBytes];
  for (std::size_t done = 0;;) {
    const ssize_t got = ::read(file.get(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("reading " + path + " back");
    if (got == 0) {
      if (done == content.size()) return {};
      return fail(ErrorCode::kStorageFailed, path + " reads back shorter than it was written");
    }
    const auto count = static_cast<std::size_t>(got);
    if (count > content.size() - done || !std::equal(part, part + count, content.data() + done)) {
      return fail(ErrorCode::kStorageFailed, path + " reads back differently than it was written");
    }
    done += count;
    TRY(ask(watch, 0));
  }
}

}  // namespace

Result<std::vector<FoundFile>> list_files(const std::string& folder, std::string_view ending, std::size_t most) {
  const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.valid()) return failed("opening the folder " + folder);
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(folder.c_str()), &::closedir);
  if (!entries) return failed("opening the folder " + folder);
  std::vector<FoundFile> found;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(entries.get());
    if (entry == nullptr && errno != 0) return failed("reading the folder " + folder);
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    if (!name.ends_with(ending) || name.starts_with('.')) continue;
    struct stat facts{};
    if (::fstatat(opened.get(), name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode)) continue;
    if (found.size() == most) {
      return fail(ErrorCode::kTooLarge, folder + " holds more than " + std::to_string(most) + " files of kiosks");
    }
    found.push_back({name, static_cast<std::uint64_t>(facts.st_size)});
  }
  std::ranges::sort(found, {}, &FoundFile::name);
  return found;
}

Result<ScannedFolder> scan_folder(const std::string& folder, std::size_t most, const NameRank& rank,
                                  const BlockWatch& watch) {
  constexpr std::size_t kNamesBetweenLooks = 1024;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(folder.c_str()), &::closedir);
  if (!entries) return failed("opening the folder " + folder);
  ScannedFolder found;
  for (std::size_t seen = 0;; ++seen) {
    if (seen % kNamesBetweenLooks == 0) TRY(ask(watch, 0));
    errno = 0;
    const dirent* entry = ::readdir(entries.get());
    if (entry == nullptr && errno != 0) return failed("reading the folder " + folder);
    if (entry == nullptr) break;
    if (seen >= limits::kStickEntries) {
      ++found.beyond;
      break;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    unsigned char type = entry->d_type;
    if (type == DT_UNKNOWN) {
      struct stat facts{};
      if (::fstatat(::dirfd(entries.get()), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0) continue;
      type = static_cast<unsigned char>(IFTODT(facts.st_mode));
    }
    if (type == DT_DIR) {
      ++found.folders;
    } else if (type == DT_LNK) {
      ++found.links;
    } else if (type != DT_REG) {
      ++found.special;
    } else if (!is_harmless_name(name)) {
      ++found.strange_names;
    } else if (const int place = rank(name); place != 0) {
      auto& names = place == 1 ? found.first : found.second;
      if (names.size() < most) {
        names.emplace_back(name);
      } else {
        ++found.beyond;
      }
    }
  }
  std::ranges::sort(found.first);
  std::ranges::sort(found.second);
  return found;
}

Bytes read_beginning(const std::string& folder, const std::string& name, std::size_t bytes) {
  const std::string path = folder + "/" + name;
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat facts{};
  if (!file.valid() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  Bytes beginning(bytes);
  const ssize_t got = ::pread(file.get(), beginning.data(), bytes, 0);
  beginning.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return beginning;
}

Status make_stick_folder(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  if (::mkdir(path.c_str(), 0755) == 0) return sync_this_folder(folder);
  if (errno != EEXIST) return failed("making the folder " + path);
  struct stat facts{};
  if (::lstat(path.c_str(), &facts) != 0) return failed("looking at " + path);
  if (S_ISDIR(facts.st_mode)) return {};
  return fail(ErrorCode::kConflict, path + " is no folder");
}

bool holds_exactly(const std::string& folder, const std::string& name, ByteView content) {
  const std::string path = folder + "/" + name;
  struct stat facts{};
  if (::lstat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
  return static_cast<std::uint64_t>(facts.st_size) == content.size() && read_back(path, content, {}).has_value();
}

Status check_free_space(const std::string& folder, std::uint64_t bytes) {
  struct statvfs facts{};
  if (::statvfs(folder.c_str(), &facts) != 0) return failed("looking at the space in " + folder);
  const std::uint64_t free = std::uint64_t{facts.f_bavail} * facts.f_frsize;
  if (free >= bytes) return {};
  return fail(ErrorCode::kStorageFull, folder + " has " + std::to_string(free / 1024) + " KiB left, " +
                                           std::to_string((bytes + 1023) / 1024) + " KiB are needed");
}

Status write_and_verify(const std::string& folder, const std::string& name, ByteView content, const BlockWatch& watch) {
  const std::string path = folder + "/" + name;
  const std::string temporary = path + std::string(kPartEnding);
  const auto give_up = [&](Status problem) -> Status {
    ::unlink(temporary.c_str());  // a half-written file would hold the last of the space
    return problem;
  };
  if (Status written = write_new(temporary, content, watch); !written) return give_up(std::move(written));
  if (Status good = read_back(temporary, content, watch); !good) return give_up(std::move(good));
  if (::rename(temporary.c_str(), path.c_str()) != 0) return give_up(failed("renaming " + temporary));
  TRY(sync_this_folder(folder));
  // From here on the file counts, so that nothing but the medium can say no any more.
  return read_back(path, content, {});
}

Result<Bytes> read_what_is_left(const std::string& folder, const std::string& name, std::size_t max_bytes,
                                const BlockWatch& watch) {
  const std::string path = folder + "/" + name;
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.valid()) return failed("opening " + path);
  struct stat facts{};
  if (::fstat(file.get(), &facts) != 0) return failed("looking at " + path);
  if (!S_ISREG(facts.st_mode)) return fail(ErrorCode::kInvalidInput, path + " is no plain file");
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (size > max_bytes) {
    return fail(ErrorCode::kTooLarge, path + " is larger than " + std::to_string(max_bytes) + " bytes");
  }
  // Read ahead, one bad sector would spoil its neighbours.
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_RANDOM);
  Bytes content(size);
  std::size_t bad = 0;
  int problem = 0;
  for (std::size_t at = 0; at < content.size(); at += kPartBytes) {
    const std::size_t wanted = std::min(kPartBytes, content.size() - at);
    ssize_t got = -1;
    do {
      got = ::pread(file.get(), content.data() + at, wanted, static_cast<off_t>(at));
    } while (got < 0 && errno == EINTR);
    if (got >= 0) {
      if (at % kBlockBytes == 0) TRY(ask(watch, std::min(kBlockBytes, content.size() - at)));
      continue;
    }
    problem = errno;
    ++bad;
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(at), wanted, std::uint8_t{0});
    if (problem != EIO) break;  // not a bad sector: the medium is gone
  }
  if (problem != 0 && (problem != EIO || bad * kPartBytes >= content.size())) {
    return std::unexpected(error_from_errno(problem, "reading " + path));
  }
  return content;
}

Status remove_file(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("removing " + path);
  return {};
}

}  // namespace mimika
