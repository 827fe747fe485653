"""One finger at the kiosk that counts what it does: touches, letters that were typed, and pages that passed."""

import re
import time
from dataclasses import dataclass

from mimika_e2e.common import expect, wait_until

SECONDS_TO_SPEAK = 2.5


@dataclass
class Receipt:
    number: str
    code: str


def read_receipt(kiosk):
    """Of the receipt that stands on the screen."""
    return Receipt(kiosk.read_value("receipt.number"), re.sub(r"\D", "", kiosk.read_value("receipt.code")))


class Finger:
    def __init__(self, kiosk):
        self.kiosk = kiosk
        self.touches = self.letters = self.pages = 0
        self.receipt = None  # of what was saved last

    def tap(self, target, *pages):
        """`pages`: what it leads to, one after the other; the last of them is waited for."""
        self.kiosk.tap(target)
        self.touches += 1
        self.arrive(*pages)

    def arrive(self, *pages):
        self.pages += len(pages)
        if pages:
            self.kiosk.wait_for_screen(pages[-1])

    def tap_in_list(self, target, more, *pages):
        """The keys that show more of a list are touches as well."""
        self.touches += self.kiosk.tap_in_list(target, more)
        self.arrive(*pages)

    def type(self, text):
        if text:
            self.kiosk.type(text)
            self.letters += len(text)

    def speak(self, meanwhile=lambda: None):
        """On the page of the voice. Stopping is part of telling it, as typing would be, and not counted."""
        kiosk = self.kiosk
        wait_until(lambda: kiosk.read_value("voice.state") == "Sedang merekam", "the microphone does not start", 20)
        time.sleep(SECONDS_TO_SPEAK)
        meanwhile()
        kiosk.tap("voice.stop")
        kiosk.wait_for("voice.play")

    def photograph(self, opens, back_on, meanwhile=lambda: None):
        kiosk = self.kiosk
        self.tap(opens, "camera")
        wait_until(lambda: "photo.take" in kiosk.targets() and kiosk.read_value("camera.state") == "",
                   "the camera shows nothing", 20)
        meanwhile()
        self.tap("photo.take")
        kiosk.wait_for("photo.keep")
        self.tap("photo.keep", back_on)

    def save(self):
        """From the review to the receipt."""
        self.tap_in_list("review.consent", "review.down")
        self.tap("review.save", "saving", "receipt")
        self.receipt = read_receipt(self.kiosk)
        return self.receipt

    def leave(self):
        """To the first screen from wherever a goal was reached; nobody counts what it takes to go away."""
        kiosk = self.kiosk
        if kiosk.read_value("screen") == "receipt":
            kiosk.tap("receipt.written")
            kiosk.tap("receipt.done")
            kiosk.wait_for_screen("home")
        while kiosk.read_value("screen") != "home":
            here = kiosk.targets()
            way = next((key for key in ("survey.done", "nav.back") if key in here), None)
            expect(way is not None, f"no way leads home from {kiosk.read_value('screen')}")
            kiosk.tap(way)
        kiosk.tap("home.finish")
        kiosk.wait_for_screen("attract")
