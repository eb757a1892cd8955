"""What the monitor raises and clears, from answers alone."""

import pytest
from monitor_bed import FLEET, T0, Bed, answer, device, fleet, miss

from noc_console.model.alarm import ByItself, EntryKind
from noc_console.model.command import Action, Command, CommandOutcome
from noc_console.model.poll import ErrorKind
from noc_console.model.severity import OperatorState, Severity


def hot(at, celsius, **more):
    return answer("gpu-1", at, {("gpu0", "temperature_celsius"): celsius, ("gpu1", "temperature_celsius"): 50.0}, **more)


def test_a_single_wrong_reading_raises_nothing():
    bed = Bed()
    bed.feed(hot(T0, 50), hot(T0 + 10, 255), hot(T0 + 20, 50), hot(T0 + 30, 255), hot(T0 + 40, 50))
    assert bed.alarms() == []


def test_a_temperature_over_its_limit_twice_is_an_alarm_and_clears_behind_the_hysteresis():
    bed = Bed()
    bed.feed(hot(T0, 50), hot(T0 + 10, 86), hot(T0 + 20, 87))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.component, alarm.severity) == ("temperature-high", "gpu0", Severity.MAJOR)
    assert alarm.params["value"] == 87
    assert alarm.params["limit"] == 85
    assert alarm.params["since"] == T0 + 10
    assert (alarm.site, alarm.room, alarm.rack) == ("hanoi", "hall-1", "a01")
    assert alarm.announced == (T0 + 20,)
    bed.feed(hot(T0 + 30, 84), hot(T0 + 40, 83), hot(T0 + 50, 84))
    assert bed.open(), "inside the hysteresis it stands"
    bed.feed(hot(T0 + 60, 81), hot(T0 + 70, 81))
    assert bed.alarms()[0].cleared == T0 + 70
    assert [e.kind.value for e in bed.told("entries")] == ["raised", "cleared"]
    assert bed.told("incidents")[-1].closed == T0 + 70


def test_getting_worse_changes_the_severity_of_the_same_alarm():
    bed = Bed()
    bed.feed(hot(T0, 86), hot(T0 + 10, 86), hot(T0 + 20, 91), hot(T0 + 30, 91))
    (alarm,) = bed.alarms()
    assert alarm.severity is Severity.CRITICAL
    bed.feed(hot(T0 + 40, 86), hot(T0 + 50, 86))
    assert bed.alarms()[0].severity is Severity.MAJOR
    assert [(e.kind.value, e.was, e.now) for e in bed.told("entries")][1:] == [
        ("severity-changed", "major", "critical"),
        ("severity-changed", "critical", "major"),
    ]


def test_no_value_neither_raises_nor_clears():
    bed = Bed()
    bed.feed(hot(T0, 86), hot(T0 + 10, 86), hot(T0 + 20, float("nan")), hot(T0 + 30, float("nan")))
    assert bed.open()


def test_limits_of_the_device_come_before_those_of_the_inventory_and_of_the_condition():
    inventory = fleet(device("gpu-1", "gpu-server", protocols=("ssh",), limits={"temperature_celsius": {"major": 60}}))
    bed = Bed(inventory)
    bed.feed(hot(T0, 65), hot(T0 + 10, 65))
    assert [a.params["limit"] for a in bed.open()] == [60]
    bed = Bed(inventory)
    limits = {"gpu0": {"temperature_celsius": {"major": 70.0}}}
    bed.feed(hot(T0, 65, limits=limits), hot(T0 + 10, 65), hot(T0 + 20, 71), hot(T0 + 30, 71))
    assert [a.params["limit"] for a in bed.open()] == [70]


def test_a_gpu_with_a_margin_is_judged_by_the_margin_alone():
    def margin(at, value):
        return answer("gpu-1", at, {("gpu0", "temperature_celsius"): 88, ("gpu0", "temperature_limit_margin_celsius"): value})

    bed = Bed()
    bed.feed(margin(T0, 5), margin(T0 + 10, 5))
    assert bed.open() == []
    bed.feed(margin(T0 + 20, -1), margin(T0 + 30, -1))
    (alarm,) = bed.open()
    assert (alarm.severity, alarm.qualifier) == (Severity.MAJOR, "margin")


def test_a_device_is_suspect_after_one_miss_and_unreachable_after_three():
    bed = Bed()
    bed.feed(answer("leaf-1", T0, {("", "uptime_seconds"): 5.0}))
    bed.feed(miss("leaf-1", T0 + 30))
    assert bed.told("devices")[-1].suspect
    assert bed.told("devices")[-1].reachable is True
    assert bed.monitor.next_wake() == T0 + 31
    assert [(r.device, r.source, r.why) for r in bed.at(T0 + 31).requests] == [("leaf-1", "snmp", "re-ask")]
    bed.feed(miss("leaf-1", T0 + 32))
    assert bed.open() == []
    assert len(bed.at(T0 + 33).requests) == 1
    bed.feed(miss("leaf-1", T0 + 34))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.severity, alarm.qualifier) == ("unreachable", Severity.CRITICAL, "")
    assert bed.told("devices")[-1].reachable is False
    bed.feed(answer("leaf-1", T0 + 60, {("", "uptime_seconds"): 65.0}))
    assert bed.open() == []
    assert bed.told("devices")[-1].reachable is True
    assert [(s.was, s.now) for s in bed.stored("states") if s.kind == "reachable"] == [("", "1"), ("1", "0"), ("0", "1")]


@pytest.mark.parametrize("kind", [ErrorKind.HOST_KEY_CHANGED, ErrorKind.CREDENTIAL_MISSING])
def test_what_a_person_must_put_right_is_told_at_once(kind):
    bed = Bed()
    bed.feed(miss("gpu-1", T0, kind))
    assert [a.type for a in bed.open()] == [kind.value]


def test_one_protocol_of_two_that_fails_is_a_minor_alarm_of_its_own():
    bed = Bed()
    bed.feed(answer("gpu-1", T0, {("", "uptime_seconds"): 5.0}), answer("gpu-1", T0, {("", "x"): 5.0}, source="snmp"))
    bed.feed(*(miss("gpu-1", T0 + i, source="snmp") for i in (1, 2, 3)))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.qualifier, alarm.severity) == ("unreachable", "snmp", Severity.MINOR)
    bed.feed(*(miss("gpu-1", T0 + i) for i in (4, 5, 6)))
    assert [(a.qualifier, a.severity) for a in bed.open()] == [("", Severity.CRITICAL)]


def test_an_acknowledgement_changes_nothing_before_it_is_stored():
    bed = Bed()
    bed.feed(hot(T0, 86), hot(T0 + 10, 86))
    command = Command(id="c1", action=Action.ACKNOWLEDGE, alarms=(1,), who="lan", at=T0 + 15, text="on my way")
    durable = bed.monitor.prepare(command, T0 + 15)
    assert not isinstance(durable, CommandOutcome)
    assert durable.alarms[0].state is OperatorState.ACKNOWLEDGED
    assert bed.open()[0].state is OperatorState.NONE
    assert bed.at(T0 + 15).changes is None
    bed.monitor.commit(durable, T0 + 16)
    changes = bed.at(T0 + 16).changes
    assert changes.outcomes == (CommandOutcome(id="c1"),)
    assert (changes.alarms[0].state, changes.alarms[0].state_by, changes.alarms[0].note) == ("acknowledged", "lan", "on my way")
    assert changes.entries == durable.entries


def test_an_acknowledged_alarm_that_gets_worse_calls_again():
    bed = Bed()
    bed.feed(hot(T0, 86), hot(T0 + 10, 86))
    durable = bed.monitor.prepare(Command(id="c", action=Action.ACKNOWLEDGE, alarms=(1,), who="lan", at=T0 + 15), T0 + 15)
    bed.monitor.commit(durable, T0 + 15)
    bed.feed(hot(T0 + 20, 91), hot(T0 + 30, 91))
    (alarm,) = bed.open()
    assert alarm.worse_again
    assert alarm.announced == (T0 + 10, T0 + 30)
    assert alarm.state is OperatorState.NONE
    assert alarm.needs_someone
    ended = next(e for e in bed.stored("entries") if e.kind is EntryKind.UNACKNOWLEDGED)
    assert (ended.who, ended.text, ended.at) == ("", ByItself.WORSE, T0 + 30)


PORT = ("Ethernet1", "oper_status")


def ports(at, oper, admin=1.0, name="Ethernet1", **more):
    return answer("leaf-1", at, {(name, "oper_status"): oper, (name, "admin_status"): admin}, **more)


def test_a_planned_port_that_is_down_twice_is_an_alarm_and_is_asked_for_a_second_later():
    bed = Bed()
    bed.feed(ports(T0, 1.0), ports(T0 + 30, 0.0))
    assert bed.open() == []
    assert bed.monitor.next_wake() == T0 + 31
    assert [(r.device, r.why) for r in bed.at(T0 + 31).requests] == [("leaf-1", "re-ask")]
    bed.feed(ports(T0 + 31, 0.0))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.component, alarm.severity) == ("port-down", "Ethernet1", Severity.MAJOR)
    assert (alarm.params["neighbour"], alarm.params["neighbour_port"]) == ("spine-1", "Ethernet1")
    assert bed.told("links")[-1].status == "down"
    bed.feed(ports(T0 + 60, 1.0))
    assert bed.open() == []
    assert [(s.was, s.now) for s in bed.stored("states") if s.kind == "port" and s.name == "oper_status"] == [
        ("", "up"), ("up", "down"), ("down", "up"),
    ]  # fmt: skip


def test_a_port_that_came_back_by_itself_is_not_asked_for_again():
    bed = Bed()
    bed.feed(ports(T0, 1.0), ports(T0 + 30, 0.0), ports(T0 + 30.5, 1.0))
    assert bed.at(T0 + 31).requests == ()
    assert bed.alarms() == []


def test_a_port_that_is_off_or_that_nobody_uses_is_no_alarm():
    bed = Bed()
    bed.feed(*(ports(T0 + i, 0.0, admin=0.0) for i in range(3)), *(ports(T0 + 10 + i, 0.0, name="Ethernet9") for i in range(3)))
    assert bed.alarms() == []


def test_a_port_that_is_not_present_is_no_alarm_and_one_below_which_is_down_is_a_row():
    bed = Bed()
    bed.feed(*(ports(T0 + i, 0.0, texts=(("Ethernet1", "oper_status", "notPresent"),)) for i in range(3)))
    assert bed.alarms() == []
    bed.feed(*(ports(T0 + 10 + i, 0.0, texts=(("Ethernet1", "oper_status", "lowerLayerDown"),)) for i in range(3)))
    assert [a.severity for a in bed.open()] == [Severity.WARNING]


def test_fleet_is_whole():
    assert set(FLEET.devices) == {"gpu-1", "leaf-1", "spine-1", "crac-1"}


def both(*, at, ssh):
    """An answer over SNMP and a miss, or answer, of each SSH source of a device that has both."""
    yield answer("gpu-2", at, {("", "x"): 1.0}, source="snmp")
    for source in ("ssh", "ssh:kernel", "ssh:full"):
        yield answer("gpu-2", at, {("", f"{source}"): 1.0}, source=source) if ssh else miss("gpu-2", at, source=source)


def two_protocols():
    return Bed(fleet(device("gpu-2", "gpu-server", protocols=("snmp", "ssh"))))


def test_a_protocol_that_does_not_answer_is_one_alarm_whatever_slower_sources_it_has():
    bed = two_protocols()
    for i in range(6):
        bed.feed(*both(at=T0 + 10 * i, ssh=i == 0))
    assert [(a.type, a.qualifier) for a in bed.alarms()] == [("unreachable", "ssh")]
    bed.feed(*both(at=T0 + 70, ssh=True))
    assert bed.open() == []
    assert len(bed.alarms()) == 1


def test_slower_sources_that_miss_before_their_protocol_was_heard_wait_for_it():
    bed = two_protocols()
    bed.feed(*both(at=T0, ssh=True))
    bed.feed(*(miss("gpu-2", T0 + i, source="ssh:kernel") for i in range(1, 3)))
    bed.feed(miss("gpu-2", T0 + 3, source="ssh"), miss("gpu-2", T0 + 3.1, source="ssh:kernel"))
    assert bed.open() == []


def test_a_slower_source_that_fails_alone_is_an_alarm_of_its_own():
    bed = Bed()
    bed.feed(answer("gpu-1", T0, {("", "x"): 1.0}), *(miss("gpu-1", T0 + i, source="ssh:full") for i in (1, 2, 3)))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.qualifier, alarm.severity) == ("source-silent", "ssh:full", Severity.MINOR)
    assert (alarm.params["reason"], alarm.params["source"], alarm.params["protocol"]) == ("timeout", "ssh:full", "ssh")
    bed.feed(answer("gpu-1", T0 + 9, {("gpu0", "x"): 1.0}, source="ssh:full"))
    assert bed.open() == []


FORBIDDEN = ("kernel log: not allowed to read it",)


def test_a_kernel_log_that_may_not_be_read_is_a_row_and_no_call():
    bed = Bed()
    bed.feed(answer("gpu-1", T0 - 1, {("gpu0", "temperature_celsius"): 40.0}))
    bed.feed(*(answer("gpu-1", T0 + i, {}, source="ssh:kernel", incomplete=FORBIDDEN) for i in range(2)))
    assert bed.open() == []
    bed.feed(*(answer("gpu-1", T0 + i, {}, source="ssh:kernel", incomplete=FORBIDDEN) for i in range(2, 9)))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.qualifier, alarm.severity, alarm.count) == ("source-silent", "ssh:kernel", Severity.WARNING, 1)
    assert (alarm.params["reason"], alarm.params["detail"]) == ("no-permission", *FORBIDDEN)
    assert alarm.params["since"] == T0
    assert bed.monitor.book.calls == 0
    bed.feed(answer("gpu-1", T0 + 20, {}, source="ssh:kernel"))
    assert bed.open() == []


def test_nobody_misses_the_kernel_log_of_a_server_without_gpus():
    bed = Bed()
    bed.feed(*(answer("gpu-1", T0 + i, {}, source="ssh:kernel", incomplete=FORBIDDEN) for i in range(6)))
    assert bed.alarms() == []


def test_an_answer_that_lacks_a_part_is_no_silent_source():
    bed = Bed()
    values = {("gpu0", "temperature_celsius"): 40.0}
    bed.feed(*(answer("gpu-1", T0 + i, values, source="ssh:full", incomplete=("a part",)) for i in range(6)))
    assert bed.alarms() == []


def listed(at, *names, source="snmp", **more):
    return answer("leaf-1", at, {(name, "oper_status"): float(name != "Ethernet1") for name in names}, source=source, **more)


def test_a_port_that_the_device_does_not_have_any_more_is_not_down_for_ever():
    bed = Bed()
    bed.feed(listed(T0, "Ethernet1", "Ethernet9"), listed(T0 + 1, "Ethernet1", "Ethernet9"))
    assert [a.component for a in bed.open("port-down")] == ["Ethernet1"]
    bed.feed(*(listed(T0 + 30 + i, "Ethernet9", incomplete=("ifTable: timed out",)) for i in range(3)))
    bed.feed(listed(T0 + 60, "Ethernet9"))
    assert bed.open()
    bed.feed(listed(T0 + 90, "Ethernet9"))
    assert bed.open() == []
    assert bed.told("entries")[-1].text == "not given any more"


def test_a_port_that_another_source_gives_is_still_there():
    bed = Bed()
    bed.feed(listed(T0, "Ethernet1"), listed(T0 + 1, "Ethernet1"))
    bed.feed(*(listed(T0 + 2 + i, "Ethernet9", source="ssh") for i in range(4)))
    assert [a.component for a in bed.open("port-down")] == ["Ethernet1"]
