#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/base/wipe.h"
#include "sync/wire/dictionary_forms.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/private_letters.h"
#include "sync/wire/text_model.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::wire {
namespace {

struct ModelFile {
  TextWeights weights{};
  std::vector<Bytes> messages;
};

class ModelDictionary final : public Dictionary {
 public:
  ModelDictionary(std::uint32_t version, ModelFile file) : Dictionary(version), file_(std::move(file)) {}

  [[nodiscard]] Bytes compress(ByteView raw) const override {
    Bytes frame = {static_cast<std::uint8_t>(version() | kWholeFrame)};
    Bytes rest = compress_private(raw, Effort::kWhileWaiting);
    append(frame, rest);
    wipe(rest);  // letters that did not shrink stand in it as they were written
    auto modelled = compress_with_model(raw);
    // A model knows how people write, and not that somebody writes the same again and again.
    if (!modelled || modelled->size() > frame.size()) return frame;
    wipe(frame);
    return *std::move(modelled);
  }

  [[nodiscard]] Result<Bytes> decompress(ByteView compressed, std::size_t max_bytes) const override {
    if (compressed.empty() || (compressed[0] & ~kWholeFrame) != version()) {
      return fail(ErrorCode::kCorrupt, "compressed with another dictionary");
    }
    const ByteView rest = compressed.subspan(1);
    if ((compressed[0] & kWholeFrame) != 0) return wire::decompress(rest, max_bytes);
    LettersEnd end;
    const std::size_t most = std::min(kModelledBytes, kModelledPerByte * (rest.size() + 1));
    TRY_ASSIGN(Bytes letters, model().decode(rest, most, [&](std::uint8_t next) { return end.after(next); }));
    auto raw = from_letters(letters);
    wipe(letters);
    if (raw && raw->size() > max_bytes) return fail(ErrorCode::kTooLarge, "a private part over its limit");
    return raw;
  }

  void prepare() const override { static_cast<void>(model()); }

 private:
  [[nodiscard]] std::optional<Bytes> compress_with_model(ByteView raw) const {
    auto letters = to_letters(raw);
    if (!letters || letters->size() > kModelledBytes) return std::nullopt;
    Bytes out = {static_cast<std::uint8_t>(version())};
    append(out, model().encode(*letters));
    wipe(*letters);
    // If the two sides of the model did not agree nobody could ever open it again.
    auto back = decompress(out, raw.size());
    const bool same = back && std::ranges::equal(*back, raw);
    if (back) wipe(*back);
    if (!same) return std::nullopt;
    return out;
  }

  [[nodiscard]] const TextModel& model() const {
    std::call_once(built_, [this] {
      model_.emplace(file_.messages, file_.weights);
      file_.messages = {};
    });
    return *model_;
  }

  mutable std::once_flag built_;
  mutable ModelFile file_;
  mutable std::optional<TextModel> model_;
};

Result<ModelFile> read_model(std::uint32_t version, ByteView bytes) {
  ByteReader in(bytes);
  TRY_ASSIGN([[maybe_unused]] const ByteView magic, in.take(kModelMagic.size()));
  TRY_ASSIGN(const std::uint32_t id, in.u32());
  if (id != dictionary_id(version)) return fail(ErrorCode::kCorrupt, "another dictionary");
  ModelFile file;
  for (std::int32_t& weight : file.weights) {
    TRY_ASSIGN(const std::uint32_t word, in.u32());
    weight = static_cast<std::int32_t>(word);
    if (weight < -kTextWeightMost || weight > kTextWeightMost)
      return fail(ErrorCode::kCorrupt, "a weight out of range");
  }
  TRY_ASSIGN(const Bytes texts, decompress(in.rest(), kModelTextBytes));
  ByteReader rest(texts);
  while (!rest.rest().empty()) {
    TRY_ASSIGN(const std::size_t length, read_length(rest));
    TRY_ASSIGN(const ByteView message, rest.take(length));
    file.messages.emplace_back(message.begin(), message.end());
  }
  return file;
}

}  // namespace

Result<std::shared_ptr<const Dictionary>> open_model_dictionary(std::uint32_t version, ByteView bytes) {
  auto file = read_model(version, bytes);
  if (!file) {
    return fail(ErrorCode::kCorrupt,
                "not model " + std::to_string(version) + " for private parts: " + file.error().message);
  }
  return std::make_shared<const ModelDictionary>(version, *std::move(file));
}

}  // namespace mimika::wire
