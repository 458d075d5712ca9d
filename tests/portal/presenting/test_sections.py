"""What a report holds, put in order; nothing that was sent is ever lost."""

from hypothesis import given
from hypothesis import strategies as st

from portal.presenting.sections import present_sections
from results.vocabulary import Interpretation, ObservationStatus, ValueKind
from tests.portal.answers import a_group, a_resistance, a_text, an_observation


def only(sections):
    assert len(sections) == 1
    return sections[0]


def names_in(sections) -> set[str]:
    found = set()
    for section in sections:
        found |= {r.name for r in section.results}
        found |= {p.heading for p in section.passages}
        for culture in section.cultures:
            found |= {culture.name}
            found |= {d.name for d in culture.details}
            found |= {r.agent for r in culture.resistances}
    return found


def test_numbers_stand_in_the_order_sent():
    section = only(present_sections([an_observation("B"), an_observation("A")]))

    assert [r.name for r in section.results] == ["B", "A"]
    assert section.heading == ""


def test_a_group_is_a_heading_over_its_results():
    blood = a_group("Blodgass", an_observation("pH"), an_observation("pCO2"))

    section = only(present_sections([blood]))

    assert section.heading == "Blodgass"
    assert [r.name for r in section.results] == ["pH", "pCO2"]


def test_a_group_in_a_group_names_both():
    nested = a_group("Væske", a_group("Celler", an_observation("Leukocytter")))

    assert only(present_sections([nested])).heading == "Væske – Celler"


def test_a_group_that_answers_itself_is_its_own_first_result():
    group = a_group("Allergi", an_observation("Bjørk"), comments=("Se under.",))

    section = only(present_sections([group]))

    assert [r.name for r in section.results] == ["Allergi", "Bjørk"]
    assert section.results[0].comments == ("Se under.",)


def test_the_conclusion_is_read_first():
    mri = a_group(
        "MR kne",
        a_text("", "Menisken er hel.", heading="FU"),
        a_text("", "Normale funn.", heading="VU"),
    )

    passages = only(present_sections([mri])).passages

    assert [p.heading for p in passages] == [
        "Vurdering",
        "Funn og undersøkelsesresultater",
    ]
    assert [p.is_conclusion for p in passages] == [True, False]


def test_a_long_text_is_read_as_text_and_a_short_one_as_a_value():
    section = only(
        present_sections([a_text("Mikroskopi", "ord " * 40), a_text("Farge", "Gul")])
    )

    assert [p.heading for p in section.passages] == ["Mikroskopi"]
    assert [(r.name, r.value) for r in section.results] == [("Farge", "Gul")]


def test_a_withdrawn_text_leaves_its_place_and_no_words():
    text = a_text(text="ord " * 40, status=ObservationStatus.CANCELLED)

    passage = only(present_sections([text])).passages[0]

    assert passage.text == ""
    assert passage.status == "Trukket tilbake"


def test_diagnoses_and_templates_of_the_pathologist_are_shown():
    biopsy = a_group(
        "Biopsi",
        a_text("", "Adenom.", heading="DIAG", diagnoses=("Tubulært adenom",)),
        structured=(("Størrelse", "8 mm"),),
    )

    section = only(present_sections([biopsy]))

    assert section.passages[0].facts == (("Diagnose", "Tubulært adenom"),)
    assert section.results[0].facts == (("Størrelse", "8 mm"),)


def test_number_lines_are_drawn_only_where_they_are_wanted():
    numbers = [an_observation()]

    assert only(present_sections(numbers, draws_lines=True)).results[0].chart
    assert only(present_sections(numbers)).results[0].chart is None


def test_no_line_is_drawn_for_what_cannot_be_judged():
    withdrawn = an_observation(status=ObservationStatus.ENTERED_IN_ERROR)
    without_range = an_observation(reference_ranges=())

    section = only(present_sections([withdrawn, without_range], draws_lines=True))

    assert [r.chart for r in section.results] == [None, None]


def test_items_that_point_at_each_other_are_still_shown():
    """No organism can be below itself, but a message may claim it (dialect D18)."""
    first = an_observation("En", item_id="1", related_item_id="2")
    second = an_observation("To", item_id="2", related_item_id="1")
    third = an_observation("Tre", item_id="3")

    assert names_in(present_sections([first, second, third])) == {"En", "To", "Tre"}


ITEMS = st.builds(
    lambda name, item, related, kind, members: (
        a_group(f"g{name}", *members, item_id=item, related_item_id=related)
        if members
        else kind(f"n{name}", item, related)
    ),
    st.integers(0, 999),
    st.sampled_from(["", "1", "2", "3"]),
    st.sampled_from(["", "1", "2", "3", "9"]),
    st.sampled_from(
        [
            lambda n, i, r: an_observation(n, item_id=i, related_item_id=r),
            lambda n, i, r: a_text(n, "x" * 99, item_id=i, related_item_id=r),
            lambda n, i, r: a_resistance(n, "S", item_id=i, related_item_id=r),
        ]
    ),
    st.just(()),
)
TREES = st.lists(
    st.one_of(
        ITEMS,
        st.builds(
            lambda name, members: a_group(f"g{name}", *members),
            st.integers(0, 999),
            st.lists(ITEMS, min_size=1, max_size=4),
        ),
    ),
    max_size=6,
)


@given(TREES)
def test_whatever_is_linked_to_whatever_every_answer_is_shown(tree):
    answers = {o.name for o in walk(tree) if o.kind is not ValueKind.NONE}

    assert answers <= names_in(present_sections(tree))


def walk(observations):
    for observation in observations:
        yield observation
        yield from walk(observation.members)


def test_a_result_says_all_that_belongs_to_it():
    number = an_observation(
        "P-Ferritin",
        code="NPU19763",
        digits="11.0",
        unit="µg/L",
        reference_ranges=("18 - 240",),
        interpretation=Interpretation.LOW,
        comments=("Lave lagre.",),
        is_accredited=False,
    )

    result = only(present_sections([number])).results[0]

    assert (result.value, result.unit, result.reference) == ("11,0", "µg/L", "18–240")
    assert result.is_outside
    assert result.comments == ("Lave lagre.",)
    assert result.is_not_accredited
    assert result.reference_label == "Laboratoriets referanseområde"


def test_therapeutic_limits_are_not_called_a_reference_range():
    lithium = an_observation(reference_ranges=("Terapeutisk: 0,5-0,8",))

    result = only(present_sections([lithium])).results[0]

    assert result.reference_label == "Laboratoriets grenser"


def test_a_withdrawn_result_keeps_its_name_and_loses_its_value():
    result = only(
        present_sections([an_observation(status=ObservationStatus.CANCELLED)])
    ).results[0]

    assert (result.name, result.value, result.unit) == ("B-Hemoglobin", "", "")
    assert result.status == "Trukket tilbake"
    assert result.judgement is None
    assert not result.is_answered


def test_an_interval_and_a_date_are_values_too():
    interval = an_observation(kind=ValueKind.INTERVAL, digits="10", interval_high="20")
    nothing = an_observation(
        kind=ValueKind.NONE, digits="", reference_ranges=(), unit=""
    )

    section = only(present_sections([interval, nothing]))

    assert [r.value for r in section.results] == ["10–20", "Ikke besvart"]
