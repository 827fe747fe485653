#include "kiosk/app/unfinished.h"

#include <filesystem>
#include <system_error>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"

namespace mimika {

void UnfinishedMark::set(bool unfinished) {
  if (!unfinished) {
    std::error_code ignored;  // a mark that stays only says at the next start that something was not saved
    std::filesystem::remove(path_, ignored);
    return;
  }
  if (const Status written = write_file_durably(path_, {}, FileMode::kPrivate); !written) {
    log_warning("app", "no mark of an unfinished visit: {}", written.error().message);
  }
}

bool UnfinishedMark::take() {
  std::error_code ignored;
  return std::filesystem::remove(path_, ignored);
}

}  // namespace mimika
