// The log: one line an event, to standard error and, where asked, to a size-capped file. Never log anything a resident
// typed, a name, a receipt code, or a key: ids, counts, states and reasons only.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace mimika {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Where the log goes. An empty path keeps it on standard error alone. The file is capped at limits::kLogFileBytes and
// kLogFiles older ones are kept. A file that cannot be opened is reported on standard error and the program goes on.
void open_log(const std::string& path, LogLevel level);
void flush_log();

// `source` is the part of the program that speaks: "store", "sync", "ui".
void log_line(LogLevel level, std::string_view source, std::string_view message);

template <typename... Args>
void log_debug(std::string_view source, fmt::format_string<Args...> text, Args&&... args) {
  log_line(LogLevel::kDebug, source, fmt::format(text, std::forward<Args>(args)...));
}
template <typename... Args>
void log_info(std::string_view source, fmt::format_string<Args...> text, Args&&... args) {
  log_line(LogLevel::kInfo, source, fmt::format(text, std::forward<Args>(args)...));
}
template <typename... Args>
void log_warning(std::string_view source, fmt::format_string<Args...> text, Args&&... args) {
  log_line(LogLevel::kWarning, source, fmt::format(text, std::forward<Args>(args)...));
}
template <typename... Args>
void log_error(std::string_view source, fmt::format_string<Args...> text, Args&&... args) {
  log_line(LogLevel::kError, source, fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace mimika
