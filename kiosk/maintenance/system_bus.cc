#include "kiosk/maintenance/system_bus.h"

#include <cerrno>
#include <string_view>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"

namespace mimika::maintenance {
namespace {

constexpr std::uint64_t kBusMicrosecondsPerMs = 1000;

struct BusError {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  BusError() = default;
  BusError(const BusError&) = delete;
  BusError& operator=(const BusError&) = delete;
  ~BusError() { sd_bus_error_free(&error); }
};

ErrorCode code_of(std::string_view name) {
  using Pair = std::pair<std::string_view, ErrorCode>;
  constexpr Pair kCodes[] = {{"org.freedesktop.DBus.Error.ServiceUnknown", ErrorCode::kUnreachable},
                             {"org.freedesktop.DBus.Error.NameHasNoOwner", ErrorCode::kUnreachable},
                             {"org.freedesktop.DBus.Error.Disconnected", ErrorCode::kUnreachable},
                             {"org.freedesktop.DBus.Error.NoReply", ErrorCode::kTooSlow},
                             {"org.freedesktop.DBus.Error.Timeout", ErrorCode::kTooSlow},
                             {"org.freedesktop.DBus.Error.AccessDenied", ErrorCode::kUnauthorised},
                             {"org.freedesktop.DBus.Error.AuthFailed", ErrorCode::kUnauthorised},
                             {"org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", ErrorCode::kUnauthorised},
                             {"org.freedesktop.NetworkManager.PermissionDenied", ErrorCode::kUnauthorised},
                             {"org.freedesktop.DBus.Error.UnknownObject", ErrorCode::kNotFound},
                             {"org.freedesktop.DBus.Error.UnknownMethod", ErrorCode::kNotFound},
                             {"org.freedesktop.DBus.Error.UnknownProperty", ErrorCode::kNotFound},
                             {"org.freedesktop.DBus.Error.UnknownInterface", ErrorCode::kNotFound},
                             {"org.freedesktop.DBus.Error.InvalidArgs", ErrorCode::kInvalidInput},
                             {"org.freedesktop.timedate1.InvalidTimezone", ErrorCode::kInvalidInput}};
  for (const auto& [known, code] : kCodes) {
    if (name == known) return code;
  }
  // Older services activated by the bus say why they did not start in names of their own.
  if (name.starts_with("org.freedesktop.DBus.Error.Spawn") || name.starts_with("org.freedesktop.systemd1.")) {
    return ErrorCode::kUnreachable;
  }
  return ErrorCode::kInternal;
}

// The name of the error alone: its words are the service's, and could repeat what it was told.
Error error_of(const BusError& error, int answer, const std::string& doing) {
  if (error.error.name == nullptr) return error_from_errno(-answer, doing);
  return {code_of(error.error.name), doing + ": " + error.error.name};
}

}  // namespace

Status check_bus(int answer, const char* doing) {
  if (answer >= 0) return {};
  return fail(ErrorCode::kInternal, error_from_errno(-answer, doing).message);
}

Result<SystemBus> SystemBus::open(const std::string& address) {
  sd_bus* raw = nullptr;
  int answer = 0;
  if (address.empty()) {
    answer = sd_bus_open_system(&raw);
  } else {
    answer = sd_bus_new(&raw);
    std::unique_ptr<sd_bus, BusDelete> opening(raw);
    if (answer >= 0) answer = sd_bus_set_address(raw, address.c_str());
    if (answer >= 0) answer = sd_bus_set_bus_client(raw, 1);
    if (answer >= 0) answer = sd_bus_start(raw);
    if (answer >= 0) static_cast<void>(opening.release());
  }
  if (answer < 0) {
    return fail(ErrorCode::kUnreachable, error_from_errno(-answer, "opening the message bus").message);
  }
  return SystemBus(std::unique_ptr<sd_bus, BusDelete>(raw));
}

Result<Message> SystemBus::question(const BusObject& object, const char* method, bool secret) {
  sd_bus_message* raw = nullptr;
  TRY(check_bus(sd_bus_message_new_method_call(bus_.get(), &raw, object.service.c_str(), object.path.c_str(),
                                               object.interface.c_str(), method),
                method));
  Message message(raw);
  if (secret) TRY(check_bus(sd_bus_message_sensitive(raw), method));
  return message;
}

Result<Message> SystemBus::ask(const Message& question, std::int64_t limit_ms) {
  BusError error;
  sd_bus_message* raw = nullptr;
  const int answer = sd_bus_call(bus_.get(), question.get(),
                                 static_cast<std::uint64_t>(limit_ms) * kBusMicrosecondsPerMs, &error.error, &raw);
  Message reply(raw);
  if (answer < 0) {
    const char* member = sd_bus_message_get_member(question.get());
    return std::unexpected(error_of(error, answer, std::string("asking for ") + (member == nullptr ? "" : member)));
  }
  return reply;
}

Result<Message> SystemBus::ask(const BusObject& object, const char* method) {
  TRY_ASSIGN(const Message message, question(object, method));
  return ask(message, limits::kBusCallMs);
}

Result<Message> SystemBus::property(const BusObject& object, const char* name, const char* type) {
  const BusObject properties{object.service, object.path, "org.freedesktop.DBus.Properties"};
  TRY_ASSIGN(const Message message, question(properties, "Get"));
  TRY(check_bus(sd_bus_message_append(message.get(), "ss", object.interface.c_str(), name), name));
  auto reply = ask(message, limits::kBusCallMs);
  if (!reply) return fail_with(reply.error(), name);
  TRY(check_bus(sd_bus_message_enter_container(reply->get(), SD_BUS_TYPE_VARIANT, type), name));
  return reply;
}

namespace {

template <typename Value>
Result<Value> read_basic(const Result<Message>& message, char type, const char* name) {
  if (!message) return std::unexpected(message.error());
  Value value{};
  TRY(check_bus(sd_bus_message_read_basic(message->get(), type, &value), name));
  return value;
}

}  // namespace

Result<std::string> SystemBus::text_property(const BusObject& object, const char* name) {
  const auto message = property(object, name, "s");
  TRY_ASSIGN(const char* text, read_basic<const char*>(message, 's', name));
  return std::string(text);
}

Result<std::string> SystemBus::path_property(const BusObject& object, const char* name) {
  const auto message = property(object, name, "o");
  TRY_ASSIGN(const char* path, read_basic<const char*>(message, 'o', name));
  return std::string(path);
}

Result<std::uint32_t> SystemBus::number_property(const BusObject& object, const char* name) {
  return read_basic<std::uint32_t>(property(object, name, "u"), 'u', name);
}

Result<bool> SystemBus::flag_property(const BusObject& object, const char* name) {
  TRY_ASSIGN(const int flag, read_basic<int>(property(object, name, "b"), 'b', name));
  return flag != 0;
}

Result<std::uint8_t> SystemBus::byte_property(const BusObject& object, const char* name) {
  return read_basic<std::uint8_t>(property(object, name, "y"), 'y', name);
}

Result<std::uint64_t> SystemBus::long_property(const BusObject& object, const char* name) {
  return read_basic<std::uint64_t>(property(object, name, "t"), 't', name);
}

Result<std::vector<std::string>> read_texts(sd_bus_message* message, char type, std::size_t most) {
  const char contents[] = {type, '\0'};
  TRY(check_bus(sd_bus_message_enter_container(message, SD_BUS_TYPE_ARRAY, contents), "reading a list"));
  std::vector<std::string> texts;
  for (;;) {
    const char* text = nullptr;
    const int got = sd_bus_message_read_basic(message, type, &text);
    TRY(check_bus(got, "reading a list"));
    if (got == 0) break;
    if (texts.size() < most) texts.emplace_back(text);
  }
  TRY(check_bus(sd_bus_message_exit_container(message), "reading a list"));
  return texts;
}

}  // namespace mimika::maintenance
