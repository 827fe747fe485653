// The system administrator's page: kiosks, refusals, what was set aside. No content of any case.
#include <fmt/format.h>

#include "sync/central/ingest/refusal.h"
#include "sync/central/pages/format.h"
#include "sync/central/pages/page_context.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/journals.h"

namespace mimika::central {
namespace {

constexpr int kShownQuarantine = 50;
constexpr std::int64_t kDriftShownMs = 60'000;

std::string drift_words(const PageContext& context, const Device& device) {
  if (!device.last_drift_ms) return {};
  const std::int64_t drift = *device.last_drift_ms;
  if (drift > -kDriftShownMs && drift < kDriftShownMs) return context.text("system.clock_right");
  const std::int64_t minutes = (drift < 0 ? -(drift + 1) : drift) / 60'000;
  return context.count(drift < 0 ? "system.clock_behind" : "system.clock_ahead", minutes);
}

}  // namespace

http::Response system_page(const PageContext& context) {
  const auto devices = list_devices(context.database);
  if (!devices) return failure_page(context, devices.error());
  const auto quarantine = list_quarantine(context.database, kShownQuarantine);
  if (!quarantine) return failure_page(context, quarantine.error());
  const auto refusals = list_refusals(context.database);
  if (!refusals) return failure_page(context, refusals.error());

  return render(context, 200, context.text("nav.system"), "system", [&](Dictionary& body) {
    body.SetValue("HERO", context.count("system.hero", static_cast<std::int64_t>(devices->size())));
    for (const Device& device : *devices) {
      Dictionary* row = body.AddSectionDictionary("KIOSK");
      row->SetValue("CODE", device.code.value);
      row->SetValue("DISTRICT", district_name(context, device.district));
      row->SetValue("NAME", device.name);
      row->SetValue("HEARD", device.last_call_ms ? date_and_time(context, *device.last_call_ms)
                             : device.verify_key ? context.text("system.never_heard")
                                                 : context.text("system.not_enrolled"));
      row->SetValue("CLOCK", drift_words(context, device));
    }
    for (const QuarantineSummary& record : *quarantine) {
      Dictionary* row = body.AddSectionDictionary("ASIDE");
      row->SetValue("KEY", to_string(record.key));
      row->SetValue("REASON", record.reason);
      row->SetValue("WHEN", date_and_time(context, record.received_ms));
    }
    if (quarantine->empty()) body.ShowSection("NOTHING_ASIDE");
    for (const RefusalCount& refusal : *refusals) {
      Dictionary* row = body.AddSectionDictionary("REFUSAL");
      row->SetValue("REASON", refusal.reason);
      row->SetIntValue("TIMES", refusal.times);
      row->SetValue("WHEN", date_and_time(context, refusal.last_ms));
    }
    if (refusals->empty()) body.ShowSection("NOTHING_REFUSED");
  });
}

}  // namespace mimika::central
