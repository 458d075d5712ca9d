"""Ola decides of what Kari is shown, as a doctor does it: through the door."""

from access import lookup
from access.facts import releases
from access.release import ReleaseOrder
from tests import cast
from tests.access.situations import NEED


def ola_decides(kind, **said):
    """Ola opens Kari with her consent, and decides of her only answer."""
    ola, patient = cast.the_viewer(cast.OLA), cast.the_viewer(cast.KARI).patient_id
    lookup.open_patient(ola, number=cast.KARI.number, **NEED)
    (report,) = releases.releases_of(patient).values()
    order = ReleaseOrder(kind=kind, version_id=report.version_id, **said)
    lookup.decide_release(
        ola, patient_id=patient, report_id=report.report_id, order=order
    )
