#include "kiosk/device/stick_probe.h"

#include <blkid.h>
#include <tsk/libtsk.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "kiosk/base/limits.h"
#include "kiosk/base/shown_name.h"
#include "kiosk/device/stick_superblock.h"

namespace mimika::device {
namespace {

constexpr unsigned kSectorBytes = 512;
constexpr const char* kOurFolder = "mimika";

// --- reading, counted

struct Medium {
  int descriptor = -1;
  std::uint64_t bytes = 0;
  std::uint64_t left = limits::kInspectReadBytes;
  bool too_much = false;
  bool fails = false;

  // How many bytes came; less than asked at the end, after an error, and over the limit.
  std::size_t read(std::uint64_t offset, char* out, std::size_t count) {
    if (offset >= bytes) return 0;
    count = static_cast<std::size_t>(std::min<std::uint64_t>(count, bytes - offset));
    if (count > left) {
      too_much = true;
      return 0;
    }
    left -= count;
    std::size_t done = 0;
    while (done < count) {
      const ssize_t got = ::pread(descriptor, out + done, count - done, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fails = true;
      if (got <= 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }
};

// Sleuth Kit hands its own structure to the callback; ours stands behind it in memory.
struct MediumImage {
  TSK_IMG_INFO image;
  Medium* medium;
};
static_assert(offsetof(MediumImage, image) == 0);

ssize_t image_read(TSK_IMG_INFO* image, TSK_OFF_T offset, char* out, std::size_t count) {
  Medium& medium = *reinterpret_cast<MediumImage*>(image)->medium;
  if (offset < 0) return -1;
  const std::size_t got = medium.read(static_cast<std::uint64_t>(offset), out, count);
  if (got < count && (medium.too_much || medium.fails)) return -1;
  return static_cast<ssize_t>(got);
}
void image_close(TSK_IMG_INFO* /*image*/) {}
void image_stat(TSK_IMG_INFO* /*image*/, FILE* /*out*/) {}

// --- which file system

struct Found {
  StickKind kind = StickKind::kNone;
  std::string type;
  std::string label;
  bool ambiguous = false;
};

using Probe = std::unique_ptr<std::remove_pointer_t<blkid_probe>, decltype(&blkid_free_probe)>;

std::string value_of(blkid_probe probe, const char* name) {
  const char* value = nullptr;
  std::size_t bytes = 0;
  if (blkid_probe_lookup_value(probe, name, &value, &bytes) != 0 || value == nullptr) return {};
  return {value, ::strnlen(value, std::min<std::size_t>(bytes, 256))};
}

StickKind kind_of(const std::string& type, const std::string& usage) {
  if (type == "vfat") return StickKind::kFat;
  if (type == "exfat") return StickKind::kExFat;
  // The older two are read and written by the same driver.
  if (type == "ext4" || type == "ext3" || type == "ext2") return StickKind::kExt4;
  if (type == "crypto_LUKS" || type == "BitLocker" || usage == "crypto") return StickKind::kEncrypted;
  return type.empty() ? StickKind::kNone : StickKind::kOther;
}

Found look_at_place(const Medium& medium, std::uint64_t offset, std::uint64_t bytes) {
  Found found;
  const Probe probe(blkid_new_probe(), &blkid_free_probe);
  if (!probe || blkid_probe_set_device(probe.get(), medium.descriptor, static_cast<blkid_loff_t>(offset),
                                       static_cast<blkid_loff_t>(bytes)) != 0) {
    return found;
  }
  blkid_probe_enable_superblocks(probe.get(), 1);
  blkid_probe_set_superblocks_flags(probe.get(), BLKID_SUBLKS_TYPE | BLKID_SUBLKS_LABEL | BLKID_SUBLKS_USAGE);
  const int answer = blkid_do_safeprobe(probe.get());
  if (answer == -2) {
    found.kind = StickKind::kOther;
    found.ambiguous = true;
  }
  if (answer != 0) return found;
  found.type = value_of(probe.get(), "TYPE");
  found.label = value_of(probe.get(), "LABEL");
  found.kind = kind_of(found.type, value_of(probe.get(), "USAGE"));
  return found;
}

struct Place {
  std::uint32_t number = 0;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

std::vector<Place> partitions_of(const Medium& medium, StickTable& table) {
  std::vector<Place> places;
  const Probe probe(blkid_new_probe(), &blkid_free_probe);
  if (!probe ||
      blkid_probe_set_device(probe.get(), medium.descriptor, 0, static_cast<blkid_loff_t>(medium.bytes)) != 0) {
    return places;
  }
  blkid_probe_enable_superblocks(probe.get(), 0);
  blkid_probe_enable_partitions(probe.get(), 1);
  blkid_partlist list = blkid_probe_get_partitions(probe.get());
  if (list == nullptr) return places;
  if (const blkid_parttable found = blkid_partlist_get_table(list)) {
    const char* const type = blkid_parttable_get_type(found);
    if (type != nullptr) table = std::strcmp(type, "gpt") == 0 ? StickTable::kGpt : StickTable::kMbr;
  }
  const int count = std::min(blkid_partlist_numof_partitions(list), static_cast<int>(limits::kStickPartitions));
  for (int i = 0; i < count; ++i) {
    blkid_partition part = blkid_partlist_get_partition(list, i);
    if (part == nullptr || blkid_partition_is_extended(part) != 0) continue;
    const blkid_loff_t start = blkid_partition_get_start(part);
    const blkid_loff_t size = blkid_partition_get_size(part);
    if (start <= 0 || size <= 0) continue;
    const std::uint64_t offset = static_cast<std::uint64_t>(start) * kSectorBytes;
    if (offset >= medium.bytes) continue;
    places.push_back({static_cast<std::uint32_t>(std::max(blkid_partition_get_partno(part), 0)), offset,
                      static_cast<std::uint64_t>(size) * kSectorBytes});
  }
  return places;
}

// --- what lies on it

using OpenImage = std::unique_ptr<TSK_IMG_INFO, decltype(&tsk_img_close)>;
using OpenSystem = std::unique_ptr<TSK_FS_INFO, decltype(&tsk_fs_close)>;
using OpenFolder = std::unique_ptr<TSK_FS_DIR, decltype(&tsk_fs_dir_close)>;
using OpenFile = std::unique_ptr<TSK_FS_FILE, decltype(&tsk_fs_file_close)>;

TSK_FS_TYPE_ENUM tsk_type(StickKind kind) {
  if (kind == StickKind::kFat) return TSK_FS_TYPE_FAT_DETECT;
  return kind == StickKind::kExFat ? TSK_FS_TYPE_EXFAT : TSK_FS_TYPE_EXT_DETECT;
}

class Listing {
 public:
  Listing(Medium& medium, StickReport& report) : medium_(medium), report_(report) {}

  // What is hostile ends it, and stands in the report.
  void run() {
    auto* const behind = static_cast<MediumImage*>(std::calloc(1, sizeof(MediumImage)));
    if (behind == nullptr) return unreadable();
    behind->medium = &medium_;
    const OpenImage image(tsk_img_open_external(behind, static_cast<TSK_OFF_T>(medium_.bytes), kSectorBytes,
                                                &image_read, &image_close, &image_stat),
                          &tsk_img_close);
    if (!image) return unreadable();
    const OpenSystem system(
        tsk_fs_open_img(image.get(), static_cast<TSK_OFF_T>(report_.offset), tsk_type(report_.kind)), &tsk_fs_close);
    if (!system) return unreadable();
    const std::optional<TSK_INUM_T> ours = look_into(system.get(), system->root_inum, StickEntry::Where::kRoot);
    if (ours && !ended()) look_into(system.get(), *ours, StickEntry::Where::kOurs);
  }

 private:
  [[nodiscard]] bool ended() const { return report_.why != StickWhy::kNothing; }
  void end(StickVerdict verdict, StickWhy why) {
    if (ended()) return;
    report_.verdict = verdict;
    report_.why = why;
  }
  void unreadable() {
    if (medium_.too_much) return end(StickVerdict::kHostile, StickWhy::kTakesTooMuch);
    end(StickVerdict::kUnreadable, medium_.fails ? StickWhy::kMediumFails : StickWhy::kReaderFailed);
  }

  // The inode of a folder "mimika" in it.
  std::optional<TSK_INUM_T> look_into(TSK_FS_INFO* system, TSK_INUM_T inode, StickEntry::Where where) {
    const OpenFile itself(tsk_fs_file_open_meta(system, nullptr, inode), &tsk_fs_file_close);
    // Sleuth Kit keeps a whole folder in memory.
    if (itself && itself->meta != nullptr &&
        static_cast<std::uint64_t>(itself->meta->size) > limits::kStickFolderBytes) {
      end(StickVerdict::kHostile, StickWhy::kTooManyEntries);
      return std::nullopt;
    }
    const OpenFolder folder(tsk_fs_dir_open_meta(system, inode), &tsk_fs_dir_close);
    if (!folder) {
      unreadable();
      return std::nullopt;
    }
    std::optional<TSK_INUM_T> ours;
    const std::size_t count = tsk_fs_dir_getsize(folder.get());
    std::size_t seen = 0;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const TSK_FS_NAME* const name = tsk_fs_dir_get_name(folder.get(), i);
      if (name == nullptr || is_passed_over(*name)) continue;
      if (++seen > limits::kStickFolderEntries) {
        end(StickVerdict::kHostile, StickWhy::kTooManyEntries);
        return std::nullopt;
      }
      ++report_.entries_seen;
      StickEntry entry = entry_of(system, *name);
      entry.where = where;
      if (!is_harmless_name(entry.name)) ++report_.strange_names;
      const bool is_ours =
          where == StickEntry::Where::kRoot && entry.type == StickEntry::Type::kFolder && entry.name == kOurFolder;
      if (is_ours) ours = name->meta_addr;
      if (shown < limits::kStickEntriesShown) {
        report_.entries.push_back(std::move(entry));
        ++shown;
      }
    }
    return ours;
  }

  // Names that were deleted, and those Sleuth Kit makes itself for the tables of the file system.
  static bool is_passed_over(const TSK_FS_NAME& name) {
    if ((name.flags & TSK_FS_NAME_FLAG_ALLOC) == 0 || name.name == nullptr) return true;
    if (name.type == TSK_FS_NAME_TYPE_VIRT || name.type == TSK_FS_NAME_TYPE_VIRT_DIR) return true;
    const std::string_view text(name.name, ::strnlen(name.name, name.name_size));
    return text.empty() || text == "." || text == ".." || text.starts_with("$ALLOC_BITMAP") ||
           text.starts_with("$UPCASE_TABLE") || text.ends_with("(Volume Label Entry)");
  }

  static StickEntry entry_of(TSK_FS_INFO* system, const TSK_FS_NAME& name) {
    StickEntry entry;
    entry.name.assign(name.name, ::strnlen(name.name, name.name_size));
    entry.type = StickEntry::Type::kSpecial;
    const OpenFile file(tsk_fs_file_open_meta(system, nullptr, name.meta_addr), &tsk_fs_file_close);
    if (!file || file->meta == nullptr) return entry;
    if (file->meta->size > 0) entry.bytes = static_cast<std::uint64_t>(file->meta->size);
    if (file->meta->type == TSK_FS_META_TYPE_REG) entry.type = StickEntry::Type::kFile;
    if (file->meta->type == TSK_FS_META_TYPE_DIR) entry.type = StickEntry::Type::kFolder;
    if (file->meta->type == TSK_FS_META_TYPE_LNK) entry.type = StickEntry::Type::kLink;
    return entry;
  }

  Medium& medium_;
  StickReport& report_;
};

void judge(StickReport& report) {
  if (report.why != StickWhy::kNothing) return;
  const auto end = [&](StickVerdict verdict, StickWhy why) {
    report.verdict = verdict;
    report.why = why;
  };
  if (report.strange_names > 0) return end(StickVerdict::kHostile, StickWhy::kStrangeNames);
  if (report.errors) return end(StickVerdict::kNeedsRepair, StickWhy::kHasErrors);
  if (report.read_only) return end(StickVerdict::kReadOnly, StickWhy::kNothing);
  if (report.free_bytes && *report.free_bytes < limits::kStickFreeLeast) {
    return end(StickVerdict::kFull, StickWhy::kNothing);
  }
  if (report.dirty) return end(StickVerdict::kNeedsRepair, StickWhy::kWasPulled);
  report.verdict = StickVerdict::kUsable;
}

// The one place that holds a file system, or why there is none to take.
Found find_place(const Medium& medium, StickReport& report, std::uint64_t& place_bytes) {
  place_bytes = medium.bytes;
  Found whole = look_at_place(medium, 0, medium.bytes);
  if (whole.kind != StickKind::kNone) return whole;
  Found chosen;
  for (const Place& place : partitions_of(medium, report.table)) {
    const std::uint64_t bytes = std::min(place.bytes, medium.bytes - place.offset);
    Found found = look_at_place(medium, place.offset, bytes);
    if (found.kind == StickKind::kNone) continue;
    if (chosen.kind != StickKind::kNone) {
      report.verdict = StickVerdict::kForeign;
      report.why = StickWhy::kSeveralPartitions;
      return chosen;
    }
    chosen = std::move(found);
    report.partition = place.number;
    report.offset = place.offset;
    place_bytes = bytes;
  }
  return chosen;
}

}  // namespace

StickReport probe_stick(int descriptor, std::uint64_t medium_bytes, bool read_only) {
  StickReport report;
  report.medium_bytes = medium_bytes;
  report.read_only = read_only;
  Medium medium;
  medium.descriptor = descriptor;
  medium.bytes = medium_bytes;
  // blkid calls a medium that cannot be read one without a file system.
  char first[kSectorBytes];
  medium.read(0, first, sizeof first);
  if (medium.fails) {
    report.why = StickWhy::kMediumFails;
    return report;
  }
  std::uint64_t place_bytes = 0;
  const Found found = find_place(medium, report, place_bytes);
  report.kind = found.kind;
  report.file_system = found.type;
  report.label = found.label;
  if (report.why != StickWhy::kNothing) return report;
  if (found.kind == StickKind::kNone) {
    report.verdict = StickVerdict::kEmpty;
    return report;
  }
  if (found.kind == StickKind::kOther || found.kind == StickKind::kEncrypted) {
    report.verdict = StickVerdict::kForeign;
    report.why = found.kind == StickKind::kEncrypted ? StickWhy::kEncryptedMedium
                 : found.ambiguous                   ? StickWhy::kAmbiguous
                                                     : StickWhy::kOtherFileSystem;
    return report;
  }
  const auto superblock = read_superblock(found.kind, [&](std::uint64_t offset, std::size_t count) {
    Bytes bytes(count);
    bytes.resize(medium.read(report.offset + offset, reinterpret_cast<char*>(bytes.data()), count));
    return bytes;
  });
  if (!superblock) {
    report.why = medium.fails ? StickWhy::kMediumFails : StickWhy::kReaderFailed;
    return report;
  }
  report.bytes = superblock->bytes;
  report.free_bytes = superblock->free_bytes;
  report.dirty = superblock->dirty;
  report.errors = superblock->errors;
  report.read_only = report.read_only || superblock->read_only;
  if (report.bytes > place_bytes) {
    report.verdict = StickVerdict::kHostile;
    report.why = StickWhy::kLargerThanMedium;
    return report;
  }
  Listing(medium, report).run();
  judge(report);
  return report;
}

}  // namespace mimika::device
