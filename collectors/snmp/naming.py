"""Templates and index expressions of a profile, filled in with what was walked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

from collectors.snmp import ber
from collectors.snmp.ber import Value
from collectors.snmp.tables import Number, Tables
from noc_console.profiles.profile import Raw
from noc_console.profiles.template import Follow, Index, Own, Reference, Show, Template, Word, told_by
from noc_console.text import clean

MOST_ARCS = 128
"""Of an index (RFC 3416, 4.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row whose cells and index a template is filled with; `words` are what it has beside them."""

    tables: Tables
    index: Number
    words: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def text_of(template: Template, row: Row) -> str:
    """A template as text; empty if one of its pieces is not there."""
    pieces = []
    for piece in template:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        text = row.words.get(piece.word, "") if isinstance(piece, Word) else _shown(piece, row)
        if not text and not (isinstance(piece, Show) and piece.is_optional):
            return ""
        pieces.append(text)
    return clean("".join(pieces))


def _shown(piece: Show, row: Row) -> str:
    if isinstance(piece.what, Own):
        numbers = _own(piece.what, row.index)
        label = row.labels.get(f"[{piece.what.first}]", {}).get(str(numbers[0])) if len(numbers) == 1 else None
        return label or ("" if not numbers else _formed_index(piece.form, numbers))
    value = cell_of(piece.what, row)
    labels = row.labels.get(piece.what.column)
    if labels is not None and value is not None:
        known = labels.get(_plain(value))
        if known is not None:
            return known
    return _formed(piece.form, value)


def _plain(value: Value) -> str:
    return clean(value) if isinstance(value, bytes) else str(value)


def _formed(form: str, value: Value) -> str:
    if isinstance(value, bytes) and form == "mac" and len(value) == 6:
        return value.hex(":")
    if isinstance(value, bytes) and form == "ip" and len(value) in (4, 16):
        return str(ip_address(value))
    return "" if value is None else _plain(value).strip(' "')


def _formed_index(form: str, numbers: Number) -> str:
    if form and all(0 <= number < 256 for number in numbers):
        octets = bytes(numbers)
        if form != "text":
            return _formed(form, octets) or ".".join(map(str, numbers))
        if len(octets) > 1 and octets[0] <= len(octets) - 1 and octets[0] < 32:
            return clean(octets[1 : 1 + octets[0]])
        return clean(octets)
    return ".".join(map(str, numbers))


def _own(own: Own, index: Number) -> Number:
    """Parts of an index; none if it is not so long."""
    stop = own.last or len(index)
    if own.first > len(index) or stop > len(index):
        return ()
    numbers = index[own.first - 1 : stop]
    return (numbers[0] + own.plus,) if own.plus else numbers


def cell_of(reference: Reference, row: Row) -> Value:
    """The value of a cell; None if there is none."""
    if reference.index is None:
        return row.tables.cell(reference.column, row.index)
    index = index_numbers(reference.index, row, reference.column)
    if index is None:
        return None
    if reference.index.is_prefix:
        return row.tables.first(reference.column, index)
    return row.tables.cell(reference.column, index)


def value_of(what: Reference | Own, row: Row) -> Value:
    """The value of a cell, or a part of the row's index: a number, or several as text."""
    if isinstance(what, Reference):
        return cell_of(what, row)
    numbers = _own(what, row.index)
    return numbers[0] if len(numbers) == 1 else ".".join(map(str, numbers)).encode() or None


def index_numbers(index: Index, row: Row, column: str = "") -> Number | None:
    """An index expression as numbers; None if a part is not there. `column` is where it leads, for pointers to rows."""
    numbers: list[int] = []
    for part in index.parts:
        if isinstance(part, int):
            numbers.append(part)
            continue
        found = _own(part, row.index) if isinstance(part, Own) else _followed(part, row, column)
        if not found:
            return None
        numbers += found
    return tuple(numbers) if len(numbers) <= MOST_ARCS else None


def _followed(part: Follow, row: Row, column: str) -> Number:
    value = cell_of(part.reference, row)
    if isinstance(value, int):
        return (value,) if value >= 0 else ()
    if not isinstance(value, bytes) or not value:
        return ()
    if value.isdigit():
        return (int(value),)
    return _pointed(value, column)


def _pointed(value: bytes, column: str) -> Number:
    """The index in an identifier of a row. Without a column it is the last number: an ifIndex."""
    try:
        numbers = ber.oid_numbers(value)
    except (ber.BadMessage, IndexError):
        return ()
    entry = tuple(int(arc) for arc in column.split(".")[:-1]) if column else ()
    if entry and numbers[: len(entry)] == entry:
        return numbers[len(entry) + 1 :]
    return numbers[-1:]


# --- which rows count ---------------------------------------------------------------------------------------------------------


def is_one_of(value: Value, wanted: Sequence[Raw]) -> bool:
    """Whether a raw value is one of a list; texts are compared in lower case, identifiers by their arcs.

    A text behind `~` is an expression that is found in the value.
    """
    return any(_is(value, each) for each in wanted)


def _is(value: Value, wanted: Raw) -> bool:
    if isinstance(value, bytes):
        text = str(wanted).lower()
        if text.startswith("~"):
            return re.search(str(wanted)[1:], clean(value), re.IGNORECASE) is not None
        return clean(value).lower() == text or (
            text.count(".") > 2 and text.replace(".", "").isdigit() and value == ber.oid(text)
        )
    return value is not None and (value == wanted or str(value) == wanted)


def counts(row: Row, where: Mapping[str, tuple[Raw, ...]], unless: Mapping[str, tuple[Raw, ...]]) -> bool:
    """Whether a row satisfies all of `where` and none of `unless`."""
    return all(is_one_of(value_of(told_by(cell), row), wanted) for cell, wanted in where.items()) and not any(
        is_one_of(value_of(told_by(cell), row), wanted) for cell, wanted in unless.items()
    )


def changed(text: str, replace: Sequence[tuple[str, str]]) -> str:
    """A name with what its table wants replaced."""
    for pattern, instead in replace:
        text = re.sub(pattern, instead, text)
    return clean(text)
