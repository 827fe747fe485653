// Strong ids: a bare integer or string never says what it counts or names.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace mimika {

template <typename Tag, typename Value>
struct StrongId {
  Value value{};
  friend auto operator<=>(const StrongId&, const StrongId&) = default;
};

using DeviceId = StrongId<struct DeviceIdTag, std::uint32_t>;  // assigned at enrolment; kCentreDevice is the centre
using Epoch = StrongId<struct EpochTag, std::uint32_t>;        // one life of a database, random
using Seq = StrongId<struct SeqTag, std::uint64_t>;            // dense, from 1, within (device, epoch)
using FeedSeq = StrongId<struct FeedSeqTag, std::uint64_t>;    // dense, from 1, within a district's feed
using DistrictCode = StrongId<struct DistrictCodeTag, std::string>;  // Kemendagri: "94.04.06"
using KampungCode = StrongId<struct KampungCodeTag, std::string>;    // "94.04.06.2001"
using CategoryId = StrongId<struct CategoryIdTag, std::string>;      // assets/catalogue/categories.json
using ServiceId = StrongId<struct ServiceIdTag, std::string>;        // assets/catalogue/services.json
using OpdId = StrongId<struct OpdIdTag, std::string>;                // assets/catalogue/opds.json

// The centre writes a journal of its own, as device 1.
inline constexpr DeviceId kCentreDevice{1};

// The key of an event, and of whatever that event created: a ticket's id is the key of the event that filed it.
struct EventKey {
  DeviceId device;
  Epoch epoch;
  Seq seq;
  friend auto operator<=>(const EventKey&, const EventKey&) = default;
};

using TicketId = EventKey;

[[nodiscard]] inline std::string to_string(const EventKey& key) {
  return std::to_string(key.device.value) + "/" + std::to_string(key.epoch.value) + "/" + std::to_string(key.seq.value);
}

}  // namespace mimika

template <>
struct std::hash<mimika::EventKey> {
  std::size_t operator()(const mimika::EventKey& key) const noexcept {
    const std::uint64_t source = (std::uint64_t{key.device.value} << 32) | key.epoch.value;
    return std::hash<std::uint64_t>{}(source * 0x9E3779B97F4A7C15ULL ^ key.seq.value);
  }
};
