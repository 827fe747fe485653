"""The store at ten thousand, a hundred thousand and a million events (tests/bench/scale.cc), and how fast calls are
made and taken (tests/bench/records.cc)."""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed, private_folder

SIZES = (("10k", 10_000), ("100k", 100_000), ("1m", 1_000_000))
RECORDS = 10_000
ROUNDS = 3  # the median of so many counts


def stories():
    return "".join(json.loads(line)["story"] + "\n" for line in filings(500, seed=3))


def run_program(bench, *command, stdin=None, accept=(0,)):
    """What a program of ours prints, which reads stories unless told otherwise."""
    result = subprocess.run([bench.programs / command[0], *map(str, command[1:])], capture_output=True, text=True,
                            input=stories() if stdin is None else stdin)
    if result.returncode not in accept or (result.returncode != 0 and not result.stdout):
        raise StepFailed(f"{' '.join(map(str, command))} failed: {result.stderr.strip()}")
    return json.loads(result.stdout) if result.stdout else {}


@contextmanager
def empty_folder(path):
    shutil.rmtree(path, ignore_errors=True)
    try:
        yield private_folder(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def in_memory(name):
    return Path(f"/dev/shm/mimika-bench-{name}-{os.getpid()}")


def ratios(found, first):
    """Every time against the smallest journal's."""
    return {name: round(found[name] / first[name], 2) for name in found
            if ("_us" in name or "_ms" in name) and first[name]}


def measure_scale(bench):
    wanted = [name for name, _ in SIZES if f"store.file_us_{name}" in bench.wanted]
    largest = max((size for size, _ in enumerate(SIZES) if SIZES[size][0] in wanted), default=0)
    first = None
    with empty_folder(in_memory("scale")) as folder:
        for name, events in SIZES[:largest + 1]:
            run_program(bench, "bench_scale", "fill", folder, events)
            found = run_program(bench, "bench_scale", "measure", folder)
            first = first or found
            more = {key: round(value, 2) for key, value in found.items() if key != "file_us"}
            bench.report(f"store.file_us_{name}", round(found["file_us"], 1), "µs", **more,
                         ratio_to_10k=ratios(found, first), disk="memory, so that its speed does not hide the store's",
                         journal_mib=round((folder / "journal.db").stat().st_size / 2**20, 1))


def measure_encode(bench):
    rounds = sorted((run_program(bench, "bench_records", "encode", RECORDS) for _ in range(ROUNDS)),
                    key=lambda found: found["per_s"])
    found = rounds[ROUNDS // 2]
    bench.report("sync.encode_per_s", round(found["per_s"]), "records/s on one core", records=found["records"],
                 per_processor_second=round(found["per_processor_s"]), records_a_call=1000,
                 raw_bytes_per_record=found["raw_bytes_per_record"],
                 call_bytes_per_record=found["call_bytes_per_record"])


def ingested(bench, folder):
    rounds = []
    for _ in range(ROUNDS):
        with empty_folder(folder):
            rounds.append(run_program(bench, "bench_records", "ingest", folder, RECORDS))
    return sorted(rounds, key=lambda found: found["per_s"])[ROUNDS // 2]


def measure_ingest(bench):
    disk, memory = ingested(bench, bench.folder / "ingest"), ingested(bench, in_memory("ingest"))
    bench.report("central.ingest_sqlite_per_s", round(disk["per_s"]), "records/s", records=disk["records"],
                 records_a_call=1000, per_processor_second=round(disk["per_processor_s"]),
                 bare_inserts_per_s=round(disk["bare_inserts_per_s"]),
                 ratio_to_bare_inserts=round(disk["per_s"] / disk["bare_inserts_per_s"], 3),
                 in_memory_per_s=round(memory["per_s"]),
                 in_memory_ratio_to_bare_inserts=round(memory["per_s"] / memory["bare_inserts_per_s"], 3))
