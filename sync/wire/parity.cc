#include "sync/wire/parity.h"

#include <isa-l/erasure_code.h>

#include <algorithm>
#include <array>
#include <compare>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/crypto/hash.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kBlockHashBytes = 20;
constexpr std::size_t kTenth = 10;
constexpr std::size_t kLeastParity = 2;     // a file of one block too outlives two bad ones
constexpr std::size_t kDataPerGroup = 200;  // with its parity below 256: the field has no more elements
constexpr std::size_t kTableBytes = 32;     // of ISA-L, for each coefficient
constexpr std::size_t kMostBlocks = limits::kStickFileBytes / kStickBlockBytes;

using Block = std::array<std::uint8_t, kStickPayloadBytes>;

std::size_t divided_up(std::size_t a, std::size_t b) {
  return (a + b - 1) / b;
}

// What is the same in every block of a file.
struct FileHead {
  std::uint8_t kind = 0;
  std::uint32_t bytes = 0;
  crypto::Hash id{};
  friend auto operator<=>(const FileHead&, const FileHead&) = default;
};

crypto::Hash file_id(std::uint8_t kind, ByteView content) {
  return crypto::Hasher("mimika stick file 1").add({&kind, 1}).add(content).finish();
}

Bytes block_head(const FileHead& head, std::size_t index) {
  Bytes out;
  append(out, as_bytes(kStickMagic));
  out.push_back(kStickVersion);
  out.push_back(head.kind);
  out.push_back(0);
  append_u16(out, static_cast<std::uint16_t>(index));
  append_u32(out, head.bytes);
  append(out, head.id);
  return out;
}

ByteView block_hash(const crypto::Hash& whole) {
  return ByteView(whole).first(kBlockHashBytes);
}

void append_block(Bytes& out, const FileHead& head, std::size_t index, ByteView payload) {
  const Bytes start = block_head(head, index);
  const crypto::Hash hash = crypto::Hasher("mimika stick block 1").add(start).add(payload).finish();
  append(out, start);
  append(out, block_hash(hash));
  append(out, payload);
}

// The head of a block that is whole and stands where it belongs.
std::optional<FileHead> read_head(ByteView block, std::size_t index) {
  const ByteView start = block.first(kStickBlockHeadBytes - kBlockHashBytes);
  const ByteView hash = block.subspan(start.size(), kBlockHashBytes);
  const ByteView payload = block.subspan(kStickBlockHeadBytes);
  if (!std::ranges::equal(start.first(kStickMagic.size()), as_bytes(kStickMagic))) return std::nullopt;
  const crypto::Hash whole = crypto::Hasher("mimika stick block 1").add(start).add(payload).finish();
  if (!std::ranges::equal(hash, block_hash(whole))) return std::nullopt;
  ByteReader reader(start.subspan(kStickMagic.size() + 1));
  FileHead head;
  head.kind = reader.u8().value();
  const std::uint8_t zero = reader.u8().value();
  const std::uint16_t at = reader.u16().value();
  head.bytes = reader.u32().value();
  std::ranges::copy(reader.rest(), head.id.begin());
  if (start[kStickMagic.size()] != kStickVersion || zero != 0 || at != index) return std::nullopt;
  return head;
}

// One group of a file: its data blocks and, behind them, its parity.
class Group {
 public:
  Group(std::size_t data, std::size_t parity)
      : data_(data), parity_(parity), matrix_((data + parity) * data), blocks_(data + parity) {
    gf_gen_cauchy1_matrix(matrix_.data(), static_cast<int>(data + parity), static_cast<int>(data));
  }
  [[nodiscard]] Block& block(std::size_t row) { return blocks_[row]; }
  [[nodiscard]] std::size_t data() const { return data_; }

  void make_parity() {
    std::vector<std::uint8_t*> from = pointers(0, data_);
    std::vector<std::uint8_t*> to = pointers(data_, parity_);
    multiply(ByteView(matrix_).subspan(data_ * data_), from, to);
  }

  // Brings the data blocks that are not `present` back. False when too few blocks are there.
  [[nodiscard]] bool restore(const std::vector<bool>& present) {
    std::vector<std::size_t> rows;  // as many that are there as there is data
    std::vector<std::size_t> lost;
    for (std::size_t row = 0; row < blocks_.size(); ++row) {
      if (present[row] && rows.size() < data_) rows.push_back(row);
      if (!present[row] && row < data_) lost.push_back(row);
    }
    if (lost.empty()) return true;
    if (rows.size() < data_) return false;
    Bytes known(data_ * data_);
    Bytes inverse(data_ * data_);
    std::vector<std::uint8_t*> from;
    for (std::size_t i = 0; i < data_; ++i) {
      std::ranges::copy(row_of(rows[i]), known.begin() + static_cast<std::ptrdiff_t>(i * data_));
      from.push_back(blocks_[rows[i]].data());
    }
    // Any square part of such a matrix can be inverted.
    CHECK(gf_invert_matrix(known.data(), inverse.data(), static_cast<int>(data_)) == 0);
    Bytes wanted;
    std::vector<std::uint8_t*> to;
    for (const std::size_t row : lost) {
      append(wanted, ByteView(inverse).subspan(row * data_, data_));
      to.push_back(blocks_[row].data());
    }
    multiply(wanted, from, to);
    return true;
  }

 private:
  [[nodiscard]] ByteView row_of(std::size_t row) const { return ByteView(matrix_).subspan(row * data_, data_); }
  std::vector<std::uint8_t*> pointers(std::size_t first, std::size_t count) {
    std::vector<std::uint8_t*> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(blocks_[first + i].data());
    return out;
  }
  static void multiply(ByteView coefficients, std::vector<std::uint8_t*>& from, std::vector<std::uint8_t*>& to) {
    Bytes rows(coefficients.begin(), coefficients.end());
    Bytes tables(kTableBytes * rows.size());
    ec_init_tables(static_cast<int>(from.size()), static_cast<int>(to.size()), rows.data(), tables.data());
    ec_encode_data(static_cast<int>(kStickPayloadBytes), static_cast<int>(from.size()), static_cast<int>(to.size()),
                   tables.data(), from.data(), to.data());
  }

  std::size_t data_;
  std::size_t parity_;
  Bytes matrix_;  // the identity, then one row a parity block
  std::vector<Block> blocks_;
};

// Where row `row` of a group stands in the file.
std::size_t place_of(const ParityLayout& layout, std::size_t group, std::size_t row) {
  const std::size_t data = layout.data_in(group);
  return row < data ? group + row * layout.groups : layout.data + group + (row - data) * layout.groups;
}

ByteView payload_of(ByteView content, std::size_t index) {
  const std::size_t begin = index * kStickPayloadBytes;
  return content.subspan(begin, std::min(kStickPayloadBytes, content.size() - begin));
}

// Whose file this is: what most of its blocks say.
Result<FileHead> most_common_head(const std::vector<std::optional<FileHead>>& heads, ByteView file) {
  std::map<FileHead, std::size_t> votes;
  for (const auto& head : heads) {
    if (head) ++votes[*head];
  }
  const auto best = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
  if (best != votes.end()) return best->first;
  const bool ours = file.size() > kStickMagic.size() && as_text(file.first(kStickMagic.size())) == kStickMagic;
  if (ours && file[kStickMagic.size()] > kStickVersion) {
    return fail(ErrorCode::kNewerVersion, "a file of version " + std::to_string(file[kStickMagic.size()]));
  }
  return fail(ErrorCode::kCorrupt, ours ? "no block of the file can be read" : "not a file of a kiosk");
}

}  // namespace

ParityLayout parity_layout(std::size_t content_bytes) {
  ParityLayout layout;
  layout.data = divided_up(content_bytes, kStickPayloadBytes);
  layout.groups = divided_up(layout.data, kDataPerGroup);
  layout.parity_per_group = std::max(kLeastParity, divided_up(divided_up(layout.data, layout.groups), kTenth));
  return layout;
}

Bytes encode_stick_blocks(StickKind kind, ByteView content) {
  CHECK(!content.empty() && content.size() <= limits::kStickContentBytes);
  const ParityLayout layout = parity_layout(content.size());
  CHECK(layout.blocks() <= kMostBlocks);
  const auto number = static_cast<std::uint8_t>(kind);
  const FileHead head{number, static_cast<std::uint32_t>(content.size()), file_id(number, content)};
  std::vector<Group> groups;
  for (std::size_t g = 0; g < layout.groups; ++g) groups.emplace_back(layout.data_in(g), layout.parity_per_group);
  Bytes out;
  out.reserve(layout.blocks() * kStickBlockBytes);
  for (std::size_t i = 0; i < layout.data; ++i) {
    Block& block = groups[i % layout.groups].block(i / layout.groups);
    block.fill(0);
    std::ranges::copy(payload_of(content, i), block.begin());
    append_block(out, head, i, block);
  }
  for (Group& group : groups) group.make_parity();
  for (std::size_t i = 0; i < layout.parity(); ++i) {
    Group& group = groups[i % layout.groups];
    append_block(out, head, layout.data + i, group.block(group.data() + i / layout.groups));
  }
  return out;
}

Result<StickContent> decode_stick_blocks(ByteView file) {
  if (file.size() > limits::kStickFileBytes) return fail(ErrorCode::kTooLarge, "a file over its limit");
  const std::size_t there = file.size() / kStickBlockBytes;
  std::vector<std::optional<FileHead>> heads(there);
  for (std::size_t i = 0; i < there; ++i) {
    heads[i] = read_head(file.subspan(i * kStickBlockBytes, kStickBlockBytes), i);
  }
  TRY_ASSIGN(const FileHead head, most_common_head(heads, file));
  const bool known = head.kind == static_cast<std::uint8_t>(StickKind::kBundle) ||
                     head.kind == static_cast<std::uint8_t>(StickKind::kAck);
  if (!known || head.bytes == 0) return fail(ErrorCode::kCorrupt, "a file of an unknown kind");
  if (head.bytes > limits::kStickContentBytes) return fail(ErrorCode::kTooLarge, "a content over its limit");
  const ParityLayout layout = parity_layout(head.bytes);

  StickContent out;
  out.kind = static_cast<StickKind>(head.kind);
  out.content.resize(layout.data * kStickPayloadBytes);
  for (std::size_t g = 0; g < layout.groups; ++g) {
    const std::size_t data = layout.data_in(g);
    Group group(data, layout.parity_per_group);
    std::vector<bool> present(data + layout.parity_per_group);
    std::size_t lost = 0;
    for (std::size_t row = 0; row < present.size(); ++row) {
      const std::size_t place = place_of(layout, g, row);
      present[row] = place < there && heads[place] == head;
      lost += present[row] ? 0U : 1U;
      if (!present[row]) continue;
      const ByteView block = file.subspan(place * kStickBlockBytes, kStickBlockBytes);
      std::ranges::copy(block.subspan(kStickBlockHeadBytes), group.block(row).begin());
    }
    if (!group.restore(present)) {
      return fail(ErrorCode::kCorrupt, "too much of the file is damaged: " + std::to_string(lost) + " of " +
                                           std::to_string(present.size()) + " blocks that stand for each other, " +
                                           std::to_string(layout.parity_per_group) + " can be brought back");
    }
    out.damaged += lost;
    for (std::size_t row = 0; row < data; ++row) {
      const auto at = static_cast<std::ptrdiff_t>(place_of(layout, g, row) * kStickPayloadBytes);
      std::ranges::copy(group.block(row), out.content.begin() + at);
    }
  }
  out.content.resize(head.bytes);
  if (file_id(head.kind, out.content) != head.id) return fail(ErrorCode::kCorrupt, "the file's blocks do not agree");
  return out;
}

}  // namespace mimika::wire
