"""Schemas are imported data; these are small ones of our own with the same names."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from results.kith import schemas, xml
from results.kith.names import BASE64_CONTAINER
from results.kith.read import open_message

from .messages import KARI, NAMESPACES, a_message

TYPES = "http://www.kith.no/xmlstds"
REPORT_SCHEMA = f"""<?xml version="1.0"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:k="{TYPES}"
    targetNamespace="{NAMESPACES["1.4"]}" elementFormDefault="qualified">
  <import namespace="{TYPES}" schemaLocation="http://www.kith.no/xmlstds/kith.xsd"/>
  <element name="Message"><complexType><sequence>
    <element name="Number" type="int"/>
    <element name="Code" type="k:CS" minOccurs="0"/>
    <element name="Content" minOccurs="0"><complexType><sequence>
      <any processContents="strict" minOccurs="0"/>
    </sequence></complexType></element>
  </sequence></complexType></element>
</schema>"""
TYPE_SCHEMA = f"""<schema xmlns="http://www.w3.org/2001/XMLSchema"
    targetNamespace="{TYPES}"><complexType name="CS">
  <attribute name="V" type="token"/></complexType></schema>"""
BASE64_SCHEMA = f"""<schema xmlns="http://www.w3.org/2001/XMLSchema"
    targetNamespace="{BASE64_CONTAINER}">
  <element name="Base64Container" type="base64Binary"/></schema>"""


def problems_in(content: bytes):
    """As whoever judges a message asks: what nothing is made out of has no schema."""
    envelope = open_message(content).envelope
    return schemas.envelope_problems(envelope) if envelope else None


def sentences(content: bytes):
    problems = problems_in(content)
    return None if problems is None else tuple(p.text for p in problems)


@pytest.fixture
def schema_dir(tmp_path, settings):
    settings.SCHEMA_DIR = tmp_path / "installed"
    return settings.SCHEMA_DIR


@pytest.fixture
def source(tmp_path):
    """A folder as it comes from the standard's publisher."""
    folder = tmp_path / "source"
    (folder / "felles").mkdir(parents=True)
    (folder / "svar.xsd").write_text(REPORT_SCHEMA)
    (folder / "felles" / "kith.xsd").write_text(TYPE_SCHEMA)
    (folder / "felles" / "kith-base64.xsd").write_text(BASE64_SCHEMA)
    return folder


def a_document(inner: str) -> bytes:
    return f'<Message xmlns="{NAMESPACES["1.4"]}">{inner}</Message>'.encode()


def importing(source) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_schemas", source, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


class TestImporting:
    def test_a_folder_that_is_not_there(self, tmp_path, schema_dir):
        with pytest.raises(CommandError, match="finnes ikke"):
            importing(tmp_path / "nowhere")

    def test_a_folder_without_schemas(self, tmp_path, schema_dir):
        with pytest.raises(CommandError, match="ingen brukbare skjemaer"):
            importing(tmp_path)
        assert not schemas.is_installed(NAMESPACES["1.4"])

    def test_a_schema_whose_import_is_missing(self, source, schema_dir):
        (source / "felles" / "kith.xsd").unlink()
        with pytest.raises(CommandError):
            importing(source)
        assert not schemas.is_installed(NAMESPACES["1.4"])

    def test_a_schema_that_does_not_compile_is_not_installed(self, source, schema_dir):
        (source / "svar.xsd").write_text(REPORT_SCHEMA.replace("k:CS", "k:Nothing"))
        with pytest.raises(CommandError):
            importing(source)
        assert not schemas.is_installed(NAMESPACES["1.4"])

    def test_it_tells_what_was_found_and_what_was_not(self, source, schema_dir):
        out, err = importing(source)
        assert out == "Installert: Svarrapport 1.4.\n"
        assert "Svarrapport 1.3: fant ikke skjemaet for" in err
        assert "AppRec 1.1" in err

    def test_addresses_on_the_net_become_local(self, source, schema_dir):
        importing(source)
        for path in schema_dir.glob("*.xsd"):
            for node in xml.parse(path.read_bytes()).children("import"):
                assert (schema_dir / node.attribute("schemaLocation")).is_file()

    def test_other_files_beside_them_do_no_harm(self, source, schema_dir):
        (source / "dtd.xsd").write_text("<!DOCTYPE schema><schema/>")
        (source / "empty.xsd").write_text("")
        assert "Installert: Svarrapport 1.4" in importing(source)[0]


class TestProblems:
    def test_not_installed_is_not_the_same_as_no_problems(self, schema_dir):
        assert sentences(a_document("<Number>1</Number>")) is None

    @pytest.mark.parametrize("content", [b"", b"<svar/>", b"<a>"])
    def test_what_has_no_schema_has_no_result(self, source, schema_dir, content):
        importing(source)
        assert sentences(content) is None

    def test_a_valid_message(self, source, schema_dir):
        importing(source)
        assert sentences(a_document("<Number>1</Number>")) == ()

    def test_an_attachment_is_valid_too(self, source, schema_dir):
        importing(source)
        container = (
            f'<Base64Container xmlns="{BASE64_CONTAINER}">QUJD</Base64Container>'
        )
        inner = f"<Number>1</Number><Content>{container}</Content>"
        assert sentences(a_document(inner)) == ()

    @pytest.mark.parametrize(
        ("inner", "problem"),
        [
            (f"<Number>{KARI}</Number>", "Number har en ugyldig verdi."),
            (f"<N{KARI}/>", "et element er ikke ventet her"),
            (f"{KARI}<Number>1</Number>", "Message har løs tekst."),
            ("", "noe mangler"),
        ],
        ids=["value", "name", "text", "missing"],
    )
    def test_a_problem_tells_line_and_element_never_a_value(
        self, source, schema_dir, inner, problem
    ):
        importing(source)
        problems = sentences(a_document("\n" + inner))
        assert problem in problems[0]
        assert "linje" in problems[0]
        assert KARI not in str(problems)

    def test_a_wrapped_message_is_judged_alone(self, source, schema_dir):
        importing(source)
        inner = a_document("<Number>1</Number>").decode()
        head = "http://www.kith.no/xmlstds/msghead/2006-05-24"
        wrapped = f'<MsgHead xmlns="{head}">{inner}</MsgHead>'
        assert sentences(wrapped.encode()) == ()

    def test_there_is_an_end_to_the_problems(self, source, schema_dir):
        importing(source)
        many = "<Number>1</Number>" + "".join(f"<Code>{n}</Code>" for n in range(99))
        assert 0 < len(sentences(a_document(many))) <= 20

    def test_an_endless_code_system_does_not_hold_the_worker(self, source, schema_dir):
        importing(source)
        long = f'<Number>1</Number><Code S="{"1" * 100_000}x"/>'
        (problem,) = sentences(a_document(long))
        assert "altfor langt" in problem

    def test_a_new_import_takes_effect_at_once(self, source, schema_dir):
        importing(source)
        assert sentences(a_message().encode())
        (source / "svar.xsd").write_text(REPORT_SCHEMA.replace('"int"', '"string"'))
        importing(source)
        driver = schemas.driver_path(schema_dir, NAMESPACES["1.4"])
        os.utime(driver, ns=(1, 1))
        assert sentences(a_document("<Number>en</Number>")) == ()

    @pytest.mark.parametrize("prefix", ["", "k:"])
    def test_a_problem_is_found_among_its_namesakes(self, source, schema_dir, prefix):
        importing(source)
        name = "xmlns:k" if prefix else "xmlns"
        head = f'<{prefix}Message {name}="{NAMESPACES["1.4"]}">'
        number = "<{0}Number>{1}</{0}Number>"
        inner = number.format(prefix, 1) + number.format(prefix, "en")
        content = f"{head}{inner}</{prefix}Message>".encode()

        problem = problems_in(content)[0]

        assert (problem.element, problem.line, problem.before) == ("Number", 1, 1)

    def test_what_was_salvaged_is_not_held_to_a_schema(self, source, schema_dir):
        """Found by fuzzing: an entity left standing made the validator give up."""
        importing(source)
        broken = a_document("<Number>&x;1</Number>")
        envelope = open_message(broken).envelope
        assert envelope.is_salvaged
        assert schemas.envelope_problems(envelope) is None

    def test_a_validator_that_gives_up_is_a_problem_and_no_crash(
        self, source, schema_dir
    ):
        importing(source)
        salvaged = xml.recover(a_document("<Number>&x;1</Number>"))
        schema = xml.load_schema(schemas.driver_path(schema_dir, NAMESPACES["1.4"]))
        (problem,) = xml.locate_problems(schema, salvaged)
        assert "lar seg ikke holde" in problem.text

    LONG = "".join('<Code V="x"/>' for _ in range(4000))

    def test_a_long_message_with_problems_is_told_of_the_first(
        self, source, schema_dir
    ):
        """Finding every problem of one took minutes, quadratic in what it held."""
        importing(source)
        problems = problems_in(a_document(f"<Number>x</Number>{self.LONG}"))
        assert "Number har en ugyldig verdi" in problems[0].text
        assert len(problems) <= 20
        assert {problem.line for problem in problems} == {0}

    def test_a_long_message_may_be_valid(self, source, schema_dir):
        several = REPORT_SCHEMA.replace('"k:CS"', '"k:CS" maxOccurs="unbounded"')
        (source / "svar.xsd").write_text(several)
        importing(source)
        content = a_document(f"<Number>1</Number>{self.LONG}")
        assert sentences(content) == ()
