// Every maximum of the centre has its name here; what happens at each is tested. What the kiosk shares stands in
// kiosk/base/limits.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kiosk/base/limits.h"

namespace mimika::central::limits {

using mimika::limits::kKiB;
using mimika::limits::kMiB;
using mimika::limits::kReasonBytes;

// --- connections
inline constexpr std::size_t kConnections = 2000;           // more are closed at once, before any handshake
inline constexpr std::size_t kConnectionsPerAddress = 500;  // one address must not take them all
inline constexpr int kHandshakeSeconds = 30;                // a satellite link needs 3 s; a dead one must not stay
inline constexpr int kHeaderSeconds = 30;                   //
inline constexpr int kIdleSeconds = 60;                     // between two requests of one connection
inline constexpr int kProgressSeconds = 30;                 // without one byte of a body, either way
inline constexpr int kRequestSeconds = 15 * 60;             // for one whole body: 4 MiB at 38 kbit/s
inline constexpr int kShutdownSeconds = 5;                  // for the close_notify of the other side
inline constexpr int kStopSeconds = 10;                     // for requests under way when the service stops
inline constexpr std::size_t kDrainBytes = 16 * kMiB;       // of a refused body, read so that the refusal is seen
inline constexpr std::size_t kHeaders = 64;                 // header fields of one request
inline constexpr std::size_t kFormFields = 64;              // fields of one form
inline constexpr std::size_t kEnrolBytes = 4 * kKiB;        // an enrolment request
inline constexpr std::size_t kWorkers = 4;                  // threads for SQL and Argon2id, one database each
inline constexpr std::size_t kPendingJobs = 4000;           // requests waiting for a worker

// --- ingest
inline constexpr std::size_t kFeedBytesPerAnswer = 256 * kKiB;  // 512 items are far less; long follow-ups are not
inline constexpr std::size_t kFeedScan = 4096;                  // rows of the feed looked at for one answer
inline constexpr std::size_t kFeedOwnHeldBack = 256;            // of the kiosk's own, at the end, not worth sending yet
inline constexpr std::size_t kStatesPerAnswer = 1024;           // tickets told whole
inline constexpr std::size_t kWantsVolunteered = 4;             // blobs an answer speaks of unasked
inline constexpr std::int64_t kAttachmentsPerTicket = 32;       // later ones are set aside
// What people say of a ticket: replies, reopenings, ratings; later ones are set aside. Every kiosk of a district holds
// to the limits of one; together they cannot fill a page without end.
inline constexpr std::size_t kSaidPerTicket =
    4 * (2 * mimika::limits::kRepliesPerTicket + mimika::limits::kReopeningsPerTicket);
// Of one ticket, all that anybody did or said; what staff of kiosks do beyond it is set aside.
inline constexpr std::size_t kTimelineEntries = 2 * kSaidPerTicket;
inline constexpr std::size_t kFramesPerCommit = 64;  // of one piece of a call: at most 16 MiB unpacked
inline constexpr std::size_t kRejectsPerAnswer = 256;
inline constexpr std::int64_t kQuarantinePerDevice = 10'000;  // rows; later ones are counted, not kept
inline constexpr std::int64_t kEnrolmentMs = std::int64_t{7} * 24 * 3600 * 1000;
inline constexpr int kKiosksPerDistrict = 9;  // one digit of the device code

// --- sticks: together they keep an ACK's frames below limits::kCallFrames
inline constexpr std::size_t kAckNewsBytes = kMiB + 256 * kKiB;  // of the feed, states and documents
inline constexpr std::size_t kAckFeedItems = 8192;

// --- people
inline constexpr std::size_t kLoginBytes = 64;
inline constexpr std::size_t kPasswordBytes = 256;
inline constexpr std::size_t kPasswordMinBytes = 8;
inline constexpr std::int64_t kSessionIdleMs = std::int64_t{30} * 60 * 1000;
inline constexpr std::int64_t kSessionHardMs = std::int64_t{12} * 3600 * 1000;
inline constexpr std::int64_t kSessionTouchMs = std::int64_t{60} * 1000;  // last use is noted at most this often
inline constexpr std::int64_t kSessionsPerAccount = 10;                   // the oldest goes
inline constexpr std::int64_t kFailuresKeptMs = std::int64_t{24} * 3600 * 1000;

// --- pages
inline constexpr int kTicketsPerPage = 50;
inline constexpr int kRegentCards = 50;
inline constexpr int kRegentBars = 6;
inline constexpr std::size_t kRegentPageBytes = 30 * kKiB;
inline constexpr std::size_t kReceiptTextBytes = 600;  // pasted for a check; a statement has 190
inline constexpr std::size_t kGzipFromBytes = 800;     // below one packet it gains nothing

}  // namespace mimika::central::limits
