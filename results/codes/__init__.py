"""What a code means: NLK, NCRP and the small lists, found however a sender spelt it."""

from results.codes.known import KnownCode, Repeat
from results.codes.memory import find, forget, refresh, search
from results.codes.seeding import bump, load_seed
from results.codes.systems import NCRP, NLK, NORPAT, VOLVEN, system_of

__all__ = [
    "NCRP",
    "NLK",
    "NORPAT",
    "VOLVEN",
    "KnownCode",
    "Repeat",
    "bump",
    "find",
    "forget",
    "load_seed",
    "refresh",
    "search",
    "system_of",
]
