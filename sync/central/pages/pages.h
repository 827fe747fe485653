// The pages people see: routes, and the rules that hold for every one of them (session, language, security headers).
#pragma once

#include <memory>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/http/message.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

class Pages {
 public:
  // All must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<Pages>> open(Env& env, const CentreKeys& keys,
                                                           const Catalogue& catalogue);
  virtual ~Pages() = default;
  // On several workers at once.
  [[nodiscard]] virtual http::Response handle(Database& database, const http::Request& request) = 0;
};

}  // namespace mimika::central
