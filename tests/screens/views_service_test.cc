// Services: what to bring, exactly as the catalogue says, and questions checked as they are typed.
#include "tests/screens/views_world.h"
#include "ui/screens/resident/choosing.h"
#include "ui/screens/resident/review.h"
#include "ui/screens/resident/service.h"
#include "ui/screens/resident/writing.h"

using namespace mimika;
using namespace mimika::testing;
using namespace mimika::screens;

namespace {

ServiceView view_of(const char* service, action::HomeTile tile) {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{tile}, action::ChooseService{{service}});
  return make_service_view(world.session, world.context, indonesian());
}

}  // namespace

TEST_CASE("Each group lists its own services") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kHealth});
  const ChoosingView view = make_services_view(world.session, world.context, indonesian());
  CHECK(view.header.title == "Kesehatan");
  CHECK(view.tiles.size() == 3);
  CHECK(with_id(view.tiles, "service.puskesmas_daftar").label == "Daftar di puskesmas");
}

TEST_CASE("A service says what to bring and the way out when a paper is missing") {
  const ServiceView view = view_of("akta_lahir", action::HomeTile::kCivil);
  CHECK(view.header.title == "Akta kelahiran");
  CHECK(view.bring == "Bawa 4 hal ini");
  REQUIRE(view.papers.size() == 4);
  CHECK(view.papers[0].if_missing.starts_with("Tidak ada? "));
  CHECK(view.papers[2].if_missing.empty());
}

TEST_CASE("What the regency has not set is said to be not set") {
  const ServiceView view = view_of("akta_lahir", action::HomeTile::kCivil);
  CHECK(view.facts[0].value == "Belum ditetapkan");
  CHECK_FALSE(view.facts[0].known);
  CHECK(view.facts[1].value == "Belum ditetapkan");
}

TEST_CASE("A cost is shown exactly as the catalogue says") {
  const ServiceView view = view_of("kia", action::HomeTile::kCivil);
  CHECK(view.facts[0].value == "Tidak dipungut biaya");
  CHECK(view.facts[0].known);
}

TEST_CASE("An uncertain source is said in words, a certain one is not spoken of") {
  CHECK(view_of("akta_lahir", action::HomeTile::kCivil).uncertain.empty());
  CHECK_FALSE(view_of("sip_nakes", action::HomeTile::kLicensing).uncertain.empty());
}

TEST_CASE("Digits are counted while they are typed, and a wrong number is explained") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"ktp_ganti"}},
             action::Next{}, action::SetText{TextTarget::kAnswer, "Yohana"}, action::Next{},
             action::SetText{TextTarget::kAnswer, "9404064"});
  WritingView view = make_service_field_view(world.session, world.context, indonesian());
  CHECK(view.fields[0].keyboard == ui::KeyboardKind::kDigits);
  CHECK(view.fields[0].note == "7 dari 16 angka");
  CHECK(view.fields[0].view.problem.empty());
  CHECK(view.foot.view.primary->disabled_reason == "NIK harus 16 angka.");
  world.play(action::SetText{TextTarget::kAnswer, "9404067508900001"});
  view = make_service_field_view(world.session, world.context, indonesian());
  CHECK(view.fields[0].view.problem == indonesian()("problem.nik_date"));
}

TEST_CASE("A date is read back in words as soon as it is one") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"akta_lahir"}},
             action::Next{}, action::SetText{TextTarget::kAnswer, "Yakobus"}, action::Next{},
             action::SetText{TextTarget::kAnswer, "01092026"});
  CHECK(make_service_field_view(world.session, world.context, indonesian()).fields[0].note == "1 September 2026");
  CHECK(make_service_field_view(world.session, world.context, english()).fields[0].note == "1 September 2026");
  world.play(action::SetText{TextTarget::kAnswer, "31022026"});
  CHECK(make_service_field_view(world.session, world.context, indonesian()).fields[0].view.problem ==
        "Tanggal itu tidak ada.");
}

TEST_CASE("A question that may stay empty says so") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kHealth}, action::ChooseService{{"puskesmas_daftar"}},
             action::Next{}, action::SetText{TextTarget::kAnswer, "Yohana"}, action::Next{},
             action::SetText{TextTarget::kAnswer, "01011990"}, action::Next{});
  const WritingView view = make_service_field_view(world.session, world.context, indonesian());
  CHECK(view.header.subtitle == "Daftar di puskesmas, 3 dari 7. Boleh dikosongkan.");
  CHECK(view.foot.view.primary->disabled_reason.empty());
}

TEST_CASE("The review of a service request lists every question, dates readable") {
  SessionWorld world;
  world.birth_certificate_to_review();
  const ReviewView view = make_review_view(world.session, world.context, indonesian());
  CHECK(view.rows.size() == world.catalogue.find_service({"akta_lahir"})->fields.size() + 1);  // and the papers
  CHECK(view.rows[1].value == "01-09-2026");
  CHECK(view.foot.view.primary->label == "Simpan permohonan");
  CHECK(with_id(std::vector{*view.rows[1].key}, "review.change.tanggal_lahir_anak").label == "Ubah");
}
