// A real file system of a few hundred kilobytes, or a read-only one: what "full" and "read-only" look like to the
// program is then the kernel's word, not a fake's. Needs the right to mount; tests say visibly when they lack it.
#pragma once

#include <sys/mount.h>

#include <string>

#include "tests/support/temp_folder.h"

namespace mimika::test {

class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size) {
    mounted_ = ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }

  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] const std::string& path() const { return folder_.path(); }
  [[nodiscard]] std::string operator/(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] bool make_read_only() { return remount(MS_RDONLY); }
  [[nodiscard]] bool make_writable() { return remount(0); }

 private:
  [[nodiscard]] bool remount(unsigned long flags) {
    return ::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT | flags, nullptr) == 0;
  }
  TempFolder folder_;
  bool mounted_ = false;
};

}  // namespace mimika::test
