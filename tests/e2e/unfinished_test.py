#!/usr/bin/env python3
"""unfinished_test.py PROGRAM-FOLDER: the power fails while somebody writes. The next start says that the unsaved is gone
and the saved is not; a start after that says nothing, nor one after a visit that was saved or given up."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.office import open_office, run, start_kiosk  # noqa: E402
from mimika_e2e.story import complain  # noqa: E402


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

    kiosk = start_kiosk(programs, folder, office.ctl, things)
    kiosk.wait_for_screen("attract")
    write_something(kiosk)
    wait_until(mark.exists, "nothing says that somebody writes", 20)
    power_fails(kiosk)

    kiosk = start_kiosk(programs, folder, office.ctl, things)
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

    kiosk = start_kiosk(programs, folder, office.ctl, things)
    kiosk.wait_for_screen("attract")
    kiosk.quit()
    expect(list(office.ctl.tickets()) == [number], "what was saved is not there")


if __name__ == "__main__":
    sys.exit(run(play))
