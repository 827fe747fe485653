#include "tests/support/fault_vfs.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <optional>
#include <vector>

namespace mimika::test {
namespace {

namespace fs = std::filesystem;
using Content = std::vector<std::uint8_t>;

constexpr std::size_t kSector = 512;

Content read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return Content(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

void write_whole(const std::string& path, const Content& content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
}

// One file: what the disk surely holds, and what it may hold besides.
struct Tracked {
  bool exists = false;  // surely
  Content synced;
  std::vector<DiskChange> pending;
  std::optional<Content> earlier;  // a file of the same name whose deletion is not sure yet
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  std::uint64_t below(std::uint64_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ % limit;
  }

 private:
  std::uint64_t state_;
};

}  // namespace

struct FaultVfs::Disk : DiskTrouble {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  std::map<std::string, Tracked> files;
};

namespace {

using Disk = FaultVfs::Disk;

struct FaultFile {
  sqlite3_file base;
  Disk* disk;
  std::string* name;  // null for temporary files, which nobody misses
  bool syncs_folder;  // SQLite syncs the folder together with the first sync of a new log or rollback journal
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  Tracked* tracked() { return name == nullptr ? nullptr : &disk->files[*name]; }
};

FaultFile* of(sqlite3_file* file) {
  return reinterpret_cast<FaultFile*>(file);
}
Disk* of(sqlite3_vfs* vfs) {
  return static_cast<Disk*>(vfs->pAppData);
}

int file_close(sqlite3_file* file) {
  FaultFile* const mine = of(file);
  const int result = mine->real()->pMethods->xClose(mine->real());
  delete mine->name;
  return result;
}

int file_read(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
  FaultFile* const mine = of(file);
  if (mine->disk->read_fails()) return SQLITE_IOERR_READ;
  return mine->real()->pMethods->xRead(mine->real(), out, amount, offset);
}

int write_through(FaultFile* mine, const void* data, int amount, sqlite3_int64 offset) {
  const int result = mine->real()->pMethods->xWrite(mine->real(), data, amount, offset);
  if (result == SQLITE_OK && mine->name != nullptr) {
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    mine->tracked()->pending.push_back(
        DiskChange{static_cast<std::size_t>(offset), Content(bytes, bytes + amount), std::nullopt});
  }
  return result;
}

int file_write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 offset) {
  FaultFile* const mine = of(file);
  switch (mine->disk->ask()) {
    case Disk::Verdict::kDo:
      return write_through(mine, data, amount, offset);
    case Disk::Verdict::kFull:
      static_cast<void>(write_through(mine, data, amount / 2, offset));
      return SQLITE_FULL;
    case Disk::Verdict::kCut:  // on its way when the power went
      static_cast<void>(write_through(mine, data, amount, offset));
      return SQLITE_IOERR_WRITE;
    case Disk::Verdict::kFail:
      break;
  }
  if (!mine->disk->off) static_cast<void>(write_through(mine, data, amount / 2, offset));
  return SQLITE_IOERR_WRITE;
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  FaultFile* const mine = of(file);
  const Disk::Verdict verdict = mine->disk->ask();
  if (verdict == Disk::Verdict::kFail) return SQLITE_IOERR_TRUNCATE;
  const int result = mine->real()->pMethods->xTruncate(mine->real(), size);  // takes no space, also on a full disk
  if (result == SQLITE_OK && mine->name != nullptr) {
    mine->tracked()->pending.push_back(DiskChange{0, Content(), static_cast<std::size_t>(size)});
  }
  return verdict == Disk::Verdict::kCut ? SQLITE_IOERR_TRUNCATE : result;
}

int file_sync(sqlite3_file* file, int /*flags*/) {
  FaultFile* const mine = of(file);
  const Disk::Verdict verdict = mine->disk->ask();
  Tracked* const tracked = mine->tracked();
  if (verdict == Disk::Verdict::kDo) {
    if (mine->disk->lies) return SQLITE_OK;
    if (tracked != nullptr) {
      for (const DiskChange& change : tracked->pending) carry_out(tracked->synced, change);
      tracked->pending.clear();
      tracked->earlier.reset();
      // With the folder, every deletion in it is sure. (All files of a test lie in one.)
      if (!tracked->exists && mine->syncs_folder) {
        for (auto& [name, other] : mine->disk->files) other.earlier.reset();
      }
      tracked->exists = true;
    }
    return SQLITE_OK;
  }
  // A failed fsync is worse than none: the kernel may forget that these pages were ever dirty. They can be read back,
  // and no later sync will write them.
  if (!mine->disk->off && tracked != nullptr) tracked->pending.clear();
  return SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
}
int file_lock(sqlite3_file* file, int level) {
  return of(file)->real()->pMethods->xLock(of(file)->real(), level);
}
int file_unlock(sqlite3_file* file, int level) {
  return of(file)->real()->pMethods->xUnlock(of(file)->real(), level);
}
int file_check_lock(sqlite3_file* file, int* out) {
  return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), out);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
  return of(file)->real()->pMethods->xFileControl(of(file)->real(), operation, argument);
}
int file_sector_size(sqlite3_file* file) {
  return of(file)->real()->pMethods->xSectorSize(of(file)->real());
}
int file_characteristics(sqlite3_file* file) {
  return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real());
}
int file_shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  return of(file)->real()->pMethods->xShmMap(of(file)->real(), region, size, extend, out);
}
int file_shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return of(file)->real()->pMethods->xShmLock(of(file)->real(), offset, count, flags);
}
void file_shm_barrier(sqlite3_file* file) {
  of(file)->real()->pMethods->xShmBarrier(of(file)->real());
}
int file_shm_unmap(sqlite3_file* file, int remove) {
  return of(file)->real()->pMethods->xShmUnmap(of(file)->real(), remove);
}

sqlite3_io_methods make_methods() {
  sqlite3_io_methods methods{};
  methods.iVersion = 2;  // no memory-mapped reading: it would pass us by
  methods.xClose = file_close;
  methods.xRead = file_read;
  methods.xWrite = file_write;
  methods.xTruncate = file_truncate;
  methods.xSync = file_sync;
  methods.xFileSize = file_size;
  methods.xLock = file_lock;
  methods.xUnlock = file_unlock;
  methods.xCheckReservedLock = file_check_lock;
  methods.xFileControl = file_control;
  methods.xSectorSize = file_sector_size;
  methods.xDeviceCharacteristics = file_characteristics;
  methods.xShmMap = file_shm_map;
  methods.xShmLock = file_shm_lock;
  methods.xShmBarrier = file_shm_barrier;
  methods.xShmUnmap = file_shm_unmap;
  return methods;
}

const sqlite3_io_methods kMethods = make_methods();

int vfs_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  Disk& disk = *of(vfs);
  auto* const mine = reinterpret_cast<FaultFile*>(file);
  mine->base.pMethods = nullptr;
  mine->disk = &disk;
  mine->name = nullptr;
  mine->syncs_folder = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  const bool there = name != nullptr && fs::exists(name);
  if (disk.off && !there) return SQLITE_CANTOPEN;
  const int result = disk.real->xOpen(disk.real, name, mine->real(), flags, out_flags);
  if (result != SQLITE_OK) return result;
  mine->base.pMethods = &kMethods;
  if (name != nullptr) {
    mine->name = new std::string(name);
    if (!disk.files.contains(name)) {
      Tracked tracked;
      tracked.exists = there;
      if (there) tracked.synced = read_whole(name);
      disk.files.emplace(name, std::move(tracked));
    }
  }
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  Disk& disk = *of(vfs);
  const Disk::Verdict verdict = disk.ask();
  if (verdict == Disk::Verdict::kFail || verdict == Disk::Verdict::kCut) return SQLITE_IOERR_DELETE;
  const int result = disk.real->xDelete(disk.real, name, sync_folder);
  const auto found = disk.files.find(name);
  if (result == SQLITE_OK && found != disk.files.end()) {
    Tracked gone;
    if (sync_folder == 0 && found->second.exists) gone.earlier = found->second.synced;
    found->second = std::move(gone);
  }
  return result;
}

}  // namespace

FaultVfs::FaultVfs() : disk_(std::make_unique<Disk>()) {
  disk_->real = sqlite3_vfs_find(nullptr);
  disk_->vfs = *disk_->real;
  disk_->vfs.pNext = nullptr;
  disk_->vfs.zName = "mimika-fault";
  disk_->vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + disk_->real->szOsFile;
  disk_->vfs.xOpen = vfs_open;
  disk_->vfs.xDelete = vfs_delete;
  // The other functions of the real one use its own private data, which is why they get it back.
  disk_->vfs.xAccess = [](sqlite3_vfs* vfs, const char* name, int flags, int* out) {
    return of(vfs)->real->xAccess(of(vfs)->real, name, flags, out);
  };
  disk_->vfs.xFullPathname = [](sqlite3_vfs* vfs, const char* name, int size, char* out) {
    return of(vfs)->real->xFullPathname(of(vfs)->real, name, size, out);
  };
  disk_->vfs.pAppData = disk_.get();
  if (sqlite3_vfs_register(&disk_->vfs, 1) != SQLITE_OK) std::abort();
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(&disk_->vfs);
  sqlite3_vfs_register(disk_->real, 1);
}

void FaultVfs::fail_at(std::uint64_t nth, Fault fault) {
  disk_->fail_at(nth, fault);
}

void FaultVfs::clear() {
  disk_->clear();
}

void FaultVfs::ignore_syncs(bool ignore) {
  disk_->lies = ignore;
}

std::uint64_t FaultVfs::writes() const {
  return disk_->writes;
}
std::uint64_t FaultVfs::reads() const {
  return disk_->reads;
}
bool FaultVfs::struck() const {
  return disk_->struck;
}
bool FaultVfs::powered_off() const {
  return disk_->off;
}

void FaultVfs::lose_unsynced(Unsynced fate, std::uint64_t seed) {
  Dice dice(seed);
  const auto keeps = [&] { return fate == Unsynced::kAllKept || (fate == Unsynced::kDiced && dice.below(2) == 0); };
  for (auto& [name, file] : disk_->files) {
    fs::remove(name + "-shm");
    if (file.earlier && !keeps()) {
      write_whole(name, *file.earlier);  // neither the deletion nor what came after it reached the disk
      continue;
    }
    Content content = file.synced;
    bool exists = file.exists;
    for (DiskChange& change : file.pending) {
      if (!keeps()) continue;
      exists = true;
      if (fate == Unsynced::kDiced && change.bytes.size() > kSector && dice.below(4) == 0) {
        change.bytes.resize(kSector * (1 + dice.below(change.bytes.size() / kSector)));  // torn
      }
      carry_out(content, change);
    }
    if (exists) {
      write_whole(name, content);
    } else {
      fs::remove(name);
    }
  }
  disk_->files.clear();
}

}  // namespace mimika::test
