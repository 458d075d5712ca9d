"""What a row of the access log costs, and what it costs to seal and to verify many."""

import datetime
import statistics

from django.db import connection, transaction

from access.log import write_entry
from access.rules.ground import permit
from access.sealing import seal, verify
from tests.access.situations import a_request, facts
from tests.bench.figures import say, seconds

ROWS = 1_000_000
ROUNDS = 2000
_LOOKS = """
    INSERT INTO access_accesslogentry
        (id, at, action, patient_id, report_ids, report_count, categories, origins,
         viewer_kind, user_id, viewer_name, hpr_number, role_code, organization_id,
         organization_name, calling_system, is_own, basis, purpose_of_use,
         is_permitted, reason, rule, salt)
    SELECT gen_random_uuid(), now() - interval '1 hour', 'open-report',
           gen_random_uuid(), to_jsonb(ARRAY[gen_random_uuid()]), 1, '["CLIN"]',
           '["Nordlab"]', 'practitioner', gen_random_uuid(), 'Ola Lind', '9000001',
           'LE', gen_random_uuid(), 'Lillevik legesenter', '', false, 'SAMTYKKE',
           'TREAT', true, 'PERMITTED', 'need_to_know', gen_random_uuid()
    FROM generate_series(1, %s)
"""


def measure() -> None:
    request = a_request(at=datetime.datetime.now(datetime.UTC))
    stated, allowed = facts(), permit(rule="need_to_know")
    with transaction.atomic():
        rows = [
            seconds(lambda: write_entry(request, stated, allowed))
            for _ in range(ROUNDS)
        ]
    say("log.row_ms", statistics.median(rows) * 1000, "ms", "the row, without commit")
    _look(ROWS)
    sealed, taken = 0, 0.0
    while True:
        counts: list[int] = []
        taken += seconds(lambda counts=counts: counts.append(seal()))
        if not counts[0]:
            break
        sealed += counts[0]
    say("log.seal_per_s", sealed / taken, "rows/s", f"{sealed} rows, leaves anew")
    found = []
    verifying = seconds(lambda: found.append(verify()))
    note = f"{found[0].rows} rows, {len(found[0].faults)} faults"
    say("log.verify_1m_s", verifying * ROWS / found[0].rows, "s", note)


def _look(times: int) -> None:
    """In transactions of 10 000, which are over."""
    with connection.cursor() as cursor:
        for _ in range(times // 10_000):
            cursor.execute(_LOOKS, [10_000])
        cursor.execute("ANALYZE access_accesslogentry")
