#!/usr/bin/env python3
"""keypad_test.py PROGRAM-FOLDER: somebody who cannot point at a screen files a complaint and looks it up again with four
arrow keys, Enter and a key that speaks."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.keypad import Keypad  # noqa: E402
from mimika_e2e.office import open_office, run  # noqa: E402
from mimika_e2e.people import ADMIN, prepare_people  # noqa: E402
from mimika_e2e.web import CentralWeb  # noqa: E402

STORY = "air mati"


def file_complaint(keypad):
    keypad.enter("attract.start", "home")
    keypad.enter("home.complaint", "category")
    keypad.enter("category.air", "place")
    keypad.enter("place.unknown")
    keypad.enter("nav.next", "story")
    keypad.write(STORY)
    keypad.enter("nav.next", "known")
    keypad.enter("nav.next", "contact")
    keypad.enter("nav.next", "review")
    keypad.enter("review.consent")
    keypad.enter("review.save", "receipt")
    number = keypad.kiosk.read_value("receipt.number")
    keypad.enter("receipt.written")
    keypad.enter("receipt.done", "home")
    return number


def look_up(keypad, number):
    keypad.enter("home.track", "track.number")
    letters, digits = number.replace("-", "")[:3], number.replace("-", "")[3:]
    keypad.write(letters.lower() + digits.lower())
    keypad.enter("track.search", "track.ticket")
    expect(keypad.kiosk.read_value("track.number") == number, "another ticket is shown")


def play(programs, folder, things):
    office = open_office(programs, folder, things, environment={"SDL_AUDIODRIVER": "dummy"})
    people, _ = prepare_people(office.centre, folder / "logins.json")
    keypad = Keypad(office.kiosk)
    number = file_complaint(keypad)
    admin = CentralWeb(office.centre.url, office.centre.ca_file)
    admin.log_in(people[ADMIN])
    wait_until(lambda: admin.find(number), "the complaint does not arrive", 60, 0.5)
    expect(STORY in admin.act(number, "open").text.lower(), "the centre does not read what was written")
    look_up(keypad, number)
    keypad.enter("nav.back", "track.number")
    keypad.enter("nav.back", "home")
    keypad.press("speak")
    wait_until(lambda: office.kiosk.read_value("debug.said") not in ("", "0"), "nothing is said of what has the ring", 20)
    keypad.enter("home.finish", "attract")
    office.kiosk.quit()


if __name__ == "__main__":
    sys.exit(run(play))
