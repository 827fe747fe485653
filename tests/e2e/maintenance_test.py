#!/usr/bin/env python3
"""maintenance_test.py PROGRAM-FOLDER: a technician looks after a kiosk from a terminal.

  With the centre there every step of the network passes; without it the step that fails is named and nothing behind it is
  waited for. A person's answers are kept beside the machine's. The readiness report is signed: it is genuine until a
  letter of it changes, its PDF holds the QR code with the same summary, and it comes out of the kiosk's printer. A journal
  that is damaged is a failed check and not the end of the program. Network, clock and power reach the services of the
  system, which are played on a bus of the test's own; the Wi-Fi's password stands in nothing that the program prints."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import expect, wait_until  # noqa: E402
from mimika_e2e.office import enrol, run  # noqa: E402
from mimika_e2e.printer import RealPrinter, tools_are_there  # noqa: E402

FAILED, WARNINGS = 2, 3
PASSWORD = "rahasia-sekali-9"
# Debian's own: python3-dbusmock belongs to it.
PYTHON = "/usr/bin/python3"


class Terminal:
    def __init__(self, ctl):
        self.ctl = ctl
        self.bus = "unix:path=/nowhere/bus"

    def call(self, *arguments, text_in=""):
        """(exit status, the object it printed, everything it printed)"""
        result = subprocess.run([self.ctl.program, "--data", self.ctl.data, "--json", "--bus", self.bus, *arguments],
                                input=text_in, capture_output=True, text=True, timeout=120)
        answer = json.loads(result.stdout) if result.stdout.strip() else {}
        return result.returncode, answer, result.stdout + result.stderr

    def outcomes(self, *items):
        status, answer, _ = self.call("diagnose", *items)
        return status, {one["id"]: one["outcome"] for one in answer["results"]}


class PlayedSystem:
    """A message bus with NetworkManager, timedated and logind on it, as python3-dbusmock plays them."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.address = f"unix:path={folder / 'system-bus'}"

    @staticmethod
    def possible():
        if not shutil.which("dbus-daemon") or not shutil.which("dbus-send"):
            return False
        return subprocess.run([PYTHON, "-c", "import dbusmock"], capture_output=True).returncode == 0

    def begin(self, *command):
        environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": self.address, "DBUS_SESSION_BUS_ADDRESS": self.address}
        self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                               stderr=subprocess.DEVNULL, env=environment))

    def start(self):
        self.begin("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={self.address}")
        wait_until((self.folder / "system-bus").exists, "the message bus does not start")
        for template, name in (("networkmanager", "org.freedesktop.NetworkManager"),
                               ("timedated", "org.freedesktop.timedate1"), ("logind", "org.freedesktop.login1")):
            self.begin(PYTHON, "-m", "dbusmock", "--system", "--logfile", str(self.folder / "heard"), "--template", template)
            wait_until(lambda n=name: self.send(n, "/", "org.freedesktop.DBus.Peer.Ping"), f"{template} does not start")

    def send(self, name, path, method, *arguments):
        return subprocess.run(["dbus-send", f"--bus={self.address}", "--print-reply", f"--dest={name}", path, method,
                               *arguments], capture_output=True).returncode == 0

    def mock(self, method, *arguments):
        manager = "org.freedesktop.NetworkManager"
        expect(self.send(manager, "/org/freedesktop/NetworkManager", f"org.freedesktop.DBus.Mock.{method}", *arguments),
               f"the played NetworkManager does not take {method}")

    def heard(self):
        return (self.folder / "heard").read_text(encoding="utf-8")

    def stop(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()


def look_at_the_network(terminal, centre):
    status, found = terminal.outcomes("network")
    steps = ("network_name", "network_reach", "network_tls", "network_server")
    expect(all(found[step] == "pass" for step in steps), f"with the centre there: {found}")
    centre.stop()
    status, found = terminal.outcomes("network")
    expect(status == FAILED and found["network_reach"] == "fail", f"without the centre: {status}, {found}")
    expect(found["network_tls"] == found["network_server"] == "skipped", f"behind the step that failed: {found}")
    centre.start()
    _, found = terminal.outcomes("database", "storage", "sync")
    expect(found["database"] == found["storage_probe"] == found["sync_cursors"] == "pass", f"a sound kiosk: {found}")


def note_what_a_person_saw(terminal):
    expect(terminal.call("diagnose", "note", "speaker", "fail", "--why", "no tone")[0] == 0, "a note is not kept")
    expect(terminal.call("diagnose", "note", "memory", "pass")[0] == 1, "a person answers for the machine")
    expect(terminal.call("diagnose", "note", "tea", "pass")[0] == 1, "a check that there is not")
    _, answer, _ = terminal.call("diagnose", "history", "speaker")
    expect(answer["results"][0]["detail"] == "no tone", f"the history says {answer}")
    # The machine's own round leaves it alone.
    terminal.call("diagnose", "sound")
    _, answer, _ = terminal.call("diagnose", "history", "speaker")
    expect(answer["results"][0]["outcome"] == "fail", "a check that nobody did stands in place of a person's answer")


def report(terminal, folder):
    document, pdf = folder / "report.json", folder / "report.pdf"
    status, answer, _ = terminal.call("readiness", "--out", document, "--pdf", pdf)
    expect(status == FAILED and answer["readiness"] == "not_ready", f"with a broken speaker: {status}, {answer['readiness']}")
    status, checked, _ = terminal.call("readiness", "check", document)
    expect(status == 0 and checked["genuine"], f"the kiosk's own report: {checked}")
    forged = folder / "forged.json"
    forged.write_text(document.read_text(encoding="utf-8").replace('"fail"', '"pass"'), encoding="utf-8")
    status, checked, _ = terminal.call("readiness", "check", forged)
    expect(status == FAILED and not checked["genuine"], "a report with another outcome is called genuine")
    expect(pdf.read_bytes().startswith(b"%PDF-"), "the PDF is none")
    if shutil.which("pdftoppm") and shutil.which("zbarimg"):
        subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, folder / "sheet"], check=True)
        read = subprocess.run(["zbarimg", "-q", "--raw", *sorted(folder.glob("sheet*.png"))], capture_output=True,
                              text=True).stdout.strip()
        expect(read == answer["summary"], f"the QR code says {read!r}, not {answer['summary']!r}")


def report_on_paper(terminal, folder, things):
    if not tools_are_there():
        return
    printer = RealPrinter(folder / "printer")
    things.append(printer)
    printer.start()
    expect(terminal.call("settings", "set", "printer.uri", printer.uri)[0] == 0, "the printer cannot be set")
    expect(terminal.call("settings", "set", "session.idle_s", "5")[0] == 1, "what the kiosk refuses can be set")
    _, answer, words = terminal.call("readiness", "--print", "--language", "en")
    expect(answer.get("printed") == "printed" and len(printer.printed()) == 1, f"the report was not printed: {words}")


def tell_the_system(terminal, folder, things):
    expect(terminal.call("network", "status")[1]["error"] == "unreachable", "a machine without a bus")
    if not PlayedSystem.possible():
        return
    system = PlayedSystem(folder)
    things.append(system)
    system.start()
    system.mock("AddEthernetDevice", "string:mock_eth", "string:eth0", "int32:30")
    system.mock("AddWiFiDevice", "string:mock_wifi", "string:wlan0", "int32:30")
    system.mock("AddAccessPoint", "string:/org/freedesktop/NetworkManager/Devices/mock_wifi", "string:ap", "string:Kantor",
                "string:00:23:F8:7E:12:BB", "uint32:2", "uint32:2425", "uint32:5400", "byte:78", "uint32:256")
    terminal.bus = system.address
    _, answer, _ = terminal.call("network", "scan")
    expect([one["name"] for one in answer["networks"]] == ["Kantor"], f"in reach: {answer}")
    for password, wanted in ((PASSWORD[:5], 1), (PASSWORD, 0)):
        status, _, words = terminal.call("network", "connect", "Kantor", text_in=password + "\n")
        expect(status == wanted, f"connecting: {words}")
        expect(password not in words, "a password is printed")
    expect(PASSWORD in system.heard(), "NetworkManager did not hear the password")
    expect(terminal.call("network", "static", "wlan0", "10.0.0.2/24", "--gateway", "10.0.1.1")[0] == 1, "a lost gateway")
    status, _, words = terminal.call("network", "static", "wlan0", "10.0.0.2/24", "--gateway", "10.0.0.1", "--dns", "10.0.0.1")
    expect(status == 0, f"a fixed address: {words}")
    expect(terminal.call("time", "zone", "Asia/Jayapura")[0] == 0, "the zone")
    expect(terminal.call("time", "set", "2026-02-30 10:00")[0] == 1, "a day that does not exist")
    status, _, words = terminal.call("time", "set", "2026-11-28 14:05")
    expect(status == 0, f"the clock: {words}")
    expect("SetTime 1795842300000000" in system.heard(), "the clock is set to another time than Mimika's 14:05")
    _, answer, _ = terminal.call("time", "status")
    expect(answer["zone"] == "Asia/Jayapura" and answer["clock"] in ("set_by_hand", "synced"), f"the clock: {answer}")
    expect(terminal.call("power", "off")[0] == 0 and "PowerOff" in system.heard(), "it is not switched off")


def damage_the_journal(terminal):
    journal = terminal.ctl.data / "journal" / "journal.db"
    with open(journal, "r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)
    status, found = terminal.outcomes("database", "memory")
    expect(found["memory"] == "pass", f"the rest of the machine: {found}")
    expect(found["database"] in ("fail", "warning") and status in (FAILED, WARNINGS), f"a damaged journal: {found}")


def play(programs, folder, things):
    centre, ctl = enrol(programs, folder, things, folder / "kiosk")
    terminal = Terminal(ctl)
    look_at_the_network(terminal, centre)
    note_what_a_person_saw(terminal)
    report(terminal, folder)
    report_on_paper(terminal, folder, things)
    tell_the_system(terminal, folder, things)
    damage_the_journal(terminal)


if __name__ == "__main__":
    sys.exit(run(play))
