// What the centre announces, as a kiosk reads it: every mistake is named, and nothing is shown before or after its
// days.
#include "kiosk/model/announcements.h"

#include <catch2/catch.hpp>

namespace mimika {
namespace {

using namespace std::chrono_literals;

std::string one(const std::string& inside) {
  return R"({"announcements": [{"title": {"id": "Libur"}, "text": {"id": "Kantor tutup."})" + inside + "}]}";
}

TEST_CASE("an announcement has words in Indonesian, and in English if somebody wrote them") {
  const auto read = parse_announcements(
      R"({"announcements": [{"title": {"id": "Libur", "en": "Holiday"}, "text": {"id": "Kantor tutup."}}]})");
  REQUIRE(read);
  REQUIRE(read->size() == 1);
  CHECK(read->front().title.en == "Holiday");
  CHECK(read->front().text.en == "Kantor tutup.");
  CHECK(is_current(read->front(), LocalDate{2026y / 1 / 1}));
}

TEST_CASE("an announcement is shown on its first and its last day, and whenever nobody knows the day") {
  const auto read = parse_announcements(one(R"(, "from": "2026-12-01", "until": "2026-12-08")"));
  REQUIRE(read);
  const Announcement& holiday = read->front();
  CHECK_FALSE(is_current(holiday, LocalDate{2026y / 11 / 30}));
  CHECK(is_current(holiday, LocalDate{2026y / 12 / 1}));
  CHECK(is_current(holiday, LocalDate{2026y / 12 / 8}));
  CHECK_FALSE(is_current(holiday, LocalDate{2026y / 12 / 9}));
  CHECK(is_current(holiday, std::nullopt));
}

TEST_CASE("whatever is wrong with announcements is refused with its place") {
  const auto file =
      GENERATE_COPY(as<std::string>{}, "", "[]", R"({"announcements": 1})", R"({"news": []})",
                    one(R"(, "form": "2026-12-01")"), one(R"(, "from": "1 Desember")"),
                    one(R"(, "from": "2026-02-30")"), one(R"(, "from": "2026-12-08", "until": "2026-12-01")"),
                    R"({"announcements": [{"title": {"en": "Holiday"}, "text": {"id": "x"}}]})");
  const auto read = parse_announcements(file);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("announcements have limits") {
  const std::string words(limits::kAnnouncementBytes, 'a');
  CHECK(parse_announcements(R"({"announcements": [{"title": {"id": "a"}, "text": {"id": ")" + words + "\"}}]}"));
  CHECK_FALSE(parse_announcements(R"({"announcements": [{"title": {"id": "a"}, "text": {"id": ")" + words + "a\"}}]}"));
  std::string many = R"({"announcements": [)";
  for (std::size_t i = 0; i <= limits::kAnnouncements; ++i) {
    many += (i > 0 ? "," : "") + std::string(R"({"title": {"id": "a"}, "text": {"id": "b"}})");
  }
  const auto read = parse_announcements(many + "]}");
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace mimika
