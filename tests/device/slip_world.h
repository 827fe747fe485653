// A slip with everything on it, and what reads it again.
#pragma once

#include <string>

#include "kiosk/device/printer_image.h"
#include "kiosk/device/receipt_slip.h"

namespace mimika::test {

[[nodiscard]] device::ReceiptSlip sample_slip();
[[nodiscard]] device::SlipMaker slip_maker();

// What zbar reads from the picture; empty when it finds no code.
[[nodiscard]] std::string read_qr(const device::BitImage& image);

// Black dots in a part of a picture.
[[nodiscard]] long black_dots(const device::BitImage& image, int left, int top, int right, int bottom);

// Keeps a picture of the test in $MIMIKA_TEST_PICTURES, for whoever wants to look at it; otherwise does nothing.
void keep_picture(const device::BitImage& image, const std::string& name);

}  // namespace mimika::test
