#!/usr/bin/env python3
"""speech_test.py PROGRAM-FOLDER [--json]: a kiosk that is listened to.

  Its loudspeaker is a file. A person touches Listen and the home screen is heard; nothing is drawn while it is read. She
  makes it louder and faster, opens a page, walks over it with the arrow keys, and each is heard. She finishes in the
  middle of a sentence: silence at once, and the next person finds the usual loudness and no voice. The loudspeaker is
  taken away: the next one who touches Listen is told so in words; it is put back, and the kiosk is heard again. At last
  somebody walks away, and the warning is heard without anybody having asked for a voice.
"""

import array
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mimika_e2e.centre import Centre  # noqa: E402
from mimika_e2e.common import StepFailed, choose_port, closing_all, expect, wait_until  # noqa: E402
from mimika_e2e.kiosk import KioskCtl, KioskScript  # noqa: E402
from mimika_e2e.story import DISTRICT  # noqa: E402

ASSETS = HERE.parents[1] / "assets"
RATE_HZ = 24000
LOUD = 500  # of 32767
IDLE_S = 120
USUAL_VOLUME = 60


class Loudspeaker:
    """What SDL's file driver writes. A device that is opened anew begins a new file."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir()
        self.file = folder / "heard.raw"

    def samples(self):
        if not self.file.exists():
            return array.array("h")
        data = self.file.read_bytes()
        return array.array("h", data[:len(data) // 2 * 2])

    def loudest(self, since=0):
        return max(map(abs, self.samples()[since:]), default=0)

    def expect_sound(self, words, since=0, seconds=10):
        wait_until(lambda: self.loudest(since) > LOUD, f"nothing is heard: {words}", seconds, 0.02)

    def expect_silence(self, words, seconds=2.0):
        """From now on: the driver may still write a block that was mixed before."""
        time.sleep(0.3)
        before = len(self.samples())
        time.sleep(seconds)
        expect(self.loudest(before) == 0, f"it goes on being heard: {words}")


def quiet_minute(seconds):
    # The clock on the screen is drawn once a minute.
    wait_until(lambda: time.time() % 60 < 58 - seconds, "no quiet part of a minute", 30, 0.2)


def listen(kiosk, speaker, measured):
    kiosk.wait_for_screen("attract")
    kiosk.tap("attract.start")
    kiosk.wait_for_screen("home")
    quiet_minute(8)
    expect(not speaker.file.exists(), "the loudspeaker is opened before anybody listens")
    touched = time.monotonic()
    kiosk.tap("tool.listen")
    speaker.expect_sound("Listen was touched")
    measured["first_sound_ms_at_most"] = round(1000 * (time.monotonic() - touched))
    frames = int(kiosk.read_value("debug.frames"))
    time.sleep(3)
    drawn = int(kiosk.read_value("debug.frames")) - frames
    expect(drawn == 0, f"{drawn} frames were drawn while the page was read")
    expect(speaker.loudest(len(speaker.samples()) - RATE_HZ) > LOUD, "the page is not read on")

    kiosk.tap("tool.listen")
    kiosk.wait_for_screen("speech")
    kiosk.tap("speech.louder")
    kiosk.tap("speech.faster")
    expect(int(kiosk.read_value("debug.volume")) > USUAL_VOLUME, "it does not become louder")
    said = int(kiosk.read_value("debug.said"))
    kiosk.tap("speech.close")
    kiosk.wait_for_screen("home")
    kiosk.tap("home.complaint")
    kiosk.wait_for_screen("category")
    wait_until(lambda: int(kiosk.read_value("debug.said")) > said, "another page is not read", 5)
    for _ in range(2):
        said = int(kiosk.read_value("debug.said"))
        kiosk.command("key tab")
        wait_until(lambda: int(kiosk.read_value("debug.said")) > said, "what has the focus is not spoken", 5)
    said = int(kiosk.read_value("debug.said"))
    kiosk.command("key speak")
    wait_until(lambda: int(kiosk.read_value("debug.said")) > said, "the speak key repeats nothing", 5)
    kiosk.tap("nav.back")
    kiosk.wait_for_screen("home")
    since = len(speaker.samples())
    speaker.expect_sound("the home screen is read once more", since)
    kiosk.tap("home.finish")
    kiosk.wait_for_screen("attract")
    speaker.expect_silence("the person has finished")
    expect(int(kiosk.read_value("debug.volume")) == USUAL_VOLUME, "the next person finds another's loudness")


def nobody_listens(kiosk, speaker):
    said = int(kiosk.read_value("debug.said"))
    kiosk.tap("attract.start")
    kiosk.wait_for_screen("home")
    kiosk.tap("home.complaint")
    kiosk.wait_for_screen("category")
    speaker.expect_silence("a person who did not ask for it", 1)
    expect(int(kiosk.read_value("debug.said")) == said, "pages are read to a person who did not ask for it")
    kiosk.tap("nav.back")
    kiosk.wait_for_screen("home")


def unplug(kiosk, speaker):
    shutil.rmtree(speaker.folder)
    kiosk.tap("tool.listen")
    kiosk.wait_for_screen("speech")
    kiosk.screenshot("no-loudspeaker")
    speaker.folder.mkdir()
    kiosk.tap("speech.again")
    kiosk.wait_for_screen("home")
    speaker.expect_sound("the loudspeaker was plugged in again")
    kiosk.tap("home.finish")
    kiosk.wait_for_screen("attract")


def walk_away(kiosk, speaker):
    speaker.file.unlink(missing_ok=True)
    kiosk.tap("attract.start")
    kiosk.wait_for_screen("home")
    kiosk.wait_for_screen("warning", IDLE_S + 10)
    speaker.expect_sound("the warning")
    kiosk.tap("warning.finish")
    kiosk.wait_for_screen("attract")


def start(programs, folder, things):
    centre = Centre(programs / "mimika-central", ASSETS, folder / "central", choose_port(0), folder / "central.log")
    things.append(centre)
    centre.start()
    ctl = KioskCtl(programs / "mimika-kiosk-ctl", ASSETS, folder / "kiosk")
    ticket = folder / "enrolment.json"
    centre.order_enrolment(DISTRICT, "Kantor Distrik Jila", ticket)
    ctl.enrol(ticket)
    speaker = Loudspeaker(folder / "loudspeaker")
    environment = {**os.environ, "SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(speaker.file)}
    kiosk = KioskScript(programs / "mimika-kiosk", ctl.data, ASSETS, folder / "screenshots", environment,
                        folder / "kiosk-output.log", ["--headless"])
    things.append(kiosk)
    # What the first answer of the centre changes has been drawn.
    wait_until(lambda: ctl.status()["last_contact_ms"], "the kiosk does not reach its centre", 30)
    time.sleep(2)
    return kiosk, speaker


def main():
    measured = {}
    with tempfile.TemporaryDirectory(prefix="mimika-speech-") as folder, closing_all() as things:
        try:
            kiosk, speaker = start(Path(sys.argv[1]), Path(folder), things)
            listen(kiosk, speaker, measured)
            nobody_listens(kiosk, speaker)
            unplug(kiosk, speaker)
            walk_away(kiosk, speaker)
            kiosk.quit()
        except StepFailed as problem:
            print(problem, file=sys.stderr)
            return 1
    if "--json" in sys.argv:
        print(json.dumps(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
