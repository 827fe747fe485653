#!/usr/bin/env python3
"""journeys_test.py PROGRAM-FOLDER: every journey of a resident leads to its goal with the touches that its table counts.

  A complaint is filed, and its QR code put before the camera. Then each journey of mimika_e2e/journeys.py is played from
  the first screen to its goal: whatever can be filed, and whatever the complaint's number, QR code and receipt code
  open. In between the agency calls the complaint solved, so that it can be rated and opened again. Ends in one JSON
  object: of each figure its touches, letters, screens and seconds of animation."""

import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e import journeys  # noqa: E402
from mimika_e2e.centre_staff import solve  # noqa: E402
from mimika_e2e.common import expect  # noqa: E402
from mimika_e2e.finger import Finger  # noqa: E402
from mimika_e2e.office import open_office, run  # noqa: E402
from mimika_e2e.people import prepare_people  # noqa: E402
from mimika_e2e.senses import Senses, qr_on_screen  # noqa: E402
from mimika_e2e.story import RESOLVED, file_complaint  # noqa: E402


def play(programs, folder, things):
    senses = Senses(folder)
    office = open_office(programs, folder, things, senses.options, senses.environment)
    people, _ = prepare_people(office.centre, folder / "logins.json")
    given = file_complaint(office.kiosk)
    senses.show(qr_on_screen(office.kiosk))
    Finger(office.kiosk).leave()

    def played(solved):
        return {journey.figure: journeys.figures_of(journeys.play(journey, office.kiosk, given))
                for journey in journeys.JOURNEYS if journey.solved == solved}

    figures = played(solved=False)
    solve(office.centre, office.ctl, people, given.number)
    figures |= played(solved=True)
    for journey in journeys.JOURNEYS:
        touches = figures[journey.figure]["touches"]
        expect(touches == journey.touches, f"{journey.name} takes {touches} touches and not {journey.touches}")
    expect(office.ctl.tickets()[given.number]["status"] != RESOLVED, "what was opened again is still called solved")
    office.kiosk.quit()
    return figures


if __name__ == "__main__":
    sys.exit(run(lambda *place: print(json.dumps(play(*place)))))
