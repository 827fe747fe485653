#!/usr/bin/env python3
"""announce_test.py PROGRAM-FOLDER: what the centre announces is read at the kiosk, on the days that it is for.

  Somebody looks at the announcements and there are none. Mimika Center publishes three: one for these days, one that
  needs no days, one that is over; while the page stands on the screen the first two appear on it. Files that no kiosk
  could read are refused where they are published, each with what is wrong with it, and nothing changes. Another district
  is told something of its own. Then one of the two is ended: it is gone from the screen, and the other stays. Without
  the centre what was announced is still there, also after the kiosk has been started again, and in English."""

import datetime
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.office import open_office, run, start_kiosk  # noqa: E402
from mimika_e2e.story import WIT  # noqa: E402

ARRIVAL_SECONDS = 30
ELSEWHERE = "94.04.01"
MOST = 20  # of one document
TITLE_BYTES = 120


def day(offset):
    return (datetime.datetime.now(WIT) + datetime.timedelta(days=offset)).strftime("%Y-%m-%d")


def announcement(title, english="", **days):
    words = {"id": title, **({"en": english} if english else {})}
    return {"title": words, "text": {"id": f"{title}: datang ke kantor distrik."}, **days}


HOLIDAY = ("Libur Natal", "Christmas holiday")
WATER = ("Air bersih di Jila", "Clean water in Jila")


class Announcer:
    """Who publishes at the centre, from files."""

    def __init__(self, centre, folder):
        self.centre, self.file = centre, folder / "announcements.json"

    def publish(self, content, *options, may_fail=False):
        if content is None:
            self.file.unlink(missing_ok=True)
        else:
            self.file.write_text(content if isinstance(content, str) else json.dumps({"announcements": content}),
                                 encoding="utf-8")
        return self.centre.run("document", "publish", "--kind", "announcements", "--file", str(self.file), *options,
                               may_fail=may_fail)

    def published(self):
        return self.centre.run("document", "list").stdout

    def must_refuse(self, content, words):
        before = self.published()
        refused = self.publish(content, may_fail=True)
        said = refused.stderr + refused.stdout
        expect(refused.returncode != 0, f"published although it should say '{words}'")
        expect(words in said, f"the refusal should say '{words}' and says: {said}")
        expect(self.published() == before, "a refused file has changed what is published")


def look(kiosk, start="attract.start"):
    kiosk.wait_for_screen("attract")
    kiosk.tap(start)
    kiosk.wait_for_screen("home")
    kiosk.tap("home.announcements")
    kiosk.wait_for_screen("announcements")


def must_read(kiosk, *titles):
    wanted = " | ".join(titles)
    wait_until(lambda: kiosk.read_value("announcements.titles") == wanted,
               f"the screen does not come to say '{wanted}'", ARRIVAL_SECONDS, 0.1)


def leave(kiosk):
    kiosk.tap("nav.back")
    kiosk.wait_for_screen("home")
    kiosk.tap("home.finish")
    kiosk.wait_for_screen("attract")


def nothing_bad_is_published(announcer):
    good = announcement("Libur")
    announcer.must_refuse(None, "announcements.json")
    announcer.must_refuse("", "not")
    announcer.must_refuse("Libur tanggal 24", "not")
    announcer.must_refuse('{"news": []}', "news")
    announcer.must_refuse([{**good, "color": "red"}], "color")
    announcer.must_refuse([good, {**good, "title": {"en": "Holiday"}}], "announcements[1].title")
    announcer.must_refuse([announcement("Libur", until="31 Desember")], "31 Desember")
    announcer.must_refuse([announcement("Libur", **{"from": day(3), "until": day(1)})], "it ends before it begins")
    announcer.must_refuse([announcement("a" * (TITLE_BYTES + 1))], "announcements[0].title.id")
    announcer.must_refuse([good] * (MOST + 1), "too many announcements")


def play(programs, folder, things):
    office = open_office(programs, folder, things)
    kiosk, announcer = office.kiosk, Announcer(office.centre, folder)
    look(kiosk)
    expect(kiosk.read_value("announcements.count") == "0", "something is announced before anybody announced it")

    these_days = announcement(*HOLIDAY, **{"from": day(-1), "until": day(0)})
    announcer.publish([these_days, announcement(*WATER), announcement("Pasar murah", until=day(-1)),
                       announcement("Imunisasi", **{"from": day(2)})])
    must_read(kiosk, HOLIDAY[0], WATER[0])
    nothing_bad_is_published(announcer)
    announcer.publish([announcement("Khusus Mimika Baru")], "--district", ELSEWHERE)
    expect("94.04.01" in announcer.published(), "what is for another district is not listed")

    announcer.publish([announcement(*HOLIDAY, until=day(-1)), announcement(*WATER)])
    must_read(kiosk, WATER[0])
    leave(kiosk)

    office.centre.stop()
    kiosk.quit()
    kiosk = start_kiosk(programs, folder, office.ctl, things)
    look(kiosk, "attract.lang.en")
    must_read(kiosk, WATER[1])
    kiosk.quit()


if __name__ == "__main__":
    sys.exit(run(play))
