#!/usr/bin/env python3
"""ctl_file_test.py PROGRAM-FOLDER: a technician files from a terminal, with photos and voices from files.

  Files that are missing, empty, cut, too large or something else are refused, each with its name and what is wrong with
  it, and so is what a ticket does not take; with a good photo beside a bad one nothing is filed, no file is kept, and the
  next ticket has the first number. Then a photo tells a complaint without a word, three papers go with a request, and all
  of it arrives at the centre."""

import base64
import json
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mimika_e2e.common import StepFailed, expect  # noqa: E402
from mimika_e2e.office import enrol, run  # noqa: E402
from mimika_e2e.story import KAMPUNG  # noqa: E402

# 16 pixels of grey a side.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////"
    "////wAALCAAQABABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJx"
    "FDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZ"
    "mqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AIIquxVSiq7FX//Z")
SOUND_FILE_BYTES = 2 * 1024 * 1024 - 16
COMPLAINT = {"kind": "complaint", "category": "air", "kampung": KAMPUNG, "story": "Pipa pecah.", "consent": True}
REQUEST = {"kind": "service", "service": "pbg", "consent": True,
           "fields": {"nama": "Yulius Magal", "nik": "9404065203950001", "lokasi": "Diloa", "guna": "rumah",
                      "telepon": "081234567890"}}


class Desk:
    def __init__(self, ctl, folder):
        self.ctl, self.folder = ctl, folder

    def file(self, ticket, *options):
        return self.ctl.run("file", *options, text_in=json.dumps(ticket))[0]

    def put(self, name, content):
        (self.folder / name).write_bytes(content)
        return str(self.folder / name)

    def kept(self):
        return [path for path in (self.ctl.data / "blobs").rglob("*") if path.is_file()]

    def must_refuse(self, words, ticket, *options):
        try:
            self.file(ticket, *options)
        except StepFailed as refused:
            expect(words in str(refused), f"the refusal should say '{words}' and says: {refused}")
        else:
            raise StepFailed(f"filed although it should say '{words}'")
        expect(not self.ctl.tickets(), f"'{words}' and a ticket all the same")
        expect(not self.kept(), f"'{words}' and a file is kept all the same")


def refuse_everything(desk):
    photo = desk.put("photo.jpg", JPEG)
    cases = {"missing": None, "is empty": b"", "is no photo": b"a photo, says the name", "is no photo: a JPEG": JPEG[:-8]}
    for number, (words, content) in enumerate(cases.items()):
        name = f"{number}.jpg"
        path = str(desk.folder / name) if content is None else desk.put(name, content)
        # After a good one: what was read before must not be filed without it.
        desk.must_refuse(name if content is None else f"{name} {words}", COMPLAINT, "--photo", photo, "--photo", path)
        desk.must_refuse(name, REQUEST, "--paper", path)
    for words, path in (("voice.ogg", str(desk.folder / "voice.ogg")), ("is empty", desk.put("empty.ogg", b"")),
                        ("is no voice", photo), ("long.ogg", desk.put("long.ogg", bytes(SOUND_FILE_BYTES + 1)))):
        desk.must_refuse(words, COMPLAINT, "--photo", photo, "--voice", path)
    desk.must_refuse("at most 3 photos", COMPLAINT, *["--photo", photo] * 4)
    desk.must_refuse("at most 8 papers", REQUEST, *["--paper", photo] * 9)
    desk.must_refuse("only a service takes papers", COMPLAINT, "--paper", photo)
    desk.must_refuse("a service takes papers", REQUEST, "--photo", photo)
    desk.must_refuse("", {**COMPLAINT, "story": ""})


def play(programs, folder, things):
    centre, ctl = enrol(programs, folder, things, folder / "kiosk")
    desk = Desk(ctl, folder)
    refuse_everything(desk)
    photo = desk.put("photo.jpg", JPEG)
    told = desk.file({**COMPLAINT, "story": ""}, "--photo", photo)["number"]
    asked = desk.file(REQUEST, *["--paper", photo] * 3)["number"]
    expect(re.match(r"JLA\d-0001-", told) and re.match(r"JLA\d-0002-", asked),
           f"{told} and {asked} are not the first two numbers: a refusal took one")
    expect(ctl.status()["unsent_attachments"] == 8, "four photos and their previews should wait")
    ctl.run("sync")
    ctl.run("sync")
    expect(ctl.status()["unsent_attachments"] == 0, "what was filed from files does not arrive")
    ctl.verify()
    centre.verify()


if __name__ == "__main__":
    sys.exit(run(play))
