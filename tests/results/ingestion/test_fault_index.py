"""The index of faults is complete, and what it points at is there."""

import ast
import tomllib
from functools import cache

import pytest
from django.conf import settings

TESTS = settings.BASE_DIR / "tests"
FAULTS = TESTS / "faults"
INDEX = tomllib.loads((FAULTS / "index.toml").read_text("utf-8"))
# Those of intake; what follows them is others' and need not be all.
HOW_MANY = 25


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, those of a group with its name before."""
    kind = "fault_" if path.startswith("faults/") else "test_"
    assert path.rpartition("/")[2].startswith(kind)
    found = set()
    for node in ast.parse((TESTS / path).read_text("utf-8")).body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        group = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        found |= {
            f"{group}{member.name}"
            for member in members
            if isinstance(member, ast.FunctionDef) and member.name.startswith(kind)
        }
    return frozenset(found)


def test_every_fault_is_there_once_and_in_order():
    expected = [f"F{n}" for n in range(1, HOW_MANY + 1)]
    assert list(INDEX)[:HOW_MANY] == expected


@pytest.mark.parametrize("fault", INDEX)
def test_a_fault_is_inflicted_somewhere_or_is_no_goal(fault):
    entry = INDEX[fault]

    assert entry["what"]
    assert len(entry.keys() & {"tests", "non_goal"}) == 1
    assert entry.get("non_goal", "A sentence.").endswith(".")
    for named in entry.get("tests", ()):
        path, _, name = named.partition("::")
        assert name in names_in(path), named


def test_every_story_of_the_fault_suite_is_in_the_index():
    named = {test for entry in INDEX.values() for test in entry.get("tests", ())}
    told = {
        f"faults/{path.name}::{name}"
        for path in FAULTS.glob("fault_*.py")
        for name in names_in(f"faults/{path.name}")
    }

    assert told
    assert told <= named
