// Result<T>: how anything that can go wrong in the field is reported. Errors are values; they travel upwards with TRY,
// each level adds what it was doing, and they are handled and logged once. Exceptions of libraries are caught where the
// library is called. For our own bugs there is CHECK (check.h).
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace mimika {

// What kind of failure, so that a caller can choose what to do and the screen what to say.
enum class ErrorCode {
  kInvalidInput,     // malformed or out of range; the text says what to change
  kNotFound,         //
  kConflict,         // same key, other content; a version or chain that does not fit
  kNewerVersion,     // written by a newer program; nothing was touched
  kUnauthorised,     // wrong signature, PIN, receipt code; unknown device
  kStorageFull,      // no space left; what was saved before is safe
  kStorageReadOnly,  //
  kStorageFailed,    // I/O error or damaged file
  kUnreachable,      // no network, no server
  kTooSlow,          // somebody answers, and not at a rate that one can wait for
  kTooLarge,         // over a named limit (limits.h)
  kCorrupt,          // bytes that do not verify
  kCancelled,        // somebody asked for it to end
  kInternal,         // a library failed in a way we did not expect
};

// A short stable name, for logs and machine-readable answers: "storage_full".
[[nodiscard]] const char* error_code_name(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // English, for logs and technicians; residents see a catalogue text chosen by `code`
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}

// Adds what the caller was doing in front of an error on its way up.
[[nodiscard]] inline std::unexpected<Error> fail_with(Error error, const std::string& doing) {
  error.message = doing + ": " + error.message;
  return std::unexpected(std::move(error));
}

}  // namespace mimika

#define MIMIKA_CONCAT_INNER(a, b) a##b
#define MIMIKA_CONCAT(a, b) MIMIKA_CONCAT_INNER(a, b)

// TRY(expression): returns the error of a Status or Result from the current function.
#define TRY(expression)                                      \
  do {                                                       \
    if (auto try_result = (expression); !try_result) {       \
      return std::unexpected(std::move(try_result).error()); \
    }                                                        \
  } while (false)

// TRY_ASSIGN(const auto x, expression): binds the value or returns the error.
#define TRY_ASSIGN(declaration, expression) \
  TRY_ASSIGN_INNER(MIMIKA_CONCAT(try_result_, __LINE__), declaration, expression)
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses.
#define TRY_ASSIGN_INNER(temporary, declaration, expression) \
  auto temporary = (expression);                             \
  if (!(temporary)) {                                        \
    return std::unexpected(std::move(temporary).error());    \
  }                                                          \
  declaration = *std::move(temporary)
// NOLINTEND(bugprone-macro-parentheses)
