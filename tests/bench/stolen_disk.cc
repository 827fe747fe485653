// What a thief reads who has the whole data folder of a kiosk and this program.
//
//   bench_stolen_disk FOLDER TICKETS PINS      makes a kiosk's data in FOLDER, robs it, prints one JSON object
//
// The folder is written by the product's own code: the journal with so many tickets, each with planted words in every
// private field and a photo, the keys, the device's secret in its file (a machine without a TPM), an officer's account.
// Then everything in it is tried: the planted words as they are and in other encodings, in every file and in whatever
// unpacks; every 32 bytes that stand anywhere in a small file or as hexadecimal digits, as every key there is; and the
// officer's PIN by guessing, the PINs people choose first, so many. Counted is how many planted words came out.
//
// A thief that finds nothing may only be a bad thief: with the right PIN the same code must find every one.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "kiosk/base/log.h"
#include "kiosk/crypto/attachment.h"
#include "kiosk/crypto/device_secret.h"
#include "kiosk/crypto/ratchet.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::bench {
namespace {

namespace fs = std::filesystem;

constexpr DeviceId kDevice{1001};
constexpr const char* kOfficersPin = "480213";
constexpr const char* kLogin = "yosefa";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSmallFile = 4096;  // whose every window of 32 bytes is tried as a key

std::string planted(std::size_t ticket, const char* what) {
  return std::string("PLANTED") + what + std::to_string(1'000'000 + ticket);
}

constexpr std::array<const char*, 6> kFields = {"STORY", "NAME", "PHONE", "ADDRESS", "LANDMARK", "PHOTO"};

struct World {
  std::unique_ptr<Env> env = make_system_env();
  crypto::BoxKey centre = crypto::BoxKey::generate(*env);
  crypto::BoxKey office = crypto::BoxKey::generate(*env);  // its secret half never touches the disk but wrapped
  std::string folder;

  [[nodiscard]] Result<std::unique_ptr<Store>> open() {
    return Store::open({.folder = folder + "/journal",
                        .identity = {kDevice, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}},
                        .centre_key = centre.public_key(),
                        .office_key = office.public_key(),
                        .program_version = "bench"},
                       *env);
  }
};

Status make_kiosk(World& world, std::size_t tickets) {
  for (const char* part : {"/journal", "/keys"}) {
    fs::remove_all(world.folder + part);  // of a run before
    fs::create_directories(world.folder + part);
  }
  TRY_ASSIGN(const auto store, world.open());
  const crypto::SigningKey device = crypto::SigningKey::generate(*world.env);
  TRY(crypto::save_seed(world.folder + "/keys/sign.seed", device.seed()));
  const auto vault = crypto::make_file_vault(world.folder + "/keys");
  TRY_ASSIGN(const crypto::SecretBytes secret, vault->secret(*world.env));
  wire::StaffAccounts accounts;
  accounts.district = DistrictCode{"94.04.06"};
  accounts.challenge_secret = Bytes(kKeyBytes, 1);
  wire::StaffAccount account;
  account.login = kLogin;
  account.name = "Yosefa Magal";
  TRY_ASSIGN(account.credential, crypto::make_credential(*world.env, kOfficersPin, nullptr, &world.office.seed()));
  accounts.accounts.push_back(std::move(account));
  TRY(store->take_staff_accounts(accounts, secret));
  for (std::size_t i = 0; i < tickets; ++i) {
    NewTicket ticket;
    ticket.category = CategoryId{"air"};
    ticket.confidentiality = i % 3 == 0 ? Confidentiality::kSecret : Confidentiality::kNameHidden;
    ticket.receipt_key.fill(7);
    ticket.details.story = planted(i, "STORY");
    ticket.details.name = planted(i, "NAME");
    ticket.details.phone = planted(i, "PHONE");
    ticket.details.address = planted(i, "ADDRESS");
    ticket.details.landmark = planted(i, "LANDMARK");
    const std::string photo = planted(i, "PHOTO");
    ticket.media.push_back({MediaKind::kPhoto, as_bytes(photo)});
    TRY_ASSIGN(const FiledTicket filed, store->file_ticket(ticket));
    static_cast<void>(filed);
  }
  return store->checkpoint();
}

std::string read_whole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string base64(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i + 3 <= text.size(); i += 3) {
    const auto at = [&](std::size_t k) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + k])); };
    const std::uint32_t bits = at(0) << 16 | at(1) << 8 | at(2);
    for (int shift = 18; shift >= 0; shift -= 6) out += kLetters[bits >> shift & 63];
  }
  return out;
}

class Thief {
 public:
  Thief(std::string folder, std::size_t tickets) : folder_(std::move(folder)) {
    for (std::size_t i = 0; i < tickets; ++i) {
      for (const char* field : kFields) markers_.insert(planted(i, field));
    }
  }

  // What stands in clear, or nearly.
  void read_everything() {
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (!entry.is_regular_file()) continue;
      ++files_;
      const std::string content = read_whole(entry.path());
      look_into(content);
      look_for_keys(content);
      for (std::size_t at = content.find("\x28\xB5\x2F\xFD"); at != std::string::npos;
           at = content.find("\x28\xB5\x2F\xFD", at + 1)) {
        if (const auto plain = wire::decompress(as_bytes(std::string_view(content).substr(at)), 1 << 20))
          look_into(as_text(*plain));
      }
    }
  }

  // Every key that was found against everything that is sealed.
  Status try_keys(Store& store) {
    for (const std::string& bytes : keys_) {
      const crypto::SecretBytes seed = crypto::SecretBytes::copy_of(as_bytes(bytes));
      TRY(open_with(store, crypto::BoxKey::from_seed(seed)));
    }
    return {};
  }

  // The officer's PIN: what people choose first. The device's secret lies beside the database.
  Status guess_pins(Store& store, const crypto::SecretBytes& device_secret, std::size_t pins, nlohmann::json& found) {
    TRY_ASSIGN(const crypto::StaffCredential credential, store.staff_credential(kLogin, device_secret));
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < pins; ++i) {
      std::string pin = std::to_string(i * 111'111 % 1'000'000);  // 111111, 222222, …; 123456 and its like are refused
      pin.insert(0, 6 - std::min<std::size_t>(6, pin.size()), '0');
      if (const auto seed = crypto::open_credential(credential, pin, nullptr))
        TRY(open_with(store, crypto::BoxKey::from_seed(*seed)));
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    found["pins_tried"] = pins;
    found["seconds_a_pin"] = pins == 0 ? 0 : took.count() / static_cast<double>(pins);
    return {};
  }

  Status open_with_pin(Store& store, const crypto::SecretBytes& device_secret, const char* pin) {
    TRY_ASSIGN(const crypto::StaffCredential credential, store.staff_credential(kLogin, device_secret));
    TRY_ASSIGN(const crypto::SecretBytes seed, crypto::open_credential(credential, pin, nullptr));
    return open_with(store, crypto::BoxKey::from_seed(seed));
  }

  [[nodiscard]] std::size_t found() const { return found_.size(); }
  [[nodiscard]] std::size_t keys() const { return keys_.size(); }
  [[nodiscard]] std::size_t files() const { return files_; }
  void forget() { found_.clear(); }

 private:
  void look_into(std::string_view text) {
    for (std::size_t at = text.find("PLANTED"); at != std::string_view::npos; at = text.find("PLANTED", at + 1)) {
      std::size_t end = at + 7;
      while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0)) ++end;
      const std::string word(text.substr(at, end - at));
      if (markers_.contains(word)) found_.insert(word);
    }
    // The first letters in other clothes; which word it is does not matter then.
    const std::string wide{"P\0L\0A\0N\0T\0E\0D\0", 14};
    for (const std::string& other :
         {wide, base64("PLANTEDST"), base64("PLANTEDNA"), to_hex(as_bytes(std::string_view("PLANTED")))}) {
      if (text.find(other) != std::string_view::npos) found_.insert("in other clothes: " + other);
    }
  }

  void look_for_keys(const std::string& content) {
    if (content.size() <= kSmallFile) {
      for (std::size_t at = 0; at + kKeyBytes <= content.size(); ++at) keys_.insert(content.substr(at, kKeyBytes));
    }
    for (std::size_t at = 0; at + 2 * kKeyBytes <= content.size(); ++at) {
      const std::string_view digits = std::string_view(content).substr(at, 2 * kKeyBytes);
      if (!std::ranges::all_of(digits, [](unsigned char c) { return std::isxdigit(c) != 0; })) continue;
      if (const auto bytes = from_hex(digits)) keys_.insert(std::string(as_text(*bytes)));
    }
  }

  Status open_with(Store& store, const crypto::BoxKey& key) {
    std::optional<crypto::OpenStream> stream;
    std::int64_t after = 0;
    for (;;) {
      TRY_ASSIGN(const std::vector<OfficeCopy> copies, store.office_copies(after, 4096));
      if (copies.empty()) return {};
      for (const OfficeCopy& copy : copies) {
        after = copy.place;
        TRY_ASSIGN(const Event event, wire::decode_event(copy.key, copy.event));
        if (const auto* opened = std::get_if<SealStreamOpened>(&event.payload)) {
          auto office = crypto::OpenStream::begin(key, crypto::Recipient::kOffice, copy.sealed);
          auto centre = crypto::OpenStream::begin(key, crypto::Recipient::kCentre, opened->centre_sealed_key);
          stream.reset();
          if (office) stream = *std::move(office);
          if (centre) found_.insert("a stream of the centre's opens");
          continue;
        }
        if (!stream || !event.sealed_at) continue;
        Bytes plain;
        if (!stream->open(event.sealed_at->index, copy.key, copy.sealed, plain)) continue;
        if (const auto part = wire::decode_private_part(plain)) take(store, event, *part);
      }
    }
  }

  void take(Store& store, const Event& event, const PrivatePart& part) {
    for (const std::string* text : {&part.story, &part.name, &part.phone, &part.address, &part.landmark})
      look_into(*text);
    const auto* added = std::get_if<AttachmentAdded>(&event.payload);
    if (added == nullptr) return;
    const auto sealed = store.attachment_file(added->content);
    if (!sealed) return;
    const auto key = crypto::SecretBytes::copy_of(part.attachment_key);
    if (const auto plain = crypto::open_attachment(key, crypto::AttachmentPart::kContent, added->ticket, *sealed))
      look_into(as_text(*plain));
  }

  std::string folder_;
  std::set<std::string> markers_;
  std::set<std::string> found_;
  std::set<std::string> keys_;
  std::size_t files_ = 0;
};

Result<nlohmann::json> rob(World& world, std::size_t tickets, std::size_t pins) {
  TRY(make_kiosk(world, tickets));
  nlohmann::json found;
  Thief thief(world.folder, tickets);
  thief.read_everything();
  TRY_ASSIGN(const auto store, world.open());
  const auto vault = crypto::make_file_vault(world.folder + "/keys");
  TRY_ASSIGN(const crypto::SecretBytes secret, vault->secret(*world.env));
  TRY(thief.try_keys(*store));
  TRY(thief.guess_pins(*store, secret, pins, found));
  found["markers_found"] = thief.found();
  found["markers_planted"] = tickets * kFields.size();
  found["files"] = thief.files();
  found["keys_tried"] = thief.keys();
  thief.forget();
  TRY(thief.open_with_pin(*store, secret, kOfficersPin));
  found["found_with_the_pin"] = thief.found();
  return found;
}

}  // namespace
}  // namespace mimika::bench

int main(int count, char** words) {
  using namespace mimika;
  if (count != 4) return 2;
  open_log("", LogLevel::kError);
  bench::World world;
  world.folder = words[1];
  const std::size_t tickets = std::strtoull(words[2], nullptr, 10);
  const auto found = bench::rob(world, tickets, std::strtoull(words[3], nullptr, 10));
  if (!found) {
    std::fprintf(stderr, "%s\n", found.error().message.c_str());
    return 1;
  }
  std::printf("%s\n", found->dump().c_str());
  const bool good_thief = found->at("found_with_the_pin") == found->at("markers_planted");
  if (!good_thief) std::fprintf(stderr, "with the right PIN not every planted word was found\n");
  return good_thief && found->at("markers_found") == 0 ? 0 : 1;
}
