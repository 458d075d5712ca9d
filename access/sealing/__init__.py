"""Proves the access log: rows become leaves of signed trees, and are held to them."""

from access.sealing.anchoring import anchor
from access.sealing.batches import seal
from access.sealing.erasing import erase_expired
from access.sealing.lateness import watch_sealing
from access.sealing.verifying import Findings, verify

__all__ = ["Findings", "anchor", "erase_expired", "seal", "verify", "watch_sealing"]
