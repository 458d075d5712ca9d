"""Nordlab's list against ours: what is held, lacking, refused, and how it is spelt."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo import people
from results.identity import check_digits
from results.ingestion import inbox, receive
from results.ingestion.reconcile import (
    ListFault,
    UnusableList,
    lists,
    read_list,
    reconcile,
)
from results.models import Alarm, ReceivedMessage, SharingRule
from results.operations import register_organization
from tests.builders import a_message, a_number, a_person

ONE, TWO = (f"0000000A-0000-4000-8000-00000000000{n}" for n in (1, 2))


def fault_of(content: bytes, *, is_json: bool = False) -> tuple[ListFault, int | None]:
    with pytest.raises(UnusableList) as refused:
        read_list(content, is_json=is_json)
    return refused.value.fault, refused.value.line


@pytest.mark.parametrize(
    ("content", "fault", "line"),
    [
        (b"MsgId\n\xff\xfe\n", ListFault.NOT_TEXT, None),
        ("MsgId\nå\n".encode("utf-16"), ListFault.NOT_TEXT, None),
        (b"MsgId\na\0b\n", ListFault.NOT_TEXT, None),
        (b"\xef\xbb\xbf", ListFault.EMPTY, None),
        (b"MsgId\n\n  \n", ListFault.EMPTY, None),
        (b"dato;svar\n1;2\n", ListFault.COLUMNS, 1),
        (b"MsgId;dato\na;1\nb\n", ListFault.COLUMNS, 3),
        (b"a\nb,c\n", ListFault.COLUMNS, 2),
        (b"a\n" + b"b" * 201, ListFault.LONG_ID, 2),
        (b"a\n" + b"b" * 200_000, ListFault.COLUMNS, None),
    ],
    ids=lambda value: None,
)
def test_csv_that_is_no_list_of_ours(content, fault, line):
    found = fault_of(content)

    assert found[0] is fault
    assert line is None or found[1] == line


@pytest.mark.parametrize(
    "content",
    [b"{", b"{}", b"7", b'"a"', b'{"messages": "a"}', b"[1]", b"[[]]", b"[" * 90_000],
    ids=range(8),
)
def test_json_that_is_no_list_of_ours(content):
    assert fault_of(content, is_json=True)[0] is ListFault.NOT_JSON


@pytest.mark.parametrize("is_json", [True, False], ids=["json", "csv"])
def test_a_hundred_thousand_and_no_more(is_json):
    ids = [str(n) for n in range(lists.MOST)]

    def written(ids):
        return (json.dumps(ids) if is_json else "MsgId\n" + "\n".join(ids)).encode()

    assert len(read_list(written(ids), is_json=is_json)) == lists.MOST
    assert fault_of(written([*ids, "x"]), is_json=is_json)[0] is ListFault.TOO_MANY


def numbers() -> list[str]:
    """As people paste them; never part of a test's name."""
    number = people.KARI.number
    with_future_digits = "010190123" + (check_digits("010190123") or "")
    spelt = [number, f"{number[:6]} {number[6:]}", f"{number[:6]}-{number[6:]}"]
    return spelt + ([with_future_digits] if len(with_future_digits) == 11 else [])


def test_a_national_number_anywhere_refuses_the_list_and_is_not_repeated():
    for number in numbers():
        for content, is_json in (
            (f"MsgId\na\n{number}\n", False),
            (f"MsgId;fnr\na;{number}\n", False),
            (f"{number}\n", False),
            (json.dumps(["a", number]), True),
        ):
            with pytest.raises(UnusableList) as refused:
                read_list(content.encode(), is_json=is_json)
            assert refused.value.fault is ListFault.NATIONAL_NUMBER
            assert number not in f"{refused.value!r} {refused.value.fault.label}"


@pytest.mark.parametrize(
    "content",
    [
        "a\nb",
        "MsgId\r\na\r\nb\r\n",
        "\ufeffMsgId\na\nb\n",
        '"Msg-Id";"sendt"\n"a";"2026"\n"b";"2026"\n',
        "dato\tMELDINGS-ID\n1\ta\n2\tb\n",
        "message_id,x\n a ,1\nb,2\na,3\n",
    ],
    ids=["bare", "windows", "excel", "semicolons", "tabs", "commas, blanks, doubles"],
)
def test_a_list_is_read_however_it_was_written(content):
    assert read_list(content.encode(), is_json=False) == ("a", "b")


def test_json_in_either_shape():
    assert read_list(b'["a", " b ", "a", ""]', is_json=True) == ("a", "b")
    assert read_list(b'{"messages": ["a"]}', is_json=True) == ("a",)


@given(content=st.binary(max_size=300), is_json=st.booleans())
def test_whatever_comes_is_read_or_refused_in_words(content, is_json):
    try:
        found = read_list(content, is_json=is_json)
    except UnusableList:
        return
    assert found
    assert all(0 < len(id) <= 200 for id in found)


@pytest.fixture
def nordlab(db, monkeypatch) -> receive.Channel:
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    organization = register_organization(
        name="Nordlab", her_id=people.NORDLAB.organization.her_id
    )
    return receive.Channel(organization.id)


def against(channel, *ids):
    return reconcile(ids, organization_id=channel.organization_id)


def alarm():
    return Alarm.objects.filter(kind="reconciliation", closed_at=None).first()


def test_another_producers_messages_are_lacking(nordlab):
    receive.receive(a_message(id=ONE), channel=nordlab)
    fjordlab = register_organization(name="Fjordlab", her_id="900005")

    found = reconcile([ONE], organization_id=fjordlab.id)

    assert (found.held, found.waiting, found.lacking) == ((), (), (ONE,))


def test_what_lacks_is_an_alarm_until_a_list_lacks_nothing(nordlab):
    receive.receive(a_message(id=ONE), channel=nordlab)
    inbox.drain(seconds=5)

    assert against(nordlab, ONE, TWO).lacking == (TWO,)
    assert alarm().organization_id == nordlab.organization_id
    assert "1 meldinger" in alarm().text
    assert "av 2" in alarm().text
    assert against(nordlab, ONE).held == (ONE,)
    assert alarm() is None


def test_each_stands_where_it_belongs(nordlab):
    refused = a_message(id=TWO, about=a_person(number="54321"))
    receive.receive(refused, channel=nordlab)
    inbox.drain(seconds=5)
    receive.receive(a_message(id=ONE), channel=nordlab)

    found = against(nordlab, TWO, ONE)

    assert found.waiting == (ONE,)
    assert [(r.message_id, r.codes) for r in found.rejected] == [(TWO, ("E36",))]
    ReceivedMessage.objects.filter(outcome="received").update(
        outcome="quarantined", processed_at="2126-01-01T00:00:00Z"
    )
    assert against(nordlab, ONE).quarantined == (ONE,)


def test_what_is_held_back_looks_like_what_is_stored(nordlab):
    receive.receive(a_message(id=ONE), channel=nordlab)
    inbox.drain(seconds=5)
    stored = against(nordlab, ONE, TWO)
    SharingRule.objects.update(is_shared=False)
    receive.receive(a_message(id=TWO), channel=nordlab)
    inbox.drain(seconds=5)

    assert ReceivedMessage.objects.filter(outcome="withheld").count() == 1
    assert stored.held == (ONE,)
    assert against(nordlab, TWO, ONE).held == (TWO, ONE)


def test_ids_are_known_however_they_are_spelt(nordlab):
    receive.receive(a_message(id=ONE), channel=nordlab)
    inbox.drain(seconds=5)

    for spelling in (ONE.lower(), f"{{{ONE}}}"):
        assert against(nordlab, spelling).held == (spelling,)


def test_other_content_under_the_same_id_changes_nothing(nordlab):
    receive.receive(a_message(id=ONE), channel=nordlab)
    inbox.drain(seconds=5)
    other = a_message(id=ONE, results=[a_number(number="9.9")])
    receive.receive(other, channel=nordlab)

    assert against(nordlab, ONE).held == (ONE,)


def test_a_long_list_is_looked_up_in_few_queries(
    nordlab, django_assert_num_queries, settings
):
    settings.ALARM_DESTINATIONS = ()
    ids = [str(n) for n in range(20_001)]

    with django_assert_num_queries(3 + 4):  # and the alarm, in a savepoint
        assert len(against(nordlab, *ids).lacking) == 20_001
