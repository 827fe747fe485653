"""An officer at a kiosk with a hundred thousand tickets (tests/bench/officer.cc), and a thief with the whole disk of one
with a thousand (tests/bench/stolen_disk.cc)."""

from mimika_bench.scale import empty_folder, in_memory, run_program, stories
from mimika_e2e.common import private_folder

OFFICER_NAMES = ("officer.queue_ms_100k", "officer.search_ms_100k", "officer.unlock_ms_100k", "officer.report_ms_100k")
STOLEN_NAMES = ("stolen_disk.markers_found",)
TICKETS = 100_000
STOLEN_TICKETS = 1_000
PINS = 200  # that people choose first; the rest is arithmetic on what one costs


def measure_officer(bench):
    tickets = TICKETS // 10 if bench.quick else TICKETS
    with empty_folder(in_memory("officer")) as folder:
        run_program(bench, "bench_officer", "fill", folder, tickets)
        found = run_program(bench, "bench_officer", "measure", folder)
    bench.report("officer.queue_ms_100k", round(found["queue_ms"], 2), "ms, p99", tickets=found["tickets"],
                 after_change_ms=round(found["queue_after_change_ms"], 1))
    bench.report("officer.search_ms_100k", round(found["search_ms"], 1), "ms, p99", tickets=found["tickets"],
                 p50_ms=round(found["search_p50_ms"], 1), slowest=found["search_slowest"])
    bench.report("officer.unlock_ms_100k", round(found["unlock_ms"]), "ms", tickets=found["tickets"],
                 lists_ms=round(found["lists_ms"]), sign_in_ms=round(found["sign_in_ms"]),
                 book_mib=round(found["book_pss_kib"] / 1024))
    bench.report("officer.report_ms_100k", round(found["report_ms"], 1), "ms", tickets=found["tickets"])


def measure_stolen_disk(bench):
    tickets = STOLEN_TICKETS // 10 if bench.quick else STOLEN_TICKETS
    with empty_folder(bench.folder / "stolen") as folder:
        found = run_program(bench, "bench_stolen_disk", private_folder(folder), tickets, PINS, stdin=stories(),
                            accept=(0, 1))
    bench.report("stolen_disk.markers_found", found["markers_found"], "planted words", tickets=tickets,
                 planted=found["markers_planted"], files=found["files"], keys_tried=found["keys_tried"],
                 pins_tried=found["pins_tried"], ms_a_pin=round(1000 * found["seconds_a_pin"]),
                 found_with_the_pin=found["found_with_the_pin"])
