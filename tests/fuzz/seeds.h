// Good inputs for every target, and the keys they are signed with: made, not stored, so that they stay good when a
// format grows.
#pragma once

#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/crypto/keys.h"

namespace mimika::fuzz {

[[nodiscard]] const crypto::SigningKey& device_key();
[[nodiscard]] const crypto::SigningKey& centre_key();
[[nodiscard]] const crypto::BoxKey& centre_box();

// Whether zstd stands around the whole content of a frame of this kind.
[[nodiscard]] bool is_packed_kind(std::uint8_t kind);

[[nodiscard]] std::vector<Bytes> seeds_of_call();
[[nodiscard]] std::vector<Bytes> seeds_of_answer();
[[nodiscard]] std::vector<Bytes> seeds_of_signed_call();
[[nodiscard]] std::vector<Bytes> seeds_of_signed_answer();
[[nodiscard]] std::vector<Bytes> seeds_of_compact_records();
[[nodiscard]] std::vector<Bytes> seeds_of_blob_manifest();
[[nodiscard]] std::vector<Bytes> seeds_of_policy();
[[nodiscard]] std::vector<Bytes> seeds_of_states_mark();
[[nodiscard]] std::vector<Bytes> seeds_of_event();
[[nodiscard]] std::vector<Bytes> seeds_of_ticket();
[[nodiscard]] std::vector<Bytes> seeds_of_private_part();
[[nodiscard]] std::vector<Bytes> seeds_of_enrolment_ticket();
[[nodiscard]] std::vector<Bytes> seeds_of_enrol_request();
[[nodiscard]] std::vector<Bytes> seeds_of_certificate();
[[nodiscard]] std::vector<Bytes> seeds_of_receipt_statement();
[[nodiscard]] std::vector<Bytes> seeds_of_text_forms();
[[nodiscard]] std::vector<Bytes> seeds_of_catalogue();

}  // namespace mimika::fuzz
