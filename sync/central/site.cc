#include "sync/central/site.h"

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"
#include "sync/central/ingest/enrolment.h"
#include "sync/central/pages/pages.h"
#include "sync/central/workflow/centre_journal.h"

namespace mimika::central {
namespace {

constexpr std::string_view kSyncPath = "/v1/sync";
constexpr std::string_view kBundlePath = "/v1/bundle";
constexpr std::string_view kEnrolPath = "/v1/enrol";
constexpr std::string_view kRekeyPath = "/v1/rekey";
constexpr std::string_view kMachinePrefix = "/v1/";
constexpr const char* kVersion = "0.1.0";

http::Response json_response(const Refusal& refusal) {
  return {refusal.http_status, "application/json", refusal.json(), {{"Cache-Control", "no-store"}}};
}

std::string words_for(const std::string& reason) {
  if (reason == "too_large") return "the request is over its limit";
  if (reason == "malformed") return "the request is not well-formed HTTP";
  if (reason == "truncated") return "the request ended before it was whole";
  if (reason == "timeout") return "the request stood still for too long";
  if (reason == "length_required") return "a request with a body says its length first";
  if (reason == "overloaded") return "too many requests at once; try again in a moment";
  return reason;
}

}  // namespace

CentralSite::CentralSite(Env& env, DataFolder folder, Catalogue catalogue, std::unique_ptr<DatabasePool> pool)
    : env_(env),
      folder_(std::move(folder)),
      catalogue_(std::move(catalogue)),
      pool_(std::move(pool)),
      ingest_(env, folder_.keys, catalogue_, folder_.blobs_path()),
      bundles_(env, folder_.keys, catalogue_, folder_.blobs_path()) {}

CentralSite::~CentralSite() = default;

Result<std::unique_ptr<CentralSite>> CentralSite::open(Env& env, DataFolder folder, Catalogue catalogue) {
  TRY_ASSIGN(auto pool, DatabasePool::open(folder.database_path(), limits::kWorkers));
  std::unique_ptr<CentralSite> site(new CentralSite(env, std::move(folder), std::move(catalogue), std::move(pool)));
  TRY_ASSIGN(const DatabasePool::Lease database, site->pool_->borrow());
  TRY(CentreJournal(env, site->folder_.keys).note_start(*database, kVersion));
  TRY_ASSIGN(site->pages_, Pages::open(env, site->folder_.keys, site->catalogue_));
  return site;
}

std::size_t CentralSite::body_limit(http::Method method, std::string_view path) const {
  if (method != http::Method::kPost) return 0;
  if (path == kSyncPath) return mimika::limits::kCallBytes;
  if (path == kBundlePath) return mimika::limits::kStickFileBytes;
  if (path == kEnrolPath || path == kRekeyPath) return limits::kEnrolBytes;
  return mimika::limits::kFormBytes;
}

http::Response CentralSite::refuse(int status, const std::string& reason, std::string_view path) {
  refusals_.count(reason);
  log_warning("http", "refused {}: {}", path.empty() ? "a connection" : http::loggable(path), reason);
  http::Response response = json_response(central::refuse(status, reason, words_for(reason)));
  if (status == 503) response.headers.emplace_back("Retry-After", "5");
  return response;
}

// One sync call while it comes. Each piece borrows a database for itself: a slow link must not hold one for minutes.
class CentralSite::SyncSink final : public http::BodySink {
 public:
  explicit SyncSink(CentralSite& site) : site_(site), call_(site.ingest_.begin()) {}

  [[nodiscard]] bool take(std::string_view more) override {
    const auto database = site_.pool_->borrow();
    refusal_ = database ? call_.take(**database, as_bytes(more)) : refusal_of(database.error());
    return !refusal_;
  }
  [[nodiscard]] http::Response finish() override {
    if (refusal_) return site_.answer_machine(std::unexpected(*refusal_), kSyncPath);
    const auto database = site_.pool_->borrow();
    if (!database) return site_.answer_machine(std::unexpected(refusal_of(database.error())), kSyncPath);
    return site_.answer_machine(call_.finish(**database), kSyncPath);
  }

 private:
  CentralSite& site_;
  SyncCall call_;
  std::optional<Refusal> refusal_;
};

std::unique_ptr<http::BodySink> CentralSite::sink_for(const http::Request& request) {
  if (request.path != kSyncPath || request.method != http::Method::kPost) return nullptr;
  return std::make_unique<SyncSink>(*this);
}

http::Response CentralSite::handle(const http::Request& request) {
  const bool machine = request.path.starts_with(kMachinePrefix);
  auto database = pool_->borrow();
  if (!database) {
    log_error("store", "no database: {}", database.error().message);
    return json_response(refusal_of(database.error()));
  }
  return machine ? handle_machine(**database, request) : pages_->handle(**database, request);
}

http::Response CentralSite::handle_machine(Database& database, const http::Request& request) {
  const bool known = request.path == kSyncPath || request.path == kBundlePath || request.path == kEnrolPath ||
                     request.path == kRekeyPath;
  if (!known) return json_response(central::refuse(404, "not_found", "no such call"));
  if (request.method != http::Method::kPost) {
    http::Response response = json_response(central::refuse(405, "method_not_allowed", "this call is made with POST"));
    response.headers.emplace_back("Allow", "POST");
    return response;
  }
  const ByteView body = as_bytes(request.body);
  if (request.path == kSyncPath) return answer_machine(ingest_.take(database, body), request.path);
  if (request.path == kBundlePath) return answer_machine(bundles_.exchange(database, body), request.path);
  if (request.path == kRekeyPath) return answer_machine(take_rekey(database, env_, folder_.keys, body), request.path);
  return answer_machine(take_enrolment(database, env_, folder_.keys, body), request.path);
}

http::Response CentralSite::answer_machine(Answered<Bytes> answered, std::string_view path) {
  if (answered) {
    return {200, "application/octet-stream", std::string(as_text(*answered)), {{"Cache-Control", "no-store"}}};
  }
  const Refusal& refusal = answered.error();
  refusals_.count(refusal.name);
  log_line(refusal.http_status >= 500 ? LogLevel::kError : LogLevel::kWarning, "ingest",
           fmt::format("refused {}: {}: {}", path, refusal.name, refusal.message));
  http::Response response = json_response(refusal);
  if (refusal.http_status == 503) response.headers.emplace_back("Retry-After", "30");
  return response;
}

void CentralSite::housekeeping() {
  const auto database = pool_->borrow();
  if (!database) return;
  if (const Status written = refusals_.flush(**database, env_.wall_ms()); !written) {
    log_error("store", "refusals are not counted: {}", written.error().message);
  }
}

}  // namespace mimika::central
