"""Nordlab sends a document; who may read the answer downloads it, where it is kept."""

import base64
import datetime
import uuid

import pytest

from access.models import AccessLogEntry
from results.encryption import CannotDecrypt, decrypt
from results.ingestion import inbox
from results.models import (
    AttachmentRule,
    DiagnosticReport,
    Organization,
    PresentedForm,
    RetentionRule,
)
from results.models.presented_form import attachment_context
from results.operations import purging, wrong_patient
from results.operations.operator_actions import Act
from tests import cast
from tests.builders import NOON, a_message
from tests.portal.administration.operators import arrived
from tests.portal.visiting import a_visitor, state_need

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n" + b"Kari har det bra. " * 8
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>" + b" " * 64
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>' + b" " * 9
LATE_PDF = b"<script>alert(1)</script>" + PDF
ALL_SENT = {"pdf": PDF, "page": PAGE, "drawing": DRAWING, "late-pdf": LATE_PDF}


def a_document(content: bytes, *, title: str = "Rapport", kind="application/pdf"):
    encoded = base64.b64encode(content).decode()
    return (
        '<RefDoc><MsgType V="A" DN="Vedlegg"/><Id>1</Id>'
        f"<MimeType>{kind}</MimeType><Description>{title}</Description><Content>"
        '<Base64Container xmlns="http://www.kith.no/xmlstds/base64container">'
        f"{encoded}</Base64Container></Content></RefDoc>"
    )


def with_document(content: bytes = PDF, *, title: str = "Rapport", **said) -> bytes:
    """A message with one document, put where the schema has it."""
    message = a_message(**said).decode()
    place = message.index("<ServProvider>")
    return (
        message[:place] + a_document(content, title=title) + message[place:]
    ).encode()


def kept(*, producer=None, is_kept: bool = True) -> None:
    AttachmentRule.objects.create(
        producer=producer,
        is_kept=is_kept,
        valid_from="2020-01-01",
        decided_by="Helsedirektoratet",
        reason="Patologi.",
    )


def form() -> PresentedForm:
    return PresentedForm.objects.get()


def report() -> DiagnosticReport:
    return DiagnosticReport.objects.get()


def ola_with_kari():
    """Ola, who has Kari open; and where her answers are."""
    ola = a_visitor(cast.OLA)
    return ola, state_need(ola, cast.KARI)["Location"]


def for_kari(form_id=None) -> str:
    return f"/innbygger/svar/{report().pk}/vedlegg/{form_id or form().pk}/"


def own_page() -> str:
    page = a_visitor(cast.KARI).get(f"/innbygger/svar/{report().pk}/")
    return page.content.decode()


class TestKeeping:
    def test_without_a_rule_only_a_note_is_kept(self):
        arrived(with_document())

        assert form().content_encrypted is None
        assert "Vedlegg fulgte med svaret: Rapport" in own_page()
        assert "/vedlegg/" not in own_page()

    def test_a_rule_may_be_for_one_producer_alone(self):
        kept(producer=Organization.objects.create(name="Fjordlab", her_id="900005"))

        arrived(with_document())

        assert form().content_encrypted is None

    def test_a_producer_may_be_an_exception(self):
        kept()
        nordlab = cast.an_organization(cast.NORDLAB.organization)
        kept(producer=Organization.objects.get(pk=nordlab), is_kept=False)

        arrived(with_document())

        assert form().content_encrypted is None

    def test_it_is_kept_under_a_key_of_its_own_and_bound_to_its_row(self, settings):
        kept()
        arrived(with_document())

        sealed, context = form().content_encrypted, attachment_context(form().pk)
        assert PDF not in bytes(sealed)
        assert decrypt(sealed, context=context, key=settings.ATTACHMENT_KEY) == PDF
        with pytest.raises(CannotDecrypt):
            decrypt(sealed, context=context)
        with pytest.raises(CannotDecrypt):
            decrypt(
                sealed,
                context=attachment_context(uuid.uuid4()),
                key=settings.ATTACHMENT_KEY,
            )

    @pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b"])
    def test_archives_are_refused_and_never_kept(self, start):
        kept()

        received = arrived(with_document(start + bytes(200)))

        assert received.outcome == "rejected"
        assert PresentedForm.objects.count() == 0

    def test_one_too_large_is_never_decoded_and_never_kept(self, monkeypatch):
        from results.kith.read import documents

        kept()
        monkeypatch.setattr(documents, "MAX_BYTES", 50)
        monkeypatch.setattr(documents.base64, "b64decode", None)

        arrived(with_document())

        assert not PresentedForm.objects.exclude(content_encrypted=None).exists()

    def test_what_is_past_its_days_is_erased_and_said_to_have_been(self):
        from tests.results.operators.test_purging import a_rule, at

        kept()
        RetentionRule.objects.all().delete()
        with at(0):
            arrived(with_document())
        a_rule("attachment", days=30)
        with at(31):
            purging.purge()

        assert form().content_encrypted is None
        assert form().purged_at
        assert "Vedlegg fulgte med svaret: Rapport" in own_page()


class TestWhoMay:
    @pytest.fixture(autouse=True)
    def _kept(self):
        kept()
        arrived(with_document())

    def test_kari_downloads_her_own_and_it_is_logged(self):
        kari = a_visitor(cast.KARI)

        answer = kari.get(for_kari())

        assert (answer.status_code, answer.content) == (200, PDF)
        entry = AccessLogEntry.objects.get(action="open-attachment")
        assert (entry.is_permitted, entry.report_ids) == (True, [str(report().pk)])
        log = kari.get("/innbygger/hvem-har-sett/").content.decode()
        assert "Lastet ned et vedlegg: Medisinsk biokjemi" in log

    def test_per_does_not(self):
        answer = a_visitor(cast.PER).get(for_kari())

        assert answer.status_code == 403
        assert not AccessLogEntry.objects.get(action="open-attachment").is_permitted

    def test_ola_does_for_a_stated_need(self):
        ola, address = ola_with_kari()
        path = f"{address}svar/{report().pk}/vedlegg/{form().pk}/"

        assert path in ola.get(f"{address}svar/{report().pk}/").content.decode()
        assert ola.get(path).content == PDF

    def test_ola_does_not_without_one(self):
        ola, address = ola_with_kari()
        ola.post(f"{address}lukk/")

        answer = ola.get(f"{address}svar/{report().pk}/vedlegg/{form().pk}/")

        assert answer.status_code == 403

    def test_nobody_does_who_has_not_signed_in(self):
        from tests.portal.visiting import CITIZEN, somebody

        assert somebody(CITIZEN).get(for_kari()).status_code == 302

    def test_what_is_not_there_is_refused_as_what_is_not_for_them(self):
        kari, per = a_visitor(cast.KARI), a_visitor(cast.PER)
        nothing = kari.get(for_kari(uuid.uuid4()))

        assert nothing.status_code == per.get(for_kari()).status_code == 403

    def test_nobody_gets_one_of_an_answer_about_someone_else(self):
        received = report().versions.get().received_message
        wrong_patient.mark_wrong_patient(received.pk, act=Act("siri", "Forbyttet."))

        assert a_visitor(cast.KARI).get(for_kari()).status_code == 403
        assert "/vedlegg/" not in own_page()

    def test_nobody_gets_one_that_was_withdrawn(self):
        arrived(
            a_message(
                id=str(uuid.uuid4()),
                generated_at=NOON + datetime.timedelta(days=1),
                service_type="C",
                results=(),
            )
        )
        inbox.drain(seconds=5)

        document = PresentedForm.objects.get()
        assert a_visitor(cast.KARI).get(for_kari(document.pk)).status_code == 403


class TestServing:
    @pytest.mark.parametrize("name", ALL_SENT)
    def test_it_is_never_shown_as_a_page(self, name):
        kept()
        arrived(with_document(ALL_SENT[name]))

        answer = a_visitor(cast.KARI).get(for_kari())

        assert answer.content == ALL_SENT[name]
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("name", ALL_SENT)
    def test_only_what_begins_as_a_pdf_is_called_one(self, name):
        kept()
        arrived(with_document(ALL_SENT[name]))

        answer = a_visitor(cast.KARI).get(for_kari())

        is_pdf = name == "pdf"
        kind = "application/pdf" if is_pdf else "application/octet-stream"
        assert answer["Content-Type"] == kind
        assert (".pdf" in answer["Content-Disposition"]) is is_pdf

    def test_the_senders_name_for_it_is_not_used(self):
        kept()
        number = cast.KARI.number
        arrived(with_document(title=f"{number}.exe"))

        page = own_page()
        answer = a_visitor(cast.KARI).get(for_kari())

        assert number not in page
        assert answer["Content-Disposition"] == 'attachment; filename="vedlegg-1.pdf"'


class TestDocumentOnly:
    def test_a_kept_document_is_what_to_read(self):
        kept()
        arrived(with_document(results=()))

        assert "Svaret kom som et dokument. Last det ned" in own_page()

    def test_one_that_is_not_kept_is_asked_for_at_the_laboratory(self):
        arrived(with_document(results=()))
        ola, address = ola_with_kari()
        doctors = ola.get(f"{address}svar/{report().pk}/").content.decode()

        for page in (own_page(), doctors):
            assert "Dokumentet er ikke med her; be laboratoriet om det." in page
            assert "ingen resultater ennå" not in page
