// Makes a model of how people write: train_model OUT ID SAMPLES
//
// SAMPLES holds private parts as bytes, each after its length as four little-endian bytes. Weights are learnt by
// foretelling each of them before it is counted; a program that opens the model counts them again, in the same order.
// What is written: docs/wire.md, "The model".
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "kiosk/base/files.h"
#include "sync/wire/dictionary_forms.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/private_letters.h"
#include "sync/wire/text_model.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kSampleFileBytes = 16 * 1024 * 1024;

Result<std::vector<Bytes>> read_letters(const std::string& path) {
  TRY_ASSIGN(const Bytes all, read_file(path, kSampleFileBytes));
  ByteReader in(all);
  std::vector<Bytes> messages;
  while (!in.rest().empty()) {
    TRY_ASSIGN(const std::uint32_t length, in.u32());
    TRY_ASSIGN(const ByteView raw, in.take(length));
    auto letters = to_letters(raw);
    if (!letters) return fail(ErrorCode::kInvalidInput, "sample " + std::to_string(messages.size()) + " is no text");
    messages.push_back(*std::move(letters));
  }
  return messages;
}

Status make(const std::string& out_path, std::uint32_t id, const std::string& samples) {
  TRY_ASSIGN(const std::vector<Bytes> messages, read_letters(samples));
  Bytes texts;
  for (const Bytes& message : messages) {
    append_varint(texts, message.size());
    append(texts, message);
  }
  if (texts.size() > kModelTextBytes) return fail(ErrorCode::kTooLarge, "more texts than a model may hold");
  Bytes out;
  append(out, as_bytes(kModelMagic));
  append_u32(out, id);
  for (const std::int32_t weight : TextModel::learn_weights(messages)) {
    append_u32(out, static_cast<std::uint32_t>(weight));
  }
  append(out, compress(texts, Effort::kBackground));
  if (out.size() > kDictionaryBytes) return fail(ErrorCode::kTooLarge, "a model over its limit");
  return write_file_durably(out_path, out, FileMode::kPublic);
}

}  // namespace
}  // namespace mimika::wire

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: train_model OUT ID SAMPLES\n");
    return 2;
  }
  const auto id = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  const mimika::Status made = mimika::wire::make(argv[1], id, argv[3]);
  if (made) return 0;
  std::fprintf(stderr, "train_model: %s\n", made.error().message.c_str());
  return 1;
}
