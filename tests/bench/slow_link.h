// A narrow link that breaks, in simulated time, between the engine of a kiosk and a centre in the same process. A byte
// costs what it would on such a line; what came before a break is really taken by the centre, record by record as TLS
// hands it over, and the rest is lost. Lost packets are not part of it: TCP makes them good, and what that costs is
// measured with real sockets (tests/support/lossy_link).
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>

#include "kiosk/base/env.h"
#include "sync/client/transport.h"
#include "tests/bench/joined_centre.h"

namespace mimika::bench {

struct SlowLinkSettings {
  double up_bps = 64'000;
  double down_bps = 256'000;
  std::int64_t rtt_ms = 600;
  // How long a connection holds, on average, at random; 0: until the window closes.
  std::int64_t holds_ms = 0;
  // The link is there for `window_ms` once in `every_ms`; 0: always.
  std::int64_t window_ms = 0;
  std::int64_t every_ms = 0;
};

struct SlowLinkCounts {
  std::uint64_t calls = 0;
  std::uint64_t connections = 0;
  std::uint64_t cuts = 0;          // calls that a break ended
  std::uint64_t lost_answers = 0;  // of these, when the whole call had come
  std::uint64_t no_link = 0;       // calls that found none
  std::uint64_t body_bytes = 0;    // of calls, as far as they went
  std::uint64_t up_bytes = 0;      // on the line, with HTTP, TLS, TCP and IP
  std::uint64_t down_bytes = 0;
  std::uint64_t torn_part_bytes = 0;  // of parts of attachments that a break made useless
};

class SlowLink final : public sync::Transport {
 public:
  // All must outlive it. The first window begins now.
  SlowLink(FakeEnv& env, JoinedCentre& centre, const SlowLinkSettings& settings, std::uint64_t seed);

  [[nodiscard]] Result<sync::HttpResponse> post(const std::string& path, ByteView body) override;
  void use_fresh_connection() override { connected_ = false; }
  void cancel() override {}

  [[nodiscard]] const SlowLinkCounts& counts() const { return counts_; }
  [[nodiscard]] bool is_up() const;
  // Of windows, from 0, and when the next one begins.
  [[nodiscard]] std::int64_t window() const;
  [[nodiscard]] std::int64_t next_window_ms() const;

  std::function<void()> on_piece;  // the centre has taken something
  std::function<void()> on_call;   // a call begins

 private:
  [[nodiscard]] Status connect();
  // Carries so many bytes. False: the connection broke meanwhile.
  [[nodiscard]] bool carry(std::size_t bytes, double bps, std::uint64_t& counted);
  void wait(double ms);
  [[nodiscard]] std::unexpected<Error> broken(const char* what);

  FakeEnv& env_;
  JoinedCentre& centre_;
  SlowLinkSettings settings_;
  std::mt19937_64 dice_;
  std::int64_t begun_ms_;
  bool connected_ = false;
  std::int64_t breaks_at_ms_ = 0;
  std::int64_t last_used_ms_ = 0;
  double owed_ms_ = 0;  // less than one
  SlowLinkCounts counts_;
};

// Of the frames with parts of blobs in this call: bytes that were sent, `sent` of the call in all, in frames that are
// not whole among the first `taken`.
[[nodiscard]] std::size_t torn_part_bytes(ByteView call, std::size_t taken, std::size_t sent);

}  // namespace mimika::bench
