"""One answer: value, unit, range and judgement, which are never shown apart."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from access.lookup import ObservationDetail
from portal.charts import number_line
from portal.languages import SOURCE
from portal.presenting.courses import Course
from portal.presenting.dates import short_day
from portal.presenting.explaining import Explained
from portal.presenting.headings import heading_words
from portal.presenting.judgements import Judgement, interval_of, judge
from portal.presenting.values import (
    as_decimal,
    present_quantity,
    present_range,
    present_value,
)
from results.vocabulary import ObservationStatus, ValueKind

WITHDRAWN = (ObservationStatus.CANCELLED, ObservationStatus.ENTERED_IN_ERROR)


@dataclass(frozen=True, slots=True)
class Result:
    """One answer: value, unit, range and judgement belong together."""

    anchor: str
    name: str
    code: str
    value: str
    unit: str
    is_number: bool
    reference: str
    judgement: Judgement | None
    status: str
    is_withdrawn: bool
    comments: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    specimens: str
    is_not_accredited: bool
    is_answered: bool
    has_interval: bool
    chart: SafeString | None = None
    everyday_name: str = ""
    explanation: Explained | None = None
    meaning: str = ""
    correction: str = ""
    course: Course | None = None
    course_url: str = ""

    @property
    def plain_name(self) -> str:
        """What people call the test, else what the laboratory does."""
        return self.everyday_name or self.name

    @property
    def name_language(self) -> str:
        """That of `plain_name`; empty where it is the page's own."""
        if self.everyday_name and self.explanation:
            return self.explanation.language
        return "" if get_language() == SOURCE else SOURCE

    @property
    def reference_label(self) -> str:
        """Limits in words (therapeutic ones, say) are not called a reference range."""
        if self.has_interval:
            return _("Laboratoriets referanseområde")
        return _("Laboratoriets grenser")

    @property
    def is_outside(self) -> bool:
        return self.judgement is not None and self.judgement.is_outside

    @property
    def is_marked(self) -> bool:
        """Words that the laboratory pointed out, «påvist» say."""
        return self.judgement is not None and self.judgement.is_marked


# «Positiv» is read as good news; of blood groups it is neither found nor not.
_FOUND = {
    **dict.fromkeys(("positiv", "positivt", "pos", "pos."), gettext_lazy("Påvist")),
    **dict.fromkeys(
        ("negativ", "negativt", "neg", "neg."), gettext_lazy("Ikke påvist")
    ),
}


def anchor_of(observation: ObservationDetail) -> str:
    """Where a result stands on its page."""
    return f"svar-{observation.id}"


def finding_words(observation: ObservationDetail) -> str:
    """«Ikke påvist» of «Negativ», for what is looked for; empty for other answers."""
    if observation.status in WITHDRAWN:
        return ""
    words = observation.text or ", ".join(observation.coded_texts)
    return str(_FOUND.get(words.strip().casefold(), ""))


def has_answer(observation: ObservationDetail) -> bool:
    return observation.kind is not ValueKind.NONE


def says_something(observation: ObservationDetail) -> bool:
    """A group may hold an answer, a remark or coded facts of its own."""
    has_facts = bool(observation.diagnoses or observation.structured)
    return has_answer(observation) or bool(observation.comments) or has_facts


def present_facts(observation: ObservationDetail) -> tuple[tuple[str, str], ...]:
    """Coded diagnoses, and the pathologist's structured template, as sent."""
    diagnoses = tuple((_("Diagnose"), text) for text in observation.diagnoses)
    return (*diagnoses, *observation.structured)


def present_result(observation: ObservationDetail) -> Result:
    is_withdrawn = observation.status in WITHDRAWN
    # What the latest version does not repeat is shown, and counts for nothing.
    is_standing = not is_withdrawn and not observation.is_not_repeated
    judgement = None if is_withdrawn else judge(observation)
    ranges = tuple(present_range(t) for t in observation.reference_ranges if t.strip())
    return Result(
        anchor=anchor_of(observation),
        name=observation.name or str(heading_words(observation.heading) or _("Svar")),
        code=observation.code,
        value=present_answer(observation),
        unit="" if is_withdrawn else observation.unit,
        is_number=observation.kind is ValueKind.QUANTITY,
        reference="; ".join(ranges),
        judgement=judgement,
        status=status_words(observation),
        is_withdrawn=is_withdrawn,
        comments=observation.comments,
        facts=present_facts(observation),
        specimens=", ".join(observation.specimen_accessions),
        is_not_accredited=observation.is_accredited is False,
        is_answered=has_answer(observation) and is_standing,
        has_interval=interval_of(observation) is not None,
        chart=_chart(observation, judgement),
        everyday_name=observation.everyday_name,
    )


def present_answer(observation: ObservationDetail) -> str:
    """The value in words or digits, without unit; none when it is withdrawn."""
    if observation.status in WITHDRAWN:
        return ""
    if observation.kind is ValueKind.QUANTITY:
        return present_value(observation.digits, observation.comparator)
    if observation.kind is ValueKind.INTERVAL:
        low = present_value(observation.digits, observation.comparator)
        return f"{low}–{present_value(observation.interval_high, '')}"
    if observation.kind is ValueKind.DATE:
        return short_day(observation.date)
    words = observation.text or ", ".join(observation.coded_texts)
    is_silent = not words and not status_words(observation)
    return _("Ikke besvart") if is_silent and not observation.comments else words


def status_words(observation: ObservationDetail) -> str:
    if observation.is_not_repeated and observation.status not in WITHDRAWN:
        return _("Ikke gjentatt i siste versjon")
    if observation.status in (ObservationStatus.FINAL, ObservationStatus.UNKNOWN):
        return ""
    return str(observation.status.label)


def _chart(
    observation: ObservationDetail, judgement: Judgement | None
) -> SafeString | None:
    interval = interval_of(observation)
    value = as_decimal(observation.digits)
    if judgement is None or interval is None or value is None:
        return None
    if observation.kind is not ValueKind.QUANTITY:
        return None
    shown = present_value(observation.digits, observation.comparator)
    label = _("%(value)s, referanseområde %(range)s. %(words)s") % {
        "value": present_quantity(
            observation.digits, observation.comparator, observation.unit
        ),
        "range": present_range(observation.reference_ranges[0]),
        "words": judgement.words,
    }
    return number_line(
        value, interval, label=label, value_text=shown, tone=judgement.tone
    )
