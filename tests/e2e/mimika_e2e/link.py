"""tests/support/lossy_link as a process: a bad network between two sides of this machine, and programs on each side.

Both sides are network namespaces that live as long as the program: whatever happens here, nothing is left behind.
"""

import json
import subprocess
import threading
from pathlib import Path

from mimika_e2e.common import StepFailed

NEAR, FAR = "10.77.0.1", "10.77.0.2"
NO_RIGHT = 77  # lossy_link's status, and what ctest is told, where nobody may make namespaces


class NoRight(Exception):
    """This machine does not allow network namespaces; whoever needs them must say so instead of passing."""


class LossyLink:
    def __init__(self, program, seed=1, **settings):
        words = [f"{name}={value}" for name, value in settings.items()]
        self.process = subprocess.Popen([Path(program), NEAR, FAR, f"seed={seed}", *words], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lock = threading.Lock()
        first = self.process.stdout.readline()
        if not first:
            words, status = self.process.stderr.read().strip(), self.process.wait()
            raise NoRight(words) if status == NO_RIGHT else StepFailed(words or f"lossy_link ended with {status}")
        numbers = json.loads(first)
        self.near = self.entering(numbers["near"])  # the words before a command that is to run on that side
        self.far = self.entering(numbers["far"])

    def entering(self, number):
        return ("nsenter", f"--net=/proc/{self.process.pid}/fd/{number}", "--")

    def command(self, line):
        with self.lock:
            try:
                self.process.stdin.write(line + "\n")
                self.process.stdin.flush()
                answer = self.process.stdout.readline().strip()
            except BrokenPipeError:
                answer = ""
        if not answer or answer.startswith("error"):
            raise StepFailed(f"lossy_link says to '{line}': {answer or 'nothing, it has ended'}")
        return answer

    def set(self, **settings):
        """delay, jitter (ms), loss, burst, rate (bit/s), queue (bytes); up_rate=… is of one direction alone."""
        for name, value in settings.items():
            self.command(f"set {name.replace('_', '.')} {value}")

    def go_up(self):
        self.command("up")

    def go_down(self):
        self.command("down")

    def start_windows(self, up_seconds, down_seconds):
        self.command(f"windows {up_seconds * 1000:g} {down_seconds * 1000:g}")

    def stats(self):
        return json.loads(self.command("stats"))

    def stop(self):
        """Ends it; its figures are asked for before."""
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
