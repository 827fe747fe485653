#include "sync/central/ingest/staff_check.h"

#include <optional>
#include <type_traits>

#include "kiosk/base/limits.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/clock_estimate.h"
#include "kiosk/model/officer_rules.h"
#include "kiosk/model/plain_text.h"
#include "sync/central/central_limits.h"
#include "sync/central/projection/projector.h"
#include "sync/central/store/clocks.h"
#include "sync/central/store/staff.h"
#include "sync/central/store/tickets.h"

namespace mimika::central {
namespace {

constexpr std::size_t kDayBytes = 10;  // "2026-12-24"

bool is_line(const std::string& text, std::size_t most) {
  return text.size() <= most && is_plain_text(text, LineBreaks::kForbidden);
}

bool is_prose(const std::string& text, std::size_t most) {
  return text.size() <= most && is_plain_text(text, LineBreaks::kAllowed);
}

bool fits_seal(const Bytes& sealed) {
  return sealed.size() <= mimika::limits::kReplyBytes + crypto::kSealOverheadBytes;
}

// Whether the words of an event keep their limits. They are shown to the public beside a name.
class WordsFit {
 public:
  template <typename Payload>
  bool operator()(const Payload& payload) const {
    bool fit = true;
    if constexpr (requires { payload.reason; }) {
      fit = fit && !trimmed(payload.reason).empty() && is_prose(payload.reason, limits::kReasonBytes);
    }
    if constexpr (requires { payload.sealed_text; }) fit = fit && fits_seal(payload.sealed_text);
    if constexpr (std::is_same_v<Payload, AnnouncementPosted>) {
      fit = fit && is_line(payload.title, mimika::limits::kNameBytes) && is_line(payload.until, kDayBytes);
    }
    if constexpr (requires { payload.text; }) fit = fit && is_prose(payload.text, mimika::limits::kReplyBytes);
    if constexpr (requires { payload.detail; }) fit = fit && is_line(payload.detail, limits::kReasonBytes);
    if constexpr (requires { payload.day; }) fit = fit && is_line(payload.day, kDayBytes);
    return fit;
  }
};

// Of a secret ticket what the office says is for the person alone; that it said something is public.
bool says_in_clear(const Event& event) {
  return std::visit(
      [](const auto& payload) {
        if constexpr (requires {
                        payload.text;
                        payload.sealed_text;
                      }) {
          return !payload.text.empty();
        } else {
          return false;
        }
      },
      event.payload);
}

// What of the table of docs/officers.md an event is; nothing: whoever works at a kiosk may.
class ActionOf {
 public:
  using Action = std::optional<OfficerAction>;
  Action operator()(const TicketVerified&) const { return OfficerAction::kVerify; }
  Action operator()(const TicketAssigned&) const { return OfficerAction::kHandOver; }
  Action operator()(const TicketHeld&) const { return OfficerAction::kHold; }
  Action operator()(const TicketResolved&) const { return OfficerAction::kResolve; }
  Action operator()(const TicketArchived&) const { return OfficerAction::kArchive; }
  Action operator()(const PrivateMessageAdded&) const { return OfficerAction::kAnswerPrivate; }
  Action operator()(const PrivatePartRead&) const { return OfficerAction::kReadPrivate; }
  Action operator()(const OfficeAnswered&) const { return OfficerAction::kAnswerPublic; }
  Action operator()(const MoreAsked&) const { return OfficerAction::kAskMore; }
  Action operator()(const TicketDuplicated&) const { return OfficerAction::kMarkDuplicate; }
  Action operator()(const TicketAssisted&) const { return OfficerAction::kAssist; }
  Action operator()(const AnnouncementPosted&) const { return OfficerAction::kAnnounce; }
  Action operator()(const AnnouncementWithdrawn&) const { return OfficerAction::kAnnounce; }
  Action operator()(const StaffActed& acted) const {
    switch (acted.act) {
      case StaffAct::kOfficeOpened:
      case StaffAct::kOfficePaused:
      case StaffAct::kOfficeClosed:
        return OfficerAction::kSetOffice;
      case StaffAct::kReportMade:
        return OfficerAction::kReport;
      case StaffAct::kMaintenanceBegun:
      case StaffAct::kMaintenanceEnded:
      case StaffAct::kMaintained:
        return OfficerAction::kMaintain;
      default:
        return std::nullopt;
    }
  }
  template <typename Other>
  Action operator()(const Other&) const {
    return std::nullopt;
  }
};

// Whether the role ever may, whatever the ticket is. How long the centre was not heard is the kiosk's to look at.
bool role_may_ever(OfficerAction action, Role role) {
  return is_about_ticket(action) ? may(action, role, CaseKind::kOpen, StaffScope::kFull)
                                 : may(action, role, StaffScope::kFull);
}

// An act of the account, and not only one against it.
bool is_own_act(const Event& event) {
  const auto* acted = std::get_if<StaffActed>(&event.payload);
  return acted == nullptr || (acted->act != StaffAct::kPinWrong && acted->act != StaffAct::kPinLocked);
}

}  // namespace

// A machine's clock may be wrong: what is known of it decides, and a doubt is the officer's gain.
Result<bool> StaffCheck::was_late(const Event& event, WallMs disabled_ms) const {
  if (event.time.confidence == ClockConfidence::kSynced && event.time.wall_ms >= disabled_ms) return true;
  TRY_ASSIGN(const auto anchors, clock_anchors(database_, event.key.device, event.key.epoch));
  const TimeRange range = estimate_time(event.time, anchors, {device_.enrolled_ms.value_or(0), now_ms_});
  return range.earliest_ms >= disabled_ms;
}

Result<std::string> StaffCheck::objection_to_actor(const Event& event, const Actor& actor) const {
  if (!is_kiosk_role(actor.role) || !actor.opd.value.empty()) return std::string("role_not_allowed");
  const auto action = std::visit(ActionOf(), event.payload);
  if (action && !role_may_ever(*action, actor.role)) return std::string("role_not_allowed");
  if (trimmed(actor.name).empty() || !is_line(actor.name, mimika::limits::kNameBytes)) {
    return std::string("words_over_limit");
  }
  TRY_ASSIGN(const auto staff, find_staff(database_, actor.account));
  if (!staff) return std::string("unknown_account");
  // The name may have changed since; the role never does.
  if (staff->role != actor.role) return std::string("another_role");
  if (!staff->district.value.empty() && staff->district != device_.district) return std::string("foreign_account");
  if (staff->disabled_ms && is_own_act(event)) {
    TRY_ASSIGN(const bool late, was_late(event, *staff->disabled_ms));
    if (late) return std::string("account_disabled");
  }
  return std::string();
}

Result<std::string> StaffCheck::objection_about_ticket(const Event& event, const TicketId& id) const {
  TRY_ASSIGN(const auto row, find_ticket(database_, id));
  if (!row) {
    if (id.device == device_.id) return std::string("unknown_ticket");
    // As with what a person says at another kiosk: it waits for its ticket, and is looked at again when that comes.
    TRY_ASSIGN(const auto filer, find_device(database_, id.device));
    return filer && filer->district == device_.district ? std::string() : std::string("foreign_ticket");
  }
  if (row->ticket.district != device_.district) return std::string("foreign_ticket");
  if (is_about_staff_of(*row, catalogue_)) return std::string("about_staff");
  const Confidentiality confidentiality = row->ticket.confidentiality;
  if (is_secret(confidentiality) && says_in_clear(event)) return std::string("not_sealed");
  const auto action = std::visit(ActionOf(), event.payload);
  // The rest of the table is of secret tickets: what would say in public what they are about.
  if (action && is_about_ticket(*action) &&
      !may(*action, doer_of(event)->role, case_kind(confidentiality, false), StaffScope::kFull)) {
    return std::string("secret_ticket");
  }
  if (row->ticket.timeline.size() >= limits::kTimelineEntries) return std::string("too_many_entries");
  return std::string();
}

Result<std::string> StaffCheck::objection_to_withdrawal(const Event& event) const {
  const auto* withdrawn = std::get_if<AnnouncementWithdrawn>(&event.payload);
  if (withdrawn == nullptr) return std::string();
  TRY_ASSIGN(const auto poster, find_device(database_, withdrawn->posted.device));
  return poster && poster->district == device_.district ? std::string() : std::string("foreign_announcement");
}

Result<std::string> StaffCheck::objection_to(const Event& event) const {
  const Actor* actor = doer_of(event);
  if (actor == nullptr) return std::string();
  TRY_ASSIGN(std::string objection, objection_to_actor(event, *actor));
  if (!objection.empty()) return objection;
  if (!std::visit(WordsFit(), event.payload)) return std::string("words_over_limit");
  if (const auto* assigned = std::get_if<TicketAssigned>(&event.payload)) {
    if (catalogue_.find_opd(assigned->opd) == nullptr) return std::string("unknown_opd");
  }
  if (const auto id = ticket_of(event)) return objection_about_ticket(event, *id);
  return objection_to_withdrawal(event);
}

}  // namespace mimika::central
