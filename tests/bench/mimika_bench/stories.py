"""Complaints as people write them, put together from parts so that no two are alike. The same seed, the same texts."""

import json
import random

OPENINGS = (
    "Selamat pagi, kami warga {place} mau lapor", "Bapak dan ibu di kantor, saya dari {place} ingin sampaikan",
    "Kami di {place} sudah lama menunggu", "Tolong perhatikan {place}", "Saya {name}, warga {place}, mau mengadu",
    "Atas nama RT {number} di {place} kami melaporkan", "Mohon bantuan untuk kami di {place}",
    "Ini laporan yang kedua dari {place}", "Saya mama dari {number} anak di {place}", "Kami pemuda {place} bertanya",
)
TROUBLES = {
    "air": (
        "air dari pipa tidak jalan sejak {days} hari", "bak penampung retak dan airnya habis sebelum siang",
        "air yang keluar keruh dan bau lumpur", "pompa di dekat sungai rusak sesudah banjir",
        "kran umum hanya menetes, antrean sampai {number} ember", "pipa dari gunung putus kena longsor",
    ),
    "jalan": (
        "jembatan kayu di ujung kampung patah {number} papan", "jalan ke pasar berlubang dan tergenang kalau hujan",
        "tanah longsor menutup jalan sudah {days} hari", "tidak ada rambu di tikungan, sudah {number} motor jatuh",
    ),
    "sekolah": (
        "guru tidak datang mengajar sudah {days} hari", "atap kelas bocor, {number} anak pindah ke gereja",
        "buku pelajaran belum dibagi semester ini", "anak-anak belajar hanya sampai jam sembilan",
    ),
    "puskesmas": (
        "obat malaria habis sejak {days} hari", "tidak ada tenaga kesehatan yang jaga malam",
        "timbangan bayi rusak dan posyandu tidak jalan", "ibu hamil harus jalan kaki {number} jam untuk periksa",
    ),
    "listrik": (
        "lampu mati sejak {days} hari, genset kehabisan solar", "kabel jatuh rendah di depan rumah warga",
        "panel surya di balai kampung tidak menyala lagi", "listrik hanya nyala {number} jam setiap malam",
    ),
}
CONSEQUENCES = (
    "Anak-anak sakit perut dan tidak masuk sekolah.", "Kami harus jalan kaki {number} kilometer untuk cari ganti.",
    "Mama-mama jualan jadi rugi karena tidak bisa masak.", "Orang tua kami yang lanjut usia paling susah.",
    "Waktu hujan keadaannya lebih buruk lagi.", "Sudah {number} keluarga yang pindah sementara ke saudara.",
    "Kalau malam kami tidak berani lewat.", "Petugas pernah datang lihat, tetapi belum ada yang dikerjakan.",
)
REQUESTS = (
    "Mohon petugas datang periksa minggu ini.", "Kami minta kepastian kapan diperbaiki.",
    "Tolong kirim tukang dan bahan, kami siap bantu tenaga.", "Kalau bisa sebelum bulan depan, terima kasih.",
    "Kami tunggu jawaban di kantor distrik.", "Terima kasih banyak, Tuhan memberkati.",
    "Tolong jangan hanya dicatat saja.", "Silakan hubungi kepala kampung kalau perlu keterangan.",
)
NAMES = ("Yuliana", "Markus", "Paulina", "Yosep", "Agustina", "Melkias", "Ribka", "Otniel", "Debora", "Simon")
PLACES = {
    "94.04.06.2001": "Jila", "94.04.06.2002": "Diloa", "94.04.06.2003": "Noemun", "94.04.06.2004": "Pasir Putih",
    "94.04.06.2005": "Jengkon", "94.04.06.2010": "Pusuwe", "94.04.06.2011": "Wandud",
}


def story(chance, category, place):
    """One complaint in some 250 letters."""
    def part(choices):
        return chance.choice(choices).format(place=place, name=chance.choice(NAMES), number=chance.randint(2, 40),
                                             days=chance.randint(3, 60))
    troubles = chance.sample(TROUBLES[category], 2)
    return (f"{part(OPENINGS)}: {part(troubles[:1])} dan {part(troubles[1:])}. "
            f"{part(CONSEQUENCES)} {part(CONSEQUENCES)} {part(REQUESTS)}")


def filings(count, seed=1):
    """JSON lines for mimika-kiosk-ctl file and bench_filer, about 400 bytes each."""
    chance = random.Random(seed)
    for _ in range(count):
        category = chance.choice(sorted(TROUBLES))
        kampung = chance.choice(sorted(PLACES))
        yield json.dumps({
            "kind": "complaint", "category": category, "kampung": kampung, "confidentiality": "name_hidden",
            "story": story(chance, category, PLACES[kampung]), "consent": True,
        }, ensure_ascii=False)
