// Pictures of people in memory: pixels that are overwritten when they are dropped, and how they are made smaller.
#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "kiosk/base/bytes.h"
#include "kiosk/base/wipe.h"

namespace mimika::device {

// Bytes with an owner, overwritten when it lets them go.
class WipedBytes {
 public:
  WipedBytes() = default;
  explicit WipedBytes(std::size_t size) : bytes_(size) {}
  explicit WipedBytes(Bytes bytes) : bytes_(std::move(bytes)) {}
  WipedBytes(WipedBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  WipedBytes& operator=(WipedBytes&& other) noexcept {
    if (this != &other) {
      wipe(bytes_);
      bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
  }
  WipedBytes(const WipedBytes&) = delete;
  WipedBytes& operator=(const WipedBytes&) = delete;
  ~WipedBytes() { wipe(bytes_); }

  [[nodiscard]] std::uint8_t* data() { return bytes_.data(); }
  [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] ByteView view() const { return bytes_; }
  [[nodiscard]] std::span<std::uint8_t> span() { return bytes_; }
  // Forgets what stands behind the first `size` bytes.
  void shorten(std::size_t size);

 private:
  Bytes bytes_;
};

struct PixelSize {
  int width = 0;
  int height = 0;
  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
  friend bool operator==(const PixelSize&, const PixelSize&) = default;
};

// Rows from the top, no padding. RGBA: four bytes a pixel, opaque. Grey: one.
struct Image {
  PixelSize size;
  WipedBytes rgba;
};
struct GreyImage {
  PixelSize size;
  WipedBytes luma;
};

[[nodiscard]] Image make_image(PixelSize size);
[[nodiscard]] GreyImage make_grey_image(PixelSize size);

// The largest size of the picture's proportions that fits into the box; never larger than the picture, never empty.
[[nodiscard]] PixelSize fit_inside(PixelSize picture, PixelSize box);

// Every pixel becomes the mean of those it covers. `to` must not be larger than the picture, in either direction.
[[nodiscard]] Image scaled_down(const Image& picture, PixelSize to);
[[nodiscard]] GreyImage scaled_down(const GreyImage& picture, PixelSize to);

// 0 (black) to 255, from every eighth pixel of every eighth row.
[[nodiscard]] int mean_luma(const Image& picture);
[[nodiscard]] int mean_luma(const GreyImage& picture);

}  // namespace mimika::device
