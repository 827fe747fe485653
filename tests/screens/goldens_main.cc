// Draws what the goldens show and compares: screens_goldens [--only gallery-keys] [--out FOLDER]. What is different is
// written there as <name>.actual.png and <name>.difference.png. With --renew the goldens themselves are written anew;
// with --pictures FOLDER every picture is written there at its full size, for looking at.
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "tests/screens/golden.h"
#include "tests/screens/golden_scenes.h"
#include "ui/platform/png.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostGoldenBytes = 25'000;      // of one
constexpr std::uintmax_t kMostGoldensBytes = 1'200'000;  // of all: they stay in the repository for ever

struct Options {
  std::string only;  // the beginning of a scene's name
  std::string out = MIMIKA_GOLDENS_OUT;
  std::string pictures;
  bool renew = false;
};

std::optional<Options> options_of(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string option = words[i];
    if (option == "--renew") {
      options.renew = true;
    } else if (i + 1 < count && option == "--only") {
      options.only = words[++i];
    } else if (i + 1 < count && option == "--out") {
      options.out = words[++i];
    } else if (i + 1 < count && option == "--pictures") {
      options.pictures = words[++i];
    } else {
      return std::nullopt;
    }
  }
  return options;
}

struct Tally {
  std::set<std::string> names;
  int different = 0;
  int failed = 0;
};

std::string golden_path(const std::string& name) {
  return std::string(MIMIKA_GOLDENS) + "/" + name + ".png";
}

Status write_trouble(const Options& options, const std::string& name, const Picture& actual,
                     const std::optional<Picture>& golden) {
  fs::create_directories(options.out);
  TRY(write_golden(options.out + "/" + name + ".actual.png", actual));
  if (golden) TRY(write_golden(options.out + "/" + name + ".difference.png", difference_picture(*golden, actual)));
  return {};
}

Status compare(const Options& options, const Shot& shot, Tally& tally) {
  const Picture actual = shrunk(shot.width, shot.height, shot.rgba);
  const auto golden = read_golden(golden_path(shot.name));
  if (golden) {
    const auto off = difference(*golden, actual);
    if (!off) return {};
    std::printf("%s: %d places are different, most of all at %d, %d (%.0f of 255)\n", shot.name.c_str(), off->cells,
                off->x, off->y, off->worst);
  } else {
    std::printf("%s: %s\n", shot.name.c_str(), golden.error().message.c_str());
  }
  ++tally.different;
  return write_trouble(options, shot.name, actual, golden ? std::optional(*golden) : std::nullopt);
}

Status renew(const Shot& shot) {
  const std::string path = golden_path(shot.name);
  const Picture actual = shrunk(shot.width, shot.height, shot.rgba);
  // What is good as it stands is left alone, so that a renewal shows what has changed and nothing else.
  if (const auto golden = read_golden(path); golden && !difference(*golden, actual)) return {};
  TRY(write_golden(path, actual));
  std::printf("renewed %s\n", shot.name.c_str());
  const auto bytes = fs::file_size(path);
  if (bytes > kMostGoldenBytes) {
    return fail(ErrorCode::kTooLarge, path + " has " + std::to_string(bytes) + " bytes");
  }
  return {};
}

Status take(const Options& options, const Shot& shot, Tally& tally) {
  tally.names.insert(shot.name);
  if (!options.pictures.empty()) {
    fs::create_directories(options.pictures);
    return ui::write_png(options.pictures + "/" + shot.name + ".png", shot.width, shot.height, shot.rgba);
  }
  return options.renew ? renew(shot) : compare(options, shot, tally);
}

// Goldens of what is no longer drawn; and how many bytes all of them have.
void check_folder(const Options& options, Tally& tally) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(MIMIKA_GOLDENS)) {
    bytes += entry.file_size();
    const std::string name = entry.path().stem().string();
    if (!options.only.empty() || tally.names.contains(name)) continue;
    if (options.renew) {
      fs::remove(entry.path());
      std::printf("removed %s\n", name.c_str());
    } else {
      std::printf("%s: nothing is drawn for this golden any more\n", name.c_str());
      ++tally.different;
    }
  }
  if (bytes > kMostGoldensBytes) {
    std::printf("the goldens have %ju bytes together, more than %ju\n", bytes, kMostGoldensBytes);
    ++tally.failed;
  }
}

}  // namespace

int main(int count, char** words) {
  const auto options = options_of(count, words);
  if (!options) {
    std::fprintf(stderr, "usage: screens_goldens [--only NAME] [--out FOLDER] [--renew] [--pictures FOLDER]\n");
    return 2;
  }
  Darkroom darkroom;
  Tally tally;
  if (options->renew) fs::create_directories(MIMIKA_GOLDENS);
  for (const GoldenScene& scene : golden_scenes()) {
    if (!scene.name.starts_with(options->only)) continue;
    for (const Shot& shot : darkroom.develop(scene)) {
      if (const Status done = take(*options, shot, tally); !done) {
        std::printf("%s: %s\n", shot.name.c_str(), done.error().message.c_str());
        ++tally.failed;
      }
    }
    for (const std::string& cut : darkroom.ui().overflows()) {
      std::printf("%s: does not fit its place: %s\n", scene.name.c_str(), cut.c_str());
      ++tally.failed;
    }
  }
  if (options->pictures.empty()) check_folder(*options, tally);
  if (tally.different > 0) {
    std::printf(
        "Look at %s/*.difference.png. When what is drawn now is right: screens_goldens --renew, look at the new\n"
        "pictures in tests/screens/goldens, and commit them with what changed them.\n",
        options->out.c_str());
  }
  std::printf("{\"goldens\": %zu, \"different\": %d, \"failed\": %d}\n", tally.names.size(), tally.different,
              tally.failed);
  return tally.different + tally.failed == 0 ? 0 : 1;
}
