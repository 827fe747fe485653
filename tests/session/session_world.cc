#include "tests/session/session_world.h"

#include "kiosk/base/check.h"

namespace mimika::testing {
namespace {

Catalogue load() {
  Result<Catalogue> catalogue = load_catalogue(std::string(MIMIKA_SOURCE_ASSETS) + "/catalogue");
  CHECK(catalogue.has_value());
  return *std::move(catalogue);
}

// What fits each question of the birth certificate.
std::string fitting_answer(FieldKind kind) {
  switch (kind) {
    case FieldKind::kNik:
      return "9404064108900001";
    case FieldKind::kFamilyCard:
      return "9404060101100002";
    case FieldKind::kPhone:
      return "081234567890";
    case FieldKind::kDate:
      return "01092026";
    case FieldKind::kName:
      return "Yohana Uamang";
    case FieldKind::kPlace:
      return "Kampung Jila";
    case FieldKind::kText:
      break;
  }
  return "Jawaban";
}

}  // namespace

SessionWorld::SessionWorld()
    : catalogue(load()),
      context{.catalogue = catalogue,
              .district = {"94.04.06"},
              .kiosk = {"JLA1"},
              .office_name = "Kantor Distrik Jila",
              .wall_ms = kTuesdayMorning,
              .monotonic_ms = 50'000,
              .today = local_date(kTuesdayMorning),
              .clock = ClockConfidence::kSynced,
              .office = OfficeState::kOpen,
              .open_until = {},
              .limits = {}} {}

SessionWorld& SessionWorld::act(Action action) {
  Step step = apply(std::move(session), std::move(action), context);
  session = std::move(step.session);
  for (Effect& effect : step.effects) effects.push_back(std::move(effect));
  return *this;
}

SessionWorld& SessionWorld::pass_ms(std::int64_t ms) {
  while (ms > 0) {
    const std::int64_t wait = std::min(ms, std::max<std::int64_t>(1, ms_until_next_tick(session, context)));
    context.wall_ms += wait;
    context.monotonic_ms += wait;
    context.today = local_date(context.wall_ms);
    ms -= wait;
    act(action::Tick{});
  }
  return *this;
}

SessionWorld& SessionWorld::complaint_to_review(const std::string& story) {
  return play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
              action::ChooseKampung{catalogue.find_district(context.district)->kampung.front().code}, action::Next{},
              action::SetText{TextTarget::kStory, story}, action::Next{}, action::Next{}, action::Next{});
}

SessionWorld& SessionWorld::file_and_answer() {
  play(action::ToggleConsent{}, action::Save{});
  const RequestId request = last<effect::FileTicket>().id;
  return play(action::FilingDone{.request = request,
                                 .number = {{"JLA1"}, 417},
                                 .code = PersonalText("4827 1093 5561 2048"),
                                 .qr_payload = "MIMIKA1:TEST",
                                 .filed_ms = context.wall_ms});
}

SessionWorld& SessionWorld::birth_certificate_to_review() {
  play(action::Start{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"akta_lahir"}},
       action::Next{});
  while (session.screen == Screen::kServiceField) {
    const FieldKind kind = current_field(session, context)->kind;
    play(action::SetText{TextTarget::kAnswer, fitting_answer(kind)}, action::Next{});
  }
  if (session.screen == Screen::kPapers) act(action::Next{});
  return *this;
}

void SessionWorld::check_failed_no_effect() {
  check_failed("the effect was asked for", __FILE__, __LINE__);
}

Ticket sample_ticket(Confidentiality known) {
  Ticket ticket;
  ticket.id = {{7}, {9}, {12}};
  ticket.number = {{"JLA1"}, 417};
  ticket.confidentiality = known;
  ticket.district = {"94.04.06"};
  ticket.filed_ms = kTuesdayMorning;
  return ticket;
}

}  // namespace mimika::testing
