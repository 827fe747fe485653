#include "kiosk/eventlog/event_table.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "kiosk/base/ascii.h"

namespace mimika::eventlog {
namespace {

constexpr std::int64_t kNumberEnds = 1'000'000'000'000'000;  // below the smallest NIK

template <typename Enum, std::size_t kCount>
std::string_view name_in(const std::string_view (&names)[kCount], Enum value) {
  const auto place = static_cast<std::size_t>(value);
  return place < kCount ? names[place] : std::string_view();
}

bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

bool is_one_of(char c, std::string_view these) {
  return these.find(c) != std::string_view::npos;
}

struct TextShape {
  std::size_t most;
  std::size_t most_digits;
  bool capitals;
  bool small;
  std::string_view signs;
};

bool has_shape(std::string_view text, const TextShape& shape) {
  if (text.empty() || text.size() > shape.most) return false;
  const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
  return digits <= shape.most_digits && std::all_of(text.begin(), text.end(), [&](char c) {
           return is_digit(c) || (is_lower(c) && shape.small) || (is_letter(c) && !is_lower(c) && shape.capitals) ||
                  is_one_of(c, shape.signs);
         });
}

// Hexadecimal texts are made of numbers that the machine made; how long they are says which.
bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

bool stays_below(std::string_view path) {
  return !path.starts_with('/') && path.find("..") == std::string_view::npos;
}

bool has_shape(std::string_view text, Shape shape) {
  constexpr std::size_t kDateDigits = 8;
  constexpr std::size_t kStampDigits = 15;  // a file set aside is named by when: one less than a NIK has
  switch (shape) {
    case Shape::kNumber:
      return false;
    case Shape::kWord:
      return is_lower(text.empty() ? '\0' : text.front()) && has_shape(text, TextShape{40, 4, false, true, "-_"});
    case Shape::kCode:
      return has_shape(text, TextShape{12, kDateDigits, true, false, ".-"});
    case Shape::kVersion:
      return has_shape(text, TextShape{32, kDateDigits, true, true, ".+-"});
    case Shape::kZone:
      return has_shape(text, TextShape{40, 4, true, true, "/_+-"});
    case Shape::kPath:
      return stays_below(text) && has_shape(text, TextShape{120, kStampDigits, true, true, "./_-"});
    case Shape::kBoot:
      return is_hex(text, 16);
    case Shape::kHash:
      return is_hex(text, 64);
  }
  return false;
}

}  // namespace

const EventInfo& info_of(EventId id) {
  const auto place = static_cast<std::size_t>(id);
  return kEvents[std::min(place, std::size(kEvents) - 1)];
}

std::optional<EventId> event_named(std::string_view name) {
  for (const EventInfo& info : kEvents) {
    if (info.name == name) return info.id;
  }
  return std::nullopt;
}

std::optional<ValueKey> value_named(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kValueNames); ++i) {
    if (kValueNames[i] == name) return static_cast<ValueKey>(i);
  }
  return std::nullopt;
}

std::string_view name_of(Role role) {
  return name_in(kRoleNames, role);
}
std::string_view name_of(EventType type) {
  return name_in(kTypeNames, type);
}
std::string_view name_of(Outcome outcome) {
  return name_in(kOutcomeNames, outcome);
}
std::string_view name_of(EventClock clock) {
  return name_in(kClockNames, clock);
}
std::string_view name_of(Source source) {
  return name_in(kSourceNames, source);
}
std::string_view name_of(ValueKey key) {
  return name_in(kValueNames, key);
}

bool may_cause(Role role, EventId id) {
  return (info_of(id).roles >> static_cast<unsigned>(role) & 1U) != 0;
}

bool may_be_said(EventId id, ValueKey key, const Value& value) {
  if ((info_of(id).values >> static_cast<unsigned>(key) & 1U) == 0) return false;
  const Shape shape = kValueShapes[static_cast<std::size_t>(key)];
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return shape == Shape::kNumber && *number > -kNumberEnds && *number < kNumberEnds;
  }
  return has_shape(std::get<std::string>(value), shape);
}

bool is_durable(EventId id) {
  return info_of(id).type != EventType::kStatus;
}

}  // namespace mimika::eventlog
