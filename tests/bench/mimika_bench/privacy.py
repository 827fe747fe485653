"""What is left of people who have used a kiosk (tests/e2e/privacy_test.py): in the memory of its process, in its files."""

import json
import subprocess
import sys
from pathlib import Path

from mimika_e2e.common import StepFailed

PRIVACY_NAMES = ("privacy.markers_found",)
TEST = Path(__file__).resolve().parents[2] / "e2e" / "privacy_test.py"


def measure_privacy(bench):
    result = subprocess.run([sys.executable, TEST, bench.programs, "--json"], capture_output=True, text=True)
    if result.returncode != 0:
        raise StepFailed(f"the people did not come to the end of their visits: {result.stderr[-2000:]}")
    told = json.loads(result.stdout.splitlines()[-1])
    where = sorted({f"{hit['marker']} ({hit['when']}, {hit['place'].split()[0]})" for hit in told["found"]})
    bench.report("privacy.markers_found", len({hit["marker"] for hit in told["found"]}), "words left behind",
                 planted=told["planted"], searches=told["searches"], where=where)
