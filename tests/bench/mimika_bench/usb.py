"""The pull-the-stick test: a stick that is pulled at a random byte, in the middle of an export and of an import.

The stick is a real file system (ext4 and, where the kernel has it, FAT32; exFAT through exfat-fuse) on the disk of
tests/bench/block_disk.cc. After so many bytes every call is an I/O error, and what was not flushed is kept in part, torn
and out of order, as flash does it. The shipped programs run on it. After every pull what lay on the stick before must lie
there, the same job is run again to its end, and the centre's desk takes the stick; in the end every event that residents'
filings made must be at the centre, once.
"""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

from mimika_bench.block import Mounted, missing_rights, run
from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed, closing_all, expect, private_folder, wait_until
from mimika_e2e.kiosk import KioskCtl

USB_NAMES = ("usb.interruptions", "usb.lost")
INTERRUPTIONS = 300
STICK_BYTES = {"ext4": 24 << 20, "exfat": 24 << 20, "fat": 40 << 20}
DEAF_PULLS = 10  # the control: on a stick without regard for flushes something must be missing
NEVER = 1 << 50
EXFAT = "/usr/sbin/mount.exfat-fuse"
OLD_FILES = 12


class MountedExfat:
    """The exFAT file system in `file`, through exfat-fuse and a loop device."""

    def __init__(self, file, folder):
        self.folder = private_folder(folder)
        self.loop = run("losetup", "--find", "--show", file).stdout.strip()
        try:
            run(EXFAT, "-o", "rw,noatime", self.loop, self.folder)
        except StepFailed:
            run("losetup", "--detach", self.loop)
            raise

    def stop(self):
        run("umount", self.folder)
        run("losetup", "--detach", self.loop)


class MountedFat:
    """The FAT32 file system in `file`, through the kernel."""

    def __init__(self, file, folder):
        self.folder = private_folder(folder)
        self.loop = run("losetup", "--find", "--show", file).stdout.strip()
        try:
            run("mount", "-t", "vfat", "-o", "utf8", self.loop, self.folder)
        except StepFailed:
            run("losetup", "--detach", self.loop)
            raise

    def stop(self):
        run("umount", self.folder)
        run("losetup", "--detach", self.loop)


DRIVERS = {"ext4": Mounted, "exfat": MountedExfat, "fat": MountedFat}
FORMATS = {"ext4": ("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0"), "exfat": ("mkfs.exfat",),
           "fat": ("mkfs.vfat", "-F", "32")}


def kinds_here():
    """The file systems of sticks that this machine can make and mount."""
    known = Path("/proc/filesystems").read_text().split()
    has = {"ext4": True, "exfat": Path(EXFAT).exists(), "fat": "vfat" in known}
    return [kind for kind, there in has.items() if there and shutil.which(FORMATS[kind][0])]


class PullableDisk:
    """bench_block_disk with the stick's image in it."""

    def __init__(self, program, folder, log, image):
        self.folder = private_folder(folder)
        self.process = subprocess.Popen([program, "serve", self.folder, str(image.stat().st_size), log, image],
                                        stdin=subprocess.DEVNULL)
        wait_until((self.folder / "disk").exists, "bench_block_disk does not mount its disk", 10, 0.01)

    def moved(self):
        return (self.folder / "pull").stat().st_size

    def pull_after(self, count):
        with open(self.folder / "pull", "wb", buffering=0) as pull:
            pull.write(str(count).encode())

    def stop(self):
        run("umount", "--lazy", self.folder)
        self.process.wait(30)


class Stick:
    def __init__(self, kind, folder, program, chance):
        self.kind, self.folder, self.program, self.chance = kind, private_folder(folder), program, chance
        self.image = self.folder / "image"
        self.log = self.folder / "log"
        self.old = {}
        with open(self.image, "wb") as file:
            file.truncate(STICK_BYTES[kind])
        run(*FORMATS[kind], self.image)
        with closing_all() as things:
            mounted = self.mount(things)
            for number in range(OLD_FILES):
                content = self.chance.randbytes(self.chance.randrange(1, 200_000))
                name = f"holiday {number}.jpg"
                (mounted / name).write_bytes(content)
                self.old[name] = hashlib.sha256(content).digest()
            run("sync", "--file-system", mounted)

    def mount(self, things, file=None):
        things.append(DRIVERS[self.kind](file or self.image, self.folder / "mounted"))
        return self.folder / "mounted"

    def in_order(self, work):
        """Plugged in, used, unmounted."""
        with closing_all() as things:
            mounted = self.mount(things)
            self.check_old(mounted)
            answer = work(mounted)
            self.check_old(mounted)
        return answer

    def pulled_at(self, count, work, deaf=False):
        """Plugged in, and pulled after so many bytes; whether that was before the work was done, and how many went."""
        disk = PullableDisk(self.program, self.folder / "below", self.log, self.image)
        mounted = None
        try:
            with closing_all() as things:
                mounted = self.mount(things, disk.folder / "disk")
                before = disk.moved()
                disk.pull_after(count)
                done = work(mounted)
                moved = disk.moved() - before
                disk.pull_after(0)
        except StepFailed as problem:
            # Of a stick that is gone even unmounting can fail.
            run("umount", "--lazy", self.folder / "mounted")
            if "umount" not in str(problem):
                raise
        finally:
            disk.stop()
        run(self.program, "pulled", self.log, self.image, self.chance.getrandbits(63), *(["deaf"] if deaf else []))
        return not done, moved

    def check_old(self, mounted):
        for name, digest in self.old.items():
            try:
                content = (mounted / name).read_bytes()
            except OSError as problem:
                raise StepFailed(f"{name} of the stick's old files cannot be read: {problem}") from None
            expect(hashlib.sha256(content).digest() == digest, f"{name} of the stick's old files has changed")


class UsbBench:
    def __init__(self, bench):
        self.bench = bench
        self.chance = random.Random(bench.seed)
        self.program = bench.programs / "bench_block_disk"
        self.folder = Path(f"/dev/shm/mimika-bench-usb-{os.getpid()}")
        self.lines = list(filings(200, seed=23))
        self.photos = []
        self.interruptions = {}
        self.completed = self.unflushed = self.filed = self.lost = self.doubled = 0
        self.words = []

    def stop(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_photos(self):
        for number in range(4):
            self.photos.append(self.folder / f"{number}.jpg")
            run("convert", "-size", "640x480", "-seed", number, "plasma:fractal", self.photos[-1])

    def ctl(self, command, *arguments):
        """What `usb …` answered, and whether it was done."""
        result = subprocess.run([self.ctl_program, "--data", self.data, "--json", "usb", command, *arguments],
                                capture_output=True, text=True, timeout=120)
        answer = json.loads(result.stdout.splitlines()[-1])
        expect("end" in answer or result.returncode != 0, f"usb {command} says nothing of its end")
        return answer, result.returncode == 0

    def export(self, mounted):
        return self.ctl("export", "--to", mounted, "--with", self.folder / "kiosk.log")

    def take_in(self, mounted):
        return self.ctl("import", "--from", mounted)

    def complete(self, stick, work, what):
        def run_it(mounted):
            answer, done = work(mounted)
            expect(done, f"{what} after a pull is not completed: {answer.get('message')}")
            left = [path.name for path in mounted.rglob("*.part")]
            expect(not left, f"half-written files stay on the stick: {left}")
            return answer
        return stick.in_order(run_it)

    def interrupt(self, stick, work, what, usual):
        """At a random byte; whether before the work was done, and how many bytes a whole one moves by now."""
        pulled, moved = stick.pulled_at(self.chance.randrange(usual), lambda mounted: work(mounted)[1])
        if not pulled:
            self.completed += 1
            return pulled, max(moved, 4096)
        self.interruptions[what] = self.interruptions.get(what, 0) + 1
        return pulled, usual

    def check_kept(self, answer):
        """What an export said is on the stick must be there, although it was pulled the moment after."""
        missing = [file["name"] for file in answer["files"] if file["result"] == "written"]
        if missing:
            self.lost += len(missing)
            self.words.append(f"called exported and not there: {missing}")

    def check_ranges(self, mounted):
        """No event twice on one stick: bundles of one life do not overlap."""
        ranges = []
        for path in mounted.glob("*-*-*-*.kb"):
            device, epoch, first, last, *parts = path.stem.split("-")
            if not parts and int(last) >= int(first):
                ranges.append((device, epoch, int(first), int(last)))
        ranges.sort()
        for one, other in zip(ranges, ranges[1:]):
            if one[:2] == other[:2] and other[2] <= one[3]:
                self.doubled += 1
                self.words.append(f"{one} and {other} overlap")

    def play(self, kind, world, count):
        self.ctl_program, self.data = self.bench.programs / "mimika-kiosk-ctl", world.ctl.data
        stick = Stick(kind, self.folder / kind, self.program, self.chance)
        (self.folder / "kiosk.log").write_bytes(self.chance.randbytes(30_000))
        usual = {"export": 1_500_000, "import": 700_000}
        done = lambda: sum(value for name, value in self.interruptions.items() if name.startswith(kind))
        while done() < count:
            for _ in range(self.chance.randrange(1, 4)):
                photo = ["--photo", self.chance.choice(self.photos)] if self.chance.random() < 0.3 else []
                world.ctl.run("file", "-", *photo, text_in=self.chance.choice(self.lines))
                self.filed += 1
            for what, work in (("export", self.export), ("import", self.take_in)):
                pulled, usual[what] = self.interrupt(stick, work, f"{kind} {what}", usual[what])
                answer = self.complete(stick, work, what)
                if what == "export" and not pulled:
                    self.check_kept(answer)
                if what == "export":
                    stick.in_order(lambda mounted: (self.check_ranges(mounted),
                                                    world.centre.run("import", "--from", str(mounted))))
            status = world.ctl.status()
            waiting = status["unsent_events"] + status["unsent_attachments"]
            if waiting != 0:
                self.words.append(f"{waiting} events and attachments wait after the answer was taken")
                self.lost += waiting
            expect(status["disputed_events"] == 0, "a pulled stick made events disputed")
        self.close_books(world)

    def control(self, world):
        """How often it is found out that a stick lost what it had called written: one that takes no notice of flushes."""
        found = 0
        for number in range(DEAF_PULLS):
            stick = Stick("ext4", self.folder / f"deaf-{number}", self.program, self.chance)
            world.ctl.run("file", "-", text_in=self.chance.choice(self.lines))
            stick.pulled_at(NEVER, lambda mounted: self.export(mounted)[1], deaf=True)
            try:
                answer = self.complete(stick, self.export, "export")
                found += any(file["result"] == "written" for file in answer["files"])
            except StepFailed:
                found += 1
            shutil.rmtree(stick.folder)
        return found

    def close_books(self, world):
        """Every event of this kiosk's journal is at the centre, once, and both agree with themselves."""
        world.ctl.verify()
        status = world.ctl.status()
        tickets = world.ctl.run("tickets")
        with sqlite3.connect(f"file:{world.centre.data / 'central.db'}?mode=ro", uri=True) as database:
            keys = database.execute("SELECT device, epoch, seq FROM event WHERE device = ?", (status["device"],)).fetchall()
        self.doubled += len(keys) - len(set(keys))
        own = world.centre.acknowledged()
        expect(own == len(keys), f"the centre acknowledged {own} events and holds {len(keys)}")
        missing = sum(ticket["arrived_ms"] is None for ticket in tickets)
        self.lost += missing + self.filed - len(tickets)
        self.doubled += len(tickets) - len({ticket["number"] for ticket in tickets})
        self.filed = 0


def measure_usb_pull(bench):
    why_not = missing_rights()
    if why_not:
        for name in USB_NAMES:
            bench.report(name, None, "not measured", left_out=why_not)
        return
    begun = time.monotonic()
    usb = UsbBench(bench)
    kinds = kinds_here()
    found = 0
    with closing_all() as things:
        things.append(usb)
        private_folder(usb.folder)
        usb.make_photos()
        for kind in kinds:
            world = bench.world(f"usb-{kind}")
            things.append(world)
            world.enrol()
            world.centre.stop()
            usb.play(kind, world, bench.rounds(INTERRUPTIONS) // len(kinds))
            if kind == "ext4":
                found = usb.control(world)
    more = {"of": usb.interruptions, "done_before_the_pull": usb.completed, "doubled": usb.doubled,
            "old_files_on_each_stick": OLD_FILES, "words": usb.words[:20],
            "control_flushes_ignored": {"pulls": DEAF_PULLS, "pulls_that_lost": found}, "seconds": round(time.monotonic() - begun, 1),
            "seed": bench.seed}
    bench.report("usb.interruptions", sum(usb.interruptions.values()), "pulled sticks", **more)
    bench.report("usb.lost", usb.lost, "events", **more)
