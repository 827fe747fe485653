"""mimika-kiosk as a person meets it, and mimika-kiosk-ctl as a technician does."""

import json
import queue
import subprocess
import threading
import time
from pathlib import Path

from mimika_e2e.common import StepFailed, expect, private_folder

ANSWER_SECONDS = 60


class KioskCtl:
    def __init__(self, program, assets, data, inside=()):
        """`inside`: the words that run a command on the kiosk's side of a network (mimika_e2e/link.py)."""
        self.inside = inside
        self.program, self.assets = Path(program), Path(assets)
        self.data = private_folder(data)

    def run(self, *arguments, text_in="", environment=None):
        """The JSON objects it printed, one a line."""
        result = subprocess.run([*self.inside, self.program, "--data", self.data, "--json", *arguments], input=text_in,
                                capture_output=True, text=True, timeout=600, env=environment)
        if result.returncode != 0:
            words = (result.stdout + result.stderr).strip()
            raise StepFailed(f"mimika-kiosk-ctl {' '.join(map(str, arguments))} failed: {words}")
        return [json.loads(line) for line in result.stdout.splitlines() if line.strip()]

    def is_enrolled(self):
        return (self.data / "keys" / "certificate").exists()

    def enrol(self, ticket_file):
        return self.run("enrol", "--ticket", ticket_file)[0]

    def point_at(self, url):
        """The centre moved to another address; its keys and its authority stay."""
        facts_file = self.data / "keys" / "centre.json"
        facts = json.loads(facts_file.read_text(encoding="utf-8"))
        if facts["url"] == url:
            return False
        facts["url"] = url
        temporary = facts_file.with_suffix(".new")
        temporary.write_text(json.dumps(facts, indent=1), encoding="utf-8")
        temporary.replace(facts_file)
        return True

    def status(self):
        return self.run("status")[0]

    def tickets(self):
        return {ticket["number"]: ticket for ticket in self.run("tickets")}

    def verify(self):
        return self.run("verify")[0]


class KioskScript:
    """A kiosk driven by touches: every command is a line to its standard input, every answer a line from it."""

    def __init__(self, program, data, assets, screenshots, environment, log, options=()):
        self.screenshots = private_folder(screenshots)
        self.log_file = Path(log)
        self.said = []  # what it printed that answers no command
        self.listed = {}  # of a running "targets": id -> (x, y, width, height)
        self.answers = queue.Queue()
        with open(self.log_file, "ab") as errors:
            self.process = subprocess.Popen(
                [program, "--data", data, "--script", "-", "--screenshot-dir", self.screenshots, *options],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1,
                env={**environment, "MIMIKA_ASSETS": str(assets)},
            )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            line = line.rstrip("\n")
            if line.startswith("target "):
                words = line.split()
                self.listed[words[1]] = tuple(float(number) for number in words[2:6])
            elif line.split(" ", 1)[0] in ("ok", "error"):
                self.answers.put(line)
            else:
                self.said.append((time.monotonic(), line))
        self.answers.put(None)

    def command(self, line, seconds=ANSWER_SECONDS):
        """What stands behind 'ok'; StepFailed for anything else."""
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise StepFailed(f"the kiosk is gone; see {self.log_file}") from None
        try:
            answer = self.answers.get(timeout=seconds)
        except queue.Empty:
            raise StepFailed(f"the kiosk did not answer '{line}' within {seconds} s; see {self.log_file}") from None
        if answer is None:
            raise StepFailed(f"the kiosk ended at '{line}' (status {self.process.wait()}); see {self.log_file}")
        word, _, rest = answer.partition(" ")
        expect(word == "ok", f"the kiosk says to '{line}': {rest}")
        return rest

    # --- what a person does
    def tap(self, target):
        self.command(f"tap {target}")

    def type(self, text):
        self.command(f"type {text}")

    def wait_for_screen(self, name, seconds=20):
        self.command(f"wait screen:{name} {int(seconds * 1000)}", seconds + 10)

    def wait_for(self, target, seconds=20):
        self.command(f"wait {target} {int(seconds * 1000)}", seconds + 10)

    def read_value(self, key):
        return self.command(f"read {key}")

    def screenshot(self, name):
        self.command(f"screenshot {name}")
        return self.screenshots / f"{name}.png"

    def targets(self):
        self.listed.clear()
        self.command("targets")
        return dict(self.listed)

    def tap_in_list(self, target, scroll_key, pages=20):
        """Taps something that may lie further down a list, as a person would: by the key that shows more. How many
        touches that took."""
        for turned in range(pages):
            if target in self.targets():
                self.tap(target)
                return turned + 1
            self.tap(scroll_key)
        raise StepFailed(f"'{target}' is nowhere in its list")

    def quit(self):
        self.command("quit")
        status = self.process.wait(20)
        self.process = None
        expect(status == 0, f"the kiosk ended with status {status}; see {self.log_file}")

    def stop(self):
        """Ends it whatever it does; for the way out."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
