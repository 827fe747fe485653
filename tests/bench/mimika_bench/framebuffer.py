"""What is on a virtual display at this moment, read from the file Xvfb keeps its picture in (XWD format)."""

import mmap
import struct
import time
from pathlib import Path

HEADER_WORDS = 25


class Framebuffer:
    def __init__(self, folder):
        with open(Path(folder) / "Xvfb_screen0", "rb") as file:
            self.map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(f">{HEADER_WORDS}I", self.map[:HEADER_WORDS * 4])
        header_size, self.width, self.height = header[0], header[4], header[5]
        self.bytes_per_line, colours = header[12], header[19]
        self.start = header_size + colours * 12

    def pixel(self, x, y):
        """(red, green, blue)"""
        at = self.start + y * self.bytes_per_line + x * 4
        blue, green, red = self.map[at:at + 3]
        return red, green, blue

    def share_painted(self):
        """Of points spread over the display, how many are not the black of an empty one."""
        points = [(x, y) for x in range(20, self.width, 40) for y in range(20, self.height, 40)]
        return sum(self.pixel(x, y) != (0, 0, 0) for x, y in points) / len(points)

    def close(self):
        self.map.close()


def wait_for(question, seconds):
    """The moment (monotonic) at which the answer became true; None when it never did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return time.monotonic()
        time.sleep(0.001)
    return None
