#!/usr/bin/env python3
"""gallery_test.py PROGRAM-FOLDER: mimika-kiosk --gallery is driven by a script like the kiosk, photographs where it was
told, and makes no file anywhere else; what is missing it says."""

import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS = 60
SCRIPT = """\
wait screen:gallery.list
tap gallery.pages.down
tap gallery.go.keyboard_text
type Air
read field.text
screenshot letters
tap tool.contrast
tap gallery.list
wait screen:gallery.list
targets
quit
"""


def run(program, folder, *options):
    environment = {**os.environ, "HOME": str(folder), "MIMIKA_DATA": str(folder / "data")}
    return subprocess.run([program, "--gallery", "--headless", *options], cwd=folder, env=environment, text=True,
                          capture_output=True, timeout=SECONDS, check=False)


def size_of_png(path):
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", f"{path} is no PNG"
    return struct.unpack(">II", head[16:24])


def main():
    program = Path(sys.argv[1]).resolve() / "mimika-kiosk"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "script.txt"
        script.write_text(SCRIPT)
        shown = run(program, folder, "--size", "1280x800", "--script", script, "--screenshot-dir", folder / "pictures")
        assert shown.returncode == 0, shown.stdout + shown.stderr
        assert "ok Air\n" in shown.stdout, shown.stdout
        assert "target gallery.go.keys" in shown.stdout, shown.stdout
        assert size_of_png(folder / "pictures/letters.png") == (1280, 800)
        left = sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
        assert left == ["pictures", "pictures/letters.png", "script.txt"], left

        failed = run(program, folder, "--assets", folder / "nothing")
        assert failed.returncode == 1, failed.returncode
        assert "the drawings are missing" in failed.stdout + failed.stderr, failed.stdout + failed.stderr
    print("the style guide was shown and left nothing behind")


if __name__ == "__main__":
    main()
