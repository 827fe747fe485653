#include "sync/client/courier.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <numeric>
#include <system_error>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/part_file.h"
#include "kiosk/base/stick_folder.h"
#include "sync/client/refusal.h"

namespace mimika::sync {
namespace {

constexpr std::string_view kAckPrefix = "ACK-";
constexpr std::size_t kNameHashBytes = 8;

// Two files may say the same of themselves and hold something else; a stranger's must not push out a good one.
std::string name_in_folder(const wire::StickFile& bundle) {
  const crypto::Hash hash = crypto::hash_of("mimika courier file 1", bundle.content);
  std::string name = bundle.name();
  name.resize(name.size() - wire::kStickSuffix.size());
  return name + "-" + to_hex(ByteView(hash).first(kNameHashBytes)) + std::string(wire::kStickSuffix);
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

bool is_ack(const FoundFile& file) {
  return file.name.starts_with(kAckPrefix);
}

// "ACK-17-3.kb"; nothing for any other name.
std::optional<Courier::HeldAck> parse_ack_name(const std::string& name) {
  if (!name.starts_with(kAckPrefix)) return std::nullopt;
  Courier::HeldAck ack;
  ack.name = name;
  const char* const end = name.data() + name.size();
  const auto device = std::from_chars(name.data() + kAckPrefix.size(), end, ack.device.value);
  if (device.ec != std::errc() || device.ptr == end || *device.ptr != '-') return std::nullopt;
  const auto version = std::from_chars(device.ptr + 1, end, ack.version);
  if (version.ec != std::errc() || std::string_view(version.ptr, end) != wire::kStickSuffix) return std::nullopt;
  return ack;
}

// Device and epoch of a bundle's name.
std::string_view journal_of(std::string_view name) {
  const std::size_t device_ends = name.find('-');
  return name.substr(0, device_ends == std::string_view::npos ? device_ends : name.find('-', device_ends + 1));
}

// The first number of a bundle's name after device and epoch: files of one life go in their order.
std::uint64_t first_seq_of(const std::string& name) {
  std::uint64_t first = 0;
  std::size_t at = name.find('-');
  if (at != std::string::npos) at = name.find('-', at + 1);
  if (at != std::string::npos) std::from_chars(name.data() + at + 1, name.data() + name.size(), first);
  return first;
}

Result<std::vector<FoundFile>> files_in(const std::string& folder) {
  if (!exists(folder)) return std::vector<FoundFile>();
  return list_files(folder, wire::kStickSuffix, limits::kStickFiles);
}

}  // namespace

CourierLimits courier_limits() {
  return {limits::kCourierBytes, limits::kCourierFiles, limits::kCourierReserveBytes};
}

Courier::Courier(std::string folder, DeviceId self, std::vector<crypto::VerifyKey> centre_keys, CourierLimits most)
    : folder_(std::move(folder)), self_(self), centre_keys_(std::move(centre_keys)), most_(most) {}

Status Courier::make_room(std::uint64_t bytes) {
  TRY(make_private_folder(folder_));
  TRY_ASSIGN(std::vector<FoundFile> held, files_in(folder_));
  std::erase_if(held, is_ack);
  const std::uint64_t used = std::accumulate(held.begin(), held.end(), std::uint64_t{0},
                                             [](std::uint64_t sum, const FoundFile& file) { return sum + file.bytes; });
  if (held.size() >= most_.files || used + bytes > most_.bytes) {
    return fail(ErrorCode::kTooLarge, "this kiosk carries as much for others as it may");
  }
  TRY_ASSIGN(const std::uint64_t free, free_bytes(folder_));
  if (free < most_.reserve_bytes + bytes) {
    return fail(ErrorCode::kTooLarge, "what is free on this kiosk's disk is kept for its own");
  }
  return {};
}

Result<Kept> Courier::keep_bundle(const wire::StickFile& bundle) {
  const std::string name = name_in_folder(bundle);
  if (exists(folder_ + "/" + name)) return Kept::kHad;
  const Bytes file = wire::encode_stick_file(bundle);
  TRY(make_room(file.size()));
  TRY(write_file_durably(folder_ + "/" + name, file, FileMode::kPrivate));
  return Kept::kNew;
}

Result<Kept> Courier::keep_ack(const wire::StickFile& ack) {
  const auto signed_by = [&](const crypto::VerifyKey& key) { return wire::is_signed_by(ack, key); };
  if (std::ranges::none_of(centre_keys_, signed_by)) {
    return fail(ErrorCode::kUnauthorised, "the signature is not the centre's");
  }
  return keep_newest(ack);
}

Result<Kept> Courier::keep_newest(const wire::StickFile& ack) {
  const auto& head = std::get<wire::AckHead>(ack.head);
  TRY_ASSIGN(const std::vector<HeldAck> held, acks());
  const auto of_device = [&](const HeldAck& other) { return other.device == head.device; };
  if (std::ranges::any_of(held,
                          [&](const HeldAck& other) { return of_device(other) && other.version >= head.version; })) {
    return Kept::kHad;
  }
  const Bytes file = wire::encode_stick_file(ack);
  // Beside the limits: the centre made it, there is one a kiosk, and without it a full folder would never be emptied.
  TRY(make_private_folder(folder_));
  TRY(write_file_durably(folder_ + "/" + ack.name(), file, FileMode::kPrivate));
  for (const HeldAck& older : held) {
    if (of_device(older)) TRY(remove_file(folder_, older.name));
  }
  return Kept::kNew;
}

Result<std::vector<Courier::HeldAck>> Courier::acks() {
  TRY_ASSIGN(const std::vector<FoundFile> held, files_in(folder_));
  std::vector<HeldAck> acks;
  for (const FoundFile& file : held) {
    if (auto ack = parse_ack_name(file.name)) acks.push_back(*std::move(ack));
  }
  return acks;
}

Result<Bytes> Courier::read_ack(const HeldAck& ack) {
  return read_file(folder_ + "/" + ack.name, limits::kStickFileBytes);
}

Result<std::uint64_t> Courier::waiting_bundles() {
  TRY_ASSIGN(const std::vector<FoundFile> held, files_in(folder_));
  return held.size() - static_cast<std::uint64_t>(std::ranges::count_if(held, is_ack));
}

Status Courier::forward(Transport& transport, ForwardReport& report, const std::function<bool()>& go_on) {
  TRY_ASSIGN(std::vector<FoundFile> held, files_in(folder_));
  std::erase_if(held, is_ack);
  std::ranges::stable_sort(
      held, {}, [&](const FoundFile& file) { return std::pair(file.name == failed_, first_seq_of(file.name)); });
  for (const FoundFile& file : held) {
    if (!go_on()) return {};
    if (told_to_wait_.contains(file.name)) {
      ++report.waiting;
    } else if (Status done = forward_one(transport, file.name, report); !done) {
      failed_ = file.name;
      return done;
    }
  }
  return {};
}

Status Courier::forward_one(Transport& transport, const std::string& name, ForwardReport& report) {
  TRY_ASSIGN(const Bytes bundle, read_file(folder_ + "/" + name, limits::kStickFileBytes));
  TRY_ASSIGN(const HttpResponse response, transport.post(kBundlePath, bundle));
  if (response.status == 200) {
    const auto ack = wire::read_stick_file(response.body);
    if (!ack || !std::holds_alternative<wire::AckHead>(ack->head)) {
      report.refusals.emplace_back(RefusedWhat::kAnswer, "no_ack");
      return fail(ErrorCode::kCorrupt, "the centre sent no ACK");
    }
    // From the centre itself, under a key that perhaps only that other kiosk still knows.
    TRY(keep_newest(*ack));
    TRY(remove_file(folder_, name));
    ++report.forwarded;
    // Others of the same journal may fit now.
    std::erase_if(told_to_wait_, [&](const std::string& other) { return journal_of(other) == journal_of(name); });
    return {};
  }
  const Refusal refusal = read_refusal(response);
  if (response.status >= 500 || response.status == 429) return std::unexpected(refusal.error);
  if (refusal.name == kGapRefusal) {
    ++report.waiting;
    told_to_wait_.insert(name);
    return {};
  }
  // Its kiosk still has the events, and the stick the file: what the centre will never take must not fill this folder.
  log_warning("sync", "{} is let go: {}", name, refusal.error.message);
  TRY(remove_file(folder_, name));
  ++report.refused;
  report.refusals.emplace_back(RefusedWhat::kCarriedBundle, refusal.name);
  return {};
}

}  // namespace mimika::sync
