#include "sync/client/curl_transport.h"

#include <curl/curl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "kiosk/base/limits.h"
#include "sync/client/silence.h"

namespace mimika::sync {
namespace {

constexpr int kPollMs = 500;  // how often time-outs are looked at while nothing comes
constexpr long kIdleConnectionSeconds = 90;
// What is handed over at once becomes one TLS record, and the centre sees nothing of a record before it is whole.
constexpr std::size_t kSendBytes = 1'300;

struct EasyCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiCloser {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

bool start_curl() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return started;
}

enum class AbortReason { kNone, kCancelled, kTooSlow, kTooLarge, kSilent };

std::optional<tcp_info> info_of(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
  if (size < offsetof(tcp_info, tcpi_bytes_retrans) + sizeof info.tcpi_bytes_retrans) return std::nullopt;
  return info;
}

// What the kernel says of a connection's payload: TLS included, repetitions not.
void add_socket_traffic(int socket, Traffic& to) {
  const auto info = info_of(socket);
  if (!info) return;
  to.socket_sent += info->tcpi_bytes_sent - info->tcpi_bytes_retrans;
  to.socket_received += info->tcpi_bytes_received;
}

constexpr std::uint8_t kEstablished = 1;  // TCP_ESTABLISHED, of a header that does not go with <linux/tcp.h>

ConnectionState state_of(int socket) {
  const auto info = info_of(socket);
  if (!info) return {};
  return {.established = info->tcpi_state == kEstablished,
          .unacknowledged = info->tcpi_unacked,
          .last_heard_ms = info->tcpi_last_ack_recv,
          .least_rtt_ms = info->tcpi_min_rtt / 1000};
}

ErrorCode code_of(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return ErrorCode::kUnauthorised;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return ErrorCode::kInvalidInput;
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
    case CURLE_UNKNOWN_OPTION:
    case CURLE_NOT_BUILT_IN:
      return ErrorCode::kInternal;
    default:
      return ErrorCode::kUnreachable;
  }
}

}  // namespace

struct CurlTransport::State {
  TransportOptions options;
  std::atomic<bool> cancelled = false;
  bool fresh = false;
  Traffic traffic;                // of calls and of closed connections
  std::vector<int> open_sockets;  // curl's; looked at, never owned

  // --- the running call
  HttpResponse response;
  std::size_t header_bytes = 0;
  ByteView body;                    // of the request
  std::size_t body_sent = 0;        // of it
  std::uint64_t stretch_moved = 0;  // bytes that had come through at the beginning of the present stretch
  std::int64_t stretch_began_ms = 0;
  AbortReason abort = AbortReason::kNone;
  std::array<char, CURL_ERROR_SIZE> error_text{};

  // The handles come last, so that they go first: closing connections still calls back into this object.
  std::unique_ptr<curl_slist, ListCloser> headers;
  std::unique_ptr<CURLM, MultiCloser> multi;
  std::unique_ptr<CURL, EasyCloser> easy;

  ~State() {
    easy.reset();
    multi.reset();
  }

  Status configure();
  [[nodiscard]] Result<HttpResponse> run(const std::string& path, ByteView content);
  [[nodiscard]] CURLcode perform();
  [[nodiscard]] std::optional<std::uint64_t> moved_bytes() const;
  [[nodiscard]] bool stands_still(std::int64_t spent_ms);
  [[nodiscard]] Error error_of(CURLcode code) const;

  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy.get(), option, value) != CURLE_OK) refused_option = true;
  }
  bool refused_option = false;

  // --- called by curl
  static std::size_t on_send(char* out, std::size_t one, std::size_t count, void* self);
  static int on_rewind(void* self, curl_off_t offset, int);
  static std::size_t on_body(char* data, std::size_t one, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t one, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t);
  static int on_debug(CURL*, curl_infotype type, char*, std::size_t size, void* self);
  static int on_socket(void* self, curl_socket_t socket, curlsocktype purpose);
  static int on_close(void* self, curl_socket_t socket);
  static CURLcode on_tls(CURL*, void* context, void*);
};

std::size_t CurlTransport::State::on_send(char* out, std::size_t one, std::size_t count, void* self) {
  State& state = *static_cast<State*>(self);
  const std::size_t size = std::min({one * count, kSendBytes, state.body.size() - state.body_sent});
  std::copy_n(state.body.begin() + static_cast<std::ptrdiff_t>(state.body_sent), size, out);
  state.body_sent += size;
  return size;
}

// When a connection that was kept dies before a word of the answer, curl would send the whole call once more by itself.
// The centre may have stored it already, and the engine knows how to ask.
int CurlTransport::State::on_rewind(void* self, curl_off_t offset, int) {
  const State& state = *static_cast<const State*>(self);
  return state.body_sent == 0 && offset == 0 ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

std::size_t CurlTransport::State::on_body(char* data, std::size_t one, std::size_t count, void* self) {
  State& state = *static_cast<State*>(self);
  const std::size_t size = one * count;
  if (state.response.body.size() + size > limits::kCallBytes) {
    state.abort = AbortReason::kTooLarge;
    return 0;
  }
  try {
    append(state.response.body, as_bytes({data, size}));
  } catch (const std::bad_alloc&) {
    return 0;  // an exception must not cross curl; it reports a write error
  }
  return size;
}

std::size_t CurlTransport::State::on_header(char*, std::size_t one, std::size_t count, void* self) {
  State& state = *static_cast<State*>(self);
  const std::size_t size = one * count;
  state.header_bytes += size;
  if (state.header_bytes > limits::kHttpHeaderBytes) {
    state.abort = AbortReason::kTooLarge;
    return 0;
  }
  return size;
}

// Both ways, over the present connections: what the other side has acknowledged, and what came. Empty where the kernel
// does not say.
std::optional<std::uint64_t> CurlTransport::State::moved_bytes() const {
  std::optional<std::uint64_t> moved;
  for (const int socket : open_sockets) {
    if (const auto info = info_of(socket)) {
      moved = moved.value_or(0) + info->tcpi_bytes_acked + info->tcpi_bytes_received;
    }
  }
  return moved;
}

// The kernel is asked, not curl: curl has handed over a whole call within moments, and would see nothing move while the
// kernel sends it for two minutes. Connecting has a limit of its own.
bool CurlTransport::State::stands_still(std::int64_t spent_ms) {
  curl_off_t connected_us = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_PRETRANSFER_TIME_T, &connected_us);
  const std::optional<std::uint64_t> known = moved_bytes();
  if (!known) return false;  // the time that a whole call may take ends it
  const std::uint64_t moved = *known;
  const auto enough = static_cast<std::uint64_t>(options.low_speed_bytes_per_second * options.low_speed_seconds);
  const bool another_connection = moved < stretch_moved;
  if (connected_us == 0 || another_connection || moved - stretch_moved >= enough) {
    stretch_moved = moved;
    stretch_began_ms = spent_ms;
  }
  return spent_ms - stretch_began_ms > options.low_speed_seconds * 1000;
}

// A call may take as long as its bytes need at the slowest rate we wait for, in both directions: a long answer that
// keeps coming is not cut off, for the next attempt would not get further.
int CurlTransport::State::on_progress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t) {
  State& state = *static_cast<State*>(self);
  if (state.cancelled) {
    state.abort = AbortReason::kCancelled;
    return 1;
  }
  curl_off_t spent_us = 0;
  curl_easy_getinfo(state.easy.get(), CURLINFO_TOTAL_TIME_T, &spent_us);
  const std::int64_t bytes = static_cast<std::int64_t>(state.body_sent) + down;
  const std::int64_t allowed_ms = state.options.call_timeout_ms + bytes * 1000 / kSlowestBytesPerSecond;
  if (spent_us / 1000 > allowed_ms) {
    state.abort = AbortReason::kTooSlow;
    return 1;
  }
  if (state.stands_still(spent_us / 1000)) {
    state.abort = AbortReason::kTooSlow;
    return 1;
  }
  const auto dead = [&](int socket) { return is_dead(state_of(socket), spent_us / 1000); };
  if (std::ranges::none_of(state.open_sockets, dead)) return 0;
  state.abort = AbortReason::kSilent;
  return 1;
}

int CurlTransport::State::on_debug(CURL*, curl_infotype type, char*, std::size_t size, void* self) {
  State& state = *static_cast<State*>(self);
  if (type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT) state.response.bytes_sent += size;
  if (type == CURLINFO_HEADER_IN || type == CURLINFO_DATA_IN) state.response.bytes_received += size;
  return 0;
}

// Options the kernel may refuse cost nothing but their effect.
int CurlTransport::State::on_socket(void* self, curl_socket_t socket, curlsocktype) {
  State& state = *static_cast<State*>(self);
  // A kept connection died under the call. curl would greet the centre anew, which takes seconds, only to learn from
  // on_rewind() that it may not send the call again.
  if (state.body_sent > 0) return CURL_SOCKOPT_ERROR;
  const auto patience = static_cast<unsigned>(state.options.user_timeout_ms);
  ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
  static constexpr char kCongestion[] = "bbr";  // twice to four times cubic's rate on a link that loses packets
  ::setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, kCongestion, sizeof kCongestion - 1);
  try {
    state.open_sockets.push_back(socket);
  } catch (const std::bad_alloc&) {
    return CURL_SOCKOPT_ERROR;
  }
  return CURL_SOCKOPT_OK;
}

int CurlTransport::State::on_close(void* self, curl_socket_t socket) {
  State& state = *static_cast<State*>(self);
  if (std::erase(state.open_sockets, socket) > 0) add_socket_traffic(socket, state.traffic);
  if (state.abort != AbortReason::kNone) {
    // Or the kernel would go on sending what is left of the call, in the way of the next connection.
    static constexpr linger kAtOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &kAtOnce, sizeof kAtOnce);
  }
  return ::close(socket);
}

// A kiosk whose battery died believes in 1970 or 2099. The centre's authority is pinned and every answer is signed, so
// the dates in its certificate protect nothing here and would lock the kiosk out.
CURLcode CurlTransport::State::on_tls(CURL*, void* context, void*) {
  X509_VERIFY_PARAM* parameters = SSL_CTX_get0_param(static_cast<SSL_CTX*>(context));
  return X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_NO_CHECK_TIME) == 1 ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

Status CurlTransport::State::configure() {
  // "Expect" would cost a round trip; the others are bytes that tell the centre nothing.
  for (const char* line : {"Content-Type:", "Accept:", "Expect:", "User-Agent:"}) {
    curl_slist* before = headers.release();
    curl_slist* longer = curl_slist_append(before, line);
    headers.reset(longer != nullptr ? longer : before);
    if (longer == nullptr) return fail(ErrorCode::kInternal, "out of memory");
  }
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a name server that does not answer must not hold up the end of the program
  set(CURLOPT_ERRORBUFFER, error_text.data());
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_POST, 1L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROTOCOLS_STR, "https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOPROXY, "*");

  curl_blob authority{};
  authority.data = options.ca_pem.data();
  authority.len = options.ca_pem.size();
  authority.flags = CURL_BLOB_COPY;
  set(CURLOPT_CAINFO_BLOB, &authority);
  set(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSL_ENABLE_ALPN, 0L);  // there is nothing to negotiate
  set(CURLOPT_SSL_CTX_FUNCTION, &State::on_tls);

  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout_ms));
  set(CURLOPT_TCP_NODELAY, 1L);
  set(CURLOPT_MAXAGE_CONN, kIdleConnectionSeconds);  // older ones are dead behind most mobile networks' translators
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, 1L);

  set(CURLOPT_READFUNCTION, &State::on_send);
  set(CURLOPT_READDATA, this);
  set(CURLOPT_SEEKFUNCTION, &State::on_rewind);
  set(CURLOPT_SEEKDATA, this);
  set(CURLOPT_WRITEFUNCTION, &State::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, &State::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &State::on_progress);
  set(CURLOPT_XFERINFODATA, this);
  set(CURLOPT_VERBOSE, 1L);  // so that the debug function is called; it only counts
  set(CURLOPT_DEBUGFUNCTION, &State::on_debug);
  set(CURLOPT_DEBUGDATA, this);
  set(CURLOPT_SOCKOPTFUNCTION, &State::on_socket);
  set(CURLOPT_SOCKOPTDATA, this);
  set(CURLOPT_CLOSESOCKETFUNCTION, &State::on_close);
  set(CURLOPT_CLOSESOCKETDATA, this);
  // A libcurl without one of these would quietly be less strict than we are.
  if (refused_option) return fail(ErrorCode::kInternal, "this libcurl does not know an option we depend on");
  return {};
}

// The multi interface instead of curl_easy_perform(): curl_multi_wakeup() lets cancel() end a call at once.
CURLcode CurlTransport::State::perform() {
  if (curl_multi_add_handle(multi.get(), easy.get()) != CURLM_OK) return CURLE_FAILED_INIT;
  CURLcode result = CURLE_ABORTED_BY_CALLBACK;
  int running = 1;
  while (running > 0) {
    if (cancelled) {
      abort = AbortReason::kCancelled;
      break;
    }
    if (curl_multi_perform(multi.get(), &running) != CURLM_OK) break;
    if (running > 0 && curl_multi_poll(multi.get(), nullptr, 0, kPollMs, nullptr) != CURLM_OK) break;
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg == CURLMSG_DONE) result = message->data.result;
  }
  curl_multi_remove_handle(multi.get(), easy.get());
  return result;
}

Error CurlTransport::State::error_of(CURLcode code) const {
  const ErrorCode slow = header_bytes > 0 ? ErrorCode::kTooSlow : ErrorCode::kUnreachable;
  switch (abort) {
    case AbortReason::kCancelled:
      return {ErrorCode::kUnreachable, "the call was stopped"};
    case AbortReason::kTooSlow:
      return {slow, "the call took too long"};
    case AbortReason::kSilent:
      return {ErrorCode::kUnreachable, "nothing is heard from the centre any more"};
    case AbortReason::kTooLarge:
      return {ErrorCode::kTooLarge, "the answer is over its limit"};
    case AbortReason::kNone:
      break;
  }
  const std::string detail = error_text[0] != '\0' ? error_text.data() : curl_easy_strerror(code);
  return {code == CURLE_OPERATION_TIMEDOUT ? slow : code_of(code), options.url + ": " + detail};
}

Result<HttpResponse> CurlTransport::State::run(const std::string& path, ByteView content) {
  response = {};
  header_bytes = 0;
  body = content;
  body_sent = 0;
  stretch_moved = 0;
  stretch_began_ms = 0;
  abort = AbortReason::kNone;
  error_text[0] = '\0';

  const std::string url = options.url + path;
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  set(CURLOPT_FRESH_CONNECT, std::exchange(fresh, false) ? 1L : 0L);
  if (refused_option) return fail(ErrorCode::kInternal, "curl refused an option of the call");

  const CURLcode code = perform();
  long connections = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_NUM_CONNECTS, &connections);
  ++traffic.calls;
  traffic.connections += static_cast<std::uint64_t>(std::max(connections, 0L));
  traffic.application_sent += response.bytes_sent;
  traffic.application_received += response.bytes_received;
  if (code != CURLE_OK) return std::unexpected(error_of(code));

  long status = 0;
  curl_off_t sending_us = 0;
  curl_off_t answered_us = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy.get(), CURLINFO_PRETRANSFER_TIME_T, &sending_us);
  curl_easy_getinfo(easy.get(), CURLINFO_STARTTRANSFER_TIME_T, &answered_us);
  response.status = static_cast<int>(status);
  response.upload_ms = std::max<std::int64_t>((answered_us - sending_us) / 1000, 0);
  return std::move(response);
}

CurlTransport::CurlTransport(std::unique_ptr<State> state) : state_(std::move(state)) {}
CurlTransport::~CurlTransport() = default;

Result<std::unique_ptr<CurlTransport>> CurlTransport::open(const TransportOptions& options) {
  if (!options.url.starts_with("https://")) {
    return fail(ErrorCode::kInvalidInput, "the centre's address must begin with https://: " + options.url);
  }
  if (options.ca_pem.empty()) return fail(ErrorCode::kInvalidInput, "no authority to check the centre with");
  if (!start_curl()) return fail(ErrorCode::kInternal, "libcurl does not start");
  auto state = std::make_unique<State>();
  state->options = options;
  while (state->options.url.ends_with('/')) state->options.url.pop_back();
  state->multi.reset(curl_multi_init());
  state->easy.reset(curl_easy_init());
  if (!state->multi || !state->easy) return fail(ErrorCode::kInternal, "out of memory");
  TRY(state->configure());
  return std::unique_ptr<CurlTransport>(new CurlTransport(std::move(state)));
}

Result<HttpResponse> CurlTransport::post(const std::string& path, ByteView body) {
  return state_->run(path, body);
}

bool CurlTransport::was_heard() const {
  return state_->body_sent > 0;
}

void CurlTransport::use_fresh_connection() {
  state_->fresh = true;
}

void CurlTransport::cancel() {
  state_->cancelled = true;
  curl_multi_wakeup(state_->multi.get());
}

Traffic CurlTransport::traffic() const {
  Traffic total = state_->traffic;
  for (const int socket : state_->open_sockets) add_socket_traffic(socket, total);
  return total;
}

}  // namespace mimika::sync
