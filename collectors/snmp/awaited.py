"""Which replies are waited for: identifiers are given in blocks, so that those of a round are found by one entry."""

import random

from collectors.snmp import ber
from collectors.snmp.line import Round

BLOCK_BITS = 6
BLOCK = 1 << BLOCK_BITS
_FIRST_BLOCK, _LAST_BLOCK = ber.FIRST_REQUEST_ID >> BLOCK_BITS, 0x7FFFFFFF >> BLOCK_BITS


class Awaited:
    """Rounds by the blocks of their identifiers. Used by one thread.

    Attributes
    ----------
    blocks : block → (round, identifier of its slot 0 in this block).
    """

    def __init__(self, rng: random.Random) -> None:
        self.blocks: dict[int, tuple[Round, int]] = {}
        self._next = rng.randrange(_FIRST_BLOCK, _LAST_BLOCK)

    def add(self, round_: Round) -> int:
        """Give a round its identifiers; its first block."""
        first, *_ = taken = self._free((len(round_.idents) + BLOCK - 1) >> BLOCK_BITS)
        round_.base = first << BLOCK_BITS
        round_.blocks += taken
        for block in taken:
            self.blocks[block] = round_, round_.base
        return first

    def another(self, round_: Round, slot: int) -> int:
        """One more identifier for a slot of a round."""
        (block,) = self._free(1)
        ident = block << BLOCK_BITS
        round_.blocks.append(block)
        self.blocks[block] = round_, ident - slot
        return ident

    def find(self, ident: int) -> tuple[Round, int] | None:
        """(round, slot) of a request in flight."""
        round_, base = self.blocks.get(ident >> BLOCK_BITS, (None, 0))
        if round_ is None or not 0 <= ident - base < len(round_.idents) or round_.idents[ident - base] != ident:
            return None
        return round_, ident - base

    def forget(self, round_: Round) -> None:
        """A round is over."""
        for block in round_.blocks:
            del self.blocks[block]

    def _free(self, count: int) -> list[int]:
        """So many free blocks in a row."""
        first, at = self._next, 0
        while at < count:
            if first + count > _LAST_BLOCK:
                first, at = _FIRST_BLOCK, 0
            if first + at in self.blocks:
                first, at = first + at + 1, 0
            else:
                at += 1
        self._next = first + count
        return list(range(first, first + count))
