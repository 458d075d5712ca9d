"""How the service is doing, for those who run it: figures and words, nobody's data."""
