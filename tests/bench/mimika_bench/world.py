"""A centre and an enrolled kiosk of their own for one measurement, and what the measurements share."""

import json
import os
import platform
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from mimika_e2e.centre import Centre
from mimika_e2e.common import StepFailed, choose_port, private_folder
from mimika_e2e.kiosk import KioskCtl, KioskScript
from mimika_e2e.link import FAR
from mimika_e2e.story import DISTRICT

CENTRE_DEVICE = 1  # the centre's own journal stands beside those of the kiosks


class World:
    def __init__(self, programs, assets, folder, kiosk_config="", link=None):
        """With a LossyLink the kiosk is on its near side and the centre on its far one."""
        self.programs, self.assets = Path(programs), Path(assets)
        self.folder = Path(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        private_folder(self.folder)
        host, inside = (FAR, link.far) if link else ("127.0.0.1", ())
        self.near = link.near if link else ()
        self.centre = Centre(self.programs / "mimika-central", assets, self.folder / "central", choose_port(0),
                             self.folder / "central.log", host, inside)
        self.ctl = KioskCtl(self.programs / "mimika-kiosk-ctl", assets, self.folder / "kiosk", self.near)
        (self.ctl.data / "kiosk.toml").write_text(kiosk_config, encoding="utf-8")

    def enrol(self):
        """Leaves the centre running and the kiosk in step with it."""
        self.centre.start()
        ticket = self.folder / "ticket.json"
        self.centre.order_enrolment(DISTRICT, "Benchmark", ticket)
        self.ctl.enrol(ticket)
        self.ctl.run("sync")

    def filer(self, *options):
        return Filer(self.programs / "bench_filer", self.ctl.data, self.assets, options)

    def syncer(self):
        return Syncer(self.programs / "bench_syncer", self.ctl.data, self.near)

    def kiosk(self, environment, *options):
        return KioskScript(self.programs / "mimika-kiosk", self.ctl.data, self.assets, self.folder / "screenshots",
                           environment, self.folder / "kiosk-output.log", options)

    def stored_events(self):
        """How many events of kiosks the centre holds at this moment, acknowledged or not; asked beside the centre."""
        with closing(sqlite3.connect(f"file:{self.centre.data / 'central.db'}?mode=ro", uri=True)) as database:
            return database.execute("SELECT count(*) FROM event WHERE device <> ?", (CENTRE_DEVICE,)).fetchone()[0]

    def stop(self):
        self.centre.stop()


class Filer:
    """tests/bench/filer.cc as a process."""

    def __init__(self, program, data, assets, options):
        self.process = subprocess.Popen([program, data, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env={**os.environ, "MIMIKA_ASSETS": str(assets)})
        if self.process.stdout.readline().strip() != "ready":
            raise StepFailed("bench_filer did not start")

    def file(self, line):
        """(number, event key) of one filing."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self):
        words = self.process.stdout.readline().split()
        if len(words) != 2:
            raise StepFailed("bench_filer ended")
        return words[0], words[1]

    def feed(self, lines):
        self.process.stdin.write("".join(line + "\n" for line in lines))
        self.process.stdin.close()

    def kill_and_read(self):
        """Ends it at once and returns every filing it had said was saved: whole lines only."""
        self.process.kill()
        text = self.process.stdout.read()
        self.process.wait()
        return [tuple(line.split()) for line in text.split("\n")[:-1]]

    def close(self):
        self.process.stdin.close()
        if self.process.wait(60) != 0:
            raise StepFailed("bench_filer failed")


class Syncer:
    """tests/bench/syncer.cc as a process: one connection, one batch size, until it is closed."""

    def __init__(self, program, data, inside=()):
        self.process = subprocess.Popen([*inside, program, data], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        if self.process.stdout.readline().strip() != "ready":
            raise StepFailed("bench_syncer did not start")

    def sync(self, command="sync"):
        """What the rounds did, also when they failed: "ok" says it."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise StepFailed("bench_syncer ended")
        return json.loads(line)

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:  # in a call that nobody waits for any more
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def machine():
    """The machine, as a reader of the numbers needs it: no names, no addresses."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"^model name\s*:\s*(.+)$", info, re.MULTILINE)
    release = Path("/etc/os-release").read_text(encoding="utf-8")
    system = re.search(r'^PRETTY_NAME="(.+)"$', release, re.MULTILINE)
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    return {
        "cpu": model.group(1).strip() if model else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory.group(1)) / 2**20),
        "system": system.group(1) if system else platform.system(),
    }


def percentile(samples, share):
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def process_tree(root):
    """The process and everything below it."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def pss_kib(root):
    """Proportional set size over a process tree."""
    total = 0
    for pid in process_tree(root):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE).group(1))
    return total


def cpu_ns(root):
    """Time on a processor of every thread of a process tree, from the scheduler."""
    total = 0
    for pid in process_tree(root):
        for task in Path(f"/proc/{pid}/task").glob("*"):
            try:
                total += int((task / "schedstat").read_text(encoding="utf-8").split()[0])
            except OSError:
                continue
    return total
