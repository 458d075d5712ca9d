"""What was taken from the patient: `Specimen`."""

from collections.abc import Iterable, Iterator

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.parties import party
from results.kith.read.notes import Notes
from results.parsed import ParsedMoment, ParsedSpecimen

_CONDITION = "Prøven er merket som uegnet."


class Specimens:
    """The specimens of one report, each with the id that its results point at.

    The id is the laboratory's (`accessionIdentifier`), made single with a number behind
    where several tubes came under one.
    """

    def __init__(self, bundle: Bundle, notes: Notes) -> None:
        self._bundle = bundle
        self._notes = notes
        self._ids: dict[int, str] = {}
        self._found: dict[int, Item] = {}

    def ids_of(self, references: Iterable[Item]) -> tuple[str, ...]:
        """Ids of the specimens pointed at, which are from now on among them."""
        return tuple(filter(None, map(self._id_of, references)))

    def parsed(self) -> tuple[ParsedSpecimen, ...]:
        return tuple(self._specimen(item) for item in self._found.values())

    def resources(self) -> tuple[Item, ...]:
        return tuple(self._found.values())

    def _id_of(self, reference: Item) -> str | None:
        item = self._bundle.resolve(reference)
        if item is None or item.type != "Specimen":
            self._notes.warn("Et resultat viser til en prøve som ikke er med.")
            return None
        if item.key not in self._ids:
            self._ids[item.key] = self._new_id(item)
            self._found[item.key] = item
        return self._ids[item.key]

    def _new_id(self, item: Item) -> str:
        wanted = _own_id(item)
        taken = set(self._ids.values())
        count, found = 1, wanted
        while found in taken:
            count += 1
            found = f"{wanted} ({count})"
        return found

    def _specimen(self, item: Item) -> ParsedSpecimen:
        collection = item.item("collection") or Item({})
        kind = values.concept_codings(item.item("type"))
        return ParsedSpecimen(
            id=self._ids[item.key],
            type=kind[0] if kind else None,
            type_text=kind[0].original_text if kind else None,
            anatomical_origin=values.concept_text(collection.item("bodySite")),
            collected_at=self._collected_at(item, depth=0),
            comments=tuple(_comments(item, collection)),
            is_accredited=_accredited(item),
            is_cancelled=item.text("status") == "entered-in-error",
            id_by_requester=values.identifier_of(
                item.items("identifier"), "AnalysedSubjectIdByRequester"
            ),
            collector=party(collection.item("collector"), self._bundle),
        )

    def _collected_at(self, item: Item, *, depth: int) -> ParsedMoment | None:
        """A derived specimen was taken when the one it came from was."""
        own = values.effective(item.item("collection"), "collected", self._notes)
        parent = self._bundle.resolve(item.item("parent"))
        if own or parent is None or depth > 3:
            return own
        return self._collected_at(parent, depth=depth + 1)


def _own_id(item: Item) -> str:
    own = (
        values.bare_value(i)
        for i in item.items("identifier")
        if not values.is_kind(i, "AnalysedSubjectIdByRequester")
    )
    given = values.bare_value(item.item("accessionIdentifier")) or next(
        filter(None, own), None
    )
    return given or item.text("id") or "1"


def _accredited(item: Item) -> bool | None:
    found = item.extension(names.nilar_extension("accredited"))
    return found.flag("valueBoolean") if found else None


def _comments(item: Item, collection: Item) -> Iterator[str]:
    if item.text("status") == "unsatisfactory":
        yield _CONDITION
    yield from values.concept_texts(item.items("condition"))
    yield from values.annotations(item)
    yield from values.concept_texts(collection.items("method"))
    for source, name in (
        (collection, "comment"),
        (collection, "logistics"),
        (item, "pretreatment"),
        (item, "sample-handling"),
    ):
        for extension in source.extensions(names.nilar_extension(name)):
            yield from extension_texts(extension)
    for processing in item.items("processing"):
        yield from processing.texts("description")


def extension_texts(extension: Item) -> Iterator[str]:
    """What an extension says, as text, remark or code."""
    yield from extension.texts("valueString")
    yield from values.annotations(extension, "valueAnnotation")
    yield from values.concept_texts(extension.items("valueCodeableConcept"))
