// A real IPP printer on the loopback: ippeveprinter of the package cups-ipp-utils, with a "mechanism" of ours that puts
// every page it prints into a folder, and that runs out of paper, jams or opens its cover as the test says.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "kiosk/device/printer_image.h"
#include "tests/support/temp_folder.h"

namespace mimika::test {

class IppEvePrinter {
 public:
  // `formats` as its option -f takes them; `attributes` is the text of a configuration file for its option -a, or
  // empty. It makes an error a warning while it works, and a report while it rests, and knows media-empty,
  // media-needed, media-jam, cover-open and toner-empty.
  explicit IppEvePrinter(const std::string& formats = "image/pwg-raster,application/pdf",
                         const std::string& attributes = "");
  ~IppEvePrinter();
  IppEvePrinter(const IppEvePrinter&) = delete;
  IppEvePrinter& operator=(const IppEvePrinter&) = delete;

  [[nodiscard]] std::string uri() const;
  [[nodiscard]] int port() const { return port_; }

  // What happens to the page when it is printed next: a keyword of printer-state-reasons, "media-empty-error". The
  // mechanism then waits until it is put right, or its job is cancelled.
  void trouble(const std::string& keyword);
  void put_right();
  // It takes this long to print a page.
  void slow(int seconds);

  // Pages that came out, as paths.
  [[nodiscard]] std::vector<std::string> printed() const;
  // Waits until the mechanism rests.
  void wait_until_idle() const;

 private:
  TempFolder folder_;
  int port_ = 0;
  pid_t bus_ = -1;
  pid_t printer_ = -1;
};

// The first page of a PWG raster file, black where it prints.
[[nodiscard]] device::BitImage read_pwg_raster(const std::string& path);

}  // namespace mimika::test
