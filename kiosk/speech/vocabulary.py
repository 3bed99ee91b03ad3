"""Word lists of the voice: what is spelled, what is said in full. A list, because no rule tells KTP from IZIN."""

from kiosk.core.i18n import Language

# Said letter by letter although a vowel is in them; abbreviations without a vowel are spelled anyway.
SPELLED = frozenset((
    "AC", "AI", "API", "ASN", "ATM", "EO", "ID", "IK", "IKM", "IMB", "IT", "KIA", "KUA", "NIB", "NIK", "OP",
    "OPD", "OSS", "PIC", "RI", "SIP", "SLTA", "SLTP", "SOP", "TNI", "TTE", "TU", "UKM", "UMKM", "UPT", "UPTD", "URL",
    "USB", "UU", "WA",
))  # fmt: skip

DAYS = (
    "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Jum'at", "Sabtu", "Minggu",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

WORDS: dict[Language, dict[str, str]] = {
    "id": {
        "to": "sampai", "or": "atau", "hour": "pukul", "point": "koma", "plus": "tambah", "and": "dan", "%": "persen",
        "dot": "titik", "at": "at", "slash": "garis miring", "underscore": "garis bawah", "hyphen": "strip",
    },
    "en": {
        "to": "to", "or": "or", "hour": "", "point": "point", "plus": "plus", "and": "and", "%": "percent",
        "dot": "dot", "at": "at", "slash": "slash", "underscore": "underscore", "hyphen": "hyphen",
    },
}  # fmt: skip

# Regular expression -> what is said; whole words, capitals or not.
SHORT: dict[Language, dict[str, str]] = {
    "id": {
        r"WITA": "Waktu Indonesia Tengah",
        r"WIB": "Waktu Indonesia Barat",
        r"WIT": "Waktu Indonesia Timur",
        r"no\.(?=\s*\w)": "nomor ",
        r"prov\.": "Provinsi",
        r"kab\.": "Kabupaten",
        r"kec\.": "Kecamatan",
        r"kel\.": "Kelurahan",
        r"jl\.": "Jalan",
        r"telp?\.?": "telepon",
        r"dgn": "dengan",
        r"yg": "yang",
        r"dll\.?": "dan lain-lain",
        r"dsb\.?": "dan sebagainya",
        r"s[./]d\.?": "sampai dengan",
        r"a\.n\.?": "atas nama",
        r"tgl\.?": "tanggal",
        r"adm\.?": "administrasi",
        r"jum[’']at": "Jumat",
    },
    "en": {
        r"WITA": "Central Indonesia Time",
        r"WIB": "Western Indonesia Time",
        r"WIT": "Eastern Indonesia Time",
        r"no\.(?=\s*\d)": "number ",
        r"e\.g\.": "for example",
        r"i\.e\.": "that is",
        r"etc\.?": "and so on",
    },
}
