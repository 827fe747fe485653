"""Bytes by libFuzzer into every decoder (tests/fuzz): how many inputs were run, and how many broke something. It looks
through the code with clang's own build, which is made here when it is not there."""

import re
import subprocess
from pathlib import Path

from mimika_e2e.common import StepFailed

FUZZ_NAMES = ("fuzz.executions", "fuzz.crashes")
ROOT = Path(__file__).resolve().parents[3]
SECONDS_A_TARGET = 60
EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def measure_fuzz(bench):
    subprocess.run([ROOT / "packaging" / "build", "fuzz", "fuzz"], check=True, stdout=subprocess.DEVNULL)
    programs = ROOT / "build" / "fuzz" / "bin"
    seconds = bench.rounds(SECONDS_A_TARGET)
    work = bench.folder / "fuzz"
    subprocess.run([programs / "make_fuzz_seeds", work / "corpus"], check=True)
    executed, crashed = {}, []
    for program in sorted(programs.glob("fuzz_*")):
        target = program.name.removeprefix("fuzz_")
        found = work / "found" / target
        found.mkdir(parents=True, exist_ok=True)
        result = subprocess.run([program, f"-max_total_time={seconds}", "-print_final_stats=1", "-timeout=10",
                                 f"-artifact_prefix={found}/", work / "corpus" / target],
                                capture_output=True, text=True, errors="replace")
        runs = EXECUTED.search(result.stderr)
        if not runs:
            raise StepFailed(f"{program.name} ended with status {result.returncode}: {result.stderr[-2000:]}")
        executed[target] = int(runs.group(1))
        if result.returncode != 0:
            crashed.append(target)
    more = {"targets": len(executed), "seconds_a_target": seconds, "by_target": executed, "crashed": crashed}
    bench.report("fuzz.executions", sum(executed.values()), "inputs", **more)
    bench.report("fuzz.crashes", len(crashed), "targets that broke", **more)
