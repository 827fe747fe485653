"""Power cuts below a real file system: ext4 on a disk that writes down every write (tests/bench/block_disk.cc).

One run of the shipped programs gives a log; from it come many disks that a cut at a random moment might have left. Each
is mounted, as a kiosk does that is switched on, and must hold every filing that was said to be saved before the cut.
"""

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed, closing_all, expect, private_folder, wait_until
from mimika_e2e.kiosk import KioskCtl

DISK_BYTES = 64 << 20
RUNS = 4
CUTS_A_RUN = 80
DEAF_CUTS = 20  # the control: on a disk without regard for flushes something must be missing


def run(*command, **options):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, **options)
    if result.returncode != 0:
        raise StepFailed(f"{' '.join(map(str, command))} failed: {result.stderr.strip() or result.stdout.strip()}")
    return result


def missing_rights():
    """Why it cannot be done here, or nothing."""
    if os.geteuid() != 0:
        return "mounting needs root"
    return "".join(f"this machine has no {path}" for path in ("/dev/fuse", "/dev/loop-control")
                   if not Path(path).exists())


class Mounted:
    """The ext4 file system in `file`, through a loop device."""

    def __init__(self, file, folder, make=False):
        self.folder = private_folder(folder)
        self.loop = run("losetup", "--find", "--show", file).stdout.strip()
        self.mounted = False
        try:
            if make:
                run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", self.loop)
            run("mount", "-t", "ext4", self.loop, self.folder)
            self.mounted = True
        except StepFailed:
            self.stop()
            raise

    def stop(self):
        if self.mounted:
            run("umount", self.folder)
        run("losetup", "--detach", self.loop)


class RecordingDisk:
    """bench_block_disk as a process: `disk` to be mounted, `said` to speak into, and the log of both."""

    def __init__(self, program, folder, log):
        self.folder = private_folder(folder)
        self.process = subprocess.Popen([program, "serve", self.folder, str(DISK_BYTES), log],
                                        stdin=subprocess.DEVNULL)
        wait_until((self.folder / "disk").exists, "bench_block_disk does not mount its disk", 10, 0.02)

    def stop(self):
        run("umount", self.folder)
        self.process.wait(30)


class BlockBench:
    def __init__(self, bench):
        self.bench = bench
        self.chance = random.Random(bench.seed)
        self.program = bench.programs / "bench_block_disk"
        # In memory: what a disk loses is decided here, not by the one below.
        self.folder = Path(f"/dev/shm/mimika-bench-block-{os.getpid()}")
        self.lines = list(filings(400, seed=17))
        self.saved = self.lost = self.doubled = self.writes_open = 0
        self.words = []

    def stop(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def ctl(self, mounted):
        return KioskCtl(self.bench.programs / "mimika-kiosk-ctl", self.bench.assets, mounted.folder / "kiosk")

    def record_new_kiosk(self):
        """A kiosk of its own: a disk that had been another run's would be taken for a clone, as it should be."""
        world = self.bench.world("power-block")
        with closing_all() as things:
            things.append(world)
            world.enrol()
            return self.record(world)

    def record(self, world):
        """One run of a kiosk on the recording disk; the file of its log."""
        log = self.folder / "log"
        with closing_all() as things:
            disk = RecordingDisk(self.program, self.folder / "below", log)
            things.append(disk)
            mounted = Mounted(disk.folder / "disk", self.folder / "above", make=True)
            things.append(mounted)
            shutil.copytree(world.ctl.data, mounted.folder / "kiosk")
            run("sync", "--file-system", mounted.folder)
            for turn in range(4):
                self.file(mounted, disk, killed=turn == 2)
                if turn == 1:
                    self.ctl(mounted).run("sync")
        return log

    def file(self, mounted, disk, killed):
        with open(disk.folder / "said", "wb", buffering=0) as said:
            filer = subprocess.Popen([self.bench.programs / "bench_filer", mounted.folder / "kiosk",
                                      *(["--forever"] if killed else [])], stdin=subprocess.PIPE, stdout=said,
                                     text=True, env={**os.environ, "MIMIKA_ASSETS": str(self.bench.assets)})
            filer.stdin.write("".join(line + "\n" for line in self.chance.sample(self.lines, 60)))
            filer.stdin.close()
            if killed:
                time.sleep(0.25)
                filer.kill()
            expect(filer.wait(60) == (-9 if killed else 0), "bench_filer failed on the recording disk")

    def cut(self, log, deaf=False):
        """One disk as the power left it. Says what is missing, or nothing."""
        image = self.folder / "image"
        image.unlink(missing_ok=True)
        with open(image, "wb") as file:
            file.truncate(DISK_BYTES)
        made = run(self.program, "cut", log, image, self.chance.getrandbits(63), *(["deaf"] if deaf else []))
        self.writes_open += int(made.stderr)
        said = [line.split()[0] for line in made.stdout.split("\n")[:-1] if line != "ready"]
        try:
            with closing_all() as things:
                mounted = Mounted(image, self.folder / "after")
                things.append(mounted)
                ctl = self.ctl(mounted)
                ctl.verify()
                expect(not list((mounted.folder / "kiosk" / "journal").glob("*.damaged-*")), "a journal was set aside")
                known = [ticket["number"] for ticket in ctl.run("tickets")]
                missing = set(said) - set(known)
                fresh = ctl.run("file", text_in=self.lines[0])[0]["number"]
                twice = len(known) - len(set(known)) + (fresh in said) + (fresh in known)
        except StepFailed as problem:
            return len(said), set(said) or {"the disk"}, 0, str(problem)
        return len(said), missing, twice, f"{len(missing)} of {len(said)} are missing" if missing else ""


def measure_block_cuts(bench):
    why_not = missing_rights()
    if why_not:
        for name in ("power.block_cuts", "power.block_lost"):
            bench.report(name, None, "not measured", left_out=why_not)
        return
    begun = time.monotonic()
    block = BlockBench(bench)
    cuts = deaf_cuts = deaf_losing = 0
    with closing_all() as things:
        things.append(block)
        private_folder(block.folder)
        runs = bench.rounds(RUNS)
        for _ in range(runs):
            log = block.record_new_kiosk()
            for _ in range(CUTS_A_RUN):
                saved, missing, twice, words = block.cut(log)
                cuts += 1
                block.saved += saved
                block.lost += len(missing)
                block.doubled += twice
                block.words += [words] if words else []
        open_writes = block.writes_open
        for _ in range(DEAF_CUTS):
            deaf_cuts += 1
            deaf_losing += bool(block.cut(log, deaf=True)[1])
    more = {"saved_before_the_cuts": block.saved, "doubled": block.doubled, "words": block.words[:20], "runs": runs,
            "unflushed_writes_kept_per_cut": round(open_writes / cuts, 1), "file_system": "ext4",
            "control_flushes_ignored": {"cuts": deaf_cuts, "cuts_that_lost": deaf_losing},
            "seconds": round(time.monotonic() - begun, 1), "seed": bench.seed}
    bench.report("power.block_cuts", cuts, "power cuts", **more)
    bench.report("power.block_lost", block.lost, "tickets", **more)
