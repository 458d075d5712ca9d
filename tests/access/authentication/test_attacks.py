"""The index of attacks points at tests that are there."""

import ast
import re

import pytest
from django.conf import settings

from tests.access.authentication import attacks

TESTS = settings.BASE_DIR / "tests"
TABLES = {
    "id-token": attacks.ID_TOKEN,
    "flow": attacks.FLOW,
    "access-token": attacks.ACCESS_TOKEN,
    "logout-token": attacks.LOGOUT_TOKEN,
}
ROWS = [
    pytest.param(row, names, id=f"{table} {row}")
    for table, rows in TABLES.items()
    for row, names in rows.items()
]


def is_there(name: str) -> bool:
    """A test function of this name and, between brackets, a case of this name."""
    path, function, case = re.fullmatch(r"(.+)::(\w+)(?:\[(.+)\])?", name).groups()
    text = (TESTS / path).read_text()
    tree = ast.parse(text)
    functions = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    cases = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    return function in functions and (case is None or case in cases)


@pytest.mark.parametrize(("row", "names"), ROWS)
def test_each_attack_is_made_by_tests(row, names):
    assert names, row
    assert [name for name in names if not is_there(name)] == []


def test_no_attack_is_forgotten_by_whoever_shortens_the_list():
    assert {table: len(rows) for table, rows in TABLES.items()} == {
        "id-token": 26,
        "flow": 27,
        "access-token": 28,
        "logout-token": 11,
    }


@pytest.mark.parametrize(
    "name",
    [
        f"{attacks.API}::test_that_is_not_there",
        f"{attacks.BAD_LOGIN}[a case that is not there]",
    ],
)
def test_the_index_notices_what_is_not_there(name):
    assert not is_there(name)
