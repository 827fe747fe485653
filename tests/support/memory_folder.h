// A test's own folder in memory where the machine has one (/dev/shm): thousands of syncs a second, and no disk worn.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace mimika::test {

class MemoryFolder {
 public:
  MemoryFolder() {
    std::error_code none;
    const bool has_memory = std::filesystem::is_directory("/dev/shm", none);
    path_ = (has_memory ? "/dev/shm" : std::filesystem::temp_directory_path().string()) + "/mimika-test-XXXXXX";
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
  }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  ~MemoryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace mimika::test
