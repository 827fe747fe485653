// Small files, read whole and written so that a power cut leaves either the old content or the new.
#pragma once

#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika {

// kNotFound; kTooLarge over `max_bytes`; kStorageFailed otherwise.
[[nodiscard]] Result<Bytes> read_file(const std::string& path, std::size_t max_bytes);

enum class FileMode { kPrivate, kPublic };  // 0600 or 0644

// Writes a temporary file beside `path`, fsyncs it, renames it over `path`, fsyncs the folder.
[[nodiscard]] Status write_file_durably(const std::string& path, ByteView content, FileMode mode);

// Writes over a file that holds exactly as many bytes already, in place; any other file is written as
// write_file_durably does. kCached does not wait for the disk: the content survives this process, and a power cut once
// the system has written it back. A power cut may leave a mixture only of content longer than a disk sector.
enum class Durability { kCached, kSynced };
[[nodiscard]] Status overwrite_file(const std::string& path, ByteView content, FileMode mode, Durability durability);

// Creates the folder and its parents, 0700.
[[nodiscard]] Status make_private_folder(const std::string& path);

// Returns when the disk has the names in a folder.
[[nodiscard]] Status sync_folder(const std::string& path);

// Turns errno into our error: ENOSPC and EDQUOT → kStorageFull, EROFS and EACCES → kStorageReadOnly, ENOENT →
// kNotFound.
[[nodiscard]] Error error_from_errno(int number, const std::string& doing);

}  // namespace mimika
