// The dictionaries inside the program, the first version first. Generated; not for others than dictionary.cc.
#pragma once

#include <span>
#include <string_view>

namespace mimika::wire {

extern const std::span<const std::string_view> kDictionaryFiles;

}  // namespace mimika::wire
