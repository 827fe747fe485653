// What the event log asks of the disk and of the other processes that use the log. Whatever changes a file goes through
// EventDisk, so that a test can let each single step fail.
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/result.h"

namespace mimika::eventlog {

class EventDisk {
 public:
  virtual ~EventDisk() = default;
  // All of it behind the file's end, or an error; then a part of it may stand there.
  [[nodiscard]] virtual Status append(const FileDescriptor& file, ByteView content);
  [[nodiscard]] virtual Status sync(const FileDescriptor& file);
  [[nodiscard]] virtual Status cut(const FileDescriptor& file, std::uint64_t size);
  [[nodiscard]] virtual Status remove(const std::string& path);
};

// To read and to append, made when it is not there, 0600.
[[nodiscard]] Result<FileDescriptor> open_event_file(const std::string& path);
[[nodiscard]] Result<std::uint64_t> size_of(const FileDescriptor& file);

// One process writes at a time. The lock goes with the process, however that ends, so nothing can be left locked. One
// that stands still with the lock in its hand (a debugger, a dying disk) is waited for a while and then given up on:
// kTooSlow.
[[nodiscard]] Result<FileDescriptor> lock_events(const std::string& path);

// A process that is in the middle of something holds the lock of one byte of a file, at the seq of the event that began
// it. The kernel lets go of it when the process is gone: no number of a process that could have been given anew, and no
// time after which somebody is presumed dead.
[[nodiscard]] Status hold_span(const FileDescriptor& file, std::uint64_t seq);
void let_go_of_span(const FileDescriptor& file, std::uint64_t seq);
// By another than the one who asks.
[[nodiscard]] bool span_is_held(const FileDescriptor& file, std::uint64_t seq);

}  // namespace mimika::eventlog
