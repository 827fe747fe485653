#!/usr/bin/env python3
"""told_test.py PROGRAM-FOLDER: somebody who cannot write files a complaint by touches, a voice and a photo; another
photographs a paper. Microphone and loudspeaker are SDL's files, the camera is the drawn one; everything else is the
product. Ends in one JSON line with the touches it took."""

import json
import math
import struct
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.office import open_office, run  # noqa: E402
from mimika_e2e.people import ADMIN, prepare_people  # noqa: E402
from mimika_e2e.story import Story  # noqa: E402
from mimika_e2e.web import CentralWeb  # noqa: E402

VOICE_RATE = 16_000
SECONDS_TO_SPEAK = 2.5


def generated_voice(path, seconds=90):
    """A hum that rises and falls, like a voice, in the microphone's own form: 32-bit floats, mono."""
    with open(path, "wb") as out:
        for i in range(seconds * VOICE_RATE):
            at = i / VOICE_RATE
            loudness = 0.3 * (0.55 + 0.45 * math.sin(2 * math.pi * 3 * at))
            out.write(struct.pack("<f", loudness * math.sin(2 * math.pi * 180 * at)))


class Finger:
    """Counts its touches, as the bar for the shortest way does."""

    def __init__(self, kiosk):
        self.kiosk, self.touches = kiosk, 0

    def tap(self, target, screen=None):
        self.kiosk.tap(target)
        self.touches += 1
        if screen:
            self.kiosk.wait_for_screen(screen)


def speak(finger):
    kiosk = finger.kiosk
    wait_until(lambda: kiosk.read_value("voice.state") == "Sedang merekam", "the microphone does not start", 20)
    time.sleep(SECONDS_TO_SPEAK)
    kiosk.tap("voice.stop")  # part of telling it, as typing would be
    kiosk.wait_for("voice.play")


def save(finger):
    kiosk = finger.kiosk
    kiosk.tap_in_list("review.consent", "review.down")
    finger.touches += 1
    finger.tap("review.save", "receipt")
    number = kiosk.read_value("receipt.number")
    kiosk.tap("receipt.written")
    kiosk.tap("receipt.done")
    kiosk.wait_for_screen("home")
    kiosk.tap("home.finish")
    kiosk.wait_for_screen("attract")
    return number


def complain_by_voice(office):
    """From the first screen to the receipt with a voice alone. The number, and how many touches it took."""
    finger = Finger(office.kiosk)
    finger.tap("attract.start", "home")
    finger.tap("home.complaint", "category")
    finger.tap("category.speak", "voice")
    speak(finger)
    finger.tap("nav.next", "known")
    finger.tap("nav.next", "contact")
    finger.tap("nav.next", "review")
    return save(finger), finger.touches


def photograph(finger, opens, back_on):
    kiosk = finger.kiosk
    finger.tap(opens, "camera")
    wait_until(lambda: "photo.take" in kiosk.targets() and kiosk.read_value("camera.state") == "",
               "the camera shows nothing", 20)
    finger.tap("photo.take")
    kiosk.wait_for("photo.keep")
    finger.tap("photo.keep", back_on)


def complain_with_everything(office):
    kiosk = office.kiosk
    finger = Finger(kiosk)
    finger.tap("attract.start", "home")
    finger.tap("home.complaint", "category")
    kiosk.tap_in_list("category.air", "category.down")
    kiosk.wait_for_screen("place")
    kiosk.tap_in_list("place.unknown", "places.down")
    finger.tap("nav.next", "story")
    kiosk.type("pipa pecah")
    photograph(finger, "story.photo", "story")
    finger.tap("story.voice", "voice")
    speak(finger)
    kiosk.screenshot("voice")
    kiosk.tap("voice.play")
    wait_until(lambda: "voice.play" in kiosk.targets(), "the voice is not played", 20)
    finger.tap("nav.next", "known")
    finger.tap("nav.next", "contact")
    finger.tap("nav.next", "review")
    kiosk.screenshot("review")
    return save(finger), finger.touches


def ask_with_a_paper(office):
    kiosk = office.kiosk
    finger = Finger(kiosk)
    finger.tap("attract.start", "home")
    finger.tap("home.civil", "services")
    kiosk.tap_in_list("service.akta_lahir", "services.down")
    kiosk.wait_for_screen("service")
    kiosk.tap("nav.next")
    for answer in Story.answers_about_the_child():
        kiosk.wait_for_screen("field")
        if answer:
            kiosk.type(answer)
        kiosk.tap("nav.next")
    kiosk.wait_for_screen("papers")
    photograph(finger, "paper.1", "papers")
    kiosk.screenshot("papers")
    finger.tap("nav.next", "review")
    return save(finger), finger.touches


def play(programs, folder, things):
    voice = folder / "voice.raw"
    generated_voice(voice)
    office = open_office(programs, folder, things, ["--headless", "--sample-camera"],
                         {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILEIN": str(voice),
                          "SDL_DISKAUDIOFILE": str(folder / "heard.raw")})
    people, _ = prepare_people(office.centre, folder / "logins.json")
    spoken, spoken_touches = complain_by_voice(office)
    told, _ = complain_with_everything(office)
    asked, _ = ask_with_a_paper(office)
    wait_until(lambda: office.ctl.status()["unsent_attachments"] == 0 and office.ctl.status()["unsent_events"] == 0,
               "what was said and shown does not arrive at the centre", 60, 0.5)
    admin = CentralWeb(office.centre.url, office.centre.ca_file)
    admin.log_in(people[ADMIN])
    for number in (spoken, told, asked):
        expect(admin.find(number), f"{number} is not at the centre")
    kept = sorted(path for path in (office.centre.data / "blobs").rglob("*") if path.is_file())
    # Two voices, a photo and a paper with their previews.
    expect(len(kept) >= 6, f"the centre holds {len(kept)} of at least 6 attachments and previews")
    expect(not (folder / "kiosk" / "voice").exists(), "a voice lies about in the kiosk's folder")
    office.ctl.verify()
    office.centre.verify()
    office.kiosk.quit()
    return {"ui.touches_to_receipt_complaint": spoken_touches}


if __name__ == "__main__":
    sys.exit(run(lambda *place: print(json.dumps(play(*place)))))
