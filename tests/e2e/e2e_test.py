#!/usr/bin/env python3
"""e2e_test.py PROGRAM-FOLDER: the session twice on one new data folder, since the second time must work as well."""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    programs = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="mimika-e2e-") as folder:
        # On X first, the way it runs in an office; then without any display server, and upright.
        for more in (["--size", "1280x800"], ["--size", "1080x1920", "--no-display"]):
            command = [sys.executable, HERE / "session.py", "--programs", programs, "--data", Path(folder, "data"),
                       "--headless", "--port", "0", *more]
            if subprocess.run(command, stdin=subprocess.DEVNULL).returncode != 0:
                show_logs(Path(folder, "data"))
                return 1
    return 0


def show_logs(data):
    for log in sorted(data.rglob("*.log")):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-60:]
        print(f"--- the end of {log.name}", *lines, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
