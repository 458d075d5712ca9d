"""What was taken, from where, when."""

import pytest

from results.kith.read import read

from ..messages import a_message_with, a_specimen, a_unit


def specimens(*sent: str):
    message = read(a_message_with(*sent))
    assert message.faults == ()
    return message.report.specimens, message.warnings


def test_a_specimen():
    (specimen,), warnings = specimens(
        a_specimen(
            "B-17",
            more='<TypeCoded V="S" DN="Serum"/><AnatomicalOrigin>Venstre arm'
            '</AnatomicalOrigin><Accredited V="false"/>',
        )
    )
    assert specimen.id == "B-17"
    assert specimen.type.code == "S"
    assert specimen.type_text == "Serum"
    assert specimen.anatomical_origin == "Venstre arm"
    assert specimen.collected_at.as_sent == "2026-03-02T08:15:00"
    assert specimen.is_accredited is False
    assert specimen.is_cancelled is False
    assert warnings == ()


def test_everything_said_of_a_specimen_is_a_comment():
    (specimen,), _ = specimens(
        "<AnalysedSubject><CollectedSample>"
        "<CollectorComment>Vanskelig stikk</CollectorComment>"
        '<CollectorCommentCoded V="BS" DN="Børste og spatel"/>'
        "<Logistics>Frysesnitt</Logistics></CollectedSample>"
        "<Comment>Hemolyse</Comment><SampleHandling>Smittefare</SampleHandling>"
        '<Pretreatment><Heading V="FA"/><TextResultValue>Fastende</TextResultValue>'
        "</Pretreatment><PreservMaterial>Formalin</PreservMaterial>"
        '<Number>3</Number><SampleCollProc V="B" DN="Biopsi"/></AnalysedSubject>'
    )
    assert specimen.comments == (
        "Hemolyse",
        "Vanskelig stikk",
        "Børste og spatel",
        "Frysesnitt",
        "Fastende",
        "Smittefare",
        "Formalin",
        "Biopsi",
        "Antall: 3",
    )


def test_how_the_patient_prepared_may_be_only_a_heading():
    (specimen,), _ = specimens(
        '<AnalysedSubject><Pretreatment><Heading V="FA" DN="Faste"/></Pretreatment>'
        "</AnalysedSubject>"
    )
    assert specimen.comments == ("Faste",)


def test_who_took_it_and_what_they_call_it():
    (specimen,), _ = specimens(
        "<AnalysedSubject><IdByRequester>R-1</IdByRequester>"
        '<RelServProv><Relation V="PRT"/>'
        + a_unit("Lillevik legesenter", "900002")
        + "</RelServProv></AnalysedSubject>"
    )
    assert specimen.id_by_requester == "R-1"
    assert specimen.collector.relation == "PRT"


def test_an_image_is_taken_when_it_is_produced():
    (specimen,), _ = specimens(
        "<AnalysedSubject><CollectedStudyProduct><Type>Røntgenbilde</Type>"
        '<ProducedDate V="2026-03-01"/><RefRelatedProd>file://pacs/1</RefRelatedProd>'
        "</CollectedStudyProduct></AnalysedSubject>"
    )
    assert specimen.type_text == "Røntgenbilde"
    assert specimen.collected_at.as_sent == "2026-03-01"
    assert "pacs" not in repr(specimen)


def test_a_derived_specimen_was_taken_when_the_outer_was():
    (outer, inner), _ = specimens(
        a_specimen(
            "1",
            more="<AnalysedSubject><Type>Isolat</Type>"
            "<IdByServProvider>1-A</IdByServProvider></AnalysedSubject>",
        )
    )
    assert (outer.id, inner.id) == ("1", "1-A")
    assert inner.collected_at == outer.collected_at


def test_of_two_with_one_id_the_first_counts():
    found, warnings = specimens(
        a_specimen("1", taken="2026-03-02"), a_specimen("1", taken="2020-01-01")
    )
    assert [s.collected_at.as_sent for s in found] == ["2026-03-02"]
    assert warnings == ("To prøver har samme id; den første gjelder.",)


def test_specimens_without_an_id_are_each_their_own():
    found, warnings = specimens("<AnalysedSubject/>", "<AnalysedSubject/>")
    assert len(found) == 2
    assert warnings == ()


def test_a_whole_specimen_may_be_cancelled():
    (specimen,), _ = specimens('<AnalysedSubject><ServType V="C"/></AnalysedSubject>')
    assert specimen.is_cancelled


@pytest.mark.parametrize("sent", ["", "ja"])
def test_an_accreditation_that_is_neither_is_unknown(sent):
    (specimen,), warnings = specimens(
        f'<AnalysedSubject><Accredited V="{sent}"/></AnalysedSubject>'
    )
    assert specimen.is_accredited is None
    assert len(warnings) == (1 if sent else 0)


def test_an_empty_sampling_date_is_told_of():
    (specimen,), warnings = specimens(a_specimen(taken=""))
    assert specimen.collected_at is None
    assert warnings == ("Datoen i CollectedDate er tom.",)


def test_the_first_of_two_takes_from_the_other_what_it_lacks():
    bare = "<AnalysedSubject><IdByServProvider>1</IdByServProvider></AnalysedSubject>"
    (specimen,), _ = specimens(bare, a_specimen("1", more='<ServType V="C"/>'))
    assert specimen.type_text == "Serum"
    assert specimen.is_cancelled


def test_what_is_derived_from_a_cancelled_specimen_may_stand_on_its_own():
    derived = '<AnalysedSubject><ServType V="N"/></AnalysedSubject>'
    found, _ = specimens(a_specimen("1", more='<ServType V="C"/>' + derived))
    assert [s.is_cancelled for s in found] == [True, False]
