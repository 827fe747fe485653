#include "kiosk/app/version.h"

namespace mimika {

WallMs program_built_ms() {
  constexpr WallMs kSeconds = MIMIKA_BUILT_S;
  return kSeconds * 1000;
}

}  // namespace mimika
