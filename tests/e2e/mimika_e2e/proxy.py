"""Stands between a kiosk and the centre as a TCP relay. TLS goes through it untouched, unless it is told to end it."""

import asyncio
import ssl
import threading
from dataclasses import dataclass

from mimika_e2e.common import choose_port

BLOCK = 64 * 1024


class Connection:
    """One kiosk's, with what has been forwarded each way."""

    def __init__(self, kiosk_writer, centre_writer):
        self.writers = (kiosk_writer, centre_writer)
        self.forwarded = {"up": 0, "down": 0}
        self.stalled = set()  # the ways in which nothing is forwarded any more

    def close(self):
        """As a program that ends in order: what was forwarded still arrives."""
        for writer in self.writers:
            writer.close()

    def reset(self):
        for writer in self.writers:
            writer.transport.abort()


class Relay:
    """Forwards everything; subclasses look at it, or do worse, in forward()."""

    def __init__(self, centre_port, server_tls=None, client_tls=None):
        self.centre_port = centre_port
        self.server_tls, self.client_tls = server_tls, client_tls
        self.port = choose_port(0)
        self.loop = asyncio.new_event_loop()
        started = threading.Event()
        self.thread = threading.Thread(target=self.serve, args=(started,), daemon=True)
        self.thread.start()
        started.wait()

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def serve(self, started):
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(asyncio.start_server(self.relay, "127.0.0.1", self.port, ssl=self.server_tls))
        started.set()
        self.loop.run_forever()
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self.loop.close()

    async def relay(self, reader, writer):
        host = "127.0.0.1"
        centre_reader, centre_writer = await asyncio.open_connection(
            host, self.centre_port, ssl=self.client_tls, server_hostname=host if self.client_tls else None)
        connection = Connection(writer, centre_writer)
        self.opened(connection)
        await asyncio.gather(self.pump(connection, reader, centre_writer, "up"),
                             self.pump(connection, centre_reader, writer, "down"))

    async def pump(self, connection, reader, writer, way):
        try:
            while block := await reader.read(BLOCK):
                await self.forward(connection, writer, way, block)
        except (ConnectionError, ssl.SSLError):
            pass
        writer.close()

    def opened(self, connection):
        pass

    async def forward(self, connection, writer, way, block):
        connection.forwarded[way] += len(block)
        writer.write(block)
        await writer.drain()

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


@dataclass
class Fault:
    """What happens to a connection when `at` bytes of it have gone `way` ("up" or "down"): not one more is forwarded
    (cut: both ends are closed; reset: both get a reset; stall: both stay open), or the rest of the block comes at one
    byte every `pause` seconds (drip).

    A fault in the way down, past the handshake, loses the answer to a call that has arrived whole."""
    way: str
    at: int
    kind: str = "cut"
    pause: float = 0.05


class CuttingProxy(Relay):
    """Does one Fault to the next connection that comes far enough, and none before it is armed again."""

    def __init__(self, centre_port):
        self.fault = None
        self.struck = 0  # faults so far
        self.up = self.down = 0  # bytes forwarded since take()
        super().__init__(centre_port)

    def arm(self, fault):
        self.fault = fault

    def take(self):
        """(up, down) since the last time."""
        forwarded = (self.up, self.down)
        self.up = self.down = 0
        return forwarded

    async def forward(self, connection, writer, way, block):
        fault = self.fault
        if way in connection.stalled:
            return
        if fault is None or fault.way != way or connection.forwarded[way] + len(block) < fault.at:
            return await self.pass_on(connection, writer, way, block)
        self.fault = None
        self.struck += 1
        room = fault.at - connection.forwarded[way]
        if room > 0:
            await self.pass_on(connection, writer, way, block[:room])
        await self.strike(fault, connection, writer, way, block[max(room, 0):])

    async def pass_on(self, connection, writer, way, block):
        setattr(self, way, getattr(self, way) + len(block))
        await super().forward(connection, writer, way, block)

    async def strike(self, fault, connection, writer, way, rest):
        if fault.kind == "stall":
            connection.stalled.add(way)
        elif fault.kind == "drip":
            for byte in rest:
                await asyncio.sleep(fault.pause)
                await self.pass_on(connection, writer, way, bytes([byte]))
        else:
            connection.close() if fault.kind == "cut" else connection.reset()
            raise ConnectionAbortedError
