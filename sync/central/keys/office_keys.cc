#include "sync/central/keys/office_keys.h"

#include "kiosk/crypto/challenge.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/staff.h"

namespace mimika::central {
namespace {

// What was sealed to a key that the centre has changed since opens with that one.
Result<crypto::SecretBytes> open_kept(const CentreKeys& keys, ByteView sealed) {
  auto opened = keys.box.open(sealed);
  for (auto past = keys.past.rbegin(); !opened && past != keys.past.rend(); ++past) {
    opened = past->pair.box.open(sealed);
  }
  if (!opened) return fail(ErrorCode::kCorrupt, "a secret that opens with none of the centre's keys");
  return opened;
}

}  // namespace

Result<crypto::BoxPublicKey> office_key_of(Database& database, Env& env, const CentreKeys& keys,
                                           const DistrictCode& district, WallMs now_ms) {
  TRY_ASSIGN(const auto existing, find_office_key(database, district));
  if (existing) return existing->box_public;
  const crypto::BoxKey created = crypto::BoxKey::generate(env);
  TRY_ASSIGN(Bytes sealed_seed, crypto::seal_to(keys.box.public_key(), created.seed().view()));
  OfficeKey key{created.public_key(), std::move(sealed_seed)};
  TRY(insert_office_key(database, district, key, now_ms));
  return key.box_public;
}

Result<crypto::SecretBytes> office_seed_of(Database& database, const CentreKeys& keys, const DistrictCode& district) {
  TRY_ASSIGN(const auto key, find_office_key(database, district));
  if (!key) return fail(ErrorCode::kNotFound, "no office key for district " + district.value);
  TRY_ASSIGN(crypto::SecretBytes seed, open_kept(keys, key->seed_sealed));
  if (seed.size() != crypto::kSeedBytes) return fail(ErrorCode::kCorrupt, "an office key of the wrong size");
  return seed;
}

Result<crypto::SecretBytes> challenge_secret_of(Database& database, Env& env, const CentreKeys& keys, DeviceId device,
                                                WallMs now_ms) {
  TRY_ASSIGN(const auto kept, find_challenge_secret(database, device));
  if (kept) {
    TRY_ASSIGN(crypto::SecretBytes secret, open_kept(keys, *kept));
    if (secret.size() != crypto::kChallengeSecretBytes) {
      return fail(ErrorCode::kCorrupt, "a secret for challenges of the wrong size");
    }
    return secret;
  }
  crypto::SecretBytes secret(crypto::kChallengeSecretBytes);
  env.fill_random(secret.span());
  TRY_ASSIGN(const Bytes sealed, crypto::seal_to(keys.box.public_key(), secret.view()));
  TRY(insert_challenge_secret(database, device, sealed, now_ms));
  return secret;
}

}  // namespace mimika::central
