#!/usr/bin/env python3
"""Runs the centre and a kiosk together from one data folder. packaging/run and the tests come through here.

On a display: the kiosk opens in a window and the centre runs until it is closed. Without one, or with --headless: a
virtual display, and a whole session played by touches (mimika_e2e/story.py says what happens). Ends with status 0 only
if everything in it was true.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.centre import Centre  # noqa: E402
from mimika_e2e.common import StepFailed, choose_port, closing_all, private_folder  # noqa: E402
from mimika_e2e.display import VirtualDisplay, has_display  # noqa: E402
from mimika_e2e.kiosk import KioskCtl, KioskScript  # noqa: E402
from mimika_e2e.people import prepare_people  # noqa: E402
from mimika_e2e.story import DISTRICT, Story  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
# Quick to notice that the centre is back; a kiosk in the field asks once a minute.
KIOSK_CONFIG = """\
# Written once by packaging/run; change it as you like.
[sync]
poll_s = 2
"""


def tell(words):
    print(words, flush=True)


class Session:
    def __init__(self, arguments):
        self.arguments = arguments
        self.data = private_folder(arguments.data)
        self.logs = private_folder(self.data / "log")
        self.screenshots = private_folder(self.data / "screenshots")
        self.logins = self.data / "logins.json"
        programs = arguments.programs
        self.kiosk_program = programs / "mimika-kiosk"
        self.centre = Centre(programs / "mimika-central", arguments.assets, self.data / "central",
                             choose_port(arguments.port), self.logs / "central.log")
        self.ctl = KioskCtl(programs / "mimika-kiosk-ctl", arguments.assets, self.data / "kiosk")
        self.people = {}

    def prepare(self):
        """The centre's accounts and the kiosk's enrolment; what is there already stays."""
        self.people, made = prepare_people(self.centre, self.logins)
        config = self.ctl.data / "kiosk.toml"
        if not config.exists():
            config.write_text(KIOSK_CONFIG, encoding="utf-8")
        if self.ctl.is_enrolled():
            if self.ctl.point_at(self.centre.url):
                tell(f"The centre's usual port is taken; the kiosk now looks for it at {self.centre.url}.")
        else:
            ticket = self.data / "enrolment.json"
            self.centre.order_enrolment(DISTRICT, "Kantor Distrik Jila", ticket)
            enrolled = self.ctl.enrol(ticket)
            ticket.unlink()
            tell(f"A kiosk is enrolled for district {enrolled['district']} (Jila) as {enrolled['device_code']}.")
        return made

    def tell_logins(self, made):
        tell(f"The centre's pages: {self.centre.url}")
        tell("  (its certificate is signed by its own authority: "
             f"import {self.centre.ca_file} into the browser, or accept it once)")
        for person in self.people.values():
            shown = f"password {person.password}" if made else f"password in {self.logins}"
            tell(f"  {person.login:10} {person.full_name}, {shown}")

    def play(self, things):
        environment, options = dict(os.environ), []
        if self.arguments.no_display:
            options = ["--headless"]
        else:
            display = VirtualDisplay(1280, 800)
            things.append(display)
            environment = display.environment()
        kiosk = KioskScript(self.kiosk_program, self.ctl.data, self.arguments.assets, self.screenshots, environment,
                            self.logs / "kiosk-output.log", ["--size", self.arguments.size, *options])
        things.append(kiosk)
        story = Story(self.centre, kiosk, self.ctl, self.people, tell, time.strftime("%Y%m%d-%H%M%S"))
        receipts = story.run()
        kiosk.quit()
        tell("")
        tell(f"Tickets:      {', '.join(receipt.number for receipt in receipts)}")
        tell(f"Dashboard:    {self.centre.url} (runs again with packaging/run; logins in {self.logins})")
        tell(f"Screenshots:  {self.screenshots} ({len(story.pictures)} new)")
        tell("Everything that was to happen happened.")

    def open_window(self):
        environment = {**os.environ, "MIMIKA_ASSETS": str(self.arguments.assets)}
        tell("The kiosk opens in a window; closing it ends the centre as well.")
        with open(self.logs / "kiosk-output.log", "ab") as out:
            kiosk = subprocess.Popen([self.kiosk_program, "--data", self.ctl.data, "--size", self.arguments.size],
                                     stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment)
        try:
            status = kiosk.wait()
        except BaseException:
            kiosk.terminate()
            kiosk.wait()
            raise
        if status != 0:
            raise StepFailed(f"mimika-kiosk ended with status {status}; see {self.logs}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="where everything is kept; made if missing")
    parser.add_argument("--programs", type=Path, required=True, help="the folder of the three programs")
    parser.add_argument("--assets", type=Path, default=ROOT / "assets")
    parser.add_argument("--headless", action="store_true", help="play the session on a virtual display")
    parser.add_argument("--no-display", action="store_true", help="with --headless: without any display server")
    parser.add_argument("--port", type=int, default=8443, help="of the centre; another one when it is taken")
    parser.add_argument("--size", default="1280x800", help="of the kiosk's window")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    arguments.data = arguments.data.absolute()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    session = None
    try:
        session = Session(arguments)
        with closing_all() as things:
            things.append(session.centre)
            session.centre.start()
            made = session.prepare()
            session.tell_logins(made)
            if arguments.headless or not has_display():
                tell("")
                session.play(things)
            else:
                session.open_window()
        return 0
    except (StepFailed, subprocess.SubprocessError, OSError) as problem:
        print(f"\nThis went wrong: {problem}", file=sys.stderr)
        if session is not None:
            print(f"Logs: {session.logs} and {session.ctl.data / 'log'}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
