// The kiosk's store: its journal of events, and the tickets computed from it, in one SQLite file. "Saved" means that
// the commit with the event has returned from fsync. The store keeps no key that opens a private part: it seals to the
// centre and to the office and forgets.
//
// Several processes may open the same store (the kiosk and mimika-kiosk-ctl); each write is one BEGIN IMMEDIATE. One
// Store object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/base/limits.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/ratchet.h"
#include "kiosk/model/event.h"
#include "kiosk/model/staff_scope.h"
#include "kiosk/model/ticket.h"
#include "kiosk/sqlite/database.h"
#include "kiosk/sqlite/statement_cache.h"
#include "kiosk/store/refusals.h"
#include "kiosk/store/staff_types.h"
#include "kiosk/store/witness.h"
#include "sync/wire/bundle.h"
#include "sync/wire/dictionary.h"
#include "sync/wire/envelope.h"
#include "sync/wire/policy.h"
#include "sync/wire/staff_accounts.h"

namespace mimika {

struct StoreIdentity {
  DeviceId device;
  DeviceCode device_code;
  DistrictCode district;
};

// Opening reads the whole file to see whether it is sound, unless another Store of this process just did.
enum class OpeningCheck { kWhole, kDoneAlready };

struct StoreOptions {
  std::string folder;  // holds journal.db and journal.witness
  StoreIdentity identity;
  crypto::BoxPublicKey centre_key{};
  crypto::BoxPublicKey office_key{};
  std::string program_version;
  WallMs built_ms = 0;  // when the program was built, UTC; the clock cannot be before it. 0: not known
  // What answers are checked with, until a policy brings another key. Both keys are those of this policy.
  crypto::VerifyKey centre_verify_key{};
  std::uint32_t policy_version = 0;
  OpeningCheck check = OpeningCheck::kWhole;
  // What attachments leave free on the disk.
  std::uint64_t attachment_reserve_bytes = limits::kAttachmentReserveBytes;
};

// The centre's keys as the newest policy has them, or as enrolment brought them.
struct CentreKeysKnown {
  std::uint32_t policy_version = 0;
  crypto::VerifyKey verify_key{};
  crypto::BoxPublicKey box_key{};
};

// What opening found that somebody should be told.
struct StoreNotice {
  std::string set_aside_path;  // a damaged database was set aside under this name; empty otherwise
  // The database is older than what this kiosk has already written (restored from a backup): a new life was begun, so
  // that no key and no number is used twice. What the old one lost is at the centre, if it had arrived.
  bool restored = false;
};

// What was said or shown with a filing. The preview may be empty.
struct NewMedia {
  MediaKind media = MediaKind::kPhoto;
  ByteView content;
  ByteView preview = {};
};

// A filing as it goes into the journal; checked (check_filing) before it comes here.
struct NewTicket {
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality confidentiality = Confidentiality::kNameHidden;
  std::optional<CategoryId> category;
  std::optional<ServiceId> service;
  std::optional<KampungCode> kampung;
  ReceiptPublicKey receipt_key{};
  PrivatePart details;
  std::vector<NewMedia> media = {};  // saved with it or not at all: a complaint may be a voice alone
  // About this office or its staff: no copy is sealed to the office, now or of anything that is said of it later.
  bool hidden_from_office = false;
  std::optional<TicketAssisted> assisted = {};  // an officer typed it; the ticket's id is filled in
};

struct FiledTicket {
  TicketNumber number;
  EventKey key;
  WallMs filed_ms = 0;
  crypto::Hash chain{};  // after the filing event
};

// A photo, a voice, a paper, put to a ticket of this district, of this kiosk or another. The preview may be empty.
struct NewAttachment {
  TicketId ticket;
  MediaKind media = MediaKind::kPhoto;
  ByteView content;
  ByteView preview = {};
};

// What the holder of the receipt code says of a ticket of this district, of this kiosk or another.
struct NewReply {
  TicketId ticket;
  std::string_view words;  // may be empty when it is reopened, or when photos speak for themselves
  enum class Kind : std::uint8_t { kReply, kReopen } kind = Kind::kReply;
  std::vector<NewMedia> media = {};  // saved with it or not at all
  bool hidden_from_office = false;   // of a ticket that was filed at another kiosk; of this one's the journal knows
};

// How much of blobs one call may carry.
struct PartBudget {
  std::size_t bytes = 0;                      // 0: questions only, nothing of content
  std::size_t leaves = wire::kLeavesPerPart;  // of one part
};

// One epoch's unsent events, ready for a sync call.
struct Outgoing {
  Epoch epoch;
  Seq first_seq{1};
  Seq ends_at{0};  // the last event of a life that is over; 0: the present one
  crypto::Hash chain_before{};
  FeedSeq feed_cursor;
  std::vector<wire::EventRecord> records;
  std::vector<wire::DocumentVersion> documents;  // held, of the centre's
  std::vector<wire::BlobWant> wants;             // documents on their way, and what came of them
  Bytes states_after;                            // where the states of tickets go on; empty: at the beginning
  bool more = false;                             // unsent events remain beyond these, in this epoch or a later one
};

struct FormerLife {
  Epoch epoch;
  Seq ends_at;
};

struct AnswerOutcome {
  std::uint64_t newly_arrived = 0;  // own events the centre now has
  std::uint64_t feed_applied = 0;
  std::uint64_t leaves_arrived = 0;   // of attachments, that the centre did not have before
  std::uint64_t leaves_received = 0;  // of documents
  std::uint64_t states_applied = 0;   // tickets told whole
  std::vector<wire::Reject> rejects;  // set aside at the centre; the technician should see them
};

// What waits, and since when.
struct OutboxStatus {
  Epoch epoch;
  std::uint64_t unsent_events = 0;
  std::optional<WallMs> oldest_unsent_ms;  // of the ticket that is first in order, whatever the clock said later
  ClockConfidence oldest_unsent_clock = ClockConfidence::kUnknown;  // what that time is worth
  std::optional<WallMs> last_contact_ms;                            // the centre's clock at the last answer
  FeedSeq feed_cursor;
  std::uint64_t orphans = 0;
  std::uint64_t disputed_events = 0;  // unsent, of lives that the centre knows differently
  std::uint64_t unsent_blobs = 0;     // attachments and previews the centre lacks something of
  std::uint64_t refused_blobs = 0;    // that it does not want, or that are damaged here
  // Within kRefusalShownDays: answers of the centre this kiosk did not take or calls the centre did not; own events
  // that the centre set aside.
  bool refused_lately = false;
  bool set_aside_lately = false;
};

struct StoreStatus : OutboxStatus {
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
};

// A life with events the centre is not known to have, or the present one.
struct UnsentLife {
  Epoch epoch;
  Seq acked;
  Seq last;
};

// Where a blob stands in the order in which they go.
struct BlobPlace {
  bool is_full = false;
  std::int64_t number = 0;
};
struct StickParts {
  std::vector<wire::BlobPart> parts;
  BlobPlace until;
};

// What left on sticks and is not known to have arrived.
struct ExportState {
  std::uint64_t exported_unsent = 0;  // events
  std::optional<WallMs> last_export_ms;
  std::uint64_t ack_version = 0;  // of the last ACK taken; 0: none
};

struct AckOutcome {
  bool taken = false;  // false: this version, or a later one, was taken before
  AnswerOutcome answer;
};

class Store {
 public:
  // Opens or creates. kNewerVersion and read-only or full disks leave everything as it was. A damaged database is
  // renamed, never deleted, and a fresh epoch begins beside it (see notice()). kConflict when the journal belongs to
  // another device.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const StoreOptions& options, Env& env);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] const StoreNotice& notice() const { return notice_; }
  [[nodiscard]] const StoreIdentity& identity() const { return options_.identity; }

  // Returns after the commit; on an error nothing was saved, and the same call may be made again. Of its media, errors
  // as attach().
  [[nodiscard]] Result<FiledTicket> file_ticket(const NewTicket& ticket);

  // Seals the content, writes it durably beside the journal and then the event that names it, whose key it returns.
  // kNotFound: no ticket of this kiosk; kInvalidInput: no content; kTooLarge: over a limit of limits.h; kStorageFull:
  // no more than the reserve is free. On an error nothing was saved.
  [[nodiscard]] Result<EventKey> attach(const NewAttachment& attachment);

  // What the centre last published, whole and verified; nothing when there is none yet.
  struct Document {
    std::uint32_t version = 0;
    Bytes content;
  };
  [[nodiscard]] Result<std::optional<Document>> document(wire::DocumentKind kind);
  [[nodiscard]] Result<std::uint32_t> document_version(wire::DocumentKind kind);  // 0: none

  [[nodiscard]] Result<std::optional<Ticket>> find_ticket(const TicketNumber& number);
  [[nodiscard]] Result<std::optional<Ticket>> find_ticket(const TicketId& id);
  [[nodiscard]] Result<std::vector<Ticket>> tickets(std::size_t limit);  // newest first
  // Takes as long in a journal of a million events as in an empty one: a kiosk asks after every filing.
  [[nodiscard]] Result<OutboxStatus> outbox_status();
  // Counts every row besides; for a person who asks.
  [[nodiscard]] Result<StoreStatus> status();
  // What an event written now would say of the clock.
  [[nodiscard]] Result<ClockConfidence> clock_confidence();

  // --- for the sync engine
  // The oldest epoch with unsent events (disputed ones are passed over), from its watermark on; at most `max_events`
  // and about `max_bytes`.
  [[nodiscard]] Result<Outgoing> outgoing(std::size_t max_events, std::size_t max_bytes);
  // What the centre lacks of the attachments, previews first, then oldest first; for a call that carries every unsent
  // event. About those of which it is not known how far an earlier call brought them there is a part without content: a
  // question. Written down before they are returned, so that a lost answer is known after a restart as well.
  [[nodiscard]] Result<std::vector<wire::BlobPart>> outgoing_parts(const PartBudget& budget);
  // Those of which everything has arrived, or that are disputed: outgoing() speaks of none of them. The newest first.
  [[nodiscard]] Result<std::vector<FormerLife>> former_lives(std::size_t most);
  // --- what people say afterwards (thread.cc). kNotFound for a ticket that is not here; kConflict when it cannot be
  // reopened or rated as it stands; kTooLarge over limits::kRepliesPerTicket or kReopeningsPerTicket.
  [[nodiscard]] Result<EventKey> reply(const NewReply& reply);
  [[nodiscard]] Result<EventKey> rate(const TicketId& ticket, Score score);
  [[nodiscard]] Result<EventKey> answer_survey(const std::array<Score, kSurveyElements>& scores);

  // --- staff accounts (staff.cc). What could be tried out is sealed under `device_secret` (crypto::seal_at_rest).
  // Those of the centre's newest document take the place of those before; one of a higher version forgets what was
  // tried, one that is not among them is gone. The document's own content is overwritten: it is sealed more weakly.
  [[nodiscard]] Status take_staff_accounts(const wire::StaffAccounts& accounts,
                                           const crypto::SecretBytes& device_secret);
  [[nodiscard]] Result<std::vector<StaffMember>> staff();  // by name
  [[nodiscard]] Result<std::optional<StaffMember>> staff_member(const std::string& login);
  // kNotFound; kUnauthorised when it was sealed under another device's secret.
  [[nodiscard]] Result<crypto::StaffCredential> staff_credential(const std::string& login,
                                                                 const crypto::SecretBytes& device_secret);
  // Before a PIN is looked at: counted durably as a wrong one. kNotFound; kConflict while it must still be waited;
  // kUnauthorised when the account is locked.
  [[nodiscard]] Result<PinTries> count_pin_try(const std::string& login);
  [[nodiscard]] Status forget_pin_tries(const std::string& login);  // it was right, or somebody lets them in again
  [[nodiscard]] Status change_staff_credential(const std::string& login, const crypto::StaffCredential& credential,
                                               const crypto::SecretBytes& device_secret);
  // What challenges are answered with; kNotFound before accounts came.
  [[nodiscard]] Result<crypto::SecretBytes> challenge_secret(const crypto::SecretBytes& device_secret);
  // Counts up durably: no challenge is shown twice.
  [[nodiscard]] Result<std::uint32_t> next_challenge();

  // --- what officers do (office_acts.cc). Each is one event or more in one transaction.
  // kNotFound: no such ticket here, or none of that number to be a duplicate of; kConflict: it moved on, or stands so
  // that this does not apply; kInvalidInput: no words, not plain text, a duplicate of itself or of one that is closed
  // as a duplicate of this; kTooLarge: over limits::kReplyBytes or kReasonBytes.
  [[nodiscard]] Result<Ticket> act(const OfficerAct& act, std::vector<NewMedia> evidence = {});
  [[nodiscard]] Status note_private_read(const TicketId& ticket, const Actor& actor);
  [[nodiscard]] Status note_staff_act(const StaffActed& acted);
  [[nodiscard]] Status set_office(const Actor& actor, OfficeStand stand);
  [[nodiscard]] Result<OfficeStand> office();
  [[nodiscard]] Result<EventKey> post_notice(const Actor& actor, std::string_view title, std::string_view text,
                                             std::string_view until);
  [[nodiscard]] Status withdraw_notice(const Actor& actor, const EventKey& posted);  // kNotFound: it does not stand
  [[nodiscard]] Result<std::vector<PostedNotice>> notices();                         // the newest first

  // --- for officers who are signed in (office_copies.cc); nothing of it opens without the office's secret key
  // Events of this kiosk with an office copy, and the openings of their streams, in order, after that place.
  [[nodiscard]] Result<std::vector<OfficeCopy>> office_copies(std::int64_t after, std::size_t most);
  // Of one event: nullopt when there is none here. `stream` gets the opening it lies in.
  [[nodiscard]] Result<std::optional<OfficeCopy>> office_copy(const EventKey& key, OfficeCopy& stream);
  // Whether the filing of a ticket has one: not of what is about the office, nor of another kiosk's.
  [[nodiscard]] Result<bool> office_has_copy(const TicketId& ticket);
  // Tickets in the order of their keys, after `after`; for whoever wants them all.
  [[nodiscard]] Result<std::vector<Ticket>> tickets_after(const std::optional<TicketId>& after, std::size_t most);
  // AttachmentAdded events of this kiosk about it, in order.
  [[nodiscard]] Result<std::vector<Event>> attachments_of(const TicketId& ticket);
  [[nodiscard]] Result<Bytes> attachment_file(const BlobRef& blob);  // sealed; kNotFound

  // Tickets this object has saved since it was last asked, each once; nothing when they were more than
  // limits::kTouchedTickets: then whoever wants to know reads them all.
  [[nodiscard]] std::optional<std::vector<TicketId>> take_touched();

  // Counts up durably, so that no two calls of an epoch carry the same number.
  [[nodiscard]] Result<std::uint64_t> next_call_no(Epoch epoch);
  // The centre has seen a higher number (its answer to a call it took for a replay).
  [[nodiscard]] Status raise_call_no(Epoch epoch, std::uint64_t at_least);
  // One transaction: the watermark, arrivals, the feed, documents, the clock's anchor. `sent` is what the call carried
  // of outgoing_parts(). The watermark follows the centre's also
  // backwards: what it lost is sent again. kConflict when the centre's chain is not ours there (a restored or cloned
  // disk): then nothing of the answer is taken, the life is marked as disputed, and a new one begins. A disputed life
  // that the answer knows as we do is disputed no longer.
  [[nodiscard]] Result<AnswerOutcome> apply_answer(Epoch epoch, const wire::Answer& answer,
                                                   std::span<const wire::BlobPart> sent = {});

  [[nodiscard]] Result<CentreKeysKnown> centre_keys();
  // The newest that came; nothing before the first.
  [[nodiscard]] Result<std::optional<wire::Policy>> policy();
  // To be called at least hourly while the program runs: time without power does not count against staff.
  [[nodiscard]] Status note_powered();
  [[nodiscard]] Result<StaffScope> staff_scope();

  // --- for sticks (stick_state.cc)
  [[nodiscard]] Result<std::vector<UnsentLife>> unsent_lives();  // disputed ones are passed over
  // Of one life: what the centre is known to have. 0 for a life that is disputed or unknown.
  [[nodiscard]] Result<Seq> arrived_until(Epoch epoch);
  // Whether everything that was attached in that life up to `last` is here whole: this journal has the event, and none
  // of its attachments is damaged.
  [[nodiscard]] Result<bool> has_attachments_until(Epoch epoch, Seq last);
  // Events of one life from `first` on, limited as outgoing() is.
  [[nodiscard]] Result<Outgoing> outgoing_from(Epoch epoch, Seq first, std::size_t max_events, std::size_t max_bytes);
  // Of attachments what the centre is not known to hold, whole blobs after `after`, about `max_bytes` and at least one;
  // the previews first. Empty: that was all.
  [[nodiscard]] Result<StickParts> parts_for_stick(const std::optional<BlobPlace>& after, std::size_t max_bytes);
  // They lie on a stick. The next call asks what became of them before it sends any again.
  [[nodiscard]] Status note_exported_parts(std::span<const wire::BlobPart> parts);
  // They lie on a stick, read back and found good. They have not arrived.
  [[nodiscard]] Status note_export(Epoch epoch, Seq first, Seq last);
  [[nodiscard]] Result<ExportState> export_state();
  // As apply_answer(), for every life at once. A version that is not above the last one taken changes nothing.
  [[nodiscard]] Result<AckOutcome> apply_ack(const wire::Ack& ack);

  // --- what was refused (refusals.cc)
  // Counts one. The reason becomes a name of at most limits::kRefusalReasonBytes: a-z, 0-9 and '_'. What cannot be
  // counted is logged: it must not stop anything.
  void note_refusal(RefusedWhat what, std::string_view reason);
  [[nodiscard]] Result<std::vector<RefusalCount>> refusals();
  [[nodiscard]] Result<std::vector<SetAsideCount>> set_aside_events();

  // Takes the time that the first filing would need for building the model of a dictionary: a quarter of a second.
  [[nodiscard]] Status prepare_sealing();

  // --- maintenance
  // Marks disputed lives as undisputed, so that their events are offered once more: after the centre was put right.
  [[nodiscard]] Status offer_disputed_again();
  // The chain of every own epoch, the projections rebuilt and compared, SQLite's own check. kCorrupt says what differs.
  [[nodiscard]] Status verify();
  [[nodiscard]] Status rebuild_projections();
  // Moves the write-ahead log into the database and the witness to the disk; for idle moments.
  [[nodiscard]] Status checkpoint();

 private:
  struct Sealed;
  enum class Way { kCall, kStick };  // what comes by stick may be known by now, or lack what another stick brings
  Store(StoreOptions options, Env& env, std::unique_ptr<SQLite::Database> database);

  // --- lives.cc
  Status prepare();
  Result<Epoch> new_epoch();
  Result<Epoch> begin_life();
  Status rename_empty_life(Epoch epoch);
  Result<bool> is_own_life(Epoch epoch);
  Result<Seq> end_of(Epoch epoch);
  Result<bool> is_behind(const WitnessRecord& witness);
  Status dispute(Epoch epoch);
  Result<WitnessRecord> witness_now();
  void note_witness(const WitnessRecord& record, Durability durability);
  [[nodiscard]] std::string witness_path() const { return options_.folder + "/journal.witness"; }
  Result<std::optional<WitnessRecord>> witness_or_set_aside(bool database_is_new);
  // --- journal.cc
  struct Head {
    Seq seq;
    crypto::Hash chain{};
  };
  Result<Epoch> current_epoch();
  Result<Head> head(Epoch epoch);
  Result<EventTime> stamp(Epoch epoch, Head& head);
  Status ensure_streams(Epoch epoch, Head& head);
  Status append(const Event& event, ByteView sealed, ByteView office_sealed, Head& head);
  WallMs time_floor_ms();
  EventTime time_now(std::uint32_t boot);
  Result<std::uint32_t> next_counter();
  std::shared_ptr<const wire::Dictionary> dictionary();
  // Seals and appends: `event` gets its private part's place.
  enum class OfficeSees { kYes, kNo };
  Status append_sealed(Event event, const PrivatePart& details, OfficeSees office, Head& head);
  Result<OfficeSees> office_sees(const Event& event, OfficeSees asked);
  // Inside the caller's transaction: the next event of the present life, with a private part or none.
  struct Written {
    EventKey key;
    WallMs at_ms = 0;
    Head head;
  };
  Result<Written> write_event(EventPayload payload, const PrivatePart* details, OfficeSees office = OfficeSees::kYes);
  void note_written(const Written& written);  // after the commit
  Result<EventPayload> payload_of(const OfficerAct& act, const Ticket& ticket);
  Status note_one(EventPayload payload, const char* doing);
  void project_notice(const Event& event);
  // --- projection.cc
  enum class Source { kOwn, kFeed };
  Status project(std::int64_t ord, const Event& event, Source source, std::optional<WallMs> arrived_ms);
  Result<bool> number_is_taken(const Ticket& ticket);
  Status project_orphans(const TicketId& ticket);
  Result<std::optional<Ticket>> load_ticket(const TicketId& id);
  Status save_ticket(const Ticket& ticket);
  struct Placed {
    std::int64_t feed_seq;
    EventKey key;
    TicketId ticket;
    WallMs arrived_ms;
  };
  Result<std::vector<Placed>> placed_events();
  Status confirm_placed(const Placed& placed);
  Status project_everything();
  // --- states.cc
  using UnsentByTicket = std::map<TicketId, std::vector<Event>>;
  Status take_states(const wire::Answer& answer, AnswerOutcome& outcome);
  Status take_state(const Ticket& ticket, const wire::TicketState& state, const UnsentByTicket& unsent);
  Result<UnsentByTicket> unsent_by_ticket();
  Status project_bases();
  Result<Bytes> states_after();
  // --- thread.cc
  Result<Ticket> ticket_to_answer(const NewReply& reply);
  // --- attachments.cc
  [[nodiscard]] std::string blob_folder() const { return options_.folder + "/blobs"; }
  Status check_attachment(const NewAttachment& attachment);
  Result<Written> write_attachment(const NewAttachment& attachment, std::vector<std::string>& files,
                                   OfficeSees office = OfficeSees::kYes);
  void drop_files(const std::vector<std::string>& files);
  void drop_unnamed_blobs();
  void refuse_blobs_of(Epoch epoch, std::span<const wire::Reject> set_aside);
  Status take_wants(std::span<const wire::BlobWant> wants, std::span<const wire::BlobPart> sent,
                    AnswerOutcome& outcome);
  // --- documents.cc
  Status describe_documents(Outgoing& out);
  Status take_documents(const wire::Answer& answer, Way way, AnswerOutcome& outcome);
  Status take_document_head(const wire::DocumentHead& head, Way way);
  Status take_document_part(const wire::BlobPart& part, AnswerOutcome& outcome);
  Status finish_document(std::int64_t kind);
  std::shared_ptr<const wire::Dictionary> received_dictionary();
  // --- verify.cc
  Status verify_chain(Epoch epoch);
  // --- refusals.cc: inside the caller's transaction
  void count_refusal(RefusedWhat what, std::string_view reason);
  Status note_set_aside(Epoch epoch, std::span<const wire::Reject> rejects);
  Status forget_set_aside(const EventKey& key);
  Status project_refusal(const EventKey& key, bool refused);
  void read_lately(OutboxStatus& status);
  // --- sync_state.cc
  static constexpr std::string_view kAcknowledgesUnknown = "acknowledges_unknown";
  // Why an acknowledgement is not taken; empty: it was.
  struct Difference {
    std::string_view reason;
    bool disputed = false;
  };
  Result<bool> is_disputed(Epoch epoch);
  Status settle_dispute(Epoch epoch);
  Result<AnswerOutcome> take_answer(Epoch epoch, const wire::Answer& answer, std::span<const wire::BlobPart> sent,
                                    Difference& differs);
  Status take_feed(const wire::Answer& answer, Way way, AnswerOutcome& outcome);
  Result<bool> take_feed_item(const wire::FeedItem& item);
  Status confirm_place(const wire::FeedItem& item, ByteView bytes);
  Status mark_arrivals(Epoch epoch, std::int64_t after, std::int64_t until, WallMs arrived_ms);
  Status confirm_by_feed(const wire::FeedItem& item);
  Status take_acknowledgement(Epoch epoch, const wire::Answer& answer, AnswerOutcome& outcome, Difference& differs);
  bool is_of_another_district(const DistrictCode& district, const std::string& what);
  // --- policy.cc
  Result<CentreKeysKnown> load_centre_keys();
  Status take_policy(ByteView bytes, Way way);
  // --- store.cc
  Status add_waiting_of_life(Epoch epoch, std::int64_t acked_seq, bool disputed, OutboxStatus& status);
  Status find_oldest_unsent(Epoch epoch, std::int64_t acked_seq, OutboxStatus& status);
  // --- stick_state.cc
  Status read_own_events(Outgoing& out, std::size_t max_events, std::size_t max_bytes);
  bool is_overtaken(WallMs ack_ms);
  Status take_life(const wire::LifeAck& life, WallMs server_ms, AnswerOutcome& outcome, std::vector<Epoch>& disputed);
  // --- facts
  std::int64_t fact(const char* name, std::int64_t otherwise);
  void set_fact(const char* name, std::int64_t value);
  std::optional<std::int64_t> find_fact(const char* name);

  StoreOptions options_;
  Env& env_;
  std::unique_ptr<SQLite::Database> database_;
  sqlite::StatementCache statements_{*database_};
  WitnessRecord last_witness_;          // as this process last wrote it
  std::uint32_t unsynced_filings_ = 0;  // since the disk surely had the witness
  StoreNotice notice_;
  std::vector<TicketId> touched_;
  bool touched_too_many_ = false;
  // The ratchets of this process; dropped after any failure, so that a rolled-back stream is never written to.
  std::unique_ptr<Sealed> sealed_;
  std::shared_ptr<const wire::Dictionary> received_dictionary_;  // a document; null: none
  std::uint32_t looked_for_dictionary_ = 0;                      // its version
};

}  // namespace mimika
