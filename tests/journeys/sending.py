"""What Jonas has, for those who look at pages: a bit of everything."""

import datetime
import uuid

from portal.demo.generator.drafts import Message
from portal.demo.generator.messages import Plan, messages_about
from portal.demo.generator.writer import write
from tests.builders import a_number, a_report, a_specimen, a_text
from tests.cast import JONAS, NORDLAB
from tests.journeys.product import Product

_PLAN = Plan(patients=4, years=5, seed=1, until=datetime.date(2026, 3, 1))
_JONAS = 3  # his place among the generated citizens; he has a bit of everything


def send_what_jonas_has(product: Product) -> None:
    """Five years of answers, from whichever laboratories they come."""
    by_client: dict[str, list[bytes]] = {}
    for message in messages_about(_JONAS, _PLAN):
        by_client.setdefault(message.client_id, []).append(message.content)
    by_client[NORDLAB.client_id].append(_long_ago_about_hiv())
    by_client[NORDLAB.client_id].extend(_first_and_corrected())
    for client_id, contents in by_client.items():
        assert set(product.send(*contents, client_id=client_id)) == {1}


def _long_ago_about_hiv() -> bytes:
    """A kind that is asked about before it is opened; older than all the others."""
    taken = datetime.datetime(2020, 5, 4, 9, 0)
    report = a_report(
        id="NL-2020-000900",
        about=JONAS,
        sent_by=NORDLAB,
        specimens=(a_specimen(collected_at=taken),),
        results=[a_text("Ikke påvist", code="NPU19649", name="P-HIV-1+HIV-2")],
    )
    return write(Message(str(uuid.UUID(int=7)), _hours_after(taken, 3), report))


def _first_and_corrected() -> list[bytes]:
    """One value changed, one added, one not said again."""
    taken = datetime.datetime(2026, 1, 15, 9, 0)
    crp = a_number("NPU19748", "4", name="P-CRP", unit="mg/L", reference="< 5")
    kinds = (("N", "11.0", crp), ("M", "21.0", a_number("NPU03568", "2.0")))
    reports = [
        a_report(
            id="NL-2026-000900",
            about=JONAS,
            sent_by=NORDLAB,
            specimens=(a_specimen(collected_at=taken),),
            service_type=kind,
            results=[a_number("NPU19763", digits, name="P-Ferritin"), other],
        )
        for kind, digits, other in kinds
    ]
    return [
        write(Message(str(uuid.UUID(int=8 + hour)), _hours_after(taken, hour), report))
        for hour, report in enumerate(reports, start=5)
    ]


def _hours_after(taken: datetime.datetime, hours: int) -> datetime.datetime:
    return taken + datetime.timedelta(hours=hours)
