"""Svarrapport and its receipt in the XML formats of KITH (HIS 80822, HIS 80415)."""
