// The officers' counter behind the screen: lets people in, opens what they may read, does what they do. It works on the
// desk's thread and on the desk's store; whatever it finds out goes to the screen's thread as a message.
//
// The office's secret key lives in `book_` alone, from a right PIN until signing out.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "kiosk/base/env.h"
#include "kiosk/crypto/device_secret.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/office/office_book.h"
#include "kiosk/office/sign_in.h"
#include "kiosk/staff/staff_action.h"
#include "kiosk/staff/staff_effect.h"
#include "sync/client/enrolment_files.h"

namespace mimika {

struct CounterWorld {
  Env& env;
  const Catalogue& catalogue;
  std::function<void(staff::Action)> tell;             // to the screen's thread
  std::function<bool(std::function<void()>)> post;     // later, on this thread, behind what waits there; false: never
  std::function<void(RequestId, PersonalBytes)> play;  // a voice, on the screen's thread
  std::function<void()> closed;                        // the turn of duty is over, and nobody asked for that
  std::function<void()> written;                       // something was: the status and the synchronisation should know
};

class Counter {
 public:
  // `key_folder`: where the device's secret lies.
  Counter(CounterWorld world, const std::string& key_folder);

  // Null: the store is not open yet, and nothing can be done.
  void run(staff::Effect effect, Store* store);
  // Accounts that came from the centre take the place of those before.
  void take_accounts(Store& store, const sync::Enrolment& enrolment);
  // A round of the synchronisation changed these; nothing: any may have.
  void tickets_changed(Store& store, const std::optional<std::vector<TicketId>>& changed);
  // Whoever may no longer work here does not go on until they sign out.
  void check_duty(Store& store);
  // What cannot be asked for: the counter must not wait for it. Nothing for what nobody waits for.
  [[nodiscard]] static std::optional<staff::Action> refusal_of(const staff::Effect& effect);
  // The key and everything that it opened are gone; written down where there is a store.
  void sign_out(Store* store, StaffAct why);

 private:
  class Runner;
  void load_on(Store& store);
  void end_loading(bool well);
  [[nodiscard]] CaseKind kind_of(Store& store, const Ticket& ticket) const;
  [[nodiscard]] bool may_read(Store& store) const;  // private parts, now
  [[nodiscard]] Result<const crypto::SecretBytes*> device_secret();
  [[nodiscard]] std::array<bool, kOfficerActions> may_now(Store& store, const Ticket& ticket) const;
  [[nodiscard]] Result<staff::Case> read(Store& store, const TicketId& ticket, bool note);
  [[nodiscard]] bool allowed(Store& store, OfficerAction action) const;

  CounterWorld world_;
  const std::string key_folder_;
  std::unique_ptr<crypto::SecretVault> vault_;  // found when it is first needed: a chip may take its time
  std::optional<crypto::SecretBytes> device_secret_;
  std::uint32_t accounts_version_ = 0;  // as last looked at
  std::optional<staff::Duty> duty_;
  std::unique_ptr<office::OfficeBook> book_;
  std::uint64_t turn_ = 0;                                  // of duty: what still waits for an earlier one does nothing
  std::vector<staff::effect::ReadReport> waiting_reports_;  // until the lists are there
};

}  // namespace mimika
