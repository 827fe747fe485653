#!/usr/bin/env python3
"""storm_test.py PROGRAM-FOLDER: on a real X server, with events of its own. Somebody files a complaint with the pointer.
Then a kiosk is treated as no kiosk should be: taps as fast as the server takes them, on the screen and beyond it, keys of
a keyboard that nobody has, the window turned upright, made small and large in the middle of a question, letters of four
bytes. It lives, what was written is still there, and the next complaint is filed as if nothing had been."""

import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.display import VirtualDisplay  # noqa: E402
from mimika_e2e.fingers import NOT_HERE, Fingers, can_point  # noqa: E402
from mimika_e2e.office import open_office, run  # noqa: E402
from mimika_e2e.people import ADMIN, prepare_people  # noqa: E402
from mimika_e2e.web import CentralWeb  # noqa: E402

WIDTH, HEIGHT = 1280, 800
BURSTS, TAPS = 12, 400
SIZES = ((800, 780), (1024, 600), (640, 480), (1280, 800))  # of the window, within the screen of the server
UNUSUAL_KEYS = ("F5", "Escape", "Tab", "alt+F4", "ctrl+c", "ctrl+v", "Print", "Menu", "XF86Back", "Up", "Down", "Return",
                "BackSpace", "Home", "End", "F1")
STORY = "air mati"


def complain(fingers):
    """From the first screen to the story."""
    kiosk = fingers.kiosk
    for target, screen in (("attract.start", "home"), ("home.complaint", "category"), ("category.air", "place")):
        fingers.tap(target)
        kiosk.wait_for_screen(screen)
    while "place.unknown" not in kiosk.targets():
        fingers.tap("places.down")
    fingers.tap("place.unknown")
    fingers.tap("nav.next")
    kiosk.wait_for_screen("story")
    for letter in STORY:
        fingers.tap("keyboard.space" if letter == " " else f"keyboard.{letter}")


def file(fingers):
    kiosk = fingers.kiosk
    for screen in ("known", "contact", "review"):
        fingers.tap("nav.next")
        kiosk.wait_for_screen(screen)
    while "review.consent" not in kiosk.targets():
        fingers.tap("review.down")
    fingers.tap("review.consent")
    fingers.tap("review.save")
    kiosk.wait_for_screen("receipt")
    number = kiosk.read_value("receipt.number")
    fingers.tap("receipt.written")
    fingers.tap("receipt.done")
    kiosk.wait_for_screen("home")
    fingers.tap("home.finish")
    kiosk.wait_for_screen("attract")
    return number


def turn_in_the_middle(fingers):
    """What was written stays whatever becomes of the window."""
    kiosk = fingers.kiosk
    time.sleep(0.3)  # a finger that still lies on a key which moves away presses nothing
    for width, height in SIZES:
        fingers.turn(width, height)
        wait_until(lambda: "nav.next" in kiosk.targets(), f"no way on at {width}x{height}", 10)
        right, bottom = (max(place[i] + place[i + 2] for place in kiosk.targets().values()) for i in (0, 1))
        expect(right <= width + 1 and bottom <= height + 1, f"at {width}x{height} keys reach to {right:.0f}, {bottom:.0f}")


def expect_story(office, people, number):
    admin = CentralWeb(office.centre.url, office.centre.ca_file)
    admin.log_in(people[ADMIN])
    wait_until(lambda: admin.find(number), "the complaint does not arrive", 60, 0.5)
    expect(STORY in admin.act(number, "open").text.lower(), "the centre does not read what was written")


def back_to_the_beginning(fingers):
    """Whatever stands there: as a person who has had enough would."""
    kiosk = fingers.kiosk
    ways = ("warning.finish", "confirm.yes", "receipt.written", "receipt.done", "home.finish", "nav.cancel", "nav.back",
            "problem.retry", "help.close", "speech.close", "voice.stop", "survey.done")
    for _ in range(60):
        if kiosk.read_value("screen") == "attract":
            return
        shown = kiosk.targets()  # what the storm still has to say may change it meanwhile
        fingers.tap_on(next((shown[way] for way in ways if way in shown), next(iter(shown.values()))))
    expect(False, f"no way back from '{kiosk.read_value('screen')}'")


def play(programs, folder, things):
    display = VirtualDisplay(WIDTH, HEIGHT)
    things.append(display)
    office = open_office(programs, folder, things, ["--size", f"{WIDTH}x{HEIGHT}"], display.environment())
    people, _ = prepare_people(office.centre, folder / "logins.json")
    fingers = Fingers(display, office.kiosk)
    complain(fingers)
    turn_in_the_middle(fingers)
    first = file(fingers)
    expect_story(office, people, first)
    consented = {first}
    for burst in range(BURSTS):
        fingers.hammer(TAPS, WIDTH, HEIGHT, burst)
        fingers.keys(*UNUSUAL_KEYS)
        fingers.turn(*SIZES[burst % len(SIZES)])
        fingers.xdotool("type", "--delay", "0", "\U0001F30A\U0001F417 e\u0301\u0302 \u202e\u200b %s%n '; DROP TABLE")
    fingers.turn(WIDTH, HEIGHT)
    office.kiosk.screenshot("after-the-storm")
    back_to_the_beginning(fingers)
    complain(fingers)
    consented.add(file(fingers))
    filed = set(office.ctl.tickets())
    expect(consented <= filed, f"of {consented} the kiosk has {filed}")
    office.ctl.verify()
    office.kiosk.quit()


if __name__ == "__main__":
    sys.exit(run(play) if can_point() else NOT_HERE)
