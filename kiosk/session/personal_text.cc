#include "kiosk/session/personal_text.h"

#include "kiosk/base/check.h"

namespace mimika {
namespace {

std::ptrdiff_t offset(std::size_t at) {
  return static_cast<std::ptrdiff_t>(at);
}

}  // namespace

void PersonalText::insert(std::size_t at, std::string_view text) {
  CHECK(at <= bytes_.size());
  bytes_.insert(bytes_.begin() + offset(at), text.begin(), text.end());
}

void PersonalText::erase(std::size_t at, std::size_t count) {
  CHECK(at <= bytes_.size() && count <= bytes_.size() - at);
  bytes_.erase(bytes_.begin() + offset(at), bytes_.begin() + offset(at + count));
}

void PersonalText::wipe() {
  decltype(bytes_){}.swap(bytes_);
}

void wipe(FilingRequest& request) {
  wipe(request.details);
  request = FilingRequest{};
}

}  // namespace mimika
