"""What our call adds to the words it carries, beside the whole of it (tests/bench/envelope.cc says what counts)."""

from mimika_bench.scale import run_program
from mimika_bench.stories import filings

BATCHES = (("single", "single", 1), ("per_record_100", "batch_100", 100), ("per_record_1000", "batch_1000", 1000))
ENVELOPE_NAMES = tuple(f"sync.{what}_bytes_{name}" for what in ("envelope", "call") for name, _, _ in BATCHES)
FILINGS = 1102


def measure_envelope(bench):
    lines = "".join(line + "\n" for line in filings(FILINGS, seed=7))
    found = run_program(bench, "bench_envelope", stdin=lines)
    for name, batch, count in BATCHES:
        cost = found[batch]
        more = {part: round(cost[f"{part}_bytes"] / count, 1) for part in ("story", "words", "envelope", "body")}
        for what, part in (("envelope", "envelope"), ("call", "body")):
            bench.report(f"sync.{what}_bytes_{name}", more[part], "B", each=more, calls=cost["calls"],
                         records=cost["records"], counted="bodies of the calls, without HTTP and TLS")
