#include "kiosk/office/office_book.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "kiosk/model/name_search.h"
#include "kiosk/office/text_search.h"
#include "sync/wire/event_codec.h"

namespace mimika::office {
namespace {

// Between the texts of two tickets; no folded text has it.
constexpr char kWall = '\x01';

bool has_bit(std::uint8_t tabs, QueueTab tab) {
  return ((static_cast<unsigned>(tabs) >> static_cast<unsigned>(tab)) & 1U) != 0;
}

std::int32_t day_number(WallMs at_ms) {
  return static_cast<std::int32_t>(std::chrono::sys_days(local_date(at_ms)).time_since_epoch().count());
}

}  // namespace

OfficeBook::OfficeBook(crypto::BoxKey key, const Catalogue& catalogue, WorkCalendar calendar, MarkRule rule)
    : key_(std::move(key)),
      catalogue_(catalogue),
      calendar_(std::move(calendar)),
      rule_(rule),
      texts_(limits::kOfficeTextBytes),
      previews_(limits::kOfficePreviewBytes) {}

OfficeBook::~OfficeBook() {
  wipe(plain_);
}

bool OfficeBook::is_about_staff(const Ticket& ticket) const {
  if (!ticket.category) return false;
  const Category* category = catalogue_.find_category(*ticket.category);
  return category != nullptr && category->about_staff;
}

std::int32_t OfficeBook::name_of(const std::string& id) {
  const auto [found, fresh] = name_index_.try_emplace(id, static_cast<std::int32_t>(names_.size()));
  if (fresh) names_.push_back(id);
  return found->second;
}

bool OfficeBook::let_read(bool may_read) {
  if (may_read == may_read_) return false;
  may_read_ = may_read;
  previews_.clear();
  texts_.clear();
  segments_.clear();
  rows_.clear();
  by_id_.clear();
  for (auto& list : lists_) list.clear();
  stream_.reset();
  stream_key_.reset();
  wipe(plain_);
  last_ticket_.reset();
  last_copy_ = 0;
  tickets_done_ = texts_done_ = false;
  return true;
}

// What is about the office itself stands in no list and in no search; of a secret ticket that was filed here the
// missing copy says it.
Status OfficeBook::take_ticket(Store& store, const Ticket& ticket, WallMs now_ms) {
  if (is_about_staff(ticket)) return {};
  if (is_secret(ticket.confidentiality) && ticket.id.device == store.identity().device) {
    TRY_ASSIGN(const bool has_copy, store.office_has_copy(ticket.id));
    if (!has_copy) return {};
  }
  const auto [found, fresh] = by_id_.try_emplace(ticket.id, static_cast<std::uint32_t>(rows_.size()));
  if (fresh) {
    Row row;
    row.id = ticket.id;
    row.kind = ticket.kind;
    row.secret = is_secret(ticket.confidentiality);
    if (ticket.category) row.category = name_of(ticket.category->value);
    if (ticket.service) row.service = name_of(ticket.service->value);
    if (ticket.kampung) row.kampung = name_of(ticket.kampung->value);
    rows_.push_back(std::move(row));
    const std::string number = format_ticket_number(ticket.number);
    std::string text = folded_name(number) + " ";
    for (const char c : number) {
      if (c != '-') text += c;
    }
    if (ticket.kampung) {
      if (const Kampung* kampung = catalogue_.find_kampung(*ticket.kampung)) text += " " + kampung->name;
    }
    add_text(found->second, folded_name(text));
  }
  Row& row = rows_[found->second];
  const Mark mark = mark_of(ticket, now_ms, calendar_, rule_);
  row.tabs = 0;
  for (std::size_t tab = 0; tab < kQueueTabs; ++tab) {
    if (stands_in(static_cast<QueueTab>(tab), ticket, mark)) row.tabs |= static_cast<std::uint8_t>(1U << tab);
  }
  row.order = queue_order(ticket, mark);
  row.late = mark.late();
  row.arrived = ticket.arrived_ms.has_value();
  row.acts.clear();
  for (const TimelineEntry& entry : ticket.timeline) {
    if (entry.applied) row.acts.push_back({day_number(entry.at_ms), entry.kind, is_office_role(entry.actor.role)});
  }
  lists_ordered_ = false;
  return {};
}

void OfficeBook::add_text(std::uint32_t row, std::string_view folded) {
  const std::size_t at = texts_.size();
  if (at + folded.size() + 1 > std::numeric_limits<std::uint32_t>::max()) return;
  if (!texts_.append(folded) || !texts_.append({&kWall, 1})) return;  // found by its number all the same
  segments_.push_back({static_cast<std::uint32_t>(at), row, rows_[row].last_segment});
  rows_[row].last_segment = static_cast<std::int32_t>(segments_.size() - 1);
}

void OfficeBook::add_private_texts(std::uint32_t row, const PrivatePart& part, bool filing) {
  std::string text;
  for (const std::string* one : {&part.name, &part.nik, &part.phone, &part.story, &part.address, &part.landmark}) {
    if (one->empty()) continue;
    text += *one;
    text += ' ';
  }
  for (const auto& [field, answer] : part.fields) {
    text += answer;
    text += ' ';
  }
  std::string folded = folded_name(text);
  add_text(row, folded);
  wipe(folded);
  wipe(text);
  if (!filing) return;
  std::string words = part.story.substr(0, kPreviewBytes);
  while (!words.empty() && part.story.size() > words.size() &&
         (static_cast<unsigned char>(part.story[words.size()]) & 0xC0U) == 0x80U) {
    words.pop_back();  // a letter is not cut in two
  }
  std::ranges::replace(words, '\n', ' ');
  const std::size_t at = previews_.size();
  if (previews_.append(words)) {
    rows_[row].preview = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(words.size())};
  }
  wipe(words);
}

// One that does not open must not hide the rest.
Status OfficeBook::take_copy(const OfficeCopy& copy) {
  last_copy_ = copy.place;
  TRY_ASSIGN(const Event event, wire::decode_event(copy.key, copy.event));
  if (std::holds_alternative<SealStreamOpened>(event.payload)) {
    stream_.reset();
    stream_key_ = copy.key;
    TRY_ASSIGN(stream_, crypto::OpenStream::begin(key_, crypto::Recipient::kOffice, copy.sealed));
    return {};
  }
  const bool speaks = std::holds_alternative<TicketFiled>(event.payload) ||
                      std::holds_alternative<PersonReplied>(event.payload) ||
                      std::holds_alternative<TicketReopened>(event.payload);
  if (!speaks || !event.sealed_at) return {};
  const auto row = by_id_.find(ticket_of(event).value());
  // A secret ticket is found by its number alone: a hit by a word of it would tell what it is about.
  if (row == by_id_.end() || rows_[row->second].secret) return {};
  const EventKey stream{copy.key.device, copy.key.epoch, event.sealed_at->stream};
  if (!stream_ || stream_key_ != stream) return fail(ErrorCode::kCorrupt, "a copy outside its stream");
  TRY(stream_->open(event.sealed_at->index, copy.key, copy.sealed, plain_));
  TRY_ASSIGN(PrivatePart part, wire::decode_private_part(plain_));
  add_private_texts(row->second, part, std::holds_alternative<TicketFiled>(event.payload));
  wipe(part);
  return {};
}

Result<bool> OfficeBook::load_more(Store& store, WallMs now_ms, std::size_t most) {
  reckoned_for_ = local_date(now_ms);
  if (!tickets_done_) {
    TRY_ASSIGN(const std::vector<Ticket> tickets, store.tickets_after(last_ticket_, most));
    for (const Ticket& ticket : tickets) TRY(take_ticket(store, ticket, now_ms));
    if (!tickets.empty()) last_ticket_ = tickets.back().id;
    tickets_done_ = tickets.size() < most;
    if (!tickets_done_) return false;
    for (const TicketId& id : std::exchange(changed_meanwhile_, {})) {
      TRY_ASSIGN(const std::optional<Ticket> ticket, store.find_ticket(id));
      if (ticket) TRY(take_ticket(store, *ticket, now_ms));
    }
    texts_done_ = !may_read_;
    return texts_done_;
  }
  TRY_ASSIGN(const std::vector<OfficeCopy> copies, store.office_copies(last_copy_, most));
  for (const OfficeCopy& copy : copies) {
    if (const Status taken = take_copy(copy); !taken) {
      log_warning("office", "{} stays closed: {}", to_string(copy.key), taken.error().message);
    }
  }
  wipe(plain_);
  texts_done_ = copies.size() < most;
  return texts_done_;
}

Status OfficeBook::refresh(Store& store, const std::optional<std::vector<TicketId>>& changed, WallMs now_ms) {
  if (!tickets_done_) {
    if (changed) changed_meanwhile_.insert(changed_meanwhile_.end(), changed->begin(), changed->end());
    return {};
  }
  // Another day: what was in time may be late.
  if (!changed || reckoned_for_ != local_date(now_ms)) {
    last_ticket_.reset();
    tickets_done_ = false;
    while (!tickets_done_) {
      TRY(load_more(store, now_ms));
    }
  } else {
    for (const TicketId& id : *changed) {
      TRY_ASSIGN(const std::optional<Ticket> ticket, store.find_ticket(id));
      if (ticket) TRY(take_ticket(store, *ticket, now_ms));
    }
  }
  if (!texts_done_ || !may_read_) return {};
  texts_done_ = false;
  while (!texts_done_) {
    TRY(load_more(store, now_ms));
  }
  return {};
}

void OfficeBook::order_lists() {
  if (lists_ordered_) return;
  for (std::size_t tab = 0; tab < kQueueTabs; ++tab) {
    std::vector<std::uint32_t>& list = lists_[tab];
    list.clear();
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
      if (has_bit(rows_[row].tabs, static_cast<QueueTab>(tab))) list.push_back(row);
    }
    std::ranges::sort(list, {}, [&](std::uint32_t row) { return std::pair(rows_[row].order, rows_[row].id); });
  }
  lists_ordered_ = true;
}

Result<std::vector<staff::QueueRow>> OfficeBook::rows_of(Store& store, std::span<const std::uint32_t> rows,
                                                         WallMs now_ms) const {
  std::vector<staff::QueueRow> out;
  for (const std::uint32_t index : rows) {
    const Row& row = rows_[index];
    TRY_ASSIGN(const std::optional<Ticket> ticket, store.find_ticket(row.id));
    if (!ticket) continue;
    staff::QueueRow one;
    one.id = ticket->id;
    one.number = ticket->number;
    one.kind = ticket->kind;
    one.confidentiality = ticket->confidentiality;
    one.category = ticket->category;
    one.service = ticket->service;
    one.kampung = ticket->kampung;
    one.opd = ticket->opd;
    one.status = ticket->status;
    one.mark = mark_of(*ticket, now_ms, calendar_, rule_);
    one.filed_ms = ticket->filed_ms;
    one.arrived_ms = ticket->arrived_ms;
    one.reopened = ticket->reopened;
    one.awaits_person = ticket->awaits_person;
    one.person_answered = person_answered(*ticket);
    // Of a secret ticket the list says that something was filed, and when.
    if (!is_secret(ticket->confidentiality))
      one.words = PersonalText(previews_.view().substr(row.preview.at, row.preview.bytes));
    out.push_back(std::move(one));
  }
  return out;
}

Result<staff::QueuePage> OfficeBook::page(Store& store, QueueTab tab, std::uint32_t first, WallMs now_ms) {
  order_lists();
  staff::QueuePage page;
  page.tab = tab;
  for (std::size_t i = 0; i < kQueueTabs; ++i) page.counts[i] = static_cast<std::uint32_t>(lists_[i].size());
  const std::vector<std::uint32_t>& list = lists_[static_cast<std::size_t>(tab)];
  page.first = std::min<std::uint32_t>(first, static_cast<std::uint32_t>(list.size()));
  const std::size_t count = std::min(staff::kQueueRows, list.size() - page.first);
  TRY_ASSIGN(page.rows, rows_of(store, std::span(list).subspan(page.first, count), now_ms));
  page.loading = !tickets_done_;
  return page;
}

bool OfficeBook::row_has(const Row& row, std::string_view word) const {
  for (std::int32_t segment = row.last_segment; segment >= 0;
       segment = segments_[static_cast<std::size_t>(segment)].before) {
    const auto index = static_cast<std::size_t>(segment);
    const std::size_t begin = segments_[index].at;
    const std::size_t end = index + 1 < segments_.size() ? segments_[index + 1].at : texts_.size();
    if (texts_.view().substr(begin, end - begin).find(word) != std::string_view::npos) return true;
  }
  return false;
}

std::vector<std::uint32_t> OfficeBook::rows_with(std::string_view word) const {
  std::vector<std::uint32_t> rows;
  const std::string_view all = texts_.view();
  std::size_t from = 0;
  while (from < all.size()) {
    const std::size_t at = find_in_text(all, word, from);
    if (at == std::string_view::npos) break;
    const auto next = std::ranges::upper_bound(segments_, static_cast<std::uint32_t>(at), {}, &Segment::at);
    rows.push_back(std::prev(next)->row);
    from = next == segments_.end() ? all.size() : next->at;  // once in a text is enough
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

Result<staff::SearchHits> OfficeBook::search(Store& store, std::string_view words, WallMs now_ms) {
  staff::SearchHits hits;
  hits.loading = !texts_done_;
  std::string folded = search_form(words);
  std::vector<std::string_view> wanted;
  for (std::size_t at = 0; at < folded.size() && wanted.size() < kMostSearchWords;) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) wanted.push_back(std::string_view(folded).substr(at, end - at));
    at = end + 1;
  }
  if (!wanted.empty() && folded.size() >= kLeastSearchBytes) {
    // The longest is the rarest, more often than not.
    std::ranges::sort(wanted, std::greater(), &std::string_view::size);
    std::vector<std::uint32_t> rows = rows_with(wanted.front());
    std::erase_if(rows, [&](std::uint32_t row) {
      return !std::all_of(wanted.begin() + 1, wanted.end(),
                          [&](std::string_view word) { return row_has(rows_[row], word); });
    });
    hits.found = static_cast<std::uint32_t>(rows.size());
    const std::size_t count = std::min(staff::kQueueRows, rows.size());
    std::ranges::partial_sort(rows, rows.begin() + static_cast<std::ptrdiff_t>(count), {},
                              [&](std::uint32_t row) { return std::pair(rows_[row].order, rows_[row].id); });
    rows.resize(count);
    auto found = rows_of(store, rows, now_ms);
    if (!found) {
      wipe(folded);
      return std::unexpected(found.error());
    }
    hits.rows = *std::move(found);
  }
  wipe(folded);
  return hits;
}

}  // namespace mimika::office
