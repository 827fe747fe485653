"""Start, memory, idle and frames: the kiosk on a virtual display, beside Chromium where there is something to compare."""

import subprocess
import time
from contextlib import contextmanager

from mimika_bench.chromium import Chromium
from mimika_bench.framebuffer import Framebuffer, wait_for
from mimika_bench.world import cpu_ns, pss_kib
from mimika_e2e.common import StepFailed, closing_all, expect, private_folder, wait_until
from mimika_e2e.display import VirtualDisplay

START_RUNS = 7
CHROMIUM_RUNS = 3
PATIENCE = 60
IDLE_SECONDS = 30
PAINTED = 0.95
SETTLE_SECONDS = 5
SIZES = ((1280, 800), (1920, 1080))


def median(samples):
    return sorted(samples)[len(samples) // 2]


@contextmanager
def display_of(bench, width, height):
    """A fresh virtual display and its picture."""
    folder = private_folder(bench.folder / "framebuffer")
    with closing_all() as things:
        display = VirtualDisplay(width, height, folder)
        things.append(display)
        framebuffer = Framebuffer(folder)
        try:
            yield display, framebuffer
        finally:
            framebuffer.close()


# --- start and memory, against Chromium in the same run

def kiosk_start_ms(bench, world):
    """From exec until the picture is on the display and the program says it can be touched, whichever is later."""
    with display_of(bench, 1280, 800) as (display, framebuffer):
        environment = {**display.environment(), "MIMIKA_ASSETS": str(world.assets), "MIMIKA_REPORT_FIRST_FRAME": "1",
                       "MIMIKA_MAY_BE_LOOKED_INTO": "1"}
        started = time.monotonic()
        kiosk = subprocess.Popen(
            [world.programs / "mimika-kiosk", "--data", world.ctl.data, "--size", "1280x800"], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            painted = wait_for(lambda: framebuffer.share_painted() > PAINTED, PATIENCE)
            expect(painted is not None, "the kiosk's first frame never reached the display")
            expect(kiosk.stdout.readline().strip() == b"first-frame", "the kiosk did not report its first frame")
            return (max(painted, time.monotonic()) - started) * 1000
        finally:
            kiosk.kill()
            kiosk.wait()


def chromium_start(bench, profile, settle):
    """(milliseconds until the page is on the display, PSS in KiB some seconds later)"""
    with display_of(bench, 1280, 800) as (display, framebuffer), closing_all() as things:
        browser = Chromium(display, profile)
        things.append(browser)
        shown = wait_for(lambda: browser.shows_page(framebuffer), PATIENCE)
        expect(shown is not None, "Chromium never showed the page")
        time.sleep(settle)
        return (shown - browser.started) * 1000, pss_kib(browser.process.pid)


def kiosk_pss_kib(bench, world):
    """On the home screen, with the eight tiles up and everything settled."""
    with display_of(bench, 1280, 800) as (display, _), closing_all() as things:
        kiosk = world.kiosk(display.environment(), "--size", "1280x800")
        things.append(kiosk)
        kiosk.wait_for_screen("attract")
        kiosk.tap("attract.start")
        kiosk.wait_for_screen("home")
        time.sleep(SETTLE_SECONDS)
        memory = pss_kib(kiosk.process.pid)
        kiosk.quit()
        return memory


def measure_start(bench):
    if not Chromium.is_there():
        raise StepFailed("chromium is not installed; packaging/install-dependencies brings it")
    world = bench.world("start")
    profile = bench.folder / "chromium-profile"
    with closing_all() as things:
        things.append(world)
        world.enrol()
        # Once each without counting: a profile to make, files to bring into memory.
        kiosk_start_ms(bench, world)
        chromium_start(bench, profile, 2)
        kiosk_ms, chromium_ms, chromium_pss = [], [], []
        for turn in range(START_RUNS):
            kiosk_ms.append(kiosk_start_ms(bench, world))
            if turn < CHROMIUM_RUNS:
                took, memory = chromium_start(bench, profile, SETTLE_SECONDS)
                chromium_ms.append(took)
                chromium_pss.append(memory)
        kiosk_pss = [kiosk_pss_kib(bench, world) for _ in range(CHROMIUM_RUNS)]
    bench.report("kiosk.start_ratio_to_chromium", round(median(kiosk_ms) / median(chromium_ms), 3), "ratio",
                 kiosk_ms=round(median(kiosk_ms)), chromium_ms=round(median(chromium_ms)), runs=START_RUNS,
                 chromium_runs=CHROMIUM_RUNS)
    bench.report("kiosk.pss_ratio_to_chromium", round(median(kiosk_pss) / median(chromium_pss), 3), "ratio",
                 kiosk_mib=round(median(kiosk_pss) / 1024, 1), chromium_mib=round(median(chromium_pss) / 1024, 1))


# --- idle

def measure_idle(bench):
    world = bench.world("idle")
    with display_of(bench, 1280, 800) as (display, _), closing_all() as things:
        things.append(world)
        world.enrol()
        kiosk = world.kiosk(display.environment(), "--size", "1280x800")
        things.append(kiosk)
        kiosk.wait_for_screen("attract")
        wait_until(lambda: kiosk.read_value("debug.unsent_events") == "0", "the kiosk does not come to rest", 60, 1)
        time.sleep(SETTLE_SECONDS)
        # The clock on the screen redraws once a minute: the seconds between two of its frames are what is measured.
        wait_until(lambda: 3 <= time.time() % 60 <= 25, "no quiet part of a minute", 90, 0.2)
        frames = int(kiosk.read_value("debug.frames"))
        time.sleep(1)
        before, begun = cpu_ns(kiosk.process.pid), time.monotonic()
        time.sleep(IDLE_SECONDS)
        busy, lasted = cpu_ns(kiosk.process.pid) - before, time.monotonic() - begun
        drawn = int(kiosk.read_value("debug.frames")) - frames
        # And over a change of the minute: exactly the clock's own frame.
        wait_until(lambda: time.time() % 60 >= 55, "the minute does not end", 90, 0.2)
        frames = int(kiosk.read_value("debug.frames"))
        time.sleep(10)
        at_minute = int(kiosk.read_value("debug.frames")) - frames
        kiosk.quit()
    bench.report("kiosk.idle_frames_30s", drawn, "frames", frames_at_a_change_of_the_minute=at_minute)
    bench.report("kiosk.idle_cpu_percent", round(busy / 1e9 / lasted * 100, 4), "% of one core",
                 cpu_ms=round(busy / 1e6, 2), seconds=round(lasted, 1), centre="reachable")


# --- frames

def measure_frames(bench):
    for width, height in SIZES:
        world = bench.world("frames")
        with display_of(bench, width, height) as (display, _), closing_all() as things:
            things.append(world)
            world.enrol()
            kiosk = world.kiosk(display.environment(), "--size", f"{width}x{height}")
            things.append(kiosk)
            visit(kiosk)  # fills the caches of letters and pictures, as the first visitor of a day does
            first = {share: int(kiosk.read_value(f"debug.frame_{share}_us")) / 1000 for share in ("p50", "p99")}
            for _ in range(4):
                visit(kiosk)
            samples = int(kiosk.read_value("debug.input_frames"))
            p50, p99 = (int(kiosk.read_value(f"debug.frame_{share}_us")) / 1000 for share in ("p50", "p99"))
            kiosk.quit()
        bench.report(f"kiosk.frame_p99_ms_{width}x{height}", round(p99, 2), "ms", p50_ms=round(p50, 2),
                     limit_ms=16.7, inputs=samples, first_visit_p50_ms=round(first["p50"], 2),
                     first_visit_p99_ms=round(first["p99"], 2), renderer="software, X11")


def visit(kiosk):
    """Every screen of a complaint up to the review, with forty letters typed; then everything given up."""
    kiosk.wait_for_screen("attract")
    for target in ("attract.start", "home.complaint", "category.air", "place.94.04.06.2002", "nav.next"):
        kiosk.tap(target)
    kiosk.wait_for_screen("story")
    kiosk.type("air di kampung kami tidak mengalir lagi")
    kiosk.tap("nav.next")
    kiosk.tap("known.open")
    kiosk.tap("known.anonymous")
    kiosk.tap("nav.next")
    kiosk.wait_for_screen("review")
    kiosk.tap("review.consent")
    kiosk.tap("nav.cancel")
    kiosk.tap("confirm.yes")
    kiosk.wait_for_screen("home")
    kiosk.tap("home.finish")
    kiosk.wait_for_screen("attract")
