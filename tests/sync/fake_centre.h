// A centre in memory behind a Transport: it takes calls by the rules of the protocol (chain, call numbers, gaps, forks)
// and fails on order. A test double: it knows nothing of tickets and keeps no disk.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/event.h"
#include "sync/client/transport.h"
#include "sync/wire/envelope.h"

namespace mimika::test {

// What befalls one call.
enum class Fault {
  kNone,
  kNoLink,          // nothing reaches the centre
  kCutHalfway,      // the centre stores half of the call's events; the connection is gone
  kAnswerLost,      // the centre stores everything; its answer never comes
  kAnswerCut,       // half of the answer comes
  kAnswerChanged,   // one bit of the answer is flipped
  kWrongSigner,     // somebody else signed the answer
  kAnswerOfBefore,  // the answer to the call before comes once more
  kAnswerOlder,     // the answer speaks an older version of the wire than the call
  kStoresNothing,   // the answer is honest, and nothing was stored
  kServerError,     // 500, nothing stored
  kTooLarge,        // 413, nothing stored
  kHangs,           // no answer until cancel()
};

class FakeCentre final : public sync::Transport {
 public:
  FakeCentre(Env& env, const crypto::VerifyKey& device_key);
  // What kiosks seal to: the same for every FakeCentre.
  [[nodiscard]] static const crypto::BoxKey& box();

  // --- Transport
  Result<sync::HttpResponse> post(const std::string& path, ByteView body) override;
  [[nodiscard]] bool was_heard() const override { return heard; }
  void use_fresh_connection() override { ++fresh_connections; }
  void cancel() override;

  // --- the script
  void next(Fault fault, int times = 1);
  void heal() { faults_.clear(); }
  void put_in_feed(const EventKey& key, const EventPayload& payload);
  void reject(Seq seq, const std::string& reason) { rejected_[seq.value] = reason; }
  void forget_after(Epoch epoch, Seq last);  // restored from a backup of that moment
  void change_history(Epoch epoch);          // another kiosk wrote under this one's name
  void raise_last_call_no(Epoch epoch, std::uint64_t to) { journals_[epoch.value].last_call_no = to; }
  void answer_calls_with(int status, const std::string& body) { canned_ = {status, body}; }
  void answer_normally() { canned_.reset(); }
  // What becomes of the next honest answer before it is signed.
  void lie_once(std::function<void(wire::Answer&)> lie) { lie_ = std::move(lie); }

  // --- what it has seen
  [[nodiscard]] std::size_t stored(Epoch epoch) const;
  [[nodiscard]] std::size_t stored_in_all() const;
  [[nodiscard]] std::uint64_t stored_again() const { return stored_again_; }  // events that came although it had them
  [[nodiscard]] const std::vector<std::size_t>& batch_sizes() const { return batch_sizes_; }  // of each call, in events
  [[nodiscard]] const crypto::VerifyKey& verify_key() const { return key_.verify_key(); }
  [[nodiscard]] const crypto::SigningKey& signing_key() const { return key_; }
  [[nodiscard]] bool hanging() const { return hanging_; }
  std::atomic<int> fresh_connections = 0;
  std::atomic<int> calls = 0;

  std::uint8_t newest_version = wire::kNewestVersion;  // of the wire, that it speaks
  std::uint32_t dictionary = 0;                        // that it says it can read
  bool heard = true;                                   // what was_heard() says
  std::size_t feed_page = 3;
  std::uint64_t feed_skip = 0;        // a feed number left out of every answer: a gap
  bool feed_repeats = false;          // every answer begins the feed at its start
  std::int64_t ms_per_kilobyte = 10;  // how slow the link pretends to be

 private:
  struct Journal {
    std::vector<wire::EventRecord> records;
    std::vector<crypto::Hash> chains;  // after each
    std::uint64_t last_call_no = 0;
  };
  struct Canned {
    int status;
    std::string body;
  };
  Result<sync::HttpResponse> take(ByteView body, Fault fault);
  void store(Journal& journal, const wire::Call& call, std::size_t count);
  wire::Answer answer(const Journal& journal, const wire::Call& call);
  Result<sync::HttpResponse> wait_for_cancel();

  Env& env_;
  crypto::VerifyKey device_key_;
  crypto::SigningKey key_;
  crypto::SigningKey stranger_;
  std::map<std::uint32_t, Journal> journals_;
  std::vector<wire::FeedItem> feed_;
  std::map<std::uint64_t, std::string> rejected_;
  std::deque<Fault> faults_;
  std::optional<Canned> canned_;
  std::function<void(wire::Answer&)> lie_;
  std::vector<std::size_t> batch_sizes_;
  std::uint64_t stored_again_ = 0;
  Bytes last_answer_;

  std::mutex guard_;
  std::condition_variable cancelled_changed_;
  bool cancelled_ = false;
  std::atomic<bool> hanging_ = false;
};

}  // namespace mimika::test
