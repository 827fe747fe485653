// Publishing what kiosks hold of the centre: catalogue, accounts, announcements, dictionaries.
#pragma once

#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"

namespace mimika::central {

struct PublishOrder {
  std::string kind;      // catalogue, accounts, announcements, dictionary
  std::string file;      // a catalogue may be the folder with its files
  std::string district;  // empty: all
};

// The next version; returns a line for the person. kInvalidInput: no such kind or district, or a file that is none of
// its kind.
[[nodiscard]] Result<std::string> publish(Env& env, const std::string& data, const Catalogue& catalogue,
                                          const PublishOrder& order);
[[nodiscard]] Result<std::string> describe_documents(Env& env, const std::string& data);

}  // namespace mimika::central
