# cmake -DOUTPUT=… -DFILES=a;b;… -P embed.cmake: writes a C++ source with the files' bytes, found by file name.
set(table "")
set(arrays "")
set(index 0)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char kFile${index}[] = {${bytes}0};\n")
  string(APPEND table "    {\"${name}\", kFile${index}, ${size}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT} "// Generated from assets/web and assets/locale.
#include \"sync/central/pages/embedded.h\"
namespace mimika::central {
namespace {
${arrays}
struct File {
  std::string_view name;
  const unsigned char* bytes;
  std::size_t size;
};
constexpr File kFiles[] = {
${table}};
}  // namespace
std::string_view embedded_file(std::string_view name) {
  for (const File& file : kFiles) {
    if (file.name == name) return {reinterpret_cast<const char*>(file.bytes), file.size};
  }
  return {};
}
std::vector<std::string_view> embedded_files() {
  std::vector<std::string_view> names;
  for (const File& file : kFiles) names.push_back(file.name);
  return names;
}
}  // namespace mimika::central
")
