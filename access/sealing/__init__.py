"""Proves the access log: rows become leaves of signed trees, and are held to them."""

from access.sealing.anchoring import anchor
from access.sealing.batches import seal
from access.sealing.lateness import watch_sealing
from access.sealing.verifying import Findings, verify

__all__ = ["Findings", "anchor", "seal", "verify", "watch_sealing"]
