"""When a look cannot be written down, nobody is shown anything (F49)."""

import pytest
from django.db import connection

from access.models.database_rights import APPLICATION_ROLE
from tests import cast
from tests.builders import a_message
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

SHOWN = ("Hemoglobin", "Kari", "Nordlab", cast.KARI.number)


@pytest.fixture
def ways_in():
    """Ola has Kari open, and Kari looks herself; every page once before it fails."""
    has_arrived(a_message())
    ola, kari = a_visitor(cast.OLA), a_visitor(cast.KARI)
    address = state_need(ola, cast.KARI)["Location"]
    ways = [
        (ola, address),
        (kari, "/innbygger/"),
        (kari, "/innbygger/hvem-har-sett/"),
    ]
    assert [who.get(path).status_code for who, path in ways] == [200] * 3
    return ways


@pytest.fixture(params=["the right is taken away", "the disk is full"])
def _log_cannot_be_written(request, ways_in):
    with connection.cursor() as cursor:
        if request.param == "the disk is full":
            cursor.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$;"
                "CREATE TRIGGER a_full_disk BEFORE INSERT ON access_accesslogentry"
                " FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
            yield
            return
        cursor.execute(
            f"REVOKE INSERT ON access_accesslogentry FROM {APPLICATION_ROLE}"
        )
        cursor.execute(f"SET ROLE {APPLICATION_ROLE}")
        yield
        cursor.execute("RESET ROLE")


@pytest.mark.usefixtures("_log_cannot_be_written")
def test_every_page_is_away_and_holds_nothing(ways_in, caplog):
    for who, path in ways_in:
        answer = who.get(path)

        page = answer.content.decode()
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert answer["Cache-Control"] == "no-store"
        assert "Tjenesten er ikke tilgjengelig nå" in page
        assert [word for word in SHOWN if word in page] == []
    assert cast.KARI.number not in caplog.text


@pytest.mark.usefixtures("_log_cannot_be_written")
def test_nor_is_a_patient_opened():
    ola = a_visitor(cast.OLA)

    answer = state_need(ola, cast.KARI)

    assert answer.status_code == 503
