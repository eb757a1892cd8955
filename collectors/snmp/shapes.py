"""Replies whose shape is known: verified octet by octet outside the values, the values gathered as arrays.

From poll to poll a device's reply to one request hardly ever changes but in its values: types, names, lengths and all that
surrounds them stay. `learn` notes that shape from a reply that the safe decoder (`ber`) has read; `Shape.take` then takes the
place of the decoder for replies of exactly this shape, and refuses every other. It never guesses: what it accepts, the safe
decoder would have read from the same octets in the same way.

A shape that lets the sign bit of an unsigned number vary would have to look at each; here that bit belongs to what is verified,
so that one shift to the right makes every number right: of the eight octets that begin with it those that follow it go.
"""

from dataclasses import dataclass, field
from hashlib import blake2b
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage, PduTemplate
from collectors.snmp.numbers import number
from collectors.snmp.usm import MessageTemplate
from noc_console.model.poll import EMPTY_VALUES, Values

LARGEST = 65535
"""Octets of the largest datagram."""
AHEAD = 8
"""Octets before a reply in its buffer, and after the largest one: eight octets can be read from any of its own."""
MOST_OCTETS = 64 << 20
"""What all shapes together may take; beyond it replies go to the safe decoder."""
_WIDTH = 8
_OWN_OCTETS = 700
"""Of a shape beside its arrays: objects, their headers."""

Octets = NDArray[np.uint8]


class Buffer:
    """Where a reply lies while it is read. `octets[AHEAD:]` take it; used by one thread."""

    __slots__ = ("array", "octets", "view", "windows")

    def __init__(self) -> None:
        self.octets = bytearray(AHEAD + LARGEST + AHEAD)
        self.view = memoryview(self.octets)[AHEAD : AHEAD + LARGEST]
        self.array = np.frombuffer(self.octets, np.uint8)
        count = len(self.octets) - _WIDTH + 1
        # the number whose eight octets begin at each place
        self.windows: NDArray[np.int64] = np.ndarray((count,), dtype=">i8", buffer=self.octets, strides=(1,))

    def put(self, reply: bytes) -> None:
        """Take a reply that came another way than from a socket."""
        self.view[: len(reply)] = reply


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True, eq=False)
class Shape:
    """All replies of one form to one request.

    Attributes
    ----------
    size : octets of the reply. ident_at : where its four octets of request identifier are.
    mask : (size,), the bits that are verified; skeleton : what they must be.
    windows : where in a `Buffer` each number begins; shift : 64 - its bits.
    places : where each number goes in the request's values, None where all of them are numbers.
    odd : (place, type, start, end) of what is no number: text that may be one, floats, nothing at all.
    """

    size: int
    ident_at: int
    mask: Octets
    skeleton: bytes
    windows: NDArray[np.intp]
    shift: NDArray[np.int64]
    places: NDArray[np.intp] | None
    odd: tuple[tuple[int, int, int, int], ...]
    weight: int

    def fits(self, buffer: Buffer, size: int, ident: bytes | bytearray) -> bool:
        """Whether the reply in the buffer is of this shape and has this identifier."""
        if size != self.size:
            return False
        at = AHEAD + self.ident_at
        return buffer.octets[at : at + 4] == ident and (
            (buffer.array[AHEAD : AHEAD + size] & self.mask).tobytes() == self.skeleton
        )

    def take(self, buffer: Buffer, into: Values) -> None:
        """Write the values of the reply in the buffer, which must fit."""
        numbers = buffer.windows[self.windows] >> self.shift
        if self.places is None:
            into[:] = numbers
            return
        into[self.places] = numbers
        for place, tag, start, end in self.odd:
            into[place] = number(ber.read_value(bytes(buffer.view[start:end]), tag, 0, end - start))


class Shapes:
    """The shapes in use, each once: devices that answer alike share them. Used by one thread.

    A shape lives as long as a device answers in it. `octets` is what they take.
    """

    def __init__(self, most_octets: int = MOST_OCTETS) -> None:
        self._known: WeakValueDictionary[bytes, Shape] = WeakValueDictionary()
        self._newest: WeakValueDictionary[tuple[bytes, int], Shape] = WeakValueDictionary()
        self._most = most_octets
        self._counted = 0
        self._count_again = 0

    def __len__(self) -> int:
        return len(self._known)

    @property
    def octets(self) -> int:
        """What the living ones take, about."""
        return sum(shape.weight for shape in self._known.values())

    def likely(self, expected: bytes, octets: int) -> Shape | None:
        """The newest shape of so many octets that holds the objects whose names together are `expected`."""
        return self._newest.get((expected, octets))

    def learn(self, reply: bytes, pdu_at: int, expected: bytes, size: int) -> Shape | None:
        """The shape of a reply that the safe decoder has read: `size` objects whose names together are `expected`.

        None if its like cannot be read by shape, or if there is no room for one more.
        """
        try:
            noted = _note(reply, pdu_at)
        except BadMessage:
            return None
        if noted is None or len(noted.tags) != size or b"".join(noted.names) != expected:
            return None
        shape = _shape(reply, noted)
        if shape is None:
            return None
        key = blake2b(shape.skeleton + shape.mask.tobytes(), digest_size=16).digest()
        known = self._known.get(key)
        if known is None:
            if not self._has_room(shape.weight):
                return None
            known = self._known[key] = shape
        self._newest[expected, len(reply)] = known
        return known

    def _has_room(self, weight: int) -> bool:
        """Shapes that ended are noticed when the count seems full, and not at every refusal."""
        if self._counted + weight > self._most:
            self._count_again -= 1
            if self._count_again <= 0:
                self._counted, self._count_again = self.octets, 1000
        if self._counted + weight > self._most:
            return False
        self._counted += weight
        return True


@dataclass(slots=True, eq=False)
class Asking:
    """A request that a device is asked again and again; `shape` is that of its last reply, `into` where the values go.

    `expected` is the names of a whole reply, one after the other: what was learned of one reply holds for such replies only.
    `sealed` is the whole message without the request's identifier, before and after it; None where it differs each time.
    There `message` is what of it stays from time to time.
    """

    template: PduTemplate
    expected: bytes = b""
    sealed: tuple[bytes, bytes] | None = None
    shapes: Shapes | None = None
    shape: Shape | None = None
    into: Values = field(default_factory=lambda: EMPTY_VALUES)
    message: MessageTemplate | None = None

    def fits(self, buffer: Buffer, size: int, ident: bytes | bytearray) -> bool:
        """Whether the reply in the buffer is of a known shape, with this identifier."""
        if self.shape is not None and self.shape.fits(buffer, size, ident):
            return True
        if self.shapes is None:
            return False
        other = self.shapes.likely(self.expected, size)
        if other is None or other is self.shape or not other.fits(buffer, size, ident):
            return False
        self.shape = other
        return True

    def take(self, buffer: Buffer) -> None:
        """Write the values of a reply that fits."""
        assert self.shape is not None
        self.shape.take(buffer, self.into)

    def learn(self, reply: bytes, pdu_at: int) -> None:
        """Note the shape of a whole reply that the safe decoder has read."""
        if self.shapes is not None:
            self.shape = self.shapes.learn(reply, pdu_at, self.expected, len(self.into))


@dataclass(slots=True)
class _Noted:
    """Where things are in a reply."""

    ident_at: int
    names: list[bytes] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def _note(reply: bytes, pdu_at: int) -> _Noted | None:
    """The places of a response without an error; None for anything else."""
    kind, start, stop = ber.read_header(reply, pdu_at, len(reply))
    _, ident_at, ident_end = ber.read_header(reply, start, stop)
    status, at = ber.read_integer(reply, ident_end, stop)
    _, at = ber.read_integer(reply, at, stop)
    at, stop = ber.expect(reply, at, stop, ber.SEQUENCE)
    if kind != ber.RESPONSE or ident_end - ident_at != 4 or status:
        return None
    noted = _Noted(ident_at)
    while at < stop:
        inner, end = ber.expect(reply, at, stop, ber.SEQUENCE)
        name_at, name_end = ber.expect(reply, inner, end, ber.OBJECT_IDENTIFIER)
        tag, value_at, value_end = ber.read_header(reply, name_end, end)
        noted.names.append(reply[name_at:name_end])
        noted.tags.append(tag)
        noted.spans.append((value_at, value_end))
        at = end
    return noted


_UNSIGNED = frozenset((ber.COUNTER32, ber.GAUGE32, ber.TIME_TICKS, ber.UINTEGER32, ber.COUNTER64))


def _shape(reply: bytes, noted: _Noted) -> Shape | None:
    """The shape with these places; None if it holds what the safe decoder reads in a way of its own."""
    mask = np.full(len(reply), 0xFF, np.uint8)
    mask[noted.ident_at : noted.ident_at + 4] = 0
    places, windows, shifts, odd = [], [], [], []
    for place, (tag, (start, end)) in enumerate(zip(noted.tags, noted.spans, strict=True)):
        if tag == ber.OBJECT_IDENTIFIER:  # refused by the decoder if it does not end: that is not looked at here
            return None
        length = end - start
        mask[start:end] = 0
        if tag in _UNSIGNED and 1 <= length <= _WIDTH + 1 and not reply[start] & 0x80:
            # its first bit says that it is not negative; of nine octets the first must stay zero
            mask[start] = 0x80 if length <= _WIDTH else 0xFF
            if length > _WIDTH:
                mask[start + 1] = 0x80
            fits = length <= _WIDTH or not (reply[start] or reply[start + 1] & 0x80)
        else:
            fits = tag == ber.INTEGER and 1 <= length <= _WIDTH
        if fits:
            places.append(place)
            windows.append(AHEAD + end - min(length, _WIDTH))
            shifts.append(8 * (_WIDTH - min(length, _WIDTH)))
        elif tag in (ber.INTEGER, *_UNSIGNED) and length > _WIDTH + 1:
            return None
        else:
            mask[start:end] = 0
            odd.append((place, tag, start, end))
    skeleton = (np.frombuffer(reply, np.uint8) & mask).tobytes()
    return Shape(
        size=len(reply),
        ident_at=noted.ident_at,
        mask=mask,
        skeleton=skeleton,
        windows=np.array(windows, np.intp),
        shift=np.array(shifts, np.int64),
        places=np.array(places, np.intp) if odd else None,
        odd=tuple(odd),
        weight=2 * len(reply) + 16 * len(windows) + 100 * len(odd) + _OWN_OCTETS,
    )
