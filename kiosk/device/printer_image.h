// A page or a part of it as dots that are black or white. It may show a person's receipt code, so its memory is
// overwritten when it goes, and it is moved rather than copied.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "kiosk/base/wipe.h"

namespace mimika::device {

class BitImage {
 public:
  BitImage() = default;
  BitImage(int width, int height)
      : width_(width),
        height_(height),
        stride_((static_cast<std::size_t>(width) + 7) / 8),
        bits_(stride_ * static_cast<std::size_t>(height)) {}
  BitImage(BitImage&& other) noexcept
      : width_(std::exchange(other.width_, 0)),
        height_(std::exchange(other.height_, 0)),
        stride_(std::exchange(other.stride_, 0)),
        bits_(std::move(other.bits_)) {}
  BitImage& operator=(BitImage&& other) noexcept {
    std::swap(width_, other.width_);
    std::swap(height_, other.height_);
    std::swap(stride_, other.stride_);
    std::swap(bits_, other.bits_);
    return *this;
  }
  BitImage(const BitImage&) = delete;
  BitImage& operator=(const BitImage&) = delete;
  ~BitImage() { wipe(bits_); }

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] std::size_t row_bytes() const { return stride_; }
  // The leftmost dot is the highest bit of the first byte; 1 is black; what stands over the width is 0.
  [[nodiscard]] std::span<const std::uint8_t> row(int y) const {
    return std::span(bits_).subspan(stride_ * static_cast<std::size_t>(y), stride_);
  }
  [[nodiscard]] bool black(int x, int y) const {
    return inside(x, y) && (row(y)[static_cast<std::size_t>(x) / 8] & mask(x)) != 0;
  }
  // Dots outside are dropped: a shape may stand over the edge.
  void set(int x, int y, bool to_black = true) {
    if (!inside(x, y)) return;
    std::uint8_t& byte = bits_[stride_ * static_cast<std::size_t>(y) + static_cast<std::size_t>(x) / 8];
    byte = static_cast<std::uint8_t>(to_black ? byte | mask(x) : byte & ~mask(x));
  }
  // The same dots, in another height.
  void resize_height(int height) {
    BitImage other(width_, height);
    std::copy_n(bits_.begin(), std::min(bits_.size(), other.bits_.size()), other.bits_.begin());
    *this = std::move(other);
  }
  void draw(const BitImage& image, int left, int top) {
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        if (image.black(x, y)) set(left + x, top + y);
      }
    }
  }

 private:
  [[nodiscard]] bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < width_ && y < height_; }
  [[nodiscard]] static std::uint8_t mask(int x) { return static_cast<std::uint8_t>(0x80U >> (unsigned(x) & 7U)); }

  int width_ = 0;
  int height_ = 0;
  std::size_t stride_ = 0;
  std::vector<std::uint8_t> bits_;
};

}  // namespace mimika::device
