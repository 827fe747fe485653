// A real centre in this process, and kiosks enrolled with it as over the network: what measurements begin with that
// play days of a link in seconds.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/store/store.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/site.h"
#include "sync/central/store/sqlite_store.h"

namespace mimika::bench {

struct EnrolledKiosk {
  StoreOptions options;  // complete
  crypto::SigningKey key;
};

class JoinedCentre {
 public:
  // Everything lies in `folder`, which is made. `env` must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<JoinedCentre>> open(Env& env, const std::string& folder);

  // Its journal will be `journal`.
  [[nodiscard]] Result<EnrolledKiosk> enrol(const std::string& journal);
  // A call that comes piece by piece.
  [[nodiscard]] std::unique_ptr<central::http::BodySink> begin_call(const std::string& path);

  // The first number of the first row.
  [[nodiscard]] Result<std::uint64_t> number(const std::string& query);
  // How often something was refused for this reason.
  [[nodiscard]] Result<std::uint64_t> refused(const std::string& reason);

 private:
  JoinedCentre(Env& env, Catalogue catalogue) : env_(env), catalogue_(std::move(catalogue)) {}

  Env& env_;
  Catalogue catalogue_;
  central::DataFolder folder_;
  std::unique_ptr<central::CentralSite> site_;
  std::unique_ptr<central::DatabasePool> pool_;
  std::optional<central::DatabasePool::Lease> lease_;
};

}  // namespace mimika::bench
