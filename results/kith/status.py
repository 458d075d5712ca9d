"""What KITH's pairs of codes mean in FHIR's words, after the national service's matrix.

Report: ServType (Volven 7309) with Status (7306). Item: ServType (8270) with
StatusInvestigation (8245). A pair outside the matrix is unknown, never a fault.
"""

from results.vocabulary import Interpretation, ObservationStatus, ReportStatus

_REPORT = {
    ("N", "S"): ReportStatus.REGISTERED,
    ("N", "P"): ReportStatus.PRELIMINARY,
    ("N", "F"): ReportStatus.FINAL,
    ("M", "S"): ReportStatus.AMENDED,
    ("M", "P"): ReportStatus.AMENDED,
    ("M", "F"): ReportStatus.AMENDED,
    ("M", "A"): ReportStatus.APPENDED,
}

_FINAL = ObservationStatus.FINAL
_AMENDED = ObservationStatus.AMENDED
_PRELIMINARY = ObservationStatus.PRELIMINARY
_REGISTERED = ObservationStatus.REGISTERED

_NEW: dict[str | None, ObservationStatus] = {
    **dict.fromkeys([None, "3", "4", "11", "13"], _FINAL),
    **dict.fromkeys(["2", "8", "9", "10"], _PRELIMINARY),
    **dict.fromkeys(["5", "6", "7", "15"], _REGISTERED),
}
_CHANGED: dict[str | None, ObservationStatus] = {
    **dict.fromkeys([None, "1", "2", "3", "4", "11", "12", "13"], _AMENDED),
    **dict.fromkeys(["6", "7", "15"], _REGISTERED),
}
_HISTORY: dict[str | None, ObservationStatus] = {
    **dict.fromkeys([None, "3", "4", "15"], _FINAL),
    "1": _AMENDED,
    "2": _PRELIMINARY,
}
_OBSERVATION: dict[str, dict[str | None, ObservationStatus]] = {
    "N": _NEW,
    "M": _CHANGED,
    "H": _HISTORY,
    "A": {**_NEW, "12": _PRELIMINARY},
}

_INTERPRETATION = {
    "1": Interpretation.HIGH,
    "2": Interpretation.LOW,
    "3": Interpretation.ABNORMAL,
}

# Which item ServTypes a report of each ServType may hold (HITS 1102).
_LEGAL_ITEMS = {
    "N": frozenset("NA"),
    "M": frozenset("NMCHA"),
    "C": frozenset("C"),
}


def report_status(service_type: str | None, status: str | None) -> ReportStatus:
    """The status of a report; whatever is cancelled is cancelled."""
    if service_type == "C":
        return ReportStatus.CANCELLED
    return _REPORT.get((service_type or "", status or ""), ReportStatus.UNKNOWN)


def observation_status(
    service_type: str | None, status: str | None
) -> ObservationStatus:
    """The status of an item, its ServType inherited where it has none of its own."""
    if service_type == "C":
        return ObservationStatus.CANCELLED
    by_status = _OBSERVATION.get(service_type or "", {})
    return by_status.get(status, ObservationStatus.UNKNOWN)


def interpretation(code: str | None) -> Interpretation | None:
    """The laboratory's deviation mark (Volven 8244)."""
    return _INTERPRETATION.get(code or "")


def is_legal_item(report_service_type: str | None, service_type: str | None) -> bool:
    """Whether an item of this ServType may stand in a report of that one."""
    legal = _LEGAL_ITEMS.get(report_service_type or "")
    return legal is None or service_type is None or service_type in legal
