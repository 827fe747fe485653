#include "kiosk/model/event.h"

namespace mimika {

std::optional<TicketId> ticket_of(const Event& event) {
  return std::visit(
      [&](const auto& payload) -> std::optional<TicketId> {
        using Payload = std::decay_t<decltype(payload)>;
        if constexpr (std::is_same_v<Payload, TicketFiled>) {
          return event.key;
        } else if constexpr (requires { payload.ticket; }) {
          return payload.ticket;
        } else {
          return std::nullopt;
        }
      },
      event.payload);
}

}  // namespace mimika
