#include "kiosk/base/result.h"

namespace mimika {

const char* error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidInput:
      return "invalid_input";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kConflict:
      return "conflict";
    case ErrorCode::kNewerVersion:
      return "newer_version";
    case ErrorCode::kUnauthorised:
      return "unauthorised";
    case ErrorCode::kStorageFull:
      return "storage_full";
    case ErrorCode::kStorageReadOnly:
      return "storage_read_only";
    case ErrorCode::kStorageFailed:
      return "storage_failed";
    case ErrorCode::kUnreachable:
      return "unreachable";
    case ErrorCode::kTooSlow:
      return "too_slow";
    case ErrorCode::kTooLarge:
      return "too_large";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kCancelled:
      return "cancelled";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace mimika
