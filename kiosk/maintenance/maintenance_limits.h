// Every maximum of maintenance, and from where on a measurement is no longer good. docs/operations.md says the same to
// technicians, with the sources.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mimika::limits {

inline constexpr std::size_t kSystemFileBytes = std::size_t{256} * 1024;  // one file below /proc or /sys
inline constexpr std::size_t kSystemEntries = 256;                        // looked at in one of their folders
inline constexpr std::size_t kProbeBytes = std::size_t{4} * 1024 * 1024;  // written and read back

inline constexpr std::size_t kDiagnosticDetailBytes = 200;  // a longer one is cut
inline constexpr std::size_t kDiagnosticFacts = 16;
inline constexpr std::size_t kDiagnosticsPerItem = 50;                                // kept of each, the newest
inline constexpr std::size_t kDiagnosticHistoryBytes = std::size_t{4} * 1024 * 1024;  // then the file is made anew

inline constexpr std::size_t kNetworkInterfaces = 32;
inline constexpr std::size_t kWifiNetworks = 64;           // listed, the strongest
inline constexpr std::size_t kKnownConnections = 256;      // of NetworkManager
inline constexpr std::size_t kWifiNameBytes = 32;          // IEEE 802.11
inline constexpr std::size_t kWifiPasswordLeastBytes = 8;  // a passphrase has 8 to 63, a raw key 64 digits
inline constexpr std::size_t kWifiPasswordBytes = 64;      //
inline constexpr std::size_t kNameServers = 3;             // as many as the C library asks
inline constexpr std::size_t kTimeZoneBytes = 64;          // "America/Argentina/ComodRivadavia" has 32
inline constexpr std::int64_t kBusCallMs = 10'000;         // one question to a service of the system
inline constexpr std::int64_t kWifiScanMs = 12'000;        // a radio listens 0.1 s on each of some 40 channels, thrice
inline constexpr std::int64_t kActivationMs = 45'000;      // until a network is there: association and DHCP
inline constexpr std::int64_t kNameLookupMs = 5'000;       //
inline constexpr std::int64_t kReachMs = 10'000;           // a TCP connection: some round trips of 1.5 s, and losses
inline constexpr std::int64_t kCentreAnswerMs = 30'000;    // TLS and one answer, over the same
inline constexpr std::int64_t kShutdownLimitMs = 3'000;    // until power may be cut

inline constexpr std::size_t kReadinessBytes = std::size_t{256} * 1024;  // a report as JSON

}  // namespace mimika::limits

namespace mimika::maintenance {

// --- storage. Below the reserve, attachments are refused (limits::kAttachmentReserveBytes).
inline constexpr std::uint64_t kSpaceFailBytes = std::uint64_t{256} * 1024 * 1024;
inline constexpr std::uint64_t kSpaceWarnBytes = std::uint64_t{1024} * 1024 * 1024;
// JESD84-B51 tells an eMMC's life in tenths: 90 means that 80 to 90 % are used, 110 that it is over.
inline constexpr int kWearWarnPercent = 80;
inline constexpr int kWearFailPercent = 100;
inline constexpr int kReserveWarn = 2;
inline constexpr int kReserveFail = 3;
// The slowest card that the SD Association gives a speed class writes 2 MB/s.
inline constexpr std::int64_t kWriteWarnBytesPerSecond = 2'000'000;
inline constexpr std::int64_t kSyncWarnMs = 1'000;  // a person waits for one sync when they save

// --- memory that programs can still have
inline constexpr std::uint64_t kMemoryWarnBytes = std::uint64_t{256} * 1024 * 1024;
inline constexpr std::uint64_t kMemoryFailBytes = std::uint64_t{64} * 1024 * 1024;

// --- temperature, where the sensor does not say what is critical for it. A Raspberry Pi slows down from 80 °C on and
// more so from 85 °C; processors of other makers switch themselves off at 100 °C or a little above.
inline constexpr std::int64_t kHotMilliCelsius = 80'000;
inline constexpr std::int64_t kTooHotMilliCelsius = 90'000;
inline constexpr std::int64_t kBelowCriticalMilliCelsius = 5'000;  // that close to the critical one is too hot as well

// --- clock. Within a minute of the centre's the store calls a clock synchronised; an hour off, the office's hours and
// promises of days become wrong.
inline constexpr std::int64_t kDriftWarnMs = 60LL * 1000;
inline constexpr std::int64_t kDriftFailMs = 60LL * 60 * 1000;
inline constexpr std::int64_t kRtcDriftWarnMs = 5'000;  // RTC and system are set together and part by 2 s a day
// A CR2032 gives 3 V, and data sheets call it empty at 2 V.
inline constexpr std::int64_t kRtcBatteryWarnMicrovolts = 2'500'000;
inline constexpr std::int64_t kRtcBatteryFailMicrovolts = 2'000'000;

// --- power
inline constexpr int kBatteryWarnPercent = 50;
inline constexpr int kBatteryFailPercent = 20;

// --- synchronisation. A kiosk is complete without a network; that something waits for weeks is worth a stick.
inline constexpr std::int64_t kUnsentWarnMs = 14LL * 24 * 60 * 60 * 1000;

}  // namespace mimika::maintenance
