#!/usr/bin/env python3
"""trust_test.py PROGRAM-FOLDER: whom kiosk and centre trust, and how that changes.

A policy reaches the kiosk. The centre gets other keys, and the kiosk follows. The kiosk gives itself another key, twice;
the second time the answer is lost on its way, and the running kiosk finds its key by itself. Somebody else plays the
centre, and is not believed. Then the kiosk is stolen, and found again. Whatever changes, every complaint that may arrive does, and both sides verify."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "bench")]

from mimika_bench.stories import filings  # noqa: E402
from mimika_e2e.centre import Centre  # noqa: E402
from mimika_e2e.common import StepFailed, choose_port, closing_all, expect, wait_until  # noqa: E402
from mimika_e2e.kiosk import KioskCtl, KioskScript  # noqa: E402
from mimika_e2e.story import DISTRICT  # noqa: E402

ASSETS = HERE.parents[1] / "assets"


class Trust:
    def __init__(self, programs, folder, things):
        self.programs, self.folder, self.things = programs, folder, things
        self.centre = Centre(programs / "mimika-central", ASSETS, folder / "central", choose_port(0),
                             folder / "central.log")
        things.append(self.centre)
        self.centre.start()
        self.ctl = KioskCtl(programs / "mimika-kiosk-ctl", ASSETS, folder / "kiosk")
        (self.ctl.data / "kiosk.toml").write_text("[sync]\npoll_s = 1\n", encoding="utf-8")
        ticket = folder / "enrolment.json"
        self.centre.order_enrolment(DISTRICT, "Kantor Distrik Jila", ticket)
        self.code = self.ctl.enrol(ticket)["device_code"]
        self.stories = filings(1000, seed=31)
        self.environment = {**os.environ, "MIMIKA_ASSETS": str(ASSETS)}

    def file(self):
        self.ctl.run("file", text_in=next(self.stories), environment=self.environment)

    def tickets_at_centre(self):
        return self.centre.status()["tickets"]["total"]

    def expect_arrived(self, tickets, after):
        self.ctl.run("sync")
        expect(self.ctl.status()["unsent_events"] == 0, f"something is unsent after {after}")
        there = self.tickets_at_centre()
        expect(there == tickets, f"{there} of {tickets} tickets are there after {after}")
        self.centre.verify()
        self.ctl.verify()

    def a_policy_comes(self):
        self.file()
        self.centre.run("policy", "set", "--staff-days", "14", "--revoke-account", "petugas.jila")
        self.expect_arrived(1, "the policy")
        expect(self.ctl.status()["policy_version"] == 1, "the kiosk does not have the policy")

    def the_centre_gets_other_keys(self):
        self.file()
        self.centre.run("keys", "renew")
        self.centre.stop()
        self.centre.start()
        self.expect_arrived(2, "the centre's keys changed")
        expect(self.ctl.status()["policy_version"] == 2, "the kiosk did not follow the centre's keys")
        self.file()  # sealed to the new key
        self.expect_arrived(3, "the kiosk followed")

    def the_kiosk_gets_another_key(self):
        self.ctl.run("rotate-key")
        self.file()
        self.expect_arrived(4, "the kiosk's key changed")

    def the_answer_is_lost(self):
        keys = self.ctl.data / "keys"
        before = {name: (keys / name).read_bytes() for name in ("sign.seed", "certificate")}
        self.ctl.run("rotate-key")
        shutil.copy(keys / "sign.seed", keys / "next.seed")
        for name, content in before.items():
            (keys / name).write_bytes(content)
        self.file()
        kiosk = KioskScript(self.programs / "mimika-kiosk", self.ctl.data, ASSETS, self.folder / "screenshots",
                            self.environment, self.folder / "kiosk-output.log", ["--headless"])
        self.things.append(kiosk)
        kiosk.wait_for_screen("attract")
        wait_until(lambda: self.ctl.status()["unsent_events"] == 0, "the kiosk did not find its key", 30)
        kiosk.quit()
        expect(not (keys / "next.seed").exists(), "the change of the key was not finished")
        self.expect_arrived(5, "an answer was lost")

    def somebody_else_answers(self):
        """At the centre's address, with a certificate of another authority."""
        self.file()
        waiting = self.ctl.status()["unsent_events"]
        self.centre.stop()
        stranger = Centre(self.centre.program, ASSETS, self.folder / "stranger", self.centre.port,
                          self.folder / "stranger.log")
        self.things.append(stranger)
        stranger.start()
        try:
            self.ctl.run("sync")
            believed = True
        except StepFailed:
            believed = False
        stranger.stop()
        expect(not believed, "a kiosk believes a centre with another certificate")
        status = self.ctl.status()
        refused = [(count["what"], count["reason"], count["times"]) for count in status["refusals"]]
        expect(("answer", "wrong_certificate", 1) in refused, f"the stranger is not counted once: {refused}")
        expect(status["unsent_events"] == waiting, "the word of a stranger was taken")
        self.centre.start()
        self.expect_arrived(6, "somebody else had answered")

    def the_kiosk_is_stolen_and_found(self):
        self.centre.run("kiosk", "revoke", "--code", self.code)
        self.file()
        rejects = self.ctl.run("sync")[0]["rejects"]
        expect([reject["reason"] for reject in rejects] == ["revoked"] * len(rejects) and rejects,
               f"a revoked kiosk was answered {rejects}")
        set_aside = self.ctl.status()["events_set_aside"]
        expect([(count["reason"], count["events"]) for count in set_aside] == [("revoked", len(rejects))],
               f"the kiosk says that the centre set aside {set_aside}")
        expect(self.tickets_at_centre() == 6, "a revoked kiosk filed something")
        expect(self.centre.status()["kiosks"][0]["revoked"], "the centre does not say that the kiosk is revoked")
        self.centre.run("kiosk", "restore", "--code", self.code)
        self.file()
        self.expect_arrived(7, "the kiosk was found")


def main():
    with tempfile.TemporaryDirectory(prefix="mimika-trust-") as folder, closing_all() as things:
        try:
            trust = Trust(Path(sys.argv[1]), Path(folder), things)
            trust.a_policy_comes()
            trust.the_centre_gets_other_keys()
            trust.the_kiosk_gets_another_key()
            trust.the_answer_is_lost()
            trust.somebody_else_answers()
            trust.the_kiosk_is_stolen_and_found()
            return 0
        except StepFailed as problem:
            print(problem, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
