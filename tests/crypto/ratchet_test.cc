#include "kiosk/crypto/ratchet.h"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "kiosk/base/limits.h"

namespace mimika::crypto {
namespace {

EventKey event_key(std::uint64_t seq) {
  return {DeviceId{7}, Epoch{0xABCD}, Seq{seq}};
}

std::string message_text(std::uint32_t index) {
  return "message " + std::to_string(index);
}

struct Sealed {
  FakeEnv env{0};
  BoxKey recipient = BoxKey::generate(env);
  SealStream stream = SealStream::open(env, Recipient::kCentre, recipient.public_key()).value();
  std::vector<Bytes> messages;

  explicit Sealed(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      messages.push_back(stream.seal(event_key(i + 1), as_bytes(message_text(i))));
    }
  }
  [[nodiscard]] Result<SecretBytes> open(std::uint32_t index) const { return open(index, messages[index]); }
  [[nodiscard]] Result<SecretBytes> open(std::uint32_t index, ByteView sealed) const {
    return open_message(recipient, Recipient::kCentre, stream.sealed_key(), index, event_key(index + 1), sealed);
  }
};

TEST_CASE("every message of a full stream opens alone, in any order") {
  const Sealed world(limits::kStreamEvents);
  for (const std::uint32_t index : {255U, 0U, 17U, 254U, 1U, 100U}) {
    INFO(index);
    const auto opened = world.open(index);
    REQUIRE(opened);
    CHECK(as_text(opened->view()) == message_text(index));
    CHECK(world.messages[index].size() == message_text(index).size() + kMessageOverheadBytes);
  }
}

TEST_CASE("a stream is read from its beginning to its end with one opening of its key") {
  const Sealed world(limits::kStreamEvents);
  OpenStream reader = OpenStream::begin(world.recipient, Recipient::kCentre, world.stream.sealed_key()).value();
  Bytes out;
  for (std::uint32_t i = 0; i < limits::kStreamEvents; ++i) {
    if (i % 3 == 1) continue;  // passed over
    REQUIRE(reader.open(i, event_key(i + 1), world.messages[i], out));
    CHECK(as_text(out) == message_text(i));
  }
}

TEST_CASE("reading a stream does not go back, and a damaged message does not hide the next one") {
  const Sealed world(4);
  OpenStream reader = OpenStream::begin(world.recipient, Recipient::kCentre, world.stream.sealed_key()).value();
  Bytes out;
  REQUIRE(reader.open(1, event_key(2), world.messages[1], out));
  CHECK(reader.open(0, event_key(1), world.messages[0], out).error().code == ErrorCode::kInvalidInput);
  Bytes damaged = world.messages[2];
  damaged[3] ^= 1;
  CHECK(reader.open(2, event_key(3), damaged, out).error().code == ErrorCode::kCorrupt);
  REQUIRE(reader.open(3, event_key(4), world.messages[3], out));
  CHECK(as_text(out) == message_text(3));
  CHECK(reader.open(limits::kStreamEvents, event_key(5), world.messages[3], out).error().code == ErrorCode::kTooLarge);
  FakeEnv env(0, 12);
  CHECK(OpenStream::begin(BoxKey::generate(env), Recipient::kCentre, world.stream.sealed_key()).error().code ==
        ErrorCode::kUnauthorised);
}

TEST_CASE("an empty message is a message") {
  Sealed world(0);
  const Bytes sealed = world.stream.seal(event_key(1), {});
  CHECK(sealed.size() == kMessageOverheadBytes);
  CHECK(world.open(0, sealed).value().empty());
}

TEST_CASE("a message counts the stream on") {
  Sealed world(0);
  CHECK(world.stream.next_index() == 0);
  static_cast<void>(world.stream.seal(event_key(1), as_bytes("x")));
  CHECK(world.stream.next_index() == 1);
}

TEST_CASE("the same words in two places of a stream are different bytes") {
  Sealed world(0);
  CHECK(world.stream.seal(event_key(1), as_bytes("x")) != world.stream.seal(event_key(1), as_bytes("x")));
}

TEST_CASE("a message opens for its recipient, its place and its event, and for nothing else") {
  const Sealed world(3);
  FakeEnv env(0, 99);
  const BoxKey stranger = BoxKey::generate(env);
  const Bytes& sealed = world.messages[1];
  const auto open = [&](const BoxKey& key, Recipient who, std::uint32_t index, const EventKey& event) {
    return open_message(key, who, world.stream.sealed_key(), index, event, sealed);
  };
  REQUIRE(open(world.recipient, Recipient::kCentre, 1, event_key(2)));

  CHECK(open(stranger, Recipient::kCentre, 1, event_key(2)).error().code == ErrorCode::kUnauthorised);
  CHECK(open(world.recipient, Recipient::kOffice, 1, event_key(2)).error().code == ErrorCode::kCorrupt);
  CHECK(open(world.recipient, Recipient::kCentre, 0, event_key(2)).error().code == ErrorCode::kCorrupt);
  CHECK(open(world.recipient, Recipient::kCentre, 2, event_key(2)).error().code == ErrorCode::kCorrupt);
  CHECK(open(world.recipient, Recipient::kCentre, 1, event_key(3)).error().code == ErrorCode::kCorrupt);
  EventKey moved = event_key(2);
  moved.device = DeviceId{8};
  CHECK_FALSE(open(world.recipient, Recipient::kCentre, 1, moved));
  moved = event_key(2);
  moved.epoch = Epoch{1};
  CHECK_FALSE(open(world.recipient, Recipient::kCentre, 1, moved));
}

TEST_CASE("a changed, cut or lengthened message is refused, and its neighbours still open") {
  const Sealed world(3);
  const Bytes& sealed = world.messages[1];
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 0x80;
    INFO(i);
    CHECK(world.open(1, changed).error().code == ErrorCode::kCorrupt);
    CHECK_FALSE(world.open(1, ByteView(sealed).first(i)));
  }
  Bytes longer = sealed;
  longer.push_back(0);
  CHECK_FALSE(world.open(1, longer));
  CHECK(world.open(0));
  CHECK(world.open(2));
}

TEST_CASE("a changed stream key opens nothing") {
  const Sealed world(1);
  for (std::size_t i = 0; i < world.stream.sealed_key().size(); ++i) {
    Bytes changed = world.stream.sealed_key();
    changed[i] ^= 1;
    CHECK_FALSE(open_message(world.recipient, Recipient::kCentre, changed, 0, event_key(1), world.messages[0]));
  }
  const Bytes short_chain = seal_to(world.recipient.public_key(), Bytes(31, 1)).value();
  CHECK(
      open_message(world.recipient, Recipient::kCentre, short_chain, 0, event_key(1), world.messages[0]).error().code ==
      ErrorCode::kCorrupt);
}

TEST_CASE("an index past a stream's end is refused before any work") {
  const Sealed world(1);
  for (const std::uint32_t index : {limits::kStreamEvents, limits::kStreamEvents + 1, 0xFFFFFFFFU}) {
    CHECK(world.open(0));
    CHECK(open_message(world.recipient, Recipient::kCentre, world.stream.sealed_key(), index, event_key(1),
                       world.messages[0])
              .error()
              .code == ErrorCode::kTooLarge);
  }
}

TEST_CASE("two streams opened for one recipient have nothing in common") {
  FakeEnv env(0);
  const BoxKey recipient = BoxKey::generate(env);
  SealStream one = SealStream::open(env, Recipient::kCentre, recipient.public_key()).value();
  SealStream two = SealStream::open(env, Recipient::kCentre, recipient.public_key()).value();
  const Bytes sealed = one.seal(event_key(1), as_bytes("x"));
  CHECK(sealed != two.seal(event_key(1), as_bytes("x")));
  CHECK_FALSE(open_message(recipient, Recipient::kCentre, two.sealed_key(), 0, event_key(1), sealed));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// Whether `pattern`, given with every bit turned so that looking does not find the looker, lies anywhere in this
// process's memory.
bool memory_holds(const std::vector<std::uint8_t>& turned) {
  std::ifstream maps("/proc/self/maps");
  std::vector<std::pair<std::uintptr_t, std::uintptr_t>> ranges;
  std::string line;
  while (std::getline(maps, line)) {
    std::istringstream words(line);
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    char dash = 0;
    std::string rights;
    words >> std::hex >> from >> dash >> to >> rights;
    const bool ours = rights.starts_with("rw") && line.find("[vvar]") == std::string::npos;
    if (ours) ranges.emplace_back(from, to);
  }
  constexpr std::size_t kBlock = 64 * 1024;
  std::vector<std::uint8_t> block(kBlock + turned.size());
  const auto same = [](std::uint8_t here, std::uint8_t sought) {
    return here == static_cast<std::uint8_t>(sought ^ 0xFF);
  };
  for (const auto& [from, to] : ranges) {
    for (std::uintptr_t at = from; at < to; at += kBlock) {
      iovec local{block.data(), block.size()};
      iovec remote{reinterpret_cast<void*>(at), std::min<std::size_t>(block.size(), to - at)};
      const ssize_t got = ::process_vm_readv(::getpid(), &local, 1, &remote, 1, 0);
      if (got <= 0) continue;
      const auto end = block.begin() + got;
      const auto hit = std::search(block.begin(), end, turned.begin(), turned.end(), same);
      // The block itself holds what was just read of elsewhere; its own address range would find that again.
      const bool reads_itself = at < reinterpret_cast<std::uintptr_t>(block.data()) + block.size() &&
                                reinterpret_cast<std::uintptr_t>(block.data()) < at + block.size();
      if (hit != end && !reads_itself) {
        std::fill(block.begin(), block.end(), std::uint8_t{0});
        return true;
      }
    }
  }
  std::fill(block.begin(), block.end(), std::uint8_t{0});
  return false;
}

// The chain key a stream of this seed starts with, every bit turned.
std::vector<std::uint8_t> turned_chain_key(std::uint64_t seed) {
  FakeEnv env(0, seed);
  std::vector<std::uint8_t> turned(32);
  for (std::uint8_t& byte : turned) {
    std::uint8_t one = 0;
    env.fill_random({&one, 1});
    byte = static_cast<std::uint8_t>(one ^ 0xFF);
  }
  return turned;
}

TEST_CASE("once a message is sealed, no memory holds the chain key that sealed it") {
  FakeEnv keys(0, 1);
  const BoxKey recipient = BoxKey::generate(keys);
  constexpr std::uint64_t kSeed = 424242;
  const std::vector<std::uint8_t> turned = turned_chain_key(kSeed);
  FakeEnv env(0, kSeed);
  SealStream stream = SealStream::open(env, Recipient::kCentre, recipient.public_key()).value();
  REQUIRE(memory_holds(turned));  // it is there now, and the search finds it
  const Bytes sealed = stream.seal(event_key(1), as_bytes("x"));
  CHECK_FALSE(memory_holds(turned));
  CHECK(open_message(recipient, Recipient::kCentre, stream.sealed_key(), 0, event_key(1), sealed));
}

#endif

}  // namespace
}  // namespace mimika::crypto
