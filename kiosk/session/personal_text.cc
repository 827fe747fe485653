#include "kiosk/session/personal_text.h"

#include <string.h>  // explicit_bzero is POSIX, not in <cstring>'s std

#include <string>

#include "kiosk/base/check.h"

namespace mimika {
namespace {

void wipe_string(std::string& text) {
  text.resize(text.capacity());
  overwrite_memory(text.data(), text.size());
  text.clear();
}

std::ptrdiff_t offset(std::size_t at) {
  return static_cast<std::ptrdiff_t>(at);
}

}  // namespace

void overwrite_memory(void* data, std::size_t bytes) {
  explicit_bzero(data, bytes);
}

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
  PrivatePart& details = request.details;
  for (std::string* text :
       {&details.story, &details.name, &details.nik, &details.phone, &details.address, &details.landmark}) {
    wipe_string(*text);
  }
  for (auto& [id, answer] : details.fields) wipe_string(answer);
  request = FilingRequest{};
}

}  // namespace mimika
