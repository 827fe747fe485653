#include "kiosk/model/event.h"

#include "kiosk/base/wipe.h"

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

const Actor* doer_of(const Event& event) {
  return std::visit(
      [](const auto& payload) -> const Actor* {
        if constexpr (requires { payload.actor; }) {
          return &payload.actor;
        } else {
          return nullptr;
        }
      },
      event.payload);
}

void wipe(PrivatePart& part) {
  for (std::string* text : {&part.story, &part.name, &part.nik, &part.phone, &part.address, &part.landmark})
    wipe(*text);
  for (auto& [id, answer] : part.fields) wipe(answer);
  wipe(part.attachment_key);
  part.attachment_key.clear();
  part.fields.clear();
  part.category.reset();
  part.kampung.reset();
}

}  // namespace mimika
