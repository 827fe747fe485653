// Everything an officer who is signed in can find: which tickets there are and what waits, and the words of those that
// were filed here, opened with the office's secret key and held in memory alone. It is gone, overwritten, when they
// sign out.
//
// Made for 100,000 tickets on a small machine: the lists are there within a second of signing in, the words follow in
// pieces, so that whoever owns it stays responsive; a page of a list and a search answer within 50 ms.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kiosk/base/locked_text.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/crypto/ratchet.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/staff/staff_data.h"
#include "kiosk/store/store.h"

namespace mimika::office {

class OfficeBook {
 public:
  // `catalogue` outlives it; `calendar` is copied. `key` opens the office's copies, and stays here until the end.
  OfficeBook(crypto::BoxKey key, const Catalogue& catalogue, WorkCalendar calendar, MarkRule rule = {});
  ~OfficeBook();
  OfficeBook(const OfficeBook&) = delete;
  OfficeBook& operator=(const OfficeBook&) = delete;

  // Whether private words may be read now: after weeks without the centre they may not. What was opened is closed then,
  // and only numbers are found. True: that changed, and everything is to be loaded once more.
  bool let_read(bool may_read);

  // Reads about `most` tickets or texts more. True: that was all. `now_ms`: what the marks are reckoned for.
  [[nodiscard]] Result<bool> load_more(Store& store, WallMs now_ms, std::size_t most = 4096);
  [[nodiscard]] bool complete() const { return texts_done_; }
  // The tickets that are there are counted and ordered; texts may still follow.
  [[nodiscard]] bool has_lists() const { return tickets_done_; }
  // Tickets were filed, or became something else: reads again what `changed` are now; nothing: any may have.
  [[nodiscard]] Status refresh(Store& store, const std::optional<std::vector<TicketId>>& changed, WallMs now_ms);

  [[nodiscard]] Result<staff::QueuePage> page(Store& store, QueueTab tab, std::uint32_t first, WallMs now_ms);
  // Every word must stand somewhere in a ticket: in its number, name, NIK, telephone number, story or place. Nothing
  // for words of fewer than kLeastSearchBytes in all.
  [[nodiscard]] Result<staff::SearchHits> search(Store& store, std::string_view words, WallMs now_ms);
  [[nodiscard]] staff::Report report(staff::ReportSpan span, LocalDate day) const;

  // One ticket with everything the office may read of it. kNotFound. Whether the reader's role may is asked before.
  [[nodiscard]] Result<staff::Case> read_case(Store& store, const TicketId& id, WallMs now_ms) const;
  // A photo or a voice in full. kNotFound, kUnauthorised.
  [[nodiscard]] Result<Bytes> open_media(Store& store, const TicketId& ticket, const EventKey& event) const;
  [[nodiscard]] const crypto::BoxKey& key() const { return key_; }
  [[nodiscard]] Mark mark(const Ticket& ticket, WallMs now_ms) const {
    return mark_of(ticket, now_ms, calendar_, rule_);
  }
  // As far as it is known here: of a secret ticket it is not.
  [[nodiscard]] bool is_about_staff(const Ticket& ticket) const;

  [[nodiscard]] std::size_t tickets() const { return rows_.size(); }
  [[nodiscard]] std::size_t text_bytes() const { return texts_.size() + previews_.size(); }

 private:
  struct Span {
    std::uint32_t at = 0;
    std::uint32_t bytes = 0;
  };
  struct Act {  // of the timeline, for reports
    std::int32_t day = 0;
    TimelineKind kind = TimelineKind::kFiled;
    bool office = false;
  };
  struct Row {
    TicketId id;
    std::int64_t order = 0;
    std::uint8_t tabs = 0;  // a bit for each QueueTab
    TicketKind kind = TicketKind::kComplaint;
    bool late = false;
    bool secret = false;
    bool arrived = false;
    std::int32_t category = -1;  // in names_
    std::int32_t service = -1;
    std::int32_t kampung = -1;
    Span preview;
    std::int32_t last_segment = -1;  // of its searchable texts
    std::vector<Act> acts;
  };
  struct Segment {  // of texts_
    std::uint32_t at = 0;
    std::uint32_t row = 0;
    std::int32_t before = -1;  // another one of the same row
  };

  Status take_ticket(Store& store, const Ticket& ticket, WallMs now_ms);
  Status take_copy(const OfficeCopy& copy);
  void add_text(std::uint32_t row, std::string_view folded);
  void add_private_texts(std::uint32_t row, const PrivatePart& part, bool filing);
  [[nodiscard]] std::int32_t name_of(const std::string& id);
  void order_lists();
  [[nodiscard]] bool row_has(const Row& row, std::string_view word) const;
  [[nodiscard]] std::vector<std::uint32_t> rows_with(std::string_view word) const;
  [[nodiscard]] Result<std::vector<staff::QueueRow>> rows_of(Store& store, std::span<const std::uint32_t> rows,
                                                             WallMs now_ms) const;
  [[nodiscard]] Result<std::optional<PrivatePart>> open_private(Store& store, const EventKey& key) const;
  void read_said(Store& store, staff::Case& read) const;
  void read_media(Store& store, staff::Case& read) const;

  crypto::BoxKey key_;
  const Catalogue& catalogue_;
  WorkCalendar calendar_;
  MarkRule rule_;

  std::vector<Row> rows_;
  std::unordered_map<EventKey, std::uint32_t> by_id_;
  std::vector<std::string> names_;  // ids of categories, services, kampung: none of a person
  std::unordered_map<std::string, std::int32_t> name_index_;
  std::array<std::vector<std::uint32_t>, kQueueTabs> lists_;
  bool lists_ordered_ = false;
  std::optional<LocalDate> reckoned_for_;

  LockedText texts_;
  LockedText previews_;
  std::vector<Segment> segments_;
  std::optional<TicketId> last_ticket_;
  std::int64_t last_copy_ = 0;
  std::optional<EventKey> stream_key_;  // of the stream that is being read
  std::optional<crypto::OpenStream> stream_;
  Bytes plain_;
  bool may_read_ = true;
  std::vector<TicketId> changed_meanwhile_;  // while the lists are being made
  bool tickets_done_ = false;
  bool texts_done_ = false;
};

// The first words of a story, on one line.
inline constexpr std::size_t kPreviewBytes = 72;
inline constexpr std::size_t kLeastSearchBytes = 2;
inline constexpr std::size_t kMostSearchWords = 8;

}  // namespace mimika::office
