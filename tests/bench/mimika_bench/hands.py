"""What a person's hands feel: frames while they type and scroll, and how many touches each journey takes."""

import json
import subprocess
import sys
import time
from pathlib import Path

from mimika_bench.screen import display_of
from mimika_e2e.common import StepFailed, closing_all
from mimika_e2e.journeys import JOURNEYS

WIDTH, HEIGHT = 1920, 1080
MOVES_NAMES = ("ui.scroll_p99_ms_1920x1080", "ui.typing_p99_ms_1920x1080", "ui.animating_p99_ms_1920x1080")
TOUCHES_NAMES = tuple(journey.figure for journey in JOURNEYS)
PLAYED = Path(__file__).resolve().parents[2] / "e2e" / "journeys_test.py"
SAMPLES = 4096  # the kiosk keeps so many inputs (kiosk/app/frame_meter.h): what came before is forgotten then
PAGES_TURNED = 200
WATCHED_S = 0.3  # longer than a page fades
SENTENCE = "air di kampung kami tidak mengalir lagi sejak hari senin "


def frames(kiosk):
    return {"p50_ms": round(int(kiosk.read_value("debug.frame_p50_us")) / 1000, 2),
            "p99_ms": round(int(kiosk.read_value("debug.frame_p99_us")) / 1000, 2)}


def type_on(kiosk):
    """Letter by letter on the screen's keys, a press and a release each, until nothing else is remembered."""
    for target in ("attract.start", "home.complaint", "category.air", "place.94.04.06.2002", "nav.next"):
        kiosk.tap(target)
    kiosk.wait_for_screen("story")
    for _ in range(SAMPLES // (2 * len(SENTENCE)) + 1):
        kiosk.type(SENTENCE)
    told = frames(kiosk)
    kiosk.tap("nav.cancel")
    kiosk.tap("confirm.yes")
    kiosk.wait_for_screen("home")
    return told


def scroll_on(kiosk):
    """The list of kampung, which is longer than a page, down and up again by its keys."""
    for target in ("home.complaint", "category.air"):
        kiosk.tap(target)
    kiosk.wait_for_screen("place")
    for turn in range(SAMPLES // 2):
        kiosk.tap("places.down" if turn % 8 < 4 else "places.up")
    return frames(kiosk)


def turn_pages(kiosk):
    """Pages that fade into each other, and nobody who touches the screen meanwhile."""
    for _ in range(PAGES_TURNED // 2):
        kiosk.tap("home.complaint")
        time.sleep(WATCHED_S)
        kiosk.tap("nav.back")
        time.sleep(WATCHED_S)
    return {"frames": int(kiosk.read_value("debug.moving_frames")),
            "p50_ms": round(int(kiosk.read_value("debug.moving_p50_us")) / 1000, 2),
            "p99_ms": round(int(kiosk.read_value("debug.moving_p99_us")) / 1000, 2)}


def measure_moves(bench):
    world = bench.world("hands")
    with display_of(bench, WIDTH, HEIGHT) as (display, _), closing_all() as things:
        things.append(world)
        world.enrol()
        kiosk = world.kiosk(display.environment(), "--size", f"{WIDTH}x{HEIGHT}")
        things.append(kiosk)
        kiosk.wait_for_screen("attract")
        kiosk.tap("attract.start")
        kiosk.wait_for_screen("home")
        turned = turn_pages(kiosk)
        kiosk.tap("home.finish")
        kiosk.wait_for_screen("attract")
        typed = type_on(kiosk)
        scrolled = scroll_on(kiosk)
        kiosk.quit()
    for name, told in (("ui.scroll_p99_ms_1920x1080", scrolled), ("ui.typing_p99_ms_1920x1080", typed)):
        bench.report(name, told["p99_ms"], "ms", p50_ms=told["p50_ms"], limit_ms=16.7, inputs=SAMPLES,
                     renderer="software, X11")
    bench.report(MOVES_NAMES[2], turned["p99_ms"], "ms", p50_ms=turned["p50_ms"], limit_ms=16.7,
                 frames=turned["frames"], pages=PAGES_TURNED, renderer="software, X11")


def measure_touches(bench):
    result = subprocess.run([sys.executable, PLAYED, bench.programs], capture_output=True, text=True)
    if result.returncode != 0:
        raise StepFailed(f"a journey does not lead to its goal: {result.stderr[-2000:]}")
    for name, took in json.loads(result.stdout.splitlines()[-1]).items():
        bench.report(name, took.pop("touches"), "touches", **took, beside="typing and speaking")
