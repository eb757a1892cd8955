"""What the monitor makes of traps: a question at once; by itself only what is surely its sender's raises, and ends."""

from dataclasses import replace

from noc_console.model.poll import UNASKED, CollectorBeat, Event, TrapCounts
from noc_console.model.severity import Severity
from tests.core.monitor_bed import FLEET, T0, Bed, answer


def trap(at, text="fanFailed", **more):
    return answer("leaf-1", at, {}, source=UNASKED, events=(Event(time=at, kind="trap", text=text, **more),))


def test_a_trap_says_nothing_of_whether_the_device_answers():
    bed = Bed(FLEET)
    output = bed.feed(trap(T0))
    assert [(r.device, r.source, r.why) for r in output.requests] == [("leaf-1", "snmp", "trap")]
    assert bed.monitor.snapshot(T0).devices == ()
    assert bed.monitor.snapshot(T0).alarms == ()


def test_an_unsigned_one_raises_and_clears_nothing():
    bed = Bed(FLEET)
    bed.feed(trap(T0, severity="major", is_signed=True))
    bed.feed(trap(T0 + 1, severity="clear"))
    [alarm] = bed.monitor.snapshot(T0 + 1).alarms
    assert (alarm.type, alarm.qualifier, alarm.is_open) == ("trap", "fanFailed", True)
    bed = Bed(FLEET)
    bed.feed(trap(T0, severity="critical"))
    assert bed.monitor.snapshot(T0).alarms == ()


def test_a_signed_one_raises_its_own_alarm_and_its_counterpart_ends_it():
    bed = Bed(FLEET)
    bed.feed(trap(T0, component="Fan 3", severity="major", is_signed=True))
    bed.feed(trap(T0 + 5, component="Fan 3", severity="major", is_signed=True))
    [alarm] = bed.monitor.snapshot(T0 + 5).alarms
    assert (alarm.component, alarm.severity, alarm.count, alarm.is_open) == ("Fan 3", Severity.MAJOR, 2, True)
    bed.feed(trap(T0 + 9, component="Fan 4", severity="clear", is_signed=True))
    assert bed.monitor.snapshot(T0 + 9).alarms[0].is_open
    bed.feed(trap(T0 + 10, component="Fan 3", severity="clear", is_signed=True))
    assert not bed.monitor.snapshot(T0 + 10).alarms[0].is_open


def test_a_receiver_that_has_no_port_is_a_warning_until_it_has_one():
    bed = Bed(FLEET)
    counts = TrapCounts(port=10162, error="port-in-use")
    beat = CollectorBeat(
        collector="traps", time=T0, devices=0, polls=0, due=0, failed=0, late=0, in_flight=0, behind_seconds=0.0, traps=counts
    )
    bed.monitor.beat(beat)
    [alarm] = bed.monitor.snapshot(T0).alarms
    assert (alarm.type, alarm.severity, alarm.params["error"]) == ("traps-off", Severity.WARNING, "port-in-use")
    assert bed.monitor.snapshot(T0).collectors[0].traps == counts
    bed.monitor.beat(replace(beat, time=T0 + 2, traps=TrapCounts(port=10162)))
    assert not bed.monitor.snapshot(T0 + 2).alarms[0].is_open
