# The functions every folder uses. Sources are listed, never globbed, so that a stray file cannot slip into a build.

set(KIOSK_WARNINGS
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wnull-dereference -Wformat=2 -Wimplicit-fallthrough)

function(kiosk_compile_settings target)
  target_compile_options(${target} PRIVATE ${KIOSK_WARNINGS})
  if(MIMIKA_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC bug 105651: false overlaps in "literal" + std::string(…) once it optimises; and at -O3 false null
    # dereferences in std::vector's growth, and false uninitialised reads in aggregates and variants with strings (the
    # dev preset, at -O2, keeps the former, and clang-tidy looks for both).
    target_compile_options(${target} PRIVATE
      -Wno-restrict $<$<CONFIG:Release>:-Wno-null-dereference> $<$<CONFIG:Release,RelWithDebInfo>:-Wno-maybe-uninitialized>)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND MIMIKA_SANITIZE)
    # GCC 12 reports false null dereferences and uninitialised reads through the sanitizers' instrumentation.
    target_compile_options(${target} PRIVATE -Wno-null-dereference -Wno-maybe-uninitialized)
  endif()
  if(MIMIKA_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${MIMIKA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    # gold links our two dozen sanitized programs in a quarter less time.
    target_link_options(${target} PRIVATE -fsanitize=${MIMIKA_SANITIZE} -fuse-ld=gold)
  endif()
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
endfunction()

# kiosk_library(<name> SOURCES <file>... [LINKS <own library>...] [USES <third-party target>...])
# LINKS are our own libraries, visible to whoever links this one; USES stay private to the folder, so a third-party
# header cannot leak upwards by accident.
function(kiosk_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;USES" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  kiosk_compile_settings(${name})
  if(MIMIKA_JOINED_SOURCES)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    # A type of an unnamed namespace is in "a header" here; each is used by its own source alone all the same.
    target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_USES})
endfunction()

# kiosk_program(<name> SOURCES <file>... LINKS <library>... [USES <third-party target>...])
function(kiosk_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  kiosk_compile_settings(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} ${ARG_USES})
endfunction()

# The cases themselves need no optimiser, and without it, and with the address sanitizer alone, they build in a third of
# the time; what they call is built as the preset says. (Optimising them, GCC 12 also warns falsely of strings that it
# finds in a precompiled header.)
function(kiosk_test_settings target)
  # SDL's flags define it for some tests, and a precompiled header serves only those that agree.
  target_compile_definitions(${target} PRIVATE _REENTRANT)
  target_compile_options(${target} PRIVATE -O0)
  if(MIMIKA_SANITIZE STREQUAL "address,undefined")
    target_compile_options(${target} PRIVATE -fno-sanitize=undefined)
  endif()
endfunction()

# kiosk_test(<name> SOURCES <file>... [LINKS <library>...] [USES <third-party target>...] [TIMEOUT <seconds>])
# One executable a folder of tests; every Catch2 case becomes a ctest test of its own. A case name must hold no
# semicolon: CMake splits the list of names there, and Catch2 passes a name that fits no case without running anything.
function(kiosk_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINKS;USES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  kiosk_compile_settings(${name})
  kiosk_test_settings(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} ${ARG_USES} tests_catch_main)
  target_precompile_headers(${name} REUSE_FROM tests_headers)
  # Our CHECK and Catch2's have one name; a source that needs ours reads no Catch2.
  foreach(source IN LISTS ARG_SOURCES)
    file(STRINGS ${source} ours REGEX "#include \"kiosk/base/check\\.h\"")
    if(ours)
      set_source_files_properties(${source} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
  catch_discover_tests(${name} TEST_PREFIX "${name}:" PROPERTIES TIMEOUT ${ARG_TIMEOUT} SKIP_RETURN_CODE 77
                       DISCOVERY_MODE PRE_TEST)
endfunction()

# kiosk_embed_sql(<target> <folder> <symbol>): the schema files NNNN_name.sql of a folder, in order, as an array of
# sqlite::Migration named <symbol> in <build>/generated/<folder>/<symbol>.h. A program carries its own migrations.
function(kiosk_embed_sql target folder symbol)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/[0-9][0-9][0-9][0-9]_*.sql)
  list(SORT files)
  set(entries "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME_WE)
    string(REGEX MATCH "^[0-9]+" number ${name})
    math(EXPR number "1${number} - 10000")
    file(READ ${file} sql)
    string(APPEND entries "    {${number}, \"${name}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/${folder}/${symbol}.h CONTENT
"// Generated from ${folder}/*.sql.
#pragma once
#include \"kiosk/sqlite/database.h\"
namespace mimika {
inline constexpr sqlite::Migration ${symbol}[] = {
${entries}};
}
" @ONLY)
endfunction()
