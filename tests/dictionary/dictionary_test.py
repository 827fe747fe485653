#!/usr/bin/env python3
"""dictionary_test.py PROGRAM-FOLDER: a dictionary that kiosks hold must never change, so its bytes are listed and made again."""

import hashlib
import json
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assets/dictionary"
PURPOSE_NUMBERS = {"private": 1}
MARKS = {"zdict": "37a430ec", "model": b"MKM1".hex()}  # zstd's own, RFC 8878, section 5; ours
PROGRAMS = None


def listed():
    return json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))["dictionaries"]


class Dictionaries(unittest.TestCase):
    def test_every_file_is_listed_and_every_listed_file_is_there(self):
        self.assertEqual(sorted(path.name for path in FOLDER.glob("private-*")), sorted(d["file"] for d in listed()))

    def test_a_file_has_the_size_hash_and_id_it_is_listed_with(self):
        for entry in listed():
            data = (FOLDER / entry["file"]).read_bytes()
            self.assertEqual(len(data), entry["bytes"])
            self.assertEqual(hashlib.blake2b(data, digest_size=32).hexdigest(), entry["hash"])
            self.assertEqual(data[:4].hex(), MARKS[entry["file"].rpartition(".")[2]])
            self.assertEqual(int.from_bytes(data[4:8], "little"), entry["id"])

    def test_an_id_says_purpose_and_version(self):
        for entry in listed():
            self.assertEqual(entry["id"], PURPOSE_NUMBERS[entry["purpose"]] << 16 | entry["version"])
            self.assertEqual(entry["file"].rpartition(".")[0], f"{entry['purpose']}-{entry['version']}")

    def test_versions_of_a_purpose_count_from_one_without_a_gap(self):
        for purpose in {entry["purpose"] for entry in listed()}:
            versions = [entry["version"] for entry in listed() if entry["purpose"] == purpose]
            self.assertEqual(versions, list(range(1, len(versions) + 1)))

    def test_every_version_is_what_the_tool_makes(self):
        for purpose in {entry["purpose"] for entry in listed()}:
            # Python orders sets differently in every process, so what came out as listed once did not by chance.
            made = subprocess.run([ROOT / "packaging/dictionary/make", purpose, "--programs", PROGRAMS],
                                  capture_output=True, text=True)
            self.assertEqual(made.returncode, 0, made.stderr)


if __name__ == "__main__":
    PROGRAMS = Path(sys.argv.pop(1)).resolve()
    unittest.main()
