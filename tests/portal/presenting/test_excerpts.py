"""What is shown of a text that was found: marked, short, and never markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.presenting.excerpts import excerpt


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Liten lungeknute", "Liten <mark>lungeknute</mark>"),
        ("LUNGENE er frie", "<mark>LUNGENE</mark> er frie"),
        ("Pålunge er ikke lunge", "Pålunge er ikke <mark>lunge</mark>"),
        ("Covid-lunge", "Covid-<mark>lunge</mark>"),
    ],
)
def test_words_that_begin_so_are_marked(text, marked):
    assert excerpt(text, ("lung",), is_markup=False) == marked


def test_a_long_text_is_shown_around_the_first_word():
    text = f"{'Før. ' * 100}Her er knuten. {'Etter. ' * 100}"

    shown = excerpt(text, ("knut",), is_markup=False)

    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "<mark>knuten</mark>" in shown
    assert len(shown) < 400


def test_the_laboratorys_markup_is_left_out():
    shown = excerpt("<p>Fast <b>knute</b> &lt; 3 mm</p>", ("knut",), is_markup=True)

    assert shown == "Fast <mark>knute</mark> &lt; 3 mm"


@given(
    st.text(max_size=400),
    st.lists(st.text(st.characters(categories=["L"]), min_size=1), max_size=3),
)
def test_nothing_sent_becomes_markup(text, stems):
    shown = excerpt(text, stems, is_markup=False)

    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
    assert shown.count("<mark>") == shown.count("</mark>")
