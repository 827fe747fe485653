// Large drawings, kept rasterised between two starts of the program. A scene that fills the screen takes a third of the
// time to the first frame to rasterise and two milliseconds to read; a kiosk that comes back after a power cut should
// be there at once. Holds nothing but our own drawings. Whatever is wrong with a file here, the drawing is rasterised
// anew.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mimika::ui {

class RasterStore {
 public:
  static constexpr std::size_t kLeastPixels = 32UL * 1024;             // smaller ones are quick to make
  static constexpr std::size_t kLeastFreeBytes = 256UL * 1024 * 1024;  // on the disk: the journal comes first
  static constexpr std::size_t kMostBytes = 48UL * 1024 * 1024;        // of all files; then it starts anew

  // folder: made if missing. Empty, or not to be written in: nothing is kept.
  explicit RasterStore(std::string folder);

  // `key` says everything the pixels depend on. Nothing when it was not kept, or is damaged.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> find(std::string_view key, int width, int height) const;
  void keep(std::string_view key, int width, int height, std::span<const std::uint32_t> pixels);

 private:
  [[nodiscard]] bool holds(int width, int height) const;
  [[nodiscard]] std::string path_of(std::string_view key) const;
  [[nodiscard]] bool make_room(std::size_t bytes);

  std::string folder_;
};

}  // namespace mimika::ui
