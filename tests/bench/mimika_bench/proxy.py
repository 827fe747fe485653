"""Counts bytes between a kiosk and the centre, at the socket: through a plain TCP relay everything counts, TLS
included; through one that ends TLS on both sides (with the centre's own certificate) only what TLS carries."""

import asyncio
import ssl
import threading

from mimika_e2e.common import choose_port

BLOCK = 64 * 1024


class CountingProxy:
    def __init__(self, centre, ends_tls):
        self.centre_port = centre.port
        self.port = choose_port(0)
        self.up = self.down = self.connections = 0
        self.server_tls = self.client_tls = None
        if ends_tls:
            self.server_tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.server_tls.load_cert_chain(centre.data / "server.pem", centre.data / "keys" / "server.key")
            self.client_tls = ssl.create_default_context(cafile=str(centre.ca_file))
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
        self.loop.run_until_complete(
            asyncio.start_server(self.relay, "127.0.0.1", self.port, ssl=self.server_tls))
        started.set()
        self.loop.run_forever()

    async def relay(self, reader, writer):
        self.connections += 1
        upstream_reader, upstream_writer = await asyncio.open_connection(
            "127.0.0.1", self.centre_port, ssl=self.client_tls, server_hostname="127.0.0.1" if self.client_tls else None)
        await asyncio.gather(self.pump(reader, upstream_writer, "up"), self.pump(upstream_reader, writer, "down"))

    async def pump(self, reader, writer, way):
        try:
            while block := await reader.read(BLOCK):
                setattr(self, way, getattr(self, way) + len(block))
                writer.write(block)
                await writer.drain()
        except (ConnectionError, ssl.SSLError):
            pass
        writer.close()

    def take(self):
        """(up, down, connections) since the last time."""
        counted = (self.up, self.down, self.connections)
        self.up = self.down = self.connections = 0
        return counted

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
