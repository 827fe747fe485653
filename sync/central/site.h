// The whole of what mimika-central serves: the machines' calls under /v1/, the people's pages everywhere else.
#pragma once

#include <memory>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/http/server.h"
#include "sync/central/ingest/bundle.h"
#include "sync/central/ingest/refusal.h"
#include "sync/central/ingest/sync_call.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/sqlite_store.h"

namespace mimika::central {

class Pages;

class CentralSite final : public http::Site {
 public:
  // `env` must outlive the site. kInvalidInput when the page texts are broken.
  [[nodiscard]] static Result<std::unique_ptr<CentralSite>> open(Env& env, DataFolder folder, Catalogue catalogue);
  ~CentralSite() override;

  [[nodiscard]] std::size_t body_limit(http::Method method, std::string_view path) const override;
  [[nodiscard]] std::unique_ptr<http::BodySink> sink_for(const http::Request& request) override;
  [[nodiscard]] http::Response handle(const http::Request& request) override;
  [[nodiscard]] http::Response refuse(int status, const std::string& reason, std::string_view path) override;
  void housekeeping() override;

 private:
  class SyncSink;
  CentralSite(Env& env, DataFolder folder, Catalogue catalogue, std::unique_ptr<DatabasePool> pool);
  [[nodiscard]] http::Response answer_machine(Answered<Bytes> answered, std::string_view path);
  [[nodiscard]] http::Response handle_machine(Database& database, const http::Request& request);

  Env& env_;
  DataFolder folder_;
  Catalogue catalogue_;
  std::unique_ptr<DatabasePool> pool_;
  RefusalCounter refusals_;
  SyncIngest ingest_;
  BundleIngest bundles_;
  std::unique_ptr<Pages> pages_;
};

}  // namespace mimika::central
