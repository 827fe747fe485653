#include "tests/bench/joined_centre.h"

#include "sync/central/ingest/enrolment.h"
#include "sync/wire/enrolment.h"

namespace mimika::bench {
namespace {

constexpr const char* kDistrict = "94.04.06";
constexpr const char* kUrl = "https://127.0.0.1:8443";  // in the ticket; nobody goes there

}  // namespace

Result<std::unique_ptr<JoinedCentre>> JoinedCentre::open(Env& env, const std::string& folder) {
  TRY_ASSIGN(Catalogue catalogue, load_catalogue(MIMIKA_SOURCE_ASSETS "/catalogue"));
  std::unique_ptr<JoinedCentre> centre(new JoinedCentre(env, std::move(catalogue)));
  TRY_ASSIGN(centre->folder_, central::open_data_folder(env, folder));
  TRY_ASSIGN(central::DataFolder for_site, central::open_data_folder(env, folder));
  TRY_ASSIGN(centre->site_, central::CentralSite::open(env, std::move(for_site), centre->catalogue_));
  TRY_ASSIGN(centre->pool_, central::DatabasePool::open(centre->folder_.database_path(), 1));
  TRY_ASSIGN(auto lease, centre->pool_->borrow());
  centre->lease_.emplace(std::move(lease));
  return centre;
}

Result<EnrolledKiosk> JoinedCentre::enrol(const std::string& journal) {
  central::EnrolmentOrder order;
  order.district = DistrictCode{kDistrict};
  order.url = kUrl;
  TRY_ASSIGN(const wire::EnrolmentTicket ticket, central::order_enrolment(**lease_, env_, folder_, catalogue_, order));
  EnrolledKiosk kiosk{{}, crypto::SigningKey::generate(env_)};
  const Bytes request = wire::encode_enrol_request(ticket.token, kiosk.key);
  const auto certificate = central::take_enrolment(**lease_, env_, folder_.keys, request);
  if (!certificate) return fail(ErrorCode::kInternal, "the centre enrols nobody: " + certificate.error().message);
  kiosk.options.folder = journal;
  kiosk.options.identity = {ticket.device, ticket.device_code, ticket.district};
  kiosk.options.centre_key = ticket.centre_box_key;
  kiosk.options.office_key = ticket.office_box_key;
  kiosk.options.centre_verify_key = ticket.centre_verify_key;
  kiosk.options.program_version = "bench";
  return kiosk;
}

std::unique_ptr<central::http::BodySink> JoinedCentre::begin_call(const std::string& path) {
  central::http::Request request;
  request.method = central::http::Method::kPost;
  request.path = path;
  request.remote_address = "192.0.2.9";
  return site_->sink_for(request);
}

Result<std::uint64_t> JoinedCentre::number(const std::string& query) {
  TRY_ASSIGN(const auto rows, (**lease_).query(query));
  return rows.empty() ? 0 : rows[0].unsigned_integer(0);
}

Result<std::uint64_t> JoinedCentre::refused(const std::string& reason) {
  TRY_ASSIGN(const auto rows, (**lease_).query("SELECT times FROM refusal WHERE reason = $1", {reason}));
  return rows.empty() ? 0 : rows[0].unsigned_integer(0);
}

}  // namespace mimika::bench
