"""mimika-central as a process: started, stopped, asked through its command line."""

import json
import subprocess
import sys
from pathlib import Path

from mimika_e2e.common import StepFailed, expect, port_answers, private_folder, wait_until

START_SECONDS = 20
STOP_SECONDS = 20


class Centre:
    def __init__(self, program, assets, data, port, log, host="127.0.0.1", inside=()):
        """`inside`: the words that run a command where `host` is this machine (mimika_e2e/link.py)."""
        self.host, self.inside = host, inside
        self.program, self.assets, self.port = Path(program), Path(assets), port
        self.data = private_folder(data)
        self.log = Path(log)
        self.process = None

    @property
    def url(self):
        return f"https://{self.host}:{self.port}"

    @property
    def ca_file(self):
        return self.data / "ca.pem"

    def start(self):
        expect(not self.answers(), f"something else already listens on port {self.port}")
        out = open(self.log, "ab")
        self.process = subprocess.Popen(
            [*self.inside, self.program, "--data", self.data, "--assets", self.assets, "--listen",
             f"{self.host}:{self.port}", *(["--name", self.host] if self.inside else [])],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        )
        out.close()
        wait_until(self.answers_or_died, f"mimika-central does not answer on {self.url}; see {self.log}",
                   START_SECONDS, 0.02)

    def answers_or_died(self):
        if self.process.poll() is not None:
            raise StepFailed(f"mimika-central ended with status {self.process.returncode}; see {self.log}")
        return self.answers()

    def answers(self):
        if not self.inside:
            return port_answers(self.port)
        question = [*self.inside, "ss", "-Htln", f"sport = :{self.port}"]
        return bool(subprocess.run(question, capture_output=True, check=True).stdout.strip())

    def stop(self):
        """Asks it to stop and waits until it has."""
        if self.process is None:
            return
        process, self.process = self.process, None
        process.terminate()
        try:
            status = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise StepFailed(f"mimika-central did not stop within {STOP_SECONDS} s; see {self.log}") from None
        if status != 0:
            # An exception of its own must not hide the one that ends the session.
            if sys.exc_info()[0] is None:
                raise StepFailed(f"mimika-central stopped with status {status}; see {self.log}")

    def kill(self):
        process, self.process = self.process, None
        process.kill()
        process.wait()

    def run(self, *arguments, text_in="", may_fail=False):
        command = [str(self.program), *arguments, "--data", str(self.data)]
        if arguments[0] in ("user", "kiosk"):
            command += ["--assets", str(self.assets)]
        result = subprocess.run(command, input=text_in, capture_output=True, text=True, timeout=120)
        if result.returncode != 0 and not may_fail:
            raise StepFailed(f"mimika-central {' '.join(arguments)} failed: {result.stderr.strip() or result.stdout}")
        return result

    def status(self):
        return json.loads(self.run("status", "--json").stdout)

    def acknowledged(self):
        """How many events the centre holds from every kiosk, over all epochs."""
        return sum(epoch["acknowledged"] for kiosk in self.status()["kiosks"] for epoch in kiosk["epochs"])

    def verify(self):
        self.run("verify")

    def has_user(self, login):
        return any(line.split()[:1] == [login] for line in self.run("user", "list").stdout.splitlines())

    def set_user(self, person):
        """Adds an account, or gives an existing one this password."""
        secret = person.password + "\n"
        if self.has_user(person.login):
            self.run("user", "password", "--name", person.login, "--password-stdin", text_in=secret)
            return
        command = ["user", "add", "--name", person.login, "--full-name", person.full_name, "--role", person.role,
                   "--password-stdin"]
        if person.opd:
            command += ["--opd", person.opd]
        self.run(*command, text_in=secret)

    def order_enrolment(self, district, name, ticket_file):
        self.run("kiosk", "enrol", "--district", district, "--name", name, "--url", self.url, "--out",
                 str(ticket_file))
