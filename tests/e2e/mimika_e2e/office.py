"""One centre and one kiosk of Jila, enrolled and running: what most tests begin with."""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mimika_e2e.centre import Centre
from mimika_e2e.common import StepFailed, choose_port, closing_all
from mimika_e2e.kiosk import KioskCtl, KioskScript
from mimika_e2e.story import DISTRICT

ASSETS = Path(__file__).resolve().parents[3] / "assets"


@dataclass
class Office:
    centre: Centre
    ctl: KioskCtl
    kiosk: KioskScript


def enrol(programs, folder, things, kiosk_folder):
    """A centre that runs, and a kiosk that knows it. `things` takes what is to be closed in the end."""
    centre = Centre(programs / "mimika-central", ASSETS, folder / "central", choose_port(0), folder / "central.log")
    things.append(centre)
    centre.start()
    ctl = KioskCtl(programs / "mimika-kiosk-ctl", ASSETS, kiosk_folder)
    ticket = folder / "enrolment.json"
    centre.order_enrolment(DISTRICT, "Kantor Distrik Jila", ticket)
    ctl.enrol(ticket)
    ticket.unlink()
    return centre, ctl


def start_kiosk(programs, folder, ctl, things, options=("--headless",), environment=None):
    kiosk = KioskScript(programs / "mimika-kiosk", ctl.data, ASSETS, folder / "screenshots",
                        {**os.environ, **(environment or {})}, folder / "kiosk-output.log", options)
    things.append(kiosk)
    return kiosk


def open_office(programs, folder, things, options=("--headless",), environment=None, config="[sync]\npoll_s = 1\n"):
    """`folder` keeps everything."""
    centre, ctl = enrol(programs, folder, things, folder / "kiosk")
    (ctl.data / "kiosk.toml").write_text(config, encoding="utf-8")
    kiosk = start_kiosk(programs, folder, ctl, things, options, environment)
    kiosk.wait_for_screen("attract")
    return Office(centre, ctl, kiosk)


def run(play):
    """`play(programs, folder, things)` with a folder of its own, as a program: its exit code, the logs when it failed."""
    with tempfile.TemporaryDirectory(prefix="mimika-e2e-") as folder:
        try:
            with closing_all() as things:
                play(Path(sys.argv[1]), Path(folder), things)
            return 0
        except StepFailed as problem:
            print(f"FAILED: {problem}", file=sys.stderr)
            for log in sorted(Path(folder).glob("*.log")):
                print(log.read_text(encoding="utf-8", errors="replace")[-3000:], file=sys.stderr)
            return 1
