// A made-up /proc and /sys in a folder of its own, gone again with it.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temp_folder.h"

namespace mimika::test {

class MadeUpTree {
 public:
  void write(const std::string& path, const std::string& content) const {
    const std::filesystem::path file = std::filesystem::path(root()) / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }
  void make_folder(const std::string& path) const {
    std::filesystem::create_directories(std::filesystem::path(root()) / path);
  }
  [[nodiscard]] std::string root() const { return folder_.path(); }

 private:
  TempFolder folder_;
};

}  // namespace mimika::test
