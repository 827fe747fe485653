// A QR code as a matrix of modules, for Ui::qr.
#pragma once

#include <string>

#include "ui/widgets/views.h"

namespace mimika::screens {

// Medium error correction: a telephone reads it through a smeared screen. Empty (size 0) for an empty or too long
// payload.
[[nodiscard]] ui::QrMatrix make_qr_matrix(const std::string& payload);

}  // namespace mimika::screens
