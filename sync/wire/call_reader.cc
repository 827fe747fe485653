#include "sync/wire/call_reader.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "sync/wire/header_codec.h"

namespace mimika::wire {

void CallReader::add(ByteView more) {
  if (begun_ > 0) {
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(begun_));
    begun_ = 0;
  }
  append(pending_, more);
  total_ += more.size();
}

void CallReader::consume(std::size_t bytes) {
  digest_.add(ByteView(pending_).subspan(begun_, bytes));
  begun_ += bytes;
}

Result<CallReader::Step> CallReader::next() {
  if (failure_) return std::unexpected(*failure_);
  auto step = read_step();
  if (!step) failure_ = step.error();
  return step;
}

Result<CallReader::Step> CallReader::read_step() {
  if (total_ > limits::kCallBytes) return fail(ErrorCode::kTooLarge, "an envelope over its limit");
  switch (state_) {
    case State::kStart:
      return read_start();
    case State::kWaitingForKey:
      return fail(ErrorCode::kInternal, "nobody said whose call this is");
    case State::kFrames:
      return read_frame();
    case State::kDone:
      break;
  }
  if (begun_ < pending_.size()) return fail(ErrorCode::kCorrupt, "bytes after the signature");
  return Step::kEnd;
}

Result<CallReader::Step> CallReader::read_start() {
  ByteReader reader(ByteView(pending_).subspan(begun_));
  const std::size_t had = reader.rest().size();
  const std::size_t known = std::min(had, kMagic.size());
  if (as_text(reader.rest().first(known)) != kMagic.substr(0, known)) {
    return fail(ErrorCode::kCorrupt, "not an envelope");
  }
  if (had < kMagic.size() + 2) return Step::kNeedMore;
  TRY(reader.take(kMagic.size()));
  TRY_ASSIGN(version_, reader.u8());
  if (version_ < kOldestVersion || version_ > newest_) {
    return fail(ErrorCode::kNewerVersion, "an envelope of version " + std::to_string(version_));
  }
  TRY_ASSIGN(const std::uint8_t kind, reader.u8());
  if (kind != static_cast<std::uint8_t>(EnvelopeKind::kCall)) return fail(ErrorCode::kCorrupt, "no call");
  if (varint_goes_on(reader.rest())) return Step::kNeedMore;
  TRY_ASSIGN(const std::size_t size, read_length(reader));
  if (size > limits::kCallHeaderBytes) return fail(ErrorCode::kTooLarge, "a call's header over its limit");
  if (reader.rest().size() < size) return Step::kNeedMore;
  TRY_ASSIGN(const ByteView header, reader.take(size));
  TRY_ASSIGN(header_, decode_call_header(header));
  coder_.emplace(header_);
  const std::size_t used = had - reader.rest().size();
  const ByteView start = ByteView(pending_).subspan(begun_, used);
  start_.assign(start.begin(), start.end());
  consume(used);
  state_ = State::kWaitingForKey;
  return Step::kHeader;
}

Status CallReader::use_device_key(const crypto::VerifyKey& key) {
  device_key_ = key;
  auto shared = centre_key_->shared_with(key);
  if (!shared) return fail(ErrorCode::kUnauthorised, "the device's key is not usable");
  tagger_ = FrameTagger(*shared, start_);
  state_ = State::kFrames;
  return {};
}

Result<CallReader::Step> CallReader::read_frame() {
  ByteReader reader(ByteView(pending_).subspan(begun_));
  const std::size_t had = reader.rest().size();
  if (varint_goes_on(reader.rest())) return Step::kNeedMore;
  TRY_ASSIGN(const std::size_t size, read_length(reader));
  if (size == 0) return read_end(had - reader.rest().size());
  if (size > limits::kFrameBytes) return fail(ErrorCode::kTooLarge, "a frame over its limit");
  if (frames_ == limits::kCallFrames) return fail(ErrorCode::kTooLarge, "too many frames");
  if (reader.rest().size() < kFrameTagBytes + size) return Step::kNeedMore;
  TRY_ASSIGN(const ByteView tag, reader.take(kFrameTagBytes));
  TRY_ASSIGN(const ByteView body, reader.take(size));
  if (!crypto::equal_in_constant_time(tag, tagger_.tag(frames_, body))) {
    return fail(ErrorCode::kUnauthorised, "a frame is damaged, or not this device's");
  }
  ++frames_;
  TRY_ASSIGN(frame_, decode_call_frame(body, *coder_));
  raw_bytes_ += size_of(*frame_);
  if (raw_bytes_ > limits::kCallRawBytes) return fail(ErrorCode::kTooLarge, "a call that unpacks to too much");
  consume(had - reader.rest().size());
  return Step::kFrame;
}

Result<CallReader::Step> CallReader::read_end(std::size_t mark_bytes) {
  crypto::Signature signature{};
  const ByteView rest = ByteView(pending_).subspan(begun_ + mark_bytes);
  if (rest.size() < signature.size()) return Step::kNeedMore;
  std::copy_n(rest.begin(), signature.size(), signature.begin());
  consume(mark_bytes);
  begun_ += signature.size();
  state_ = State::kDone;
  if (begun_ < pending_.size()) return fail(ErrorCode::kCorrupt, "bytes after the signature");
  if (!crypto::verify(device_key_, digest_.finish(), signature)) {
    return fail(ErrorCode::kUnauthorised, "the signature is not this device's");
  }
  return Step::kEnd;
}

}  // namespace mimika::wire
