"""A finger that comes from outside: pointer and keyboard events of the X server, as a panel and a keyboard make them."""

import random
import shutil
import subprocess

from mimika_e2e.common import expect, wait_until

TITLE = "Mimika Kiosk"
NOT_HERE = 77  # what ctest shows as skipped


def can_point():
    return shutil.which("xdotool") is not None


class Fingers:
    def __init__(self, display, kiosk):
        self.environment, self.kiosk = display.environment(), kiosk
        self.window = wait_until(self.find_window, "the kiosk has no window", 20)

    def xdotool(self, *commands, script=None):
        return subprocess.run(["xdotool", *(commands or ["-"])], input=script, text=True, capture_output=True,
                              env=self.environment, timeout=120, check=False)

    def find_window(self):
        return self.xdotool("search", "--name", TITLE).stdout.split()[0:1]

    def play(self, lines):
        done = self.xdotool(script="\n".join(lines) + "\n")
        expect(done.returncode == 0, f"xdotool: {done.stderr[-300:]}")

    def tap(self, target):
        place = self.kiosk.targets().get(target)
        expect(place is not None, f"'{target}' is not on the screen")
        self.tap_on(place)

    def tap_on(self, place):
        x, y, width, height = place
        self.play([f"mousemove {round(x + width / 2)} {round(y + height / 2)}", "mousedown 1", "mouseup 1"])

    def hammer(self, taps, width, height, seed):
        """As fast as the server takes them, a tenth of them beyond the screen."""
        chance = random.Random(seed)
        lines = []
        for _ in range(taps):
            lines.append(f"mousemove {chance.randint(-width // 20, width * 21 // 20)} "
                         f"{chance.randint(-height // 20, height * 21 // 20)}")
            lines.append("mousedown 1")
            if chance.random() < 0.3:
                lines.append(f"mousemove_relative -- {chance.randint(-300, 300)} {chance.randint(-300, 300)}")
            lines.append("mouseup 1")
        self.play(lines)

    def keys(self, *names):
        self.play([f"key {name}" for name in names])

    def turn(self, width, height):
        self.play([f"windowsize {self.window[0]} {width} {height}"])
