"""Pictures for the camera, as PNG: made here, or cut out of a screenshot. Eight bits a channel, nothing else."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from mimika_e2e.common import StepFailed

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}  # colour type -> bytes a pixel


@dataclass
class Picture:
    """Rows from the top, three bytes a pixel."""

    width: int
    height: int
    rows: list

    def cut_out(self, x, y, width, height):
        return Picture(width, height, [row[3 * x:3 * (x + width)] for row in self.rows[y:y + height]])

    def in_the_middle_of(self, width, height, ground=b"\xff\xff\xff"):
        left, top = (width - self.width) // 2, (height - self.height) // 2
        right, below = width - self.width - left, height - self.height - top
        rows = [ground * width] * top + [ground * left + row + ground * right for row in self.rows]
        return Picture(width, height, rows + [ground * width] * below)

    def enlarged(self, times):
        wide = [b"".join(row[i:i + 3] * times for i in range(0, len(row), 3)) for row in self.rows]
        return Picture(self.width * times, self.height * times, [row for row in wide for _ in range(times)])

    def write(self, path):
        """The old file stays whole until the new one is."""
        def chunk(name, data):
            return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self.rows), 1)
        part = Path(path).with_suffix(".part")
        part.write_bytes(SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
        part.replace(path)


def from_letters(rows, dark="#"):
    """A row of letters a row of pixels."""
    return Picture(len(rows[0]), len(rows),
                   [b"".join(b"\0\0\0" if letter == dark else b"\xff\xff\xff" for letter in row) for row in rows])


def plain(width, height, colour=b"\x90\xa0\xb0"):
    return Picture(width, height, [colour * width] * height)


def read(path, rows):
    """The first `rows` rows of a picture."""
    data, at, pixels = Path(path).read_bytes(), len(SIGNATURE), b""
    width = kind = 0
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8:at + 8 + length]
        if name == b"IHDR":
            width, _, bits, kind = struct.unpack_from(">IIBB", body)
            if bits != 8 or kind not in CHANNELS:
                raise StepFailed(f"{path} has {bits} bits a channel and colours of kind {kind}")
        elif name == b"IDAT":
            pixels += body
        at += 12 + length
    channels = CHANNELS[kind]
    stride = width * channels
    raw = zlib.decompressobj().decompress(pixels, rows * (stride + 1))
    before, out = bytes(stride), []
    for row in range(len(raw) // (stride + 1)):
        start = row * (stride + 1)
        line = bytearray(raw[start + 1:start + 1 + stride])
        undo_filter(raw[start], line, before, channels)
        before = bytes(line)
        out.append(before if channels == 3 else b"".join(before[i:i + 3] for i in range(0, stride, 4)))
    return Picture(width, len(out), out)


def undo_filter(kind, line, above, channels):
    for i in range(len(line) if kind else 0):
        left = line[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = above[i]
        elif kind == 3:
            guess = (left + above[i]) // 2
        else:
            guess = min((left, above[i], corner), key=lambda one: abs(left + above[i] - corner - one))
        line[i] = (line[i] + guess) & 0xFF
