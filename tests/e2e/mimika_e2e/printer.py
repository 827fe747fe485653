"""A real IPP printer on the loopback: ippeveprinter, with a mechanism of ours that puts every page into a folder, and that
runs out of paper or takes its time as the test says (tests/device/ippeve.h is the same for C++)."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from mimika_e2e.common import StepFailed, choose_port, port_answers, private_folder, wait_until

# A job that is cancelled stays "processing" until the mechanism ends; it looks for that by asking the printer.
MECHANISM = """#!/bin/sh
cancelled() {{
  ipptool -tv -d job=$IPP_JOB_ID {uri} {folder}/job.test | grep -q processing-to-stop-point
}}
if [ -s {folder}/state/trouble ]; then
  reason=$(cat {folder}/state/trouble)
  echo "STATE: +$reason" >&2
  while [ -s {folder}/state/trouble ]; do
    if cancelled; then exit 0; fi
    sleep 0.1
  done
  echo "STATE: -$reason" >&2
fi
while [ -e {folder}/state/held ]; do
  if cancelled; then exit 0; fi
  sleep 0.1
done
if cancelled; then exit 0; fi
cp "$1" {folder}/out/page-$IPP_JOB_ID.part && mv {folder}/out/page-$IPP_JOB_ID.part {folder}/out/page-$IPP_JOB_ID
"""
JOB_TEST = """{
OPERATION Get-Job-Attributes
GROUP operation-attributes-tag
ATTR charset attributes-charset utf-8
ATTR language attributes-natural-language en
ATTR uri printer-uri $uri
ATTR integer job-id $job
ATTR keyword requested-attributes job-state-reasons
DISPLAY job-state-reasons
}
"""
RASTER_HEADER = 4 + 1796  # PWG 5102.4: "RaS2" and a page's header


def tools_are_there():
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    return all(shutil.which(tool, path=path) for tool in ("ippeveprinter", "ipptool", "dbus-daemon"))


class RealPrinter:
    def __init__(self, folder):
        self.folder = private_folder(folder)
        for name in ("state", "out", "spool"):
            private_folder(self.folder / name)
        self.port = choose_port(0)
        self.uri = f"ipp://127.0.0.1:{self.port}/ipp/print"
        self.processes = []
        mechanism = self.folder / "mechanism"
        mechanism.write_text(MECHANISM.format(uri=self.uri, folder=self.folder), encoding="utf-8")
        mechanism.chmod(0o700)
        (self.folder / "job.test").write_text(JOB_TEST, encoding="utf-8")

    def start(self):
        # It insists on a message bus to announce itself on, even when it is told not to: this one is its own, and empty.
        bus = self.folder / "bus"
        self.run(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}"])
        wait_until(bus.exists, "the printer's message bus does not start")
        self.run(["ippeveprinter", "-r", "off", "-n", "localhost", "-p", str(self.port), "-d", self.folder / "spool",
                  "-K", self.folder / "state", "-f", "image/pwg-raster", "-c", self.folder / "mechanism", "kiosk-test"],
                 {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}"})
        wait_until(lambda: port_answers(self.port), "the printer does not start")

    def run(self, command, environment=None):
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        with open(self.folder / "printer.log", "ab") as log:
            self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                                   start_new_session=True,
                                                   env={**os.environ, "PATH": path, **(environment or {})}))

    def stop(self):
        """Switched off, with whatever it was doing."""
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        self.processes.clear()

    # --- what happens to the next page
    def trouble(self, keyword):
        (self.folder / "state" / "trouble.new").write_text(keyword, encoding="utf-8")
        (self.folder / "state" / "trouble.new").replace(self.folder / "state" / "trouble")

    def put_right(self):
        (self.folder / "state" / "trouble").unlink(missing_ok=True)
        (self.folder / "state" / "held").unlink(missing_ok=True)

    def hold(self):
        """It takes the page, says that it works, and does not print."""
        (self.folder / "state" / "held").touch()

    # --- what came of it
    def printed(self):
        return sorted(path for path in (self.folder / "out").iterdir() if path.suffix != ".part")

    def says(self, test, words):
        answer = subprocess.run(["ipptool", "-tv", self.uri, test], capture_output=True, text=True, timeout=30)
        return words in answer.stdout

    def holds_a_job(self):
        return not self.says("get-printer-attributes.test", "queued-job-count (integer) = 0")

    def rests(self):
        return self.says("get-printer-attributes.test", "printer-state (enum) = idle")


def raster_to_picture(raster, picture):
    """The first page of a PWG raster file as a PBM or PGM."""
    data = Path(raster).read_bytes()
    number = lambda at: int.from_bytes(data[4 + at:8 + at], "big")  # noqa: E731
    width, height, bits, row_bytes = number(372), number(376), number(388), number(392)
    if data[:4] != b"RaS2" or bits not in (1, 8):
        raise StepFailed(f"the page is no raster of 1 or 8 bits: {data[:4]!r}, {bits}")
    rows, at = [], RASTER_HEADER
    while len(rows) < height:
        times, at, row = data[at] + 1, at + 1, bytearray()
        while len(row) < row_bytes:
            code, at = data[at], at + 1
            if code < 128:
                row += data[at:at + 1] * (code + 1)
                at += 1
            else:
                row += data[at:at + 257 - code]
                at += 257 - code
        rows += [bytes(row)] * times
    start = b"P4\n%d %d\n" if bits == 1 else b"P5\n%d %d\n255\n"
    Path(picture).write_bytes(start % (width, height) + b"".join(rows[:height]))


def read_qr(picture):
    """What a telephone would read."""
    result = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, timeout=60)
    return result.stdout.strip()
