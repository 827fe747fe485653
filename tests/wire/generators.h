// Random events, tickets, calls and answers for property tests: every payload, every optional, the ends of every range.
#pragma once

#include <rapidcheck.h>

#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/event.h"
#include "kiosk/model/ticket.h"
#include "sync/wire/envelope.h"

namespace mimika::test {

template <typename Integer>
rc::Gen<Integer> any_integer() {
  return rc::gen::oneOf(rc::gen::arbitrary<Integer>(),
                        rc::gen::element<Integer>(0, 1, std::numeric_limits<Integer>::max()));
}

// Valid UTF-8 of one to four bytes a character.
inline rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::element<std::string>("a", "Z", "0", " ", "\n", "\"", "é", "ñ", "Jalan", "平", "😀");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& one : pieces) text += one;
    return text;
  });
}
inline rc::Gen<std::string> some_text() {
  return rc::gen::map(any_text(), [](const std::string& text) { return "x" + text; });
}

template <typename Id>
rc::Gen<Id> text_id() {
  return rc::gen::map(some_text(), [](const std::string& text) { return Id{text}; });
}
template <typename Id>
rc::Gen<std::optional<Id>> maybe_text_id() {
  return rc::gen::oneOf(rc::gen::just(std::optional<Id>()),
                        rc::gen::map(some_text(), [](const std::string& text) { return std::optional<Id>(Id{text}); }));
}

template <typename Enum>
rc::Gen<Enum> up_to(Enum last) {
  return rc::gen::map(rc::gen::inRange(0, static_cast<int>(last) + 1),
                      [](int value) { return static_cast<Enum>(value); });
}

inline rc::Gen<Bytes> any_bytes() {
  return rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>());
}

template <std::size_t Count>
rc::Gen<std::array<std::uint8_t, Count>> any_array() {
  return rc::gen::container<std::array<std::uint8_t, Count>>(rc::gen::arbitrary<std::uint8_t>());
}

// Defined once, in generators.cc: instantiating them takes half a minute.
rc::Gen<EventKey> any_key();
rc::Gen<TicketNumber> any_number();
rc::Gen<Event> any_event();
rc::Gen<PrivatePart> any_private_part();
rc::Gen<Ticket> any_ticket();
rc::Gen<wire::EventRecord> any_record();
rc::Gen<wire::Call> any_call();
rc::Gen<wire::Answer> any_answer();

}  // namespace mimika::test
