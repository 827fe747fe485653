// Every maximum of the product has its name here; what happens at each is tested.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mimika::limits {

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

// --- what a resident may write (Unicode code points are not counted; these are bytes of UTF-8)
inline constexpr std::size_t kStoryBytes = 4000;
inline constexpr std::size_t kNameBytes = 120;
inline constexpr std::size_t kAddressBytes = 240;
inline constexpr std::size_t kLandmarkBytes = 160;
inline constexpr std::size_t kPhoneBytes = 20;
inline constexpr std::size_t kFields = 24;  // filled-in fields of one service request
inline constexpr std::size_t kFieldBytes = 240;
inline constexpr std::size_t kReplyBytes = 4000;       // a follow-up or an answer written by an agency
inline constexpr std::size_t kReasonBytes = 500;       // why something waits or is closed
inline constexpr std::size_t kNoticeTitleBytes = 120;  // of an office's own announcement
inline constexpr std::size_t kNoticeTextBytes = 1000;
inline constexpr std::size_t kNotices = 8;  // of one office at a time

// --- what officers who are signed in can search, in memory: 100,000 stories of the usual length are some 35 MB
inline constexpr std::size_t kOfficeTextBytes = 256 * kMiB;
inline constexpr std::size_t kOfficePreviewBytes = 32 * kMiB;
inline constexpr std::size_t kTouchedTickets = 16'384;  // that are told one by one when they change

// --- what a person wrote, said or showed, in memory that is never swapped (personal_memory.h): two photos, a recording
// and every text, and below the 8 MB that a service may usually lock.
inline constexpr std::size_t kPersonalArenaBytes = 6 * kMiB;

// --- events and the wire (docs/wire.md)
inline constexpr std::size_t kEventBytes = 16 * kKiB;      // one event: public part and one sealed copy
inline constexpr std::size_t kFrameEvents = 16;            // at most 16 events …
inline constexpr std::size_t kFrameTargetBytes = 1100;     // … or about 1.1 KB, one packet
inline constexpr std::size_t kFrameBytes = 64 * kKiB;      // a frame that holds one large event
inline constexpr std::size_t kFrameRawBytes = 256 * kKiB;  // after decompression
inline constexpr std::size_t kCallBytes = 4 * kMiB;        // one sync call, either way
// … unpacked: 4,096 of the largest frames would be a gigabyte. A kiosk whose texts really shrink to a fiftieth is not
// held up: the centre has what came before.
inline constexpr std::size_t kCallRawBytes = 64 * kMiB;
inline constexpr std::size_t kCallFrames = 4096;
inline constexpr std::size_t kCallHeaderBytes = 16 * kKiB;
inline constexpr std::size_t kWantsPerHeader = 32;      // blobs asked for in one header
inline constexpr std::size_t kDocumentsPerHeader = 16;  // documents named in one call
inline constexpr std::size_t kFeedItemsPerAnswer = 512;
inline constexpr std::uint32_t kStreamEvents = 256;  // events sealed under one ratchet stream

// --- attachments: photos, voice, papers (docs/storage.md)
inline constexpr std::size_t kAttachmentBytes = 2 * kMiB - 16;  // with its tag the largest blob there is
inline constexpr std::size_t kPreviewBytes = 8 * kKiB - 16;     // two leaves
inline constexpr std::size_t kAttachmentsPerTicket = 8;
inline constexpr std::size_t kRepliesPerTicket = 50;    // of the person; an officer can ask them to file anew
inline constexpr std::size_t kReopeningsPerTicket = 5;  // then somebody must look who is not the same OPD
inline constexpr std::uint64_t kAttachmentBytesInAll = std::uint64_t{4} * 1024 * kMiB;  // on one kiosk
// What attachments leave free on the disk: text needs some kilobytes a filing, and must still be taken when they are
// not.
inline constexpr std::uint64_t kAttachmentReserveBytes = 256 * kMiB;
inline constexpr std::size_t kBlobsPerCall = 8;  // that one call speaks of

// --- the camera (docs/camera.md)
inline constexpr std::size_t kPhotosPerFiling = 3;     // of a complaint or an idea; a service takes one of each paper
inline constexpr std::size_t kPhotoBytes = 60 * kKiB;  // a photo as it is kept and sent
inline constexpr int kPhotoLongSide = 1280;            // pixels; enough to read a paper by
inline constexpr int kPreviewLongSide = 320;           // of a photo's preview
inline constexpr int kPictureSide = 4096;              // width and height of any picture that is decoded
inline constexpr std::size_t kCameraFrameBytes = 2 * std::size_t{kPictureSide} * kPictureSide;
inline constexpr int kVideoDevices = 64;        // looked at for a camera
inline constexpr std::size_t kCodeBytes = 256;  // of a QR code's text; a receipt's has at most 187

// --- sound: what a person says, and what the kiosk says (docs/sound.md)
inline constexpr std::int64_t kVoiceMs = 60'000;                  // one recording; it stops by itself
inline constexpr std::int64_t kVoiceLeastMs = 500;                // shorter holds no word
inline constexpr std::size_t kVoicePacketBytes = 160;             // 20 ms; 60 s of the worst noise stay below 500 KB
inline constexpr std::size_t kVoiceBytesUsual = 160 * kKiB;       // what a minute of speech stays under
inline constexpr std::size_t kSoundFileBytes = kAttachmentBytes;  // a recording that is played, ours or a speaker's
inline constexpr std::int64_t kSoundMs = 600'000;                 // … and how long it may be
inline constexpr std::size_t kSpeechPieces = 64;                  // said in a row: a screen and all its choices
inline constexpr std::size_t kSpeechTextBytes = 16 * kKiB;        // of all of them
inline constexpr std::int64_t kSpeechAheadMs = 2000;              // made before it is heard
inline constexpr std::size_t kSpeechCacheBytes = 4 * kMiB;        // some 90 s of fixed words
inline constexpr std::size_t kSpeechRecordings = 4096;            // files of one language

// --- documents and states, down
inline constexpr std::size_t kDocumentRawBytes = 8 * kMiB;  // after decompression
// A kiosk further behind than this is told how tickets are, not what happened to them.
inline constexpr std::uint64_t kFeedStatesBehind = 2000;
inline constexpr std::size_t kStatesAfterBytes = 64;         // how far it has come with that, in a header
inline constexpr std::size_t kTicketStateBytes = 40 * kKiB;  // of one ticket; older words are left out above it

// --- sticks (docs/stick.md)
inline constexpr std::size_t kStickFileBytes = 4 * kMiB;                  // one file, parity included
inline constexpr std::size_t kStickContentBytes = 3 * kMiB + 512 * kKiB;  // what such a file can hold
inline constexpr std::size_t kBundleRawBytes = 3 * kMiB;                  // events of one bundle, before compression
inline constexpr std::size_t kStickFiles = 1000;                          // looked at in one folder
inline constexpr std::size_t kCourierBytes = 256 * kMiB;                  // of other kiosks, waiting for a way
inline constexpr std::size_t kCourierFiles = 500;                         //
inline constexpr std::size_t kCourierReserveBytes = 256 * kMiB;           // of the disk, not for others
inline constexpr std::size_t kAckLives = 64;                              // lives of one kiosk, the newest
inline constexpr std::size_t kAckRejectsPerLife = 256;
inline constexpr std::size_t kAckBlobs = 2048;     // attachments an ACK speaks of, the newest
inline constexpr std::size_t kBundleBlobs = 1000;  // that one bundle holds something of

// --- sticks, before they are trusted (docs/stick.md)
inline constexpr std::size_t kStickEntriesShown = 500;          // names told of one folder
inline constexpr std::size_t kStickFolderEntries = 20'000;      // in one folder; more are called hostile
inline constexpr std::size_t kStickFolderBytes = 8 * kMiB;      // of a folder itself, on the medium
inline constexpr std::size_t kStickPartitions = 32;             // looked at in one table
inline constexpr std::size_t kInspectReadBytes = 128 * kMiB;    // read off a stick to know what is on it
inline constexpr std::size_t kInspectMemoryBytes = 512 * kMiB;  // of the process that reads it
inline constexpr std::size_t kInspectAnswerBytes = 2 * kMiB;    // of what it says
inline constexpr std::int64_t kInspectMs = 20'000;              // … and how long it may take
inline constexpr std::size_t kStickFreeLeast = kMiB;            // less free is called full
inline constexpr std::size_t kPluggedSticks = 16;               // told at once
inline constexpr std::size_t kMountsRead = 4 * kMiB;            // of the system's list of mounts
// --- sticks, as jobs
inline constexpr std::size_t kStickEntries = 2'000'000;     // names of one folder gone through
inline constexpr std::size_t kStickSniffed = 4000;          // files opened to see what they are
inline constexpr std::size_t kStickExtraFiles = 64;         // logs and a report, taken along
inline constexpr std::size_t kStickExtraBytes = 16 * kMiB;  // one of them
inline constexpr std::size_t kUpdateBytes = 512 * kMiB;     // one update package
inline constexpr std::size_t kUpdatePackages = 16;          // looked at on one stick
inline constexpr std::size_t kUpdatesStaged = 3;            // kept on the kiosk, the newest taken in
inline constexpr std::size_t kUpdateNoteBytes = 1024;       // a package's signature
inline constexpr std::size_t kUpdateVersionBytes = 64;

// --- HTTP at the centre
inline constexpr std::size_t kHttpHeaderBytes = 16 * kKiB;
inline constexpr std::size_t kFormBytes = 64 * kKiB;

// --- what was refused, as the kiosk counts it (docs/wire.md)
inline constexpr std::size_t kRefusalReasons = 64;  // kept apart; any further one counts as "other"
inline constexpr std::size_t kRefusalReasonBytes = 40;

// --- logs
inline constexpr std::size_t kLogFileBytes = 4 * kMiB;
inline constexpr std::size_t kLogFiles = 3;
// The event log (docs/event-log.md): years of a quiet office, months of a busy one.
inline constexpr std::size_t kEventLogFileBytes = kMiB;
inline constexpr std::size_t kEventLogFiles = 16;
inline constexpr std::size_t kEventLineBytes = 4 * kKiB;  // the longest line, all values at their longest
inline constexpr std::size_t kEventTornFiles = 8;         // kept of what power cuts left
inline constexpr std::size_t kEventLogFilesSearched = 2;  // at the start, for what was begun and never ended
inline constexpr std::size_t kEventSpansOpen = 64;        // … and so many of these
inline constexpr std::size_t kEventsListed = 100'000;     // in one answer; more than the files hold
inline constexpr std::size_t kEventBreaks = 16;           // of the chain, told one by one

// --- files we read whole: configuration, catalogues, tickets as JSON
inline constexpr std::size_t kConfigBytes = kMiB;
inline constexpr std::size_t kCatalogueBytes = 8 * kMiB;

// --- printing (docs/printing.md)
inline constexpr std::size_t kPrinterUriBytes = 240;
inline constexpr std::size_t kPrinterAnswerBytes = 512 * kKiB;  // one answer of a printer; the largest known are 60 KiB
inline constexpr std::size_t kPrinterReasons = 32;              // looked at in one answer
inline constexpr std::size_t kPrinterJobsListed = 100;          // looked through for what an earlier life left behind
inline constexpr int kSlipHeightDots = 8000;                    // at 203 dots an inch: one metre of paper
inline constexpr std::size_t kSlipTextBytes = 2000;             // one text on a slip
inline constexpr std::size_t kSlipEntries = 16;                 // facts, and steps
inline constexpr std::size_t kPageBytes = 32 * kMiB;            // one page as dots

}  // namespace mimika::limits
