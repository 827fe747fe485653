"""The source tree as the rules see it: files, their includes, and the folder each belongs to."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

CODE_ROOTS = ("kiosk", "ui", "sync", "tests")
CODE_SUFFIXES = (".cc", ".h")
# What is not ours to judge: build results, version control, caches of tools.
SKIPPED_FOLDERS = {"build", ".git", ".cache", "__pycache__"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


@dataclass(frozen=True)
class Include:
    line: int
    name: str
    ours: bool  # written with quotes


@dataclass
class SourceFile:
    path: str  # relative to the root, with slashes
    text: str

    @cached_property
    def includes(self):
        return [
            Include(self.text.count("\n", 0, match.start(2)) + 1, match.group(2), match.group(1) == '"')
            for match in INCLUDE.finditer(self.text)
        ]

    @cached_property
    def lines(self):
        return self.text.splitlines()


@dataclass
class Tree:
    root: Path
    files: dict = field(default_factory=dict)  # path -> SourceFile, only text

    @classmethod
    def read(cls, root):
        tree = cls(Path(root).resolve())
        for path in sorted(tree.root.rglob("*")):
            relative = path.relative_to(tree.root)
            if SKIPPED_FOLDERS & set(relative.parts) or not path.is_file() or path.is_symlink():
                continue
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # pictures and the like
            tree.files[relative.as_posix()] = SourceFile(relative.as_posix(), text)
        return tree

    def code(self, roots=CODE_ROOTS):
        return [
            file
            for path, file in self.files.items()
            if path.split("/")[0] in roots and path.endswith(CODE_SUFFIXES)
        ]

    def exists(self, relative):
        return (self.root / relative).exists()


def folder_of(path, folders):
    """The longest of `folders` that holds `path`, or `path` itself if it stands there; None outside all of them."""
    parts = path.split("/")
    while parts:
        candidate = "/".join(parts)
        if candidate in folders:
            return candidate
        parts.pop()
    return None
