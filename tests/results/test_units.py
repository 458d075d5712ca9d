"""A unit is put in UCUM beside what was sent, or left alone."""

import csv
import json
import re
import string

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from lark.exceptions import LarkError
from ucumvert.parser import get_ucum_parser

from results.units import to_ucum

SHARED = settings.BASE_DIR.parent / "shared"
UCUM = get_ucum_parser()


def is_ucum(code):
    try:
        UCUM.parse(code)
    except LarkError:
        return False
    return True


@pytest.mark.parametrize("nothing", ["", " ", "\t", "\N{NO-BREAK SPACE}"])
def test_no_unit_stays_no_unit(nothing):
    assert to_ucum(nothing) is None


@pytest.mark.parametrize(
    "uncertain",
    [
        "M",  # a minute in Volven 8364, molar to a chemist
        "G/L",  # grams to a system in capitals, 10*9 to a haematologist
        "109/L",  # 10⁹ that lost its raised nine
        "tekstlig",
        "nmol(mmol)",
        "se kommentar",
        "mmol/",
        "/ant",
        "mmol/ant",
        "ant x L",
        "10E9 Gant/L",
        "mmol//L",
        "/",
        "mmol/L/h/d/kg",
        "10E9 10E9/L",
        "x" * 61,
        "10E-/L",
        "10E999/L",
        "g Ukjentstoff",
        "\x00",
        "{}",
        "'; drop table",
    ],
)
def test_what_is_not_known_for_certain_is_left_alone(uncertain):
    assert to_ucum(uncertain) is None


@pytest.mark.parametrize(
    "spelt",
    [
        "10E9/L",
        "10^9/L",
        "10^9 /L",
        "10#9/L",
        "10**9/L",
        "10*9/L",
        "10⁹/L",
        "x 10E9/L",
        "x10E9/L",
        "× 10E9/l",
        "10e9 / l",
        "Gant/L",
        "E9/L",
    ],
)
def test_nordlab_and_fjordlab_count_white_cells_in_the_same_unit(spelt):
    assert to_ucum(spelt) == "10*9/L"


@pytest.mark.parametrize("spelt", ["umol/L", "µmol/L", "μmol/L", "µmol/l", "UMOL/L"])
def test_micro_is_one_letter_however_it_is_typed(spelt):
    assert to_ucum(spelt) == "umol/L"


@pytest.mark.parametrize(
    ("spelt", "code"),
    [
        ("IE/L", "[IU]/L"),
        ("IU/L", "[IU]/L"),
        ("mIE/L", "m[IU]/L"),
        ("x 10E-3 IU/L", "m[IU]/L"),
        ("kIE/L", "k[IU]/L"),
        ("x 10E3 IU/L", "k[IU]/L"),
        ("x 10E6 IU/L", "M[IU]/L"),
        ("IU/dL", "[IU]/dL"),
        ("nmol/IU", "nmol/[IU]"),
    ],
)
def test_international_units_have_one_spelling(spelt, code):
    assert to_ucum(spelt) == code


@pytest.mark.parametrize(
    ("spelt", "code"), [("U/L", "U/L"), ("E/L", "U/L"), ("kE/L", "kU/L")]
)
def test_an_enzyme_unit_is_not_an_international_one(spelt, code):
    assert to_ucum(spelt) == code


@pytest.mark.parametrize(
    "spelt",
    ["mL/min/1,73m2", "ml/min/1,73 m2", "mL/min/1.73m2", "ml/min/1,73m²"],
)
def test_kari_s_kidneys_are_measured_against_one_body_surface(spelt):
    assert to_ucum(spelt) == "mL/min/{1.73_m2}"


@pytest.mark.parametrize(
    ("spelt", "code"),
    [
        ("mmol/mol", "mmol/mol"),
        ("g/dL", "g/dL"),
        ("g/l", "g/L"),
        ("%", "%"),
        ("‰", "[ppth]"),
        ("promille", "[ppth]"),
        ("0", "1"),
        ("1/1", "1"),
        ("ratio", "1"),
        ("/100", "/100"),
        ("/100 leukocytter", "/100{WBC}"),
        ("/synsfelt", "/[HPF]"),
        ("celler/µL", "/uL"),
        ("10E9 celler/L", "10*9/L"),
        ("kopier/mL", "{copies}/mL"),
        ("mm", "mm"),
        ("mm/t", "mm/h"),
        ("t", "h"),
        ("µmol/t/L", "umol/h/L"),
        ("µg x t/L", "ug.h/L"),
        ("mmol/5H", "mmol/(5.h)"),
        ("mosmol/kg", "mosm/kg"),
        ("p.d.e.", "[arb'U]"),
        ("arb.enh.", "[arb'U]"),
        ("arb.enh./l", "[arb'U]/L"),
        ("arb. enh./mL", "[arb'U]/mL"),
        ("U/g Hb", "U/g{Hb}"),
        ("g/mol kreatinin", "g/mol{creat}"),
        ("mg/L FEU", "mg/L{FEU}"),
        ("pH", "[pH]"),
        ("°C", "Cel"),
        ("ng/µL", "ng/uL"),
        ("kg/m²", "kg/m2"),
        ("x 10E-6", "10*-6"),
        ("10E-3/L", "10*-3/L"),
        ("nant/L", "10*-9/L"),
        ("x 10E3 mol/L", "10*3.mol/L"),
    ],
)
def test_other_units_laboratories_send(spelt, code):
    assert to_ucum(spelt) == code
    assert is_ucum(code)


@pytest.mark.parametrize(
    ("small", "large"), [("mmol/L", "Mmol/L"), ("pg", "Pg"), ("t", "T"), ("m", "M")]
)
def test_case_makes_a_difference_where_it_means_something(small, large):
    assert to_ucum(small) != to_ucum(large)


PIECES = st.one_of(
    st.sampled_from("/ ,.LUt{}()%*²⁹"),
    st.sampled_from(["x ", "10E", "10^", "E", "9", "-3", "l", "mmol", "µ", "g", "IE"]),
    st.sampled_from(["IU", "[IU]", "m2", "1,73", "100", "5H", "Hb", "arb.enh.", "ant"]),
)
WRITTEN = st.one_of(
    st.text(max_size=70),
    st.text(alphabet=string.printable, max_size=20),
    st.lists(PIECES, max_size=8).map("".join),
)


@given(WRITTEN)
def test_whatever_is_sent_comes_out_as_valid_ucum_or_nothing(text):
    code = to_ucum(text)

    assert code is None or is_ucum(code)


@given(WRITTEN)
def test_ucum_is_given_back_as_it_is(text):
    code = to_ucum(text)

    assert code is None or to_ucum(code) == code


@given(WRITTEN)
def test_blanks_around_a_unit_mean_nothing(text):
    assert to_ucum(f"  {text}\n") == to_ucum(text)


def nlk_units():
    path = next((SHARED / "codes" / "nlk").glob("*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["enhet"].strip() for row in csv.DictReader(file)} - {""}


def requisition_units():
    path = SHARED / "codes" / "volven" / "pps-relevant.json"
    return {row["code"] for row in json.loads(path.read_text())["8364"]["codes"]}


def sample_units():
    for path in (SHARED / "samples" / "svarrapport").rglob("*.xml"):
        content = path.read_bytes()
        utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = content.decode("utf-16" if utf16 else "utf-8", errors="replace")
        yield from re.findall(r'NumResultValue[^>]* U="([^"�]+)"', text)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
@pytest.mark.parametrize(
    ("units", "left_alone"),
    [
        (nlk_units, {"nmol(mmol)"}),
        (requisition_units, {"M", "tekstlig"}),
        (lambda: set(sample_units()), set()),
    ],
    ids=["nlk", "8364", "samples"],
)
def test_how_many_of_the_units_in_use_are_covered(units, left_alone):
    found = units()
    codes = {unit: to_ucum(unit) for unit in found}
    missing = {unit for unit, code in codes.items() if code is None}

    assert len(found) >= 20
    assert missing == left_alone, f"{len(found) - len(missing)} of {len(found)}"
    assert all(is_ucum(code) for code in codes.values() if code)
