#include "tests/central/centre_world.h"

#include <nlohmann/json.hpp>

#include "kiosk/base/limits.h"
#include "kiosk/crypto/password.h"
#include "sync/central/ingest/enrolment.h"
#include "sync/central/store/tickets.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/event_codec.h"

namespace mimika::test {

const Catalogue& real_catalogue() {
  static const Catalogue catalogue = [] {
    auto loaded = load_catalogue(MIMIKA_SOURCE_ASSETS "/catalogue");
    REQUIRE(loaded);
    return *std::move(loaded);
  }();
  return catalogue;
}

// --- TestKiosk

TestKiosk::TestKiosk(Env& env, DeviceId device_id, DeviceCode device_code, DistrictCode district_code,
                     crypto::BoxPublicKey centre_key)
    : key(crypto::SigningKey::generate(env)),
      device(device_id),
      code(std::move(device_code)),
      district(std::move(district_code)),
      env_(env),
      centre_key_(centre_key) {
  begin_new_life();
}

TestKiosk TestKiosk::copied_at(std::size_t records) const {
  TestKiosk copy(env_, device, code, district, centre_key_);
  copy.key = crypto::SigningKey::from_seed(key.seed());
  copy.epoch = epoch;
  copy.cursor = cursor;
  copy.call_no = call_no + 100;
  copy.journal.assign(journal.begin(), journal.begin() + static_cast<std::ptrdiff_t>(records));
  copy.chains.assign(chains.begin(), chains.begin() + static_cast<std::ptrdiff_t>(records) + 1);
  copy.counter_ = counter_;
  return copy;
}

void TestKiosk::begin_new_life() {
  epoch = Epoch{random_integer<std::uint32_t>(env_)};
  journal.clear();
  chains = {wire::chain_start(device, epoch)};
  stream_.reset();
  call_no = 0;
}

void TestKiosk::know_centre_key(const crypto::BoxPublicKey& present) {
  centre_key_ = present;
  stream_.reset();
}

EventKey TestKiosk::append(EventPayload payload, const std::optional<PrivatePart>& details) {
  if (details && (!stream_ || stream_->next_index() == limits::kStreamEvents)) {
    stream_ = crypto::SealStream::open(env_, crypto::Recipient::kCentre, centre_key_).value();
    stream_seq_ = append(SealStreamOpened{stream_->sealed_key()}).seq;
  }
  Event event;
  event.key = {device, epoch, Seq{journal.size() + 1}};
  event.time = {env_.wall_ms(), env_.monotonic_ms(), 1, ClockConfidence::kSynced};
  event.payload = std::move(payload);
  wire::EventRecord record;
  if (details) {
    event.sealed_at = SealPosition{stream_seq_, stream_->next_index()};
    record.sealed = stream_->seal(event.key, wire::encode_private_part(*details, nullptr));
  }
  record.event = wire::encode_event(event);
  chains.push_back(wire::chain_next(chains.back(), event.key, record.event, record.sealed));
  journal.push_back(std::move(record));
  return event.key;
}

EventKey TestKiosk::append_raw(Bytes event) {
  const EventKey key_of_it{device, epoch, Seq{journal.size() + 1}};
  chains.push_back(wire::chain_next(chains.back(), key_of_it, event, {}));
  journal.push_back({std::move(event), {}});
  return key_of_it;
}

TicketId TestKiosk::file(const Filing& filing) {
  TicketFiled filed;
  filed.number = {code, ++counter_};
  filed.kind = filing.kind;
  filed.confidentiality = filing.confidentiality;
  filed.district = district;
  filed.receipt_key = filing.receipt_key.value_or(crypto::BoxKey::generate(env_).public_key());
  PrivatePart details;
  details.story = filing.story;
  if (is_secret(filing.confidentiality)) {
    details.category = CategoryId{filing.category};
    details.kampung = KampungCode{filing.kampung};
  } else {
    filed.category = CategoryId{filing.category};
    filed.kampung = KampungCode{filing.kampung};
  }
  if (!is_anonymous(filing.confidentiality)) details.name = filing.name;
  return append(filed, details);
}

wire::Call TestKiosk::call(std::uint64_t first_seq) {
  wire::Call call;
  call.header.device = device;
  call.header.epoch = epoch;
  call.header.first_seq = Seq{first_seq};
  call.header.chain_before = wire::chain_mark(chains.at(first_seq - 1));
  call.header.feed_cursor = cursor;
  call.header.call_no = ++call_no;
  call.header.wall_ms = env_.wall_ms();
  call.records.assign(journal.begin() + static_cast<std::ptrdiff_t>(first_seq - 1), journal.end());
  return call;
}

// --- CentreWorld

CentreWorld::CentreWorld(Catalogue with) : env(kTuesdayMorning), catalogue(std::move(with)) {
  restart();
}

void CentreWorld::restart() {
  lease_.reset();
  pool_.reset();
  site.reset();
  auto opened = open_data_folder(env, memory.path());
  REQUIRE(opened);
  folder = *std::move(opened);
  auto for_site = open_data_folder(env, memory.path());
  REQUIRE(for_site);
  auto made = CentralSite::open(env, *std::move(for_site), catalogue);
  REQUIRE(made);
  site = *std::move(made);
  auto pool = DatabasePool::open(folder.database_path(), 1);
  REQUIRE(pool);
  pool_ = *std::move(pool);
  auto lease = pool_->borrow();
  REQUIRE(lease);
  lease_.emplace(*std::move(lease));
}

http::Response CentreWorld::post(const std::string& path, const Bytes& body) {
  http::Request request;
  request.method = http::Method::kPost;
  request.path = path;
  request.body = std::string(as_text(body));
  return site->handle(request);
}

TestKiosk CentreWorld::enrolled_kiosk(const std::string& district) {
  EnrolmentOrder order;
  order.district = DistrictCode{district};
  order.url = "https://127.0.0.1:8443";
  const auto ticket = order_enrolment(database(), env, folder, catalogue, order);
  REQUIRE(ticket);
  TestKiosk kiosk(env, ticket->device, ticket->device_code, ticket->district, ticket->centre_box_key);
  const http::Response response = post("/v1/enrol", wire::encode_enrol_request(ticket->token, kiosk.key));
  REQUIRE(response.status == 200);
  const auto certificate = wire::decode_certificate(as_bytes(response.body), ticket->centre_verify_key);
  REQUIRE(certificate);
  REQUIRE(certificate->device == kiosk.device);
  kiosk.append(DeviceStarted{"test", 7});
  return kiosk;
}

wire::Answer CentreWorld::sync(TestKiosk& kiosk, std::uint64_t first_seq) {
  const wire::Call call = kiosk.call(first_seq);
  const http::Response response = post("/v1/sync", kiosk.encoded(call));
  INFO(response.body);
  REQUIRE(response.status == 200);
  const auto answer = wire::decode_answer(as_bytes(response.body), keys().signing.verify_key());
  REQUIRE(answer);
  REQUIRE(answer->call_no == call.header.call_no);
  if (!answer->feed.empty()) kiosk.cursor = answer->feed.back().feed_seq;
  return *answer;
}

std::string CentreWorld::refusal(const Bytes& call) {
  const http::Response response = post("/v1/sync", call);
  if (response.status == 200) return {};
  REQUIRE(response.status >= 400);
  REQUIRE(response.status < 500);
  REQUIRE(response.content_type == "application/json");
  const auto json = nlohmann::json::parse(response.body);
  REQUIRE_FALSE(json.at("message").get<std::string>().empty());
  return json.at("error").get<std::string>();
}

std::int64_t CentreWorld::count(const std::string& table) {
  const auto rows = database().query("SELECT COUNT(*) FROM " + table);
  REQUIRE(rows);
  return (*rows)[0].integer(0);
}

Ticket CentreWorld::ticket(const TicketId& id) {
  const auto row = find_ticket(database(), id);
  REQUIRE(row);
  REQUIRE(*row);
  return (*row)->ticket;
}

void CentreWorld::add_account(const std::string& login, Role role, const std::string& opd) {
  // One hash for all: it is slow by intent, and what is tested here is not its salt.
  static const std::string hash = [] {
    auto made = crypto::hash_password(kPassword);
    REQUIRE(made);
    return *made;
  }();
  REQUIRE(insert_account(database(), {login, "Nama " + login, role, OpdId{opd}, hash, env.wall_ms(), std::nullopt}));
}

// --- Browser

http::Response Browser::send(http::Request request) {
  request.host = "127.0.0.1:8443";
  request.origin = origin;
  request.remote_address = remote_address;
  request.cookies = cookies;
  http::Response response = world_.site->handle(request);
  for (const auto& [name, value] : response.headers) {
    if (name != "Set-Cookie") continue;
    const std::size_t equals = value.find('=');
    const std::string cookie = value.substr(equals + 1, value.find(';') - equals - 1);
    cookies[value.substr(0, equals)] = cookie;
    if (cookie.empty()) cookies.erase(value.substr(0, equals));
  }
  return response;
}

http::Response Browser::get(const std::string& target) {
  http::Request request;
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) {
    auto query = http::parse_form(std::string_view(target).substr(mark + 1));
    REQUIRE(query);
    request.query = *query;
  }
  return send(std::move(request));
}

http::Response Browser::post(const std::string& path, const http::Fields& form) {
  http::Request request;
  request.method = http::Method::kPost;
  request.path = path;
  request.content_type = "application/x-www-form-urlencoded";
  for (const auto& [name, value] : form) {
    request.body += (request.body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
  }
  return send(std::move(request));
}

http::Response Browser::log_in(const std::string& login, const std::string& password) {
  return post("/login", {{"login", login}, {"password", password}});
}

http::Response Browser::act(const TicketId& ticket, const std::string& verb, const http::Fields& fields) {
  const std::string path = ticket_path_of(ticket);
  const std::string page = get(path).body;
  http::Fields form = fields;
  for (const char* hidden : {"csrf", "seen"}) {
    const std::string value = hidden_field(page, path + "/" + verb, hidden);
    if (!value.empty()) form.emplace(hidden, value);
  }
  return post(path + "/" + verb, form);
}

Browser browser_of(CentreWorld& world, const std::string& login, Role role, const std::string& opd) {
  world.add_account(login, role, opd);
  Browser browser(world);
  const http::Response response = browser.log_in(login);
  REQUIRE(response.status == 303);
  REQUIRE(browser.cookies.contains("session"));
  return browser;
}

std::string ticket_path_of(const TicketId& id) {
  return "/ticket/" + std::to_string(id.device.value) + "-" + std::to_string(id.epoch.value) + "-" +
         std::to_string(id.seq.value);
}

std::string hidden_field(const std::string& page, const std::string& action, const std::string& name) {
  const std::size_t form = page.find("action=\"" + action + "\"");
  if (form == std::string::npos) return {};
  const std::string start = "name=\"" + name + "\" value=\"";
  const std::size_t field = page.find(start, form);
  if (field == std::string::npos || field > page.find("</form>", form)) return {};
  return page.substr(field + start.size(), page.find('"', field + start.size()) - field - start.size());
}

std::string header(const http::Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace mimika::test
