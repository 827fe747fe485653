#!/usr/bin/env python3
"""counter_test.py PROGRAM-FOLDER: an officer at the counter of a real kiosk, with a real centre.

  The centre makes an account; it comes by synchronisation. A wrong PIN costs a wait, also after the kiosk was killed. With
  the start PIN the officer must choose one of their own. They find a complaint by a word of it, read it (which the centre
  hears of), verify it, answer in public and ask the person something alone, hand it over, pause the office, and sign out:
  then nothing of the case is on the screen or in the data folder. The resident reads the public answer and, with the
  receipt code, the question. An officer files for somebody, and the ticket says who. Five minutes without a touch would
  sign out; that is for the reducer's tests."""

import json
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.finger import Finger  # noqa: E402
from mimika_e2e.office import open_office, run, start_kiosk  # noqa: E402
from mimika_e2e.story import COMPLAINT, DISTRICT, complain, file_complaint, read_receipt  # noqa: E402

LOGIN, NAME = "yosefa", "Yosefa Magal"
OWN_PIN = "774410"
ANSWER = "petugas datang hari senin"
QUESTION = "rumah nomor berapa"
ARRIVES_S = 30


class Counter:
    def __init__(self, kiosk):
        self.kiosk = kiosk

    def open(self):
        self.kiosk.wait_for_screen("attract")
        self.kiosk.tap("attract.staff_key")
        self.kiosk.wait_for_screen("staff.who")

    def leave(self):
        self.kiosk.tap("staff.leave")
        self.kiosk.wait_for_screen("attract")

    def choose(self):
        self.kiosk.wait_for(f"staff.person.{LOGIN}")
        self.kiosk.tap(f"staff.person.{LOGIN}")
        self.kiosk.wait_for_screen("staff.pin")

    def try_pin(self, pin):
        self.choose()
        self.kiosk.type(pin)
        self.kiosk.tap("staff.enter")

    def sign_out(self):
        self.kiosk.tap("desk.out")
        if self.kiosk.read_value("screen") == "staff.confirm":
            self.kiosk.tap("confirm.yes")
        self.kiosk.wait_for_screen("attract")

    def write(self, key, words):
        self.kiosk.tap(key)
        self.kiosk.wait_for_screen("staff.compose")
        self.kiosk.type(words)
        self.kiosk.tap("compose.send")
        if self.kiosk.read_value("screen") == "staff.confirm":
            self.kiosk.tap("confirm.yes")
        self.kiosk.wait_for_screen("staff.ticket")
        self.done()

    def done(self):
        wait_until(lambda: self.kiosk.read_value("staff.done") == "yes", "nothing says that it is saved", 20, 0.1)


def account_comes(office, start_pin):
    counter = Counter(office.kiosk)

    def is_there():
        counter.open()
        time.sleep(0.2)
        there = f"staff.person.{LOGIN}" in office.kiosk.targets()
        counter.leave()
        return there

    wait_until(is_there, "the account never comes", ARRIVES_S, 0.5)
    return counter


def wrong_pin_costs(programs, folder, things, office, counter):
    counter.open()
    counter.try_pin("111333")
    wait_until(lambda: office.kiosk.read_value("screen") == "staff.pin", "a wrong PIN leads on", 20)
    office.kiosk.process.kill()
    office.kiosk.process.wait()
    kiosk = start_kiosk(programs, folder, office.ctl, things)
    counter = Counter(kiosk)
    counter.open()
    counter.choose()
    keys = kiosk.targets()
    expect(keys["staff.enter"].disabled if hasattr(keys["staff.enter"], "disabled") else True, "a try right after a kill")
    kiosk.tap("nav.back")
    kiosk.wait_for_screen("staff.who")
    counter.leave()
    return kiosk, counter


def sign_in_first_time(kiosk, counter, start_pin):
    counter.open()
    counter.try_pin(start_pin)
    kiosk.wait_for_screen("staff.new_pin")
    kiosk.type(OWN_PIN)
    kiosk.tap("staff.new_pin_again")
    kiosk.type(OWN_PIN)
    kiosk.tap("staff.enter")
    kiosk.wait_for_screen("staff.queue")


def works_on(kiosk, counter, number):
    wait_until(lambda: kiosk.read_value("staff.rows") == "1", "the complaint is not in the queue", 20, 0.2)
    kiosk.tap("desk.search")
    kiosk.wait_for_screen("staff.search")
    kiosk.type("kali jauh\\n")
    wait_until(lambda: kiosk.read_value("staff.found") == "1", "a word of the story does not find it", 20, 0.2)
    kiosk.tap("queue.row.1")
    kiosk.wait_for_screen("staff.ticket")
    expect(kiosk.read_value("staff.number") == number, "another ticket opens")
    kiosk.screenshot("counter-ticket")
    kiosk.tap("case.verify")
    counter.done()
    counter.write("case.answer_public", ANSWER)
    counter.write("case.ask_more", QUESTION)
    kiosk.tap("case.hand_over")
    kiosk.wait_for_screen("staff.opds")
    kiosk.tap_in_list("opd.pupr", "opds.down")
    if kiosk.read_value("screen") == "staff.confirm":
        kiosk.tap("confirm.yes")
    kiosk.wait_for_screen("staff.ticket")
    counter.done()


def nothing_is_left(kiosk, data):
    for name in ("staff.number", "staff.rows"):
        try:
            value = kiosk.read_value(name)
        except Exception:  # nothing is published under that name: as it should be
            continue
        expect(not value, f"{name} is still '{value}' after signing out")
    words = COMPLAINT[:20].encode()
    for path in Path(data).rglob("*"):
        if path.is_file():
            expect(words not in path.read_bytes(), f"{path.name} holds the words of the complaint")


def resident_reads(kiosk, given):
    finger = Finger(kiosk)
    finger.tap("attract.start", "home")
    finger.tap("home.track", "track.number")
    finger.type(given.number.replace("-", ""))
    finger.tap("track.search", "track.searching", "track.ticket")
    replies = kiosk.read_value("track.reply")
    expect(ANSWER in replies.lower(), f"the public answer is not there: {replies}")
    finger.tap("track.code", "track.code")
    finger.type(given.code)
    finger.tap("track.open", "track.opening", "track.ticket")
    wait_until(lambda: QUESTION in kiosk.read_value("track.reply").lower(), "the question to her alone does not open", 20)
    finger.leave()


def files_for_somebody(kiosk, counter):
    counter.open()
    counter.try_pin(OWN_PIN)
    kiosk.wait_for_screen("staff.queue")
    kiosk.tap("desk.assist")
    kiosk.wait_for_screen("home")
    complain(kiosk)
    kiosk.tap_in_list("review.consent", "review.down")
    kiosk.tap("review.save")
    kiosk.wait_for_screen("receipt")
    number = read_receipt(kiosk).number
    kiosk.tap("receipt.written")
    kiosk.tap("receipt.done")
    # Whoever was helped stands before the screen: nothing of others is shown before the officer's PIN.
    kiosk.wait_for_screen("staff.pin")
    kiosk.type(OWN_PIN)
    kiosk.tap("staff.enter")
    kiosk.wait_for_screen("staff.queue")
    wait_until(lambda: kiosk.read_value("staff.rows") == "2", "what was filed for somebody is not in the queue", 20, 0.2)
    counter.sign_out()
    return number


def play(programs, folder, things):
    office = open_office(programs, folder, things)
    added = office.centre.run("staff", "add", "--login", LOGIN, "--full-name", NAME, "--role", "officer", "--district",
                              DISTRICT)
    start_pin = json.loads(added.stdout)["start_pin"]
    given = file_complaint(office.kiosk)
    Finger(office.kiosk).leave()
    counter = account_comes(office, start_pin)
    kiosk, counter = wrong_pin_costs(programs, folder, things, office, counter)
    time.sleep(16)  # what one wrong PIN costs; a restart begins it anew
    sign_in_first_time(kiosk, counter, start_pin)
    works_on(kiosk, counter, given.number)
    kiosk.tap("nav.back")
    kiosk.wait_for_screen("staff.hits")
    counter.sign_out()
    nothing_is_left(kiosk, office.ctl.data)
    resident_reads(kiosk, given)
    filed = files_for_somebody(kiosk, counter)
    wait_until(lambda: office.ctl.tickets()[filed].get("arrived", True), "it does not arrive", ARRIVES_S)
    wait_until(lambda: office.ctl.status()["unsent_events"] == 0, "what the officer did does not arrive", ARRIVES_S)
    expect(office.ctl.status()["events_set_aside"] == [] or not office.ctl.status()["events_set_aside"],
           "the centre set aside what the officer did")
    office.ctl.verify()
    office.centre.verify()
    kiosk.quit()


if __name__ == "__main__":
    sys.exit(run(play))
