"""Who has looked: the patient's own log, read through the door."""

import uuid

from access.log import ALL, LogPage, LogSelection, page_of
from access.lookup.answers import Answer, Found, answer, request_for
from access.terms import Action, Viewer


def read_access_log(
    viewer: Viewer, *, patient_id: uuid.UUID, selection: LogSelection = ALL
) -> Answer[LogPage]:
    """Who has looked, newest first, a page at a time; the reading is itself logged."""
    request = request_for(Action.READ_ACCESS_LOG, viewer, patient_id)
    return answer(request, lambda _facts: Found(page_of(patient_id, selection)))
