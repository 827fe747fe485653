"""One centre and one kiosk of Jila, enrolled and running: what most tests begin with."""

import os
from dataclasses import dataclass
from pathlib import Path

from mimika_e2e.centre import Centre
from mimika_e2e.common import choose_port
from mimika_e2e.kiosk import KioskCtl, KioskScript
from mimika_e2e.story import DISTRICT

ASSETS = Path(__file__).resolve().parents[3] / "assets"


@dataclass
class Office:
    centre: Centre
    ctl: KioskCtl
    kiosk: KioskScript


def open_office(programs, folder, things, options=("--headless",), environment=None, config="[sync]\npoll_s = 1\n"):
    """`things` takes what is to be closed in the end; `folder` keeps everything."""
    centre = Centre(programs / "mimika-central", ASSETS, folder / "central", choose_port(0), folder / "central.log")
    things.append(centre)
    centre.start()
    ctl = KioskCtl(programs / "mimika-kiosk-ctl", ASSETS, folder / "kiosk")
    (ctl.data / "kiosk.toml").write_text(config, encoding="utf-8")
    ticket = folder / "enrolment.json"
    centre.order_enrolment(DISTRICT, "Kantor Distrik Jila", ticket)
    ctl.enrol(ticket)
    ticket.unlink()
    kiosk = KioskScript(programs / "mimika-kiosk", ctl.data, ASSETS, folder / "screenshots",
                        {**os.environ, **(environment or {})}, folder / "kiosk-output.log", options)
    things.append(kiosk)
    kiosk.wait_for_screen("attract")
    return Office(centre, ctl, kiosk)
