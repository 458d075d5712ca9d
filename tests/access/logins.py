"""Sessions of the cast, begun as login begins them."""

import uuid

from access import operations
from access.viewers import visit
from tests.cast import OLA, a_signed_in


def begin(persona=OLA, **changed) -> uuid.UUID:
    given = {"provider": persona.issuer, "security_level": 4, **changed}
    return operations.begin_session(a_signed_in(persona).id, **given)


def viewer_in(session_id, persona=OLA, **when):
    return visit(a_signed_in(persona), str(session_id), **when).viewer
