"""The index of dialects is complete, and what it points at is there."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

TESTS = settings.BASE_DIR / "tests"
INDEX = tomllib.loads((Path(__file__).parent / "index.toml").read_text("utf-8"))
HOW_MANY = {"A": 19, "B": 35, "C": 21, "D": 43, "E": 11, "F": 12, "G": 10}


@cache
def names_in(path: str) -> frozenset[str]:
    """`test_x` and `TestX::test_y`, of a file that pytest collects."""
    assert Path(path).name.startswith("test_")
    module = ast.parse((TESTS / path).read_text("utf-8"))
    found = {n.name for n in module.body if isinstance(n, ast.FunctionDef)}
    for group in (n for n in module.body if isinstance(n, ast.ClassDef)):
        found |= {
            f"{group.name}::{n.name}"
            for n in group.body
            if isinstance(n, ast.FunctionDef)
        }
    return frozenset(found)


@cache
def decided() -> frozenset[int]:
    text = (settings.BASE_DIR / "docs" / "decisions.md").read_text("utf-8")
    return frozenset(int(n) for n in re.findall(r"^## (\d+)\.", text, re.MULTILINE))


def test_every_case_is_there_once_and_in_order():
    expected = [f"{k}{n}" for k, count in HOW_MANY.items() for n in range(1, count + 1)]
    assert list(INDEX) == expected
    assert sum(HOW_MANY[kind] for kind in "ABCDEF") == 141


@pytest.mark.parametrize("case", INDEX)
def test_a_case_is_dealt_with_by_something_that_is_there(case):
    entry = INDEX[case]
    assert entry["what"]
    assert entry.keys() <= {"what", "tests", "decision", "non_goal"}
    assert entry.keys() & {"tests", "decision", "non_goal"}
    assert entry.get("non_goal", "A sentence.").endswith(".")
    for named in entry.get("tests", ()):
        path, _, name = named.partition("::")
        assert name.rpartition("::")[2].startswith("test_")
        assert name in names_in(path), named
    if "decision" in entry:
        assert entry["decision"] in decided()


def test_every_story_of_this_folder_is_in_the_index():
    """A story is named for its cases: `test_b5_b8_…` is of B5 and B8."""
    named = {test for entry in INDEX.values() for test in entry.get("tests", ())}
    told = {
        f"results/dialects/{path.name}::{name}"
        for path in Path(__file__).parent.glob("test_*.py")
        if path.name != "test_index.py"
        for name in names_in(f"results/dialects/{path.name}")
        if name.startswith("test_")
    }
    assert told <= named
    for story in told:
        cases = re.findall(r"(?<=_)[a-g]\d+(?=_)", story.partition("::test")[2])
        assert cases
        for case in cases:
            assert story in INDEX[case.upper()]["tests"], story
