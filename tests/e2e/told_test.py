#!/usr/bin/env python3
"""told_test.py PROGRAM-FOLDER: somebody who cannot write files a complaint by touches, a voice and a photo; another
photographs a paper. Microphone and loudspeaker are SDL's files, the camera is the drawn one; everything else is the
product."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e import journeys  # noqa: E402
from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.finger import Finger  # noqa: E402
from mimika_e2e.office import open_office, run  # noqa: E402
from mimika_e2e.people import ADMIN, prepare_people  # noqa: E402
from mimika_e2e.senses import Senses  # noqa: E402
from mimika_e2e.web import CentralWeb  # noqa: E402


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
    finger.photograph("story.photo", "story")
    finger.tap("story.voice", "voice")
    finger.speak()
    kiosk.tap("voice.play")
    wait_until(lambda: "voice.play" in kiosk.targets(), "the voice is not played", 20)
    finger.tap("nav.next", "known")
    finger.tap("nav.next", "contact")
    finger.tap("nav.next", "review")
    number = finger.save().number
    finger.leave()
    return number


def play(programs, folder, things):
    senses = Senses(folder)
    office = open_office(programs, folder, things, ["--headless", "--sample-camera"], senses.environment)
    people, _ = prepare_people(office.centre, folder / "logins.json")
    spoken = journeys.play(journeys.named("receipt_complaint"), office.kiosk).receipt.number
    told = complain_with_everything(office)
    asked = journeys.play(journeys.named("receipt_civil_papers"), office.kiosk).receipt.number
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


if __name__ == "__main__":
    sys.exit(run(play))
