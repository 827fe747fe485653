// make_fuzz_seeds <folder>: writes every target's seeds as <folder>/<target>/<n>, for libFuzzer to begin with.
#include <iostream>
#include <string>

#include "kiosk/base/files.h"
#include "tests/fuzz/targets.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_fuzz_seeds FOLDER\n";
    return 2;
  }
  for (const mimika::fuzz::Target& target : mimika::fuzz::targets()) {
    const std::string folder = std::string(argv[1]) + "/" + target.name;
    if (const auto made = mimika::make_private_folder(folder); !made) {
      std::cerr << made.error().message << "\n";
      return 1;
    }
    int number = 0;
    for (const mimika::Bytes& seed : target.seeds()) {
      const std::string path = folder + "/" + std::to_string(number++);
      if (const auto written = mimika::write_file_durably(path, seed, mimika::FileMode::kPublic); !written) {
        std::cerr << written.error().message << "\n";
        return 1;
      }
    }
  }
  return 0;
}
