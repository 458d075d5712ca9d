"""Merkle trees by RFC 9162 §2.1, grown a leaf at a time; pure, nothing is stored."""

import hashlib
from collections.abc import Iterable

_LEAF, _NODE = b"\x00", b"\x01"
HASH_BYTES = 32


def leaf_hash(content: bytes) -> bytes:
    """32 bytes: SHA-256 of 0x00 and the content."""
    return hashlib.sha256(_LEAF + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """32 bytes: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(_NODE + left + right).digest()


class Tree:
    """A tree of so many leaves, kept as its perfect subtrees' hashes, largest first:
    one for each bit set in the size, so that a tree of a million is twenty hashes."""

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        """Raises ValueError when there are not as many peaks as the size has bits."""
        if len(peaks) != HASH_BYTES * size.bit_count():
            raise ValueError("peaks do not fit the size")
        self.size = size
        self._peaks = [
            peaks[start : start + HASH_BYTES]
            for start in range(0, len(peaks), HASH_BYTES)
        ]

    def append(self, leaf: bytes) -> None:
        """Add a leaf's hash."""
        peaks, left, joined = self._peaks, self.size, leaf
        while left & 1:
            joined = node_hash(peaks.pop(), joined)
            left >>= 1
        peaks.append(joined)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    @property
    def peaks(self) -> bytes:
        """What another Tree of this size begins with."""
        return b"".join(self._peaks)

    @property
    def root(self) -> bytes:
        """The Merkle tree hash; that of no leaves is SHA-256 of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root
