// A mark on the disk while somebody has written something that is not saved. It says nothing of it: should the power
// fail, the next start can say kindly that it is gone, and that every saved ticket is not.
#pragma once

#include <string>

namespace mimika {

class UnfinishedMark {
 public:
  explicit UnfinishedMark(std::string path) : path_(std::move(path)) {}
  // Durable when it returns, as far as the disk allows; a disk that does not is logged and keeps nobody from writing.
  void set(bool unfinished);
  // Whether the last run left one; taken away by asking.
  [[nodiscard]] bool take();

 private:
  std::string path_;
};

}  // namespace mimika
