"""Formatted text from a laboratory: known tags pass, the rest is text or gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.presenting.markup import plain_text, safe_markup


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("<p>Ruptur</p>", "<p>Ruptur</p>"),
        ("<script>alert(1)</script>Funn", "Funn"),
        ("<style>p{color:red}</style>Funn", "Funn"),
        ("<svg><a href='x'>y</a></svg>Funn", "Funn"),
        ('<p onclick="x()" style="color:red">Funn</p>', "<p>Funn</p>"),
        ('<a href="javascript:x()">lenke</a>', "lenke"),
        ('<img src="x" onerror="x()">Funn', "Funn"),
        ("<h1>Konklusjon</h1>", "<strong>Konklusjon</strong>"),
        ("<ul><li>en<li>to</ul>", "<ul><li>en<li>to</li></li></ul>"),
        ("<p>åpen", "<p>åpen</p>"),
        ("feil</div>", "feil"),
        ("linje<br/>linje", "linje<br>linje"),
        ("10<sup>9</sup>/L", "10<sup>9</sup>/L"),
        ("a < b &amp; c", "a &lt; b &amp; c"),
        ("<!-- skjult -->Funn", "Funn"),
        ("<p/>Funn", "<p></p>Funn"),
    ],
)
def test_only_what_the_standard_allows_gets_through(sent, shown):
    assert safe_markup(sent) == shown


@given(st.text(alphabet="<>/abpscript =\"'onclick!-&;", max_size=80))
def test_no_attribute_and_no_unknown_tag_ever_gets_through(text):
    shown = safe_markup(text)

    for piece in shown.split("<")[1:]:
        name = piece.split(">")[0].lstrip("/")
        assert name.isalpha(), shown
        assert name not in ("script", "style")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Ingen <b>vekst</b>.</p><p>Se neste.</p>", "Ingen vekst.\nSe neste."),
        ("En<br/>to", "En\nto"),
        ("<table><tr><td>Na</td><td>140</td></tr></table>", "Na\t140"),
        ("<script>alert(1)</script>Rest", "Rest"),
        ("a &lt; b", "a < b"),
    ],
)
def test_formatted_text_has_plain_words(markup, words):
    assert plain_text(markup) == words


def test_text_that_is_not_formatted_is_left_alone():
    assert plain_text("<5 er <lavt>", is_markup=False) == "<5 er <lavt>"
