#!/usr/bin/env python3
"""stick_test.py PROGRAM-FOLDER CASE: what happens to what residents filed when only a stick goes to the centre.

Every case: nothing is called arrived that the centre does not have, nothing is lost, and a stick that is full, read-only,
gone or damaged says so and leaves what was on it.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mimika_e2e.centre import Centre  # noqa: E402
from mimika_e2e.common import StepFailed, choose_port, closing_all, expect, private_folder  # noqa: E402
from mimika_e2e.kiosk import KioskCtl  # noqa: E402
from mimika_e2e.small_disk import SmallDisk  # noqa: E402
from mimika_e2e.story import CATEGORY, COMPLAINT, DISTRICT, KAMPUNG  # noqa: E402

ASSETS = HERE.parents[1] / "assets"
SKIPPED = 77  # as ctest is told in CMakeLists.txt
BLOCK = 4096
FILING = {"kind": "complaint", "category": CATEGORY, "kampung": KAMPUNG, "confidentiality": "name_hidden", "story": COMPLAINT,
          "consent": True}
KILLED = -signal.SIGKILL


class Skipped(Exception):
    """This machine does not allow what the case needs."""


class World:
    def __init__(self, programs, folder, things):
        self.programs, self.folder, self.things = programs, folder, things
        self.centre = Centre(programs / "mimika-central", ASSETS, folder / "central", choose_port(0),
                             folder / "central.log")
        things.append(self.centre)
        self.stick = private_folder(folder / "stick")

    def kiosk(self, name):
        """Enrolled; the centre runs for that alone."""
        kiosk = KioskCtl(self.programs / "mimika-kiosk-ctl", ASSETS, self.folder / name)
        ticket = self.folder / f"{name}.json"
        self.centre.start()
        self.centre.order_enrolment(DISTRICT, name, ticket)
        kiosk.enrol(ticket)
        self.centre.stop()
        return kiosk

    def small_stick(self, size):
        disk = SmallDisk(self.folder / "small", size)
        self.things.append(disk)
        if not disk.mounted:
            raise Skipped("no right to mount a file system")
        return disk

    def desk(self, stick=None, may_fail=False):
        return self.centre.run("import", "--from", str(stick or self.stick), may_fail=may_fail)


def file_tickets(kiosk, count):
    kiosk.run("file", "-", "--repeat", str(count), text_in=json.dumps(FILING))


def export(kiosk, stick):
    return kiosk.run("export", "--to", stick)[0]


def take_in(kiosk, stick):
    return kiosk.run("import", "--from", stick)[0]


def results(report):
    return {file["name"]: file.get("reason", file["result"]) for file in report["files"]}


def refused(kiosk, *arguments):
    """The words of a command that must fail."""
    result = subprocess.run([kiosk.program, "--data", kiosk.data, "--json", *arguments], capture_output=True, text=True,
                            timeout=120, check=False)
    expect(result.returncode == 1, f"{arguments[0]} did not fail: {result.stdout}")
    return json.loads(result.stdout)


def bundles_on(stick):
    return sorted(path for path in Path(stick).glob("*.kb") if not path.name.startswith("ACK-"))


def contents(stick):
    return {path.name: path.read_bytes() for path in sorted(Path(stick).iterdir())}


def expect_nothing_arrived(kiosk, count):
    tickets = kiosk.tickets()
    expect(len(tickets) == count, f"{len(tickets)} tickets instead of {count}")
    expect(all(ticket["arrived_ms"] is None for ticket in tickets.values()), "a ticket is called arrived and is not")


def expect_all_arrived(kiosk, count):
    tickets = kiosk.tickets()
    expect(len(tickets) == count and all(ticket["arrived_ms"] for ticket in tickets.values()), "a ticket has not arrived")
    expect(kiosk.status()["unsent_events"] == 0, "events are still unsent")
    kiosk.verify()


def bring_home(world, kiosk, stick, count):
    world.desk(stick)
    take_in(kiosk, stick)
    expect_all_arrived(kiosk, count)
    world.centre.verify()


# --- the cases

def there_and_back(world):
    kiosk = world.kiosk("jila")
    file_tickets(kiosk, 20)
    unsent = kiosk.status()["unsent_events"]
    report = export(kiosk, world.stick)
    expect(report["exported"] == unsent, f"{report['exported']} of {unsent} events are on the stick")
    status = kiosk.status()
    expect(status["exported_not_arrived"] == unsent and status["unsent_events"] == unsent, "exported is not arrived")
    expect_nothing_arrived(kiosk, 20)
    for path in bundles_on(world.stick):
        expect(COMPLAINT[:20].encode() not in path.read_bytes(), "a complaint can be read on the stick")

    text = world.desk().stdout
    expect(f"taken, {unsent} new events" in text, f"the desk says: {text}")
    expect(f"taken, 0 new events, {unsent} known" in world.desk().stdout, "a second import is not harmless")
    report = take_in(kiosk, world.stick)
    expect(report["arrived"] == unsent, f"the kiosk heard of {report['arrived']} of {unsent} events")
    expect_all_arrived(kiosk, 20)
    expect(set(results(take_in(kiosk, world.stick)).values()) == {"had", "own"}, "an ACK was taken twice")

    # The link comes back: the calls go on where the stick left them.
    file_tickets(kiosk, 3)
    world.centre.start()
    expect(kiosk.run("sync")[0]["arrived"] >= 3, "the link does not go on after the stick")
    world.centre.stop()
    expect_all_arrived(kiosk, 23)
    world.centre.verify()


def full(world):
    kiosk = world.kiosk("jila")
    disk = world.small_stick("64k")
    file_tickets(kiosk, 15)
    disk.fill()
    error = refused(kiosk, "export", "--to", str(disk.folder))
    expect(error["error"] == "storage_full" and "KiB left" in error["message"], f"a full stick says {error}")
    expect([path.name for path in disk.folder.iterdir()] == ["ballast"], "something half written is on the stick")
    expect(kiosk.status()["exported_not_arrived"] == 0, "what is not on the stick is called exported")
    bring_home(world, kiosk, exported_to(kiosk, world.stick), 15)


def exported_to(kiosk, stick):
    export(kiosk, stick)
    return stick


def full_while_writing(world):
    """The room vanishes between the look at it and the writing: the kernel's word counts."""
    kiosk = world.kiosk("jila")
    disk = world.small_stick("64k")
    file_tickets(kiosk, 1)
    export(kiosk, disk.folder)
    before = contents(disk.folder)
    file_tickets(kiosk, 20)
    said = trace(kiosk, "inject=write:error=ENOSPC", "export", disk.folder, expected=1)
    expect("storage_full" in said, f"a stick that became full says {said}")
    expect(contents(disk.folder) == before, "the full stick does not hold what it held")
    export(kiosk, disk.folder)
    bring_home(world, kiosk, disk.folder, 21)


def trace(kiosk, inject, command, stick, expected):
    """The command under strace, on files of the stick alone."""
    if shutil.which("strace") is None:
        raise Skipped("no strace")
    option = "--to" if command == "export" else "--from"
    paths = [part for path in interesting_paths(kiosk, stick) for part in ("-P", path)]
    result = subprocess.run(["strace", "-f", "-o", "/dev/null", *paths, "-e", inject, kiosk.program, "--data", kiosk.data,
                             "--json", command, option, stick], capture_output=True, text=True, timeout=120, check=False)
    if "ptrace" in result.stderr:
        raise Skipped("no right to trace")
    expect(result.returncode == expected, f"{command} under {inject} ended with {result.returncode}: {result.stdout}")
    return result.stdout


def interesting_paths(kiosk, stick):
    """The files an export may write there."""
    with sqlite3.connect(kiosk.data / "journal" / "journal.db") as database:
        device = database.execute("SELECT device FROM identity").fetchone()[0]
        epoch, acked = database.execute("SELECT epoch, acked_seq FROM epoch ORDER BY life DESC").fetchone()
        last = database.execute("SELECT MAX(seq) FROM event WHERE chain IS NOT NULL AND epoch = ?", (epoch,)).fetchone()[0]
    paths = {f"{device}-{epoch}-{first}-{last}.kb" for first in range(acked + 1, last + 2)}
    for path in bundles_on(stick):
        paths.add(path.name)
    return [f"{stick}/{name}{ending}" for name in paths for ending in ("", ".part")]


def read_only(world):
    kiosk = world.kiosk("jila")
    disk = world.small_stick("4m")
    file_tickets(kiosk, 10)
    export(kiosk, disk.folder)
    before = contents(disk.folder)
    file_tickets(kiosk, 10)
    disk.make_read_only()
    error = refused(kiosk, "export", "--to", str(disk.folder))
    expect(error["error"] == "storage_read_only", f"a read-only stick says {error}")
    expect(contents(disk.folder) == before, "the read-only stick has changed")
    # The desk can read it, and without ACKs it wants no more.
    world.centre.run("import", "--from", str(disk.folder), "--no-ack")
    expect(world.centre.acknowledged() > 0, "the desk took nothing from a read-only stick")
    disk.make_writable()
    export(kiosk, disk.folder)
    bring_home(world, kiosk, disk.folder, 20)


def pulled(world):
    """The process dies at every system call on the stick's files, as if it had been pulled there."""
    kiosk = world.kiosk("jila")
    file_tickets(kiosk, 12)
    died, exported = 0, 0
    for call in ("openat", "write", "fsync", "rename", "fadvise64", "read", "close"):
        for when in (1, 2):
            try:
                trace(kiosk, f"inject={call}:signal=KILL:when={when}", "export", world.stick, KILLED)
                died += 1
            except StepFailed as problem:
                expect(" ended with 0" in str(problem), str(problem))  # it never came to this call
            expect_nothing_arrived(kiosk, 12)
            known = kiosk.status()["exported_not_arrived"]
            expect(known == exported or bundles_on(world.stick), "what is not on the stick is called exported")
            exported = known
            for path in bundles_on(world.stick):
                path.unlink()
    expect(died >= 6, f"only {died} of the deaths happened")
    gone = refused(kiosk, "export", "--to", str(world.stick / "gone"))
    expect(gone["error"] == "not_found", f"a stick that is gone says {gone}")
    bring_home(world, kiosk, exported_to(kiosk, world.stick), 12)


def bad_sectors(world):
    kiosk = world.kiosk("jila")
    file_tickets(kiosk, 40)
    export(kiosk, world.stick)
    path, = bundles_on(world.stick)
    good = path.read_bytes()
    blocks = len(good) // BLOCK
    for block in range(0, blocks, 3):  # every one of them is tried in tests/wire
        hurt = bytearray(good)
        hurt[block * BLOCK + 512:block * BLOCK + 1024] = b"\xFF" * 512
        path.write_bytes(hurt)
        text = world.centre.run("import", "--from", str(world.stick), "--no-ack").stdout
        expect("1 damaged blocks brought back" in text, f"block {block}: {text}")
    path.write_bytes(good)
    unreadable_sector(world, path)
    path.write_bytes(good[:len(good) // 4])
    result = world.centre.run("import", "--from", str(world.stick), "--no-ack", may_fail=True)
    expect(result.returncode == 2 and "refused, damaged" in result.stdout, f"a quarter of a file: {result.stdout}")
    expect(world.centre.status()["refusals"].get("damaged") == 1, "the refusal is not counted")
    export(kiosk, world.stick)  # the kiosk sees that its file is no good any more
    bring_home(world, kiosk, world.stick, 40)


def unreadable_sector(world, path):
    """The medium itself cannot give one block."""
    if shutil.which("strace") is None:
        return
    # The first pass over the folder reads the file once, the second once more: the same block is bad in both.
    blocks = path.stat().st_size // BLOCK
    result = subprocess.run(["strace", "-f", "-o", "/dev/null", "-P", path, "-e",
                             f"inject=pread64:error=EIO:when=1..{2 * blocks}+{blocks}", world.centre.program, "import",
                             "--from", world.stick, "--no-ack", "--data", world.centre.data], capture_output=True,
                            text=True, timeout=120, check=False)
    if "ptrace" not in result.stderr:
        expect("1 damaged blocks brought back" in result.stdout, f"an unreadable block: {result.stdout}{result.stderr}")


def any_order(world):
    kiosk = world.kiosk("jila")
    sticks = []
    for i in range(4):
        file_tickets(kiosk, 5)
        stick = private_folder(world.folder / f"stick-{i}")
        for earlier in sticks:  # so that each stick has what the ones before have not
            for path in bundles_on(earlier):
                shutil.copy(path, stick)
        export(kiosk, stick)
        for earlier in sticks:
            for path in bundles_on(earlier):
                (stick / path.name).unlink(missing_ok=True)
        sticks.append(stick)
    for i in (3, 1):
        result = world.desk(sticks[i], may_fail=True)
        expect(result.returncode == 2 and "refused, gap" in result.stdout, f"a stick that leaves a hole: {result.stdout}")
    for i in (0, 2, 1, 1, 3, 2, 3):
        world.desk(sticks[i], may_fail=True)
    reports = [take_in(kiosk, stick) for stick in (sticks[2], sticks[3], sticks[0], sticks[1])]
    expect(reports[0]["arrived"] > 0, "the first ACK brought nothing")
    expect_all_arrived(kiosk, 20)
    stick_facts = world.centre.status()["kiosks"][0]["stick"]
    expect(stick_facts["refusals"].get("gap", 0) >= 2, f"gaps are not listed with their kiosk: {stick_facts}")
    world.centre.verify()


def couriers(world):
    """Two kiosks without any network, a third that has one: it carries what it cannot read."""
    jila, agimuga, timika = (world.kiosk(name) for name in ("jila", "agimuga", "timika"))
    for kiosk, count in ((jila, 7), (agimuga, 4), (timika, 2)):
        file_tickets(kiosk, count)
    for kiosk in (jila, agimuga):
        export(kiosk, world.stick)
    report = take_in(timika, world.stick)
    expect(sorted(results(report).values()) == ["carried", "carried"], f"the courier says {report}")
    expect(timika.status()["carried_for_others"] == 2, "the courier does not say what it carries")
    world.centre.start()
    carried = timika.run("sync")[0]["carried"]
    expect(carried == {"forwarded": 2, "waiting": 0, "refused": 0}, f"the courier brought {carried}")
    expect(timika.status()["carried_for_others"] == 0, "the courier keeps what is done")
    expect(timika.run("sync")[0]["carried"]["forwarded"] == 0, "the courier brought it twice")
    world.centre.stop()

    way_back = private_folder(world.folder / "way-back")
    export(timika, way_back)
    expect(len(list(way_back.glob("ACK-*.kb"))) == 2, "the ACKs are not on the stick")
    for kiosk, count in ((jila, 7), (agimuga, 4)):
        expect_nothing_arrived(kiosk, count)
        report = take_in(kiosk, way_back)
        expect(sorted(results(report).values())[-1] == "taken", f"its ACK says {report}")
        tickets = kiosk.tickets()
        own = [ticket for ticket in tickets.values() if ticket["arrived_ms"]]
        expect(len(own) >= count and kiosk.status()["unsent_events"] == 0, "a ticket has not arrived")
        kiosk.verify()
    # A second round trip closes the circle: what one kiosk of the district filed, the others see.
    world.centre.run("export", "--to", str(way_back))
    for kiosk in (jila, agimuga, timika):
        take_in(kiosk, way_back)
        expect(len(kiosk.tickets()) == 13, f"{kiosk.data.name} knows {len(kiosk.tickets())} of 13 tickets")
    world.centre.verify()


def strangers_and_updates(world):
    """What a technician does by hand: strangers' things are counted, logs go along, a signed update is kept."""
    kiosk = world.kiosk("jila")
    file_tickets(kiosk, 3)
    stick = world.stick
    (stick / "holiday.jpg").write_bytes(b"not ours")
    (stick / b"a\nb.kb".decode()).write_bytes(b"strange")
    (stick / "link.kb").symlink_to("/etc/passwd")
    log = world.folder / "Kiosk Log.txt"
    log.write_text("nothing of anybody")
    answer = kiosk.run("usb", "export", "--to", stick, "--with", log, "--with", world.folder / "gone")[0]
    expect(answer["end"] == "done" and answer["exported"] > 0, f"the export says {answer}")
    device = kiosk.status()["device"]
    expect((stick / "mimika" / str(device) / "kiosk_log.txt").read_text() == "nothing of anybody", "the log is missing")
    expect(results(answer)["gone"] == "left_out", "a log that is missing is not told")
    package = stick / "update.deb"
    package.write_bytes(b"!<arch>\ndebian-binary   " + bytes(100_000))
    expect(results(kiosk.run("usb", "import", "--from", stick)[0])["update.deb"] == "unsigned", "anybody's update is kept")
    note = world.centre.run("sign-update", "--package", str(package), "--version", "1.2.3").stdout
    (stick / "update.note").write_text(note)
    world.desk(stick, may_fail=True)  # it refuses the strange file
    answer = kiosk.run("usb", "import", "--from", stick)[0]
    expect(results(answer)["update.deb"] == "staged", f"a signed update is not kept: {answer}")
    staged = list((kiosk.data / "updates").glob("mimika-kiosk_1.2.3_*.deb"))
    expect(len(staged) == 1 and staged[0].read_bytes() == package.read_bytes(), "the kept update is another")
    passed = answer["passed_over"]
    expect(passed["links"] == 1 and passed["strange_names"] == 1, f"passed over is {passed}")
    expect_all_arrived(kiosk, 3)
    expect("sticks" in kiosk.run("usb", "list")[0], "usb list lists nothing")


def by_device(world):
    """A stick that nobody has mounted: looked at, mounted, written, unmounted; and one that is not what it says."""
    kiosk = world.kiosk("jila")
    file_tickets(kiosk, 3)
    image = world.folder / "image"
    made = subprocess.run([HERE.parent / "device" / "make_stick", "ext4", image, "none"], check=False)
    if made.returncode == SKIPPED or os.geteuid() != 0:
        raise Skipped("this machine cannot make or mount a stick")
    attached = subprocess.run(["losetup", "--find", "--show", image], capture_output=True, text=True, check=False)
    if attached.returncode != 0:
        raise Skipped("no right to attach a loop device")
    loop = attached.stdout.strip()
    try:
        seen = kiosk.run("usb", "inspect", loop)[0]
        expect(seen["verdict"] == "usable" and seen["kind"] == "ext4", f"it is told as {seen}")
        expect("a.txt" in [entry["name"] for entry in seen["entries"]], "what lies on it is not told")
        answer = kiosk.run("usb", "export", "--device", loop)[0]
        expect(answer["end"] == "done" and answer["exported"] > 0, f"the export says {answer}")
        seen = kiosk.run("usb", "inspect", loop)[0]
        expect(seen["verdict"] == "usable", f"it was not unmounted in order: {seen['verdict']}")
        expect(any(entry["name"].endswith(".kb") for entry in seen["entries"]), "nothing was written on it")
        expect(kiosk.run("usb", "import", "--device", loop)[0]["end"] == "done", "it cannot be read")
        expect(not (kiosk.data / "stick").exists(), "the folder of the stick stays")
    finally:
        subprocess.run(["losetup", "--detach", loop], check=True)
    with open(image, "r+b") as file:
        file.truncate(16 << 20)
    words = refused(kiosk, "usb", "export", "--device", image)
    expect("larger_than_medium" in words["message"], f"a stick that lies about its size: {words}")


CASES = {case.__name__: case for case in (there_and_back, full, full_while_writing, read_only, pulled, bad_sectors,
                                          any_order, couriers, strangers_and_updates, by_device)}


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in CASES:
        sys.exit(f"usage: stick_test.py PROGRAM-FOLDER CASE   (cases: {', '.join(CASES)})")
    programs = Path(sys.argv[1]).resolve()
    folder = Path(tempfile.mkdtemp(prefix="mimika-stick-"))
    try:
        with closing_all() as things:
            CASES[sys.argv[2]](World(programs, folder, things))
    except Skipped as why:
        print(f"skipped: {why}")
        return SKIPPED
    except StepFailed as problem:
        print(f"stick_test: {sys.argv[2]}: {problem}; what it left is in {folder}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
