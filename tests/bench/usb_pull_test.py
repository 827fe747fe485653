#!/usr/bin/env python3
"""usb_pull_test.py PROGRAM-FOLDER: some seconds of the pull-the-stick test (mimika_bench/usb.py), which must lose nothing.

tests/bench/run plays three hundred. 77: this machine does not allow what it needs (mounting).
"""

import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests" / "e2e")]

from mimika_bench.block import missing_rights  # noqa: E402
from mimika_bench.usb import measure_usb_pull  # noqa: E402
from mimika_bench.world import World  # noqa: E402

SKIPPED = 77
PULLS = 8


class ShortBench:
    def __init__(self, programs, folder):
        self.programs, self.folder, self.assets = programs, folder, ROOT / "assets"
        self.seed = int(time.time())
        self.problems = []

    def world(self, name):
        return World(self.programs, self.assets, self.folder / name)

    @staticmethod
    def rounds(_full):
        return PULLS

    def report(self, name, value, unit, **more):
        print(f"{name}: {value} {unit}, {more}")
        if name == "usb.lost" and (value or more["doubled"] or more["words"]):
            self.problems.append(f"{value} lost, {more['doubled']} doubled: {more['words']}")


def main():
    why_not = missing_rights()
    if why_not:
        print(why_not)
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="mimika-usb-") as folder:
        bench = ShortBench(Path(sys.argv[1]).resolve(), Path(folder))
        measure_usb_pull(bench)
    print(*bench.problems, sep="\n")
    return 1 if bench.problems else 0


if __name__ == "__main__":
    sys.exit(main())
