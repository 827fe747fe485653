#!/usr/bin/env python3
"""lossy_test.py PROGRAM-FOLDER: the bad network is as bad as it was asked to be, and no worse."""

import json
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "e2e"))

from mimika_e2e.common import StepFailed, closing_all, expect  # noqa: E402
from mimika_e2e.link import FAR, NO_RIGHT, LossyLink, NoRight  # noqa: E402

PORT = 9
PROBE = HERE / "probe.py"
HEADERS = 28  # of IP and UDP
# What a busy machine may add to a packet's way before the test blames the link.
SLACK_MS = 50


class Echo:
    def __init__(self, link):
        self.process = subprocess.Popen([*link.far, sys.executable, PROBE, "echo", str(PORT)], stdout=subprocess.PIPE,
                                        text=True)
        expect(self.process.stdout.readline().strip() == "ready", "the far end does not begin")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def send(link, count, size=100, spacing_ms=5, wait_ms=1500):
    """Round trips in ms by number, in the order of the numbers."""
    numbers = [str(number) for number in (count, size, spacing_ms, wait_ms)]
    result = subprocess.run([*link.near, sys.executable, PROBE, "send", FAR, str(PORT), *numbers], check=True,
                            capture_output=True, text=True, timeout=60)
    return dict(sorted((int(number), ms) for number, ms in json.loads(result.stdout).items()))


def median(values):
    return sorted(values)[len(values) // 2]


def delay_is_kept(link):
    link.set(delay=100)
    trips = send(link, 50)
    expect(len(trips) == 50, f"{50 - len(trips)} packets were lost on a link without loss")
    expect(min(trips.values()) >= 200, f"a packet came {200 - min(trips.values()):.2f} ms too early")
    middle = median(trips.values())
    expect(middle < 200 + SLACK_MS, f"the median round trip is {middle:.1f} ms, not 200")
    link.set(jitter=60)
    trips = send(link, 50, 70)
    expect(max(trips.values()) - min(trips.values()) > 40, "jitter does not show")
    expect(min(trips.values()) >= 200 and median(trips.values()) < 320 + SLACK_MS, "jitter is not within its bounds")
    link.set(delay=0, jitter=0)


def longest_gap(numbers, count):
    edges = [-1, *numbers, count]
    return max(after - before - 1 for before, after in zip(edges, edges[1:]))


def loss_is_kept(link):
    count = 1500
    link.set(up_loss=0.2)
    trips = send(link, count, spacing_ms=1, wait_ms=300)
    share = 1 - len(trips) / count
    expect(0.16 < share < 0.24, f"{share:.3f} were lost, not 0.2")  # four standard deviations
    single = longest_gap(list(trips), count)
    link.set(up_burst=10)
    trips = send(link, count, spacing_ms=1, wait_ms=300)
    share = 1 - len(trips) / count
    expect(0.08 < share < 0.32, f"{share:.3f} were lost in bursts, not 0.2")
    expect(longest_gap(list(trips), count) > 1.5 * single, "bursts are no longer than chance makes them")
    link.set(loss=0, burst=1)


def seed_repeats(program):
    came = []
    for _ in range(2):
        with closing_all() as things:
            link = LossyLink(program, seed=7, loss=0.3)
            things.append(link)
            things.append(Echo(link))
            came.append(list(send(link, 200, spacing_ms=1, wait_ms=200)))
    expect(came[0] == came[1], "the same seed lost other packets")


def rate_is_kept(link):
    # 40 packets of 1,000 bytes at 160 kbit/s: 50 ms each, two seconds for all of them.
    link.set(up_rate=160000, up_queue=100000)
    trips = send(link, 40, 1000 - HEADERS, 0, 3000)
    expect(len(trips) == 40, f"{40 - len(trips)} packets were lost in a queue that had room")
    expect(50 <= trips[0] < 50 + SLACK_MS, f"one packet took {trips[0]:.1f} ms of the line, not 50")
    expect(2000 <= trips[39] + 1 and trips[39] < 2000 + 2 * SLACK_MS, f"forty took {trips[39]:.0f} ms, not 2000")
    # A queue for ten, and twenty at once: the first is on the line, and counts until it has left.
    before = link.stats()["up"]["queue_dropped"]["packets"]
    link.set(up_queue=10000)
    trips = send(link, 20, 1000 - HEADERS, 0, 1200)
    dropped = link.stats()["up"]["queue_dropped"]["packets"] - before
    expect(len(trips) == 20 - dropped and 9 <= dropped <= 10, f"a queue for 10 of 20 packets dropped {dropped}")
    link.set(rate=0, queue=65536)


def switch_is_obeyed(link):
    link.go_down()
    expect(not send(link, 5, wait_ms=200), "packets came through a link that was down")
    link.go_up()
    expect(len(send(link, 5, wait_ms=200)) == 5, "the link does not come up again")
    # Up for 300 ms, down for 200: 1.5 s of a packet every 10 ms are three of each.
    link.start_windows(0.3, 0.2)
    begun = time.monotonic()
    trips = send(link, 150, spacing_ms=10, wait_ms=100)
    windows, took = link.stats()["windows"], time.monotonic() - begun
    link.go_up()
    expect(70 <= len(trips) <= 110, f"{len(trips)} of 150 came through windows of three fifths")
    expect(abs(windows - (1 + took // 0.5)) <= 1, f"{windows} windows in {took:.1f} s")
    expect(10 <= longest_gap(list(trips), 150) <= 30, "the windows do not close for 200 ms")


def figures_add_up(link):
    figures = link.stats()
    for way in ("up", "down"):
        expect(figures[way]["passed"]["packets"] > 0, f"nothing is counted {way}")
    came = figures["up"]["passed"]["packets"]
    went = sum(figures["down"][fate]["packets"] for fate in ("passed", "lost", "queue_dropped", "down_dropped"))
    expect(came == went, f"{came} packets came to the far end and {went} went back")
    return {way: figures[way]["worst_lateness_us"] for way in ("up", "down")}


def main():
    program = Path(sys.argv[1]) / "lossy_link"
    try:
        with closing_all() as things:
            link = LossyLink(program)
            things.append(link)
            things.append(Echo(link))
            for case in (delay_is_kept, loss_is_kept, rate_is_kept, switch_is_obeyed):
                begun = time.monotonic()
                case(link)
                print(f"{case.__name__}: as it should be ({time.monotonic() - begun:.1f} s)")
            print(f"worst lateness in microseconds: {figures_add_up(link)}")
        seed_repeats(program)
        return 0
    except NoRight as why:
        print(f"SKIPPED, {why}")
        return NO_RIGHT
    except (StepFailed, subprocess.SubprocessError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
