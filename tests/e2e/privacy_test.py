#!/usr/bin/env python3
"""privacy_test.py PROGRAM-FOLDER [--json]: nothing of anybody is left on a kiosk that has been used.

  Six people come, one after the other, and write words that nobody else uses. The first one complains, says it and
  shows it as well, leaves her name, has all of it read to her, and files; the second asks for a birth certificate; the
  first comes back, opens what PUPR wrote to her alone; a third gives up; a fourth, who has also spoken, goes away in the
  middle and the kiosk ends the visit; a fifth, who has spoken too, says that she has finished. After each of them the
  memory of the kiosk's process is read from end to end, and so are its files: none of their words may be there, nothing
  of what the microphone heard and the camera saw, and nothing of the files that were made of it. While they write, speak
  and show they must be, or the search would be worth nothing. Where the machine has ippeveprinter, the receipts go to
  paper.
"""

import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mimika_e2e import markers, media_markers  # noqa: E402
from mimika_e2e.centre import Centre  # noqa: E402
from mimika_e2e.centre_staff import answer_alone  # noqa: E402
from mimika_e2e.common import StepFailed, choose_port, closing_all, private_folder, wait_until  # noqa: E402
from mimika_e2e.finger import Finger  # noqa: E402
from mimika_e2e.kiosk import KioskCtl, KioskScript  # noqa: E402
from mimika_e2e.people import prepare_people  # noqa: E402
from mimika_e2e.printer import RealPrinter, tools_are_there  # noqa: E402
from mimika_e2e.senses import Senses  # noqa: E402
from mimika_e2e.story import CATEGORY, DISTRICT, KAMPUNG, SERVICE, Story  # noqa: E402

ASSETS = HERE.parents[1] / "assets"
SKIPPED = 77
IDLE_S, ANSWER_S = 120, 20
SECONDS_TO_BE_READ = 4.0  # some of it, from the synthesiser to the loudspeaker
SECONDS_TO_BE_HEARD = 1.0  # of what was said
SECONDS_TO_FORGET = 2.0  # the write-ahead log is moved into the database after each visit
CONFIG = "[sync]\npoll_s = 1\n"
# Everything the kiosk can write to, and what a printer keeps of its jobs. What came out of it is the person's.
OURS = ("kiosk", "screenshots", "temporary", "printer/spool")


class Kept:
    """What was planted, and what was found of it."""

    def __init__(self):
        self.markers, self.found, self.searches = {}, [], 0

    def plant(self, name, marker):
        self.markers[name] = marker
        return marker


class Visits:
    def __init__(self, kiosk, folder, kept, printer, media):
        self.kiosk, self.folder, self.kept, self.printer = kiosk, folder, kept, printer
        self.media = media  # a word for each thing that is heard and seen -> its markers
        self.pid = kiosk.process.pid

    # --- at the screen
    def write(self, text):
        """Letter by letter, so that no line of the script holds the word."""
        for letter in text:
            if letter == " ":
                self.kiosk.tap("keyboard.space")
            else:
                self.kiosk.type(letter)

    def begin(self):
        self.kiosk.wait_for_screen("attract")
        self.kiosk.tap("attract.start")
        self.kiosk.wait_for_screen("home")

    def must_be_found(self, *names):
        markers.expect_found(self.pid, {name: self.kept.markers[name] for name in names})

    def search(self, when):
        """Everybody's words, those of earlier people too."""
        time.sleep(SECONDS_TO_FORGET)
        hits = markers.find_in_memory(self.pid, self.kept.markers)
        hits += markers.find_in_process_files(self.pid, self.kept.markers)
        hits += markers.find_in_files([self.folder / place for place in OURS], self.kept.markers)
        self.kept.found += [{"when": when, **hit} for hit in hits]
        self.kept.searches += 1

    def must_come_in(self, thing):
        """What the microphone hears now, or the camera sees: not every way to write it down is used, nor at each
        moment."""
        wait_until(lambda: markers.find_in_memory(self.pid, self.media[thing]),
                   f"nothing of the {thing} is in memory while it comes in, so that looking later proves nothing", 20)

    # --- the people
    def say_and_show(self, name):
        """On the page of the story: a voice that is listened to, and a photo."""
        kiosk = self.kiosk
        Finger(kiosk).tap("story.voice", "voice")
        Finger(kiosk).speak(meanwhile=lambda: self.must_come_in("voice"))
        kiosk.tap("voice.play")
        time.sleep(SECONDS_TO_BE_HEARD)
        kiosk.tap("nav.back")
        kiosk.wait_for_screen("story")
        Finger(kiosk).photograph("story.photo", "story", meanwhile=lambda: self.must_come_in("picture"))
        held = media_markers.files_in_memory(self.pid, name)
        for kind in ("voice", "photo"):
            if not any(f".{kind} " in marker for marker in held):
                raise StepFailed(f"the {kind} is nowhere in memory while its person stands there")
        for marker, content in held.items():
            self.kept.plant(marker, content)

    def tell_of_the_water(self, name, said_and_shown=False):
        """Up to the review, with a word in each field."""
        kiosk, plant = self.kiosk, self.kept.plant
        self.begin()
        kiosk.tap("home.complaint")
        kiosk.wait_for_screen("category")
        kiosk.tap_in_list(f"category.{CATEGORY}", "category.down")
        kiosk.wait_for_screen("place")
        kiosk.tap_in_list(f"place.{KAMPUNG}", "places.down")
        kiosk.tap_in_list("place.landmark", "places.down")
        kiosk.wait_for_screen("landmark")
        self.write(plant(f"{name}.landmark", markers.new_word()))
        kiosk.tap("nav.next")
        kiosk.wait_for_screen("place")
        kiosk.tap("nav.next")
        kiosk.wait_for_screen("story")
        self.write(plant(f"{name}.story", markers.new_word(40)))
        if said_and_shown:
            self.say_and_show(name)
        kiosk.tap("nav.next")
        kiosk.wait_for_screen("known")
        kiosk.tap("known.name_hidden")
        kiosk.tap("nav.next")
        kiosk.wait_for_screen("contact")
        self.write(plant(f"{name}.name", markers.new_word()))
        kiosk.tap("contact.phone")
        self.write(plant(f"{name}.phone", "0812" + markers.new_digits(8)))
        self.must_be_found(*(f"{name}.{field}" for field in ("landmark", "story", "name", "phone")))
        kiosk.tap("nav.next")
        kiosk.wait_for_screen("review")

    def listen_to_it(self):
        """All of the page, with her own words; the code of the receipt as well."""
        kiosk = self.kiosk
        said = int(kiosk.read_value("debug.said"))
        kiosk.tap("tool.listen")
        wait_until(lambda: int(kiosk.read_value("debug.said")) > said, "the kiosk does not read the page", 10, 0.2)
        time.sleep(SECONDS_TO_BE_READ)

    def ask_for_a_certificate(self, name):
        kiosk, plant = self.kiosk, self.kept.plant
        self.begin()
        kiosk.tap("home.civil")
        kiosk.wait_for_screen("services")
        kiosk.tap_in_list(f"service.{SERVICE}", "services.down")
        kiosk.wait_for_screen("service")
        kiosk.tap("nav.next")
        answers = Story.answers_about_the_child()
        answers[0] = plant(f"{name}.child", markers.new_word())
        answers[4] = plant(f"{name}.nik", "940406520395" + f"{int(markers.new_digits(4)) % 9998 + 1:04}")
        for answer in answers:
            kiosk.wait_for_screen("field")
            self.write(answer)
            kiosk.tap("nav.next")
        kiosk.wait_for_screen("papers")  # photos of them are optional
        kiosk.tap("nav.next")
        kiosk.wait_for_screen("review")
        self.must_be_found(f"{name}.child", f"{name}.nik")

    def save(self, name, listened=False):
        kiosk = self.kiosk
        kiosk.tap_in_list("review.consent", "review.down")
        kiosk.tap("review.save")
        kiosk.wait_for_screen("receipt")
        number = kiosk.read_value("receipt.number")
        digits = re.sub(r"\D", "", kiosk.read_value("receipt.code"))
        self.kept.plant(f"{name}.code", digits)
        self.kept.plant(f"{name}.code, as it is read", " ".join(digits[i:i + 4] for i in range(0, 16, 4)))
        if listened:
            kiosk.tap("tool.listen")
            kiosk.wait_for_screen("speech")
            kiosk.tap("speech.again")
            kiosk.wait_for_screen("receipt")
            time.sleep(SECONDS_TO_BE_READ)
        if self.printer:
            # On paper, so that the slip was made, sent and overwritten as well.
            kiosk.tap("receipt.print")
            wait_until(lambda: kiosk.read_value("receipt.paper") == "printed", "the receipt is not printed", 60, 0.2)
            kiosk.tap("receipt.printed")
        else:
            kiosk.tap("receipt.written")
        kiosk.tap("receipt.done")
        kiosk.wait_for_screen("home")
        return number, digits

    def finish(self, when):
        self.kiosk.tap("home.finish")
        self.kiosk.wait_for_screen("attract")
        self.search(when)

    def open_what_was_sealed(self, number, code, answer):
        kiosk = self.kiosk
        self.begin()
        kiosk.tap("home.track")
        kiosk.wait_for_screen("track.number")
        self.write(number.replace("-", ""))
        kiosk.tap("track.search")
        kiosk.wait_for_screen("track.ticket")
        wait_until(lambda: kiosk.read_value("track.sealed") == "yes", "the screen never offers to open it", 60, 0.2)
        kiosk.tap("track.code")
        kiosk.wait_for_screen("track.code")
        self.write(code)
        kiosk.tap("track.open")
        kiosk.wait_for_screen("track.ticket")
        self.must_be_found(answer)
        kiosk.tap("nav.back")
        kiosk.wait_for_screen("track.number")
        kiosk.tap("nav.back")
        kiosk.wait_for_screen("home")


def visit(programs, folder, things, kept):
    centre = Centre(programs / "mimika-central", ASSETS, folder / "central", choose_port(0), folder / "central.log")
    things.append(centre)
    centre.start()
    people, _ = prepare_people(centre, folder / "logins.json")
    ctl = KioskCtl(programs / "mimika-kiosk-ctl", ASSETS, folder / "kiosk")
    printer = RealPrinter(folder / "printer") if tools_are_there() else None
    config = CONFIG
    if printer:
        things.append(printer)
        printer.start()
        config += f'[printer]\nuri = "{printer.uri}"\n'
    (ctl.data / "kiosk.toml").write_text(config, encoding="utf-8")
    ticket = folder / "enrolment.json"
    centre.order_enrolment(DISTRICT, "Kantor Distrik Jila", ticket)
    ctl.enrol(ticket)
    seed = os.urandom(8)
    voice, barcode = media_markers.Voice(seed), media_markers.Barcode(seed)
    media = {"voice": voice.markers("microphone"), "picture": barcode.markers("camera")}
    senses = Senses(folder, voice.samples())
    senses.see(barcode.picture())
    kiosk = KioskScript(programs / "mimika-kiosk", ctl.data, ASSETS, folder / "screenshots",
                        {**os.environ, "MIMIKA_MAY_BE_LOOKED_INTO": "1", **senses.environment,
                         "SDL_DISKAUDIOFILE": os.devnull, "TMPDIR": str(private_folder(folder / "temporary"))},
                        folder / "kiosk-output.log", senses.options)
    things.append(kiosk)
    kiosk.wait_for_screen("attract")
    if not markers.may_look_into(kiosk.process.pid):
        print("this machine does not let a test read the memory of a process", file=sys.stderr)
        return SKIPPED
    visits = Visits(kiosk, folder, kept, printer, media)
    for thing in media.values():
        for name, content in thing.items():
            kept.plant(name, content)
    visits.search("before anybody came")

    visits.tell_of_the_water("complaint", said_and_shown=True)
    visits.listen_to_it()
    number, code = visits.save("complaint", listened=True)
    visits.finish("a complaint was filed")

    visits.ask_for_a_certificate("service")
    visits.save("service")
    visits.finish("a service was asked for")

    answer = kept.plant("the answer for her alone", markers.new_word(30))
    answer_alone(centre, people, number, answer)
    visits.open_what_was_sealed(number, code, "the answer for her alone")
    visits.finish("a sealed answer was read")

    visits.tell_of_the_water("given up")
    kiosk.tap("nav.cancel")
    kiosk.wait_for("confirm.yes")
    kiosk.tap("confirm.yes")
    kiosk.wait_for_screen("home")
    visits.finish("a complaint was given up")

    visits.tell_of_the_water("went away", said_and_shown=True)
    kiosk.wait_for_screen("attract", IDLE_S + ANSWER_S + 20)
    visits.search("somebody went away")

    visits.tell_of_the_water("finished", said_and_shown=True)
    while kiosk.read_value("screen") != "home":
        kiosk.tap("nav.back")
    kiosk.tap("home.finish")
    kiosk.wait_for("confirm.yes")
    kiosk.tap("confirm.yes")
    kiosk.wait_for_screen("attract")
    visits.search("somebody said that she had finished")
    kiosk.quit()
    kept.found += [{"when": "the kiosk has ended", **hit}
                   for hit in markers.find_in_files([folder / place for place in OURS], kept.markers)]
    return 0


def main():
    kept = Kept()
    with tempfile.TemporaryDirectory(prefix="mimika-privacy-") as folder, closing_all() as things:
        try:
            status = visit(Path(sys.argv[1]), Path(folder), things, kept)
        except StepFailed as problem:
            print(problem, file=sys.stderr)
            return 1
    if status != 0:
        return status
    if "--json" in sys.argv:
        print(json.dumps({"planted": len(kept.markers), "searches": kept.searches, "found": kept.found}))
        return 0
    for hit in kept.found:
        print("left behind:", json.dumps(hit), file=sys.stderr)
    return 1 if kept.found else 0


if __name__ == "__main__":
    sys.exit(main())
