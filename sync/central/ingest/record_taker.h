// Stores the records of a call in the transaction of the caller: what is new is kept and projected, what is known is
// success, what differs goes into quarantine. Private to this folder.
#pragma once

#include <string>
#include <vector>

#include "kiosk/model/catalogue.h"
#include "sync/central/projection/projector.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/journals.h"
#include "sync/wire/envelope.h"

namespace mimika::central {

// Where a call stands in the journal it speaks of.
struct JournalStand {
  Epoch epoch;
  Seq next;              // of the record that comes next
  crypto::Hash chain{};  // before it, as the kiosk has it
  bool fork = false;     // the kiosk's journal has left the one held here
};

class RecordTaker {
 public:
  RecordTaker(Database& database, const Projector& projector, const Catalogue& catalogue, const Device& device,
              JournalStand stand, JournalHead head, WallMs now_ms)
      : database_(database),
        projector_(projector),
        catalogue_(catalogue),
        device_(device),
        stand_(stand),
        head_(head),
        now_ms_(now_ms) {}

  [[nodiscard]] Status take(const wire::EventRecord& record);

  [[nodiscard]] const JournalHead& head() const { return head_; }
  [[nodiscard]] const JournalStand& stand() const { return stand_; }
  [[nodiscard]] std::vector<wire::Reject>& rejects() { return rejects_; }
  [[nodiscard]] std::uint64_t stored() const { return stored_; }

 private:
  [[nodiscard]] std::string who() const;
  [[nodiscard]] Status set_aside_as_fork(const EventKey& key, const wire::EventRecord& record,
                                         const crypto::Hash& chain);
  [[nodiscard]] Status store(const EventKey& key, const wire::EventRecord& record, const crypto::Hash& chain);
  [[nodiscard]] Status keep_in_quarantine(const EventKey& key, const wire::EventRecord& record,
                                          const crypto::Hash& chain, const std::string& reason);
  [[nodiscard]] Result<std::string> too_many_attachments(const Event& event);
  [[nodiscard]] Result<std::string> objection_to_answer(const Event& event);
  void reject(Seq seq, const std::string& reason);

  Database& database_;
  const Projector& projector_;
  const Catalogue& catalogue_;
  const Device& device_;
  JournalStand stand_;
  JournalHead head_;
  WallMs now_ms_;
  std::vector<wire::Reject> rejects_;
  std::uint64_t stored_ = 0;
};

}  // namespace mimika::central
