"""Words that nobody else uses, and where they are still found: in the memory of a process, in files, in its environment.

A word is looked for in halves, since the first bytes of memory that was given back are used for other things; as UTF-8,
as UTF-16, and as an array of code points of 32 bits. Bytes are looked for as they are."""

import os
import secrets
from pathlib import Path

from mimika_e2e.common import StepFailed

ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le")
LETTERS = "bcdfghjklmnpqrstvwxyz"
PIECE = 8
BLOCK = 16 * 1024 * 1024
# What the kernel maps into every process, and what cannot be read.
NOT_OURS = ("[vvar]", "[vsyscall]", "[vdso]")


def new_word(letters=20):
    """Lower case: whatever the keyboard makes of its first letter, the rest stays."""
    return "".join(secrets.choice(LETTERS) for _ in range(letters))


def new_digits(count):
    return "".join(secrets.choice("0123456789") for _ in range(count))


def pieces_of(marker):
    """The first letter apart, since it may have become a capital."""
    text = marker[1:] if marker.isalpha() else marker
    half = max(PIECE, len(text) // 2)
    return {text[:half], text[-half:]}


def needles(markers):
    """bytes -> (name, encoding), of every piece in every encoding."""
    words = {name: marker for name, marker in markers.items() if isinstance(marker, str)}
    return {marker: (name, "bytes") for name, marker in markers.items() if name not in words} | {
        piece.encode(encoding): (name, encoding)
        for name, marker in words.items() for piece in pieces_of(marker) for encoding in ENCODINGS}


def find_in_bytes(data, wanted, place, found):
    for needle, (name, encoding) in wanted.items():
        at = data.find(needle)
        if at >= 0:
            found.append({"marker": name, "encoding": encoding, "place": place, "at": at,
                          "around": repr(data[max(0, at - 24):at + 48])})


def memory_of(pid, overlap=256):
    """(place, bytes) of everything the process has mapped, may read and could have written, in blocks that overlap."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory, open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        for line in maps:
            fields = line.split(maxsplit=5)
            name = fields[5].strip() if len(fields) > 5 else "anonymous"
            of_a_file = name.startswith("/") and "w" not in fields[1]  # as it lies on the disk: programs and libraries
            if "r" not in fields[1] or of_a_file or name in NOT_OURS:
                continue
            begin, end = (int(number, 16) for number in fields[0].split("-"))
            for at in range(begin, end, BLOCK):
                try:
                    memory.seek(at)
                    data = memory.read(min(BLOCK + overlap, end - at))
                except (OSError, ValueError):
                    continue  # a device's memory
                yield f"memory {name} {fields[1]} {at:x}", data


def find_in_memory(pid, markers):
    wanted = needles(markers)
    found = []
    for place, data in memory_of(pid, max(map(len, wanted), default=1) - 1):
        find_in_bytes(data, wanted, place, found)
    return found


def find_in_files(folders, markers):
    wanted = needles(markers)
    found = []
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                find_in_bytes(str(path).encode() + b"\0" + path.read_bytes(), wanted, f"file {path}", found)
    return found


def find_in_process_files(pid, markers):
    """Its environment and its words, and every file that it holds open, deleted ones as well."""
    wanted = needles(markers)
    found = []
    for name in ("environ", "cmdline"):
        find_in_bytes(Path(f"/proc/{pid}/{name}").read_bytes(), wanted, name, found)
    for entry in os.scandir(f"/proc/{pid}/fd"):
        try:
            if os.path.isfile(entry.path):
                find_in_bytes(Path(entry.path).read_bytes(), wanted, f"open file {os.readlink(entry.path)}", found)
        except OSError:
            continue
    return found


def may_look_into(pid):
    try:
        with open(f"/proc/{pid}/mem", "rb"):
            return True
    except PermissionError:
        return False


def expect_found(pid, markers):
    """Proves that looking would find them: somebody is just typing."""
    missing = set(markers) - {hit["marker"] for hit in find_in_memory(pid, markers)}
    if missing:
        raise StepFailed(f"not found while it is being written, so that finding nothing later proves nothing: "
                         f"{', '.join(sorted(missing))}")
