#include "tests/bench/slow_link.h"

#include <algorithm>
#include <array>
#include <limits>

#include "sync/client/silence.h"

namespace mimika::bench {
namespace {

// As sync/client/curl_transport.cc behaves.
constexpr std::size_t kRecordBytes = 1'300;
constexpr std::int64_t kConnectMs = 20'000;
constexpr std::int64_t kIdleMs = 90'000;
constexpr std::array<std::int64_t, 5> kAttemptsMs = {0, 1'000, 3'000, 7'000, 15'000};  // when the kernel knocks

constexpr std::size_t kPacketBytes = 52 + 22;  // IP and TCP with their options, and the TLS record's own
constexpr std::size_t kHttpBytes = 120;
constexpr std::size_t kGreetingUp = 400 + (3 * 52);  // TLS, in three packets
constexpr std::size_t kGreetingDown = 1'200 + (3 * 52);
constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();

constexpr std::size_t kStartBytes = 5;  // magic, version, kind
constexpr std::size_t kTagBytes = 8;
constexpr std::uint8_t kBlobFrame = 4;

struct Varint {
  std::size_t value = 0;
  std::size_t bytes = 0;
};

Varint varint_at(ByteView bytes, std::size_t at) {
  Varint out;
  while (at + out.bytes < bytes.size()) {
    const std::uint8_t byte = bytes[at + out.bytes];
    out.value |= static_cast<std::size_t>(byte & 0x7F) << (7 * out.bytes++);
    if (byte < 0x80) break;
  }
  return out;
}

std::size_t packets(std::size_t bytes) {
  return (bytes + kRecordBytes - 1) / kRecordBytes;
}

}  // namespace

std::size_t torn_part_bytes(ByteView call, std::size_t taken, std::size_t sent) {
  const Varint header = varint_at(call, kStartBytes);
  std::size_t torn = 0;
  for (std::size_t begin = kStartBytes + header.bytes + header.value; begin < std::min(sent, call.size());) {
    const Varint length = varint_at(call, begin);
    if (length.value == 0) break;
    const std::size_t body = begin + length.bytes + kTagBytes;
    const std::size_t end = body + length.value;
    if (end > taken && body < call.size() && call[body] == kBlobFrame) torn += std::min(end, sent) - begin;
    begin = end;
  }
  return torn;
}

SlowLink::SlowLink(FakeEnv& env, JoinedCentre& centre, const SlowLinkSettings& settings, std::uint64_t seed)
    : env_(env), centre_(centre), settings_(settings), dice_(seed), begun_ms_(env.monotonic_ms()) {}

bool SlowLink::is_up() const {
  return settings_.every_ms == 0 || (env_.monotonic_ms() - begun_ms_) % settings_.every_ms < settings_.window_ms;
}

std::int64_t SlowLink::window() const {
  return settings_.every_ms == 0 ? 0 : (env_.monotonic_ms() - begun_ms_) / settings_.every_ms;
}

std::int64_t SlowLink::next_window_ms() const {
  return settings_.every_ms == 0 ? kForever : begun_ms_ + (window() + 1) * settings_.every_ms;
}

void SlowLink::wait(double ms) {
  owed_ms_ += ms;
  const auto whole = static_cast<std::int64_t>(owed_ms_);
  owed_ms_ -= static_cast<double>(whole);
  env_.advance_ms(whole);
}

bool SlowLink::carry(std::size_t bytes, double bps, std::uint64_t& counted) {
  counted += bytes;
  wait(static_cast<double>(bytes) * 8'000 / bps);
  return env_.monotonic_ms() < breaks_at_ms_ && is_up();
}

std::unexpected<Error> SlowLink::broken(const char* what) {
  ++counts_.cuts;
  connected_ = false;
  wait(static_cast<double>(sync::patience_ms(settings_.rtt_ms)));  // until the kiosk notices
  return fail(ErrorCode::kUnreachable, what);
}

Status SlowLink::connect() {
  const std::int64_t begun = env_.monotonic_ms();
  if (connected_ && begun - last_used_ms_ <= kIdleMs) return {};  // it may be dead without knowing it
  connected_ = false;
  const auto* const attempt = std::ranges::find_if(kAttemptsMs, [&](std::int64_t at) {
    wait(static_cast<double>(begun + at - env_.monotonic_ms()));
    return is_up();
  });
  if (attempt == kAttemptsMs.end()) {
    ++counts_.no_link;
    wait(static_cast<double>(begun + kConnectMs - env_.monotonic_ms()));
    return fail(ErrorCode::kUnreachable, "no link");
  }
  ++counts_.connections;
  breaks_at_ms_ = kForever;
  if (settings_.holds_ms > 0) {
    std::exponential_distribution<double> life(1.0 / static_cast<double>(settings_.holds_ms));
    breaks_at_ms_ = env_.monotonic_ms() + static_cast<std::int64_t>(life(dice_));
  }
  wait(2.0 * static_cast<double>(settings_.rtt_ms));  // TCP, TLS; the call's own is counted with the call
  if (!carry(kGreetingUp, settings_.up_bps, counts_.up_bytes) ||
      !carry(kGreetingDown, settings_.down_bps, counts_.down_bytes)) {
    return broken("the connection broke while it was made");
  }
  connected_ = true;
  return {};
}

Result<sync::HttpResponse> SlowLink::post(const std::string& path, ByteView body) {
  ++counts_.calls;
  if (on_call) on_call();
  TRY(connect());
  const auto sink = centre_.begin_call(path);
  if (!sink) return fail(ErrorCode::kInternal, "the centre takes nothing at " + path);
  const std::int64_t begun = env_.monotonic_ms();
  if (!carry(kHttpBytes, settings_.up_bps, counts_.up_bytes)) return broken("the connection broke before the call");
  bool taking = true;
  for (std::size_t at = 0; taking && at < body.size();) {
    const ByteView piece = body.subspan(at, std::min(kRecordBytes, body.size() - at));
    counts_.body_bytes += piece.size();
    if (!carry(piece.size() + kPacketBytes, settings_.up_bps, counts_.up_bytes)) {
      counts_.torn_part_bytes += torn_part_bytes(body, at, at + piece.size());
      return broken("the connection broke in the call");
    }
    at += piece.size();
    taking = sink->take(as_text(piece));
    if (on_piece) on_piece();
  }
  const central::http::Response answer = sink->finish();
  if (on_piece) on_piece();
  wait(static_cast<double>(settings_.rtt_ms));
  sync::HttpResponse response;
  response.upload_ms = env_.monotonic_ms() - begun;
  const std::size_t down = kHttpBytes + answer.body.size();
  if (!carry(down + packets(down) * kPacketBytes, settings_.down_bps, counts_.down_bytes)) {
    ++counts_.lost_answers;
    return broken("the connection broke in the answer");
  }
  last_used_ms_ = env_.monotonic_ms();
  response.status = answer.status;
  const ByteView content = as_bytes(answer.body);
  response.body.assign(content.begin(), content.end());
  response.bytes_sent = kHttpBytes + body.size();
  response.bytes_received = down;
  return response;
}

}  // namespace mimika::bench
