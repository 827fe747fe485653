#!/usr/bin/env python3
"""trouble_test.py PROGRAM-FOLDER CASE: what a kiosk says, and keeps, when something is wrong with its machine.

Every case: the words stand on the screen and in the log, nothing that was saved is lost, and once the cause is gone one
touch goes on.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mimika_e2e.common import StepFailed, closing_all, expect, private_folder, wait_until  # noqa: E402
from mimika_e2e.display import VirtualDisplay  # noqa: E402
from mimika_e2e.kiosk import KioskScript  # noqa: E402
from mimika_e2e.office import ASSETS, enrol  # noqa: E402
from mimika_e2e.small_disk import SmallDisk  # noqa: E402
from mimika_e2e.story import CATEGORY, COMPLAINT, KAMPUNG, complain  # noqa: E402

FONTS = Path("/usr/share/fonts/opentype/inter")
SKIPPED = 77  # as ctest is told in CMakeLists.txt
FILING = {"kind": "complaint", "category": CATEGORY, "kampung": KAMPUNG, "confidentiality": "name_hidden", "story": COMPLAINT,
          "consent": True}


class Skipped(Exception):
    """This machine does not allow what the case needs."""


class Kiosk:
    """An enrolled kiosk with one ticket; its centre is gone, as on most days."""

    def __init__(self, programs, folder, things):
        self.programs, self.folder, self.things = programs, folder, things
        self.disk = SmallDisk(folder / "disk", "24m")
        things.append(self.disk)
        centre, self.ctl = enrol(programs, folder, things, self.disk.folder / "kiosk")
        centre.stop()
        self.ticket = self.ctl.run("file", "-", text_in=json.dumps(FILING))[0]["number"]

    @property
    def data(self):
        return self.ctl.data

    def needs_a_disk_of_its_own(self):
        if not self.disk.mounted:
            raise Skipped("no right to mount a file system")

    def start(self):
        script = KioskScript(self.programs / "mimika-kiosk", self.data, ASSETS, self.folder / "screenshots",
                             dict(os.environ), self.folder / "kiosk-output.log", ["--headless", "--size", "1280x800"])
        self.things.append(script)
        return script

    def output(self):
        return (self.folder / "kiosk-output.log").read_text(encoding="utf-8", errors="replace")

    def log(self):
        file = self.data / "log" / "kiosk.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def expect_problem(self, script, code, *words):
        """The problem's page, its code and every one of `words` in the technical line and in what was logged."""
        script.wait_for_screen("problem")
        shown = script.read_value("problem.code")
        logged = self.output() + self.log()
        expect(shown.startswith(code), f"the screen says '{shown}' instead of {code}")
        for word in words:
            expect(word in shown, f"the screen does not say '{word}': {shown}")
            expect(word in logged, f"the log does not say '{word}'")

    def expect_all_well(self, script):
        script.tap("problem.retry")
        script.wait_for_screen("attract")
        self.expect_ticket()
        script.quit()

    def expect_ticket(self):
        expect(self.ticket in self.ctl.tickets(), f"{self.ticket} was saved and is gone")
        self.ctl.verify()


# --- the cases

def broken_config(kiosk):
    config = kiosk.data / "kiosk.toml"
    for text, word in (("[sync]\npoll_s = \"often\"\n", "poll_s"), ("[sync\npoll_s = 2\n", "line 1"),
                       ("[sinc]\npoll_s = 2\n", "sinc")):
        config.write_text(text, encoding="utf-8")
        script = kiosk.start()
        kiosk.expect_problem(script, "KIOS-INVALID-INPUT", "kiosk.toml", word)
        expect(config.read_text(encoding="utf-8") == text, "the broken file was changed")
        config.write_text("[sync]\npoll_s = 2\n", encoding="utf-8")
        kiosk.expect_all_well(script)


def newer_database(kiosk):
    path = kiosk.data / "journal" / "journal.db"

    def set_version(change):
        with sqlite3.connect(path) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute(f"PRAGMA user_version = {version + change}")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    set_version(+100)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    script = kiosk.start()
    kiosk.expect_problem(script, "KIOS-NEWER-VERSION", "this program knows up to")
    expect(hashlib.sha256(path.read_bytes()).hexdigest() == before, "a newer program's database was changed")
    expect(not list(path.parent.glob("*.damaged-*")), "a newer program's database was set aside")
    set_version(-100)
    kiosk.expect_all_well(script)


def read_only_folder(kiosk):
    kiosk.needs_a_disk_of_its_own()
    expect(kiosk.disk.make_read_only(), "the disk cannot be made read-only")
    script = kiosk.start()
    kiosk.expect_problem(script, "KIOS-STORAGE-READ-ONLY", "journal")
    expect(kiosk.disk.make_writable(), "the disk cannot be made writable")
    kiosk.expect_all_well(script)


def file_complaint(script):
    """Up to the key that saves."""
    script.wait_for_screen("attract")
    script.tap("attract.start")
    script.wait_for_screen("home")
    complain(script)
    script.tap_in_list("review.consent", "review.down")
    script.tap("review.save")


def save_again(kiosk, script):
    """The same filing, by one touch and without typing anything again."""
    script.tap("review.save")
    script.wait_for_screen("receipt")
    number = script.read_value("receipt.number")
    script.quit()
    kept = kiosk.ctl.tickets()
    expect(number in kept and len(kept) == 2, f"{number} was called saved; the kiosk has {', '.join(kept)}")
    kiosk.expect_ticket()


def full_disk_while_filing(kiosk):
    kiosk.needs_a_disk_of_its_own()
    script = kiosk.start()
    script.wait_for_screen("attract")
    kiosk.disk.fill()
    file_complaint(script)
    script.wait_for_screen("save_failed")
    expect("storage_full" in kiosk.output(), "the log does not say that the storage is full")
    script.screenshot("full-disk")
    kiosk.disk.empty()
    save_again(kiosk, script)


def full_disk_at_start(kiosk):
    kiosk.needs_a_disk_of_its_own()
    kiosk.disk.fill()
    script = kiosk.start()
    kiosk.expect_problem(script, "KIOS-STORAGE-FULL")
    kiosk.disk.empty()
    kiosk.expect_all_well(script)


def damaged_font(kiosk):
    """The page in coarse letters, on a real window."""
    fonts = private_folder(kiosk.folder / "fonts")
    if not list(FONTS.glob("*.otf")):
        raise Skipped(f"the fonts are not in {FONTS}")
    for font in FONTS.glob("*.otf"):
        (fonts / font.name).write_bytes(b"no font")
    expect_last_words(kiosk, ["--fonts", str(fonts)], [], "cannot be read")


def missing_font(kiosk):
    """The same with no font at all: for this one process an empty folder stands where the fonts are."""
    empty = private_folder(kiosk.folder / "empty")
    hide = ["unshare", "--mount", "sh", "-c", f'mount --bind "{empty}" "{FONTS}" && exec "$@"', "sh"]
    if subprocess.run([*hide, "true"], stdin=subprocess.DEVNULL, capture_output=True).returncode != 0:
        raise Skipped("no right to hide the fonts")
    expect_last_words(kiosk, [], hide, "fonts are missing")


def expect_last_words(kiosk, options, before, word):
    display = VirtualDisplay(1280, 800)
    kiosk.things.append(display)
    program = subprocess.Popen(
        [*before, kiosk.programs / "mimika-kiosk", "--data", kiosk.data, "--size", "1280x800", *options],
        env={**display.environment(), "MIMIKA_ASSETS": str(ASSETS)}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        picture = kiosk.folder / "last-words.png"
        wait_until(lambda: letters_on(display, picture) > 5000, "no words come to the screen", 20, 0.3)
        if shots := os.environ.get("MIMIKA_SCREENSHOTS"):
            shutil.copy(picture, Path(shots) / f"last-words-{word.split()[0]}.png")
        expect(program.poll() is None, "the program ended before anyone could read its words")
        program.terminate()
        said = program.communicate(timeout=20)[1]
        expect(program.returncode == 1, f"the program ended with status {program.returncode}")
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()
    expect("Kios tidak bisa dibuka" in said and "The kiosk cannot open" in said, f"both languages should say it: {said}")
    expect(word in said and word in kiosk.log(), f"neither says '{word}': {said}")
    kiosk.expect_ticket()


def letters_on(display, picture):
    """How many pixels of the display are the white of letters."""
    subprocess.run(["import", "-window", "root", picture], env=display.environment(), check=True,
                   stdin=subprocess.DEVNULL, capture_output=True)
    count = subprocess.run(["convert", picture, "-fill", "black", "+opaque", "white", "-format", "%[fx:mean*w*h]", "info:"],
                           check=True, capture_output=True, text=True)
    return float(count.stdout)


CASES = (broken_config, newer_database, read_only_folder, full_disk_while_filing, full_disk_at_start, damaged_font,
         missing_font)


def main():
    programs, wanted = Path(sys.argv[1]), sys.argv[2]
    case = next(case for case in CASES if case.__name__ == wanted)
    with tempfile.TemporaryDirectory(prefix="mimika-trouble-") as folder, closing_all() as things:
        try:
            begun = time.monotonic()
            kiosk = Kiosk(programs, Path(folder), things)
            case(kiosk)
            print(f"{wanted}: as it should be ({time.monotonic() - begun:.1f} s)")
            return 0
        except Skipped as why:
            print(f"{wanted}: SKIPPED, {why}")
            return SKIPPED
        except (StepFailed, subprocess.SubprocessError, OSError) as problem:
            print(f"{wanted}: {problem}", file=sys.stderr)
            for log in sorted(Path(folder).rglob("*.log")):
                lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:]
                print(f"--- the end of {log.name}", *lines, sep="\n", file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
