#!/usr/bin/env python3
"""probe.py echo PORT | probe.py send ADDRESS PORT COUNT SIZE SPACING_MS WAIT_MS

The far end of lossy_test.py sends every datagram back at once; the near end sends COUNT numbered ones and prints
{number: round trip in milliseconds} of those that came back within WAIT_MS of the last."""

import json
import socket
import sys
import time


def echo(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.bind(("0.0.0.0", port))
        print("ready", flush=True)
        while True:
            data, sender = end.recvfrom(2048)
            # Only the number goes back, so that the way back is never what is slow.
            end.sendto(data[:4], sender)


def send(address, port, count, size, spacing_ms, wait_ms):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.connect((address, port))
        sent, came = {}, {}
        begun = time.monotonic()
        while True:
            now = time.monotonic()
            if len(sent) < count and now >= begun + len(sent) * spacing_ms / 1000:
                number = len(sent)
                sent[number] = now
                end.send(number.to_bytes(4, "big") + bytes(size - 4))
                continue
            last = sent[count - 1] if len(sent) == count else None
            until = begun + len(sent) * spacing_ms / 1000 if last is None else last + wait_ms / 1000
            if last is not None and (now >= until or len(came) == count):
                return came
            end.settimeout(max(0.0001, until - now))
            try:
                number = int.from_bytes(end.recv(2048), "big")
                came[number] = (time.monotonic() - sent[number]) * 1000
            except (TimeoutError, ConnectionError):
                pass


if __name__ == "__main__":
    if sys.argv[1] == "echo":
        echo(int(sys.argv[2]))
    print(json.dumps(send(sys.argv[2], *(int(word) for word in sys.argv[3:8]))))
