// What staff do with a ticket: each action checks the role and the ticket's state, and is one event in the centre's
// journal. Words that only the person may read are sealed to the receipt before they are written anywhere.
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/projection/private_part.h"
#include "sync/central/store/accounts.h"
#include "sync/central/store/tickets.h"
#include "sync/central/workflow/roles.h"

namespace mimika::central {

enum class TicketAction { kVerify, kAssign, kArchive, kFollowUp, kHold, kResolve, kMessage };

struct ActionRequest {
  TicketAction action = TicketAction::kVerify;
  TicketId ticket;
  // How much of the timeline the person had seen: a ticket that moved on meanwhile is looked at again first, and
  // pressing twice does nothing twice.
  std::size_t seen_entries = 0;
  std::string text;  // words or reason; kAssign: the OPD's id
};

// Whether the ticket's state allows it, the role aside.
[[nodiscard]] bool possible(TicketAction action, const Ticket& ticket);
[[nodiscard]] Permission permission_for(TicketAction action);

class TicketActions {
 public:
  TicketActions(Env& env, const CentreKeys& keys, const Catalogue& catalogue)
      : env_(env), keys_(keys), catalogue_(catalogue) {}

  // kUnauthorised: not this role's to do; kNotFound; kConflict: the ticket has moved on; kInvalidInput: no words, too
  // many (limits::kReplyBytes, kReasonBytes), or an OPD that may not have it.
  [[nodiscard]] Status act(Database& database, const Account& account, const ActionRequest& request);

  // Opens the private part for a person, and records that they did before they see a word of it. With kReadStory the
  // rest of it is left out, and what they wrote afterwards is read all the same.
  [[nodiscard]] Result<OpenedCase> open(Database& database, const Account& account, const TicketId& ticket,
                                        Permission permission);

 private:
  Env& env_;
  const CentreKeys& keys_;
  const Catalogue& catalogue_;
};

}  // namespace mimika::central
