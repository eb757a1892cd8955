"""What the collectors' cell says of them, of what came unasked too."""

from types import SimpleNamespace

from noc_console.model.changes import CollectorState
from noc_console.model.poll import TrapCounts
from widgets.frame.state_bar import MOST_NAMED, Health

POLLS = CollectorState(
    collector="snmp", alive=True, last_beat=0.0, devices=3, polls=10, due=11, failed=1, late=2, behind_seconds=0.0
)


def told_of(traps):
    receiver = CollectorState(
        collector="traps", alive=True, last_beat=0.0, devices=0, polls=0, due=0, failed=0, late=0, behind_seconds=0.0, traps=traps
    )
    mirror = SimpleNamespace(collectors={"snmp": POLLS, "traps": receiver}, share_answering=lambda: (3, 3))
    return Health(SimpleNamespace(mirror=mirror, clock=lambda: 1.0)).tip().splitlines()


def test_notifications_that_nobody_describes_and_senders_that_nobody_knows_are_named_with_their_counts(qtbot):
    counts = TrapCounts(
        port=10162,
        received=41,
        refused=2,
        malformed=1,
        undescribed=(("1.3.6.1.4.1.32473.0.9", 7), ("1.3.6.1.4.1.32473.0.\u202e8", 3)),
        unknown_senders=tuple((f"192.0.2.{n}", 20 - n) for n in range(8)),
    )
    _, polled, received, undescribed, unknown = told_of(counts)
    assert polled.startswith("snmp: 3 devices, 10 polls, 1 failed, 2 late")
    assert received == "traps: 41 received on port 10162, 2 refused, 1 malformed"
    assert undescribed == "No profile describes: 1.3.6.1.4.1.32473.0.9 × 7, 1.3.6.1.4.1.32473.0.8 × 3"
    assert unknown.startswith("From unknown addresses: 192.0.2.0 × 20, ")
    assert unknown.count("×") == MOST_NAMED
    assert unknown.endswith(" …")


def test_where_nothing_strange_came_only_the_counts_are_told(qtbot):
    assert told_of(TrapCounts(port=162))[2:] == ["traps: 0 received on port 162, 0 refused, 0 malformed"]
