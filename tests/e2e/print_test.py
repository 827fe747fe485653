#!/usr/bin/env python3
"""print_test.py PROGRAM-FOLDER CASE: a receipt goes to paper, by touch, through the programs as they are and a real
IPP printer.

  paper          a complaint is filed, print is touched, and the page bears the QR code that stood on the screen.
  no_paper       the roll is empty: the kiosk says so before anybody touches print, to everybody who comes.
  gone           the printer was switched off: the kiosk says so, and the receipt is kept in another way.
  left           somebody goes on while the printer holds their page: it is taken back within seconds.
  walked_away    the printer holds a page and its person walks away: it is given up, and never printed.
  stopped        somebody thinks better of it.
  power_cut      the kiosk dies while the printer holds a page: its next life takes it back before anybody comes.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mimika_e2e.common import StepFailed, closing_all, expect, wait_until  # noqa: E402
from mimika_e2e.kiosk import KioskScript  # noqa: E402
from mimika_e2e.office import ASSETS, enrol  # noqa: E402
from mimika_e2e.printer import RealPrinter, raster_to_picture, read_qr, tools_are_there  # noqa: E402
from mimika_e2e.story import file_complaint  # noqa: E402

SKIPPED = 77
IDLE_S, ANSWER_S = 120, 20
SECONDS_TO_PRINT = 40
SECONDS_TO_TAKE_BACK = 15
SECONDS_UNTIL_GIVEN_UP = 90  # a minute for the page, and the way there and back
SECONDS_OF_QUIET = 3  # after the trouble is over, a page that still waits would come out


class Office:
    """An enrolled kiosk beside a printer. The centre is gone, as on most days."""

    def __init__(self, programs, folder, things):
        self.programs, self.folder, self.things = programs, folder, things
        self.printer = RealPrinter(folder / "printer")
        things.append(self.printer)
        self.printer.start()
        centre, self.ctl = enrol(programs, folder, things, folder / "kiosk")
        centre.stop()
        (self.ctl.data / "kiosk.toml").write_text(f'[printer]\nuri = "{self.printer.uri}"\n', encoding="utf-8")
        self.start()

    def start(self):
        self.kiosk = KioskScript(self.programs / "mimika-kiosk", self.ctl.data, ASSETS, self.folder / "screenshots",
                                 dict(os.environ), self.folder / "kiosk-output.log", ["--headless"])
        self.things.append(self.kiosk)
        self.kiosk.wait_for_screen("attract")

    # --- at the screen
    def file(self):
        """Up to the receipt; the number on it."""
        return file_complaint(self.kiosk).number

    def paper(self):
        """How the paper is doing, as the screen says it."""
        return self.kiosk.read_value("receipt.paper")

    def wait_for_paper(self, state, seconds=SECONDS_TO_PRINT):
        wait_until(lambda: self.paper() == state, f"the screen does not come to say {state} of the paper, but "
                   f"{self.paper()}", seconds, 0.1)

    def finish(self, kept):
        kiosk = self.kiosk
        kiosk.tap(kept)
        kiosk.tap("receipt.done")
        kiosk.wait_for_screen("home")
        kiosk.tap("home.finish")
        kiosk.wait_for_screen("attract")

    # --- at the printer
    def expect_taken_back(self, seconds=SECONDS_TO_TAKE_BACK):
        wait_until(lambda: not self.printer.holds_a_job(), "the printer still holds the page", seconds, 0.2)
        self.expect_nothing_comes()

    def expect_nothing_comes(self):
        """Somebody puts the printer right, and nothing of an earlier person comes out."""
        self.printer.put_right()
        wait_until(self.printer.rests, "the printer does not come to rest")
        time.sleep(SECONDS_OF_QUIET)
        expect(not self.printer.printed(), "a page came out after its person had gone")

    def print_held(self):
        self.printer.hold()
        self.kiosk.tap("receipt.print")
        self.wait_for_paper("printing")
        wait_until(self.printer.holds_a_job, "the printer never gets the page")


# --- the cases

def paper(office):
    kiosk = office.kiosk
    number = office.file()
    on_screen = read_qr(kiosk.screenshot("receipt"))
    expect(on_screen.startswith("MK1:" + number), f"the code on the screen reads '{on_screen}'")
    kiosk.tap("receipt.print")
    office.wait_for_paper("printed")
    pages = office.printer.printed()
    expect(len(pages) == 1, f"{len(pages)} pages came out")
    picture = office.folder / "page.pgm"
    raster_to_picture(pages[0], picture)
    on_paper = read_qr(picture)
    expect(on_paper == on_screen, f"on paper the code reads '{on_paper}', on the screen '{on_screen}'")
    genuine = office.ctl.run("receipt", "check", on_paper)[0]
    expect(genuine["genuine"] and genuine["number"] == number, f"the printed receipt is checked as {genuine}")
    kiosk.tap("receipt.done")
    expect(kiosk.read_value("screen") == "receipt", "the receipt is left though nobody said that the paper came out")
    kiosk.screenshot("receipt-printed")
    office.finish("receipt.printed")
    expect(len(office.printer.printed()) == 1, "another page came out")


def no_paper(office):
    office.file()
    office.printer.trouble("media-empty-error")
    office.kiosk.tap("receipt.print")
    office.wait_for_paper("paper_out")
    office.finish("receipt.written")
    # The next person is told before they touch anything.
    office.file()
    office.wait_for_paper("paper_out")
    office.kiosk.screenshot("receipt-no-paper")
    office.finish("receipt.photographed")
    office.expect_taken_back()


def gone(office):
    number = office.file()
    office.printer.stop()
    office.kiosk.tap("receipt.print")
    office.wait_for_paper("offline")
    office.kiosk.screenshot("receipt-no-printer")
    office.finish("receipt.written")
    expect(number in office.ctl.tickets(), f"{number} was saved and is gone")


def left(office):
    office.file()
    office.print_held()
    office.finish("receipt.written")
    office.expect_taken_back()


def walked_away(office):
    office.file()
    office.print_held()
    # The printer gets a minute; then the kiosk takes the page back and says so, to whoever still stands there.
    office.wait_for_paper("stuck", SECONDS_UNTIL_GIVEN_UP)
    expect(not office.printer.holds_a_job(), "the screen says that the page was taken back, and it was not")
    office.kiosk.wait_for_screen("attract", IDLE_S + ANSWER_S + 20)
    office.expect_nothing_comes()


def stopped(office):
    office.file()
    office.print_held()
    office.kiosk.tap("receipt.print.stop")
    office.wait_for_paper("cancelled", SECONDS_TO_TAKE_BACK)
    office.expect_taken_back()
    # It can be asked for again.
    office.kiosk.tap("receipt.print")
    office.wait_for_paper("printed")
    expect(len(office.printer.printed()) == 1, "the page that was asked for again did not come out once")
    office.finish("receipt.printed")


def power_cut(office):
    office.file()
    # What was saved is called so a moment after the receipt stands there; before that the next life begins with a word on it.
    mark = office.ctl.data / "unfinished"
    wait_until(lambda: not mark.exists(), "a saved visit is still called unfinished", 20)
    office.print_held()
    office.kiosk.stop()
    expect(office.printer.holds_a_job(), "the page was gone before the next life of the kiosk")
    office.start()
    office.expect_taken_back(30)


CASES = {case.__name__: case for case in (paper, no_paper, gone, left, walked_away, stopped, power_cut)}


def main():
    if not tools_are_there() or not shutil.which("zbarimg"):
        print("this machine has no ippeveprinter or no zbarimg", file=sys.stderr)
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="mimika-print-") as folder, closing_all() as things:
        try:
            CASES[sys.argv[2]](Office(Path(sys.argv[1]), Path(folder), things))
        except StepFailed as problem:
            print(problem, file=sys.stderr)
            for name in ("kiosk-output.log", "printer/printer.log"):
                log = Path(folder) / name
                if log.exists():
                    print(re.sub(r"(?m)^", "  ", log.read_text(errors="replace")[-3000:]), file=sys.stderr)
            return 1
        if keep := os.environ.get("MIMIKA_TEST_PICTURES"):
            for picture in [*Path(folder).glob("screenshots/*.png"), *Path(folder).glob("*.pgm")]:
                shutil.copy(picture, keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
