"""Numbers, durations, times and sentences in words; what a device sends stays plain and harmless."""

from dataclasses import replace

import pytest
import sample_fleet
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from noc_console.alarms.types import PARAMS, AlarmType
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.severity import OperatorState, Severity
from widgets import alarm_words, entry_words, words
from widgets.words import NARROW

N = NARROW


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (0, f"0{N}s"),
        (40.9, f"40{N}s"),
        (60, f"1{N}min"),
        (372, f"6{N}min"),
        (4260, f"71{N}min"),
        (8280, f"2{N}h{N}18"),
        (100000, f"1{N}d 3{N}h"),
    ],
)
def test_durations_are_short_and_cut_off(seconds, says):
    assert words.duration(seconds) == says


@pytest.mark.parametrize(
    ("metric", "value", "says"),
    [
        ("temperature_celsius", 32.44, f"32.4{N}°C"),
        ("fan_speed_rpm", 1180.0, f"1{N}180{N}rpm"),
        ("rx_power_dbm", -13.8, f"−13.8{N}dBm"),
        ("speed_bits_per_second", 1e11, f"100{N}Gbit/s"),
        ("speed_bits_per_second", 2.5e9, f"2.5{N}Gbit/s"),
        ("memory_used_bytes", 2.0**35, f"32.0{N}GiB"),
        ("temperature_celsius", float("nan"), "–"),
        ("temperature_celsius", None, "–"),
        ("ecc_corrected_total", 412.0, "412"),
    ],
)
def test_a_value_stands_with_its_unit(metric, value, says):
    assert words.quantity(metric, value) == says


def test_vietnamese_has_a_decimal_comma():
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    assert words.quantity("temperature_celsius", 23.1) == f"23,1{N}°C"


def test_a_small_negative_number_is_not_minus_zero():
    assert words.number(-0.01, 1) == "0.0"


@given(
    st.floats(allow_nan=True, allow_infinity=False, width=32),
    st.sampled_from(["temperature_celsius", "speed_bits_per_second", "x"]),
)
def test_any_number_can_be_said(value, metric):
    assert words.quantity(metric, value)


def test_a_zone_is_named_by_its_offset():
    at = 1795002904.0
    assert words.zone_label("Asia/Ho_Chi_Minh", at) == "UTC+7"
    assert words.zone_label("America/St_Johns", at) == "UTC−3:30"
    assert words.zone_label("No/Such", at) == "UTC"
    assert words.clock(at, "Asia/Seoul", seconds=True) == "20:55:04"
    assert words.moment(at - 86400, "UTC", at) == "11-17 11:55"
    assert words.moment(at - 365 * 86400, "UTC", at) == "2025-11-18 11:55"
    assert words.day_or_clock(at - 365 * 86400, "UTC", at) == "2025-11"


def test_the_value_stands_with_its_limit_and_its_direction():
    mirror = sample_fleet.mirror()
    inlet = mirror.alarms[151]
    assert alarm_words.now_and_limit(inlet, mirror) == f"32.5{N}°C (≤{N}32)"
    assert alarm_words.direction(inlet, mirror) == alarm_words.RISING
    fan = mirror.alarms[147]
    assert alarm_words.now_and_limit(fan, mirror) == f"0{N}rpm (≥{N}900)"
    assert alarm_words.now_and_limit(mirror.alarms[153], mirror).endswith(f"(≥{N}10)")


def test_a_limit_of_nothing_is_to_be_exceeded():
    alarm = made("fan-stopped", metric="fan_speed_rpm", value=0.0, limit=0.0)
    assert alarm_words.now_and_limit(alarm) == f"0{N}rpm (>{N}0)"


def test_a_cleared_alarm_keeps_the_value_that_it_had():
    mirror = sample_fleet.mirror()
    assert alarm_words.now_and_limit(mirror.alarms[180], mirror).startswith("205.0")


def made(kind, **params):
    return Alarm(id=1, device="d", component="gpu3", type=kind, severity=Severity.MAJOR, raised=0.0, changed=0.0, params=params)


@pytest.mark.parametrize("kind", list(AlarmType))
def test_every_type_has_a_sentence_and_advice_with_and_without_its_parameters(kind):
    for params in ({}, dict.fromkeys(PARAMS[kind], 1.0), dict.fromkeys(PARAMS[kind], "{0} {x} %s <b>")):
        alarm = made(kind, **params)
        assert alarm_words.what(alarm) != str(kind) or kind == "xid"
        assert alarm_words.advice(alarm, Mirror())
        assert isinstance(alarm_words.now_and_limit(alarm), str)


def test_a_log_that_may_not_be_read_is_no_device_that_does_not_answer():
    alarm = made("source-silent", source="ssh:kernel", reason="no-permission")
    assert "ssh:kernel may not be read" in alarm_words.what(alarm)
    assert any("dmesg_restrict" in step for step in alarm_words.advice(alarm, Mirror()))


def test_an_unknown_type_is_shown_by_its_code():
    assert alarm_words.what(made("of-tomorrow")) == "of-tomorrow"


@given(st.text(), st.text(), st.text())
def test_no_text_of_a_device_brings_control_or_bidi_characters_into_a_sentence(text, neighbour, who):
    alarm = replace(made("xid", text=text, xid=79, serial=neighbour), state=OperatorState.ACKNOWLEDGED, state_by=who, note=text)
    port = made("port-down", neighbour=neighbour)
    for said in (alarm_words.what(alarm), alarm_words.what(port), alarm_words.state(alarm), *alarm_words.advice(alarm, Mirror())):
        assert not any(c in said for c in "\x00\x1b\n\r\u202e\u2066")


def test_the_state_says_who_has_it_and_his_words():
    alarms = {a.id: a for a in sample_fleet.alarms()}
    assert alarm_words.state(alarms[147]) == "New"
    assert alarm_words.state(alarms[143]) == "Bảo · đã cử đội đi, crew 14:40"
    assert alarm_words.state(alarms[163]).startswith("worse again")
    assert alarm_words.state(alarms[147], sending=True) == "acknowledging…"


def test_an_alarm_is_read_aloud_in_order():
    alarm = sample_fleet.alarms()[0]
    assert alarm_words.accessible(alarm, "13:52") == "critical, not acknowledged, crac-1 fan, Fan stopped, since 13:52"


def test_the_text_of_an_xid_ends_in_its_number_without_a_full_stop_before_it():
    alarm = made("xid", text="GPU has fallen off the bus.", xid=79)
    assert alarm_words.what(alarm) == "GPU fell off the bus (Xid 79)"
    assert alarm_words.what(replace(alarm, params={**alarm.params, "xid": 999})) == "GPU has fallen off the bus (Xid 999)"
    assert alarm_words.what(replace(alarm, params={**alarm.params, "sxid": True})) == "GPU has fallen off the bus (SXid 79)"


def test_the_part_of_a_device_stands_before_what_is_wrong_with_it():
    alarm = replace(made("fan-stopped"), component="Fan")
    assert alarm_words.part_and_what(alarm).startswith("Fan: Fan ")
    assert alarm_words.part_and_what(replace(alarm, component="")) == alarm_words.what(alarm)


def test_who_takes_an_alarm_has_taken_it_and_not_given_it_to_himself():
    taken = Entry(id=1, alarm=1, kind=EntryKind.ASSIGNED, at=0.0, noted=0.0, who="Lan", now="Lan")
    assert entry_words.told(taken) == "Lan took it"
    assert entry_words.told(replace(taken, now="Mai")) == "Lan gave it to Mai"


def test_what_the_monitor_put_under_a_cause_says_which_and_why():
    folded = Entry(id=1, alarm=2, kind=EntryKind.FOLDED, at=0.0, noted=0.0, now="7", text="fed by pdu-a and pdu-b")
    assert entry_words.told(folded) == "symptom of #7: fed by pdu-a and pdu-b"
    assert entry_words.told(replace(folded, text="because")) == "symptom of #7: because"
    assert entry_words.told(replace(folded, was="7", now="", text="")) == "a cause of its own"
