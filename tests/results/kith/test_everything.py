"""Of a message with every element of the standard nothing a reader needs is lost."""

import random
import re
from dataclasses import asdict

import pytest
from django.conf import settings

from results.kith import schemas, xml
from results.kith.read import read

from .everything import MESSAGE, VALUES

SHARED = settings.BASE_DIR.parent / "shared" / "samples" / "schemas" / "local"
# Left out with a reason in docs/decisions.md: who pays, the requisition's own kind, the
# two parties' local numbers, how the outer person is related to nobody. A document with
# a caption is called by that and not by its id.
LEFT_OUT = {
    "doc-id",
    *("req-payer", "req-kind", "pat-basis", "pat-lab-id", "pat-gp-id", "pat-relation"),
}
WORD = re.compile(r"\b[a-z]+\d?(?:-[a-z]+\d?)+\b")
DAYS = re.compile(r"2026-\d\d-\d\d")


def words_of(text: str) -> set[str]:
    found = {w for w in WORD.findall(text) if not w.endswith("-dn")}
    return {w for w in found if not w.startswith(("payer", "nested", "inner-name"))}


@pytest.fixture(scope="module")
def message():
    return read(MESSAGE.encode())


def test_every_word_is_somewhere_in_what_was_read(message):
    told = str(asdict(message))
    sent = words_of(MESSAGE.partition("<MsgId>")[2].partition("</MsgId>")[2])
    assert {word for word in sent if word not in told} == LEFT_OUT


def test_every_day_is_somewhere_too(message):
    """Those of a clinical remark are part of its words."""
    told = str(asdict(message)) + " 2026-02-24 2026-02-25"
    assert set(DAYS.findall(MESSAGE)) <= set(DAYS.findall(told))
    (remark,) = message.report.clinical_information
    assert remark.text.endswith("24.02.2026 – 25.02.2026")


def test_nothing_of_the_inner_person_is(message):
    told = str(asdict(message))
    assert "nested" not in told
    assert "inner-name" not in told
    assert any("tilknyttet person" in warning for warning in message.warnings)


def test_every_item_is_there_at_its_depth(message):
    codes = [o.codings[0].code for o in message.report.all_observations()]
    names = [*VALUES, "outer", "middle", "inner"]
    assert codes == [f"{name}-code" for name in names]


@pytest.mark.parametrize("seed", range(20))
def test_prefixes_may_be_mixed_and_siblings_in_any_order(seed, message):
    """Each start tag takes one of three names for the namespace, or none."""
    chance = random.Random(seed)
    namespace = 'xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"'
    names = " ".join(namespace.replace("xmlns", f"xmlns:{p}") for p in "abc")
    open_tags: list[str] = []

    def renamed(tag: re.Match[str]) -> str:
        if tag[0].startswith("</"):
            return f"</{open_tags.pop()}>"
        name = chance.choice(("", "a:", "b:", "c:")) + tag[1]
        if not tag[0].endswith("/>"):
            open_tags.append(name)
        return f"<{name}{tag[2]}"

    mixed = re.sub(r"</?([A-Za-z]+)([^<>]*>)", renamed, MESSAGE)
    mixed = mixed.replace(namespace, f"{namespace} {names}", 1)
    assert read(mixed.encode()) == message


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/samples is not there")
def test_it_is_valid_by_the_standard(tmp_path):
    schemas.install(SHARED, tmp_path)
    root = xml.parse(MESSAGE.encode())
    schema = xml.load_schema(schemas.driver_path(tmp_path, root.namespace))
    assert list(xml.locate_problems(schema, root)) == []
