"""What every part of a session needs: a failure in words, waiting with an end, private files."""

import json
import os
import socket
import time
from contextlib import contextmanager
from pathlib import Path


class StepFailed(Exception):
    """Something that had to be true was not. The text is for the person who reads the terminal."""


def expect(truth, words):
    if not truth:
        raise StepFailed(words)


def wait_until(question, words, seconds=30.0, every=0.1):
    """Asks until the answer is true and returns it; StepFailed with `words` when it never becomes so."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise StepFailed(f"{words} (waited {seconds:.0f} s)")
        time.sleep(every)


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def port_answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def choose_port(wanted):
    """`wanted` when nobody has it, else any free one (0: any)."""
    if wanted and port_is_free(wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def private_folder(path):
    path = Path(path)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path, value):
    """JSON that only its owner may read; the old file stays whole until the new one is."""
    path = Path(path)
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(value, out, indent=1)
        out.write("\n")
    os.replace(temporary, path)


@contextmanager
def closing_all():
    """A stack of things to stop, the last one first, whatever happens between."""
    things = []
    try:
        yield things
    finally:
        for thing in reversed(things):
            thing.stop()
