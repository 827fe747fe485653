"""The accounts of a demonstration. Their passwords are made here once and kept in a file only its owner can read."""

import json
import secrets
from dataclasses import dataclass

from mimika_e2e.common import write_private


@dataclass
class Person:
    login: str
    full_name: str
    role: str
    opd: str = ""
    password: str = ""

    def describe(self):
        return f"{self.full_name} ({self.login}, {self.role}{', ' + self.opd if self.opd else ''})"


ADMIN = "admin"
PIC = "pic.pupr"
REGENT = "bupati"

CAST = (
    (ADMIN, "Admin Mimika Center", "super_admin", ""),
    (PIC, "Petugas PUPR", "opd_pic", "pupr"),
    (REGENT, "Bupati Mimika", "regent", ""),
)


def prepare_people(centre, logins_file):
    """login -> Person; and whether the passwords are new. Makes the accounts that are missing."""
    kept = json.loads(logins_file.read_text(encoding="utf-8")) if logins_file.exists() else {}
    people, made = {}, False
    for login, full_name, role, opd in CAST:
        person = Person(login, full_name, role, opd, kept.get(login, ""))
        if not person.password or not centre.has_user(login):
            person.password = person.password or secrets.token_urlsafe(12)
            centre.set_user(person)
            made = True
        people[login] = person
    if made:
        write_private(logins_file, {login: person.password for login, person in people.items()})
    return people, made
