"""What the settings of an installation change in how messages are judged."""

from portal.demo import people
from results.ingestion.judge import judge
from results.kith.places import Problem
from results.vocabulary import MessageOutcome
from tests.builders import a_message


def codes(content: bytes, *, is_strict: bool = False) -> list[str]:
    return [fault.code for fault in judge(content, is_strict=is_strict).faults]


def test_a_copy_addressed_to_others_is_taken_in():
    assert codes(a_message()) == []


def test_an_installation_may_demand_to_be_named(settings):
    settings.MUST_BE_ADDRESSED = True

    assert codes(a_message()) == ["E21"]


def test_being_named_by_her_id_is_enough(settings):
    settings.MUST_BE_ADDRESSED = True
    settings.OWN_ORGANIZATION = {
        "name": "Oss",
        "her_id": people.LILLEVIK_LEGESENTER.her_id,
        "organization_number": "",
    }

    assert codes(a_message()) == []


def test_production_refuses_synthetic_people(settings):
    settings.ALLOW_TEST_NUMBERS = False

    assert codes(a_message()) == ["E31"]


def test_without_schemas_nothing_is_said_of_them(settings, tmp_path):
    settings.SCHEMA_DIR = tmp_path
    judgement = judge(a_message(), is_strict=True)

    assert judgement.schema_result == "ikke installert"
    assert judgement.outcome is MessageOutcome.STORED


def test_a_strict_sender_is_held_to_the_schema(monkeypatch):
    monkeypatch.setattr(
        "results.ingestion.judge.schemas.envelope_problems",
        lambda envelope: (Problem("Linje 3: elementet Adress er ikke ventet"),),
    )

    assert codes(a_message(), is_strict=False) == []
    assert codes(a_message(), is_strict=True) == ["T02"]
