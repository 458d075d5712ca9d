"""What a record system is told when it may not open."""

from access.models import Launch
from tests.cast import KARI, OLA, PER

HPR_CATEGORY = "urn:oid:2.16.578.1.12.4.1.1.9060"
ATTESTATION = "nhn:tillitsrammeverk:parameters"


def assert_refused(answer, status, code):
    """A code, a sentence, nobody's number, and nothing prepared."""
    assert answer.status_code == status, answer.content
    content = answer.json()
    assert content["error"] == code
    assert content["message"]
    for persona in (KARI, PER, OLA):
        assert persona.number not in answer.content.decode()
    assert not Launch.objects.exists()
