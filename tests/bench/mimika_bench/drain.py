"""How fast a kiosk that has waited gets rid of its complaints over a bad link, against what the link itself allows and
against what others do with it.

T* = 3 RTT (TCP, TLS, the call) + 8 N B / (C (1 - p)): N complaints of B bytes, as measured on a good link, through a
rate of C bit/s on which a share p of the packets is lost. The efficiency is T* / T."""

import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from mimika_bench.peers import count_pouchdb, drain_gzip, drain_pouchdb, prepare_pouchdb
from mimika_bench.stories import filings
from mimika_e2e.common import StepFailed, closing_all, expect, private_folder
from mimika_e2e.link import FAR, LossyLink

MANY = 1000
MANY_LONG = 10_000
BATCHES = (100, 1000)
DOWN_BPS = 256_000
ROUND_TRIPS = 3
PATIENCE_SECONDS = 3600
DEFAULT_CONTROL = Path("/proc/sys/net/ipv4/tcp_congestion_control")  # a new namespace inherits it
RETRY_SECONDS = 0.2


@dataclass(frozen=True)
class Profile:
    name: str
    rtt_ms: int
    loss: float  # each way
    up_bps: int

    @property
    def figure(self):
        return f"sync.drain_eta_{self.name}"

    def settings(self):
        """Two seconds may wait for the line, as in a modem, but never less than four packets."""
        queue = max(6000, 2 * self.up_bps // 8)
        return {"delay": self.rtt_ms / 2, "loss": self.loss, "up_rate": self.up_bps, "down_rate": DOWN_BPS,
                "up_queue": queue, "down_queue": 2 * DOWN_BPS // 8}

    def least_seconds(self, count, bytes_each):
        return ROUND_TRIPS * self.rtt_ms / 1000 + 8 * count * bytes_each / (self.up_bps * (1 - self.loss))

    def words(self):
        return {"rtt_ms": self.rtt_ms, "loss_each_way": self.loss, "up_bps": self.up_bps, "down_bps": DOWN_BPS}


COMPARED = Profile("600ms_5pct", 600, 0.05, 64_000)
PROFILES = (COMPARED, Profile("600ms_20pct", 600, 0.20, 64_000), Profile("1500ms_10pct", 1500, 0.10, 64_000),
            Profile("800ms_2pct_9k6", 800, 0.02, 9_600))
RATIO = "sync.drain_ratio_to_pouchdb_600ms_5pct"
POUCHDB_BYTES = "sync.pouchdb_bytes_per_record_1000"
DRAIN_NAMES = (*(profile.figure for profile in PROFILES), RATIO)


def many(bench):
    return MANY_LONG if bench.long else MANY


class CongestionWatch:
    """What the kernel says of the kiosk's connections: which congestion control they use."""

    def __init__(self, near):
        self.near, self.seen, self.ended = near, set(), threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.ended.wait(0.5):
            shown = subprocess.run([*self.near, "ss", "-tinH"], capture_output=True, text=True).stdout
            self.seen |= {word for word in shown.split() if word in ("bbr", "cubic", "reno")}

    def stop(self):
        self.ended.set()
        self.thread.join()


def file_many(world, count, seed):
    filer = world.filer()
    for line in filings(count, seed=seed):
        filer.file(line)
    filer.close()


def sync_until_home(world, syncer):
    """Rounds until one goes well, as a kiosk would make them; what all of them together cost."""
    total, begun = {"rounds": 0}, time.monotonic()
    while time.monotonic() - begun < PATIENCE_SECONDS:
        report = syncer.sync()
        total["rounds"] += 1
        for name, value in report.items():
            if isinstance(value, int) and not isinstance(value, bool):
                total[name] = total.get(name, 0) + value
        if report["ok"]:
            total["seconds"] = time.monotonic() - begun
            return total
        time.sleep(RETRY_SECONDS)
    raise StepFailed(f"not everything arrived within {PATIENCE_SECONDS} s")


def drain(bench, name, settings, count):
    """One kiosk, `count` complaints on a good link for B, then as many on the bad one."""
    with closing_all() as things:
        link = LossyLink(bench.programs / "lossy_link", bench.seed)
        things.append(link)
        world = bench.world(f"drain-{name}", link)
        things.append(world)
        world.enrol()
        file_many(world, count, 7)
        syncer = world.syncer()
        things.append(syncer)
        good = sync_until_home(world, syncer)
        file_many(world, count, 8)
        syncer.stop()
        syncer = world.syncer()
        things.append(syncer)
        watch = CongestionWatch(link.near)
        things.append(watch)
        before = link.stats()
        link.set(**settings)
        bad = sync_until_home(world, syncer)
        after = link.stats()
        expect(world.centre.acknowledged() == world.ctl.status()["events"], "not every event is at the centre")
        world.centre.verify()
    bad["bytes_each"] = good["application_bytes_sent"] / count
    bad["on_air_bytes"] = sum(after["up"][fate]["bytes"] - before["up"][fate]["bytes"] for fate in ("passed", "lost"))
    bad["congestion_control"] = sorted(watch.seen)
    return bad


def measure_drain(bench):
    ours = {}
    for profile in PROFILES:
        if profile.figure in bench.wanted or (profile is COMPARED and RATIO in bench.wanted):
            ours[profile] = report_drain(bench, profile)
    if RATIO in bench.wanted:
        compare(bench, COMPARED, ours[COMPARED])


def report_drain(bench, profile):
    count = many(bench)
    cost = drain(bench, profile.name, profile.settings(), count)
    least = profile.least_seconds(count, cost["bytes_each"])
    bench.report(profile.figure, round(least / cost["seconds"], 3), "T*/T", seconds=round(cost["seconds"], 1),
                 least_seconds=round(least, 1), complaints=count, bytes_each=round(cost["bytes_each"], 1),
                 socket_bytes=cost["socket_bytes_sent"], on_air_bytes=cost["on_air_bytes"], calls=cost["calls"],
                 failed_rounds=cost["rounds"] - 1, records=cost["records"], arrived=cost["arrived"],
                 connections=cost["connections"], congestion_control=cost["congestion_control"], **profile.words())
    return cost


def on_link(bench, profile, run):
    """`run` with a fresh link of this kind, between the two sides."""
    with closing_all() as things:
        link = LossyLink(bench.programs / "lossy_link", bench.seed)
        things.append(link)
        link.set(**profile.settings())
        result = run(link)
        up = link.stats()["up"]
        result["on_air_bytes"] = up["passed"]["bytes"] + up["lost"]["bytes"]
        return result


def compare(bench, profile, ours):
    count, folder = many(bench), prepare_pouchdb(bench.folder)
    peers = {batch: on_link(bench, profile, lambda link, batch=batch: drain_pouchdb(
        folder, count, batch, FAR, link.near, link.far)) for batch in BATCHES}
    best = min(BATCHES, key=lambda batch: peers[batch]["seconds"])
    gzip = on_link(bench, profile, lambda link: drain_gzip(folder, count, FAR, link.near, link.far))
    bench.report(RATIO, round(ours["seconds"] / peers[best]["seconds"], 3), "ours/PouchDB", complaints=count,
                 seconds=round(ours["seconds"], 1), pouchdb_batch=best,
                 pouchdb_seconds={batch: round(peer["seconds"], 1) for batch, peer in peers.items()},
                 pouchdb_on_air_bytes=peers[best]["on_air_bytes"], on_air_bytes=ours["on_air_bytes"],
                 one_gzip_post_seconds=round(gzip["seconds"], 1), one_gzip_post_body_bytes=gzip["body_bytes"],
                 one_gzip_post_on_air_bytes=gzip["on_air_bytes"], tls="ours only",
                 congestion_control=ours["congestion_control"],
                 peers_congestion_control=DEFAULT_CONTROL.read_text(encoding="utf-8").strip(), **profile.words())


def measure_pouchdb_bytes(bench):
    folder = prepare_pouchdb(private_folder(bench.folder))
    counted = {batch: count_pouchdb(folder, MANY, batch) for batch in BATCHES}
    best = min(BATCHES, key=lambda batch: counted[batch][0])
    bench.report(POUCHDB_BYTES, round(counted[best][0], 1), "B", down=round(counted[best][1], 1), batch=best,
                 up_by_batch={batch: round(up, 1) for batch, (up, _) in counted.items()}, records=MANY,
                 counted="up, at the socket, plain HTTP")
