#!/usr/bin/env python3
"""thread_test.py PROGRAM-FOLDER: by touches, somebody with a receipt code writes back, opens again what was called
solved, and rates how it was handled; another answers the survey. The centre and the agency see all of it."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.office import open_office, run  # noqa: E402
from mimika_e2e.people import ADMIN, PIC, REGENT, prepare_people  # noqa: E402
from mimika_e2e.story import OPD, RESOLVED, file_complaint  # noqa: E402
from mimika_e2e.web import CentralWeb  # noqa: E402

MORE = "lihat ini"
NO_ROOM = "tanpa foto"
REPLY = "petugas belum datang"
NOT_SOLVED = "air keluar satu hari saja"
SURVEY_ELEMENTS = 9
ARRIVAL_SECONDS = 60


class Thread:
    def __init__(self, office, people):
        self.kiosk, self.ctl, self.centre = office.kiosk, office.ctl, office.centre
        self.web = {login: CentralWeb(self.centre.url, self.centre.ca_file) for login in (ADMIN, PIC, REGENT)}
        for login, browser in self.web.items():
            browser.log_in(people[login])

    def file(self):
        kiosk = self.kiosk
        receipt = file_complaint(kiosk)
        kiosk.tap("receipt.written")
        kiosk.tap("receipt.done")
        kiosk.wait_for_screen("home")
        return receipt

    def open(self, receipt):
        kiosk = self.kiosk
        kiosk.tap("home.track")
        kiosk.wait_for_screen("track.number")
        kiosk.type(receipt.number.replace("-", ""))
        kiosk.tap("track.search")
        kiosk.wait_for_screen("track.ticket")
        kiosk.tap("track.code")
        kiosk.wait_for_screen("track.code")
        kiosk.type(receipt.code)
        kiosk.tap("track.open")
        kiosk.wait_for_screen("track.ticket")

    def tap_on_ticket(self, target):
        self.kiosk.tap_in_list(target, "track.down")

    def leave(self):
        self.kiosk.tap("nav.back")
        self.kiosk.wait_for_screen("track.number")
        self.kiosk.tap("nav.back")
        self.kiosk.wait_for_screen("home")

    def photograph(self, opens, back_on):
        kiosk = self.kiosk
        kiosk.tap(opens)
        kiosk.wait_for_screen("camera")
        wait_until(lambda: "photo.take" in kiosk.targets() and kiosk.read_value("camera.state") == "",
                   "the camera shows nothing", 20)
        kiosk.tap("photo.take")
        kiosk.wait_for("photo.keep")
        kiosk.tap("photo.keep")
        kiosk.wait_for_screen(back_on)

    def show_two_photos(self):
        """One from the reply, two more from the page of those that are kept; one of the three is taken away again."""
        kiosk = self.kiosk
        self.photograph("reply.photo", "reply")
        kiosk.tap("reply.photo")
        kiosk.wait_for_screen("photos")
        self.photograph("photos.more", "photos")
        self.photograph("photos.more", "photos")
        kiosk.tap("photos.remove.2")
        wait_until(lambda: "photos.remove.3" not in kiosk.targets(), "the photo is still there", 5)
        kiosk.tap("nav.back")
        kiosk.wait_for_screen("reply")

    def show_three_photos(self):
        self.photograph("reply.photo", "reply")
        self.kiosk.tap("reply.photo")
        self.kiosk.wait_for_screen("photos")
        self.photograph("photos.more", "photos")
        self.photograph("photos.more", "photos")
        self.kiosk.tap("nav.back")
        self.kiosk.wait_for_screen("reply")

    def fill_up(self, receipt):
        """A ticket has eight photos of a kiosk: of the ninth it is said that there is no room, its words are saved, and
        nobody throws it away unasked."""
        kiosk = self.kiosk
        for _ in range(2):
            self.say("track.reply", MORE, before=self.show_three_photos)
            expect(NO_ROOM not in kiosk.read_value("track.said"), "there was room for it")
        replies = int(kiosk.read_value("track.replies"))
        self.say("track.reply", MORE, before=lambda: self.photograph("reply.photo", "reply"))
        expect(NO_ROOM in kiosk.read_value("track.said"), "nobody is told that the photo had no room")
        expect(int(kiosk.read_value("track.replies")) == replies + 1, "its words are not saved")
        kiosk.tap("nav.back")
        kiosk.wait_for("confirm.yes")
        kiosk.tap("confirm.yes")
        kiosk.wait_for_screen("home")
        self.open(receipt)

    def say(self, opens, words, before=lambda: None):
        self.tap_on_ticket(opens)
        self.kiosk.wait_for_screen("reply")
        before()
        self.kiosk.type(words)
        self.kiosk.tap("reply.save")
        self.kiosk.wait_for_screen("track.ticket")

    def all_arrived(self):
        wait_until(lambda: self.ctl.status()["unsent_events"] == 0 and self.ctl.status()["unsent_attachments"] == 0,
                   "what was said and shown does not arrive", ARRIVAL_SECONDS)

    def resolve(self, receipt, words):
        pic = self.web[PIC]
        pic.act(receipt.number, "follow-up", text=words)
        pic.act(receipt.number, "resolve", text=words)
        wait_until(lambda: self.ctl.tickets()[receipt.number]["status"] == RESOLVED,
                   "the kiosk does not hear that it is solved", ARRIVAL_SECONDS, 0.5)

    def survey(self):
        kiosk = self.kiosk
        kiosk.tap("home.rate")
        for element in range(SURVEY_ELEMENTS):
            kiosk.wait_for_screen("survey")
            kiosk.tap("survey.skip" if element == 3 else f"survey.{element % 4 + 1}")
        kiosk.wait_for_screen("survey.thanks")
        kiosk.tap("survey.done")
        kiosk.wait_for_screen("home")

    def run(self):
        receipt = self.file()
        wait_until(lambda: self.web[ADMIN].find(receipt.number), "the complaint does not arrive", ARRIVAL_SECONDS, 0.5)
        self.web[ADMIN].act(receipt.number, "verify")
        self.web[ADMIN].act(receipt.number, "assign", opd=OPD)

        self.open(receipt)
        self.say("track.reply", REPLY, before=self.show_two_photos)
        self.fill_up(receipt)
        self.leave()
        self.all_arrived()
        kept = [path for path in (self.centre.data / "blobs").rglob("*") if path.is_file()]
        expect(len(kept) == 16, f"eight photos and their previews are {len(kept)} files at the centre")
        page = self.web[PIC].act(receipt.number, "open")
        expect(REPLY in page.text, "the agency does not read what the resident wrote back")

        self.resolve(receipt, "Pipa sudah diganti.")
        expect(receipt.number not in self.web[REGENT].fetch("/regent").text, "a solved complaint is on the red list")
        self.open(receipt)
        self.say("track.reopen", NOT_SOLVED)
        expect(self.kiosk.read_value("track.status") != "resolved", "the kiosk still calls it solved")
        self.leave()
        self.all_arrived()
        expect(receipt.number in self.web[REGENT].fetch("/regent").text,
               "what was opened again does not lead the Regent's red list")
        page = self.web[PIC].act(receipt.number, "open")
        expect(NOT_SOLVED in page.text, "the agency does not read why it is not solved")

        self.resolve(receipt, "Pipa kedua juga diganti.")
        self.open(receipt)
        self.tap_on_ticket("track.rate")
        self.kiosk.wait_for_screen("rating")
        self.kiosk.tap("rating.4")
        self.kiosk.wait_for_screen("track.ticket")
        self.leave()
        self.survey()
        self.kiosk.tap("home.finish")
        self.kiosk.wait_for_screen("attract")
        self.all_arrived()
        self.ctl.verify()
        self.centre.verify()
        self.kiosk.quit()


def play(programs, folder, things):
    office = open_office(programs, folder, things, ["--headless", "--sample-camera"])
    people, _ = prepare_people(office.centre, folder / "logins.json")
    Thread(office, people).run()


if __name__ == "__main__":
    sys.exit(run(play))
