"""Random hands on the real session, screens and widgets (tests/monkey): how much was done to a kiosk, and what of it broke
a promise or crashed. The sanitizers' build looks closest; whichever build the programs come from is played."""

import json
import subprocess

from mimika_e2e.common import StepFailed

MONKEY_NAMES = ("monkey.touches", "monkey.findings")
SEEDS, MINUTES_A_SEED = 60, 60


def measure_monkey(bench):
    seeds = bench.rounds(SEEDS)
    result = subprocess.run([bench.programs / "mimika_monkey", "--seeds", f"{bench.seed}..{bench.seed + seeds - 1}",
                             "--minutes", str(MINUTES_A_SEED)], capture_output=True, text=True)
    lines = result.stdout.splitlines()
    if result.returncode not in (0, 1) or not lines or not lines[-1].startswith("{"):
        raise StepFailed(f"mimika_monkey ended with status {result.returncode}: {result.stdout[-2000:]}")
    found = json.loads(lines[-1])
    more = {"seeds": seeds, "hours": round(found["simulated_ms"] / 3_600_000, 1), "keys": found["keys"],
            "visits": found["visits"], "filings": found["filings"], "screens": found["screens"], "words": found["words"]}
    bench.report("monkey.touches", found["touches"], "touches", **more)
    bench.report("monkey.findings", found["findings"], "broken promises and crashes", **more)
