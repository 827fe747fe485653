"""The texts a dictionary is trained on: private parts as a kiosk would make them, put together from our phrase tables.

Nothing here was typed by a resident. The same seed gives the same bytes: only random() itself is used, the one function
of the random module whose sequence never changes between versions of Python.
"""

import json
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Every phrase belongs to one of FOLDS parts by its place in its list, so that texts can be made without some phrases, and
# others of these alone.
FOLDS = 5
EVERY_FOLD = range(FOLDS)

# Field numbers of mimika.wire.pb.PrivatePart and Field (sync/wire/events.proto).
STORY, NAME, NIK, PHONE, ADDRESS, LANDMARK, CATEGORY, KAMPUNG, FIELDS = range(1, 10)
FIELD_ID, FIELD_ANSWER = 1, 2


class Chance:
    """Dice whose throws never change."""

    def __init__(self, seed):
        self._next = random.Random(seed).random

    def throw(self):
        return self._next()

    def below(self, number):
        return int(self._next() * number)

    def often(self, percent):
        return self._next() * 100 < percent

    def of(self, items):
        return items[self.below(len(items))]


def read_tables(folds=EVERY_FOLD):
    """file name -> section -> the phrases that belong to `folds`."""
    tables = {}
    for path in sorted((HERE / "phrases").glob("*.txt")):
        sections = tables[path.stem] = {}
        current = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                current = sections.setdefault(line[1:-1], [])
            elif line and not line.startswith("#"):
                if current is None:
                    current = sections.setdefault("", [])
                current.append(line)
        if path.stem != "shortening":  # how people shorten is no phrase
            for name, phrases in sections.items():
                sections[name] = [phrase for place, phrase in enumerate(phrases) if place % FOLDS in folds]
    return tables


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def text_field(number, text):
    """A string as protobuf writes it; an empty one is not written."""
    raw = text if isinstance(text, bytes) else text.encode()
    return varint(number << 3 | 2) + varint(len(raw)) + raw if raw else b""


def encode(part):
    out = b"".join(text_field(number, part.get(number, "")) for number in range(STORY, FIELDS))
    for name, answer in part.get(FIELDS, ()):
        out += text_field(FIELDS, text_field(FIELD_ID, name) + text_field(FIELD_ANSWER, answer))
    return out


class Writer:
    """Writes private parts as different people would."""

    def __init__(self, seed, folds=EVERY_FOLD):
        self.chance = Chance(seed)
        tables = read_tables(folds)
        self.sentences, self.papuan, self.names, self.forms = (
            tables[name] for name in ("sentences", "papuan-malay", "names", "forms"))
        self.own = [message for name in ("stories", "stories-more") for part in tables[name].values() for message in part]
        self.troubles = [trouble for name in ("troubles-public-works", "troubles-services")
                         for part in tables[name].values() for trouble in part]
        self.glue = tables["glue"]["sambung"] + tables["words"]["kata"]
        self.shorter = {}
        for line in tables["shortening"][""]:
            long, short = line.split(" ")
            self.shorter.setdefault(long, []).append(short)
        catalogue = json.loads((HERE / "catalogue.json").read_text(encoding="utf-8"))
        self.districts, self.categories, self.services = (
            catalogue[name] for name in ("districts", "categories", "services"))

    # --- gaps

    def fill(self, phrase):
        while "{" in phrase:
            before, rest = phrase.split("{", 1)
            what, after = rest.split("}", 1)
            phrase = before + self.gap(what) + after
        return phrase

    def gap(self, what):
        chance = self.chance
        if what == "kampung":
            return self.kampung()[1]
        if what == "distrik":
            return chance.of(self.districts)["name"]
        if what == "nama":
            return self.name()
        if what == "n":
            return str(1 + chance.below(chance.of((4, 13, 40, 300))))
        if what == "tgl":
            return str(1 + chance.below(31))
        if what == "tahun":
            return str(2022 + chance.below(9))
        if what == "jam":
            return chance.of(("{} pagi", "{} malam", "{}.00", "{}.30 WIT", "{}")).format(1 + chance.below(12))
        if what == "hp":
            return self.phone()
        return chance.of(self.names[what])

    def kampung(self):
        return self.chance.of(self.chance.of(self.districts)["kampung"])

    def name(self):
        first = self.chance.of(self.names["depan"])
        if self.chance.often(25):
            first += " " + self.chance.of(self.names["depan"])
        return first + " " + self.chance.of(self.names["marga"])

    def digits(self, count):
        return "".join(str(self.chance.below(10)) for _ in range(count))

    def phone(self):
        start = self.chance.of(("0812", "0813", "0821", "0822", "0852", "0853", "081248", "082198", "081344", "085254"))
        return start + self.digits(12 - len(start))

    def date(self):
        return f"{1 + self.chance.below(28):02}-{1 + self.chance.below(12):02}-{1950 + self.chance.below(80)}"

    def nik(self):
        day = 1 + self.chance.below(28) + (40 if self.chance.often(50) else 0)
        region = self.chance.of(("9404", "9109")) + f"{1 + self.chance.below(18):02}"
        return f"{region}{day:02}{1 + self.chance.below(12):02}{self.chance.below(100):02}000{1 + self.chance.below(9)}"

    # --- stories

    def clause(self, kind):
        """One thing of its kind, in Indonesian."""
        return self.fill(self.chance.of(self.sentences[kind]))

    def trouble(self):
        return self.fill(self.chance.of(self.troubles))

    def complaint(self):
        chance, parts = self.chance, []
        if chance.often(45):
            parts.append(self.clause("buka"))
        first = self.trouble()
        if chance.often(35):
            first += " " + self.clause("tempat")
        if chance.often(40):
            first = first + " " + self.clause("waktu") if chance.often(70) else self.clause("waktu") + " " + first
        if chance.often(30):
            first += chance.of((" dan ", ", ", ". ")) + self.trouble()
        if chance.often(45):
            first += chance.of((", ", ", ", ". ", " ")) + self.clause("akibat")
        parts.append(first + ".")
        for _ in range(chance.below(3)):
            parts.append(self.clause("minta"))
        if chance.often(35):
            parts.append(self.clause("tutup"))
        return " ".join(parts)

    def papuan_complaint(self):
        chance, parts = self.chance, []

        def say(kind):
            return self.fill(chance.of(self.papuan[kind]))

        if chance.often(50):
            parts.append(say("buka"))
        parts.append(say("masalah") + chance.of((", ", ". ", " ")) + say("akibat") + ".")
        if chance.often(40):
            parts.append(say("sambung") + " " + say("masalah") + ".")
        if chance.often(70):
            parts.append(say("minta"))
        if chance.often(30):
            parts.append(say("tutup"))
        return " ".join(parts)

    def wish(self, kind):
        chance = self.chance
        table = self.papuan if chance.often(20) else self.sentences
        parts = [self.fill(chance.of(table["buka"]))] if chance.often(40) else []
        parts.append(self.fill(chance.of(table[kind])))
        if chance.often(40):
            parts.append(self.fill(chance.of(table[kind])))
        if chance.often(40):
            parts.append(self.fill(chance.of(table["tutup"])))
        return " ".join(parts)

    def loose(self):
        """Runs of everyday words, so that words without a phrase of their own are met as well."""
        return "".join(self.chance.of(self.glue) for _ in range(4 + self.chance.below(12))).lstrip()

    def story(self):
        dice = self.chance.below(100)
        if dice < 34:
            text = self.complaint()
        elif dice < 54:
            text = self.fill(self.chance.of(self.own))
        elif dice < 66:
            text = self.papuan_complaint()
        elif dice < 74:
            text = self.wish("aspirasi")
        elif dice < 80:
            text = self.wish("tanya")
        else:
            text = self.loose()
        return self.style(text)

    def style(self, text):
        """The same text by somebody who shortens, leaves out capitals and stops, or shouts."""
        chance = self.chance
        if chance.often(30):
            words = text.split(" ")
            text = " ".join(self.shorten(word) for word in words)
        dice = chance.below(100)
        if dice < 30:
            return text.lower()
        if dice < 36:
            return text.lower().replace(".", "").replace(",", "")
        if dice < 39:
            return text.upper()
        return text[:1].upper() + text[1:]

    def shorten(self, word):
        plain = word.lower().rstrip(".,?")
        if plain not in self.shorter or self.chance.often(30):
            return word
        return self.chance.of(self.shorter[plain]) + word[len(plain):]

    # --- private parts

    def filing(self):
        chance = self.chance
        part = {STORY: self.story()}
        if chance.often(45):
            part[NAME] = self.name()
            if chance.often(25):
                part[NIK] = self.nik()
            if chance.often(60):
                part[PHONE] = self.phone()
            if chance.often(35):
                part[ADDRESS] = self.fill(chance.of(self.forms["isian"][-22:]))
        if chance.often(35):
            part[LANDMARK] = self.landmark()
        if chance.often(15):
            part[CATEGORY] = chance.of(self.categories)
            part[KAMPUNG] = self.kampung()[0]
        return encode(part)

    def landmark(self):
        text = self.clause("tempat")
        return text[3:].capitalize() if text.startswith("di ") and self.chance.often(50) else self.style(text)

    def request(self):
        chance = self.chance
        part = {FIELDS: [(name, self.answer(name, kind)) for name, kind, required in chance.of(self.services)
                         if required or chance.often(60)]}
        if chance.often(25):
            part[STORY] = self.style(chance.of(self.forms["minta-surat"]))
        return encode(part)

    def answer(self, name, kind):
        makers = {"name": self.name, "nik": self.nik, "family_card": self.nik, "phone": self.phone, "date": self.date}
        if kind in makers:
            return makers[kind]()
        if name in ("nama_usaha", "jenis_usaha"):
            return self.chance.of(self.names["usaha"])
        if kind == "place" and self.chance.often(50):
            return self.gap("kampung")
        return self.fill(self.chance.of(self.forms["isian"]))

    def sample(self):
        return self.request() if self.chance.often(20) else self.filing()


def private_samples(count, seed, folds=EVERY_FOLD):
    """What sync/wire/event_codec.cc compresses alone, before it seals it."""
    writer = Writer(seed, folds)
    return [writer.sample() for _ in range(count)]


def private_texts(count, seed):
    """What a model learns from: `count` samples, so that every phrase is met, and then each whole message once, which is
    nearer to what people write."""
    writer = Writer(seed)
    samples = [writer.sample() for _ in range(count)]
    tables = read_tables()
    stories = [message for name in sorted(tables) if name.startswith("stories")
               for part in tables[name].values() for message in part]
    shuffled = sorted((writer.chance.throw(), message) for message in stories)
    for _, message in shuffled:
        text = writer.fill(message)
        samples.append(encode({STORY: writer.style(text) if writer.chance.often(25) else text}))
    return samples


# purpose -> its number in a dictionary's id, and what makes samples to measure with.
PURPOSES = {"private": (1, private_samples)}
