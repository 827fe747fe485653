"""Counts bytes between a kiosk and the centre, at the socket: through a plain TCP relay everything counts, TLS
included; through one that ends TLS on both sides (with the centre's own certificate) only what TLS carries."""

import ssl

from mimika_e2e.proxy import Relay


class CountingProxy(Relay):
    def __init__(self, centre_port, centre_with_tls=None):
        """`centre_with_tls`: the Centre whose TLS is to be ended here."""
        self.up = self.down = self.connections = 0
        server_tls = client_tls = None
        if centre_with_tls:
            centre = centre_with_tls
            server_tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            server_tls.load_cert_chain(centre.data / "server.pem", centre.data / "keys" / "server.key")
            client_tls = ssl.create_default_context(cafile=str(centre.ca_file))
        super().__init__(centre_port, server_tls, client_tls)

    def opened(self, connection):
        self.connections += 1

    async def forward(self, connection, writer, way, block):
        setattr(self, way, getattr(self, way) + len(block))
        await super().forward(connection, writer, way, block)

    def take(self):
        """(up, down, connections) since the last time."""
        counted = (self.up, self.down, self.connections)
        self.up = self.down = self.connections = 0
        return counted
