// An update package on a stick: checked against the centre's signed note, and kept in this kiosk's folder for whoever
// installs it. Nothing is installed here, and nothing of a package is looked into.
#pragma once

#include <string>
#include <vector>

#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"
#include "sync/client/stick_watch.h"
#include "sync/wire/update_note.h"

namespace mimika::sync {

// A Debian package begins so.
[[nodiscard]] bool begins_as_package(ByteView beginning);

// Of a plain file, read in blocks. kTooLarge over limits::kUpdateBytes, however it grows meanwhile.
[[nodiscard]] Result<crypto::Hash> hash_package(const std::string& folder, const std::string& name,
                                                const BlockWatch& watch);

struct StagedUpdate {
  std::string path;  // in the kiosk's folder; its note lies beside it with the ending ".note"
  std::string version;
  bool had = false;  // it was there
};
// Copies it into `updates`, hashing what is written, and keeps it only if that is what the note names; durable when
// this returns. Of others only the newest limits::kUpdatesStaged - 1 stay. kUnauthorised when no key signed the note,
// kCorrupt when the package is not the one the note names, kTooLarge when it would leave the disk too little.
[[nodiscard]] Result<StagedUpdate> stage_update(const std::string& folder, const std::string& name,
                                                const wire::UpdateNote& note, const std::string& note_text,
                                                const std::vector<crypto::VerifyKey>& centre_keys,
                                                const std::string& updates, std::uint64_t reserve_bytes,
                                                const BlockWatch& watch);

}  // namespace mimika::sync
