#!/usr/bin/env python3
"""The rules themselves: a small bad tree must fail, and its good twin must not."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_lint.rules import RULES  # noqa: E402
from mimika_lint.tree import Tree  # noqa: E402

SETTINGS = {
    "generated": ["sync/wire/*.pb.h"],
    "folders": {"kiosk/base": [], "kiosk/model": ["kiosk/base"], "ui/widgets": ["kiosk/base"]},
    "third_party": [
        {"headers": ["imgui.h"], "places": ["ui/widgets"]},
        {"headers": ["unistd.h"], "places": ["kiosk/base"]},
    ],
    "machine": [{"what": "the time", "words": r"steady_clock::now", "places": ["kiosk/base"]}],
}

GOOD = {
    "CMakeLists.txt": "add_subdirectory(kiosk/base)\nadd_subdirectory(kiosk/model)\nadd_subdirectory(ui/widgets)\n",
    "kiosk/base/CMakeLists.txt": "kiosk_library(kiosk_base\n  SOURCES env.cc)\n",
    "kiosk/base/env.h": "#pragma once\n#include <string>\n",
    "kiosk/base/env.cc": '#include "kiosk/base/env.h"\n#include <unistd.h>\nauto t = steady_clock::now();\n',
    "kiosk/model/CMakeLists.txt": "kiosk_library(kiosk_model\n  SOURCES mark.cc\n  LINKS kiosk_base)\n",
    "kiosk/model/mark.h": '#pragma once\n#include "kiosk/base/env.h"\n',
    "kiosk/model/mark.cc": '#include "kiosk/model/mark.h"\n',
    "ui/widgets/CMakeLists.txt": "kiosk_library(ui_widgets\n  SOURCES ui.cc\n  LINKS kiosk_base)\n",
    "ui/widgets/ui.cc": '#include <imgui.h>\n#include "kiosk/base/env.h"\nvoid f() { icon("check", {}); }\n',
    "assets/icons/icons/check.svg": "<svg/>",
    "docs/wire.md": "# Wire\n\n## Frames\n\nSee `kiosk/base/env.h` and [above](#frames).\n",
}


class LintTest(unittest.TestCase):
    def check(self, rule, changed):
        """What `rule` finds in the good tree with some files changed (None removes one)."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {**GOOD, **changed}.items():
                if text is not None:
                    file = Path(folder, path)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, encoding="utf-8")
            return RULES[rule](Tree.read(folder), SETTINGS)

    def assert_finds(self, words, rule, changed):
        problems = self.check(rule, changed)
        self.assertTrue(any(words in problem for problem in problems), f"{rule} found only {problems}")

    def test_a_tree_in_order_passes_every_rule(self):
        for rule in RULES:
            self.assertEqual(self.check(rule, {}), [], rule)

    def test_a_command_or_an_option_that_the_manual_does_not_name_is_found(self):
        code = 'void f() { app.add_subcommand("status", ""); app.add_option("--data", x); }\n'
        page = ".It Cm status\nOf it.\n.It Fl -data Ar folder\n"
        good = {"kiosk/app/main.cc": code, "docs/man/mimika-kiosk.8": page}
        self.assertEqual(self.check("manuals", good), [])
        self.assert_finds("the command status", "manuals", {**good, "docs/man/mimika-kiosk.8": ".It Fl -data Ar x\n"})
        self.assert_finds("the option --data", "manuals", {**good, "docs/man/mimika-kiosk.8": ".It Cm status\n"})
        self.assert_finds("there is no docs/man", "manuals", {"kiosk/app/main.cc": code})

    def test_a_layer_must_not_include_from_above(self):
        self.assert_finds("kiosk/base/env.h:1: kiosk/base must not include from kiosk/model", "layers",
                          {"kiosk/base/env.h": '#include "kiosk/model/mark.h"\n'})

    def test_a_folder_nobody_declared_is_found(self):
        self.assert_finds("not in tests/lint/layers.toml", "layers", {"kiosk/extra/a.h": "#pragma once\n"})

    def test_the_product_must_not_include_from_tests(self):
        self.assert_finds("must not include from tests", "layers",
                          {"kiosk/model/mark.cc": '#include "tests/support/a.h"\n', "tests/support/a.h": ""})

    def test_an_include_of_a_file_that_is_not_there_is_found(self):
        self.assert_finds('there is no "kiosk/base/gone.h"', "layers",
                          {"kiosk/model/mark.cc": '#include "kiosk/base/gone.h"\n'})

    def test_an_allowed_edge_that_nobody_uses_is_an_error(self):
        self.assert_finds("kiosk/model no longer includes from kiosk/base", "layers_needed",
                          {"kiosk/model/mark.h": "#pragma once\n"})

    def test_a_declared_folder_must_exist(self):
        self.assert_finds("there is no folder kiosk/model", "layers_needed",
                          {path: None for path in GOOD if path.startswith("kiosk/model/")})

    def test_a_circle_of_includes_is_found(self):
        self.assert_finds("kiosk/base/a.h → kiosk/base/b.h → kiosk/base/a.h", "cycles",
                          {"kiosk/base/a.h": '#include "kiosk/base/b.h"\n',
                           "kiosk/base/b.h": '#include "kiosk/base/a.h"\n'})

    def test_a_third_party_header_stays_in_its_place(self):
        self.assert_finds("<imgui.h> belongs only in ui/widgets", "third_party",
                          {"kiosk/model/mark.cc": "#include <imgui.h>\n"})

    def test_a_new_third_party_header_needs_a_rule(self):
        self.assert_finds("<png.h> has no rule", "third_party", {"kiosk/model/mark.cc": "#include <png.h>\n"})

    def test_a_place_that_no_longer_needs_its_header_is_an_error(self):
        self.assert_finds("ui/widgets no longer includes imgui.h", "third_party",
                          {"ui/widgets/ui.cc": '#include "kiosk/base/env.h"\n'})

    def test_only_the_named_places_ask_for_the_time(self):
        self.assert_finds("kiosk/model/mark.cc:1: the time must arrive", "purity",
                          {"kiosk/model/mark.cc": "auto t = steady_clock::now();\n"})

    def test_an_exception_for_the_time_must_stay_needed(self):
        self.assert_finds("kiosk/base no longer needs the time", "purity",
                          {"kiosk/base/env.cc": '#include "kiosk/base/env.h"\n#include <unistd.h>\n'})

    def test_a_comment_may_speak_of_a_clock(self):
        self.assertEqual(self.check("purity", {"kiosk/model/mark.cc": "// not steady_clock::now()\n"}), [])

    def test_a_library_links_what_it_includes(self):
        self.assert_finds("kiosk_model includes from kiosk_base", "links",
                          {"kiosk/model/CMakeLists.txt": "kiosk_library(kiosk_model SOURCES mark.cc)\n"})

    def test_a_library_links_nothing_else(self):
        self.assert_finds("kiosk_model links ui_widgets without including", "links",
                          {"kiosk/model/CMakeLists.txt":
                           "kiosk_library(kiosk_model SOURCES mark.cc LINKS kiosk_base ui_widgets)\n"})

    def test_of_a_folder_with_several_libraries_the_one_that_is_meant_is_linked(self):
        two = {"kiosk/base/CMakeLists.txt": "kiosk_library(kiosk_base SOURCES env.cc)\n"
                                            "kiosk_library(kiosk_other SOURCES other.cc)\n",
               "kiosk/base/other.cc": ""}
        self.assertEqual(self.check("links", two), [])
        self.assert_finds("kiosk_model includes from kiosk_base", "links",
                          {**two, "kiosk/model/CMakeLists.txt":
                           "kiosk_library(kiosk_model SOURCES mark.cc LINKS kiosk_other)\n"})

    def test_a_source_that_is_not_built_is_found(self):
        self.assert_finds("kiosk/base/stray.cc: this source is not built", "listed", {"kiosk/base/stray.cc": ""})

    def test_a_test_that_is_not_run_is_found(self):
        self.assert_finds("tests/base/env_test.cc: this test is not run", "listed", {"tests/base/env_test.cc": ""})

    def test_a_source_in_a_comment_is_not_built(self):
        self.assert_finds("this source is not built", "listed",
                          {"kiosk/base/CMakeLists.txt": "# env.cc\nkiosk_library(kiosk_base SOURCES bytes.cc)\n"})

    def test_a_listed_source_must_exist(self):
        self.assert_finds("kiosk/base/env.cc: listed in a CMakeLists.txt", "listed", {"kiosk/base/env.cc": None})

    def test_a_header_that_nobody_includes_is_found(self):
        self.assert_finds("kiosk/base/lonely.h: nobody includes", "listed", {"kiosk/base/lonely.h": "#pragma once\n"})

    def test_a_folder_that_the_build_never_enters_is_found(self):
        self.assert_finds("no add_subdirectory() leads here", "listed",
                          {"CMakeLists.txt": "add_subdirectory(kiosk/base)\nadd_subdirectory(kiosk/model)\n"})

    def test_work_left_for_later_is_found(self):
        self.assert_finds("kiosk/base/env.h:1", "unfinished", {"kiosk/base/env.h": "// TO" + "DO: later\n"})

    def test_a_file_of_601_lines_is_found(self):
        self.assertEqual(self.check("size", {"kiosk/base/env.h": "\n" * 600}), [])
        self.assert_finds("601 lines", "size", {"kiosk/base/env.h": "\n" * 601})

    def test_a_path_of_one_machine_is_found(self):
        self.assert_finds("is a path of one machine", "paths", {"docs/wire.md": "See /home/" + "ana/notes.\n"})

    def test_a_path_out_of_the_repository_is_found(self):
        self.assert_finds("leaves the repository", "paths", {"docs/wire.md": "See " + "../" * 2 + "other/notes.md\n"})

    def test_a_dead_link_is_found(self):
        self.assert_finds("'storage.md' leads nowhere", "documents", {"docs/wire.md": "[it](storage.md)\n"})
        self.assert_finds("no heading for '#gone'", "documents", {"docs/wire.md": "[it](#gone)\n"})

    def test_a_file_that_a_document_names_must_exist(self):
        self.assert_finds("there is no kiosk/base/gone.h", "documents", {"docs/wire.md": "See `kiosk/base/gone.h`.\n"})

    def test_a_document_that_a_comment_names_must_exist(self):
        self.assert_finds("there is no docs/gone.md", "documents", {"kiosk/base/env.h": "// see docs/" + "gone.md\n"})

    def test_a_picture_that_a_screen_names_must_exist(self):
        self.assert_finds("there is no assets/icons/icons/check.svg", "pictures",
                          {"assets/icons/icons/check.svg": None})

    def test_a_picture_that_the_catalogue_names_must_exist(self):
        self.assert_finds("there is no assets/icons/pictures/sea.svg", "pictures",
                          {"assets/catalogue/c.json": '{"picture": "sea"}'})

    def test_a_document_of_events_must_say_what_the_table_says(self):
        root = Path(__file__).resolve().parents[2]
        real = {path: (root / path).read_text(encoding="utf-8") for path in
                ("kiosk/eventlog/events.json", "kiosk/eventlog/make_events.py", "docs/event-log.md")}
        self.assertEqual(self.check("event_table", real), [])
        table = real["kiosk/eventlog/events.json"]
        for words, changed in (
            ("is not what", {"docs/event-log.md": real["docs/event-log.md"].replace("The office is open.", "Open.")}),
            ("is not there", {"docs/event-log.md": None}),
            ("both marks", {"docs/event-log.md": "# Nothing"}),
            ("boot-begin: its other half is missing", {"kiosk/eventlog/events.json": table.replace(
                '"id": "boot-end"', '"id": "boot-over"')}),
            ("no such role", {"kiosk/eventlog/events.json": table.replace('"roles": ["system"]', '"roles": ["king"]')}),
            ("kiosk/eventlog/events.json:", {"kiosk/eventlog/events.json": "{"}),
        ):
            self.assert_finds(words, "event_table", {**real, **changed})


if __name__ == "__main__":
    unittest.main()
