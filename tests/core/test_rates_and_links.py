"""Rates of counters between two answers, and links from plan, ports, loads and neighbours."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitor_bed import FLEET, T0, Bed, answer, miss

from noc_console.model.fleet import End
from noc_console.model.poll import Neighbour
from noc_console.monitor.rows import Rows

COUNTER = ("Ethernet1", "in_octets_total")


def counted(at, count, uptime=None, **more):
    values = {COUNTER: count, ("", "temperature_celsius"): 5.0}
    return answer("leaf-1", at, values if uptime is None else {**values, ("", "uptime_seconds"): uptime}, **more)


def rates(*results):
    rows = Rows()
    return [rows.take(result)[0].rates for result in results]


def test_a_rate_is_per_second_and_stands_at_counters_only():
    first, second = rates(counted(T0, 1000.0), counted(T0 + 10, 3000.0))
    assert np.isnan(first).all()
    assert second[0] == 200.0
    assert np.isnan(second[1])
    with pytest.raises(ValueError, match="read-only"):
        second[0] = 1.0


@given(st.lists(st.floats(0, 2.0**64) | st.just(float("nan")), min_size=2, max_size=20))
def test_no_counter_ever_gives_a_negative_rate(counts):
    for rate in rates(*(counted(T0 + 10 * i, count) for i, count in enumerate(counts))):
        assert not (rate < 0).any()


@pytest.mark.parametrize(
    ("why", "second"),
    [
        ("the counter was reset", counted(T0 + 10, 5.0)),
        ("the device was rebooted, though the counter is higher", counted(T0 + 10, 2000.0, uptime=3.0)),
        ("no time has passed", counted(T0, 2000.0)),
        ("the clock went back", counted(T0 - 10, 2000.0)),
        ("no value", counted(T0 + 10, float("nan"))),
    ],
)
def test_there_is_no_rate_where_none_is_known(why, second):
    uptime = 100.0 if len(second.layout) == 3 else None
    assert np.isnan(rates(counted(T0, 1000.0, uptime), second)[1][0]), why


def test_a_counter_of_32_bits_that_wraps_goes_on_growing():
    start = 2.0**32 - 2_500
    told = rates(*(counted(T0 + 10 * n, (start + 1_000 * n) % 2.0**32, uptime=100.0 + 10 * n) for n in range(5)))
    assert [rate[0] for rate in told[1:]] == [100.0] * 4


def test_a_counter_of_32_bits_that_was_set_to_zero_is_not_taken_for_one_that_wrapped():
    told = rates(*(counted(T0 + 10 * n, count) for n, count in enumerate((3e9, 3e9 + 1_000, 500.0, 1_500.0))))
    assert told[1][0] == 100.0
    assert np.isnan(told[2][0])
    assert told[3][0] == 100.0


def test_a_counter_of_64_bits_that_goes_down_was_reset():
    told = rates(*(counted(T0 + 10 * n, count) for n, count in enumerate((2.0**40, 2.0**40 + 1e9, 1e9))))
    assert np.isnan(told[2][0])


def test_a_clock_that_was_set_does_not_bend_rates_where_the_device_tells_its_uptime():
    step = 3_600.0
    told = rates(
        counted(T0, 1_000.0, uptime=100.0),
        counted(T0 + 10 + step, 2_000.0, uptime=110.0),
        counted(T0 + 20, 3_000.0, uptime=120.0),
        counted(T0 + 30, 4_000.0, uptime=130.0),
    )
    assert [rate[0] for rate in told[1:]] == [100.0, 100.0, 100.0]


def test_an_uptime_that_wraps_after_497_days_does_not_bend_rates():
    told = rates(counted(T0, 1_000.0, uptime=42_949_670.0), counted(T0 + 10, 2_000.0, uptime=7.3))
    assert told[1][0] == 100.0


def test_the_same_answer_twice_gives_no_rate_and_does_not_disturb_the_next():
    once = counted(T0 + 10, 2_000.0, uptime=110.0)
    told = rates(counted(T0, 1_000.0, uptime=100.0), once, once, counted(T0 + 20, 3_000.0, uptime=120.0))
    assert told[1][0] == 100.0
    assert np.isnan(told[2][0])
    assert told[3][0] == 100.0


def test_a_changed_layout_begins_anew_but_still_tells_a_reboot():
    rows = Rows()
    rows.take(counted(T0, 1000.0, uptime=100.0))
    row, rebooted = rows.take(answer("leaf-1", T0 + 10, {COUNTER: 2000.0, ("", "uptime_seconds"): 3.0}))
    assert rebooted
    assert np.isnan(row.rates).all()


SPINE, LEAF = End(device="spine-1", port="Ethernet1"), End(device="leaf-1", port="Ethernet1")


def side(name, at, oper=1.0, sent=0.0, received=0.0, speed=100e9):
    return answer(name, at, {
        ("Ethernet1", "oper_status"): oper, ("Ethernet1", "out_octets_total"): sent,
        ("Ethernet1", "in_octets_total"): received, ("Ethernet1", "speed_bits_per_second"): speed,
    })  # fmt: skip


def link(bed):
    (found,) = [state for state in bed.monitor.snapshot(T0).links if state.a == SPINE]
    return found


def test_a_link_is_unknown_until_an_end_tells_and_down_where_either_end_says_so():
    bed = Bed()
    assert (link(bed).status, link(bed).planned) == ("unknown", True)
    bed.feed(side("spine-1", T0))
    assert link(bed).status == "up"
    bed.feed(side("leaf-1", T0 + 1, oper=0.0))
    assert link(bed).status == "down"
    bed.feed(side("leaf-1", T0 + 2))
    assert link(bed).status == "up"
    assert [(s.was, s.now) for s in bed.stored("states") if s.kind == "link"] == [("", "up"), ("up", "down"), ("down", "up")]


def test_loads_are_shares_of_the_speed_in_each_direction():
    bed = Bed()
    bed.feed(side("spine-1", T0), side("spine-1", T0 + 10, sent=10 * 100e9 / 8 * 0.4, received=10 * 100e9 / 8 * 0.1))
    assert (link(bed).load_ab, link(bed).load_ba) == (pytest.approx(0.4), pytest.approx(0.1))
    told = len(bed.told("links"))
    bed.feed(side("spine-1", T0 + 20, sent=20 * 100e9 / 8 * 0.4, received=20 * 100e9 / 8 * 0.1))
    assert len(bed.told("links")) == told, "a load that stays is not told again"


def test_what_a_silent_end_said_is_not_known_any_more():
    bed = Bed()
    bed.feed(side("spine-1", T0), *(miss("spine-1", T0 + i) for i in (1, 2, 3)))
    assert link(bed).status == "unknown"


def neighbour(local, host, port):
    return Neighbour(protocol="lldp", local_port=local, remote_host=host, remote_port=port)


def heard(name, at, *neighbours, **more):
    return answer(name, at, {("", "uptime_seconds"): at}, source="snmp:inventory", neighbours=neighbours, **more)


def test_neighbours_confirm_the_plan_and_add_links_between_known_devices_once():
    bed = Bed()
    bed.feed(
        heard("spine-1", T0, neighbour("Ethernet1", "LEAF-1.example.net", "Ethernet1"), neighbour("Ethernet7", "crac-1", "eth0")),
        heard("crac-1", T0 + 1, neighbour("eth0", "spine-1", "00:11:22:33:44:55")),
        heard("leaf-1", T0 + 2, neighbour("Ethernet9", "stranger", "x")),
    )
    links = bed.monitor.snapshot(T0).links
    assert len(links) == len(FLEET.links) + 1
    assert link(bed).found_by == "lldp"
    found = links[-1]
    assert (found.a.device, found.b.device, found.planned, found.found_by) == ("crac-1", "spine-1", False, "lldp")


def test_a_device_is_known_by_the_name_that_it_gives_itself():
    bed = Bed()
    bed.feed(
        heard("crac-1", T0, facts={"": {"sysName": "cooler.hall-1"}}),
        heard("spine-1", T0 + 1, neighbour("Ethernet7", "cooler.hall-1", "e0")),
    )
    assert bed.monitor.snapshot(T0).links[-1].a == End(device="crac-1", port="e0")


def test_a_station_and_a_peer_are_no_neighbours_of_a_port_and_the_first_of_several_protocols_counts():
    bed = Bed()
    told = (
        neighbour("Ethernet9", "switch-9", "x1"),
        replace(neighbour("Ethernet9", "switch-9.example.net", "Ethernet x1"), protocol="cdp"),
        replace(neighbour("Ethernet8", "02:00:5e:00:53:01", ""), protocol="bridge"),
        replace(neighbour("", "192.0.2.9", ""), protocol="bgp", remote_address="192.0.2.9"),
    )
    bed.feed(heard("leaf-1", T0, *told), heard("leaf-1", T0 + 1, *told))
    assert [(b.name, b.value) for b in bed.stored("baselines")] == [("Ethernet9", "switch-9 x1")]
    assert len(bed.monitor.snapshot(T0).links) == len(FLEET.links)


def test_a_port_that_carried_a_neighbour_should_be_up():
    bed = Bed()
    port = ("Ethernet9", "oper_status")
    bed.feed(heard("leaf-1", T0, neighbour("Ethernet9", "stranger", "x1")))
    assert [(b.kind, b.name, b.value) for b in bed.stored("baselines")] == [("neighbour", "Ethernet9", "stranger x1")]
    bed.feed(answer("leaf-1", T0 + 1, {port: 0.0}), answer("leaf-1", T0 + 2, {port: 0.0}))
    (alarm,) = bed.open()
    assert (alarm.params["neighbour"], alarm.params["neighbour_port"]) == ("stranger", "x1")
