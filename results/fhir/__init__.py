"""FHIR R4: what is read from it, and how it is answered."""
