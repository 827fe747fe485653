"""Bytes on the wire for one ticket alone and for a thousand."""

from mimika_bench.proxy import CountingProxy
from mimika_bench.stories import filings
from mimika_e2e.common import closing_all, expect

MANY = 1000


def measure_wire(bench):
    world = bench.world("wire")
    with closing_all() as things:
        things.append(world)
        world.enrol()
        with_tls, without_tls = CountingProxy(world.centre.port), CountingProxy(world.centre.port, world.centre)
        things += [with_tls, without_tls]
        lines = list(filings(3 + 2 * MANY, seed=7))
        json_bytes = sum(len(line.encode()) for line in lines) / len(lines)
        filer = world.filer()

        # The first ticket of a process opens a sealing stream, which carries a key of its own; 255 others share it.
        filer.file(lines.pop())
        opening = sync_through(world, with_tls, 1)
        filer.file(lines.pop())
        alone_tls = sync_through(world, with_tls, 1)
        filer.file(lines.pop())
        alone = sync_through(world, without_tls, 1)
        for _ in range(MANY):
            filer.file(lines.pop())
        many_tls = sync_through(world, with_tls, MANY)
        for _ in range(MANY):
            filer.file(lines.pop())
        many = sync_through(world, without_tls, MANY)
        filer.close()

    bench.report("wire.bytes_single", alone["up"], "B", up_with_tls=alone_tls["up"], down=alone["down"],
                 down_with_tls=alone_tls["down"], first_of_a_stream_up_with_tls=opening["up"], calls=alone["calls"],
                 json_bytes=round(json_bytes), counted="up, at the socket, what TLS carries")
    bench.report("wire.bytes_per_record_1000", round(many["up"] / MANY, 1), "B",
                 up_with_tls=round(many_tls["up"] / MANY, 1), down=round(many["down"] / MANY, 1),
                 down_with_tls=round(many_tls["down"] / MANY, 1), calls=many["calls"], records=many["records"],
                 json_bytes=round(json_bytes), counted="up, at the socket, what TLS carries")


def sync_through(world, proxy, least_records):
    world.ctl.point_at(proxy.url)
    proxy.take()
    report = world.ctl.run("sync")[0]
    expect(report["arrived"] >= least_records, f"only {report['arrived']} of {least_records} tickets arrived")
    up, down, _ = proxy.take()
    return {"up": up, "down": down, "calls": report["calls"], "records": report["records"]}
