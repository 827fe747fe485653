"""What the centre's staff does with a ticket, in their pages."""

from mimika_e2e.common import wait_until
from mimika_e2e.people import ADMIN, PIC
from mimika_e2e.story import OPD, RESOLVED
from mimika_e2e.web import CentralWeb

ARRIVAL_SECONDS = 60


def hand_over(centre, people, number):
    """Mimika Center checks it and hands it to PUPR. The browsers of both."""
    browsers = {}
    for login in (ADMIN, PIC):
        browsers[login] = CentralWeb(centre.url, centre.ca_file)
        browsers[login].log_in(people[login])
    wait_until(lambda: browsers[ADMIN].find(number), f"{number} does not arrive at the centre", ARRIVAL_SECONDS, 0.2)
    browsers[ADMIN].act(number, "verify")
    browsers[ADMIN].act(number, "assign", opd=OPD)
    return browsers


def answer_alone(centre, people, number, words):
    """PUPR writes to the person alone."""
    pic = hand_over(centre, people, number)[PIC]
    pic.act(number, "open")
    pic.act(number, "message", text=words)


def solve(centre, ctl, people, number):
    """PUPR calls it solved, and the kiosk has heard."""
    pic = hand_over(centre, people, number)[PIC]
    pic.act(number, "follow-up", text="Pipa diganti.")
    pic.act(number, "resolve", text="Air mengalir lagi.")
    wait_until(lambda: ctl.tickets()[number]["status"] == RESOLVED, "the kiosk does not hear that it is solved",
               ARRIVAL_SECONDS, 0.2)
