#include "ui/text/text.h"

#include <catch2/catch.hpp>

using namespace mimika;

namespace {

Texts load() {
  Result<Texts> texts = Texts::load(MIMIKA_LOCALE_FOLDER, {"id", "en"});
  REQUIRE(texts.has_value());
  return *std::move(texts);
}

}  // namespace

TEST_CASE("Two languages are read side by side in one process") {
  const Texts texts = load();
  CHECK(texts.in("id")("home.title") == "Ada yang bisa kami bantu?");
  CHECK(texts.in("en")("home.title") == "How can we help you?");
  CHECK(texts.in("id")("home.title") == "Ada yang bisa kami bantu?");
}

TEST_CASE("A language that was not loaded falls back to the first") {
  CHECK(load().in("fr").language() == "id");
}

TEST_CASE("Where a language has no words yet, Indonesian speaks, and says so when asked") {
  const Result<Texts> texts = Texts::load(MIMIKA_LOCALE_FOLDER, {"id", "en"}, {"kgq"});
  REQUIRE(texts.has_value());
  const Text& kamoro = texts->in("kgq");
  CHECK(kamoro.language() == "kgq");
  CHECK(kamoro("home.title") == "Ada yang bisa kami bantu?");
  CHECK(kamoro.count("mark.late", 3) == "Terlambat 3 hari");
  CHECK(kamoro.format("field.digits", {"7", "16"}) == "7 dari 16 angka");
  CHECK_FALSE(kamoro.has("home.title"));
}

TEST_CASE("A further language whose catalogue is missing is left out, and the others work") {
  const Result<Texts> texts = Texts::load(MIMIKA_LOCALE_FOLDER, {"id"}, {"xx", "pmy"});
  REQUIRE(texts.has_value());
  CHECK(texts->in("xx").language() == "id");
  CHECK(texts->in("pmy")("nav.cancel") == "Tra jadi");
}

TEST_CASE("An id without words shows itself") {
  const Texts texts = load();
  CHECK(texts.in("id")("no.such.words") == "no.such.words");
  CHECK_FALSE(texts.in("id").has("no.such.words"));
  CHECK(texts.in("id").count("no.such.words", 3) == "no.such.words");
}

TEST_CASE("Numbered placeholders are filled in any order, and unknown ones stay") {
  CHECK(fill_placeholders("{2} dari {1}", {"a", "b"}) == "b dari a");
  CHECK(fill_placeholders("{1}{1}", {"x"}) == "xx");
  CHECK(fill_placeholders("{2} {", {"x"}) == "{2} {");
  CHECK(fill_placeholders("{0} {a}", {"x"}) == "{0} {a}");
  CHECK(load().in("id").format("field.digits", {"7", "16"}) == "7 dari 16 angka");
}

TEST_CASE("What is filled in is not searched for placeholders again") {
  CHECK(fill_placeholders("{1}, {2}", {"{2}", "b"}) == "{2}, b");
}

TEST_CASE("The plural follows each language's own rule") {
  const Texts texts = load();
  CHECK(texts.in("id").count("mark.late", 1) == "Terlambat 1 hari");
  CHECK(texts.in("id").count("mark.late", 2) == "Terlambat 2 hari");
  CHECK(texts.in("en").count("mark.late", 1) == "1 day late");
  CHECK(texts.in("en").count("mark.late", 2) == "2 days late");
}

TEST_CASE("A missing folder is an error that names the file") {
  const Result<Texts> texts = Texts::load("/nowhere", {"id"});
  REQUIRE_FALSE(texts.has_value());
  CHECK(texts.error().code == ErrorCode::kNotFound);
  CHECK(texts.error().message.find("/nowhere/id") != std::string::npos);
}
