#!/usr/bin/env python3
"""Every letter of every catalogue and of the facts about Mimika is in every weight of the font the kiosk loads:
glyphs_test.py SOURCE_ROOT [--prove]. With --prove it checks itself: a letter that no font has must be found."""

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

FOLDERS = ("/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter", "/usr/local/share/fonts/inter")
WEIGHTS = ("Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf", "Inter-ExtraBold.otf")
WORDS = re.compile(r'^(?:msgstr(?:\[\d\])?\s+)?"(.*)"$')
NO_FONT_HAS = "\u0915"  # a letter of another script


def letters_of_font(path):
    ranges = subprocess.run(["fc-query", "--format=%{charset}", path], stdout=subprocess.PIPE, text=True,
                            check=True).stdout.split()
    letters = set()
    for part in ranges:
        first, _, last = part.partition("-")
        letters.update(range(int(first, 16), int(last or first, 16) + 1))
    return letters


def catalogue_words(path):
    """The words after msgstr, line by line; the header among them does no harm."""
    inside = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        inside = line.startswith("msgstr") or (inside and line.startswith('"'))
        if inside and (match := WORDS.match(line)):
            yield f"{path.name}:{number}", re.sub(r"\\(.)", "", match.group(1))


def json_words(value, where):
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("source", "notes", "community"):  # for maintainers, never on the screen
                yield from json_words(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from json_words(inner, f"{where}[{index}]")


def all_words(root):
    for path in sorted((root / "assets" / "locale").glob("*.po")):
        if not path.name.startswith("central."):  # the pages are shown by browsers
            yield from catalogue_words(path)
    for path in sorted((root / "assets" / "catalogue").glob("*.json")):
        yield from json_words(json.loads(path.read_text(encoding="utf-8")), path.name)


def missing_letters(words, font):
    for where, text in words:
        for letter in text:
            if ord(letter) not in font:
                yield f"{where}: the font has no {letter!r} ({unicodedata.name(letter, 'without a name')})"


def main():
    root = Path(sys.argv[1])
    folder = next((Path(name) for name in FOLDERS if all((Path(name) / weight).is_file() for weight in WEIGHTS)), None)
    if folder is None:
        print("no folder has all four weights of Inter: install fonts-inter", file=sys.stderr)
        return 1
    font = set.intersection(*(letters_of_font(folder / weight) for weight in WEIGHTS))
    words = list(all_words(root))
    if "--prove" in sys.argv:
        return 0 if len(list(missing_letters([("here", "a" + NO_FONT_HAS)], font))) == 1 else 1
    problems = list(missing_letters(words, font))
    print(*problems, f"{len(words)} texts, {len(problems)} letters that cannot be shown", sep="\n")
    return 1 if problems or len(words) < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
