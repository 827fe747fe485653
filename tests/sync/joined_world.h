// A kiosk's real store and engine, joined with a real centre in one process: nothing between them but a link that can
// be cut at any byte.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>

#include "kiosk/store/store.h"
#include "sync/client/engine.h"
#include "tests/central/centre_world.h"

namespace mimika::test {

class JoinedLink final : public sync::Transport {
 public:
  explicit JoinedLink(CentreWorld& centre) : centre_(centre) {}

  Result<sync::HttpResponse> post(const std::string& path, ByteView body) override {
    ++calls;
    const std::uint64_t cut = cut_after ? cut_after(body.size()) : body.size();
    http::Request request;
    request.method = http::Method::kPost;
    request.path = path;
    request.remote_address = "192.0.2.9";
    const auto sink = centre_.site->sink_for(request);
    REQUIRE(sink != nullptr);
    ByteView rest = body.first(static_cast<std::size_t>(std::min<std::uint64_t>(cut, body.size())));
    bytes_up += rest.size();
    bool taking = true;
    while (taking && !rest.empty()) {
      const ByteView piece = rest.first(std::min(piece_bytes, rest.size()));
      rest = rest.subspan(piece.size());
      taking = sink->take(as_text(piece));
    }
    if (cut < body.size()) return fail(ErrorCode::kUnreachable, "the link was cut");
    const http::Response response = sink->finish();
    bytes_down += response.body.size();
    if (lose_answers > 0) {
      --lose_answers;
      return fail(ErrorCode::kUnreachable, "the answer was lost");
    }
    sync::HttpResponse out;
    out.status = response.status;
    const ByteView content = as_bytes(response.body);
    out.body.assign(content.begin(), content.end());
    out.bytes_sent = body.size();
    out.bytes_received = content.size();
    out.upload_ms = ms_per_kilobyte * static_cast<std::int64_t>(body.size()) / 1000;
    return out;
  }
  void use_fresh_connection() override {}
  void cancel() override {}

  // After how many bytes of this call the link breaks; the call's size or more: not at all.
  std::function<std::uint64_t(std::uint64_t)> cut_after;
  int lose_answers = 0;
  std::size_t piece_bytes = 1460;
  std::int64_t ms_per_kilobyte = 10;
  int calls = 0;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;

 private:
  CentreWorld& centre_;
};

struct JoinedWorld {
  JoinedWorld() : person(centre.enrolled_kiosk()) {
    options.folder = folder.path();
    options.identity = {person.device, person.code, person.district};
    options.centre_key = centre.keys().box.public_key();
    options.office_key = crypto::BoxKey::generate(centre.env).public_key();
    options.program_version = "test";
    options.centre_verify_key = centre.keys().signing.verify_key();
    options.attachment_reserve_bytes = 0;
    open();
  }

  void open() {
    engine.reset();
    store.reset();
    auto opened = Store::open(options, *kiosk_env);
    if (!opened) FAIL(opened.error().message);
    store = *std::move(opened);
    engine = std::make_unique<sync::SyncEngine>(*store, link, person.key, *kiosk_env);
  }

  // The database of this moment comes back after `what` happened, as from a backup; with its witness, as a whole disk
  // that was copied.
  enum class Back : std::uint8_t { kDatabase, kWitnessToo };
  void restore_from_before(Back back, const std::function<void()>& what) {
    const std::string database = folder / "journal.db";
    const std::string copy = folder / "yesterday";
    const std::string witness = folder / "journal.witness";
    engine.reset();
    store.reset();
    std::filesystem::copy_file(database, copy);
    std::filesystem::copy_file(witness, copy + ".witness");
    open();
    what();
    engine.reset();
    store.reset();
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(database + suffix);
    constexpr auto kOver = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(copy, database, kOver);
    if (back == Back::kWitnessToo) std::filesystem::copy_file(copy + ".witness", witness, kOver);
    open();
  }

  TicketId file(const std::string& story = "Jalan berlubang di depan pasar.") {
    NewTicket ticket;
    ticket.category = CategoryId{"jalan"};
    ticket.receipt_key = crypto::BoxKey::generate(centre.env).public_key();
    ticket.details.story = story;
    const auto filed = store->file_ticket(ticket);
    if (!filed) FAIL(filed.error().message);
    return filed->key;
  }

  [[nodiscard]] Bytes noise(std::size_t bytes) {
    Bytes content(bytes);
    centre.env.fill_random(content);
    return content;
  }

  EventKey attach(const TicketId& ticket, ByteView content, ByteView preview = {}) {
    const auto attached = store->attach({ticket, MediaKind::kPhoto, content, preview});
    if (!attached) FAIL(attached.error().message);
    return *attached;
  }

  // One round; whether it went well.
  bool round() {
    const Status done = engine->run(report);
    last_error = done ? std::string() : done.error().message;
    return done.has_value();
  }
  [[nodiscard]] StoreStatus status() {
    const auto now = store->status();
    REQUIRE(now);
    return *now;
  }
  [[nodiscard]] std::int64_t refused(const std::string& reason) {
    const auto rows = centre.database().query("SELECT times FROM refusal WHERE reason = $1", {reason});
    REQUIRE(rows);
    return rows->empty() ? 0 : (*rows)[0].integer(0);
  }

  CentreWorld centre;
  Env* kiosk_env = &centre.env;  // another one is a kiosk whose clock is its own; open() anew
  MemoryFolder folder;
  TestKiosk person;  // the kiosk as it enrolled: who it is, and its key
  StoreOptions options;
  JoinedLink link{centre};
  std::unique_ptr<Store> store;
  std::unique_ptr<sync::SyncEngine> engine;
  sync::SyncReport report;
  std::string last_error;
};

}  // namespace mimika::test
