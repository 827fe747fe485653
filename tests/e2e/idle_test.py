#!/usr/bin/env python3
"""idle_test.py PROGRAM-FOLDER: a kiosk that talks to its centre every second, and has nothing to show of it, draws
nothing; nor does one that calls in vain, once it has said that something waits."""

import json
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mimika_e2e.common import StepFailed, closing_all, expect, wait_until  # noqa: E402
from mimika_e2e.office import open_office  # noqa: E402
from mimika_e2e.story import CATEGORY, COMPLAINT, KAMPUNG  # noqa: E402

WATCHED_SECONDS = 6
FILING = {"kind": "complaint", "category": CATEGORY, "kampung": KAMPUNG, "confidentiality": "name_hidden",
          "story": COMPLAINT, "consent": True}


def expect_stillness(kiosk, while_words):
    # The clock on the screen is drawn once a minute.
    wait_until(lambda: time.time() % 60 < 58 - WATCHED_SECONDS, "no quiet part of a minute", 30, 0.2)
    frames = int(kiosk.read_value("debug.frames"))
    time.sleep(WATCHED_SECONDS)
    drawn = int(kiosk.read_value("debug.frames")) - frames
    expect(drawn == 0, f"{drawn} frames were drawn in {WATCHED_SECONDS} s in which nothing changed while {while_words}")


def watch(programs, folder, things):
    office = open_office(programs, folder, things)
    centre, ctl, kiosk = office.centre, office.ctl, office.kiosk
    wait_until(lambda: ctl.status()["last_contact_ms"], "the kiosk does not reach its centre", 30)
    time.sleep(2)
    contact = ctl.status()["last_contact_ms"]
    expect_stillness(kiosk, "the centre answers")
    expect(ctl.status()["last_contact_ms"] > contact, "the kiosk did not talk to its centre meanwhile")

    centre.stop()
    ctl.run("file", "-", text_in=json.dumps(FILING))
    wait_until(lambda: kiosk.read_value("attract.staff").split()[0].isdigit(),
               "the line for staff does not say that something waits", 90, 0.2)
    expect_stillness(kiosk, "every call fails")
    kiosk.quit()


def main():
    with tempfile.TemporaryDirectory(prefix="mimika-idle-") as folder, closing_all() as things:
        try:
            watch(Path(sys.argv[1]), Path(folder), things)
            return 0
        except StepFailed as problem:
            print(problem, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
