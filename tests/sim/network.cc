#include "tests/sim/network.h"

#include <utility>

#include "sync/central/store/journals.h"
#include "tests/sim/lies.h"

namespace mimika::sim {
namespace {

constexpr std::size_t kRemembered = 12;

void remember(std::deque<Bytes>& heard, ByteView bytes) {
  heard.emplace_back(bytes.begin(), bytes.end());
  if (heard.size() > kRemembered) heard.pop_front();
}

std::unexpected<Error> unreachable(const char* why) {
  return fail(ErrorCode::kUnreachable, why);
}

}  // namespace

Bytes SimNetwork::damaged(ByteView bytes) {
  Bytes changed(bytes.begin(), bytes.end());
  if (changed.empty()) return changed;
  if (universe_.rng.percent(30)) {
    changed.resize(universe_.rng.below(changed.size()));
  } else {
    for (std::uint64_t i = 1 + universe_.rng.below(3); i > 0; --i) {
      changed[universe_.rng.below(changed.size())] ^= static_cast<std::uint8_t>(1 + universe_.rng.below(255));
    }
  }
  return changed;
}

// A portal that wants a login, a proxy that is tired, a service that speaks another language.
sync::HttpResponse SimNetwork::stranger(std::size_t sent) {
  static const std::pair<int, const char*> kWords[] = {
      {200, "<html>Silakan masuk</html>"},
      {502, "Bad Gateway"},
      {302, ""},
      {409, R"({"error": "broken_chain", "message": "so they say", "acknowledged": 3})"},
      {409, R"({"error": "replayed_call", "message": "so they say", "last_call_no": 4000000000})"},
      {404, "{}"},
  };
  const auto& [status, words] = kWords[universe_.rng.below(std::size(kWords))];
  sync::HttpResponse response;
  response.status = status;
  const ByteView text = as_bytes(std::string_view(words));
  response.body.assign(text.begin(), text.end());
  response.bytes_sent = sent;
  response.upload_ms = 100;
  return response;
}

std::vector<wire::FeedItem> SimNetwork::feed_of_others() {
  std::vector<wire::FeedItem> items;
  if (!centre_.up()) return items;
  const std::string mine = kiosk_->identity().options.identity.district.value;
  centre_.with_database([&](central::Database& database) {
    const auto rows = database.query(
        "SELECT device, epoch, seq FROM feed WHERE district <> $1 ORDER BY district, feed_seq LIMIT 3", {mine});
    if (!rows) return;
    for (const central::Row& row : *rows) {
      const EventKey key{DeviceId{static_cast<std::uint32_t>(row.integer(0))},
                         Epoch{static_cast<std::uint32_t>(row.integer(1))}, Seq{row.unsigned_integer(2)}};
      const auto stored = central::find_event(database, key);
      if (stored && *stored) items.push_back({FeedSeq{}, key, (*stored)->event, (*stored)->received_ms});
    }
  });
  return items;
}

std::optional<Bytes> SimNetwork::tell_lie(ByteView answer) {
  LieContext context{universe_.rng, centre_.env, centre_.keys.signing, feed_of_others()};
  auto lie = lie_about(answer, context);
  if (!lie) return std::nullopt;
  universe_.trace.say("  the centre lies to {}: {}", kiosk_->name(), lie->what);
  universe_.count("lies of the centre");
  kiosk_->lied_to_watermark = kiosk_->lied_to_watermark || lie->spoils_watermark;
  kiosk_->lied_to_feed = kiosk_->lied_to_feed || lie->spoils_feed;
  return std::move(lie->bytes);
}

Result<sync::HttpResponse> SimNetwork::post(const std::string& path, ByteView body) {
  Weather& weather = kiosk_->weather;
  universe_.now_ms += 50 + static_cast<std::int64_t>(universe_.rng.below(2000));
  universe_.count("calls");
  if (!weather.link) return unreachable("no link");
  if (std::exchange(weather.stranger, false)) {
    universe_.count("strangers");
    return stranger(body.size());
  }
  remember(overheard.calls, body);
  if (std::exchange(weather.lose_request, false) || universe_.rng.percent(weather.lost_percent)) {
    universe_.count("lost requests");
    return unreachable("the request was lost");
  }
  if (std::exchange(weather.cut_request, false)) {
    universe_.count("cut requests");
    centre_.post_cut(path, body.first(universe_.rng.below(body.size() + 1)));
    return unreachable("the connection broke");
  }
  if (planted == Planted::kAcknowledgesUnstored) {
    const auto lie = acknowledge_unstored(body,
                                          crypto::SigningKey::from_seed([&] {
                                            crypto::SecretBytes seed(kiosk_->identity().key_seed.size());
                                            std::copy(kiosk_->identity().key_seed.begin(),
                                                      kiosk_->identity().key_seed.end(), seed.span().begin());
                                            return seed;
                                          }())
                                              .verify_key(),
                                          centre_.keys, universe_.now_ms);
    if (lie) return sync::HttpResponse{200, *lie, body.size(), lie->size(), 100};
  }
  std::optional<central::http::Response> response;
  if (std::exchange(weather.damage_call, false)) {
    universe_.count("damaged calls");
    const Bytes bytes = damaged(body);
    response = centre_.post(path, bytes);
  } else {
    response = centre_.post(path, body);
  }
  if (std::exchange(weather.duplicate, false)) {
    universe_.count("duplicated calls");
    auto again = centre_.post(path, body);
    if (universe_.rng.percent(30)) response = std::move(again);
  }
  if (!response) return unreachable("the centre does not answer");
  if (std::exchange(weather.lose_answer, false) || universe_.rng.percent(weather.lost_percent)) {
    universe_.count("lost answers");
    return unreachable("the answer was lost");
  }
  const ByteView text = as_bytes(response->body);
  Bytes answer(text.begin(), text.end());
  if (response->status == 200) {
    remember(overheard.answers, answer);
    if (std::exchange(weather.lie, false)) {
      if (auto lie = tell_lie(answer)) answer = *std::move(lie);
    }
    if (std::exchange(weather.replay_answer, false)) {
      universe_.count("replayed answers");
      answer = overheard.answers[universe_.rng.below(overheard.answers.size())];
    }
  }
  if (std::exchange(weather.damage_answer, false)) {
    universe_.count("damaged answers");
    answer = damaged(answer);
  }
  const std::size_t size = answer.size();
  return sync::HttpResponse{response->status, std::move(answer), body.size(), size, 100};
}

}  // namespace mimika::sim
