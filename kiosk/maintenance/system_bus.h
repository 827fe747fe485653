// The message bus of the system, as sd-bus speaks it: opening it, a question with a time limit, and its errors as ours.
// Included by the sources that speak with one service each, and by nobody else.
#pragma once

#include <systemd/sd-bus.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::maintenance {

struct BusDelete {
  void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
};
struct MessageDelete {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Message = std::unique_ptr<sd_bus_message, MessageDelete>;

// One object of one service.
struct BusObject {
  std::string service;    // "org.freedesktop.timedate1"
  std::string path;       // "/org/freedesktop/timedate1"
  std::string interface;  // "org.freedesktop.timedate1"
};

class SystemBus {
 public:
  // An empty address: the bus of the system. kUnreachable: there is none.
  [[nodiscard]] static Result<SystemBus> open(const std::string& address);

  // A question to fill with sd_bus_message_append(). Overwritten when it goes, if `secret`.
  [[nodiscard]] Result<Message> question(const BusObject& object, const char* method, bool secret = false);
  // kUnreachable: nobody offers the service; kUnauthorised: it does not let us; kTooSlow; kNotFound: it has no such
  // object; kInvalidInput: it does not take what was said; else kInternal, with its own name for it.
  [[nodiscard]] Result<Message> ask(const Message& question, std::int64_t limit_ms);
  // A question without arguments.
  [[nodiscard]] Result<Message> ask(const BusObject& object, const char* method);

  [[nodiscard]] Result<std::string> text_property(const BusObject& object, const char* name);
  [[nodiscard]] Result<std::string> path_property(const BusObject& object, const char* name);
  [[nodiscard]] Result<std::uint32_t> number_property(const BusObject& object, const char* name);
  [[nodiscard]] Result<bool> flag_property(const BusObject& object, const char* name);
  [[nodiscard]] Result<std::uint8_t> byte_property(const BusObject& object, const char* name);
  [[nodiscard]] Result<std::uint64_t> long_property(const BusObject& object, const char* name);
  // A property of another kind: a message that stands at its value.
  [[nodiscard]] Result<Message> property(const BusObject& object, const char* name, const char* type);

 private:
  explicit SystemBus(std::unique_ptr<sd_bus, BusDelete> bus) : bus_(std::move(bus)) {}
  std::unique_ptr<sd_bus, BusDelete> bus_;
};

// What sd-bus answers below zero is an error: an answer that is not what the service promises, or no memory.
[[nodiscard]] Status check_bus(int answer, const char* doing);

// "as" and "ao" from where the message stands.
[[nodiscard]] Result<std::vector<std::string>> read_texts(sd_bus_message* message, char type, std::size_t most);

}  // namespace mimika::maintenance
