// Lines of a file or of standard input, read by a thread of their own so that the window never waits for them.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::ui {

class LineReader {
 public:
  static constexpr std::size_t kLineBytes = 64UL * 1024;  // a longer line ends the reading
  static constexpr std::size_t kQueue = 4096;             // lines waiting; the thread pauses at it

  // path "-" is standard input. `wake` is called from the thread whenever there is something to take. kNotFound.
  [[nodiscard]] static Result<std::unique_ptr<LineReader>> open(const std::string& path, std::function<void()> wake);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  struct Taken {
    std::vector<std::string> lines;
    bool ended = false;  // nothing follows
  };
  [[nodiscard]] Taken take();

 private:
  LineReader();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::ui
