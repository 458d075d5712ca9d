"""The rules, in order; anything no rule permits is refused."""

from access.rules import (
    assessing,
    authentication,
    digital_opt_out,
    help_desk,
    need_to_know,
    one_patient,
    own_record,
    practitioner_block,
    release,
    representation,
    restriction,
    role,
    searches,
)
from access.rules.ground import Rule

RULES: tuple[Rule, ...] = (
    authentication.judge,
    searches.judge,
    role.judge,
    one_patient.judge,
    own_record.judge,
    representation.judge,
    digital_opt_out.judge,
    help_desk.judge,
    practitioner_block.judge,
    need_to_know.judge,
    restriction.judge,
    release.judge,
    assessing.judge,
)
