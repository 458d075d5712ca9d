"""One report: `DiagnosticReport`, with the Composition around it in a document."""

from collections.abc import Iterable, Iterator

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.attachments import attachments
from results.fhir.read.classification import (
    category,
    report_status,
    report_type,
)
from results.fhir.read.informed import clinical_information
from results.fhir.read.membership import result_tree
from results.fhir.read.narrative import remarks
from results.fhir.read.observations import Inherited, Observations
from results.fhir.read.parties import organization_among, parties
from results.fhir.read.patient import check_same_patient, patient
from results.fhir.read.requests import requests_of, resolved, service_requests
from results.fhir.read.specimens import Specimens
from results.fhir.read.wording import conclusion_codes, in_words
from results.kith.read.notes import Notes
from results.parsed import ParsedCoding, ParsedMoment, ParsedParty, ParsedReport
from results.vocabulary import WITHDRAWN


def report(item: Item, bundle: Bundle, notes: Notes) -> ParsedReport:
    """Everything one report says of its one patient."""
    tree = result_tree(item, bundle, notes)
    items = [found for node in tree for found in node.walk()]
    specimens = Specimens(bundle, notes)
    specimens.ids_of(item.items("specimen"))
    documents = attachments(item, notes)
    effective = values.effective(item, "effective", notes)
    read = Observations(bundle, specimens, notes)
    observations = read.parsed(tree, Inherited(investigated_at=effective))
    status = report_status(item, bundle, notes)
    requests = requests_of(item, items)
    asked = resolved(requests, bundle)
    check_same_patient(
        item, _about_patient(bundle, items, specimens, asked), bundle, notes
    )
    is_told = not tree and status not in WITHDRAWN
    return ParsedReport(
        id=report_key(item, bundle),
        status=status,
        type=report_type(item),
        category=category(item, items, bundle),
        issued_at=_issued_at(item, bundle, notes),
        approved_at=_approved_at(item, bundle, notes),
        comment="\n\n".join(_comments(item, bundle, is_told=is_told)) or None,
        coded_comments=tuple(_coded_comments(item, is_told=is_told)),
        patient=patient(item, bundle, notes),
        requester=_requester(asked, bundle),
        performer=performer(item, bundle),
        responsible=_responsible(item, bundle),
        copy_recipients=_copy_recipients(bundle),
        service_requests=service_requests(requests, bundle, notes),
        clinical_information=tuple(clinical_information(item, notes)),
        specimens=specimens.parsed(),
        observations=in_words(item, documents, effective) if is_told else observations,
        attachments=documents,
    )


def report_key(item: Item, bundle: Bundle) -> str | None:
    """What identifies the report through all its versions: NILAR's ServReportId, else
    the official identifier, else any, else the Composition's."""
    identifiers = item.items("identifier")
    official = [i for i in identifiers if i.text("use") == "official"]
    others = [i for i in identifiers if not values.is_kind(i, "MsgId")]
    compositions = (c.item("identifier") for c in bundle.of_type("Composition"))
    candidates = (*official, *others, *filter(None, compositions))
    named = values.identifier_of(identifiers, "ServReportId")
    return named or next(filter(None, map(values.bare_value, candidates)), None)


def performer(item: Item, bundle: Bundle) -> ParsedParty | None:
    """Who answers: `performer`, in a document without one its custodian or author."""
    found = organization_among(item.items("performer"), bundle)
    return found or organization_among(document_parties(bundle), bundle)


def document_parties(bundle: Bundle) -> tuple[Item, ...]:
    """References to a document's custodian, then its authors."""
    return tuple(
        reference
        for composition in bundle.of_type("Composition")
        for name in ("custodian", "author")
        for reference in composition.items(name)
    )


def _about_patient(
    bundle: Bundle, items: Iterable[Item], specimens: Specimens, asked: Iterable[Item]
) -> tuple[Item, ...]:
    compositions = bundle.of_type("Composition")
    return (*compositions, *items, *specimens.resources(), *asked)


def _issued_at(item: Item, bundle: Bundle, notes: Notes) -> ParsedMoment | None:
    """NILAR's report date, which no version changes; else when this one was issued; a
    document may say so in its Composition alone."""
    extension = item.extension(names.nilar_extension("report-date"))
    own = values.moment(extension, "valueDateTime", notes)
    dates = (values.moment(c, "date", notes) for c in bundle.of_type("Composition"))
    issued = values.moment(item, "issued", notes)
    return own or issued or next(filter(None, dates), None)


def _approved_at(item: Item, bundle: Bundle, notes: Notes) -> ParsedMoment | None:
    extension = item.extension(names.nilar_extension("approval-date"))
    if own := values.moment(extension, "valueDateTime", notes):
        return own
    times = (values.moment(a, "time", notes) for a in _attesters(bundle))
    return next(filter(None, times), None)


def _attesters(bundle: Bundle) -> Iterator[Item]:
    for composition in bundle.of_type("Composition"):
        yield from composition.items("attester")


def _responsible(item: Item, bundle: Bundle) -> ParsedParty | None:
    """Who interpreted the results, else who attested the document."""
    attested = [p for a in _attesters(bundle) for p in a.items("party")]
    found = parties((*item.items("resultsInterpreter"), *attested), bundle)
    return next(iter(found), None)


def _requester(asked: Iterable[Item], bundle: Bundle) -> ParsedParty | None:
    found = parties((r for a in asked for r in a.items("requester")), bundle)
    return next(iter(found), None)


def _copy_recipients(bundle: Bundle) -> tuple[ParsedParty, ...]:
    references = (
        extension.item("valueReference")
        for composition in bundle.of_type("Composition")
        for extension in composition.items("extension")
        if (extension.text("url") or "").endswith(names.INFORMATION_RECIPIENT)
    )
    return parties(filter(None, references), bundle)


def _comments(item: Item, bundle: Bundle, *, is_told: bool) -> Iterator[str]:
    if not is_told and (conclusion := item.text("conclusion")):
        yield conclusion
    for extension in item.extensions(names.nilar_extension("comment")):
        yield from values.annotations(extension, "valueAnnotation")
        yield from extension.texts("valueString")
    yield from remarks(bundle)


def _coded_comments(item: Item, *, is_told: bool) -> Iterator[ParsedCoding]:
    if not is_told:
        yield from conclusion_codes(item)
    for extension in item.extensions(names.nilar_extension("comment")):
        yield from values.concept_codings(extension.item("valueCodeableConcept"))
