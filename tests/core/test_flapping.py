"""Ports that come and go: three falls in ten minutes, or Icinga's share of changes in the last twenty checks."""

import pytest
from monitor_bed import T0, Bed, answer

from noc_console.monitor.flapping import CHECKS, _Port


def polls(bed, pattern, *, step, at=T0):
    """Both ends of the link between spine-1 and leaf-1, polled by a pattern of `1` and `0`."""
    for word in pattern:
        up = {("", "reachable"): 1.0, ("Ethernet1", "oper_status"): float(word)}
        bed.feed(answer("leaf-1", at, {("", "reachable"): 1.0}, interval=step), answer("spine-1", at + 1, up, interval=step))
        at += step
    return at


def test_three_falls_in_ten_minutes_are_one_chattering_alarm_with_its_count_called_once():
    bed = Bed()
    polls(bed, "1110110110110111", step=30)
    alarm = bed.open("flapping")[0]
    assert (alarm.chattering, alarm.count, alarm.component) == (True, 4, "Ethernet1")
    assert sum(len(a.announced) for a in bed.alarms()) == 1


def test_it_ends_when_it_is_calm():
    bed = Bed()
    at = polls(bed, "1110110110111", step=30)
    polls(bed, "1" * 12, step=30, at=at)
    assert bed.open("flapping") == []
    assert bed.alarms("flapping")[0].chattering


def test_slow_polls_flap_by_their_share_of_changes_and_stop_below_a_quarter():
    bed = Bed()
    at = polls(bed, "1" * 20 + "1010101", step=150)
    assert len(bed.open("flapping")) == 1
    polls(bed, "1" * 20, step=150, at=at)
    assert bed.open("flapping") == []


def test_the_share_weighs_the_newest_check_most():
    port = _Port()
    port.checks.append(100)
    assert port.share(100) == pytest.approx(1.18 / CHECKS)
    assert port.share(119) == pytest.approx(0.8 / CHECKS)
    assert port.share(120) == 0.0


def test_a_single_change_is_no_flapping():
    bed = Bed()
    polls(bed, "1" * 5 + "0" + "1" * 20, step=30)
    assert bed.alarms("flapping") == []
