#include "kiosk/office/sign_in.h"

#include <algorithm>

#include "kiosk/base/log.h"

namespace mimika::office {
namespace {

void note(Store& store, const Actor& actor, StaffAct act, std::string detail) {
  if (const Status noted = store.note_staff_act({actor, act, std::move(detail)}); !noted) {
    log_error("staff", "not written down: {}", noted.error().message);
  }
}

bool is_revoked(Store& store, const std::string& login) {
  const auto policy = store.policy();
  return policy && *policy && std::ranges::count((*policy)->revoked_accounts, login) > 0;
}

std::unexpected<SignInRefusal> refuse(staff::Trouble trouble, std::int64_t wait_ms = 0) {
  return std::unexpected(SignInRefusal{trouble, wait_ms});
}

}  // namespace

std::expected<SignedIn, SignInRefusal> sign_in(Store& store, Env& env, const crypto::SecretBytes& device_secret,
                                               const std::string& login, std::string_view pin,
                                               const crypto::SecretBytes* key_file) {
  const auto member = store.staff_member(login);
  if (!member) return refuse(staff::Trouble::kNotSaved);
  if (!*member || is_revoked(store, login)) {
    crypto::try_nobody(pin);
    return refuse(staff::Trouble::kPinWrong);
  }
  const Actor actor{.account = login, .name = (*member)->name, .role = (*member)->role, .opd = {}};
  // That a key file is missing shows before anything is tried: it costs nobody a try.
  if ((*member)->needs_key_file && key_file == nullptr) return refuse(staff::Trouble::kKeyFileMissing);
  const auto tries = store.count_pin_try(login);
  if (!tries) {
    if (tries.error().code == ErrorCode::kUnauthorised) return refuse(staff::Trouble::kLocked);
    if (tries.error().code == ErrorCode::kConflict)
      return refuse(staff::Trouble::kPinWait, wait_left_ms((*member)->tries, env.monotonic_ms()));
    log_error("staff", "no try can be counted: {}", tries.error().message);
    return refuse(staff::Trouble::kNotSaved);
  }
  const auto credential = store.staff_credential(login, device_secret);
  if (!credential) {
    log_error("staff", "the account {} does not open: {}", login, credential.error().message);
    return refuse(staff::Trouble::kNotSaved);
  }
  const auto seed = crypto::open_credential(*credential, pin, key_file);
  if (!seed) {
    note(store, actor, is_locked(*tries) ? StaffAct::kPinLocked : StaffAct::kPinWrong, std::to_string(tries->wrong));
    if (is_locked(*tries)) return refuse(staff::Trouble::kLocked);
    return refuse(staff::Trouble::kPinWrong, wait_left_ms(*tries, env.monotonic_ms()));
  }
  if (const Status forgotten = store.forget_pin_tries(login); !forgotten) {
    log_error("staff", "tries stay counted: {}", forgotten.error().message);
  }
  note(store, actor, StaffAct::kSignedIn, {});
  SignedIn in;
  in.duty = {.actor = actor, .must_change_pin = (*member)->must_change_pin, .since_ms = env.monotonic_ms()};
  if (!seed->empty()) in.office_key = crypto::BoxKey::from_seed(*seed);
  return in;
}

staff::Trouble change_pin(Store& store, Env& env, const crypto::SecretBytes& device_secret, const Actor& actor,
                          const crypto::BoxKey* office_key, std::string_view pin, const crypto::SecretBytes* key_file) {
  switch (crypto::check_pin(pin)) {
    case crypto::PinFault::kNone:
      break;
    case crypto::PinFault::kTooSimple:
      return staff::Trouble::kPinTooSimple;
    default:
      return staff::Trouble::kPinTooShort;
  }
  const auto before = store.staff_credential(actor.account, device_secret);
  if (!before) return staff::Trouble::kNotSaved;
  if (crypto::open_credential(*before, pin, key_file)) return staff::Trouble::kPinSame;
  const auto made = crypto::make_credential(env, pin, before->needs_key_file ? key_file : nullptr,
                                            office_key == nullptr ? nullptr : &office_key->seed(), before->cost);
  if (!made) {
    log_error("staff", "no other PIN: {}", made.error().message);
    return staff::Trouble::kNotSaved;
  }
  if (const Status kept = store.change_staff_credential(actor.account, *made, device_secret); !kept) {
    log_error("staff", "no other PIN: {}", kept.error().message);
    return staff::Trouble::kNotSaved;
  }
  note(store, actor, StaffAct::kPinChanged, {});
  return staff::Trouble::kNone;
}

Status let_in(Store& store, const Actor& actor, const std::string& login) {
  TRY_ASSIGN(const std::optional<StaffMember> member, store.staff_member(login));
  if (!member) return fail(ErrorCode::kNotFound, "no account " + login);
  TRY(store.forget_pin_tries(login));
  return store.note_staff_act({actor, StaffAct::kPinUnlocked, login});
}

std::vector<staff::Person> people(const std::vector<StaffMember>& members, std::int64_t monotonic_ms,
                                  const std::vector<std::string>& revoked) {
  std::vector<staff::Person> people;
  for (const StaffMember& member : members) {
    if (std::ranges::count(revoked, member.login) > 0) continue;
    people.push_back({.login = member.login,
                      .name = member.name,
                      .role = member.role,
                      .locked = is_locked(member.tries),
                      .wait_ms = wait_left_ms(member.tries, monotonic_ms),
                      .needs_key_file = member.needs_key_file});
  }
  return people;
}

}  // namespace mimika::office
