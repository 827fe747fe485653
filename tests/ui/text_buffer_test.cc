#include "ui/widgets/text_buffer.h"

#include <catch2/catch.hpp>

#include "ui/widgets/utf8.h"

using namespace mimika::ui;

TEST_CASE("A text buffer refuses control letters and broken bytes, and never splits a letter") {
  TextBuffer buffer("a\xC3\xA9", 2, 10);
  CHECK(buffer.caret() == 1);
  CHECK_FALSE(buffer.insert("\x1B\x07\xFF"));
  CHECK(buffer.text() == "a\xC3\xA9");
  CHECK(buffer.insert("b\nc"));
  CHECK(buffer.text() == "ab\nc\xC3\xA9");
  TextBuffer full("12345678", 8, 9);
  CHECK_FALSE(full.insert("\xC3\xA9"));
  CHECK(full.insert("9"));
  CHECK_FALSE(full.erase_after());
  full.to_start();
  CHECK_FALSE(full.erase_before());
}

TEST_CASE("A capital is expected at the start, after the end of a sentence and on a new line only") {
  CHECK(starts_sentence("", 0));
  CHECK(starts_sentence("Air mati. ", 10));
  CHECK(starts_sentence("Kenapa?  ", 9));
  CHECK(starts_sentence("a\n", 2));
  CHECK(starts_sentence("Katanya \"mati.\" ", 16));
  CHECK(starts_sentence("(Air mati.) ", 12));
  CHECK_FALSE(starts_sentence("Air ", 4));
  CHECK_FALSE(starts_sentence("Air (mati) ", 11));
  CHECK_FALSE(starts_sentence("Jl.", 3));
  CHECK_FALSE(starts_sentence("Air mati. Sudah", 12));
}

TEST_CASE("The word before the caret ends at the last space or line") {
  CHECK(word_before("di Koko", 7) == "Koko");
  CHECK(word_before("di Kokonao", 5) == "Ko");
  CHECK(word_before("di ", 3).empty());
  CHECK(word_before("a\nÉwa", 6) == "Éwa");
  CHECK(word_before("", 9).empty());
}

TEST_CASE("Completing a word replaces what was typed of it and adds the space after it") {
  TextBuffer buffer("Di koko ada", 7, 100);
  CHECK(buffer.complete_word("Kokonao"));
  CHECK(buffer.text() == "Di Kokonao ada");
  CHECK(buffer.caret() == 11);
  TextBuffer end("Di koko", 7, 100);
  CHECK(end.complete_word("Kokonao"));
  CHECK(end.text() == "Di Kokonao ");
  TextBuffer full("Di koko", 7, 9);
  CHECK_FALSE(full.complete_word("Kokonao"));
  CHECK(full.text() == "Di koko");
}

TEST_CASE("Cleared text is kept until it is forgotten") {
  ClearedText cleared;
  CHECK(cleared.empty());
  cleared.keep("satu");
  cleared.keep("dua");
  CHECK(cleared.view() == "dua");
  cleared.forget();
  CHECK(cleared.empty());
}

TEST_CASE("Every letter that may be written survives being written and read") {
  for (char32_t letter = 0; letter <= 0x110000; ++letter) {
    if (!is_writable(letter)) {
      continue;
    }
    std::string text;
    append_letter(text, letter);
    std::size_t at = 0;
    if (next_letter(text, at) != letter || at != text.size() || previous_letter(text, at) != 0) {
      FAIL("U+" << std::hex << static_cast<std::uint32_t>(letter));
    }
  }
  CHECK(is_writable(U'\n'));
  CHECK(is_writable(U'ŋ'));
  CHECK_FALSE(is_writable(0xD800));
  CHECK_FALSE(is_writable(0x110000));
}
