"""Reading objects and whole columns of tables, for any agent: as conversations (see `exchange`) that mistrust what comes.

A walk ends for certain: each column must go upwards (RFC 3416, 4.2.3 wants it; agents that loop exist), and there is a bound
on rows and requests.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage, PduTemplate, Value, VarBind
from collectors.snmp.failure import PollFailed, bad_reply
from collectors.snmp.session import Reply
from noc_console.model.poll import ErrorKind

TOO_BIG, NO_SUCH_NAME = 1, 2
"""error-status (RFC 3416, 3)."""
_NO_ACCESS = frozenset((6, 16))
REPLY_BUDGET = 1400
"""Octets that a reply should have at most: it then fits one Ethernet frame, with v3's security parameters too."""
MOST_PER_GET = 24
MOST_REPETITIONS = 64
MOST_ROWS = 20_000
MOST_REQUESTS = 4_000

Asking = Generator[tuple[PduTemplate, ...], list[Reply], "Rows"]
Rows = dict[bytes, Value]
"""Values by encoded name or index."""


@dataclass(slots=True)
class Walked:
    """What a walk gave: for each column, values by encoded index in the table's order; and what went wrong, in a few words."""

    columns: dict[bytes, Rows] = field(default_factory=dict)
    trouble: str = ""


def _failed(status: int) -> PollFailed:
    if status in _NO_ACCESS:
        return PollFailed(ErrorKind.AUTH_FAILED, "no-access")
    return bad_reply("error-status", str(status))


def words_of(failure: PollFailed) -> str:
    """A failure in the words of `incomplete`."""
    return {"timeout": "timed out", "deadline": "out of time"}.get(failure.error.reason, failure.error.reason)


def get(names: Sequence[bytes]) -> Asking:
    """Values of these objects, without those that the device does not have. At most MOST_PER_GET at a time."""
    found: Rows = {}
    queue = [tuple(names[at : at + MOST_PER_GET]) for at in range(0, len(names), MOST_PER_GET)]
    while queue:
        asked = queue.pop()
        (reply,) = yield (PduTemplate.of(ber.GET, asked),)
        status, index = reply.pdu.error_status, reply.pdu.error_index
        if status == 0:
            wanted = set(asked)
            found.update((name, value) for name, _, value in reply.varbinds() if name in wanted and value is not None)
        elif status == NO_SUCH_NAME:
            # Version 1 refuses all for one; without a usable index each is asked alone.
            rest = [asked[: index - 1] + asked[index:]] if 1 <= index <= len(asked) else [(name,) for name in asked]
            queue.extend(part for part in rest if part and len(part) < len(asked))
        elif status == TOO_BIG and len(asked) > 1:
            queue.extend((asked[: len(asked) // 2], asked[len(asked) // 2 :]))
        elif len(asked) > 1:
            queue.extend((name,) for name in asked)
        elif status in _NO_ACCESS:
            raise _failed(status)
        # any other error of a single object: the device does not give it
    return found


MOST_LOOKED_AHEAD = 16
"""Columns of which one request asks the first object: all their values may be texts."""


def first_under(names: Sequence[bytes]) -> Asking:
    """The first object under each of these, by the one that was asked; None: there is none.

    What an agent answers strangely is left out: of that nothing is known.
    """
    found: Rows = {}
    queue = [tuple(names[at : at + MOST_LOOKED_AHEAD]) for at in range(0, len(names), MOST_LOOKED_AHEAD)][::-1]
    while queue:
        asked = queue.pop()
        (reply,) = yield (PduTemplate.of(ber.GET_NEXT, asked),)
        status, index = reply.pdu.error_status, reply.pdu.error_index
        if status == 0:
            found |= _firsts(asked, reply.varbinds())
        elif status == NO_SUCH_NAME and 1 <= index <= len(asked):  # version 1's end of the MIB
            found[asked[index - 1]] = None
            rest = asked[: index - 1] + asked[index:]
            queue += [rest] if rest else []
        elif len(asked) > 1:
            queue += [asked[len(asked) // 2 :], asked[: len(asked) // 2]]
    return found


def _firsts(asked: Sequence[bytes], varbinds: list[VarBind]) -> Rows:
    if len(varbinds) != len(asked):
        return {}
    return {
        name: value if came.startswith(name) and tag not in ber.EXCEPTIONS else None
        for name, (came, tag, value) in zip(asked, varbinds, strict=True)
        if tag in ber.EXCEPTIONS or (came != name and _is_after(came, name))
    }


def follows(rows: Sequence[bytes], column: bytes) -> Generator[tuple[PduTemplate, ...], list[Reply], bool]:
    """Whether GETNEXT agrees with a GETBULK about what comes after some rows of a column: a few agents leave rows out."""
    step = max(1, len(rows) // MOST_LOOKED_AHEAD)
    pairs = [(rows[at], rows[at + 1]) for at in range(0, len(rows) - 1, step)][:MOST_LOOKED_AHEAD]
    asked = tuple(column + before for before, _ in pairs)
    (reply,) = yield (PduTemplate.of(ber.GET_NEXT, asked),)
    told = [name for name, _, _ in reply.varbinds()] if reply.pdu.error_status == 0 else []
    # What is cut short or refused says nothing; only another row does.
    return all(name == column + after for name, (_, after) in zip(told, pairs, strict=False))


def walk(columns: Iterable[bytes], *, has_bulk: bool) -> Generator[tuple[PduTemplate, ...], list[Reply], Walked]:
    """Columns of one table, side by side. What was read before a failure is kept, and `trouble` says what failed."""
    strides = [_Stride(column, column) for column in columns]
    result = Walked({stride.column: stride.rows for stride in strides})
    pace = _Pace(has_bulk)
    try:
        for _ in range(MOST_REQUESTS):
            active = [stride for stride in strides if not stride.ended][: pace.columns]
            if not active:
                break
            try:
                (reply,) = yield (pace.request([stride.at for stride in active]),)
            except PollFailed as failure:
                pace.after_silence(failure)
                continue
            if pace.accepts(reply, active):
                _take(reply.varbinds(), active, pace)
        else:
            result.trouble = "too many requests"
    except PollFailed as failure:
        result.trouble = words_of(failure)
    except BadMessage as error:
        result.trouble = str(error)
    result.trouble = result.trouble or next((stride.trouble for stride in strides if stride.trouble), "")
    return result


@dataclass(slots=True)
class _Stride:
    """How far a column was read."""

    column: bytes
    at: bytes
    rows: Rows = field(default_factory=dict)
    ended: bool = False
    trouble: str = ""

    def take(self, name: bytes, tag: int, value: Value) -> None:
        """The next object after `at`, as the agent says."""
        if tag in ber.EXCEPTIONS:
            self.ended = True
        elif name == self.at:
            self.ended, self.trouble = True, "not increasing"
        elif not name.startswith(self.column) or len(name) == len(self.column):
            self.ended = True
        elif not _is_after(name, self.at):
            self.ended, self.trouble = True, "not increasing"
        elif len(self.rows) >= MOST_ROWS:
            self.ended, self.trouble = True, "too many rows"
        else:
            self.rows[name[len(self.column) :]] = value
            self.at = name


def _is_after(name: bytes, before: bytes) -> bool:
    """Order of identifiers. One octet below 0x80 is one number: there, octets compare as the numbers do."""
    if len(name) == len(before) and name[:-1] == before[:-1]:
        return name[-1] > before[-1]
    return ber.oid_numbers(name) > ber.oid_numbers(before)


@dataclass(slots=True)
class _Pace:
    """How much is asked at once: repetitions follow the size of rows, and shrink where the agent finds them too big."""

    has_bulk: bool
    columns: int = 10
    repetitions: int = 10
    most: int = MOST_REPETITIONS
    stalls: int = 0

    def request(self, names: list[bytes]) -> PduTemplate:
        """The next request."""
        if not self.has_bulk:
            return PduTemplate.of(ber.GET_NEXT, names)
        return PduTemplate.of(ber.GET_BULK, names, second=self.repetitions)

    def accepts(self, reply: Reply, active: list[_Stride]) -> bool:
        """Whether a reply holds rows; one that does not changes what is asked next. PollFailed where nothing helps."""
        status, index = reply.pdu.error_status, reply.pdu.error_index
        if status == 0:
            return True
        if status == TOO_BIG and (self.repetitions > 1 or self.columns > 1):
            self._ask_for_less(len(active))
        elif status == NO_SUCH_NAME:  # version 1's end of the MIB
            active[index - 1 if 1 <= index <= len(active) else 0].ended = True
        elif status in _NO_ACCESS:
            raise _failed(status)
        elif self.has_bulk:  # some agents have GETBULK in name only
            self.has_bulk = False
        elif len(active) > 1:
            self.columns = 1
        else:
            active[0].ended, active[0].trouble = True, f"error-status {status}"
        return False

    def after_silence(self, failure: PollFailed) -> None:
        """No answer to a large request may mean that its reply was too large for the way: try a small one, once."""
        if failure.error.reason != "timeout" or self.most == 1 or not self.has_bulk:
            raise failure
        self.most = self.repetitions = 1

    def _ask_for_less(self, columns: int) -> None:
        if self.has_bulk and self.repetitions > 1:
            self.most = self.repetitions = max(1, self.repetitions // 2)
        else:
            self.columns = max(1, columns // 2)

    def learn(self, rows: int, size: int, columns: int) -> None:
        """After a reply of `size` octets with `rows` whole rows."""
        if rows == 0:
            self.stalls += 1
            if self.stalls > 8:
                raise bad_reply("truncated")
            self._ask_for_less(columns)
            return
        self.stalls = 0
        if self.has_bulk:
            self.repetitions = max(1, min(self.most, 2 * self.repetitions, int(REPLY_BUDGET / (size / rows))))


def _take(varbinds: list[VarBind], active: list[_Stride], pace: _Pace) -> None:
    """Give each variable binding to its column; they come row by row."""
    width = len(active)
    for position, (name, tag, value) in enumerate(varbinds):
        stride = active[position % width]
        if not stride.ended:
            stride.take(name, tag, value)
    size = sum(len(name) + 6 + (len(value) if isinstance(value, bytes) else 4) for name, _, value in varbinds)
    pace.learn(len(varbinds) // width, size, width)


def by_index(walked: Mapping[bytes, Rows], column: str, index: bytes) -> Value:
    """A value of a walked table; None if the row has none there."""
    return walked.get(ber.oid(column), {}).get(index)
