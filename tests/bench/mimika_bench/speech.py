"""From say() to the first sample that the device is given; the work is done by tests/bench/speech.cc."""

import json
import os
import subprocess

from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed

SPEECH_NAMES = ("speech.start_ms_p99", "speech.start_again_ms_p99")
SCREENS = 200


def measure_speech(bench):
    # As long as a screen with all its choices: three stories.
    stories = [json.loads(line)["story"] for line in filings(300, seed=29)]
    texts = "".join(" ".join(stories[i:i + 3]).replace("\n", " ") + "\n" for i in range(0, len(stories), 3))
    # SDL's dummy driver asks for samples as a device does, at the pace of the clock.
    environment = {**os.environ, "SDL_AUDIODRIVER": "dummy"}
    result = subprocess.run([bench.programs / "bench_speech", str(bench.rounds(SCREENS))], input=texts,
                            capture_output=True, text=True, timeout=600, env=environment)
    if result.returncode != 0:
        raise StepFailed(f"bench_speech failed: {result.stderr.strip()}")
    found = json.loads(result.stdout)
    if found["silent"]:
        raise StepFailed(f"{found['silent']} of {found['screens']} screens were not heard at all")
    more = {"driver": "dummy", "block_ms": 21, "screens": found["screens"], "very_first_ms": found["very_first_ms"]}
    bench.report("speech.start_ms_p99", found["cold_ms_p99"], "ms", p50=found["cold_ms_p50"], **more)
    bench.report("speech.start_again_ms_p99", found["again_ms_p99"], "ms", p50=found["again_ms_p50"], **more)
