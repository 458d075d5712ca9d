"""The door: decides, fetches, logs, in one transaction; nobody else reads reports.

It decides before it looks, so that «nothing found» never tells more than a refusal
would. A refusal is returned, not raised: an exception would take the log entry with it.
Before an answer leaves, it is made sure that nothing it rests on has changed.
"""

from access.log import LogLine, LogPage, LogSelection
from access.lookup.answers import Answer
from access.lookup.assessing import (
    ToAssess,
    Worklist,
    assess,
    count_to_assess,
    list_to_assess,
    open_to_assess,
)
from access.lookup.comparing import Compared, ComparedRow, compare
from access.lookup.deputies import (
    DeputyLine,
    colleagues,
    deputies,
    end_deputy,
    set_deputy,
)
from access.lookup.following import Followed, follow, follow_analyte
from access.lookup.limits import (
    BlockLine,
    ConsentLine,
    LimitsPage,
    RestrictionLine,
    block,
    lift,
    read_limits,
    restrict,
)
from access.lookup.looks import read_access_log
from access.lookup.needs import (
    OverrideLine,
    close_patient,
    explain_override,
    open_patient,
    overrides_to_explain,
    renew_need,
)
from access.lookup.own import OwnReport, open_own_report
from access.lookup.own_over_time import (
    OwnFollowed,
    follow_own,
    follow_own_analyte,
)
from access.lookup.reading import ReadReports, ShownPart, read_category
from access.lookup.releases import ReleaseRefused, decide_release, read_waiting
from access.lookup.reports import (
    Closed,
    ReportList,
    list_reports,
    open_attachment,
    open_report,
    open_withdrawn,
)
from access.lookup.reservations import (
    Reservation,
    close_digital_access,
    end_reservation,
    read_reservation,
    reserve,
)
from access.lookup.searching import Searched, search_texts
from access.lookup.taking import (
    Taken,
    Takings,
    copy_report,
    read_takings,
    take_report,
    take_reports,
)
from access.releases import ReleaseTold, WaitingReport
from results.queries import (
    Analyte,
    Attachment,
    AttachmentDetail,
    Change,
    ChangeKind,
    Examined,
    FoundText,
    Measured,
    ObservationDetail,
    PatientHeader,
    ReportDetail,
    ReportSummary,
    RequisitionDetail,
    ShownText,
    SpecimenDetail,
    TextHit,
    TimedResult,
    VersionHead,
    VersionStep,
)

__all__ = [
    "Analyte",
    "Answer",
    "Attachment",
    "AttachmentDetail",
    "BlockLine",
    "Change",
    "ChangeKind",
    "Closed",
    "Compared",
    "ComparedRow",
    "ConsentLine",
    "DeputyLine",
    "Examined",
    "Followed",
    "FoundText",
    "LimitsPage",
    "LogLine",
    "LogPage",
    "LogSelection",
    "Measured",
    "ObservationDetail",
    "OverrideLine",
    "OwnFollowed",
    "OwnReport",
    "PatientHeader",
    "ReadReports",
    "ReleaseRefused",
    "ReleaseTold",
    "ReportDetail",
    "ReportList",
    "ReportSummary",
    "RequisitionDetail",
    "Reservation",
    "RestrictionLine",
    "Searched",
    "ShownPart",
    "ShownText",
    "SpecimenDetail",
    "Taken",
    "Takings",
    "TextHit",
    "TimedResult",
    "ToAssess",
    "VersionHead",
    "VersionStep",
    "WaitingReport",
    "Worklist",
    "assess",
    "block",
    "close_digital_access",
    "close_patient",
    "colleagues",
    "compare",
    "copy_report",
    "count_to_assess",
    "decide_release",
    "deputies",
    "end_deputy",
    "end_reservation",
    "explain_override",
    "follow",
    "follow_analyte",
    "follow_own",
    "follow_own_analyte",
    "lift",
    "list_reports",
    "list_to_assess",
    "open_attachment",
    "open_own_report",
    "open_patient",
    "open_report",
    "open_to_assess",
    "open_withdrawn",
    "overrides_to_explain",
    "read_access_log",
    "read_category",
    "read_limits",
    "read_reservation",
    "read_takings",
    "read_waiting",
    "renew_need",
    "reserve",
    "restrict",
    "search_texts",
    "set_deputy",
    "take_report",
    "take_reports",
]
