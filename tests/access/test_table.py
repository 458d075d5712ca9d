"""The table a lawyer reads is what the decision does."""

import pytest

from access.decision import decide
from access.explaining import SENTENCES
from access.terms import Reason
from tests.access.table import PATH, cases, document

CASES = list(cases())


@pytest.mark.parametrize(
    ("expected", "request_", "given"),
    [case[2:] for case in CASES],
    ids=[f"{c[0]}: {c[1]}: {c[2]}: {n}" for n, c in enumerate(CASES)],
)
def test_every_cell(expected, request_, given):
    verdict = decide(request_, given)

    assert verdict.reason == expected
    assert verdict.is_permitted is (expected in {"PERMITTED", "ELEVATION_UNNEEDED"})


def test_the_document_is_written_from_the_table():
    """`python -m tests.access.table` writes it anew."""
    assert PATH.read_text() == document()


def test_every_reason_can_be_told():
    assert set(SENTENCES) == set(Reason)
