#!/usr/bin/env python3
"""The table of events, checked, as C++ and as a document: make_events.py TABLE [--header FILE] [--doc FILE].

--doc writes between the two marks of a document that is there already, and leaves the rest of it alone."""

import argparse
import json
import re
import sys
from pathlib import Path

MARKS = ("<!-- from kiosk/eventlog/events.json -->", "<!-- until here -->")
NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")
VALUE_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
EVENT_FIELDS = {"id", "type", "roles", "values", "doc", "group", "outcome", "message"}


class TableError(Exception):
    pass


def need(truth, words):
    if not truth:
        raise TableError(words)


def names(table, kind):
    return [row[0] for row in table[kind]]


def half_of(name):
    """-1 for the begin of a pair, 1 for its end, 0 for neither."""
    return -1 if name.endswith("-begin") else 1 if name.endswith("-end") else 0


# The first line of a file and the boot of a machine have an end that is not theirs to write.
BEGINS_ALONE = {"log-file-begin"}


def other_half(name):
    if name in BEGINS_ALONE:
        return None
    return {-1: name[:-6] + "-end", 0: None, 1: name[:-4] + "-begin"}[half_of(name)]


def values_of(event):
    """Every end may say which begin it ends, how long that was and why not; `withheld` may stand anywhere."""
    own = event.get("values", [])
    added = ["begin", "ms", "reason"] if half_of(event["id"]) == 1 else []
    return [*own, *(name for name in added if name not in own), "withheld"]


def has_outcome(event):
    return event.get("outcome", False) or half_of(event["id"]) == 1 or event["id"] == "interrupted"


def read_table(text):
    table = json.loads(text)
    for kind in ("roles", "types", "outcomes", "clocks", "sources", "shapes", "values"):
        found = names(table, kind)
        need(len(found) == len(set(found)), f"{kind}: a name stands twice")
        for name in found:
            need((VALUE_NAME if kind == "values" else NAME).fullmatch(name), f"{kind}: {name} is no name")
    for name, shape, _ in table["values"]:
        need(shape in names(table, "shapes"), f"values: {name} has no known shape")
        need(name != "id", "values: id is the message's own")
    ids = [event["id"] for event in table["events"]]
    need(len(ids) == len(set(ids)), "an event stands twice")
    used = {"withheld"}
    for event in table["events"]:
        name = event["id"]
        need(NAME.fullmatch(name) and len(name) <= 40, f"{name} is no name of an event")
        need(set(event) <= EVENT_FIELDS, f"{name}: fields that nobody reads")
        need(event["type"] in names(table, "types"), f"{name}: no such type")
        need(event["roles"] and set(event["roles"]) <= set(names(table, "roles")), f"{name}: no such role")
        need(set(event.get("values", [])) <= set(names(table, "values")), f"{name}: no such value")
        need(event["doc"].endswith("."), f"{name}: its line is no sentence")
        need(other_half(name) is None or other_half(name) in ids, f"{name}: its other half is missing")
        used |= set(values_of(event))
    unused = set(names(table, "values")) - used
    need(not unused, f"values that no event has: {', '.join(sorted(unused))}")
    return table


def camel(name):
    return "k" + "".join(word.capitalize() for word in re.split("[-_]", name))


def cpp_enum(kind, names_, comment):
    values = ",\n".join(f"  {camel(name)}" for name in names_)
    return f"// {comment}\nenum class {kind} : std::uint8_t {{\n{values},\n}};\n"


def cpp_names(variable, names_):
    rows = ",\n".join(f'    "{name}"' for name in names_)
    return f"inline constexpr std::string_view {variable}[] = {{\n{rows},\n}};\n"


def mask(names_, all_names):
    return sum(1 << all_names.index(name) for name in names_)


def make_header(table):
    roles, values = names(table, "roles"), names(table, "values")
    out = [
        "// Generated from kiosk/eventlog/events.json.",
        "#pragma once",
        "",
        "#include <cstdint>",
        "#include <string_view>",
        "",
        "namespace mimika::eventlog {",
        "",
    ]
    for kind, names_, comment in (
        ("Role", roles, "Who caused an event."),
        ("EventType", names(table, "types"), "What kind of event it is."),
        ("Outcome", names(table, "outcomes"), "What came of it."),
        ("EventClock", names(table, "clocks"), "What the time of an event is worth."),
        ("Source", names(table, "sources"), "Which program says so."),
        ("Shape", names(table, "shapes"), "What a value may look like."),
        ("ValueKey", values, "What may be said of an event, besides that it happened."),
        ("EventId", [event["id"] for event in table["events"]], "Every event there is."),
    ):
        out.append(cpp_enum(kind, names_, comment))
    for variable, kind in (("kRoleNames", "roles"), ("kTypeNames", "types"), ("kOutcomeNames", "outcomes"),
                           ("kClockNames", "clocks"), ("kSourceNames", "sources"), ("kValueNames", "values")):
        out.append(cpp_names(variable, names(table, kind)))
    shapes = ",\n".join(f"    Shape::{camel(shape)}" for _, shape, _ in table["values"])
    out.append(f"inline constexpr Shape kValueShapes[] = {{\n{shapes},\n}};\n")
    out.append(
        "enum class Half : std::uint8_t { kNeither, kBegin, kEnd };\n\n"
        "struct EventInfo {\n"
        "  EventId id;\n"
        "  std::string_view name;\n"
        "  std::string_view message;  // of the catalogues of words\n"
        "  EventType type;\n"
        "  Half half;\n"
        "  EventId other_half;      // itself where there is none\n"
        "  std::uint32_t roles;     // a bit for each that may cause it\n"
        "  std::uint64_t values;    // a bit for each that may be said of it\n"
        "  std::string_view about;  // for documents and technicians, in English\n"
        "};\n"
    )
    need(len(values) <= 64 and len(roles) <= 32 and len(table["events"]) <= 255, "the table outgrew its types")
    rows = []
    for event in table["events"]:
        name = event["id"]
        other = other_half(name)
        half = {-1: "kBegin", 0: "kNeither", 1: "kEnd"}[half_of(name) if other else 0]
        about = event["doc"].replace("\\", "\\\\").replace('"', '\\"')
        rows.append(
            f'    {{EventId::{camel(name)}, "{name}", "{event.get("message", "event." + name)}", '
            f'EventType::{camel(event["type"])}, Half::{half}, EventId::{camel(other or name)}, '
            f'{mask(event["roles"], roles)}u, {mask(values_of(event), values)}ull,\n     "{about}"}}'
        )
    out.append("inline constexpr EventInfo kEvents[] = {\n" + ",\n".join(rows) + ",\n};\n")
    out.append("}  // namespace mimika::eventlog\n")
    return "\n".join(out)


def doc_rows(table, kind):
    return "\n".join(f"| `{row[0]}` | {row[-1]} |" for row in table[kind])


def make_doc(table):
    out = []
    for event in table["events"]:
        if "group" in event:
            out.append(f"\n### {event['group']}\n\n| id | type | roles | outcome | values | |\n|---|---|---|---|---|---|")
        said = [name for name in values_of(event) if name != "withheld"]
        out.append(
            f"| `{event['id']}` | {event['type']} | {', '.join(event['roles'])} | "
            f"{'yes' if has_outcome(event) else ''} | {', '.join(f'`{name}`' for name in said)} | {event['doc']} |"
        )
    out.append("\n### Values\n\n| name | shape | |\n|---|---|---|")
    out += [f"| `{name}` | {shape} | {doc} |" for name, shape, doc in table["values"]]
    for kind, title in (("shapes", "Shapes"), ("roles", "Roles"), ("types", "Types"), ("outcomes", "Outcomes"),
                        ("clocks", "Clocks"), ("sources", "Sources")):
        out.append(f"\n### {title}\n\n| | |\n|---|---|\n{doc_rows(table, kind)}")
    return "\n".join(out).strip() + "\n"


def put_between_marks(document, words):
    """The document with `words` between its marks."""
    need(all(document.count(mark) == 1 for mark in MARKS), "the document has not both marks, each once")
    before, rest = document.split(MARKS[0])
    _, after = rest.split(MARKS[1])
    return f"{before}{MARKS[0]}\n\n{words}\n{MARKS[1]}{after}"


def write_if_changed(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("--header", type=Path)
    parser.add_argument("--doc", type=Path)
    arguments = parser.parse_args()
    try:
        table = read_table(arguments.table.read_text(encoding="utf-8"))
        if arguments.header:
            write_if_changed(arguments.header, make_header(table))
            arguments.header.touch()  # the build asks whether it is newer than the table
        if arguments.doc:
            document = arguments.doc.read_text(encoding="utf-8")
            write_if_changed(arguments.doc, put_between_marks(document, make_doc(table)))
    except (TableError, ValueError, KeyError) as problem:
        print(f"{arguments.table}: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
