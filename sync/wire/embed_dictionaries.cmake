# cmake -DOUTPUT=… -DFILES=a;b;… -P embed_dictionaries.cmake: writes a C++ source with the dictionaries' bytes, the
# first version first.
set(arrays "")
set(table "")
set(index 0)
foreach(file IN LISTS FILES)
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
  string(APPEND arrays "constexpr char kFile${index}[] = \"${bytes}\";\n")
  string(APPEND table "    {kFile${index}, ${size}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT} "// Generated from assets/dictionary.
#include \"sync/wire/dictionary_files.h\"
// Longer than the standard makes a compiler take; ours all do, and an array of numbers takes them seconds.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"
namespace mimika::wire {
namespace {
${arrays}
constexpr std::string_view kFiles[] = {
${table}};
}  // namespace
const std::span<const std::string_view> kDictionaryFiles(kFiles);
}  // namespace mimika::wire
")
