#!/usr/bin/env python3
"""events_test.py PROGRAM-FOLDER: what a technician reads of a kiosk's days: an enrolment, starts and ends, a kill, a stick;
that the log is whole, what leaves in an export, and that a hand in the file is found."""

import json
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, private_folder, wait_until  # noqa: E402
from mimika_e2e.kiosk import KioskCtl  # noqa: E402
from mimika_e2e.office import open_office, run, start_kiosk  # noqa: E402


def ids(ctl, *options):
    return [event["id"] for event in ctl.run("events", *options)]


def last(ctl, id_):
    found = ctl.run("events", "--id", id_, "--tail", "1")
    expect(found, f"there is no event {id_}")
    return found[0]


def verify(ctl):
    """The answer and the exit code."""
    done = subprocess.run([ctl.program, "--data", ctl.data, "--json", "events", "verify"], capture_output=True, text=True,
                          timeout=60)
    return json.loads(done.stdout), done.returncode


def play(programs, folder, things):
    office = open_office(programs, folder, things)
    ctl = office.ctl
    wait_until(lambda: "program-begin" in ids(ctl), "the kiosk does not say that it is up", 20)
    expect(ids(ctl) == ["log-file-begin", "boot-begin", "enrol-begin", "enrol-end", "program-begin"],
           f"the first events are others: {ids(ctl)}")
    enrolled = last(ctl, "enrol-end")
    expect(enrolled["outcome"] == "success" and enrolled["role"] == "technician", f"the enrolment: {enrolled}")
    expect(enrolled["message"]["district"] == "94.04.06", f"another district: {enrolled}")

    office.kiosk.process.kill()
    office.kiosk.process.wait()
    kiosk = start_kiosk(programs, folder, ctl, things)
    kiosk.wait_for_screen("attract")
    kiosk.quit()
    expect(ids(ctl, "--tail", "3") == ["program-crash", "program-begin", "program-end"],
           f"a kill and an end: {ids(ctl, '--tail', '3')}")
    begins = ctl.run("events", "--id", "program-begin")
    expect(last(ctl, "program-crash")["message"]["begin"] == begins[0]["seq"], "another program crashed")
    expect(last(ctl, "program-end")["message"]["begin"] == begins[1]["seq"], "another program ended")
    expect(not ctl.run("events", "--id", "power-loss"), "a kill is no power loss")

    stick = private_folder(folder / "stick")
    ctl.run("export", "--to", stick)
    ctl.run("import", "--from", stick)
    expect(ids(ctl, "--tail", "4") == ["export-begin", "export-end", "import-begin", "import-end"], "the stick is missing")
    nothing = KioskCtl(ctl.program, ctl.assets, folder / "no-kiosk")
    expect(nothing.run("events") == [] and not (nothing.data / "events").exists(), "looking makes a log")

    answer, code = verify(ctl)
    expect(code == 0 and answer["sound"], f"the log is not sound: {answer}")
    out, text = folder / "out.jsonl", folder / "out.log"
    ctl.run("events", "export", "--to", out, "--text-log", text)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    expect(lines[0]["export"] == "mimika-event-log" and lines[-1]["id"] == "log-export-begin", "the export is another")
    expect("mimika-kiosk" in text.read_text(encoding="utf-8"), "the text log is empty")
    expect(str(folder) not in out.read_text(encoding="utf-8"), "the export names a path")

    file = ctl.data / "events" / "000001.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"id":"enrol-end"', b'"id":"enrol-ent"'))
    answer, code = verify(ctl)
    expect(code == 2 and answer["breaks"][0]["line"] == 4, f"a hand in the log is not found: {answer}")
    file.write_bytes(whole)

    # A damaged journal is set aside by whichever program comes first, and that is an event.
    (ctl.data / "journal" / "journal.db").write_bytes(b"no database" * 1000)
    ctl.status()
    expect(ids(ctl, "--tail", "2")[0] == "database-set-aside", f"nothing of the journal: {ids(ctl, '--tail', '3')}")
    expect(last(ctl, "database-set-aside")["message"]["path"].startswith("journal/"), "where it is kept is not said")

    ctl.run("events", "boot-end")
    expect(last(ctl, "boot-end")["outcome"] == "success", "the boot has no end")


if __name__ == "__main__":
    sys.exit(run(play))
