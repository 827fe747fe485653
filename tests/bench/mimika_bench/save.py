"""What a durable save costs beside a bare insert; the work is done by tests/bench/save.cc."""

import json
import shutil
import subprocess

from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed, private_folder

TICKETS = 2000


def measure_save(bench):
    folder = bench.folder / "save"
    shutil.rmtree(folder, ignore_errors=True)
    private_folder(folder)
    stories = "".join(json.loads(line)["story"] + "\n" for line in filings(500, seed=3))
    result = subprocess.run([bench.programs / "bench_save", folder, str(TICKETS)], input=stories, capture_output=True,
                            text=True)
    if result.returncode != 0:
        raise StepFailed(result.stderr.strip())
    found = json.loads(result.stdout)
    for share in ("p50", "p99"):
        bench.report(f"store.save_ratio_to_sqlite_{share}", round(found[f"filing_us_{share}"] / found[f"insert_us_{share}"], 2),
                     "ratio", filing_us=found[f"filing_us_{share}"], insert_us=found[f"insert_us_{share}"],
                     bytes_per_ticket=found["bytes_per_ticket"], tickets=found["tickets"])
