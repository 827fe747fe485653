"""The simulator in its long form (docs/simulator.md): histories nobody has played yet, for as long as is asked."""

import json
import subprocess

from mimika_e2e.common import StepFailed

SIM_NAMES = ("sim.years", "sim.violations")
STEPS, KIOSKS = 400, 12
FIRST_WORDS = 10


def measure_sim(bench):
    minutes = bench.rounds(bench.sim_minutes * 60) / 60
    result = subprocess.run([bench.programs / "mimika_sim", "--seed", str(bench.seed), "--hours", str(minutes / 60),
                             "--steps", str(STEPS), "--kiosks", str(KIOSKS)], capture_output=True, text=True)
    lines = result.stdout.splitlines()
    if result.returncode not in (0, 1) or not lines or not lines[-1].startswith("{"):
        raise StepFailed(f"mimika_sim ended with status {result.returncode}: {result.stdout[-2000:]}")
    found = json.loads(lines[-1])
    broken = [line for line in lines if line.startswith("VIOLATION")]
    more = {"kiosk_years": round(found["kiosk_years"], 1), "histories": found["histories"], "steps": found["steps"],
            "filings": found["filings"], "steps_a_history": STEPS, "kiosks_at_most": KIOSKS, "seeds": found["seeds"],
            "minutes": round(minutes, 2), "words": broken[:FIRST_WORDS]}
    bench.report("sim.years", round(found["simulated_years"], 1), "simulated years", **more)
    bench.report("sim.violations", found["violations"], "broken promises", years=round(found["simulated_years"], 1),
                 **more)
