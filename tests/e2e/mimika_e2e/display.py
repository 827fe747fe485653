"""A display: somebody's own, or a virtual one of ours."""

import os
import subprocess
from pathlib import Path

from mimika_e2e.common import StepFailed, wait_until


def has_display():
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class VirtualDisplay:
    """Xvfb with a number nobody uses. `fb_folder`: where the picture on it can be read (Xvfb_screen0, an XWD file)."""

    def __init__(self, width, height, fb_folder=None):
        read_end, write_end = os.pipe()
        command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
                   "-noreset", "-dpi", "96"]
        if fb_folder is not None:
            command += ["-fbdir", str(fb_folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, pass_fds=[write_end])
        os.close(write_end)
        try:
            with os.fdopen(read_end) as pipe:
                number = pipe.readline().strip()  # comes when the server is ready
            if not number:
                raise StepFailed("Xvfb, the virtual display, did not start")
            self.name = f":{number}"
            wait_until(Path(f"/tmp/.X11-unix/X{number}").exists, "Xvfb made no socket", 10, 0.01)
        except StepFailed:
            self.stop()
            raise

    def environment(self):
        environment = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "XAUTHORITY")}
        return {**environment, "DISPLAY": self.name, "SDL_VIDEODRIVER": "x11"}

    def stop(self):
        self.process.terminate()
        self.process.wait()
