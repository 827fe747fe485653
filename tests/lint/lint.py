#!/usr/bin/env python3
"""Checks the shape of the source tree: tests/lint/lint.py [--root DIR] RULE… (without a rule: all of them)."""

import argparse
import sys
import tomllib
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_lint.rules import RULES  # noqa: E402
from mimika_lint.tree import Tree  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2], type=Path)
    parser.add_argument("rules", nargs="*", metavar="RULE", help=", ".join(RULES))
    arguments = parser.parse_args()
    unknown = [name for name in arguments.rules if name not in RULES]
    if unknown:
        parser.error(f"no rule {unknown[0]}; there are {', '.join(RULES)}")

    tree = Tree.read(arguments.root)
    settings = tomllib.loads((arguments.root / "tests/lint/layers.toml").read_text(encoding="utf-8"))
    broken = 0
    for name in arguments.rules or RULES:
        problems = RULES[name](tree, settings)
        broken += len(problems)
        if problems:
            print(f"{name}: {RULES[name].__doc__} {len(problems)} times it is not so:")
            for problem in problems:
                print(f"  {problem}")
        else:
            print(f"{name}: in order")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
