"""The columns of a device that were walked, each once, however many tables of its profiles speak of them."""

from collections.abc import Generator, Iterable, Sequence
from itertools import groupby

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate, Value
from collectors.snmp.failure import PollFailed
from collectors.snmp.session import Reply
from collectors.snmp.walk import Rows, Walked, first_under, follows, walk

Number = tuple[int, ...]
Walking = Generator[tuple[PduTemplate, ...], list[Reply], str]
"""Gives what could not be read, in a few words; empty if all was."""
DISORDER = ("not increasing", "truncated")
"""Troubles of a walk that GETNEXT may not have."""
FEWEST_CHECKED = 3
"""Rows of a table by which it is seen whether the device's GETBULK leaves any out."""


class Tables:
    """Columns by their identifier as text. Confined to one look at a device."""

    def __init__(self, *, has_bulk: bool) -> None:
        self._has_bulk = has_bulk
        self._is_checked = False
        self._walked: dict[str, Rows] = {}
        self._troubles: dict[str, str] = {}
        self._before: dict[str, dict[bytes, bytes]] = {}
        self._firsts: dict[tuple[str, int], dict[Number, Value]] = {}
        self._groups: dict[tuple[str, int], dict[Number, list[tuple[Number, Value]]]] = {}

    def look_ahead(self, columns: Iterable[str]) -> Generator[tuple[PduTemplate, ...], list[Reply], None]:
        """Find out which of these columns the device has nothing of, many in one request: those are not walked any more."""
        unknown = [column for column in dict.fromkeys(columns) if column not in self._walked]
        try:
            found = yield from first_under([ber.oid(column) for column in unknown])
        except PollFailed:  # whoever needs a column walks it, and says what was wrong there
            return
        for column in unknown:
            if found.get(ber.oid(column), b"") is None:
                self._walked[column] = {}

    def need(self, columns: Iterable[str], *, as_one: bool = False) -> Walking:
        """Walk those of these columns that were not yet: table by table, or `as_one` in this order, to be cut off alike."""
        wanted = list(dict.fromkeys(column for column in columns if column))
        fresh = [each for each in wanted if each not in self._walked]
        if not as_one:
            fresh.sort(key=_numbers)
        for _, group in groupby(fresh, key=lambda column: "" if as_one else column.rpartition(".")[0]):
            together = list(group)
            encoded = [ber.oid(each) for each in together]
            walked = yield from walk(encoded, has_bulk=self._has_bulk)
            if not (yield from self._is_believed(walked)):
                again = yield from walk(encoded, has_bulk=False)
                self._has_bulk = bool(again.trouble)  # what GETNEXT reads no better is not GETBULK's fault
                walked = again if _size(again) >= _size(walked) else walked
            for each in together:
                self._walked[each] = walked.columns[ber.oid(each)]
                self._troubles[each] = walked.trouble
        return next((trouble for each in wanted if (trouble := self._troubles.pop(each, ""))), "")

    def _is_believed(self, walked: Walked) -> Generator[tuple[PduTemplate, ...], list[Reply], bool]:
        """Whether what was read in bulk is in order, and the first larger table what the device has step by step."""
        if self._has_bulk and walked.trouble in DISORDER:
            return False
        column, rows = max(walked.columns.items(), key=lambda each: len(each[1]), default=(b"", {}))
        if not self._has_bulk or self._is_checked or walked.trouble or len(rows) < FEWEST_CHECKED:
            return True
        self._is_checked = True
        try:
            return (yield from follows(list(rows), column))
        except PollFailed:
            return True

    def rows(self, column: str) -> Rows:
        """A walked column; empty where it was not walked."""
        return self._walked.get(column, {}) if column else {}

    def row_before(self, column: str, index: bytes) -> bytes:
        """The row before this one in a column; empty if it is the first."""
        known = self._before.get(column)
        if known is None:
            order = list(self.rows(column))
            known = self._before[column] = dict(zip(order, [b"", *order], strict=False))
        return known.get(index, b"")

    def cell(self, column: str, index: Number) -> Value:
        """A value; None if the row has none."""
        return self.rows(column).get(ber.encode_index(index))

    def beginning(self, column: str, prefix: Number) -> Sequence[tuple[Number, Value]]:
        """The rows whose index begins so, and has more."""
        key = (column, len(prefix))
        known = self._groups.get(key)
        if known is None:
            known = self._groups[key] = {}
            for encoded, value in self.rows(column).items():
                index = ber.index_numbers(encoded)
                if len(index) > len(prefix):
                    known.setdefault(index[: len(prefix)], []).append((index, value))
        return known.get(prefix, ())

    def first(self, column: str, prefix: Number) -> Value:
        """The value of the first row whose index begins so."""
        key = (column, len(prefix))
        known = self._firsts.get(key)
        if known is None:
            known = self._firsts[key] = {}
            for index, value in self.rows(column).items():
                known.setdefault(ber.index_numbers(index)[: len(prefix)], value)
        return known.get(prefix)


def _size(walked: Walked) -> int:
    return sum(map(len, walked.columns.values()))


def _numbers(column: str) -> Number:
    return tuple(int(arc) for arc in column.split("."))
