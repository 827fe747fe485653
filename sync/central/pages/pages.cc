#include "sync/central/pages/pages.h"
namespace mimika::central {
namespace {
class Empty final : public Pages {
 public:
  http::Response handle(Database&, const http::Request&) override { return {404, "text/plain", "not found\n", {}}; }
};
}  // namespace
Result<std::unique_ptr<Pages>> Pages::open(Env&, const CentreKeys&, const Catalogue&) {
  return std::make_unique<Empty>();
}
}  // namespace mimika::central
