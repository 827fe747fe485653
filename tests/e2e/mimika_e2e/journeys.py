"""Every journey of a resident as a table: the least touches that lead to its goal, each with the pages it leads to.

Typing and speaking are not touches here; how many letters were typed is told beside them. A number and a receipt code,
where one is needed, are those of a complaint that was filed before (`given`)."""

import datetime
from dataclasses import dataclass

from mimika_e2e.common import expect
from mimika_e2e.finger import Finger

FADE_SECONDS = 0.16  # from one page to the next
SURVEY_ELEMENTS = 9
STORY = "air tidak keluar"
WIT = datetime.timezone(datetime.timedelta(hours=9))


def tap(target, *pages):
    return lambda finger, given: finger.tap(target, *pages)


def find(target, more, *pages):
    """May lie further down."""
    return lambda finger, given: finger.tap_in_list(target, more, *pages)


def write(words):
    """`words` with the number and the code of the receipt that is given."""
    def step(finger, given):
        known = {"number": given.number.replace("-", ""), "code": given.code} if given else {}
        finger.type(words.format(**known))
    return step


def wait_for_page(*pages):
    """It comes by itself."""
    return lambda finger, given: finger.arrive(*pages)


def speak(finger, given):
    finger.speak()


def photograph(opens, back_on):
    return lambda finger, given: finger.photograph(opens, back_on)


def save(finger, given):
    finger.save()


def days_ago(days):
    return (datetime.datetime.now(WIT) - datetime.timedelta(days=days)).strftime("%d%m%Y")


NIK, FAMILY_CARD = "9404065203950001", "9404060101200003"
HOME = (tap("attract.start", "home"),)
KNOWN_TO_RECEIPT = (tap("nav.next", "known"), tap("nav.next", "contact"), tap("nav.next", "review"), save)
COMPLAINT = (*HOME, tap("home.complaint", "category"), find("category.air", "category.down", "place"),
             find("place.94.04.06.2002", "places.down"), tap("nav.next", "story"))
NUMBER = (*HOME, tap("home.track", "track.number"), write("{number}"), tap("track.search", "track.searching", "track.ticket"))
THREAD = (*NUMBER, tap("track.code", "track.code"), write("{code}"), tap("track.open", "track.opening", "track.ticket"))
SCORE = ("saying", "track.ticket")


def idea(kind):
    return (*HOME, tap("home.ideas", "kind"), tap(f"kind.{kind}", "story"), write(STORY), *KNOWN_TO_RECEIPT)


def service(group, name, answers, papers):
    """A request with every question answered that must be, and one paper photographed or none."""
    steps = [*HOME, tap(f"home.{group}", "services"), find(f"service.{name}", "services.down", "service")]
    for answer in answers:
        steps += [tap("nav.next", "field"), write(answer)]
    steps.append(tap("nav.next", "papers"))
    if papers:
        steps.append(photograph("paper.1", "papers"))
    return (*steps, tap("nav.next", "review"), save)


def survey():
    steps = [*HOME, tap("home.rate", "survey")]
    steps += [tap(f"survey.{element % 4 + 1}", "survey") for element in range(SURVEY_ELEMENTS - 1)]
    return (*steps, tap("survey.4", "saying", "survey.thanks"))


# Of each group the service that asks least.
CIVIL = ("civil", "kk_baru_keluarga_baru", ("yulius magal", NIK, "", "kampung diloa", ""))
LICENSING = ("licensing", "pbg", ("yulius magal", NIK, "kampung diloa", "rumah", "081234567890"))
HEALTH = ("health", "faskes_alur", ("yulius magal", "kampung diloa", "obat malaria", ""))


@dataclass(frozen=True)
class Journey:
    name: str
    touches: int  # that it takes; more would be a loss for everybody, fewer a gain to be written down
    goal: str  # the page it ends on
    steps: tuple
    solved: bool = False  # only of a ticket that was called solved

    @property
    def figure(self):
        return f"ui.touches_to_{self.name}"


JOURNEYS = (
    Journey("receipt_complaint", 8, "receipt", (*HOME, tap("home.complaint", "category"), tap("category.speak", "voice"),
                                             speak, *KNOWN_TO_RECEIPT)),
    Journey("receipt_complaint_written", 10, "receipt", (*COMPLAINT, write(STORY), *KNOWN_TO_RECEIPT)),
    Journey("receipt_complaint_photo", 13, "receipt", (*COMPLAINT, photograph("story.photo", "story"), *KNOWN_TO_RECEIPT)),
    Journey("receipt_aspiration", 8, "receipt", idea("aspiration")),
    Journey("receipt_information", 8, "receipt", idea("information")),
    Journey("receipt_civil", 12, "receipt", service(*CIVIL, papers=False)),
    Journey("receipt_civil_papers", 15, "receipt", service(*CIVIL, papers=True)),
    Journey("receipt_licensing", 12, "receipt", service(*LICENSING, papers=False)),
    Journey("receipt_licensing_papers", 15, "receipt", service(*LICENSING, papers=True)),
    Journey("receipt_health", 11, "receipt", service(*HEALTH, papers=False)),
    Journey("receipt_health_papers", 14, "receipt", service(*HEALTH, papers=True)),
    Journey("ticket_by_number", 3, "track.ticket", NUMBER),
    Journey("ticket_by_qr", 3, "track.ticket", (*HOME, tap("home.track", "track.number"), tap("track.scan", "track.scan"),
                                             wait_for_page("track.searching", "track.ticket"))),
    Journey("reply", 7, "track.ticket", (*THREAD, tap("track.reply", "reply"), write("petugas belum datang"),
                                      tap("reply.save", "saying", "track.ticket"))),
    Journey("rating", 7, "track.ticket", (*THREAD, find("track.rate", "ticket.down", "rating"), tap("rating.4", *SCORE)),
            solved=True),
    Journey("reopening", 7, "track.ticket", (*THREAD, find("track.reopen", "ticket.down", "reply"),
                                          tap("reply.save", *SCORE)), solved=True),
    Journey("announcements", 2, "announcements", (*HOME, tap("home.announcements", "announcements"))),
    Journey("survey", 11, "survey.thanks", survey()),
)


def named(name):
    return next(journey for journey in JOURNEYS if journey.name == name)


def play(journey, kiosk, given=None):
    """From the first screen to the goal, and back. The finger that did it."""
    finger = Finger(kiosk)
    for step in journey.steps:
        step(finger, given)
    here = kiosk.read_value("screen")
    expect(here == journey.goal, f"{journey.name} ends on {here} instead of {journey.goal}")
    finger.leave()
    return finger


def figures_of(finger):
    return {"touches": finger.touches, "letters": finger.letters, "screens": finger.pages,
            "animation_s": round(finger.pages * FADE_SECONDS, 2)}
