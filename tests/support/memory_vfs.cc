#include "tests/support/memory_vfs.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

namespace mimika::test {
namespace {

using Content = MemoryVfs::Content;

constexpr std::size_t kSector = 512;
constexpr int kLocks = SQLITE_SHM_NLOCK;

std::uint64_t mixed(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

bool untroubled = false;

struct File {
  bool exists = false;  // for whoever asks now
  bool sure = false;    // also after a power cut
  Content now;
  Content synced;
  std::vector<DiskChange> pending;
  std::optional<Content> earlier;  // a file of the same name whose deletion is not sure yet
  // Locks, as all connections of this process see them.
  int shared = 0;
  const void* reserved = nullptr;
  const void* exclusive = nullptr;
  std::vector<std::unique_ptr<Content>> regions;  // the log's index
  int shm_shared[kLocks] = {};
  const void* shm_exclusive[kLocks] = {};
};

struct Machine : DiskTrouble {
  std::map<std::string, File> files;

  Verdict ask() { return untroubled ? Verdict::kDo : DiskTrouble::ask(); }
  bool read_fails() { return !untroubled && DiskTrouble::read_fails(); }
};

}  // namespace

struct MemoryVfs::Disks {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  std::map<std::string, Machine> machines;
  std::uint64_t random = 0;
};

namespace {

using Disks = MemoryVfs::Disks;

struct Handle {
  sqlite3_file base;
  Machine* machine;  // null for temporary files
  File* file;
  File* own;  // a temporary file, deleted with the handle
  int level;
  unsigned shm_shared;
  unsigned shm_exclusive;
  bool syncs_folder;  // SQLite syncs the folder together with the first sync of a new log or rollback journal
};

Handle* of(sqlite3_file* file) {
  return reinterpret_cast<Handle*>(file);
}
Disks* of(sqlite3_vfs* vfs) {
  return static_cast<Disks*>(vfs->pAppData);
}

std::pair<std::string, std::string> split(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return {path.substr(0, slash), path.substr(slash + 1)};
}

File* find(Disks& disks, const char* path, Machine** machine) {
  const auto [folder, name] = split(path);
  const auto found = disks.machines.find(folder);
  if (found == disks.machines.end()) return nullptr;
  *machine = &found->second;
  const auto file = found->second.files.find(name);
  return file == found->second.files.end() ? nullptr : &file->second;
}

// --- the file's content

int write_through(Handle* mine, const void* data, int amount, sqlite3_int64 offset) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  DiskChange change{static_cast<std::size_t>(offset), Content(bytes, bytes + amount), std::nullopt};
  carry_out(mine->file->now, change);
  if (mine->machine != nullptr) mine->file->pending.push_back(std::move(change));
  return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
  Handle* const mine = of(file);
  if (mine->machine != nullptr && mine->machine->read_fails()) return SQLITE_IOERR_READ;
  const Content& now = mine->file->now;
  const auto at = static_cast<std::size_t>(offset);
  const auto wanted = static_cast<std::size_t>(amount);
  const std::size_t there = at < now.size() ? std::min(wanted, now.size() - at) : 0;
  if (there > 0) std::memcpy(out, now.data() + at, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(out) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 offset) {
  Handle* const mine = of(file);
  if (mine->machine == nullptr) return write_through(mine, data, amount, offset);
  switch (mine->machine->ask()) {
    case Machine::Verdict::kDo:
      return write_through(mine, data, amount, offset);
    case Machine::Verdict::kFull:
      write_through(mine, data, amount / 2, offset);
      return SQLITE_FULL;
    case Machine::Verdict::kCut:  // on its way when the power went
      write_through(mine, data, amount, offset);
      return SQLITE_IOERR_WRITE;
    case Machine::Verdict::kFail:
      break;
  }
  if (!mine->machine->off) write_through(mine, data, amount / 2, offset);
  return SQLITE_IOERR_WRITE;
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  Handle* const mine = of(file);
  DiskChange change{0, {}, static_cast<std::size_t>(size)};
  if (mine->machine == nullptr) {
    carry_out(mine->file->now, change);
    return SQLITE_OK;
  }
  const Machine::Verdict verdict = mine->machine->ask();
  if (verdict == Machine::Verdict::kFail) return SQLITE_IOERR_TRUNCATE;
  carry_out(mine->file->now, change);
  mine->file->pending.push_back(std::move(change));
  return verdict == Machine::Verdict::kCut ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

int file_sync(sqlite3_file* file, int /*flags*/) {
  Handle* const mine = of(file);
  if (mine->machine == nullptr) return SQLITE_OK;
  Machine& machine = *mine->machine;
  File& content = *mine->file;
  const Machine::Verdict verdict = machine.ask();
  if (verdict == Machine::Verdict::kDo) {
    if (machine.lies) return SQLITE_OK;
    for (const DiskChange& change : content.pending) carry_out(content.synced, change);
    content.pending.clear();
    content.earlier.reset();
    if (!content.sure && mine->syncs_folder) {
      for (auto& [name, other] : machine.files) other.earlier.reset();
    }
    content.sure = true;
    return SQLITE_OK;
  }
  // After a failed fsync the pages count as clean: they can be read back, and no later sync will write them.
  if (!machine.off) content.pending.clear();
  return SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(of(file)->file->now.size());
  return SQLITE_OK;
}

// --- locks

void drop_to(Handle* mine, int level) {
  File& file = *mine->file;
  if (level < SQLITE_LOCK_EXCLUSIVE && file.exclusive == mine) file.exclusive = nullptr;
  if (level < SQLITE_LOCK_RESERVED && file.reserved == mine) file.reserved = nullptr;
  if (level < SQLITE_LOCK_SHARED && mine->level >= SQLITE_LOCK_SHARED) --file.shared;
  mine->level = std::min(mine->level, level);
}

int file_lock(sqlite3_file* file, int level) {
  Handle* const mine = of(file);
  File& shared = *mine->file;
  if (mine->level >= level) return SQLITE_OK;
  if (shared.exclusive != nullptr && shared.exclusive != mine) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_SHARED) {
    ++shared.shared;
    mine->level = level;
    return SQLITE_OK;
  }
  if (shared.reserved != nullptr && shared.reserved != mine) return SQLITE_BUSY;
  shared.reserved = mine;
  if (level == SQLITE_LOCK_EXCLUSIVE) {
    if (shared.shared > 1) return SQLITE_BUSY;
    shared.exclusive = mine;
  }
  mine->level = level;
  return SQLITE_OK;
}

int file_unlock(sqlite3_file* file, int level) {
  drop_to(of(file), level);
  return SQLITE_OK;
}

int file_check_lock(sqlite3_file* file, int* out) {
  *out = of(file)->file->reserved != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  auto& regions = of(file)->file->regions;
  const auto index = static_cast<std::size_t>(region);
  *out = nullptr;
  if (index >= regions.size()) {
    if (extend == 0) return SQLITE_OK;
    while (regions.size() <= index) regions.push_back(std::make_unique<Content>(static_cast<std::size_t>(size)));
  }
  *out = regions[index]->data();
  return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  Handle* const mine = of(file);
  File& shared = *mine->file;
  const auto bit = [](int i) { return 1U << static_cast<unsigned>(i); };
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    for (int i = offset; i < offset + count; ++i) {
      if ((mine->shm_shared & bit(i)) != 0) --shared.shm_shared[i];
      if (shared.shm_exclusive[i] == mine) shared.shm_exclusive[i] = nullptr;
      mine->shm_shared &= ~bit(i);
      mine->shm_exclusive &= ~bit(i);
    }
    return SQLITE_OK;
  }
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int i = offset; i < offset + count; ++i) {
    if (shared.shm_exclusive[i] != nullptr && shared.shm_exclusive[i] != mine) return SQLITE_BUSY;
    const int others = shared.shm_shared[i] - ((mine->shm_shared & bit(i)) != 0 ? 1 : 0);
    if (exclusive && others > 0) return SQLITE_BUSY;
  }
  for (int i = offset; i < offset + count; ++i) {
    if (exclusive) {
      shared.shm_exclusive[i] = mine;
      mine->shm_exclusive |= bit(i);
    } else if ((mine->shm_shared & bit(i)) == 0) {
      ++shared.shm_shared[i];
      mine->shm_shared |= bit(i);
    }
  }
  return SQLITE_OK;
}

void shm_barrier(sqlite3_file* /*file*/) {}

int shm_unmap(sqlite3_file* file, int remove) {
  shm_lock(file, 0, kLocks, SQLITE_SHM_UNLOCK);
  if (remove != 0) of(file)->file->regions.clear();
  return SQLITE_OK;
}

int file_close(sqlite3_file* file) {
  Handle* const mine = of(file);
  shm_lock(file, 0, kLocks, SQLITE_SHM_UNLOCK);
  drop_to(mine, SQLITE_LOCK_NONE);
  delete mine->own;
  return SQLITE_OK;
}

int file_control(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file* /*file*/) {
  return 4096;
}
int characteristics(sqlite3_file* /*file*/) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;  // as SQLite's own for Linux says
}

sqlite3_io_methods make_methods() {
  sqlite3_io_methods methods{};
  methods.iVersion = 2;
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
  methods.xSectorSize = sector_size;
  methods.xDeviceCharacteristics = characteristics;
  methods.xShmMap = shm_map;
  methods.xShmLock = shm_lock;
  methods.xShmBarrier = shm_barrier;
  methods.xShmUnmap = shm_unmap;
  return methods;
}

const sqlite3_io_methods kMethods = make_methods();

// --- the folder

int vfs_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  Disks& disks = *of(vfs);
  auto* const mine = new (file) Handle{};
  if (out_flags != nullptr) *out_flags = flags;
  if (name == nullptr) {
    mine->own = new File;
    mine->file = mine->own;
    mine->base.pMethods = &kMethods;
    return SQLITE_OK;
  }
  const auto [folder, inside] = split(name);
  Machine& machine = disks.machines[folder];
  const auto found = machine.files.find(inside);
  const bool there = found != machine.files.end() && found->second.exists;
  if (!there && ((flags & SQLITE_OPEN_CREATE) == 0 || machine.off)) return SQLITE_CANTOPEN;
  mine->machine = &machine;
  mine->file = &machine.files[inside];
  mine->file->exists = true;
  mine->syncs_folder = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  mine->base.pMethods = &kMethods;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  Machine* machine = nullptr;
  File* const file = find(*of(vfs), name, &machine);
  if (file == nullptr || !file->exists) return SQLITE_IOERR_DELETE_NOENT;
  const Machine::Verdict verdict = machine->ask();
  if (verdict == Machine::Verdict::kFail || verdict == Machine::Verdict::kCut) return SQLITE_IOERR_DELETE;
  if (sync_folder == 0 && file->sure && !file->earlier) file->earlier = std::move(file->synced);
  if (sync_folder != 0) file->earlier.reset();
  file->exists = false;
  file->sure = false;
  file->now.clear();
  file->synced.clear();
  file->pending.clear();
  return SQLITE_OK;
}

int vfs_access(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* out) {
  Machine* machine = nullptr;
  const File* const file = find(*of(vfs), name, &machine);
  *out = file != nullptr && file->exists ? 1 : 0;
  return SQLITE_OK;
}

int vfs_full_name(sqlite3_vfs* /*vfs*/, const char* name, int size, char* out) {
  if (static_cast<int>(std::strlen(name)) >= size) return SQLITE_CANTOPEN;
  std::strcpy(out, name);
  return SQLITE_OK;
}

int vfs_random(sqlite3_vfs* vfs, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(mixed(of(vfs)->random) >> 56);
  return size;
}

int vfs_time(sqlite3_vfs* /*vfs*/, sqlite3_int64* out) {
  *out = 210866760000000 + 1'795'500'000'000;  // the Julian day SQLite counts from, in milliseconds; nobody reads it
  return SQLITE_OK;
}

}  // namespace

MemoryVfs::Untroubled::Untroubled() : before_(untroubled) {
  untroubled = true;
}
MemoryVfs::Untroubled::~Untroubled() {
  untroubled = before_;
}

MemoryVfs::MemoryVfs(std::uint64_t seed) : disks_(std::make_unique<Disks>()) {
  disks_->real = sqlite3_vfs_find(nullptr);
  disks_->random = seed;
  sqlite3_vfs& vfs = disks_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = static_cast<int>(sizeof(Handle));
  vfs.mxPathname = 512;
  vfs.zName = "mimika-memory";
  vfs.pAppData = disks_.get();
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  vfs.xFullPathname = vfs_full_name;
  vfs.xRandomness = vfs_random;
  vfs.xSleep = [](sqlite3_vfs*, int) { return 0; };
  vfs.xGetLastError = [](sqlite3_vfs*, int, char*) { return 0; };
  vfs.xCurrentTimeInt64 = vfs_time;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) std::abort();
  sqlite3_randomness(0, nullptr);  // SQLite's own generator begins again, from our seed
}

MemoryVfs::~MemoryVfs() {
  sqlite3_vfs_unregister(&disks_->vfs);
  sqlite3_vfs_register(disks_->real, 1);
  sqlite3_randomness(0, nullptr);
}

void MemoryVfs::fail_at(const std::string& folder, std::uint64_t nth, Fault fault) {
  disks_->machines[folder].fail_at(nth, fault);
}

void MemoryVfs::clear(const std::string& folder) {
  disks_->machines[folder].clear();
}

void MemoryVfs::stop(const std::string& folder) {
  disks_->machines[folder].off = true;
}
bool MemoryVfs::stopped(const std::string& folder) const {
  return disks_->machines[folder].off;
}
bool MemoryVfs::struck(const std::string& folder) const {
  return disks_->machines[folder].struck;
}
void MemoryVfs::ignore_syncs(const std::string& folder, bool ignore) {
  disks_->machines[folder].lies = ignore;
}

void MemoryVfs::lose_unsynced(const std::string& folder, Unsynced fate, std::uint64_t seed) {
  const auto below = [&seed](std::size_t limit) { return static_cast<std::size_t>(mixed(seed) % limit); };
  const auto keeps = [&] { return fate == Unsynced::kAllKept || (fate == Unsynced::kDiced && below(2) == 0); };
  for (auto& [name, file] : disks_->machines[folder].files) {
    Content content = file.sure ? std::move(file.synced) : Content();
    bool exists = file.sure;
    if (file.earlier && !keeps()) {
      content = std::move(*file.earlier);  // neither the deletion nor what came after it reached the disk
      exists = true;
    } else {
      for (DiskChange& change : file.pending) {
        if (!keeps()) continue;
        exists = true;
        if (fate == Unsynced::kDiced && change.bytes.size() > kSector && below(4) == 0) {
          change.bytes.resize(kSector * (1 + below(change.bytes.size() / kSector)));  // torn
        }
        carry_out(content, change);
      }
    }
    file = File();
    file.exists = exists;
    file.sure = exists;
    file.synced = content;
    file.now = std::move(content);
  }
}

MemoryVfs::Image MemoryVfs::image(const std::string& folder) const {
  Image out;
  for (const auto& [name, file] : disks_->machines[folder].files) {
    if (file.exists) out.emplace(name, file.now);
  }
  return out;
}

void MemoryVfs::restore(const std::string& folder, const Image& image) {
  auto& files = disks_->machines[folder].files;
  files.clear();
  for (const auto& [name, content] : image) {
    File& file = files[name];
    file.exists = true;
    file.sure = true;
    file.now = content;
    file.synced = content;
  }
}

}  // namespace mimika::test
