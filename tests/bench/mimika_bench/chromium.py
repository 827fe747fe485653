"""The peer: Chromium in kiosk mode with a static page of the same eight tiles (tests/bench/chromium_tiles.html)."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "chromium_tiles.html"
MARKER = (255, 0, 255)  # a square of this colour stands in the page's lower right corner


class Chromium:
    def __init__(self, display, profile):
        command = [
            "chromium", "--kiosk", "--window-size=1280,800", "--window-position=0,0", "--no-first-run",
            "--no-default-browser-check", "--disable-sync", "--disable-extensions", "--disable-background-networking",
            "--disable-component-update", "--password-store=basic", "--ozone-platform=x11", f"--user-data-dir={profile}",
        ]
        if os.geteuid() == 0:
            command.append("--no-sandbox")  # it refuses to run as root with one
        self.started = time.monotonic()
        self.process = subprocess.Popen([*command, PAGE.as_uri()], env=display.environment(), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    @staticmethod
    def is_there():
        return shutil.which("chromium") is not None

    @staticmethod
    def shows_page(framebuffer):
        return framebuffer.pixel(framebuffer.width - 4, framebuffer.height - 4) == MARKER

    def stop(self):
        """Its whole session: the helpers outlive the process that started them."""
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
