"""The demonstration's families: registered once, and seen as they should be."""

import pytest

from access import lookup
from access.models import Representation
from portal.demo.families import register_families
from portal.demo.people import EMIL, MARTE
from tests import cast

pytestmark = pytest.mark.django_db


def test_they_are_registered_once():
    register_families()
    first = Representation.objects.count()
    register_families()

    assert Representation.objects.count() == first == 4


def test_whom_each_sees_for():
    register_families()

    seen = {
        persona.key: {
            line.masked_number[:6] for line in lookup.seen_for(cast.the_viewer(persona))
        }
        for persona in (cast.KARI, MARTE, cast.NORA)
    }

    assert seen["kari"] == {
        EMIL.number[:6]
    }  # Nora is over twelve, and has not said yes
    assert len(seen["marte"]) == 2
    assert seen["nora"] == set()
