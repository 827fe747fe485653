"""What CMakeLists.txt files say, as far as our own few functions go: kiosk_library, kiosk_program, kiosk_test."""

import posixpath
import re
from dataclasses import dataclass

CALL = re.compile(r"\b(kiosk_library|kiosk_program|kiosk_test|add_library|add_executable)\s*\(([^)]*)\)", re.DOTALL)
KEYWORDS = {"SOURCES", "LINKS", "USES", "TIMEOUT"}
LIBRARY_KINDS = {"STATIC", "INTERFACE", "OBJECT"}


@dataclass
class Target:
    name: str
    kind: str  # the function that made it
    folder: str  # of its CMakeLists.txt
    sources: list
    links: list  # LINKS: our own libraries
    uses: list  # USES: third-party targets


def without_comments(text):
    return re.sub(r"#[^\n]*", "", text)


def read_targets(tree):
    targets = {}
    for path, file in tree.files.items():
        if not path.endswith("CMakeLists.txt"):
            continue
        folder = path.rsplit("/", 1)[0] if "/" in path else ""
        for call in CALL.finditer(without_comments(file.text)):
            words = call.group(2).split()
            if not words:
                continue
            parts = {"SOURCES": [], "LINKS": [], "USES": []}
            current = "SOURCES"  # add_library and add_executable list sources without a keyword
            for word in words[1:]:
                if word in KEYWORDS:
                    current = word
                elif current in parts and word not in LIBRARY_KINDS:
                    parts[current].append(word)
            targets[words[0]] = Target(words[0], call.group(1), folder, parts["SOURCES"], parts["LINKS"], parts["USES"])
    return targets


def listed_sources(tree):
    """Every source named in a CMakeLists.txt, as paths from the root."""
    named = set()
    for target in read_targets(tree).values():
        for source in target.sources:
            if "$" not in source:
                named.add(posixpath.normpath(posixpath.join(target.folder, source)))
    return named
