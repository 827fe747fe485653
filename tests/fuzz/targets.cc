#include "tests/fuzz/targets.h"

#include <array>
#include <string>

#include "kiosk/base/check.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/receipt_code.h"
#include "kiosk/model/catalogue_json.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/envelope.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/receipt_statement.h"
#include "sync/wire/zstd_codec.h"
#include "tests/fuzz/seeds.h"

namespace mimika::fuzz {
namespace {

// A decoder that accepts bytes must be able to say the same again: then whatever it let in is a value we can write.

void run_call(ByteView input) {
  auto parsed = wire::UnverifiedCall::parse(input);
  if (!parsed) return;
  static_cast<void>(parsed->header());
  static_cast<void>(std::move(*parsed).verify(device_key().verify_key()));
}

void run_answer(ByteView input) {
  static_cast<void>(wire::decode_answer(input, centre_key().verify_key()));
}

// The signature and the frames' tags keep chance out; here the input is what stands behind them: a header and frames,
// each after its length (two bytes), tagged and signed as an honest device with a broken program would.
Bytes signed_envelope(ByteView input, std::uint8_t kind, const crypto::SigningKey& key) {
  const auto put_size = [](Bytes& out, std::size_t size) {
    for (; size >= 0x80; size >>= 7) out.push_back(static_cast<std::uint8_t>(size | 0x80));
    out.push_back(static_cast<std::uint8_t>(size));
  };
  Bytes envelope = {'M', 'K', 'E', 1, kind};
  ByteReader reader(input);
  bool header = true;
  while (!reader.rest().empty()) {
    const auto size = reader.u16();
    const ByteView part =
        size && *size <= reader.rest().size() ? reader.take(*size).value() : reader.take(reader.rest().size()).value();
    if (header) {
      put_size(envelope, part.size());
      append(envelope, part);
      header = false;
      continue;
    }
    const Bytes compressed = wire::compress(part, wire::Effort::kBackground);
    put_size(envelope, compressed.size());
    append(envelope, ByteView(crypto::hash_of("mimika frame 1", compressed)).first(8));
    append(envelope, compressed);
  }
  put_size(envelope, 0);
  append(envelope, key.sign(crypto::hash_of("mimika envelope 1", envelope)));
  return envelope;
}

void run_signed_call(ByteView input) {
  auto parsed = wire::UnverifiedCall::parse(signed_envelope(input, 1, device_key()));
  if (!parsed) return;
  const auto call = std::move(*parsed).verify(device_key().verify_key());
  if (!call) return;
  const Bytes again = wire::encode_call(*call, device_key());
  auto parsed_again = wire::UnverifiedCall::parse(again);
  if (!parsed_again) return;  // many small records may need more frames than an envelope holds
  CHECK(std::move(*parsed_again).verify(device_key().verify_key()) == *call);
}

void run_signed_answer(ByteView input) {
  const auto answer = wire::decode_answer(signed_envelope(input, 2, centre_key()), centre_key().verify_key());
  if (!answer) return;
  const auto again = wire::decode_answer(wire::encode_answer(*answer, centre_key()), centre_key().verify_key());
  if (again) CHECK(*again == *answer);
}

void run_event(ByteView input) {
  const EventKey key{DeviceId{7}, Epoch{41}, Seq{12}};
  const auto event = wire::decode_event(key, input);
  if (!event || std::holds_alternative<UnknownEvent>(event->payload)) return;
  CHECK(wire::decode_event(key, wire::encode_event(*event)) == *event);
}

void run_ticket(ByteView input) {
  const auto ticket = wire::decode_ticket(input);
  if (ticket) CHECK(wire::decode_ticket(wire::encode_ticket(*ticket)) == *ticket);
}

void run_private_part(ByteView input) {
  static_cast<void>(wire::decode_private_part(input));
  const auto part = wire::decode_private_part(wire::compress(input, wire::Effort::kBackground));
  if (part) CHECK(wire::decode_private_part(wire::encode_private_part(*part)) == *part);
}

void run_enrolment_ticket(ByteView input) {
  const auto ticket = wire::decode_enrolment_ticket(as_text(input));
  if (ticket) CHECK(wire::decode_enrolment_ticket(wire::encode_enrolment_ticket(*ticket)) == *ticket);
}

void run_enrol_request(ByteView input) {
  static_cast<void>(wire::decode_enrol_request(input));
}

void run_certificate(ByteView input) {
  static_cast<void>(wire::decode_certificate(input, centre_key().verify_key()));
}

void run_receipt_statement(ByteView input) {
  const auto statement = wire::decode_receipt_statement(as_text(input), device_key().verify_key());
  if (statement) CHECK(wire::encode_receipt_statement(*statement, device_key()) == as_text(input));
}

void run_text_forms(ByteView input) {
  const std::string_view text = as_text(input);
  if (const auto number = parse_ticket_number(text)) {
    CHECK(parse_ticket_number(format_ticket_number(*number)) == *number);
  }
  if (const auto code = crypto::ReceiptCode::parse(text)) {
    CHECK(crypto::ReceiptCode::parse(code->grouped())->grouped() == code->grouped());
  }
  if (const auto bytes = from_base32(text)) CHECK(to_base32(*bytes) == text);
  if (const auto bytes = from_hex(text)) CHECK(from_hex(to_hex(*bytes)) == *bytes);
}

void run_catalogue(ByteView input) {
  const std::string_view text = as_text(input);
  static_cast<void>(parse_districts(text));
  static_cast<void>(parse_opds(text));
  static_cast<void>(parse_categories(text));
  static_cast<void>(parse_services(text));
  static_cast<void>(parse_closed_days(text));
  static_cast<void>(parse_mark_rule(text));
}

constexpr std::array kTargets = {
    Target{"call", run_call, seeds_of_call},
    Target{"answer", run_answer, seeds_of_answer},
    Target{"signed_call", run_signed_call, seeds_of_signed_call},
    Target{"signed_answer", run_signed_answer, seeds_of_signed_answer},
    Target{"event", run_event, seeds_of_event},
    Target{"ticket", run_ticket, seeds_of_ticket},
    Target{"private_part", run_private_part, seeds_of_private_part},
    Target{"enrolment_ticket", run_enrolment_ticket, seeds_of_enrolment_ticket},
    Target{"enrol_request", run_enrol_request, seeds_of_enrol_request},
    Target{"certificate", run_certificate, seeds_of_certificate},
    Target{"receipt_statement", run_receipt_statement, seeds_of_receipt_statement},
    Target{"text_forms", run_text_forms, seeds_of_text_forms},
    Target{"catalogue", run_catalogue, seeds_of_catalogue},
};

}  // namespace

std::span<const Target> targets() {
  return kTargets;
}

}  // namespace mimika::fuzz
