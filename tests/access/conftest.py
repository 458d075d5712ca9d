"""Kari has an answer, and Ola has her open with her consent."""

import uuid

import pytest

from access import lookup
from access.terms import Viewer
from tests import cast
from tests.access.situations import NEED
from tests.results.stories import store


@pytest.fixture
def report(db) -> uuid.UUID:
    """Kari's haemoglobin and ferritin, stored; gives the report's key."""
    return store(about=cast.number_of(cast.KARI)).report_id


@pytest.fixture
def kari(report) -> Viewer:
    return cast.the_viewer(cast.KARI)


@pytest.fixture
def ola(kari) -> Viewer:
    viewer = cast.the_viewer(cast.OLA)
    lookup.open_patient(viewer, number=cast.KARI.number, **NEED)
    return viewer
