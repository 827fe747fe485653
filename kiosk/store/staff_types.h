// What the store keeps of staff, and of what they do at the counter: values for store.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/model/event.h"
#include "kiosk/model/officer_rules.h"
#include "kiosk/model/pin_lockout.h"

namespace mimika {

// An account without anything that could be tried out.
struct StaffMember {
  std::string login;
  std::string name;
  Role role = Role::kOfficer;
  std::uint32_t version = 0;
  bool must_change_pin = false;
  bool needs_key_file = false;
  PinTries tries;  // as this boot sees them
};

// What an officer does with a ticket. Which role may do it with which ticket was asked before (officer_rules.h).
struct OfficerAct {
  OfficerAction action = OfficerAction::kVerify;
  TicketId ticket;
  // How much of the timeline the officer had seen: a ticket that moved on meanwhile is looked at again first, and
  // pressing twice does nothing twice.
  std::size_t seen_entries = 0;
  Actor actor;
  std::string_view words = {};  // an answer, a question, a reason, what was done
  OpdId opd = {};               // kHandOver
  TicketNumber other = {};      // kMarkDuplicate
};

// The office's sealed copy of one event's private part, and where it lies in its stream.
struct OfficeCopy {
  std::int64_t place = 0;  // grows with the order in which they were written
  EventKey key;
  Bytes event;   // as encoded
  Bytes sealed;  // of the opening of a stream: its chain key, sealed to the office's key
};

struct PostedNotice {
  EventKey posted;
  WallMs posted_ms = 0;
  std::string by;
  std::string title;
  std::string text;
  std::string until;  // "2026-12-24"; empty: until it is withdrawn
};

// How the office stands by its officers' last word.
enum class OfficeStand : std::uint8_t { kOpen = 0, kPaused = 1, kClosed = 2 };

}  // namespace mimika
