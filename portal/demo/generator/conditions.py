"""The diseases and the health of the demonstration: trends, visits and what befalls.

A trend is drawn over the whole period, from 0 to 1; levels are in the analyte's unit.
Numbers are chosen to look like such courses do, not taken from anyone's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.demo.generator import panels
from portal.demo.generator.body import Trend


@dataclass(frozen=True, slots=True)
class Condition:
    """`every_days` is between visits where `panel` is taken; `episodes` names what
    comes now and then (see `episodes`), and how many times a year."""

    panel: tuple[str, ...]
    every_days: int
    reason: str
    trends: Mapping[str, Trend] = field(default_factory=dict)
    episodes: Mapping[str, float] = field(default_factory=dict)
    comment: str = ""
    is_followed_by_hospital: bool = False


CONDITIONS: dict[str, Condition] = {
    "healthy": Condition(
        panel=panels.CHECK_UP,
        every_days=400,
        reason="Vanlig kontroll, ingen plager.",
        episodes={"throat": 0.15, "respiratory": 0.25, "acute": 0.2},
    ),
    "diabetes": Condition(
        panel=panels.DIABETES,
        every_days=98,
        reason="Diabetes type 2, kontroll.",
        trends={
            "hba1c": ((0, 86), (0.08, 63), (0.25, 54), (0.55, 58), (0.8, 51), (1, 49)),
            "glucose": ((0, 12.4), (0.1, 8.6), (0.55, 8.1), (1, 7.0)),
            "ldl": ((0, 4.1), (0.15, 2.3), (0.6, 2.0), (1, 1.7)),
            "triglycerides": ((0, 2.9), (0.3, 2.0), (1, 1.6)),
            "acr": ((0, 1.2), (0.5, 2.2), (0.75, 4.1), (1, 3.4)),
            "alat": ((0, 58), (0.4, 41), (1, 33)),
        },
        episodes={"foot": 0.15, "acute": 0.2},
    ),
    "iron-deficiency": Condition(
        panel=panels.IRON,
        every_days=120,
        reason="Slapp og tungpustet ved anstrengelse. Jernmangel?",
        trends={
            "hb": ((0, 10.1), (0.08, 11.6), (0.2, 13.1), (0.6, 12.2), (1, 12.9)),
            "mcv": ((0, 74), (0.2, 84), (0.6, 81), (1, 87)),
            "mch": ((0, 23.2), (0.2, 28.1), (0.6, 26.8), (1, 29.0)),
            "ferritin": ((0, 4), (0.2, 24), (0.6, 11), (1, 38)),
            "iron": ((0, 4.5), (0.2, 14), (0.6, 8), (1, 16)),
            "transferrin": ((0, 3.7), (0.2, 2.9), (0.6, 3.2), (1, 2.7)),
        },
        episodes={"coeliac": 0.15},
    ),
    "kidney-disease": Condition(
        panel=panels.KIDNEY,
        every_days=84,
        reason="Kronisk nyresykdom, kontroll før poliklinisk time.",
        is_followed_by_hospital=True,
        trends={
            "creatinine": ((0, 128), (0.4, 156), (0.7, 181), (1, 214)),
            "urea": ((0, 9.8), (0.5, 12.9), (1, 17.5)),
            "potassium": ((0, 4.5), (0.6, 4.9), (0.85, 5.4), (1, 5.0)),
            "hb": ((0, 13.6), (0.6, 12.1), (0.8, 10.8), (1, 11.6)),
            "pth": ((0, 7.4), (0.5, 11.5), (1, 18.2)),
            "phosphate": ((0, 1.1), (1, 1.55)),
            "calcium": ((0, 2.34), (1, 2.21)),
            "acr": ((0, 34), (0.4, 58), (1, 87)),
            "urate": ((0, 440), (1, 540)),
        },
        episodes={"ultrasound": 0.2, "acute": 0.2},
    ),
    "atrial-fibrillation": Condition(
        panel=panels.CLOTTING,
        every_days=42,
        reason="Warfarin ved atrieflimmer.",
        comment="Terapeutisk område ved warfarin: 2,0 - 3,0",
        trends={
            "inr": (
                (0, 1.4),
                (0.03, 2.3),
                (0.3, 2.6),
                (0.34, 4.6),
                (0.37, 2.4),
                (1, 2.5),
            )
        },
        episodes={"chest-ct": 0.15},
    ),
    "thyroid": Condition(
        panel=panels.THYROID,
        every_days=150,
        reason="Lavt stoffskifte, bruker levotyroksin.",
        trends={
            "tsh": ((0, 18.5), (0.1, 7.2), (0.25, 3.1), (0.7, 2.2), (1, 2.6)),
            "ft4": ((0, 8.1), (0.1, 11.5), (0.3, 15), (1, 15.5)),
            "tpo": ((0, 640), (1, 410)),
        },
        episodes={"ana": 0.1},
    ),
    "urine-infections": Condition(
        panel=panels.CHECK_UP,
        every_days=380,
        reason="Tilbakevendende urinveisinfeksjoner.",
        episodes={"urine": 0.9, "acute": 0.3},
    ),
    "bipolar-disorder": Condition(
        panel=panels.LITHIUM_CHECK,
        every_days=180,
        reason="Bruker litium, halvårlig kontroll.",
        trends={
            "creatinine": ((0, 74), (1, 92)),
            "tsh": ((0, 2.4), (1, 4.2)),
        },
        episodes={"lithium": 2.2},
    ),
    "heart-risk": Condition(
        panel=panels.HEART,
        every_days=190,
        reason="Høyt kolesterol, startet statin.",
        trends={
            "ldl": ((0, 5.2), (0.15, 2.9), (1, 2.2)),
            "triglycerides": ((0, 2.4), (1, 1.7)),
        },
        episodes={"skin": 0.15},
    ),
    "prostate": Condition(
        panel=panels.PROSTATE,
        every_days=200,
        reason="Vannlatingsplager. PSA-kontroll.",
        trends={"psa": ((0, 3.1), (0.5, 4.4), (1, 5.8))},
        episodes={"urine": 0.2, "colon": 0.15},
    ),
    "rheumatic": Condition(
        panel=panels.ACUTE,
        every_days=110,
        reason="Leddgikt, bruker metotreksat.",
        trends={"crp": ((0, 38), (0.1, 14), (0.5, 6), (0.6, 19), (1, 4))},
        episodes={"ana": 0.2, "foot": 0.2},
    ),
    "knee": Condition(
        panel=panels.CHECK_UP,
        every_days=420,
        reason="Vondt kne etter fotballkamp, ellers frisk.",
        episodes={"knee": 0.2, "acute": 0.3, "genetics": 0.2},
    ),
    "woman": Condition(
        panel=panels.THYROID_FIRST,
        every_days=700,
        reason="Slapp. Stoffskifte?",
        episodes={"cervix": 0.33},
    ),
    "child": Condition(
        panel=("hb", "ferritin", "crp", "vitamin-d"),
        every_days=330,
        reason="Slapp og blek.",
        trends={"vitamin-d": ((0, 31), (0.4, 55), (1, 68))},
        episodes={"throat": 0.7, "respiratory": 0.5, "coeliac": 0.4},
    ),
}
