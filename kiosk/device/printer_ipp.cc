#include "kiosk/device/printer_ipp.h"

#include <cups/cups.h>
#include <cups/raster.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <thread>

#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

constexpr std::size_t kMostWords = 256;  // values of one attribute
constexpr std::size_t kMostWordBytes = 255;
constexpr std::chrono::milliseconds kWatch{50};

struct HttpClose {
  void operator()(http_t* http) const { httpClose(http); }
};
using Http = std::unique_ptr<http_t, HttpClose>;
struct IppDelete {
  void operator()(ipp_t* ipp) const { ippDelete(ipp); }
};
using Ipp = std::unique_ptr<ipp_t, IppDelete>;

// Ends an exchange from outside when its time is up or it is cancelled: whatever the library waits for then, a
// connection, an answer that drips or one that never ends, its socket is shut down.
class Watchdog {
 public:
  Watchdog(Env& env, const Cancellation* cancellation, std::int64_t duration_ms)
      : env_(env),
        cancellation_(cancellation),
        until_ms_(env.monotonic_ms() + duration_ms),
        thread_([this] { run(); }) {}
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  [[nodiscard]] int* stop_flag() { return &stop_; }
  // -1: the socket is about to be closed.
  void guard(int socket) {
    const std::lock_guard lock(mutex_);
    socket_ = socket;
    if (fired_ && socket_ >= 0) shutdown(socket_, SHUT_RDWR);
  }
  [[nodiscard]] bool fired() const {
    const std::lock_guard lock(mutex_);
    return fired_;
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kWatch, [&] { return done_; })) {
      const bool cancelled = cancellation_ != nullptr && cancellation_->cancelled();
      if (!cancelled && env_.monotonic_ms() < until_ms_) continue;
      fired_ = true;
      std::atomic_ref(stop_).store(1);
      if (socket_ >= 0) shutdown(socket_, SHUT_RDWR);
      return;
    }
  }

  Env& env_;
  const Cancellation* cancellation_;
  std::int64_t until_ms_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int socket_ = -1;
  int stop_ = 0;
  bool fired_ = false;
  bool done_ = false;
  std::thread thread_;  // last: it starts when everything above exists
};

struct AnswerSource {
  http_t* http = nullptr;
  std::size_t bytes = 0;
  bool too_large = false;
};

ssize_t read_answer(void* context, ipp_uchar_t* buffer, std::size_t size) {
  auto* source = static_cast<AnswerSource*>(context);
  if (source->bytes + size > limits::kPrinterAnswerBytes) {
    source->too_large = true;
    return -1;
  }
  // The library asks for exactly as many bytes as it needs, and takes fewer for the end.
  std::size_t got = 0;
  while (got < size) {
    const ssize_t now = httpRead2(source->http, reinterpret_cast<char*>(buffer) + got, size - got);
    if (now <= 0) break;
    got += static_cast<std::size_t>(now);
  }
  source->bytes += got;
  return got == 0 ? -1 : static_cast<ssize_t>(got);
}

std::unexpected<Error> http_failure(http_status_t status) {
  const std::string said = fmt::format("the printer answered HTTP {}", static_cast<int>(status));
  if (status == HTTP_STATUS_UNAUTHORIZED || status == HTTP_STATUS_FORBIDDEN)
    return fail(ErrorCode::kUnauthorised, said);
  if (status == HTTP_STATUS_NOT_FOUND) return fail(ErrorCode::kInvalidInput, said + ": no printer of this name");
  return fail(ErrorCode::kCorrupt, said);
}

std::unexpected<Error> ipp_failure(ipp_status_t status) {
  const std::string said = fmt::format("the printer answered {}", ippErrorString(status));
  switch (status) {
    case IPP_STATUS_ERROR_NOT_FOUND:
    case IPP_STATUS_ERROR_GONE:
      return fail(ErrorCode::kNotFound, said);
    case IPP_STATUS_ERROR_FORBIDDEN:
    case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
    case IPP_STATUS_ERROR_NOT_AUTHORIZED:
      return fail(ErrorCode::kUnauthorised, said);
    case IPP_STATUS_ERROR_NOT_POSSIBLE:
    case IPP_STATUS_ERROR_BUSY:
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
      return fail(ErrorCode::kConflict, said);
    case IPP_STATUS_ERROR_BAD_REQUEST:
    case IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES:
    case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED:
      return fail(ErrorCode::kInvalidInput, said);
    default:
      return fail(ErrorCode::kInternal, said);
  }
}

struct Exchange {
  const IppAddress& address;
  const PrinterTimeouts& timeouts;
  Env& env;
  const Cancellation* cancellation;
};

// `document` follows the request. It is handed to the system as it lies, in one piece.
Result<Ipp> exchange_guarded(const Exchange& with, ipp_t* request, ByteView document, Watchdog& watchdog, Http& http) {
  const auto& address = with.address;
  http.reset(httpConnect2(address.host.c_str(), address.port, nullptr, AF_UNSPEC,
                          address.tls ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                          static_cast<int>(with.timeouts.connect_ms), watchdog.stop_flag()));
  if (http == nullptr) return fail(ErrorCode::kUnreachable, "nobody answers at " + address.uri);
  watchdog.guard(httpGetFd(http.get()));
  httpClearFields(http.get());
  httpSetField(http.get(), HTTP_FIELD_CONTENT_TYPE, "application/ipp");
  httpSetLength(http.get(), ippLength(request) + document.size());
  const auto broken = [] { return fail(ErrorCode::kUnreachable, "the connection to the printer broke"); };
  if (httpPost(http.get(), address.resource.c_str()) != 0) return broken();
  for (ipp_state_t state = IPP_STATE_IDLE; state != IPP_STATE_DATA;) {
    state = ippWrite(http.get(), request);
    if (state == IPP_STATE_ERROR) return broken();
  }
  if (!document.empty()) {
    // Before the page, so that it goes past the library's buffer and no copy of it stays there.
    if (httpFlushWrite(http.get()) < 0) return broken();
    const char* bytes = reinterpret_cast<const char*>(document.data());
    if (httpWrite2(http.get(), bytes, document.size()) != static_cast<ssize_t>(document.size())) return broken();
  }
  if (httpFlushWrite(http.get()) < 0) return broken();
  http_status_t status = HTTP_STATUS_CONTINUE;
  while (status == HTTP_STATUS_CONTINUE) status = httpUpdate(http.get());
  if (status == HTTP_STATUS_ERROR) return broken();
  if (status != HTTP_STATUS_OK) return http_failure(status);
  Ipp answer(ippNew());
  AnswerSource source{.http = http.get()};
  const ipp_state_t state = ippReadIO(&source, read_answer, 1, nullptr, answer.get());
  if (source.too_large) return fail(ErrorCode::kTooLarge, "the printer's answer is too long");
  if (state != IPP_STATE_DATA || ippGetRequestId(answer.get()) != ippGetRequestId(request)) {
    return fail(ErrorCode::kCorrupt, "the printer's answer is no IPP");
  }
  return answer;
}

Result<Ipp> exchange(const Exchange& with, const Ipp& request, ByteView document = {}) {
  if (with.cancellation != nullptr && with.cancellation->cancelled()) return fail(ErrorCode::kUnreachable, "cancelled");
  Http http;
  const std::int64_t answer_ms = document.empty() ? with.timeouts.answer_ms : with.timeouts.send_ms;
  Watchdog watchdog(with.env, with.cancellation, with.timeouts.connect_ms + answer_ms);
  Result<Ipp> answer = exchange_guarded(with, request.get(), document, watchdog, http);
  watchdog.guard(-1);
  if (!answer && watchdog.fired()) return fail(ErrorCode::kUnreachable, "no answer from the printer in time");
  if (!answer) return answer;
  if (const ipp_status_t status = ippGetStatusCode(answer->get()); status >= IPP_STATUS_REDIRECTION_OTHER_SITE) {
    return ipp_failure(status);
  }
  return answer;
}

std::vector<std::string> words(ipp_t* ipp, const char* name) {
  std::vector<std::string> found;
  ipp_attribute_t* attribute = ippFindAttribute(ipp, name, IPP_TAG_ZERO);
  const int count = attribute == nullptr ? 0 : ippGetCount(attribute);
  for (int i = 0; i < count && found.size() < kMostWords; ++i) {
    const char* text = ippGetString(attribute, i, nullptr);
    if (text != nullptr && std::strlen(text) <= kMostWordBytes) found.emplace_back(text);
  }
  return found;
}

std::string word(ipp_t* ipp, const char* name) {
  const std::vector<std::string> all = words(ipp, name);
  return all.empty() ? std::string() : all.front();
}

int number(ipp_t* ipp, const char* name, int otherwise) {
  ipp_attribute_t* attribute = ippFindAttribute(ipp, name, IPP_TAG_ZERO);
  if (attribute == nullptr) return otherwise;
  const ipp_tag_t tag = ippGetValueTag(attribute);
  return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(attribute, 0) : otherwise;
}

std::vector<int> densities(ipp_t* ipp, const char* name) {
  std::vector<int> found;
  ipp_attribute_t* attribute = ippFindAttribute(ipp, name, IPP_TAG_RESOLUTION);
  const int count = attribute == nullptr ? 0 : ippGetCount(attribute);
  for (int i = 0; i < count && found.size() < kMostWords; ++i) {
    int down = 0;
    ipp_res_t unit = IPP_RES_PER_INCH;
    const int across = ippGetResolution(attribute, i, &down, &unit);
    if (across != down) continue;
    found.push_back(unit == IPP_RES_PER_CM ? static_cast<int>(std::lround(across * 2.54)) : across);
  }
  return found;
}

bool lists_number(ipp_t* ipp, const char* name, int wanted) {
  ipp_attribute_t* attribute = ippFindAttribute(ipp, name, IPP_TAG_ENUM);
  const int count = attribute == nullptr ? 0 : ippGetCount(attribute);
  for (int i = 0; i < count; ++i) {
    if (ippGetInteger(attribute, i) == wanted) return true;
  }
  return false;
}

void read_media(ipp_t* ipp, PrinterAbilities& can) {
  RollMedia roll;
  for (const std::string& name : words(ipp, "media-supported")) {
    const pwg_media_t* size = pwgMediaForPWG(name.c_str());
    if (size == nullptr || size->width <= 0 || size->length <= 0) continue;
    if (name.starts_with("custom_min") || name.starts_with("roll_min")) {
      roll.least_width = size->width;
      roll.least_length = size->length;
    } else if (name.starts_with("custom_max") || name.starts_with("roll_max")) {
      roll.most_width = size->width;
      roll.most_length = size->length;
    } else {
      can.media.push_back({name, size->width, size->length});
    }
  }
  ipp_attribute_t* sizes = ippFindAttribute(ipp, "media-size-supported", IPP_TAG_BEGIN_COLLECTION);
  const int count = sizes == nullptr ? 0 : ippGetCount(sizes);
  for (int i = 0; i < count; ++i) {
    ipp_t* size = ippGetCollection(sizes, i);
    ipp_attribute_t* x = ippFindAttribute(size, "x-dimension", IPP_TAG_ZERO);
    ipp_attribute_t* y = ippFindAttribute(size, "y-dimension", IPP_TAG_RANGE);
    if (x == nullptr || y == nullptr) continue;
    roll.least_length = ippGetRange(y, 0, &roll.most_length);
    if (ippGetValueTag(x) == IPP_TAG_RANGE) {
      roll.least_width = ippGetRange(x, 0, &roll.most_width);
    } else {
      roll.least_width = roll.most_width = ippGetInteger(x, 0);
    }
  }
  if (roll.most_width > 0 && roll.most_length > 0) can.roll = roll;
}

void read_margins(ipp_t* ipp, MediaMargins& margins) {
  ipp_attribute_t* column = ippFindAttribute(ipp, "media-col-default", IPP_TAG_BEGIN_COLLECTION);
  ipp_t* media = column == nullptr ? nullptr : ippGetCollection(column, 0);
  if (media == nullptr) return;
  constexpr int kMostMargin = 5000;
  const auto read = [&](const char* name) { return std::clamp(number(media, name, 0), 0, kMostMargin); };
  margins = {read("media-left-margin"), read("media-right-margin"), read("media-top-margin"),
             read("media-bottom-margin")};
}

bool knows(const IppTicket& ticket, const char* attribute) {
  return std::find(ticket.job_attributes.begin(), ticket.job_attributes.end(), attribute) !=
         ticket.job_attributes.end();
}

Ipp new_request(ipp_op_t operation, const IppAddress& address, const std::string& user) {
  Ipp request(ippNewRequest(operation));
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, address.uri.c_str());
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, user.c_str());
  return request;
}

Ipp job_request(ipp_op_t operation, const IppAddress& address, const std::string& user, int job) {
  Ipp request(ippNewRequest(operation));
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, address.uri.c_str());
  ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, user.c_str());
  return request;
}

void ask_for(const Ipp& request, std::initializer_list<const char*> attributes) {
  ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                static_cast<int>(attributes.size()), nullptr, std::data(attributes));
}

void add_format(const Ipp& request, const IppTicket& ticket) {
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
               page_format_name(ticket.plan.format));
}

void add_job_attributes(const Ipp& request, const IppTicket& ticket) {
  ipp_t* ipp = request.get();
  const auto keyword = [&](const char* name, const char* value) {
    if (knows(ticket, name)) ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_KEYWORD, name, nullptr, value);
  };
  if (ticket.plan.custom_size) {
    const Ipp size(ippNew());
    ippAddInteger(size.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", ticket.plan.media.width);
    ippAddInteger(size.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", ticket.plan.media.length);
    const Ipp column(ippNew());
    ippAddCollection(column.get(), IPP_TAG_ZERO, "media-size", size.get());
    ippAddCollection(ipp, IPP_TAG_JOB, "media-col", column.get());
  } else if (!ticket.plan.media.name.empty()) {
    keyword("media", ticket.plan.media.name.c_str());
  }
  keyword("sides", "one-sided");
  if (ticket.black_only) keyword("print-color-mode", "monochrome");
  keyword("print-scaling", "none");  // the page is as large as the paper already
  if (knows(ticket, "job-sheets")) ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_NAME, "job-sheets", nullptr, "none");
  if (knows(ticket, "job-cancel-after")) {
    ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-cancel-after", ticket.cancel_after_s);
  }
}

Result<int> job_id_of(const Result<Ipp>& answer) {
  if (!answer) return std::unexpected(answer.error());
  const int job = number(answer->get(), "job-id", 0);
  if (job <= 0) return fail(ErrorCode::kCorrupt, "the printer gave its job no number");
  return job;
}

ssize_t take_raster(void* context, unsigned char* buffer, std::size_t size) {
  auto* out = static_cast<Bytes*>(context);
  if (out->size() + size > out->capacity()) {
    Bytes larger;
    larger.reserve(2 * (out->capacity() + size));
    larger.insert(larger.end(), out->begin(), out->end());
    std::swap(larger, *out);
    wipe(larger);
  }
  out->insert(out->end(), buffer, buffer + size);
  return static_cast<ssize_t>(size);
}

}  // namespace

Result<IppAddress> parse_printer_address(const std::string& text) {
  IppAddress address;
  if (text.find("://") == std::string::npos) {
    const bool plain = !text.empty() && text.size() < 128 &&
                       std::all_of(
                           text.begin(), text.end(),
                           [](char c) {
                             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                    c == '_' || c == '-' || c == '.';
                           });
    if (!plain)
      return fail(ErrorCode::kInvalidInput, "'" + text + "' is neither a printer's address nor a queue's name");
    address.host = cupsServer();
    address.port = ippPort();
    address.resource = "/printers/" + text;
    address.uri = "ipp://localhost" + address.resource;
    return address;
  }
  char scheme[32] = {};
  char user[64] = {};
  char host[HTTP_MAX_HOST] = {};
  char resource[256] = {};
  const auto parsed = httpSeparateURI(HTTP_URI_CODING_ALL, text.c_str(), scheme, sizeof scheme, user, sizeof user, host,
                                      sizeof host, &address.port, resource, sizeof resource);
  const std::string kind = scheme;
  if (parsed != HTTP_URI_STATUS_OK || host[0] == '\0' || (kind != "ipp" && kind != "ipps")) {
    return fail(ErrorCode::kInvalidInput,
                "'" + text +
                    "' is no address of a printer: ipp://host/ipp/print, ipps://host/ipp/print "
                    "or the name of a CUPS queue");
  }
  address.host = host;
  address.tls = kind == "ipps";
  address.uri = text;
  address.resource = resource;
  return address;
}

Result<IppPrinter> IppClient::ask_printer() const {
  const Ipp request = new_request(IPP_OP_GET_PRINTER_ATTRIBUTES, address_, job_name_);
  ask_for(request,
          {"printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-make-and-model",
           "queued-job-count", "operations-supported", "document-format-supported", "printer-resolution-supported",
           "pwg-raster-document-resolution-supported", "pwg-raster-document-type-supported", "urf-supported",
           "media-default", "media-ready", "media-supported", "media-size-supported", "media-col-default",
           "job-creation-attributes-supported", "print-color-mode-supported"});
  TRY_ASSIGN(const Ipp answer, exchange({address_, timeouts_, env_, cancellation_}, request));
  ipp_t* ipp = answer.get();
  IppPrinter printer;
  printer.says.state = number(ipp, "printer-state", 0);
  if (printer.says.state == 0) return fail(ErrorCode::kCorrupt, "the printer does not say how it is");
  printer.says.reasons = words(ipp, "printer-state-reasons");
  if (ipp_attribute_t* accepting = ippFindAttribute(ipp, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN)) {
    printer.says.accepting = ippGetBoolean(accepting, 0) != 0;
  }
  printer.model = word(ipp, "printer-make-and-model");
  printer.queued_jobs = number(ipp, "queued-job-count", 0);
  printer.makes_jobs = lists_number(ipp, "operations-supported", IPP_OP_CREATE_JOB) &&
                       lists_number(ipp, "operations-supported", IPP_OP_SEND_DOCUMENT);
  printer.can.formats = words(ipp, "document-format-supported");
  printer.can.raster_dpi = densities(ipp, "pwg-raster-document-resolution-supported");
  printer.can.raster_types = words(ipp, "pwg-raster-document-type-supported");
  printer.can.urf = words(ipp, "urf-supported");
  printer.can.dpi = densities(ipp, "printer-resolution-supported");
  printer.can.media_default = word(ipp, "media-default");
  printer.can.media_ready = words(ipp, "media-ready");
  printer.can.job_attributes = words(ipp, "job-creation-attributes-supported");
  const auto modes = words(ipp, "print-color-mode-supported");
  printer.black_mode = std::find(modes.begin(), modes.end(), "monochrome") != modes.end();
  read_media(ipp, printer.can);
  read_margins(ipp, printer.can.margins);
  return printer;
}

Result<int> IppClient::create_job(const IppTicket& ticket) const {
  const Ipp request = new_request(IPP_OP_CREATE_JOB, address_, job_name_);
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, job_name_.c_str());
  add_job_attributes(request, ticket);
  return job_id_of(exchange({address_, timeouts_, env_, cancellation_}, request));
}

Status IppClient::send_document(int job, const IppTicket& ticket, ByteView document) const {
  const Ipp request = job_request(IPP_OP_SEND_DOCUMENT, address_, job_name_, job);
  add_format(request, ticket);
  ippAddBoolean(request.get(), IPP_TAG_OPERATION, "last-document", 1);
  TRY(exchange({address_, timeouts_, env_, cancellation_}, request, document));
  return {};
}

Result<int> IppClient::print_job(const IppTicket& ticket, ByteView document) const {
  const Ipp request = new_request(IPP_OP_PRINT_JOB, address_, job_name_);
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, job_name_.c_str());
  add_format(request, ticket);
  add_job_attributes(request, ticket);
  return job_id_of(exchange({address_, timeouts_, env_, cancellation_}, request, document));
}

Result<IppJob> IppClient::ask_job(int job) const {
  const Ipp request = job_request(IPP_OP_GET_JOB_ATTRIBUTES, address_, job_name_, job);
  ask_for(request, {"job-state", "job-state-reasons"});
  TRY_ASSIGN(const Ipp answer, exchange({address_, timeouts_, env_, cancellation_}, request));
  return IppJob{number(answer.get(), "job-state", 0), words(answer.get(), "job-state-reasons")};
}

Status IppClient::cancel_job(int job, Purge purge) const {
  const Ipp request = job_request(IPP_OP_CANCEL_JOB, address_, job_name_, job);
  if (purge == Purge::kYes) ippAddBoolean(request.get(), IPP_TAG_OPERATION, "purge-job", 1);
  TRY(exchange({address_, timeouts_, env_, cancellation_}, request));
  return {};
}

Result<std::vector<int>> IppClient::our_jobs() const {
  const Ipp request = new_request(IPP_OP_GET_JOBS, address_, job_name_);
  ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", limits::kPrinterJobsListed);
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, "not-completed");
  ask_for(request, {"job-id", "job-name", "job-state"});
  TRY_ASSIGN(const Ipp answer, exchange({address_, timeouts_, env_, cancellation_}, request));
  std::vector<int> found;
  int id = 0;
  std::string name;
  const auto close = [&] {
    if (id > 0 && name == job_name_) found.push_back(id);
    id = 0;
    name.clear();
  };
  for (ipp_attribute_t* at = ippFirstAttribute(answer.get()); at != nullptr; at = ippNextAttribute(answer.get())) {
    const char* called = ippGetName(at);
    if (called == nullptr || ippGetGroupTag(at) != IPP_TAG_JOB) {
      close();  // attributes without a name stand between two jobs
    } else if (std::strcmp(called, "job-id") == 0) {
      if (id > 0) close();
      id = ippGetInteger(at, 0);
    } else if (std::strcmp(called, "job-name") == 0) {
      const char* text = ippGetString(at, 0, nullptr);
      name = text == nullptr ? "" : text;
    }
  }
  close();
  return found;
}

Result<Bytes> page_as_raster(const PrinterPage& page) {
  static constexpr const char* kTypes[] = {"black_1", "sgray_8", "srgb_8"};
  const BitImage& dots = page.dots;
  const PagePlan& plan = page.plan;
  cups_page_header2_t header{};
  pwg_media_t* media = pwgMediaForSize(plan.media.width, plan.media.length);
  if (media == nullptr || cupsRasterInitPWGHeader(&header, media, kTypes[static_cast<std::size_t>(plan.type)], plan.dpi,
                                                  plan.dpi, "one-sided", nullptr) == 0) {
    return fail(ErrorCode::kInternal, "no raster for this page");
  }
  const unsigned samples = plan.type == RasterType::kRgb8 ? 3 : 1;
  const auto width = static_cast<unsigned>(dots.width());
  header.cupsWidth = width;
  header.cupsHeight = static_cast<unsigned>(dots.height());
  header.cupsBytesPerLine = plan.type == RasterType::kBlack1 ? (width + 7) / 8 : width * samples;
  header.cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = 1;
  Bytes out;
  out.reserve(dots.row_bytes() * static_cast<std::size_t>(dots.height()) / 2 + 64 * limits::kKiB);
  const bool apple = plan.format == PageFormat::kAppleRaster;
  const std::unique_ptr<cups_raster_t, decltype(&cupsRasterClose)> raster(
      cupsRasterOpenIO(take_raster, &out, apple ? CUPS_RASTER_WRITE_APPLE : CUPS_RASTER_WRITE_PWG), &cupsRasterClose);
  bool written = raster != nullptr && cupsRasterWriteHeader2(raster.get(), &header) != 0;
  Bytes line(header.cupsBytesPerLine);
  for (int y = 0; written && y < dots.height(); ++y) {
    if (plan.type == RasterType::kBlack1) {
      std::copy(dots.row(y).begin(), dots.row(y).end(), line.begin());
    } else {
      for (unsigned x = 0; x < width; ++x) {
        const std::uint8_t shade = dots.black(static_cast<int>(x), y) ? 0 : 255;
        std::fill_n(line.begin() + x * samples, samples, shade);
      }
    }
    written = cupsRasterWritePixels(raster.get(), line.data(), header.cupsBytesPerLine) == header.cupsBytesPerLine;
  }
  wipe(line);
  if (!written) {
    wipe(out);
    return fail(ErrorCode::kInternal, "the raster could not be written");
  }
  return out;
}

}  // namespace mimika::device
