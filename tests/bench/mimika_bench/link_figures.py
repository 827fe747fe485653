"""Round trips of one synchronisation, and what a link brings that is there only now and then."""

import threading
import time
from contextlib import contextmanager

from mimika_bench.drain import COMPARED, MANY, file_many, sync_until_home
from mimika_e2e.common import StepFailed, closing_all, expect
from mimika_e2e.link import LossyLink

RTT_MS = 1000
RTT_NAMES = ("sync.rtt_cold", "sync.rtt_warm")
WINDOWS_NAME = "sync.windows_without_progress"
WINDOWS = ((10, 5),)  # seconds up and down
WINDOW_A_DAY = 60  # seconds
WINDOWS_MOST = 60
SAMPLE_SECONDS = 0.1


def measure_round_trips(bench):
    with closing_all() as things:
        link = LossyLink(bench.programs / "lossy_link", bench.seed)
        things.append(link)
        world = bench.world("round-trips", link)
        things.append(world)
        world.enrol()
        link.set(delay=RTT_MS / 2)
        file_many(world, 1, 7)
        syncer = world.syncer()
        things.append(syncer)
        for name, connections in zip(RTT_NAMES, (1, 0)):
            report = syncer.sync()
            expect(report["ok"] and report["connections"] == connections, f"not what {name} is about: {report}")
            bench.report(name, round(report["elapsed_ms"] / RTT_MS, 2), "RTT", rtt_ms=RTT_MS, calls=report["calls"],
                         up_bytes=report["socket_bytes_sent"], down_bytes=report["socket_bytes_received"])
            file_many(world, 1, 8)


class Timeline:
    """How many events the centre holds, over time."""

    def __init__(self, world):
        self.world, self.samples, self.ended = world, [], threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.begun = time.monotonic()
        self.thread.start()

    def watch(self):
        while not self.ended.wait(SAMPLE_SECONDS):
            self.samples.append((time.monotonic() - self.begun, self.world.stored_events()))

    def at(self, seconds):
        """The last count up to then."""
        return max((count for when, count in self.samples if when <= seconds), default=0)

    def stop(self):
        self.ended.set()
        self.thread.join()


@contextmanager
def waiting_kiosk(bench, name):
    """(link, world): a kiosk with MANY complaints at one end of the bad link, which is down."""
    with closing_all() as things:
        link = LossyLink(bench.programs / "lossy_link", bench.seed)
        things.append(link)
        world = bench.world(f"windows-{name}", link)
        things.append(world)
        world.enrol()
        file_many(world, MANY, 7)
        link.set(**COMPARED.settings())
        link.go_down()
        yield link, world
        world.centre.verify()
        expect(world.ctl.status()["unsent_events"] == 0, "not everything is home")


def drain_uninterrupted(bench):
    with waiting_kiosk(bench, "none") as (link, world), closing_all() as things:
        link.go_up()
        syncer = world.syncer()
        things.append(syncer)
        return sync_until_home(world, syncer)["seconds"]


def drain_in_windows(bench, up, down):
    """One process, a link that comes and goes."""
    with waiting_kiosk(bench, f"{up}-{down}") as (link, world), closing_all() as things:
        syncer = world.syncer()
        things.append(syncer)
        before = world.stored_events()
        timeline = Timeline(world)
        things.append(timeline)
        link.start_windows(up, down)
        cost = sync_until_home(world, syncer)
    whole, rest = divmod(cost["seconds"], up + down)
    edges = [before, *(timeline.at((number + 1) * (up + down)) for number in range(int(whole)))]
    return {"brought": differences(edges), "seconds_up": whole * up + min(rest, up),
            "failed_rounds": cost["rounds"] - 1, "records_sent_again": cost["records"] - cost["arrived"]}


def drain_in_days(bench, up):
    """A window a day: whatever the window before knew of the link, and its connection, is gone by the next."""
    edges, seconds_up = [], 0
    with waiting_kiosk(bench, f"{up}-a-day") as (link, world):
        edges.append(world.stored_events())
        for _ in range(WINDOWS_MOST):
            syncer = world.syncer()
            home = threading.Thread(target=quietly, args=(sync_until_home, world, syncer), daemon=True)
            begun = time.monotonic()
            link.go_up()
            home.start()
            home.join(up)
            took = time.monotonic() - begun
            link.go_down()
            syncer.process.kill()
            home.join()
            syncer.stop()
            seconds_up += took
            edges.append(world.stored_events())
            if world.ctl.status()["unsent_events"] == 0:
                return {"brought": differences(edges)[:-1], "seconds_up": seconds_up}
    raise StepFailed(f"more than {WINDOWS_MOST} windows of {up} s were needed")


def quietly(work, *arguments):
    """For a process that is killed at its work."""
    try:
        work(*arguments)
    except (StepFailed, BrokenPipeError):
        pass


def differences(edges):
    return [after - before for before, after in zip(edges, edges[1:])]


def measure_windows(bench):
    whole = drain_uninterrupted(bench)
    found = {f"up_{up}s_down_{down}s": drain_in_windows(bench, up, down) for up, down in WINDOWS}
    found[f"up_{WINDOW_A_DAY}s_a_day"] = drain_in_days(bench, WINDOW_A_DAY)
    for cost in found.values():
        cost["windows"] = len(cost["brought"]) + 1  # the one in which the last came home is not judged
        cost["ratio_to_uninterrupted"] = round(cost["seconds_up"] / whole, 2)
        cost["seconds_up"] = round(cost["seconds_up"], 1)
    without = sum(1 for cost in found.values() for brought in cost["brought"] if brought <= 0)
    bench.report(WINDOWS_NAME, without, "windows", complaints=MANY, uninterrupted_seconds=round(whole, 1), **found,
                 **COMPARED.words())
