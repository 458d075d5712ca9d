"""An EHR system that opens patients as NHN's public reference client does, literally.

It knows three addresses and nothing of ours beside: `innloggingApiUri`, `webUri` and
`statusApiUri`. How a call is sent, and where a token comes from, is handed to it.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from portal.demo.people import Persona

Credentials = Callable[[str, str], Mapping[str, str]]
Send = Callable[[str, Mapping[str, str], Mapping[str, Any]], Any]


@dataclass(slots=True)
class RecordSystem:
    """One health worker's EHR system. `credentials` gives the headers for a method and
    an address; `send` posts JSON to an address."""

    credentials: Credentials
    send: Send
    login_api_uri: str = "http://localhost:8000"
    web_uri: str = "http://helsepersonell.localhost:8000"
    status_api_uri: str = "http://localhost:8000/api/v1/helseindikator/status"
    source_system: str = "Lillevik EPJ, 1.4"
    verifier: str = ""
    code: str = ""
    session_id: str = ""

    def create(self, patient: Persona, *, role: str = "LE", **changed):
        """`POST /api/session/create`; keeps code and session when they are given.

        `changed` members of the body replace its own; None leaves one out.
        """
        self.verifier = secrets.token_urlsafe(48)
        body = {
            "ehr_code_challenge": challenge_of(self.verifier),
            "claims": claims_about(patient, role=role),
            **changed,
        }
        sent = {name: value for name, value in body.items() if value is not None}
        answer = self._post("create", sent)
        if answer.status_code == 200:
            content = answer.json()
            self.code, self.session_id = content["code"], content["sessionId"]
        return answer

    def address(self, **changed) -> str:
        """Where the browser is sent."""
        query = {"code": self.code, "ehr_code_verifier": self.verifier, **changed}
        return f"{self.web_uri}/hentpasient.html?{urlencode(query)}"

    @property
    def logout_address(self) -> str:
        return f"{self.web_uri}/loggut"

    def refresh(self, session_id: str = ""):
        return self._post("refresh", {"sessionId": session_id or self.session_id})

    def end(self, session_id: str = ""):
        return self._post("end", {"sessionId": session_id or self.session_id})

    def _post(self, what: str, body: Mapping[str, Any]):
        url = f"{self.login_api_uri}/api/session/{what}"
        headers = {"X-SOURCE-SYSTEM": self.source_system, "X-EVENT-ID": "4711"}
        return self.send(url, {**headers, **self.credentials("POST", url)}, body)

    def status_of(self, number: str):
        """The icon: `POST {statusApiUri}` with a bearer token."""
        headers = {
            "X-EPJ-System": self.source_system,
            **self.credentials("POST", self.status_api_uri),
        }
        return self.send(self.status_api_uri, headers, {"fnr": number})


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def claims_about(
    patient: Persona, *, role: str = "LE", basis: str = "SAMTYKKE", **changed
) -> dict[str, Any]:
    return {
        "patient_identifier": {
            "id": patient.number,
            "system": "urn:oid:2.16.578.1.12.4.1.4.1",
            "authority": "https://www.skatteetaten.no",
        },
        "practitioner_authorization": {
            "code": role,
            "system": "urn:oid:2.16.578.1.12.4.1.1.9060",
            "assigner": "https://www.helsedirektoratet.no/",
        },
        "access_basis": {
            "code": basis,
            "system": "SYSTEM_GRUNNLAG",
            "assigner": "https://nhn.no",
        },
        **changed,
    }
