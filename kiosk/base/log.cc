#include "kiosk/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <vector>

#include "kiosk/base/limits.h"

namespace mimika {
namespace {

constexpr const char* kPattern = "%Y-%m-%dT%H:%M:%S.%e%z %l %v";

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::shared_ptr<spdlog::logger> make_logger(const std::vector<spdlog::sink_ptr>& sinks, LogLevel level) {
  auto logger = std::make_shared<spdlog::logger>("mimika", sinks.begin(), sinks.end());
  logger->set_pattern(kPattern);
  logger->set_level(to_spdlog(level));
  logger->flush_on(spdlog::level::warn);
  return logger;
}

}  // namespace

void open_log(const std::string& path, LogLevel level) {
  std::vector<spdlog::sink_ptr> sinks = {std::make_shared<spdlog::sinks::stderr_sink_mt>()};
  std::string problem;
  if (!path.empty()) {
    try {
      sinks.push_back(
          std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path, limits::kLogFileBytes, limits::kLogFiles));
    } catch (const spdlog::spdlog_ex& error) {
      problem = error.what();
    }
  }
  spdlog::set_default_logger(make_logger(sinks, level));
  if (!problem.empty()) {
    log_warning("log", "no log file, standard error only: {}", problem);
  }
}

void flush_log() {
  spdlog::default_logger()->flush();
}

void log_line(LogLevel level, std::string_view source, std::string_view message) {
  spdlog::default_logger()->log(to_spdlog(level), "[{}] {}", source, message);
}

}  // namespace mimika
