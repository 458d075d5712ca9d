"""Files of code lists as an operator has them, and the command that takes them in."""

import io

from django.core.management import call_command

NLK_HEADER = (
    "kode,gyldig_fra,gyldig_til,erstattes_av,endringsdato,norsk_bruksnavn,komponent,"
    "enhet,primært_fagområde,gruppering"
)
REFUND_HEADER = (
    "KODE;TILDATO;FRADATO;ERSTATTES_AV;SIST_ENDRET;HVA_ENDRET;NORSK_BRUKSNAVN;"
    "KOMPONENT;SYSTEM;ENHET;EGENSKAPSART;FAGOMRAADE_NLK"
)
HB = (
    "NOR05172,2013-01-25 00:00:00,,,2025-09-23 00:00:00,B-Hemoglobin,Hemoglobin,g/dL,"
    "Medisinsk biokjemi,Hematologi"
)
GFR = (
    'NOR15245,2013-01-25,,,,"Nyre-eGFR (1,73m2)",GFR,"mL/min/1,73m2",'
    '"Medisinsk biokjemi","Enzymer, metabolitter, vevsskade"'
)
OLD_ACE = (
    "NOR05001,2013-01-25,2020-02-29 23:59:00,NPU29069,,P-ACE,,,Medisinsk biokjemi,"
)
ACE = "NPU29069,2013-01-25,,,,P-ACE,ACE,U/L,Medisinsk biokjemi,Enzymer"


def nlk(*rows):
    return "\n".join([NLK_HEADER, *rows, ""])


class Desk:
    """The operator's folder, and what the command said."""

    def __init__(self, folder):
        self.folder = folder
        self.told = ""

    def file(self, content, name="nlk-7280.77.csv", encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(
            content if isinstance(content, bytes) else content.encode(encoding)
        )
        return path

    def load(self, content, *options, name="nlk-7280.77.csv", encoding="utf-8"):
        return self.command(self.file(content, name, encoding), *options)

    def command(self, *arguments):
        told = io.StringIO()
        call_command("import_codes", *map(str, arguments), stdout=told)
        self.told = told.getvalue()
        return self.told
