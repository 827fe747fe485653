#!/usr/bin/env python3
"""unfinished_test.py PROGRAM-FOLDER: the power fails while somebody writes. The next start says that the unsaved is gone
and the saved is not; a start after that says nothing, nor one after a visit that was saved or given up."""

import os
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import StepFailed, closing_all, expect, wait_until  # noqa: E402
from mimika_e2e.kiosk import KioskScript  # noqa: E402
from mimika_e2e.office import ASSETS, open_office  # noqa: E402
from mimika_e2e.story import complain  # noqa: E402


def start(programs, folder, ctl, things):
    kiosk = KioskScript(programs / "mimika-kiosk", ctl.data, ASSETS, folder / "screenshots", dict(os.environ),
                        folder / "kiosk-output.log", ["--headless"])
    things.append(kiosk)
    return kiosk


def power_fails(kiosk):
    kiosk.process.kill()
    kiosk.process.wait()


def write_something(kiosk):
    kiosk.tap("attract.start")
    kiosk.wait_for_screen("home")
    complain(kiosk)


def play(programs, folder, things):
    office = open_office(programs, folder, things)
    mark = office.ctl.data / "unfinished"
    kiosk = office.kiosk
    write_something(kiosk)
    wait_until(mark.exists, "nothing says that somebody writes", 20)
    expect(mark.read_bytes() == b"", "the mark says what was written")
    kiosk.tap_in_list("review.consent", "review.down")
    kiosk.tap("review.save")
    kiosk.wait_for_screen("receipt")
    number = kiosk.read_value("receipt.number")
    wait_until(lambda: not mark.exists(), "a saved visit is still called unfinished", 20)
    power_fails(kiosk)

    kiosk = start(programs, folder, office.ctl, things)
    kiosk.wait_for_screen("attract")
    write_something(kiosk)
    wait_until(mark.exists, "nothing says that somebody writes", 20)
    power_fails(kiosk)

    kiosk = start(programs, folder, office.ctl, things)
    kiosk.wait_for_screen("draft_lost")
    kiosk.screenshot("draft-lost")
    kiosk.tap("draft_lost.seen")
    kiosk.wait_for_screen("attract")
    write_something(kiosk)
    kiosk.tap("nav.cancel")
    kiosk.tap("confirm.yes")
    kiosk.wait_for_screen("home")
    wait_until(lambda: not mark.exists(), "a visit that was given up is still called unfinished", 20)
    power_fails(kiosk)

    kiosk = start(programs, folder, office.ctl, things)
    kiosk.wait_for_screen("attract")
    kiosk.quit()
    expect(list(office.ctl.tickets()) == [number], "what was saved is not there")


def main():
    programs = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="mimika-unfinished-") as folder:
        try:
            with closing_all() as things:
                play(programs, Path(folder), things)
            return 0
        except StepFailed as problem:
            print(f"FAILED: {problem}", file=sys.stderr)
            log = Path(folder, "kiosk-output.log")
            print(log.read_text(encoding="utf-8", errors="replace")[-3000:], file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
