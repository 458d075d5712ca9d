"""Whatever a sender writes of themself, the receipt that repeats it is valid XML, and
valid by the schema where the schemas are at hand."""

import datetime

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from results.kith import apprec, schemas, xml
from results.kith.apprec import Recipient
from results.parsed import MessageFault

from .messages import a_message, a_report

SHARED = settings.BASE_DIR.parent / "shared" / "samples" / "schemas" / "local"
OURS = Recipient("Pasientens prøvesvar", "900100", "999000118")
NOW = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
WORDS = TEXT.map(
    lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
)
MAYBE = st.one_of(st.just(None), WORDS)


def an_element(name: str, text: str | None) -> str:
    return "" if text is None else f"<{name}>{text}</{name}>"


def a_coded(name: str, value: str | None) -> str:
    every = f'V="{value}" S="{value}" DN="{value}" OT="{value}" U="{value}"'
    return "" if value is None else f"<{name} {every}>{value}</{name}>"


IDS = st.builds(
    lambda i, t: (
        "<AdditionalId>" + an_element("Id", i) + a_coded("Type", t) + "x</AdditionalId>"
    ),
    MAYBE,
    MAYBE,
)
NAMES = st.builds(
    lambda t, n, i, k, more: (
        a_coded("TypeId", k)
        + an_element("Id", i)
        + "".join(more)
        + an_element("Name", n)
        + a_coded("Type", t)
    ),
    *(MAYBE, MAYBE, MAYBE, MAYBE, st.lists(IDS, max_size=2)),
)
UNITS = st.builds(
    lambda name, inner: f"<{name}>{inner}</{name}>",
    st.sampled_from(["Dept", "HCPerson", "Ukjent"]),
    NAMES,
)
ADDRESSES = st.builds(
    lambda kind, city, country, uris: (
        "<Address>"
        + "".join(a_coded("TeleAddress", uri) for uri in uris)
        + a_coded("Country", country)
        + an_element("City", city)
        + a_coded("Type", kind)
        + "</Address>"
    ),
    *(MAYBE, MAYBE, MAYBE, st.lists(WORDS, max_size=2)),
)
PARTIES = st.builds(
    lambda root, names, units, address, speciality: (
        f"<HCP>{address}<{root}>{''.join(units)}{names}</{root}>"
        + a_coded("MedSpeciality", speciality)
        + "</HCP>"
    ),
    st.sampled_from(["Inst", "HCProf", "Ukjent"]),
    NAMES,
    st.lists(UNITS, max_size=3),
    st.one_of(st.just(""), ADDRESSES),
    MAYBE,
)


def receipt_to(hcp: str, *, version: str, generated: str) -> xml.Node:
    report = a_report(parties=f"<ServProvider>{hcp}</ServProvider>")
    written = apprec.write(
        a_message(report, version=version, generated=generated).encode(),
        status=2,
        faults=[MessageFault("X99", "Annen feil.")],
        recipient=OURS,
        apprec_id="7f2f9c3e-6a0c-4b8e-9e43-5f5c7f6d1a01",
        generated_at=NOW,
    )
    return xml.parse(written)


@given(PARTIES)
def test_every_id_that_came_goes_back(hcp):
    receipt = receipt_to(hcp, version="1.4", generated="2026-03-02")
    mirrored = receipt.child("Receiver").child("HCP").child("Inst")
    report = a_report(parties=f"<ServProvider>{hcp}</ServProvider>")
    message = xml.parse(a_message(report).encode())
    provider = message.child("ServReport").child("ServProvider")
    sent = provider.child("HCP").child("Inst")
    if sent is not None:
        assert mirrored.text("Id") == sent.text("Id")
        others = [i.text("Id") for i in sent.children("AdditionalId") if i.text("Id")]
        assert [i.text("Id") for i in mirrored.children("AdditionalId")] == others
        for name in ("Dept", "HCPerson"):
            assert len(mirrored.children(name)) == len(sent.children(name))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schemas")
    schemas.install(SHARED, folder)
    return {n: xml.load_schema(schemas.driver_path(folder, n)) for n in schemas.ROOTS}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/samples is not there")
@trying(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(PARTIES, st.sampled_from(["1.4", "1.3"]), st.sampled_from(["", "2026", "x"]))
def test_whatever_is_mirrored_is_valid(compiled, hcp, version, generated):
    receipt = receipt_to(hcp, version=version, generated=generated)
    assert list(xml.locate_problems(compiled[receipt.namespace], receipt)) == []


@given(st.data())
def test_no_damage_to_a_message_is_a_crash(data):
    content = bytearray(a_message().encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    written = apprec.write(
        bytes(content),
        status=1,
        faults=(),
        recipient=OURS,
        apprec_id="x",
        generated_at=NOW,
    )
    assert written is None or xml.parse(written).name == "AppRec"
