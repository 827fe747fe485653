"""kill -9 at system calls: mimika-kiosk-ctl files and synchronises, and is killed at its nth call of a kind.

strace counts, and kills before the call is carried out. Every kind that changes a file, takes a lock or speaks to the
centre has its turn, at every n that an undisturbed run reaches, or at evenly spread ones where they are too many.
"""

import json
import re
import subprocess
import time
from collections import Counter

from mimika_bench.kill import centre_numbers, kiosk_believes
from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed, closing_all, expect

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "fcntl", "sendto", "recvfrom")
MOST_POINTS = 400
COUNT_LINE = re.compile(r"^(\d+) +(\w+)\(")


class KillPoints:
    def __init__(self, world):
        self.world = world
        self.line = next(filings(1, seed=23))
        self.saved = []
        self.struck = Counter()

    def traced(self, command, *strace_options):
        ctl = self.world.ctl
        return subprocess.run(["strace", "-f", "-qq", *strace_options, ctl.program, "--data", ctl.data, "--json",
                               *command], input=self.line, capture_output=True, text=True, timeout=120)

    def counted(self, command):
        """How often the busiest thread makes each call, when nobody disturbs it."""
        log = self.world.folder / "strace.log"
        result = self.traced(command, "-o", str(log), "-e", f"trace={','.join(CALLS)}")
        expect(result.returncode == 0, f"strace does not work here: {result.stderr[-500:]}")
        self.take(result)
        counts = Counter()
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            found = COUNT_LINE.match(line)
            if found:
                counts[found.groups()] += 1
        most = {}
        for (_, call), count in counts.items():
            most[call] = max(most.get(call, 0), count)
        return most

    def kill_at(self, command, call, nth):
        """Whether it came so far."""
        result = self.traced(command, "-o", "/dev/null", "-e", f"inject={call}:signal=SIGKILL:when={nth}")
        self.take(result)
        killed = result.returncode in (-9, 137)
        expect(killed or result.returncode == 0, f"killed at {call} {nth}, it failed instead: {result.stderr[-500:]}")
        self.struck[call] += killed
        return killed

    def take(self, result):
        """The filings that were said to be saved: whole lines only."""
        for line in result.stdout.split("\n")[:-1]:
            number = json.loads(line).get("number")
            self.saved += [number] if number else []


def points_of(counts, most):
    points = [(call, nth) for call, count in sorted(counts.items()) for nth in range(1, count + 1)]
    step = max(1.0, len(points) / most)
    return [points[int(index * step)] for index in range(int(len(points) / step))]


def measure_kill_points(bench):
    begun = time.monotonic()
    world = bench.world("power-kill-points")
    lost, doubled, ahead = set(), 0, 0
    with closing_all() as things:
        things.append(world)
        world.enrol()
        kills = KillPoints(world)
        for command in (["file", "-", "--repeat", "2"], ["sync"]):
            most = bench.rounds(MOST_POINTS) // 2
            for call, nth in points_of(kills.counted(command), most):
                if command[0] == "sync":
                    world.ctl.run("file", text_in=kills.line)
                kills.kill_at(command, call, nth)
                world.ctl.verify()
                known = Counter(ticket["number"] for ticket in world.ctl.run("tickets"))
                lost |= {number for number in kills.saved if number not in known}
                doubled = max(doubled, sum(count - 1 for count in known.values()))
                if command[0] == "sync":
                    ahead += max(0, kiosk_believes(world) - world.centre.acknowledged())
        doubled += sum(count - 1 for count in Counter(kills.saved).values())
        world.ctl.run("sync")
        world.centre.verify()
        at_centre = centre_numbers(world)
        doubled += sum(count - 1 for count in at_centre.values())
        lost |= {number for number in kills.saved if number not in at_centre}
    if not sum(kills.struck.values()):
        raise StepFailed("not one kill point was reached")
    bench.report("power.kill_points", sum(kills.struck.values()), "kill -9 at a system call", calls=dict(kills.struck),
                 saved=len(kills.saved), lost=len(lost), doubled=doubled, kiosk_ahead_of_centre=ahead, verify="clean",
                 seconds=round(time.monotonic() - begun, 1))
