"""XHTML reduced to what HISD 1155 allows; nothing else is ever a tag."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.kith import xml
from results.kith.names import XHTML
from results.kith.read import markup


def a_node(inner: str) -> xml.Node:
    content = f'<v xmlns:h="{XHTML}" xmlns="urn:kith">{inner}</v>'
    return xml.parse(content.encode())


def as_markup(inner: str) -> str | None:
    return markup.as_markup(a_node(inner))


@pytest.mark.parametrize(
    "inner",
    [
        "<h:script>alert(1)</h:script>",
        "<h:style>p {display: none}</h:style>",
        "<h:head><h:title>x</h:title></h:head>",
    ],
)
def test_scripts_and_styles_are_gone_with_their_content(inner):
    assert as_markup(inner) is None
    assert as_markup(f"før{inner}") == "før"


@pytest.mark.parametrize(
    "attribute",
    ["onclick='x()'", "style='x'", "href='javascript:x'", "class='a'", "id='a'"],
)
def test_no_attribute_survives(attribute):
    assert as_markup(f"<h:p {attribute}>x</h:p>") == "<p>x</p>"


def test_cells_may_span():
    cells = '<h:td colspan="2" rowspan="03" class="x">a</h:td>'
    assert as_markup(cells) == '<td colspan="2" rowspan="03">a</td>'


@pytest.mark.parametrize("span", ["2' onclick='x", "-1", "9999", "x", "２"])
def test_a_span_is_a_small_number_or_nothing(span):
    value = span.replace("'", "&apos;")
    assert as_markup(f"<h:td colspan='{value}'>a</h:td>") == "<td>a</td>"


def test_only_cells_span():
    assert as_markup('<h:p colspan="2">a</h:p>') == "<p>a</p>"


@pytest.mark.parametrize("name", ["del", "img", "iframe", "object", "form", "marquee"])
def test_a_tag_not_allowed_is_shown_as_text(name):
    shown = as_markup(f"<h:{name} src='x'>funn</h:{name}>")
    assert shown == f"&lt;{name}&gt;funn&lt;/{name}&gt;"


def test_tags_of_no_xhtml_are_shown_as_text():
    assert as_markup("<b>x</b><h:b>y</h:b>") == "&lt;b&gt;x&lt;/b&gt;<b>y</b>"


def test_wrappings_without_meaning_fall_away():
    inner = "<h:body><h:a href='x'>se</h:a> <h:u>her</h:u></h:body>"
    assert as_markup(inner) == "se her"


def test_escaped_tags_stay_escaped():
    assert as_markup("<h:p>&lt;b&gt; &amp; &lt;5</h:p>") == (
        "<p>&lt;b&gt; &amp; &lt;5</p>"
    )


def test_capital_tags_and_empty_ones():
    assert as_markup("<h:P>a<h:BR/>b<h:hr/></h:P>") == "<p>a<br>b<hr></p>"


def test_all_that_is_allowed_is_kept():
    names = (
        "abbr acronym address blockquote cite code dfn div em h1 h2 h3 h4 h5 h6 kbd p"
        " pre q samp span strong var dl dt dd ol ul li b big i small sub sup tt caption"
        " table td th tr"
    )
    for name in names.split():
        assert as_markup(f"<h:{name}>x</h:{name}>") == f"<{name}>x</{name}>"


@pytest.mark.parametrize(
    ("inner", "found"),
    [("tekst", False), ("<b>x</b>", False), ("<h:p/>", True), ("<b><h:i/></b>", True)],
)
def test_what_counts_as_markup(inner, found):
    assert markup.has_markup(a_node(inner)) is found


def test_plain_text_is_as_sent():
    assert markup.as_text(a_node("  Hb  12 \n  CRP 5 ")) == "Hb  12 \n  CRP 5"


def test_blocks_become_lines_in_plain_text():
    inner = "<h:p>Normal</h:p><h:p>Kontroll<h:br/>om et år</h:p><h:script>x</h:script>"
    assert markup.as_text(a_node(inner)) == "Normal\n\nKontroll\nom et år"


def test_other_tags_are_plain_text_in_plain_text():
    assert markup.as_text(a_node("Funn <b>x</b>")) == "Funn <b>x</b>"


_TAGS = ("p", "b", "script", "del", "td", "br", "table", "IMG", "a")
_TREES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8).map(
        lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    ),
    lambda inner: st.builds(
        lambda tag, prefix, parts: (
            f"<{prefix}{tag} onclick='x'>{''.join(parts)}</{prefix}{tag}>"
        ),
        st.sampled_from(_TAGS),
        st.sampled_from(["h:", ""]),
        st.lists(inner, max_size=3),
    ),
)


@given(_TREES)
def test_no_markup_whatever_lets_a_tag_or_attribute_through(tree):
    shown = as_markup(tree) or ""
    tags = set(re.findall(r"<[^>]*>", shown))
    assert tags <= {
        *("<p>", "</p>", "<b>", "</b>", "<td>", "</td>", "<br>"),
        *("<table>", "</table>"),
    }
    assert "<" not in re.sub(r"<[^>]*>", "", shown)
