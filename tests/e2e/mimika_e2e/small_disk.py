"""A file system of its own for a test: one that can be full, or read-only, by the kernel's own word."""

import os
import subprocess
from pathlib import Path


class SmallDisk:
    """`mounted` is false where nobody may mount; then the folder is an ordinary one and the test must say so."""

    def __init__(self, folder, size):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, parents=True)
        self.mounted = self.mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", self.folder)

    @staticmethod
    def mount(*arguments):
        return subprocess.run(["mount", *arguments], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0

    def make_read_only(self):
        return self.mount("-o", "remount,ro", self.folder)

    def make_writable(self):
        return self.mount("-o", "remount,rw", self.folder)

    def fill(self):
        """Takes all the space there is."""
        with open(self.folder / "ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(b"b" * 4096)
            except OSError:
                pass

    def empty(self):
        os.unlink(self.folder / "ballast")

    def stop(self):
        if self.mounted:
            subprocess.run(["umount", "--lazy", self.folder], stdin=subprocess.DEVNULL, check=False)
            self.mounted = False
