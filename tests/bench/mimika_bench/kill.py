"""kill -9 at random moments: what was shown as saved is there afterwards, and once."""

import random
import sqlite3
import subprocess
import threading
import time
from collections import Counter

from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed, closing_all, expect

ROUNDS = 200
ROUNDS_ON_SCREEN = 20  # of the kiosk as a whole, filing by touches; slower, so fewer
CENTRE_ROUNDS = 200
TICKETS_A_ROUND = 60
VERIFY_EVERY = 25


def kiosk_numbers(world):
    """Every ticket number the kiosk knows, with how often."""
    return Counter(ticket["number"] for ticket in world.ctl.run("tickets"))


def measure_kiosk_kills(bench):
    world = bench.world("kill-kiosk")
    chance = random.Random(bench.seed)
    shown = []
    with closing_all() as things:
        things.append(world)
        world.enrol()
        # First, while the journal is small: it is checked at every start, and these kiosks live three seconds at most.
        screen_rounds = bench.rounds(ROUNDS_ON_SCREEN)
        on_screen = [number for _ in range(screen_rounds) for number in file_by_touch_until_killed(world, chance)]
        expect(on_screen, "not one ticket was saved on the screen before its kiosk was killed; see kiosk-output.log")
        shown += on_screen
        lines = list(filings(200, seed=11))
        for turn in range(bench.rounds(ROUNDS)):
            filer = world.filer("--forever")
            filer.feed(lines)
            time.sleep(chance.uniform(0.002, 0.25))
            shown += [number for number, _ in filer.kill_and_read()]
            if turn % VERIFY_EVERY == VERIFY_EVERY - 1:
                world.ctl.verify()
        world.ctl.verify()
        known = kiosk_numbers(world)
        lost = sum(1 for number in shown if number not in known)
        duplicated = sum(count - 1 for count in known.values()) + sum(count - 1 for count in Counter(shown).values())
        # And all of it reaches the centre, once.
        world.ctl.run("sync")
        world.centre.verify()
        arrived = world.centre.status()["tickets"]["total"]
        expect(arrived == len(known), f"the kiosk has {len(known)} tickets, the centre {arrived}")
    more = {"rounds": bench.rounds(ROUNDS), "rounds_on_screen": screen_rounds, "saved": len(shown),
            "saved_on_screen": len(on_screen), "verify": "clean"}
    bench.report("kill.kiosk.lost", lost, "tickets", **more)
    bench.report("kill.kiosk.duplicated", duplicated, "tickets", **more)


def file_by_touch_until_killed(world, chance):
    """The numbers that stood on the receipt screen before the kiosk was killed."""
    kiosk = world.kiosk({}, "--headless")
    shown = []
    timer = threading.Timer(chance.uniform(0.3, 3.0), kiosk.process.kill)
    timer.start()
    try:
        while True:
            file_one_by_touch(kiosk, shown)
    except StepFailed:
        expect(kiosk.process.wait() == -9, "the kiosk failed before it was killed; see kiosk-output.log")
    finally:
        timer.cancel()
        kiosk.stop()
    return shown


def file_one_by_touch(kiosk, shown):
    if kiosk.read_value("screen") == "draft_lost":  # of the round before
        kiosk.tap("draft_lost.seen")
    kiosk.tap("attract.start")
    kiosk.tap("home.complaint")
    kiosk.tap("category.air")
    kiosk.tap("place.94.04.06.2002")
    kiosk.tap("nav.next")
    kiosk.wait_for_screen("story")
    kiosk.type("air mati sejak senin")
    kiosk.tap("nav.next")
    kiosk.tap("known.anonymous")
    kiosk.tap("nav.next")
    kiosk.tap("review.consent")
    kiosk.tap("review.save")
    kiosk.wait_for_screen("receipt")
    shown.append(kiosk.read_value("receipt.number"))
    kiosk.tap("receipt.written")
    kiosk.tap("receipt.done")
    kiosk.tap("home.finish")


def measure_centre_kills(bench):
    world = bench.world("kill-centre")
    chance = random.Random(bench.seed)
    lost = killed_during_ingest = 0
    filed = []
    rounds = bench.rounds(CENTRE_ROUNDS)
    with closing_all() as things:
        things.append(world)
        world.enrol()
        lines = list(filings(rounds * TICKETS_A_ROUND, seed=13))
        for turn in range(rounds):
            filer = world.filer()
            for line in lines[turn * TICKETS_A_ROUND:(turn + 1) * TICKETS_A_ROUND]:
                filed.append(filer.file(line)[0])
            filer.close()
            if world.centre.process is None:
                world.centre.start()
            sync = subprocess.Popen([world.ctl.program, "--data", world.ctl.data, "sync"], stdin=subprocess.DEVNULL,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.005, 0.2))
            killed_during_ingest += sync.poll() is None
            world.centre.kill()
            sync.wait()
            lost += max(0, kiosk_believes(world) - world.centre.acknowledged())
            if turn % VERIFY_EVERY == VERIFY_EVERY - 1:
                world.centre.verify()
        world.centre.start()
        world.ctl.run("sync")
        world.centre.verify()
        world.ctl.verify()
        numbers = centre_numbers(world)
        lost += sum(1 for number in filed if number not in numbers)
        twice = sum(count - 1 for count in numbers.values())
        expect(twice == 0, f"{twice} tickets are at the centre twice")
    bench.report("kill.central.lost", lost, "events", rounds=rounds, killed_during_ingest=killed_during_ingest,
                 tickets=len(filed), duplicated=twice, verify="clean")


def kiosk_believes(world):
    """How many of its events the kiosk holds for arrived."""
    status = world.ctl.status()
    return status["events"] - status["unsent_events"]


def centre_numbers(world):
    with sqlite3.connect(f"file:{world.centre.data / 'central.db'}?mode=ro", uri=True) as database:
        return Counter(number for (number,) in database.execute("SELECT number FROM ticket"))
