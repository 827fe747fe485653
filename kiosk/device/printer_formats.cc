// The page as PDF and PNG.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "kiosk/device/printer_page.h"

namespace mimika::device {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kInchesPerMetre = 39.3701;

void append_text(Bytes& out, const std::string& text) {
  out.insert(out.end(), text.begin(), text.end());
}

void append_big_endian(Bytes& out, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(value >> unsigned(shift)));
}

std::uint32_t crc32_of(std::span<const std::uint8_t> bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

std::uint32_t adler32_of(std::span<const std::uint8_t> bytes) {
  constexpr std::uint32_t kModulus = 65521;
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const std::uint8_t byte : bytes) {
    a = (a + byte) % kModulus;
    b = (b + a) % kModulus;
  }
  return (b << 16U) | a;
}

void append_chunk(Bytes& out, const char* name, std::span<const std::uint8_t> content) {
  append_big_endian(out, static_cast<std::uint32_t>(content.size()));
  const std::size_t start = out.size();
  append_text(out, name);
  out.insert(out.end(), content.begin(), content.end());
  append_big_endian(out, crc32_of(std::span(out).subspan(start)));
}

// Both formats call a black dot 0.
void append_row(Bytes& out, const BitImage& dots, int y) {
  for (const std::uint8_t byte : dots.row(y)) out.push_back(static_cast<std::uint8_t>(~byte));
}

std::size_t bytes_of(const BitImage& dots) {
  return (dots.row_bytes() + 1) * static_cast<std::size_t>(dots.height());
}

}  // namespace

Bytes page_as_pdf(const BitImage& dots, int dpi) {
  // Never a hair more than the dots: a reader that draws every point that is touched would add a row and a column.
  const auto points_of = [&](int count) { return std::floor(count * kPointsPerInch / dpi * 1e5) / 1e5; };
  const double wide = points_of(dots.width());
  const double high = points_of(dots.height());
  Bytes out;
  out.reserve(bytes_of(dots) + 4096);  // at once: a buffer that grows leaves copies behind
  std::array<std::size_t, 6> at{};
  const auto object = [&](std::size_t number, const std::string& text) {
    at.at(number) = out.size();
    append_text(out, fmt::format("{} 0 obj\n{}", number, text));
  };
  append_text(out, "%PDF-1.4\n");
  object(1, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
  object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
  object(3, fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.5f} {:.5f}] /Contents 4 0 R "
                        "/Resources << /XObject << /Page 5 0 R >> >> >>\nendobj\n",
                        wide, high));
  const std::string drawing = fmt::format("q {:.5f} 0 0 {:.5f} 0 0 cm /Page Do Q", wide, high);
  object(4, fmt::format("<< /Length {} >>\nstream\n{}\nendstream\nendobj\n", drawing.size(), drawing));
  object(5, fmt::format("<< /Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray "
                        "/BitsPerComponent 1 /Length {} >>\nstream\n",
                        dots.width(), dots.height(), dots.row_bytes() * static_cast<std::size_t>(dots.height())));
  for (int y = 0; y < dots.height(); ++y) append_row(out, dots, y);
  append_text(out, "\nendstream\nendobj\n");
  const std::size_t table = out.size();
  append_text(out, "xref\n0 6\n0000000000 65535 f \n");
  for (std::size_t i = 1; i < at.size(); ++i) append_text(out, fmt::format("{:010} 00000 n \n", at.at(i)));
  append_text(out, fmt::format("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", table));
  return out;
}

Bytes page_as_png(const BitImage& dots, int dpi) {
  constexpr std::size_t kStoredBlock = 65535;  // of a zlib stream that is stored, not packed
  Bytes raw;
  raw.reserve(bytes_of(dots));
  for (int y = 0; y < dots.height(); ++y) {
    raw.push_back(0);  // this row has no filter
    append_row(raw, dots, y);
  }
  Bytes packed;
  packed.reserve(raw.size() + raw.size() / kStoredBlock * 5 + 64);
  packed.insert(packed.end(), {0x78, 0x01});
  for (std::size_t from = 0; from < raw.size(); from += kStoredBlock) {
    const auto block = std::span(raw).subspan(from, std::min(kStoredBlock, raw.size() - from));
    const auto size = static_cast<std::uint16_t>(block.size());
    const auto inverse = static_cast<std::uint16_t>(~size);
    packed.push_back(from + block.size() == raw.size() ? 1 : 0);
    for (const std::uint16_t word : {size, inverse}) {
      packed.push_back(static_cast<std::uint8_t>(word & 0xFFU));
      packed.push_back(static_cast<std::uint8_t>(word >> 8U));
    }
    packed.insert(packed.end(), block.begin(), block.end());
  }
  append_big_endian(packed, adler32_of(raw));
  wipe(raw);

  Bytes out = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  out.reserve(packed.size() + 256);
  Bytes header;
  append_big_endian(header, static_cast<std::uint32_t>(dots.width()));
  append_big_endian(header, static_cast<std::uint32_t>(dots.height()));
  header.insert(header.end(), {1, 0, 0, 0, 0});  // one bit of grey, not interlaced
  append_chunk(out, "IHDR", header);
  Bytes density;
  const auto per_metre = static_cast<std::uint32_t>(dpi * kInchesPerMetre + 0.5);
  append_big_endian(density, per_metre);
  append_big_endian(density, per_metre);
  density.push_back(1);  // a metre
  append_chunk(out, "pHYs", density);
  append_chunk(out, "IDAT", packed);
  append_chunk(out, "IEND", {});
  wipe(packed);
  return out;
}

}  // namespace mimika::device
