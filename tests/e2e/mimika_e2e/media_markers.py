"""A voice and a picture that nobody else has, and what is left of them in memory: what was heard and seen as it came in,
and the files that were made of it, which are cut out of the memory of the process while their person stands there.

The voice repeats the same 4 ms over and over, and the picture the same row from top to bottom, so that any piece that is
left holds the marker. Its row is black and white in steps as wide as a JPEG's blocks, which come out of it as they went
in."""

import math
import random
import re
import struct

from mimika_e2e import png
from mimika_e2e.markers import memory_of
from mimika_e2e.senses import VOICE_RATE

PERIOD = 64  # samples
HARMONICS = 20
WINDOW = 24  # samples
STEP = 16  # pixels
STEPS = 40
ROWS = 480
PIECE = 10  # steps that are looked for, one piece after the other along the row
FULL_SCALE = 32_767
FILE_WINDOW = 48  # bytes of a file that are looked for

# A photo; and a frame of the camera, which counts in a comment.
JPEG_START = re.compile(rb"\xff\xd8(?:\xff\xfe\x00\x06.{4})?\xff\xe0\x00\x10JFIF", re.DOTALL)
JPEG_SCAN, JPEG_SCAN_HEADER, JPEG_MOST_HEADERS = b"\xff\xda", 14, 4096
OGG_START, OGG_HEADER = re.compile(rb"OggS\x00[\x00-\x05]"), 27


def single(value):
    """As a float of 32 bits."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def whole(value):
    """Halves away from zero, as the recorder rounds."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


class Voice:
    def __init__(self, seed):
        chance = random.Random(seed)
        parts = [(n, chance.random() / n, chance.random() * 2 * math.pi) for n in range(1, HARMONICS + 1)]
        wave = [sum(part * math.sin(2 * math.pi * n * i / PERIOD + begin) for n, part, begin in parts)
                for i in range(PERIOD)]
        most = max(map(abs, wave))
        self.period = [single(0.6 * value / most) for value in wave]

    def samples(self, seconds=30):
        return self.period * (seconds * VOICE_RATE // PERIOD)

    def markers(self, name):
        """As the microphone gave it, as whole numbers, and as the encoder makes it small again."""
        floats = self.period[:WINDOW]
        numbers = [whole(single(value * FULL_SCALE)) for value in floats]
        return {f"{name}.heard": struct.pack(f"<{WINDOW}f", *floats),
                f"{name}.samples": struct.pack(f"<{WINDOW}h", *numbers),
                f"{name}.samples in floats": struct.pack(f"<{WINDOW}f", *(number / 32768 for number in numbers))}


class Barcode:
    def __init__(self, seed):
        chance = random.Random(seed)
        # No piece of it is of few colours, as edges and letters are.
        self.steps = []
        for _ in range(STEPS // PIECE):
            piece = [True] * (PIECE // 2) + [False] * (PIECE // 2)
            while sum(a != b for a, b in zip(piece, piece[1:])) < PIECE // 2:
                chance.shuffle(piece)
            self.steps += piece

    def picture(self):
        row = b"".join((b"\xff" if light else b"\0") * 3 * STEP for light in self.steps)
        return png.Picture(STEP * STEPS, ROWS, [row] * ROWS)

    def markers(self, name):
        """Pieces of a row in each way to write a pixel, at full and at half width."""
        ways = {"rgba": (b"\xff\xff\xff\xff", b"\0\0\0\xff"), "rgb": (b"\xff" * 3, b"\0" * 3), "grey": (b"\xff", b"\0"),
                "yuyv": (b"\xeb\x80", b"\x10\x80")}
        return {f"{name}.{way}, {STEP // smaller} px, {first}": b"".join(
                    (light if bright else dark) * (STEP // smaller) for bright in self.steps[first:first + PIECE])
                for way, (light, dark) in ways.items() for smaller in (1, 2) for first in range(0, STEPS, PIECE)}


def jpeg_windows(data):
    """A piece of what each JPEG in `data` says of its pixels."""
    for start in JPEG_START.finditer(data):
        scan = data.find(JPEG_SCAN, start.end(), start.end() + JPEG_MOST_HEADERS)
        at = scan + JPEG_SCAN_HEADER
        if scan > 0 and at + FILE_WINDOW <= len(data):
            yield data[at:at + FILE_WINDOW]


def ogg_windows(data):
    """A piece of the sound in each page."""
    for start in OGG_START.finditer(data):
        if start.start() + OGG_HEADER >= len(data):
            continue
        packets = data[start.start() + OGG_HEADER - 1]
        sizes = data[start.start() + OGG_HEADER:start.start() + OGG_HEADER + packets]
        at = start.start() + OGG_HEADER + packets
        if sum(sizes) >= 4 * FILE_WINDOW and at + 3 * FILE_WINDOW <= len(data):
            yield data[at + 2 * FILE_WINDOW:at + 3 * FILE_WINDOW]


def files_in_memory(pid, name):
    """Markers of every photo and every page of a voice that the process holds now."""
    found = {}
    for kind, windows in (("photo", jpeg_windows), ("voice", ogg_windows)):
        pieces = {piece for _, data in memory_of(pid) for piece in windows(data) if len(set(piece)) > FILE_WINDOW // 4}
        found |= {f"{name}.{kind} {number}": piece for number, piece in enumerate(sorted(pieces))}
    return found
