"""A kiosk that comes back after ninety days with its photos (tests/bench/offline.cc): ten hours of a narrow link, and
years of a minute a day, in simulated time."""

from mimika_bench.scale import run_program

RESENT, LAST_TEXT = "sync.resent_percent_90days", "sync.last_text_minutes_90days"
WINDOWS_A_DAY = "sync.windows_without_progress_60s_a_day"
OFFLINE_NAMES = (RESENT, LAST_TEXT)
LOAD = {"tickets": 2_000, "attachments": 5_000, "bytes": 60_000, "days": 90}
LINK = {"up_bps": 64_000, "down_bps": 256_000, "rtt_ms": 600}
HOLDS_SECONDS = (120, 30)  # a connection holds on average; the first is the figure, the other is told beside it
ASKS_SECONDS = 1_800  # somebody files meanwhile
DAY = {"window_s": 60, "every_s": 86_400}
DAY_LOAD = {"tickets": 400, "attachments": 200, "bytes": 60_000, "days": 90}


def play(bench, **settings):
    words = [f"{name}={value}" for name, value in settings.items()]
    return run_program(bench, "bench_offline", *words, accept=(0, 1))


def rounded(found):
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}


def measure_offline(bench):
    load = {**LOAD, **{name: bench.rounds(LOAD[name]) for name in ("tickets", "attachments")}}
    runs = {holds: rounded(play(bench, **load, **LINK, seed=bench.seed, holds_s=holds, asks_s=ASKS_SECONDS))
            for holds in HOLDS_SECONDS}
    first = runs[HOLDS_SECONDS[0]]
    more = {"connections_hold_s": HOLDS_SECONDS[0], "run": first,
            "otherwise": {f"connections_hold_{holds}s": runs[holds] for holds in HOLDS_SECONDS[1:]},
            "time": "simulated", "seed": bench.seed, **load, **LINK}
    bench.report(RESENT, first["resent_percent"], "% of the content", **more)
    bench.report(LAST_TEXT, round(first["last_text_minutes"], 1), "minutes", **more)


def measure_windows_a_day(bench):
    runs = {name: rounded(play(bench, **DAY_LOAD, **LINK, **DAY, seed=bench.seed, holds_s=0, notices=notices))
            for name, notices in (("told_of_the_link", 1), ("told_of_nothing", 0))}
    bench.report(WINDOWS_A_DAY, sum(run["windows_without_progress"] for run in runs.values()), "windows", **runs,
                 time="simulated", seed=bench.seed, **DAY_LOAD, **LINK, **DAY)
