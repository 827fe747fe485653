#include "sync/central/store/tickets.h"

#include "sync/central/store/columns.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

constexpr const char* kTicketColumns = "SELECT body, routing_category FROM ticket";

Result<TicketRow> read_ticket(const Row& row) {
  TicketRow out;
  TRY_ASSIGN(out.ticket, wire::decode_ticket(row.bytes(0)));
  out.routing_category = optional_id<CategoryId>(row, 1);
  return out;
}

Result<std::vector<TicketRow>> read_tickets(const std::vector<Row>& rows) {
  std::vector<TicketRow> tickets;
  tickets.reserve(rows.size());
  for (const Row& row : rows) {
    TRY_ASSIGN(TicketRow ticket, read_ticket(row));
    tickets.push_back(std::move(ticket));
  }
  return tickets;
}

// Builds WHERE with numbered parameters; only our own words enter the text, values are always bound.
class Where {
 public:
  void equals(const std::string& column, Value value) { add(column + " = " + bind(std::move(value))); }

  void is_null(const std::string& column) { add(column + " IS NULL"); }

  template <typename Item, typename ToValue>
  void in(const std::string& column, const std::vector<Item>& items, ToValue to_value) {
    if (!items.empty()) add(column + " IN (" + list(items, to_value) + ")");
  }

  void not_in_categories(const std::vector<CategoryId>& items) {
    if (items.empty()) return;
    const auto text = [](const CategoryId& id) { return Value(id.value); };
    add("(routing_category IS NULL OR routing_category NOT IN (" + list(items, text) + "))");
  }

  std::string bind(Value value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  void add(const std::string& condition) { text_ += (text_.empty() ? " WHERE " : " AND ") + condition; }

  template <typename Item, typename ToValue>
  std::string list(const std::vector<Item>& items, ToValue to_value) {
    std::string out;
    for (const Item& item : items) out += (out.empty() ? "" : ", ") + bind(to_value(item));
    return out;
  }

  std::string text_;
  std::vector<Value> values_;
};

Where where_of(const TicketFilter& filter) {
  Where where;
  where.in("status", filter.statuses, [](TicketStatus s) { return Value(static_cast<std::int64_t>(s)); });
  if (filter.colour) where.equals("colour", static_cast<std::int64_t>(*filter.colour));
  if (filter.opd) where.equals("opd", filter.opd->value);
  if (filter.without_opd) where.is_null("opd");
  if (filter.district) where.equals("district", filter.district->value);
  where.in("routing_category", filter.only_categories, [](const CategoryId& id) { return Value(id.value); });
  where.not_in_categories(filter.except_categories);
  return where;
}

}  // namespace

MarkColour stored_colour(const Ticket& ticket) {
  return mark_of(ticket, ticket.arrived_ms.value_or(0), WorkCalendar(), MarkRule()).colour;
}

Result<std::optional<TicketRow>> find_ticket(Database& database, const TicketId& id) {
  static const std::string sql = std::string(kTicketColumns) + " WHERE device = $1 AND epoch = $2 AND seq = $3";
  TRY_ASSIGN(const auto rows,
             database.query(sql, {value_of(id.device.value), value_of(id.epoch.value), value_of(id.seq.value)}));
  if (rows.empty()) return std::optional<TicketRow>();
  TRY_ASSIGN(TicketRow row, read_ticket(rows[0]));
  return std::optional(std::move(row));
}

Status save_ticket(Database& database, const TicketRow& row) {
  const Ticket& ticket = row.ticket;
  TRY(database.execute(
      "INSERT INTO ticket (device, epoch, seq, number, district, routing_category, opd, status, colour, arrived_ms, "
      "body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (device, epoch, seq) DO UPDATE SET "
      "number = $4, district = $5, routing_category = $6, opd = $7, status = $8, colour = $9, arrived_ms = $10, "
      "body = $11",
      {value_of(ticket.id.device.value), value_of(ticket.id.epoch.value), value_of(ticket.id.seq.value),
       format_ticket_number(ticket.number), ticket.district.value, value_or_null(row.routing_category),
       value_or_null(ticket.opd), static_cast<std::int64_t>(ticket.status),
       static_cast<std::int64_t>(stored_colour(ticket)), clock_start_ms(ticket).value_or(0),
       wire::encode_ticket(ticket)}));
  return {};
}

Result<std::vector<TicketRow>> find_by_number(Database& database, const TicketNumber& number) {
  static const std::string sql = std::string(kTicketColumns) + " WHERE number = $1 ORDER BY arrived_ms DESC LIMIT 10";
  TRY_ASSIGN(const auto rows, database.query(sql, {format_ticket_number(number)}));
  return read_tickets(rows);
}

Result<std::vector<TicketRow>> list_tickets(Database& database, const TicketFilter& filter) {
  Where where = where_of(filter);
  const std::string direction = filter.newest_first ? "DESC" : "ASC";
  std::string sql = kTicketColumns + where.text() + " ORDER BY arrived_ms " + direction + ", device " + direction +
                    ", epoch " + direction + ", seq " + direction;
  sql += " LIMIT " + where.bind(std::int64_t{filter.limit});
  sql += " OFFSET " + where.bind(std::int64_t{filter.offset});
  TRY_ASSIGN(const auto rows, database.query(sql, where.values()));
  return read_tickets(rows);
}

Result<std::int64_t> count_tickets(Database& database, const TicketFilter& filter) {
  const Where where = where_of(filter);
  TRY_ASSIGN(const auto rows, database.query("SELECT COUNT(*) FROM ticket" + where.text(), where.values()));
  return rows[0].integer(0);
}

Result<ColourCounts> count_colours(Database& database) {
  TRY_ASSIGN(const auto rows, database.query("SELECT colour, COUNT(*) FROM ticket GROUP BY colour"));
  ColourCounts counts;
  for (const Row& row : rows) {
    const std::int64_t count = row.integer(1);
    switch (static_cast<MarkColour>(row.integer(0))) {
      case MarkColour::kGrey:
        counts.grey = count;
        break;
      case MarkColour::kRed:
        counts.red = count;
        break;
      case MarkColour::kYellow:
        counts.yellow = count;
        break;
      case MarkColour::kGreen:
        counts.green = count;
        break;
    }
  }
  return counts;
}

Result<std::int64_t> count_red_before(Database& database, WallMs arrived_before_ms) {
  TRY_ASSIGN(const auto rows, database.query("SELECT COUNT(*) FROM ticket WHERE colour = $1 AND arrived_ms < $2",
                                             {static_cast<std::int64_t>(MarkColour::kRed), arrived_before_ms}));
  return rows[0].integer(0);
}

Result<std::vector<NamedCount>> count_red_by(Database& database, GroupBy group) {
  static const std::string by_opd =
      "SELECT COALESCE(opd, ''), COUNT(*) AS times FROM ticket WHERE colour = $1 "
      "GROUP BY 1 ORDER BY times DESC, 1";
  static const std::string by_district =
      "SELECT district, COUNT(*) AS times FROM ticket WHERE colour = $1 "
      "GROUP BY 1 ORDER BY times DESC, 1";
  TRY_ASSIGN(const auto rows, database.query(group == GroupBy::kOpd ? by_opd : by_district,
                                             {static_cast<std::int64_t>(MarkColour::kRed)}));
  std::vector<NamedCount> counts;
  counts.reserve(rows.size());
  for (const Row& row : rows) counts.push_back({row.text(0), row.integer(1)});
  return counts;
}

}  // namespace mimika::central
