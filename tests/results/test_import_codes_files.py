"""Lists are known by what stands in them, in whatever way they were saved."""

import datetime
import json

import pytest
from django.conf import settings
from django.core.management import CommandError

from results import codes
from results.code_lists import UnreadableList, read
from results.models import CodeList, Coding
from tests.results.importing import GFR, HB, OLD_ACE, REFUND_HEADER, Desk, nlk

SHARED = settings.BASE_DIR.parent / "shared"

S_I_R = {
    "resourceType": "CodeSystem",
    "url": "http://helsedir.no/fhir/CodeSystem/no-kodeverk-8271",
    "identifier": [{"value": "urn:oid:2.16.578.1.12.4.1.1.8271"}],
    "title": "Resistens",
    "version": "2.0",
    "date": "2025-01-31T12:00:00Z",
    "content": "complete",
    "concept": [
        {"code": "S", "display": "Sensitiv", "concept": [{"code": "I"}]},
        {"code": "R", "display": "Resistent"},
    ],
}
S_I_R_XML = """<?xml version="1.0"?>
<CodeSystem xmlns="http://hl7.org/fhir"><url value="http://x.no/liste"/>
<identifier><value value="urn:oid:2.16.578.1.12.4.1.1.8271"/></identifier>
<title value="Resistens"/><concept><code value="S"/><display value="Sensitiv"/>
<concept><code value="I"/></concept></concept></CodeSystem>"""


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def the_only(content, name="fil"):
    if isinstance(content, (dict, list)):
        content = json.dumps(content)
    (release,) = read(content.encode() if isinstance(content, str) else content, name)
    return release


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tom"),
        (b" \n\t", "tom"),
        (b"PK\x03\x04rest", "regneark"),
        (b"\xd0\xcf\x11\xe0rest", "regneark"),
        (b"kode\x00,navn", "ikke en tekstfil"),
        (b"bare litt tekst", "Kjenner ikke igjen"),
        (b"a,b,c\n1,2,3\n", "Kjenner ikke igjen"),
        (b"kode,norsk_bruksnavn\n", "Kolonnen «enhet» mangler"),
        (b"kode,norsk_bruksnavn,enhet\n", "ingen koder"),
        (b"\x81\x8d", "Linje 1: Tegnsettet"),
        (b"{", "Linje 1: Ikke gyldig JSON"),
        (b'{\n"a":\n}', "Linje 3: Ikke gyldig JSON"),
        (b"[1, 2]", "Kjenner ikke igjen"),
        (b"{}", "Kjenner ikke igjen"),
        (b"[" * 100_000, "dypt"),
        (b'{"8271": {"codes": []}}', "ingen koder"),
        (b'{"8271": {"codes": [{"display": "x"}]}}', "kodeverk 8271 mangler"),
        (b'{"8271": {"codes": [{"code": "\\u0000"}]}}', "tegn som ikke kan lagres"),
        (b'{"annet": {"codes": [{"code": "A"}]}}', "ikke et Volven-kodeverk"),
        (b'{"resourceType": "Patient"}', "ikke noe FHIR CodeSystem"),
        (b'{"resourceType": "Bundle", "entry": "x"}', "ikke noe FHIR CodeSystem"),
        (b'{"resourceType": "CodeSystem", "url": "x"}', "ingen koder i seg"),
        (b'{"resourceType":"CodeSystem","concept":[{"code":"A"}]}', "mangler adresse"),
        (b"<a/>", "Kjenner ikke igjen"),
        (b"<a", "ikke gyldig XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ""),
        (b'<Bundle xmlns="http://hl7.org/fhir"/>', "ikke noe FHIR CodeSystem"),
        (b"kode;kodetekst\nNFB20;Hofteprotese\n", "ingen NCRP-koder"),
        (b"liste,kode,navn\nabc,A,B\n", "Linje 2: «abc» er ikke et Volven"),
    ],
)
def test_what_is_no_code_list_is_refused_in_plain_words(content, sentence):
    with pytest.raises(UnreadableList) as refused:
        read(content, "fil.csv")

    assert sentence in str(refused.value)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_character_set_are_seen(separator, encoding):
    header = ["kode", "norsk_bruksnavn", "enhet", "primært_fagområde"]
    row = ["NPU02902", "B-Nøytrofile", "µmol/L", "Medisinsk biokjemi"]
    text = "\r\n".join(separator.join(cells) for cells in (header, row))

    (code,) = the_only(text.encode(encoding)).codes

    assert (code.display, code.unit, code.category) == (
        "B-Nøytrofile",
        "µmol/L",
        "CLIN",
    )


def test_cells_may_hold_separators_lines_and_hard_blanks():
    row = GFR.replace("Nyre-eGFR (1,73m2)", "Nyre-eGFR\n(1,73\N{NO-BREAK SPACE}m2)")

    (code,) = the_only(nlk(row)).codes

    assert code.display == "Nyre-eGFR (1,73 m2)"


def test_the_line_told_is_the_line_in_the_file():
    row = GFR.replace("eGFR", "eGFR\n\n")

    with pytest.raises(UnreadableList, match="Linje 6"):
        read(nlk(row, "", "feil,,,,,x,,,,").encode(), "fil")


def test_the_table_of_refunds_is_read_and_leaves_headings_alone():
    row = (
        "NOR05172;;25.01.2013;;23.09.2025;;B-Hemoglobin;Hemoglobin;B;g/dL;x;"
        "Medisinsk biokjemi"
    )
    gone = "NPU00001;31.12.2020;25.01.2013;NOR05172;;;B-Gammel;;;;;Ukjent fag"

    release = the_only("\n".join([REFUND_HEADER, row, gone]).encode("cp1252"))

    hb, old = release.codes
    assert (hb.unit, hb.category, hb.valid_from) == (
        "g/dL",
        "CLIN",
        datetime.date(2013, 1, 25),
    )
    assert (old.valid_to, old.replaced_by) == (datetime.date(2021, 1, 1), "NOR05172")
    assert "heading" not in release.fields
    assert release.release_date == datetime.date(2025, 9, 23)
    assert release.notes == ("Ukjent fagområde: «Ukjent fag».",)


@pytest.mark.django_db
def test_a_file_without_headings_keeps_those_we_have(desk):
    desk.load(nlk(HB))

    desk.load(f"{REFUND_HEADER}\nNOR05172;;;;;;B-Hb;;;g/dL;;Medisinsk biokjemi")

    row = Coding.objects.get()
    assert (row.display, row.heading) == ("B-Hb", "Hematologi")


def test_a_day_that_never_comes_is_no_last_day():
    row = OLD_ACE.replace("2020-02-29 23:59:00", "9999-12-31")

    (code,) = the_only(nlk(row)).codes

    assert code.valid_to is None


def test_radiology_is_picked_out_of_all_procedures():
    sheet = (
        "Kodeverk;Kode;Kodetekst;Fra dato\n"
        "NCSP;NFB20;Hofteprotese;01.01.2020\n"
        "NCRP;SNG0AG;MR Kne;01.01.2020\n"
        "NCRP;TAA0BC;Scintigrafi;01.01.2020\n"
        "NCRP;SP0AD///ZX5EA;Gammel;01.01.2020\n"
    )

    release = the_only(sheet)

    assert release.system == codes.NCRP
    assert [(c.code, c.category) for c in release.codes] == [
        ("SNG0AG", "RAD"),
        ("TAA0BC", "NUK"),
    ]
    assert release.notes == ("2 rader med andre koder er hoppet over.",)


def test_volven_s_lists_come_many_in_a_file():
    sheet = (
        "list,title,code,display\n8271,Resistens,R,Resistent\n8271,,R,Dobbel\n"
        "8271,,,tom\n8202,8202 Type,CLIN,\n"
    )

    resistance, kinds = read(sheet.encode(), "volven.csv")

    assert (resistance.system, resistance.name) == (
        "2.16.578.1.12.4.1.1.8271",
        "8271 Resistens",
    )
    assert [(c.code, c.display) for c in resistance.codes] == [("R", "Resistent")]
    assert (kinds.name, kinds.codes[0].display) == ("8202 Type", "CLIN")


def test_a_volven_list_that_does_not_say_it_is_whole_is_an_excerpt():
    data = {
        "note": "x",
        "8271": {"codes": [{"code": "R"}]},
        "8202": {"complete": True, "codes": [{"code": "PAT", "display": "Patologi"}]},
    }

    partial, whole = read(json.dumps(data).encode(), "volven.json")

    assert partial.is_excerpt
    assert not whole.is_excerpt


@pytest.mark.parametrize(
    "content",
    [
        S_I_R,
        {"resourceType": "Bundle", "entry": [{"resource": S_I_R}, {"x": 1}]},
        S_I_R_XML,
    ],
    ids=["json", "bundle", "xml"],
)
def test_a_fhir_code_system_is_a_list(content):
    release = the_only(content)

    assert release.system == "2.16.578.1.12.4.1.1.8271"
    assert release.name == "Resistens"
    assert [c.code for c in release.codes][:2] == ["S", "I"]
    assert release.codes[1].display == "I"


def test_a_fhir_fragment_is_an_excerpt():
    assert the_only({**S_I_R, "content": "fragment"}).is_excerpt
    assert not the_only(S_I_R).is_excerpt
    assert the_only(S_I_R).release_date == datetime.date(2025, 1, 31)


@pytest.mark.django_db
@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_the_national_list_is_loaded_whole_and_twice(desk):
    codes.load_seed()
    path = next((SHARED / "codes" / "nlk").glob("*.csv"))

    desk.command(path)
    rows = Coding.objects.filter(system=codes.NLK)
    assert rows.count() == 11_391
    assert rows.filter(valid_to__isnull=True).count() >= 9_675
    assert CodeList.objects.get(system=codes.NLK).version == "7280.77"
    assert "0 nye, 0 endret, 0 utgått, 11391 uendret" in desk.command(path)

    creatinine = [codes.find(c, "7280").order for c in ("NPU04998", "NPU18016")]
    assert creatinine[0][:2] == creatinine[1][:2]
    assert codes.find("NPU17191", "7280").is_retired
    assert codes.find("NOR05001", "7280").successor == "NPU29069"
    assert codes.search("langtidsblodsukker")[0].code == "NPU27300"


@pytest.mark.django_db
@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
@pytest.mark.parametrize(
    "name",
    [
        "volven/pps-relevant.csv",
        "volven/pps-relevant.json",
        "volven/partial-8340-8351.json",
        "radiology/ncrp-observed.csv",
    ],
)
def test_the_other_real_files_are_read_over_the_seed(desk, name):
    codes.load_seed()

    desk.command(SHARED / "codes" / name)

    assert codes.find("s", "8351").display == "Serum"
    assert not CodeList.objects.filter(name="").exists()
    assert "0 nye, 0 endret, 0 utgått" in desk.command(SHARED / "codes" / name)


@pytest.mark.django_db
def test_a_refused_file_is_told_with_its_name(desk):
    with pytest.raises(CommandError, match=r"^liste\.xlsx: Filen er et regneark"):
        desk.load(b"PK\x03\x04", name="liste.xlsx")
