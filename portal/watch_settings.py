"""Watching: whom an alarm reaches, who may read the figures, when intake closes."""

import os

from portal.environment import (
    IS_DEMONSTRATION,
    KEY_DIR,
    STATE_DIR,
    is_given,
    minutes,
    number,
    setting,
)
from portal.keys import read_secret

# Where alarms go, as «mailto:address» or «https://address», with blanks between.
ALARM_DESTINATIONS = tuple(
    setting("PROVESVAR_ALARMS_TO", "mailto:drift@localhost").split()
)
# Who may read /api/metrics: whoever shows this. Without one, nobody.
METRICS_TOKEN = (
    read_secret("PROVESVAR_METRICS_TOKEN", state_dir=KEY_DIR)
    if IS_DEMONSTRATION or is_given("PROVESVAR_METRICS_TOKEN")
    else ""
)
# Intake answers 503 when the volume of this folder has less than so much room (per
# cent), a message has waited so long (minutes), or so many are in quarantine.
DATA_VOLUME = os.environ.get(
    "PROVESVAR_DATA_VOLUME", str(STATE_DIR) if IS_DEMONSTRATION else ""
)
INTAKE_LEAST_ROOM = number("PROVESVAR_INTAKE_LEAST_ROOM", 2 if IS_DEMONSTRATION else 20)
INTAKE_LONGEST_WAIT = minutes("PROVESVAR_INTAKE_LONGEST_WAIT", 15)
INTAKE_MOST_IN_QUARANTINE = number("PROVESVAR_INTAKE_MOST_IN_QUARANTINE", 1000)
