// The ticket projection's rows, and the questions pages ask of them. A ticket is always read whole (its encoded body);
// the other columns only find and order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/mark.h"
#include "kiosk/model/ticket.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct TicketRow {
  Ticket ticket;
  // The category for routing: the public one, or the hidden one of a secret ticket. Never shown to anyone.
  std::optional<CategoryId> routing_category;
};

// The mark without its dates: what the colour column holds.
[[nodiscard]] MarkColour stored_colour(const Ticket& ticket);

[[nodiscard]] Result<std::optional<TicketRow>> find_ticket(Database& database, const TicketId& id);
[[nodiscard]] Status save_ticket(Database& database, const TicketRow& row);
// Normally one; more only after a kiosk's disk was restored and its counter ran twice.
[[nodiscard]] Result<std::vector<TicketRow>> find_by_number(Database& database, const TicketNumber& number);

// Which tickets. An empty field asks nothing.
struct TicketFilter {
  std::vector<TicketStatus> statuses;
  std::optional<MarkColour> colour;
  std::optional<OpdId> opd;
  bool without_opd = false;
  std::optional<DistrictCode> district;
  std::vector<CategoryId> only_categories;    // by routing category
  std::vector<CategoryId> except_categories;  // a ticket without a category stays in
  bool newest_first = false;
  int limit = 50;
  int offset = 0;
};
[[nodiscard]] Result<std::vector<TicketRow>> list_tickets(Database& database, const TicketFilter& filter);
[[nodiscard]] Result<std::int64_t> count_tickets(Database& database, const TicketFilter& filter);

struct ColourCounts {
  std::int64_t grey = 0;
  std::int64_t red = 0;
  std::int64_t yellow = 0;
  std::int64_t green = 0;
};
[[nodiscard]] Result<ColourCounts> count_colours(Database& database);

// How many red tickets arrived before that moment.
[[nodiscard]] Result<std::int64_t> count_red_before(Database& database, WallMs arrived_before_ms);

struct NamedCount {
  std::string id;  // OPD or district; empty: none yet
  std::int64_t count = 0;
  friend bool operator==(const NamedCount&, const NamedCount&) = default;
};
enum class GroupBy { kOpd, kDistrict };
// Red tickets by OPD or district, most first.
[[nodiscard]] Result<std::vector<NamedCount>> count_red_by(Database& database, GroupBy group);

}  // namespace mimika::central
