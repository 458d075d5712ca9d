"""However a file of codes is mangled, it is read or refused in words, never a fault."""

import json

from hypothesis import given
from hypothesis import strategies as st

from results.code_lists import UnreadableList, read
from tests.results.importing import ACE, GFR, HB, OLD_ACE, nlk
from tests.results.test_import_codes_files import S_I_R, S_I_R_XML

VOLVEN = {"8271": {"complete": True, "codes": [{"code": "R", "display": "Resistent"}]}}
WHOLE = [
    nlk(HB, GFR, ACE, OLD_ACE).encode(),
    nlk(HB, GFR).replace(",", ";").encode("cp1252"),
    b"Kodeverk;Kode;Kodetekst;Til\nNCRP;SNG0AG;MR Kne;31.12.2020\n",
    b"list,title,code,display\n8271,Resistens,R,Resistent\n",
    json.dumps(VOLVEN).encode(),
    json.dumps(S_I_R).encode(),
    S_I_R_XML.encode(),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*S_I_R, "8271", "codes", "code", "display", "oid", "entry", "resource"]
            ),
            inner | st.just("CodeSystem") | st.just("Bundle"),
            max_size=4,
        )
    ),
    max_leaves=12,
)


def is_read_or_refused(content):
    try:
        releases = read(content, "fil.csv")
    except UnreadableList:
        return
    assert releases
    for release in releases:
        assert release.codes
        assert 0 < len(release.system) <= 100
        for code in release.codes:
            assert 0 < len(code.code) <= 100
            assert code.display
            assert "\x00" not in code.code + code.display


@given(
    whole=st.sampled_from(WHOLE),
    at=st.integers(0, 2000),
    gone=st.integers(0, 40),
    instead=st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b";", b"\t", b"}"]),
)
def test_a_file_with_a_hole_in_it(whole, at, gone, instead):
    at %= len(whole) + 1

    is_read_or_refused(whole[:at] + instead + whole[at + gone :])


@given(st.binary(max_size=200))
def test_any_bytes(content):
    is_read_or_refused(content)


@given(JSON)
def test_any_json(data):
    is_read_or_refused(json.dumps(data).encode())
