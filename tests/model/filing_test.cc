#include <algorithm>
#include <catch2/catch.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "kiosk/base/limits.h"
#include "kiosk/model/validation.h"
#include "tests/model/model_world.h"

namespace mimika {

std::ostream& operator<<(std::ostream& out, const FilingProblem& problem) {
  return out << problem.field << ": " << problem_message_id(problem.problem);
}

namespace {

const LocalDate kToday = test::date(2026, 11, 24);

using Problems = std::vector<FilingProblem>;

FilingRequest complaint() {
  FilingRequest request;
  request.kind = TicketKind::kComplaint;
  request.category = CategoryId{"jalan"};
  request.kampung = KampungCode{"94.04.06.2001"};
  request.consent = true;
  request.details.story = "Jembatan ke sekolah putus.\nAnak-anak tidak bisa lewat.";
  return request;
}

FilingRequest birth_certificate() {
  FilingRequest request;
  request.kind = TicketKind::kService;
  request.service = ServiceId{"akta_lahir"};
  request.consent = true;
  request.details.fields = {{"nama_anak", "Yohana"},         {"tanggal_lahir_anak", "3-10-2026"},
                            {"tempat_lahir", "Jila"},        {"nama_ibu", "Maria"},
                            {"nik_ibu", "9404064101950001"}, {"nik_pelapor", "9404060101900001"},
                            {"nomor_kk", "9404060000000001"}};
  return request;
}

Problems check(const FilingRequest& request) {
  return check_filing(request, test::real_catalogue(), kToday);
}

FilingProblem problem(const char* field, FieldProblem what) {
  return {.field = field, .problem = what};
}

void set_answer(FilingRequest& request, std::string_view id, std::string answer) {
  const auto found = std::find_if(request.details.fields.begin(), request.details.fields.end(),
                                  [&](const auto& field) { return field.first == id; });
  REQUIRE(found != request.details.fields.end());
  found->second = std::move(answer);
}

TEST_CASE("a complaint with category, story and consent may be filed, with contact or without") {
  FilingRequest request = complaint();
  CHECK(check(request).empty());
  request.details.name = "Yohana";
  request.details.nik = "9404064101900001";
  request.details.phone = "0812 3456 7890";
  request.details.address = "Kampung Jila";
  request.details.landmark = "dekat gereja";
  CHECK(check(request).empty());
  request.kampung.reset();
  CHECK(check(request).empty());
}

TEST_CASE("everything wrong with a complaint is reported at once, in the order of the form") {
  FilingRequest request;
  request.details.landmark = "\x01";
  request.kampung = KampungCode{"94.04.06.9999"};
  request.details.name = "7";
  request.details.nik = "1";
  request.details.phone = "x";
  request.details.address = std::string(limits::kAddressBytes + 1, 'a');
  CHECK(check(request) ==
        Problems{problem("category", FieldProblem::kRequired), problem("kampung", FieldProblem::kUnknownChoice),
                 problem("landmark", FieldProblem::kNotText), problem("story", FieldProblem::kRequired),
                 problem("name", FieldProblem::kNameLetters), problem("nik", FieldProblem::kNikLength),
                 problem("phone", FieldProblem::kPhoneDigits), problem("address", FieldProblem::kTooLong),
                 problem("consent", FieldProblem::kConsent)});
}

TEST_CASE("nothing is filed without consent") {
  FilingRequest request = complaint();
  request.consent = false;
  CHECK(check(request) == Problems{problem("consent", FieldProblem::kConsent)});
}

TEST_CASE("choices the catalogue does not have are refused") {
  FilingRequest request = complaint();
  request.category = CategoryId{"cuaca"};
  CHECK(check(request) == Problems{problem("category", FieldProblem::kUnknownChoice)});
  request = birth_certificate();
  request.service = ServiceId{"paspor"};
  CHECK(check(request).front() == problem("service", FieldProblem::kUnknownChoice));
  request.service.reset();
  CHECK(check(request).front() == problem("service", FieldProblem::kRequired));
}

TEST_CASE("a complaint does not name a service") {
  FilingRequest request = complaint();
  request.service = ServiceId{"akta_lahir"};
  CHECK(check(request) == Problems{problem("service", FieldProblem::kUnknownChoice)});
}

TEST_CASE("a story has a limit and may have several lines, but no control characters") {
  FilingRequest request = complaint();
  request.details.story = std::string(limits::kStoryBytes, 'a');
  CHECK(check(request).empty());
  request.details.story.push_back('a');
  CHECK(check(request) == Problems{problem("story", FieldProblem::kTooLong)});
  request.details.story = "a\x1B[2J";
  CHECK(check(request) == Problems{problem("story", FieldProblem::kNotText)});
  request.details.story = " \n ";
  CHECK(check(request) == Problems{problem("story", FieldProblem::kRequired)});
}

TEST_CASE("suggestions and questions need a story but no category") {
  for (const TicketKind kind : {TicketKind::kAspiration, TicketKind::kInformation}) {
    FilingRequest request = complaint();
    request.kind = kind;
    request.category.reset();
    CHECK(check(request).empty());
    request.details.story.clear();
    CHECK(check(request) == Problems{problem("story", FieldProblem::kRequired)});
  }
}

TEST_CASE("a secret complaint may carry category and kampung in its private part") {
  FilingRequest request = complaint();
  request.confidentiality = Confidentiality::kSecret;
  request.details.category = request.category;
  request.details.kampung = request.kampung;
  request.category.reset();
  request.kampung.reset();
  CHECK(check(request).empty());
  request.details.kampung = KampungCode{"1"};
  request.details.category = CategoryId{"cuaca"};
  CHECK(check(request) ==
        Problems{problem("category", FieldProblem::kUnknownChoice), problem("kampung", FieldProblem::kUnknownChoice)});
}

TEST_CASE("an anonymous complaint must not carry who it is from") {
  for (const Confidentiality how : {Confidentiality::kAnonymous, Confidentiality::kSecretAnonymous}) {
    FilingRequest request = complaint();
    request.confidentiality = how;
    CHECK(check(request).empty());
    request.details.name = "Yohana";
    request.details.nik = "9404064101900001";
    request.details.phone = "081234567890";
    request.details.address = "Jila";
    CHECK(check(request) ==
          Problems{problem("name", FieldProblem::kUnknownChoice), problem("nik", FieldProblem::kUnknownChoice),
                   problem("phone", FieldProblem::kUnknownChoice), problem("address", FieldProblem::kUnknownChoice)});
  }
}

TEST_CASE("a service is requested with its own answers and without a story") {
  CHECK(check(birth_certificate()).empty());
}

TEST_CASE("a service cannot be requested anonymously") {
  FilingRequest request = birth_certificate();
  request.confidentiality = Confidentiality::kAnonymous;
  CHECK(check(request) == Problems{problem("confidentiality", FieldProblem::kUnknownChoice)});
}

TEST_CASE("each answer is checked by its kind and named by its field") {
  FilingRequest request = birth_certificate();
  set_answer(request, "tanggal_lahir_anak", "25-11-2026");
  set_answer(request, "nik_ibu", "9404064101950000");
  set_answer(request, "nama_ibu", "");
  CHECK(check(request) == Problems{problem("tanggal_lahir_anak", FieldProblem::kDateFuture),
                                   problem("nama_ibu", FieldProblem::kRequired),
                                   problem("nik_ibu", FieldProblem::kNikSerial)});
}

TEST_CASE("answers nobody asked for, or given twice, are refused") {
  FilingRequest request = birth_certificate();
  request.details.fields.emplace_back("golongan_darah", "O");
  CHECK(check(request) == Problems{problem("golongan_darah", FieldProblem::kUnknownChoice)});
  request = birth_certificate();
  request.details.fields.emplace_back("nama_anak", "Maria");
  CHECK(check(request) == Problems{problem("nama_anak", FieldProblem::kUnknownChoice)});
  request = complaint();
  request.details.fields.emplace_back("nama_anak", "Maria");
  CHECK(check(request) == Problems{problem("nama_anak", FieldProblem::kUnknownChoice)});
}

TEST_CASE("more answers than any form has are refused as a whole") {
  FilingRequest request = birth_certificate();
  while (request.details.fields.size() <= limits::kFields) request.details.fields.emplace_back("x", "y");
  CHECK(check(request) == Problems{problem("fields", FieldProblem::kTooLong)});
}

}  // namespace
}  // namespace mimika
