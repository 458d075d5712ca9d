"""Units as Norwegian laboratories write them, in UCUM beside what was sent.

The Unified Code for Units of Measure 2.2, in the spellings HL7 lists as common in
laboratories. A spelling is translated, never a quantity: no number is converted.
"""

import re
import unicodedata
from functools import lru_cache

_LONGEST = 60
_REMEMBERED = 4096
_PREFIXES = "TGMkcdmunpfa"
_PREFIX_OF_POWER = {-12: "p", -9: "n", -6: "u", -3: "m", 3: "k", 6: "M", 9: "G"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# What takes a prefix: as written, and in UCUM.
_METRIC = {
    "mol": "mol",
    "Mol": "mol",
    "g": "g",
    "L": "L",
    "l": "L",
    "m": "m",
    "s": "s",
    "Pa": "Pa",
    "kat": "kat",
    "U": "U",
    "E": "U",
    "IE": "[IU]",
    "IU": "[IU]",
    "iU": "[IU]",
    "[IU]": "[IU]",
    "[iU]": "[IU]",
    "osm": "osm",
    "osmol": "osm",
    "eq": "eq",
    "ekv": "eq",
    "m2": "m2",
    "m3": "m3",
    "V": "V",
    "Hz": "Hz",
    "Bq": "Bq",
}
# What takes none. «t» is an hour here and a tonne in UCUM; «E» above an enzyme unit.
_PLAIN = {
    "%": "%",
    "‰": "[ppth]",
    "t": "h",
    "h": "h",
    "H": "h",
    "time": "h",
    "timer": "h",
    "min": "min",
    "minutt": "min",
    "sek": "s",
    "d": "d",
    "døgn": "d",
    "dag": "d",
    "uke": "wk",
    "mnd": "mo",
    "år": "a",
    "ohm": "Ohm",
    "Ohm": "Ohm",
    "mcg": "ug",
    "mmHg": "mm[Hg]",
    "mm[Hg]": "mm[Hg]",
    "°C": "Cel",
    "Cel": "Cel",
    "pH": "[pH]",
    "[pH]": "[pH]",
    "[ppth]": "[ppth]",
    "[arb'U]": "[arb'U]",
    "[CFU]": "[CFU]",
    "CFU": "[CFU]",
    "kde": "[CFU]",
    "[HPF]": "[HPF]",
    "synsfelt": "[HPF]",
    "kopier": "{copies}",
    "{copies}": "{copies}",
    "wk": "wk",
    "mo": "mo",
    "a": "a",
}
# A count of things, with the prefix that says how many.
_COUNTS = {"ant": 0, "celler": 0, "nant": -9, "Mant": 6, "Gant": 9, "Tant": 12}
# Systems that write in capitals alone; only those that can mean one thing. «G/L» and
# «T/L» are a thousand and a million million cells to some, «M» a minute or a molar.
_SHOUTED = {
    "MMOL": "mmol",
    "UMOL": "umol",
    "NMOL": "nmol",
    "PMOL": "pmol",
    "MOL": "mol",
    "MG": "mg",
    "UG": "ug",
    "NG": "ng",
    "ML": "mL",
    "UL": "uL",
    "DL": "dL",
    "FL": "fL",
    "PG": "pg",
    "KPA": "kPa",
    "MIN": "min",
    "MOSMOL": "mosm",
}
# What the substance behind a unit is called, and its annotation.
_SUBSTANCES = {
    "hb": "Hb",
    "protein": "prot",
    "prot": "prot",
    "kreatinin": "creat",
    "krea": "creat",
    "creat": "creat",
    "feu": "FEU",
    "uro": "Uro",
    "leukocytter": "WBC",
    "wbc": "WBC",
}
# Whole units that no rule explains, in lower case and without blanks.
_WHOLE = {
    "0": "1",
    "ant": "1",
    "1": "1",
    "1/1": "1",
    "ratio": "1",
    "fraksjon": "1",
    "promille": "[ppth]",
    "prosent": "%",
    "titer": "{titer}",
    "{titer}": "{titer}",
    "inr": "{INR}",
    "{inr}": "{INR}",
    "indeks": "{index}",
    "index": "{index}",
    "{index}": "{index}",
    "p.d.e.": "[arb'U]",
    "p.d.e": "[arb'U]",
    "pde": "[arb'U]",
    "p.d.u.": "[arb'U]",
    "arb.enh.": "[arb'U]",
    "arb.enh": "[arb'U]",
    "arbenh": "[arb'U]",
    "arb.enheter": "[arb'U]",
    "log10kopier/ml": "{Log_copies}/mL",
    "logkopier/ml": "{Log_copies}/mL",
    "{log_copies}/ml": "{Log_copies}/mL",
    "slag/min": "/min",
}

_POWER = re.compile(r"(?:x ?)?(?:10 ?(?:E|e|\^|#|\*\*|\*)|E) ?([+-]?\d{1,2})(?!\d)")
_BODY_SURFACE = re.compile(r"\{?1[.,]73[ _]?(?:m2|m\^2|kvm)\}?", re.IGNORECASE)
_ARBITRARY = re.compile(r"arb\.? ?(?:enh|e)\.?(?=/|$)|(?:p\.d\.[eu]\.)(?=/)", re.I)
_ONE = re.compile(r"(\d{1,3})\.?(?=[A-Za-zµ])")
_NOTE = re.compile(r"([^{}]+)\{([A-Za-z0-9_.]+)\}")


@lru_cache(maxsize=_REMEMBERED)
def to_ucum(unit_as_sent: str) -> str | None:
    """The UCUM code of a unit, or None when the spelling is not known for certain.

    «x 10E9/L», «10^9 /L» and «Gant/L» are all `10*9/L`; «kIE/L» and «x 10E3 IU/L» are
    both `k[IU]/L`. A code that is UCUM already is given back. Never an error.
    """
    text = _tidied(unit_as_sent)
    if not text or len(text) > _LONGEST:
        return None
    whole = _WHOLE.get(text.lower().replace(" ", ""))
    if whole:
        return whole
    power, rest = _power_of(text)
    parts = _parts(rest)
    return None if parts is None else _joined(power, parts)


def _tidied(text: str) -> str:
    """One micro sign, plain digits, single blanks, and brackets that mean nothing."""
    raised = re.sub("[⁰¹²³⁴-⁹⁻⁺]+", _lowered, text)
    text = unicodedata.normalize("NFKC", raised).replace("µ", "μ").replace("μ", "u")
    text = re.sub(r"[×·⋅]", " x ", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ?/ ?", "/", text)
    text = _BODY_SURFACE.sub("{1.73_m2}", text)
    return _ARBITRARY.sub("[arb'U]", text)


def _lowered(match: re.Match[str]) -> str:
    """«10⁹» is a power, «m²» an area."""
    digits = match[0].translate(_SUPERSCRIPTS)
    before = match.string[: match.start()]
    return f"^{digits}" if before.endswith("10") else digits


def _power_of(text: str) -> tuple[int, str]:
    match = _POWER.match(text)
    if match is None:
        return 0, text
    return int(match[1]), text[match.end() :].lstrip(" .")


def _parts(text: str) -> list[str] | None:
    """Numerator and denominators in UCUM; None as soon as one is not known."""
    pieces = text.split("/")
    if len(pieces) > 4 or any(not piece.strip() for piece in pieces[1:]):
        return None
    found = [_numerator(pieces[0]), *map(_denominator, pieces[1:])]
    return None if None in found else [part for part in found if part is not None]


def _numerator(text: str) -> str | None:
    """«Gant» is so many of anything, which UCUM does not name."""
    if not text:
        return ""
    if text in _COUNTS:
        return f"10*{_COUNTS[text]}" if _COUNTS[text] else ""
    return _factors(text)


def _denominator(text: str) -> str | None:
    if text in ("100", "{1.73_m2}"):
        return text
    if noted := re.fullmatch(r"100 ?\{?([A-Za-z]+)\}?", text):
        word = _SUBSTANCES.get(noted[1].lower())
        return f"100{{{word}}}" if word else None
    text = text.removeprefix("(").removesuffix(")")
    if counted := _ONE.match(text):
        unit = _term(text[counted.end() :])
        return unit and f"({counted[1]}.{unit})"
    return _term(text)


def _factors(text: str) -> str | None:
    """«µg x t» is `ug.h`."""
    terms = [_term(term) for term in re.split(r" [x*] |\.(?=[a-zA-Z\[])", text)]
    return None if None in terms else ".".join(term or "" for term in terms)


def _term(text: str) -> str | None:
    return _unit(text) or _annotated(text)


def _annotated(text: str) -> str | None:
    """«g Hb» is `g{Hb}`."""
    noted = _NOTE.fullmatch(text)
    unit, word = noted.groups() if noted else [*text.split(" ", 1), ""][:2]
    code, note = _unit(unit), _SUBSTANCES.get(word.lower())
    return f"{code}{{{note}}}" if code and note else None


def _unit(text: str) -> str | None:
    if text in _PLAIN or text in _METRIC:
        return _PLAIN.get(text) or _METRIC[text]
    prefix, metric = text[:1], _METRIC.get(text[1:])
    if metric and prefix and prefix in _PREFIXES:
        return prefix + metric
    return _SHOUTED.get(text)


def _joined(power: int, parts: list[str]) -> str | None:
    numerator, below = parts[0], "".join(f"/{part}" for part in parts[1:])
    if numerator.startswith("10*") and power:
        return None
    if not power:
        return f"{numerator}{below}" or None
    if not numerator:
        return f"10*{power}{below}"
    prefix = _PREFIX_OF_POWER.get(power)
    if prefix and numerator in ("[IU]", "U"):
        return f"{prefix}{numerator}{below}"
    return f"10*{power}.{numerator}{below}"
