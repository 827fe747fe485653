#!/usr/bin/env python3
"""scan_test.py PROGRAM-FOLDER: a receipt held before the camera finds its ticket; whatever else is held there is told.

  A resident files a complaint; the QR code of her receipt is cut out of the screen and put before the camera. By *Foto
  QR* her ticket stands on the screen without a letter typed; the code of the receipt is not in the QR, so what the agency
  wrote to her alone stays closed until she types it. Another holds up a secret complaint: the QR alone shows nothing of
  it. Then somebody holds up the label of a market stall, a torn receipt, and nothing: each is told in words what to do,
  and the number can still be typed. A file that is no picture is refused when the program starts, and one that becomes
  none is a camera that is broken, until it is mended."""

import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e import png  # noqa: E402
from mimika_e2e.centre_staff import answer_alone  # noqa: E402
from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.finger import Finger  # noqa: E402
from mimika_e2e.office import ASSETS, open_office, run  # noqa: E402
from mimika_e2e.people import prepare_people  # noqa: E402
from mimika_e2e.senses import Senses, qr_on_screen  # noqa: E402
from mimika_e2e.story import complain, file_complaint  # noqa: E402

FOREIGN = "QR ini bukan bukti kios. Pakai QR di bukti Anda."
UNREAD = "QR belum terbaca. Dekatkan, atau kembali dan ketik nomornya."
BROKEN = "Kamera rusak. Lanjut saja tanpa foto."
ALONE = "Petugas datang hari Kamis."
MARKET_STALL = (  # "PASAR SP1"
    "#######..##...#######",
    "#.....#..##.#.#.....#",
    "#.###.#..####.#.###.#",
    "#.###.#.....#.#.###.#",
    "#.###.#...#.#.#.###.#",
    "#.....#.##.##.#.....#",
    "#######.#.#.#.#######",
    "..........###........",
    "#..#.##.#.#..#.#.....",
    "##.....##.....##.##.#",
    "####..##.#..##...##..",
    "#..##...#.##...#.###.",
    "..###.#..#..#.#.#..##",
    "........##.#...#..#..",
    "#######..##..#..#.###",
    "#.....#.#..###.#.#.#.",
    "#.###.#...##..#.##..#",
    "#.###.#.#.##...##.###",
    "#.###.#..##.#...#.#.#",
    "#.....#......####.#.#",
    "#######.#..##....#...",
)


class Scans:
    def __init__(self, kiosk, senses):
        self.kiosk, self.senses = kiosk, senses

    def look(self, picture):
        """From the first screen to the camera, with `picture` before it."""
        self.senses.show(picture)
        finger = Finger(self.kiosk)
        finger.tap("attract.start", "home")
        finger.tap("home.track", "track.number")
        finger.tap("track.scan")

    def finds(self, receipt, picture, status):
        self.look(picture)
        self.kiosk.wait_for_screen("track.ticket")
        shown = self.kiosk.read_value("track.number")
        expect(shown == receipt.number, f"the QR of {receipt.number} leads to {shown}")
        status_shown = self.kiosk.read_value("track.status")
        expect(status_shown in status, f"{receipt.number} is shown as {status_shown}")

    def is_told(self, words, seconds=15):
        wait_until(lambda: self.kiosk.read_value("camera.state") == words, f"nobody is told '{words}'", seconds, 0.2)
        expect(self.kiosk.read_value("screen") == "track.scan", "the camera's page is gone")

    def types_instead(self, receipt):
        """Whoever cannot show it can still type it."""
        self.kiosk.tap("nav.back")
        self.kiosk.wait_for_screen("track.number")
        self.kiosk.type(receipt.number.replace("-", ""))
        self.kiosk.tap("track.search")
        self.kiosk.wait_for_screen("track.ticket")

    def leave(self):
        Finger(self.kiosk).leave()


def file_in_secret(kiosk):
    """As file_complaint(), and nobody but officers may know of it."""
    finger = Finger(kiosk)
    finger.tap("attract.start", "home")
    complain(kiosk)
    for page in ("contact", "known"):
        finger.tap("nav.back", page)
    kiosk.tap_in_list("known.secret", "known.down")
    finger.tap("nav.next", "contact")
    finger.tap("nav.next", "review")
    return finger.save()


def a_secret_shows_nothing(scans):
    receipt = file_in_secret(scans.kiosk)
    code = qr_on_screen(scans.kiosk)
    scans.leave()
    scans.finds(receipt, code, ("locked",))
    scans.leave()


def what_is_sealed_waits_for_the_code(scans, receipt, code):
    """The QR is on the receipt in clear, and whoever finds one on the floor can show it."""
    kiosk = scans.kiosk
    scans.finds(receipt, code, ("assigned", "in_progress", "verified", "arrived"))
    wait_until(lambda: kiosk.read_value("track.sealed") == "yes", "the screen never offers to open it", 60, 0.2)
    kiosk.tap("track.code")
    kiosk.wait_for_screen("track.code")
    kiosk.type(receipt.code)
    kiosk.tap("track.open")
    kiosk.wait_for_screen("track.ticket")
    expect(kiosk.read_value("track.reply") == ALONE, "what was written to her alone is not opened")
    scans.leave()


def what_is_no_receipt_is_told(scans, receipt, code):
    scans.look(png.from_letters(MARKET_STALL).enlarged(16))
    scans.is_told(FOREIGN)
    scans.types_instead(receipt)
    scans.leave()
    scans.look(code.cut_out(0, 0, code.width // 2, code.height))
    scans.is_told(UNREAD)
    scans.types_instead(receipt)
    scans.leave()
    scans.look(png.plain(64, 64, b"\x20\x60\x20"))
    scans.is_told(UNREAD)
    scans.types_instead(receipt)
    scans.leave()


def a_broken_camera_is_mended(scans, receipt, code):
    kiosk, file = scans.kiosk, scans.senses.camera
    scans.senses.show(code)
    whole = file.read_bytes()
    file.write_bytes(whole[:len(whole) // 2])
    for target, page in (("attract.start", "home"), ("home.track", "track.number"), ("track.scan", "track.scan")):
        kiosk.tap(target)
        kiosk.wait_for_screen(page)
    scans.is_told(BROKEN)
    scans.senses.show(code)
    kiosk.wait_for_screen("track.ticket")
    expect(kiosk.read_value("track.number") == receipt.number, "the mended camera finds another ticket")
    scans.leave()


def no_picture_is_refused(program, folder):
    """At the start, with the name of the file and what is wrong with it."""
    whole = folder / "whole.png"
    png.plain(64, 64).write(whole)
    cases = {
        "missing.png": (None, "missing.png"),
        "empty.png": (b"", "no PNG"),
        "words.png": (b"this is no picture, whatever its name says", "no PNG"),
        "cut.png": (whole.read_bytes()[:60], "broken"),
        "huge.png": (whole.read_bytes().replace(b"\0\0\0\x40" * 2, b"\0\1\0\0" * 2, 1), "4096 pixels"),
    }
    for name, (content, words) in cases.items():
        if content is not None:
            (folder / name).write_bytes(content)
        result = subprocess.run([program, "--data", folder / "nobody", "--assets", ASSETS, "--headless", "--script",
                                 "/dev/null", "--camera-picture", folder / name], capture_output=True, text=True, timeout=60)
        expect(result.returncode == 2, f"with {name} before the camera the program ends with {result.returncode}")
        expect(words in result.stderr and name in result.stderr, f"of {name} it says: {result.stderr}")


def play(programs, folder, things):
    no_picture_is_refused(programs / "mimika-kiosk", folder)
    senses = Senses(folder)
    office = open_office(programs, folder, things, senses.options, senses.environment)
    people, _ = prepare_people(office.centre, folder / "logins.json")
    scans = Scans(office.kiosk, senses)
    receipt = file_complaint(office.kiosk)
    code = qr_on_screen(office.kiosk)
    scans.leave()
    answer_alone(office.centre, people, receipt.number, ALONE)

    scans.finds(receipt, code, ("saved_here", "arrived", "verified", "assigned", "in_progress"))
    scans.leave()
    what_is_sealed_waits_for_the_code(scans, receipt, code)
    a_secret_shows_nothing(scans)
    what_is_no_receipt_is_told(scans, receipt, code)
    a_broken_camera_is_mended(scans, receipt, code)
    office.kiosk.quit()


if __name__ == "__main__":
    sys.exit(run(play))
