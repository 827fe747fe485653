"""Power cuts and failing disks below SQLite, in memory, by the thousand; the work is done by tests/bench/power.cc."""

import json
import subprocess
import time

from mimika_e2e.common import StepFailed

CUTS = 10_000
LYING_CUTS = 500  # the control: syncs that do nothing must lose, or the others prove nothing
EIO_LIVES = 30


def run_power(bench, what, count):
    """What bench_power found, with the seconds it took."""
    begun = time.monotonic()
    result = subprocess.run([bench.programs / "bench_power", what, str(count), str(bench.seed)], capture_output=True,
                            text=True)
    if result.returncode not in (0, 1) or not result.stdout:
        raise StepFailed(f"bench_power {what} ended with status {result.returncode}: {result.stderr[-2000:]}")
    return {**json.loads(result.stdout), "seconds": round(time.monotonic() - begun, 1)}


def measure_vfs_cuts(bench):
    found = run_power(bench, "cuts", bench.rounds(CUTS))
    lying = run_power(bench, "lying", bench.rounds(LYING_CUTS))
    more = {"saved": found["saved"], "doubled": found["doubled"], "broken": found["broken"], "words": found["words"],
            "lives": found["lives"], "seconds": found["seconds"], "seed": bench.seed,
            "control_syncs_ignored": {"cuts": lying["points"], "saved": lying["saved"], "lost": lying["lost"]}}
    bench.report("power.vfs_cuts", found["points"], "power cuts", **more)
    bench.report("power.vfs_lost", found["lost"], "tickets", **more)


def measure_eio(bench):
    found = run_power(bench, "eio", bench.rounds(EIO_LIVES))
    bench.report("power.eio_points", found["points"], "failed writes, syncs and reads", saved=found["saved"],
                 lost=found["lost"], doubled=found["doubled"], broken=found["broken"], words=found["words"],
                 lives=found["lives"], seconds=found["seconds"], seed=bench.seed)
