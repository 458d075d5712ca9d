"""Somebody with all rights to the database changes the log, and is found out (F50)."""

import pytest
from django.core.management import call_command

from access.models import LogCheckpoint
from access.sealing import anchor, notes, seal, verify
from access.sealing.anchoring import read_folder
from tests.access.sealing.looking import DECEMBER, as_superuser, key_at, looked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sealed(_what_is_written_is_committed):
    """Three checkpoints: rows 1–4 and 5–7 of November, 1–2 of December."""
    for times, at in ((4, {}), (3, {}), (2, {"at": DECEMBER})):
        looked(times, **at)
        seal()
    anchor()


def faults(folder=None) -> list[str]:
    return verify(anchored=read_folder(folder) if folder else ()).faults


def test_a_row_that_is_changed_is_named():
    key = key_at(2)
    as_superuser(
        f"UPDATE access_accesslogentry SET viewer_name = 'ingen' WHERE id = '{key}'"
    )

    assert faults() == [f"Linje 3 i 2026-11 ({key}) er endret."]


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 second'",
        "is_permitted = NOT is_permitted",
        "role_code = 'SP'",
        "report_ids = '[]'::jsonb || '\"x\"'",
        "organization_name = organization_name || E'\\t'",
        "user_id = NULL",
        "transaction_id = transaction_id - 1",
        "salt = gen_random_uuid()",
    ],
)
def test_no_column_can_be_changed_unseen(change):
    key = key_at(0)
    as_superuser(f"UPDATE access_accesslogentry SET {change} WHERE id = '{key}'")

    assert faults() == [f"Linje 1 i 2026-11 ({key}) er endret."]


def test_a_row_and_its_leaf_that_are_changed_together():
    key = key_at(5)
    as_superuser(
        f"UPDATE access_accesslogentry SET hpr_number = '1' WHERE id = '{key}'",
        f"UPDATE access_sealedentry SET leaf = sha256('x') WHERE entry_id = '{key}'",
    )

    assert faults()[-1] == (
        "Linjene 5–7 i 2026-11 gir ikke det som ble undertegnet i kontrollpunkt 2."
    )


def test_a_row_that_is_deleted_is_named():
    key = key_at(1)
    as_superuser(f"DELETE FROM access_accesslogentry WHERE id = '{key}'")

    assert faults() == [f"Linje 2 i 2026-11 ({key}) er slettet."]


def test_a_row_deleted_with_its_leaf_leaves_a_hole():
    key = key_at(1)
    as_superuser(
        f"DELETE FROM access_accesslogentry WHERE id = '{key}'",
        f"DELETE FROM access_sealedentry WHERE entry_id = '{key}'",
    )

    assert faults()[0] == "Linje 2 i 2026-11 har mistet sin plass."


def test_and_so_it_does_when_the_rest_are_given_new_places():
    key = key_at(1)
    as_superuser(
        f"DELETE FROM access_accesslogentry WHERE id = '{key}'",
        f"DELETE FROM access_sealedentry WHERE entry_id = '{key}'",
        "UPDATE access_sealedentry SET position = -position"
        " WHERE tree = '2026-11' AND position > 1",
        "UPDATE access_sealedentry SET position = -position - 1 WHERE position < 0",
    )

    assert "kontrollpunkt 1" in faults()[0]


def test_a_row_that_is_put_in_afterwards_has_no_seal():
    as_superuser(
        "INSERT INTO access_accesslogentry SELECT gen_random_uuid(), at, action,"
        " patient_id, report_ids, report_count, categories, origins, search_hash,"
        " viewer_kind, user_id, session_id, 'En annen', hpr_number, role_code,"
        " organization_id, organization_name, calling_system, is_own, basis,"
        " purpose_of_use, justification_encrypted, care_relationship_id, is_permitted,"
        " reason, rule, salt, 1 FROM access_accesslogentry LIMIT 1"
    )

    (fault,) = faults()
    assert fault.endswith("er ikke forseglet.")
    assert fault.startswith("En linje fra 2026-11-02 09:00:00 UTC")


def test_two_rows_that_change_places():
    first, second = key_at(0), key_at(1)
    as_superuser(
        f"UPDATE access_sealedentry SET position = -1 WHERE entry_id = '{first}'",
        f"UPDATE access_sealedentry SET position = 0 WHERE entry_id = '{second}'",
        f"UPDATE access_sealedentry SET position = 1 WHERE entry_id = '{first}'",
    )

    assert faults() == [
        "Linjene 1–4 i 2026-11 gir ikke det som ble undertegnet i kontrollpunkt 1."
    ]


def test_a_checkpoint_that_is_rewritten():
    as_superuser("UPDATE access_logcheckpoint SET root = sha256('x') WHERE number = 2")

    assert faults()[0].startswith("Kontrollpunkt 2 er ikke det som ble undertegnet")


def test_a_checkpoint_signed_with_a_key_of_ones_own():
    stored = LogCheckpoint.objects.get(number=3)
    text = stored.note.rpartition("\n\n")[0] + "\n"
    forged = notes.sign(text, name="localhost", key="0c" * 32)
    as_superuser(f"UPDATE access_logcheckpoint SET note = '{forged}' WHERE number = 3")

    assert faults() == ["Kontrollpunkt 3 har ukjent nøkkel."]


def test_two_checkpoints_that_change_places():
    as_superuser(
        "UPDATE access_logcheckpoint SET number = 9 WHERE number = 1",
        "UPDATE access_logcheckpoint SET number = 1 WHERE number = 2",
        "UPDATE access_logcheckpoint SET number = 2 WHERE number = 9",
    )

    assert any("er ikke det som ble undertegnet" in fault for fault in faults())


def test_a_checkpoint_that_is_taken_out():
    as_superuser("DELETE FROM access_logcheckpoint WHERE number = 2")

    assert "Kontrollpunkt 2 mangler." in faults()


CUT = (
    "DELETE FROM access_accesslogentry WHERE at > '2026-12-01'",
    "DELETE FROM access_sealedentry WHERE tree = '2026-12'",
    "DELETE FROM access_logcheckpoint WHERE number = 3",
)


def test_an_end_that_is_cut_off_is_found_by_what_lies_outside(anchor_folder):
    as_superuser(*CUT)

    assert faults() == []
    assert faults(anchor_folder) == [
        "Kontrollpunkt 3 er kjent utenfor oss og finnes ikke her: "
        "slutten av loggen er borte."
    ]


def test_an_end_that_is_written_anew_with_our_own_key_too(anchor_folder):
    as_superuser(*CUT)
    looked(1, at=DECEMBER)
    seal()

    assert faults(anchor_folder) == [
        "Kontrollpunkt 3 er et annet utenfor oss: det er byttet."
    ]


def test_the_command_says_so_and_fails(capsys):
    as_superuser(*CUT)

    with pytest.raises(SystemExit) as ended:
        call_command("verify_access_log")

    assert ended.value.code == 1
    assert "slutten av loggen er borte" in capsys.readouterr().out


def test_a_log_nobody_has_touched_is_whole(anchor_folder, capsys):
    call_command("verify_access_log", anchor=anchor_folder)

    assert capsys.readouterr().out.startswith("9 linjer og 3 kontrollpunkter")
    assert faults(anchor_folder) == []
