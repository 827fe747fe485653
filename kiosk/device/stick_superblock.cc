#include "kiosk/device/stick_superblock.h"

#include <bit>

namespace mimika::device {
namespace {

constexpr std::size_t kSector = 512;

// Little-endian numbers at fixed places; what lies beyond the end is 0.
class Fields {
 public:
  explicit Fields(Bytes bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::uint64_t at(std::size_t offset, std::size_t width) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width && offset + i < bytes_.size(); ++i) {
      value |= std::uint64_t{bytes_[offset + i]} << (8 * i);
    }
    return value;
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  Bytes bytes_;
};

std::uint64_t count_free_fat16(const ReadAt& read, std::uint64_t fat_at, std::uint64_t clusters) {
  const Fields fat(read(fat_at, static_cast<std::size_t>(2 * (clusters + 2))));
  std::uint64_t free = 0;
  for (std::uint64_t i = 2; i < clusters + 2; ++i) {
    if (2 * i + 1 < fat.size() && fat.at(static_cast<std::size_t>(2 * i), 2) == 0) ++free;
  }
  return free;
}

std::optional<Superblock> read_fat(const ReadAt& read) {
  constexpr std::uint64_t kFat12Clusters = 4085;
  constexpr std::uint64_t kFat16Clusters = 65'525;
  const Fields boot(read(0, kSector));
  const std::uint64_t sector = boot.at(11, 2);
  const std::uint64_t per_cluster = boot.at(13, 1);
  const std::uint64_t reserved = boot.at(14, 2);
  const std::uint64_t fats = boot.at(16, 1);
  const std::uint64_t root_entries = boot.at(17, 2);
  const std::uint64_t sectors = boot.at(19, 2) != 0 ? boot.at(19, 2) : boot.at(32, 4);
  const std::uint64_t fat_sectors = boot.at(22, 2) != 0 ? boot.at(22, 2) : boot.at(36, 4);
  if (sector < kSector || sector > 4096 || !std::has_single_bit(sector) || !std::has_single_bit(per_cluster)) return {};
  const std::uint64_t before = reserved + fats * fat_sectors + (root_entries * 32 + sector - 1) / sector;
  if (fats == 0 || reserved == 0 || before >= sectors) return {};
  const std::uint64_t clusters = (sectors - before) / per_cluster;
  Superblock found;
  found.bytes = sectors * sector;
  if (clusters < kFat12Clusters) return found;
  if (clusters < kFat16Clusters) {
    const Fields fat(read(reserved * sector, 4));
    found.dirty = (boot.at(37, 1) & 1U) != 0 || (fat.at(2, 2) & 0x8000U) == 0;
    found.errors = (boot.at(37, 1) & 2U) != 0 || (fat.at(2, 2) & 0x4000U) == 0;
    found.free_bytes = count_free_fat16(read, reserved * sector, clusters) * per_cluster * sector;
    return found;
  }
  const Fields fat(read(reserved * sector, 8));
  found.dirty = (boot.at(65, 1) & 1U) != 0 || (fat.at(4, 4) & 0x0800'0000U) == 0;
  found.errors = (boot.at(65, 1) & 2U) != 0 || (fat.at(4, 4) & 0x0400'0000U) == 0;
  const Fields info(read(boot.at(48, 2) * sector, kSector));
  const std::uint64_t free = info.at(488, 4);
  const bool known = info.at(0, 4) == 0x4161'5252U && info.at(484, 4) == 0x6141'7272U && free <= clusters;
  if (known) found.free_bytes = free * per_cluster * sector;
  return found;
}

std::optional<Superblock> read_exfat(const ReadAt& read) {
  const Fields boot(read(0, kSector));
  const std::uint64_t sector_shift = boot.at(108, 1);
  const std::uint64_t cluster_shift = boot.at(109, 1);
  const std::uint64_t sectors = boot.at(72, 8);
  const std::uint64_t clusters = boot.at(92, 4);
  const std::uint64_t in_use = boot.at(112, 1);  // a percentage; 255: not known
  if (sector_shift < 9 || sector_shift > 12 || sector_shift + cluster_shift > 25) return {};
  if (sectors > (std::uint64_t{1} << (63 - sector_shift))) return {};
  Superblock found;
  found.bytes = sectors << sector_shift;
  if (clusters > sectors) return {};
  // Rounded down to a hundredth, and many a system never writes it: no more than a hint.
  if (in_use <= 100) found.free_bytes = (clusters << (sector_shift + cluster_shift)) / 100 * (100 - in_use);
  found.dirty = (boot.at(106, 2) & 2U) != 0;
  found.errors = (boot.at(106, 2) & 4U) != 0;
  return found;
}

std::optional<Superblock> read_ext4(const ReadAt& read) {
  constexpr std::uint64_t kNeedsRecovery = 0x4;
  constexpr std::uint64_t k64Bit = 0x80;
  constexpr std::uint64_t kReadOnlyFeature = 0x1000;
  const Fields super(read(1024, 1024));
  const std::uint64_t shift = super.at(24, 4);
  if (super.at(56, 2) != 0xEF53U || shift > 6) return {};
  const std::uint64_t block = std::uint64_t{1024} << shift;
  const std::uint64_t incompatible = super.at(96, 4);
  const std::uint64_t high = (incompatible & k64Bit) != 0 ? super.at(0x150, 4) << 32 : 0;
  const std::uint64_t free_high = (incompatible & k64Bit) != 0 ? super.at(0x158, 4) << 32 : 0;
  const std::uint64_t blocks = super.at(4, 4) | high;
  const std::uint64_t free = super.at(12, 4) | free_high;
  if (blocks > (std::uint64_t{1} << 62) / block || free > blocks) return {};
  Superblock found;
  found.bytes = blocks * block;
  found.free_bytes = free * block;
  found.dirty = (super.at(58, 2) & 1U) == 0 || (incompatible & kNeedsRecovery) != 0;
  found.errors = (super.at(58, 2) & 2U) != 0;
  found.read_only = (super.at(100, 4) & kReadOnlyFeature) != 0;
  return found;
}

}  // namespace

std::optional<Superblock> read_superblock(StickKind kind, const ReadAt& read) {
  switch (kind) {
    case StickKind::kFat:
      return read_fat(read);
    case StickKind::kExFat:
      return read_exfat(read);
    case StickKind::kExt4:
      return read_ext4(read);
    default:
      return std::nullopt;
  }
}

}  // namespace mimika::device
