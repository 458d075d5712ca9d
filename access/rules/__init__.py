"""The rules, in order; anything no rule permits is refused."""

from access.rules import (
    authentication,
    need_to_know,
    one_patient,
    own_record,
    role,
)
from access.rules.ground import Rule

RULES: tuple[Rule, ...] = (
    authentication.judge,
    role.judge,
    one_patient.judge,
    own_record.judge,
    need_to_know.judge,
)
