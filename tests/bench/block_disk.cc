// A disk whose every write and flush is written down, and the disks that a power cut might have left of it.
//
//   bench_block_disk serve FOLDER BYTES LOG [IMAGE]
//                                               mounts FOLDER (FUSE; runs until it is unmounted). In it lies "disk", to
//                                               be loop-mounted, and "said": what is written there is told into the log
//                                               between the writes of the disk, so the log knows what was said when.
//                                               It begins as IMAGE, or empty. A number written into "pull" is how many
//                                               more bytes can be read and written; then every call is an I/O error,
//                                               as of a stick that is pulled. The size of "pull" is how many bytes
//                                               went.
//   bench_block_disk pulled LOG IMAGE SEED [deaf]
//                                               makes IMAGE, which is what the disk began as, what is left of it after
//                                               the whole log: everything flushed, and of the rest any part.
//   bench_block_disk cut LOG IMAGE SEED [deaf]  makes IMAGE what the disk may hold when the power goes at a random
//   moment
//                                               after the first word was said: everything flushed, and of the rest any
//                                               part, in any order, torn at sectors. Prints what had been said until
//                                               then. `deaf`: a disk that takes no notice of flushes, for the control.
//
// The loop device turns a flush of the file system into an fsync of "disk". It has no cache of its own: without FUSE's
// write-back cache every write of the loop device comes here at once, in its order.
#define FUSE_USE_VERSION 35
#include <fuse.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace mimika::bench {
namespace {

constexpr const char* kDisk = "/disk";
constexpr const char* kVoice = "/said";
constexpr const char* kPull = "/pull";
constexpr std::uint64_t kNever = ~std::uint64_t{0};
constexpr std::size_t kSector = 512;

enum class Entry : std::uint8_t { kWrite = 1, kFlush = 2, kSaid = 3 };

// What stands before the bytes of an entry in the log.
struct EntryHead {
  Entry kind = Entry::kWrite;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

// --- the disk

class RecordingDisk {
 public:
  RecordingDisk(std::size_t size, const std::string& log, const std::string& image)
      : content_(size, '\0'), log_(log, std::ios::binary) {
    if (!image.empty())
      std::ifstream(image, std::ios::binary).read(content_.data(), static_cast<std::streamsize>(size));
  }

  void record(Entry kind, std::uint64_t offset, const char* bytes, std::size_t size) {
    const EntryHead head{kind, offset, size};
    log_.write(reinterpret_cast<const char*>(&head), sizeof head);
    if (size > 0) log_.write(bytes, static_cast<std::streamsize>(size));
  }
  std::string& content() { return content_; }
  std::uint64_t moved() const { return moved_; }
  bool is_pulled() const { return moved_ >= pulled_at_; }
  void pull_after(std::uint64_t bytes) { pulled_at_ = moved_ + bytes; }

  // How many of these bytes still go, in whole sectors.
  std::size_t still_goes(std::size_t bytes) {
    const std::uint64_t left = is_pulled() ? 0 : pulled_at_ - moved_;
    moved_ += bytes;
    return bytes <= left ? bytes : static_cast<std::size_t>(left / kSector * kSector);
  }
  std::size_t said() const { return said_; }

  int write(const char* path, const char* bytes, std::size_t size, std::uint64_t offset) {
    if (std::strcmp(path, kVoice) == 0) {
      said_ += size;
      record(Entry::kSaid, 0, bytes, size);
      return static_cast<int>(size);
    }
    if (offset > content_.size()) return -ENOSPC;
    const std::size_t wanted = std::min(size, content_.size() - offset);
    const std::size_t fits = still_goes(wanted);
    std::copy_n(bytes, fits, content_.begin() + static_cast<std::ptrdiff_t>(offset));
    record(Entry::kWrite, offset, bytes, fits);
    return fits < wanted ? -EIO : static_cast<int>(fits);
  }

 private:
  std::string content_;
  std::size_t said_ = 0;
  std::uint64_t moved_ = 0;
  std::uint64_t pulled_at_ = kNever;
  std::ofstream log_;
};

RecordingDisk& disk() {
  return *static_cast<RecordingDisk*>(fuse_get_context()->private_data);
}

bool is_ours(const char* path) {
  return std::strcmp(path, kDisk) == 0 || std::strcmp(path, kVoice) == 0 || std::strcmp(path, kPull) == 0;
}

int disk_getattr(const char* path, struct stat* out, fuse_file_info* /*file*/) {
  *out = {};
  if (std::strcmp(path, "/") == 0) {
    out->st_mode = S_IFDIR | 0700;
    out->st_nlink = 2;
    return 0;
  }
  if (!is_ours(path)) return -ENOENT;
  out->st_mode = S_IFREG | 0600;
  out->st_nlink = 1;
  const bool is_disk = std::strcmp(path, kDisk) == 0;
  const std::uint64_t counted = std::strcmp(path, kPull) == 0 ? disk().moved() : disk().said();
  out->st_size = static_cast<off_t>(is_disk ? disk().content().size() : counted);
  return 0;
}

int disk_readdir(const char* /*path*/, void* buffer, fuse_fill_dir_t fill, off_t /*offset*/, fuse_file_info* /*file*/,
                 fuse_readdir_flags /*flags*/) {
  for (const char* path : {kDisk, kVoice, kPull}) {
    if (fill(buffer, path + 1, nullptr, 0, static_cast<fuse_fill_dir_flags>(0)) != 0) return -ENOMEM;
  }
  return 0;
}

int disk_open(const char* path, fuse_file_info* file) {
  if (!is_ours(path)) return -ENOENT;
  // What is said is on its way to a person at once, and must not be cached.
  file->direct_io = std::strcmp(path, kDisk) == 0 ? 0 : 1;
  return 0;
}

int disk_read(const char* path, char* out, std::size_t size, off_t offset, fuse_file_info* /*file*/) {
  const std::string& content = disk().content();
  const auto from = static_cast<std::size_t>(offset);
  if (std::strcmp(path, kDisk) != 0 || from >= content.size()) return 0;
  const std::size_t wanted = std::min(size, content.size() - from);
  if (disk().still_goes(wanted) < wanted) return -EIO;
  return static_cast<int>(content.copy(out, size, from));
}

int disk_write(const char* path, const char* bytes, std::size_t size, off_t offset, fuse_file_info* /*file*/) {
  if (std::strcmp(path, kPull) == 0) {
    disk().pull_after(std::strtoull(std::string(bytes, size).c_str(), nullptr, 10));
    return static_cast<int>(size);
  }
  return disk().write(path, bytes, size, static_cast<std::uint64_t>(offset));
}

int disk_fsync(const char* path, int /*data_only*/, fuse_file_info* /*file*/) {
  if (disk().is_pulled()) return -EIO;
  if (std::strcmp(path, kDisk) == 0) disk().record(Entry::kFlush, 0, nullptr, 0);
  return 0;
}

int disk_truncate(const char* path, off_t /*size*/, fuse_file_info* /*file*/) {
  return std::strcmp(path, kDisk) == 0 ? -EPERM : 0;
}

int serve(char* program, char* folder, std::size_t size, const std::string& log, const std::string& image) {
  RecordingDisk disk(size, log, image);
  fuse_operations operations{};
  operations.getattr = disk_getattr;
  operations.readdir = disk_readdir;
  operations.open = disk_open;
  operations.read = disk_read;
  operations.write = disk_write;
  operations.fsync = disk_fsync;
  operations.truncate = disk_truncate;
  // One thread: the log's order is the disk's.
  std::string foreground = "-f";
  std::string single = "-s";
  char* arguments[] = {program, foreground.data(), single.data(), folder, nullptr};
  return fuse_main(4, arguments, &operations, &disk);
}

// --- the cut

struct Logged {
  EntryHead head;
  std::string bytes;
};

std::vector<Logged> read_log(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<Logged> log;
  for (Logged entry; file.read(reinterpret_cast<char*>(&entry.head), sizeof entry.head);) {
    entry.bytes.resize(entry.head.size);
    if (!file.read(entry.bytes.data(), static_cast<std::streamsize>(entry.bytes.size()))) break;
    log.push_back(entry);
  }
  return log;
}

class CutImage {
 public:
  explicit CutImage(const std::string& path) : file_(path, std::ios::binary | std::ios::in | std::ios::out) {}
  [[nodiscard]] bool good() const { return file_.good(); }
  void write(const Logged& entry, std::size_t bytes) {
    file_.seekp(static_cast<std::streamoff>(entry.head.offset));
    file_.write(entry.bytes.data(), static_cast<std::streamsize>(bytes));
  }

 private:
  std::fstream file_;
};

// Where in the log, from `begin` on, the power goes. Most writes are flushed soon after, so that most moments find
// nothing to lose: every other time, the worst of several is taken.
std::size_t some_moment(const std::vector<Logged>& log, std::size_t begin, std::mt19937_64& dice) {
  constexpr int kLooks = 16;
  std::size_t chosen = dice() % (log.size() - begin);
  if (dice() % 2 == 0) return chosen;
  std::size_t most = 0;
  for (int i = 0; i < kLooks; ++i) {
    const std::size_t moment = dice() % (log.size() - begin);
    std::size_t open = 0;
    for (std::size_t at = begin + moment + 1; at > 0 && log[at - 1].head.kind != Entry::kFlush; --at) {
      if (log[at - 1].head.kind == Entry::kWrite) ++open;
    }
    if (open < most) continue;
    most = open;
    chosen = moment;
  }
  return chosen;
}

void write_open(CutImage& image, std::vector<const Logged*> open, std::mt19937_64& dice) {
  // Drives write in the order that suits them.
  if (dice() % 2 == 0) std::shuffle(open.begin(), open.end(), dice);
  for (const Logged* entry : open) {
    const std::size_t sectors = entry->bytes.size() / kSector;
    const bool torn = sectors > 1 && dice() % 4 == 0;
    image.write(*entry, torn ? kSector * (1 + dice() % (sectors - 1)) : entry->bytes.size());
  }
}

// What a stick holds that was pulled when the log ended.
int pulled(const std::string& log_path, const std::string& image_path, std::uint64_t seed, bool deaf) {
  const std::vector<Logged> log = read_log(log_path);
  std::mt19937_64 dice(seed);
  std::size_t flushed = 0;
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (log[i].head.kind == Entry::kFlush && !deaf) flushed = i;
  }
  CutImage image(image_path);
  std::vector<const Logged*> open;
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (log[i].head.kind != Entry::kWrite) continue;
    if (i < flushed) {
      image.write(log[i], log[i].bytes.size());
    } else if (dice() % 2 == 0) {
      open.push_back(&log[i]);
    }
  }
  write_open(image, open, dice);
  std::cerr << open.size() << "\n";
  return image.good() ? 0 : 1;
}

// IMAGE must be there, as long as the disk and empty. Whatever was flushed before the cut is on it; each later write is
// kept or lost, now and then torn, and the kept ones may have overtaken each other.
int cut(const std::string& log_path, const std::string& image_path, std::uint64_t seed, bool deaf) {
  const std::vector<Logged> log = read_log(log_path);
  std::mt19937_64 dice(seed);
  const auto first =
      std::find_if(log.begin(), log.end(), [](const Logged& entry) { return entry.head.kind == Entry::kSaid; });
  if (first == log.end()) {
    std::fprintf(stderr, "bench_block_disk: nothing was said in %s\n", log_path.c_str());
    return 1;
  }
  const auto begin = static_cast<std::size_t>(first - log.begin());
  const std::size_t end = begin + 1 + some_moment(log, begin, dice);
  std::size_t flushed = 0;
  for (std::size_t i = 0; i < (deaf ? begin : end); ++i) {
    if (log[i].head.kind == Entry::kFlush) flushed = i;
  }
  CutImage image(image_path);
  std::vector<const Logged*> open;
  for (std::size_t i = 0; i < end; ++i) {
    const Logged& entry = log[i];
    if (entry.head.kind == Entry::kSaid) std::cout << entry.bytes;
    if (entry.head.kind != Entry::kWrite) continue;
    if (i < flushed) {
      image.write(entry, entry.bytes.size());
    } else if (dice() % 2 == 0) {
      open.push_back(&entry);
    }
  }
  write_open(image, open, dice);
  std::cerr << open.size() << "\n";
  return image.good() ? 0 : 1;
}

}  // namespace
}  // namespace mimika::bench

int main(int argc, char** argv) {
  const std::string what = argc >= 5 ? argv[1] : "";
  if (what == "serve") {
    const char* const image = argc == 6 ? argv[5] : "";
    return mimika::bench::serve(argv[0], argv[2], std::strtoull(argv[3], nullptr, 10), argv[4], image);
  }
  const bool deaf = argc == 6 && std::string(argv[5]) == "deaf";
  if (what == "pulled") return mimika::bench::pulled(argv[2], argv[3], std::strtoull(argv[4], nullptr, 10), deaf);
  if (what == "cut") {
    return mimika::bench::cut(argv[2], argv[3], std::strtoull(argv[4], nullptr, 10), deaf);
  }
  std::fprintf(stderr,
               "usage: bench_block_disk serve FOLDER BYTES LOG [IMAGE] | pulled LOG IMAGE SEED [deaf] | cut LOG IMAGE "
               "SEED [deaf]\n");
  return 2;
}
