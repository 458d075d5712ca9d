"""What comes now and then: name → who answers it."""

import datetime
from collections.abc import Callable, Iterator

from portal.demo.generator import (
    microbiology,
    pathology,
    radiology,
    special_analyses,
)
from portal.demo.generator.desk import Desk
from portal.demo.generator.services import Dispatch

Episode = Callable[[Desk, datetime.datetime], Iterator[Dispatch]]

EPISODES: dict[str, Episode] = {
    "urine": microbiology.urine_culture,
    "throat": microbiology.throat_swab,
    "respiratory": microbiology.airways_swab,
    "cervix": pathology.cervical_smear,
    "skin": pathology.skin_biopsy,
    "colon": pathology.colon_biopsy,
    "knee": radiology.knee,
    "chest-ct": radiology.chest,
    "foot": radiology.foot,
    "ultrasound": radiology.ultrasound,
    "coeliac": special_analyses.coeliac,
    "ana": special_analyses.antinuclear_antibodies,
    "lithium": special_analyses.lithium,
    "genetics": special_analyses.inherited_clotting,
}
