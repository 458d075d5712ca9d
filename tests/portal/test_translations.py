"""Both forms of Norwegian are complete at all times (språklova § 14), and so is every
other language that says it is."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from deploy.translations import texts_of, texts_to_translate
from portal.languages import LANGUAGES, LOCALES, SOURCE

COMPLETE = [
    code for code, one in LANGUAGES.items() if one.is_complete and code != SOURCE
]
PLACEHOLDER = re.compile(r"%\(\w+\)s")
SENTENCE_ENDS = ".:? "
ABBREVIATED = {"%(months)s md.", ","}  # a full stop that ends no sentence
NORWEGIAN = re.compile(r"[æøåÆØÅ«»]")
# What no nynorsk sentence holds, whichever of its forms one prefers.
ONLY_BOKMAAL = re.compile(
    r"\b(ikke|noe|hvem|hva|hvor|hvorfor|hvis|fra|ennå|være|bare|en annen"
    r"|tjenesten?|siden|se|svarene|prøven|pasienter|ble|virksomhet\w*)\b",
    re.IGNORECASE,
)


def in_both(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each text with its translation; one of many forms at a time."""
    for message in catalog:
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            yield message.id, message.string


def catalogue_of(code: str) -> Catalog:
    with (LOCALES / code / "LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=code)


@pytest.fixture(scope="module", params=COMPLETE)
def catalogue(request) -> Catalog:
    """Of each language that says of itself that it is complete."""
    return catalogue_of(request.param)


@pytest.fixture(scope="module")
def everything():
    return list(texts_to_translate())


@pytest.fixture(scope="module")
def used(catalogue, everything) -> set[tuple[str, str | None]]:
    """Every text of the pages the language is for, with its context."""
    language = LANGUAGES[str(catalogue.locale)]
    return {
        (text[0] if isinstance(text, tuple) else text, context)
        for _path, _line, text, _comments, context in texts_of(language, everything)
    }


def test_every_text_of_code_and_templates_is_in_the_catalogue(catalogue, used):
    assert {(t, c) for t, c in used if catalogue.get(t, c) is None} == set()


def test_nothing_in_the_catalogue_is_without_use(catalogue, used):
    kept = {(m.id[0] if m.pluralizable else m.id, m.context) for m in catalogue if m.id}

    assert kept - used == set()
    assert not catalogue.obsolete


def test_nothing_waits_for_its_translation(catalogue):
    assert [text for text, translated in in_both(catalogue) if not translated] == []


def test_no_translation_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_what_is_filled_in_is_the_same_in_both_languages(catalogue):
    for text, translated in in_both(catalogue):
        assert sorted(PLACEHOLDER.findall(text)) == sorted(
            PLACEHOLDER.findall(translated)
        ), text


def test_a_sentence_ends_alike_in_both_languages(catalogue):
    for text, translated in in_both(catalogue):
        if text[-1:] in SENTENCE_ENDS or translated[-1:] in SENTENCE_ENDS:
            assert text[-1:] == translated[-1:] or text in ABBREVIATED, text


def test_nynorsk_holds_no_words_that_are_bokmaal_alone():
    nynorsk = in_both(catalogue_of("nn"))

    assert [new for _text, new in nynorsk if ONLY_BOKMAAL.search(new)] == []


def test_english_holds_no_norwegian_letters_but_in_names():
    left = [new for _text, new in in_both(catalogue_of("en")) if NORWEGIAN.search(new)]

    assert left == []


def test_texts_of_one_and_of_many_are_both_translated():
    with override("nn"):
        assert gettext("Hvem har sett svarene mine") == "Kven har sett svara mine"
        assert ngettext("%(days)s dag", "%(days)s dager", 1) == "%(days)s dag"
        assert ngettext("%(days)s dag", "%(days)s dager", 3) == "%(days)s dagar"


# --- Code: nothing is said once for all, in the language of the start -----------------

EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


def said_at_import(source: str) -> list[int]:
    """Lines where an eager text is made while the module is being read."""
    tree = ast.parse(source)
    eager = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name in EAGER
    }
    return [call.lineno for call in _run_at_import(tree) if _called(call) in eager]


def _run_at_import(node: ast.AST) -> Iterator[ast.Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _run_at_import(child)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def test_a_text_made_at_import_is_seen():
    eager = "from django.utils.translation import gettext as _\n"

    assert said_at_import(eager + "WORD = {1: _('Svar')}\n") == [2]
    assert said_at_import(eager + "def word():\n    return _('Svar')\n") == []


def test_no_text_is_fixed_in_the_language_of_the_start():
    folders = [settings.BASE_DIR / part for part in ("portal", "access", "results")]
    modules = [path for folder in folders for path in folder.rglob("*.py")]

    fixed = {str(path): said_at_import(path.read_text()) for path in modules}
    assert {path: lines for path, lines in fixed.items() if lines} == {}


# --- Templates: nothing Norwegian stands outside the tags for translation -------------

TRANSLATED = re.compile(
    # A block for a class is no text.
    r"\{% block width %\}.*?\{% endblock %\}|"
    r"\{%\s*comment.*?endcomment\s*%\}|"
    r"\{%\s*blocktrans.*?endblocktrans(?:late)?\s*%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
SPOKEN = ("alt", "aria-label", "data-label", "data-text", "placeholder", "title")


class Literals(HTMLParser):
    """Gathers what a reader sees or hears, as it stands in a template."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in SPOKEN and value:
                self.handle_data(value)

    def handle_data(self, data):
        if re.search(r"[^\W\d_]", data):
            self.found.append(data.strip())


def literals(template: str) -> list[str]:
    parser = Literals()
    parser.feed(TRANSLATED.sub("", template))
    parser.close()
    return parser.found


def test_a_forgotten_text_in_a_template_is_seen():
    template = """<p title="Hei">{% translate "Ja" %}</p><p>{{ x }}&nbsp;Nei</p>"""

    assert literals(template) == ["Hei", "Nei"]


def test_no_template_has_a_text_that_cannot_be_translated():
    pages = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    found = {str(page): literals(page.read_text()) for page in pages}

    assert len(pages) > 30
    assert {page: texts for page, texts in found.items() if texts} == {}
