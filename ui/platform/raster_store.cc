#include "ui/platform/raster_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"

namespace mimika::ui {
namespace {

namespace fs = std::filesystem;

struct Header {
  char magic[8] = {'M', 'K', 'P', 'I', 'C', '0', '0', '1'};  // counts up when the rasteriser changes
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::uint64_t digest = 0;
};

// Against damage by a disk, not by an enemy: who can write here can replace the drawings as well. FNV-1a over words of
// eight bytes, in four strands, because a picture of the whole screen has four megabytes.
std::uint64_t digest_of(std::span<const std::byte> bytes) {
  constexpr std::uint64_t kOffset = 0xCBF29CE484222325U;
  constexpr std::uint64_t kPrime = 0x100000001B3U;
  constexpr std::size_t kStrands = 4;
  std::array<std::uint64_t, kStrands> strands = {kOffset, kOffset + 1, kOffset + 2, kOffset + 3};
  for (std::size_t at = 0; at < bytes.size(); at += kStrands * sizeof(std::uint64_t)) {
    std::array<std::uint64_t, kStrands> words{};
    std::memcpy(words.data(), bytes.data() + at, std::min(sizeof words, bytes.size() - at));
    for (std::size_t i = 0; i < kStrands; ++i) strands[i] = (strands[i] ^ words[i]) * kPrime;
  }
  std::uint64_t digest = bytes.size();
  for (const std::uint64_t strand : strands) digest = (digest ^ (strand >> 32U) ^ strand) * kPrime;
  return digest;
}

std::size_t count_of(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

}  // namespace

RasterStore::RasterStore(std::string folder) : folder_(std::move(folder)) {
  if (folder_.empty()) return;
  if (const Status made = make_private_folder(folder_); !made) {
    log_info("ui", "drawings are not kept rasterised: {}", made.error().message);
    folder_.clear();
  }
}

bool RasterStore::holds(int width, int height) const {
  return !folder_.empty() && width > 0 && height > 0 && count_of(width, height) >= kLeastPixels;
}

std::string RasterStore::path_of(std::string_view key) const {
  return fmt::format("{}/{:016x}.argb", folder_, digest_of(std::as_bytes(std::span(key))));
}

std::optional<std::vector<std::uint32_t>> RasterStore::find(std::string_view key, int width, int height) const {
  if (!holds(width, height)) return std::nullopt;
  std::ifstream file(path_of(key), std::ios::binary);
  Header header;
  const Header ours;
  if (!file.read(reinterpret_cast<char*>(&header), sizeof header)) return std::nullopt;
  if (std::memcmp(header.magic, ours.magic, sizeof ours.magic) != 0 || header.width != width ||
      header.height != height) {
    return std::nullopt;
  }
  std::vector<std::uint32_t> pixels(count_of(width, height));
  const auto bytes = static_cast<std::streamsize>(pixels.size() * sizeof pixels[0]);
  if (!file.read(reinterpret_cast<char*>(pixels.data()), bytes)) return std::nullopt;
  if (digest_of(std::as_bytes(std::span(pixels))) != header.digest) return std::nullopt;
  return pixels;
}

// Not synced: a file that a power cut leaves empty or torn is found out and made again.
void RasterStore::keep(std::string_view key, int width, int height, std::span<const std::uint32_t> pixels) {
  if (!holds(width, height) || pixels.size() != count_of(width, height)) return;
  if (!make_room(pixels.size_bytes())) return;
  const std::string path = path_of(key);
  const std::string temporary = path + ".new";
  Header header;
  header.width = width;
  header.height = height;
  header.digest = digest_of(std::as_bytes(pixels));
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(&header), sizeof header);
  file.write(reinterpret_cast<const char*>(pixels.data()), static_cast<std::streamsize>(pixels.size_bytes()));
  file.close();
  std::error_code error;
  if (file.good()) fs::rename(temporary, path, error);
  if (!file.good() || error) fs::remove(temporary, error);  // on a full disk it would hold the last of the space
}

// False when there is no room to be made.
bool RasterStore::make_room(std::size_t bytes) {
  std::error_code error;
  const fs::space_info disk = fs::space(folder_, error);
  if (error || disk.available < kLeastFreeBytes || bytes > kMostBytes / 4) return false;
  std::size_t held = 0;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
    std::error_code unknown;
    const std::uintmax_t size = at->file_size(unknown);
    if (unknown) continue;
    held += size;
    files.push_back(at->path());
  }
  if (held + bytes <= kMostBytes) return true;
  for (const fs::path& file : files) fs::remove(file, error);
  return true;
}

}  // namespace mimika::ui
