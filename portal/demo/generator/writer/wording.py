"""The words (DN) that go with the codes a laboratory sends, Volven lists of 2025."""

SERVICE_TYPE = {
    "N": "Ny",
    "M": "Endring",
    "C": "Kansellering",
    "H": "Historikk",
    "A": "Tillegg",
}
REPORT_STATUS = {
    "P": "Foreløpig rapport",
    "F": "Endelig rapport",
    "A": "Tillegg til rapport",
    "S": "Planlagt",
}
RESULT_STATUS = {
    "1": "Revidert",
    "2": "Foreløpig",
    "3": "Endelig",
    "4": "Tillegg",
    "11": "Signert",
    "14": "Undersøkelse slettet",
    "15": "I prosess",
}
REPORT_TYPE = {
    "CLIN": "Medisinsk biokjemi",
    "MBIO": "Mikrobiologi",
    "IMTR": "Immunologi og transfusjonsmedisin",
    "FARM": "Klinisk farmakologi",
    "MGEN": "Medisinsk genetikk",
    "HIST": "Histologi",
    "CYTO": "Cytologi",
    "RTG": "Røntgen",
    "CT": "Computertomografi",
    "MR": "Magnettomografi",
    "UL": "Ultralyd",
}
DEVIATION = {
    "1": "Over øvre referansegrense",
    "2": "Under nedre referansegrense",
    "3": "Utenfor referansegrensene",
}
COMPARATOR = {
    "LT": "Mindre enn",
    "LE": "Mindre eller lik",
    "GT": "Større enn",
    "GE": "Større eller lik",
}
HEADING = {
    "LR": "Laboratorieresultat",
    "FU": "Funn og undersøkelsesresultater",
    "VU": "Vurdering",
    "DIAG": "Diagnose",
    "RSB": "Resistensbestemmelse",
    "GR": "Gruppe",
    "MET": "Metode/utførte tester, medisinsk genetikk",
    "TFU": "Tilleggsfunn",
}
RELATION = {
    "REK": "Rekvirent",
    "AHP": "Ansvarlig helsepersonell",
    "ARP": "Ansvarlig for rapport",
    "DLE": "Beskrivende lege",
}
PROFESSION = {"LE": "Lege", "BI": "Bioingeniør", "RA": "Radiograf", "SP": "Sykepleier"}
NUMBER_TYPE = {
    "FNR": "Fødselsnummer",
    "DNR": "D-nummer",
    "FHN": "Felles hjelpenummer",
    "HNR": "H-nummer",
}
MESSAGE_TYPE = {
    "SVAR_LAB": "Svarrapport-Laboratoriemedisin",
    "SVAR_RTG": "Svarrapport-Bildediagnostikk",
    "S": "Svarrapport",
}
