"""What other systems meet over FHIR: they send their reports here."""
