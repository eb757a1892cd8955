import pytest
from monitor_bed import T0, Bed, answer

from noc_console.model.changes import Restored
from noc_console.model.poll import Event
from noc_console.monitor.xid_desk import advised

FACTS = {"gpu2": {"pci_bus_id": "0000:12:00", "serial": "SN-2"}}
VALUES = {("gpu2", "temperature_celsius"): 50.0}
RESET = "GPU recovery action changed from 0x0 (None) to 0x1 (GPU Reset Required)"
REBOOT = "GPU recovery action changed from 0x0 (None) to 0x2 (OS Reboot)"
NONE = "GPU recovery action changed from 0x2 (OS Reboot) to 0x0 (None)"


def xid(code, number, at, text="words", *, severity="critical", action="reset_gpu"):
    return Event(
        time=at, kind="xid", code=code, pci_bus_id="0000:12:00", boot="b1", number=number, text=text,
        severity=severity, action=action,
    )  # fmt: skip


def advice(text, number, at):
    return xid(154, number, at, text, severity="info", action="follow_message")


def log(at, *events):
    return answer("gpu-1", at, {}, source="ssh:kernel", events=events)


@pytest.fixture
def bed():
    made = Bed()
    made.feed(answer("gpu-1", T0, VALUES, facts=FACTS))
    return made


@pytest.mark.parametrize(
    ("text", "action"), [(RESET, "reset_gpu"), (REBOOT, "reboot"), (NONE, ""), ("to 0x9 (Dance)", None), ("nothing", None)]
)
def test_the_words_of_a_154_are_an_action(text, action):
    assert advised(text) == action


def test_a_154_overrides_the_catalogue_in_what_stands_and_in_what_follows(bed):
    bed.feed(log(T0 + 1, xid(48, 1, T0 + 1)), log(T0 + 2, advice(REBOOT, 2, T0 + 2)), log(T0 + 3, xid(95, 3, T0 + 3)))
    assert {a.qualifier: a.params["action"] for a in bed.open("xid")} == {"48": "reboot", "95": "reboot", "154": "reboot"}
    assert bed.open("xid")[0].count == 1


def test_a_154_that_wants_nothing_is_no_alarm_and_ends_the_advice(bed):
    bed.feed(log(T0 + 1, advice(REBOOT, 1, T0 + 1)), log(T0 + 2, advice(NONE, 2, T0 + 2)), log(T0 + 3, xid(48, 3, T0 + 3)))
    assert {a.qualifier: a.params["action"] for a in bed.open("xid")} == {"154": "reboot", "48": "reset_gpu"}
    quiet = Bed()
    quiet.feed(log(T0, advice(NONE, 1, T0)))
    assert quiet.alarms() == []


def test_a_45_alone_is_nothing(bed):
    bed.feed(log(T0 + 1, xid(45, 1, T0 + 1, severity="info", action="ignore")))
    assert bed.alarms() == []


def test_what_a_gpu_reported_before_follows_its_serial_into_another_server_after_a_restart(bed):
    bed.feed(log(T0 + 1, xid(13, 1, T0 + 1), xid(13, 2, T0 + 1)), log(T0 + 9, xid(48, 3, T0 + 9)))
    later = {a.qualifier: a.params for a in bed.open("xid")}
    assert "before" not in later["13"]
    assert (later["48"]["before"], later["48"]["before_xid"], later["48"]["serial"]) == (2, 13, "SN-2")
    again = Bed(restored=Restored(baselines=tuple(b for b in bed.stored("baselines") if b.kind == "xid-history")))
    again.feed(answer("gpu-1", T0 + 50, {("gpu5", "temperature_celsius"): 40.0}, facts={"gpu5": {**FACTS["gpu2"]}}))
    again.feed(log(T0 + 60, xid(79, 1, T0 + 60)))
    (alarm,) = again.open("xid")
    assert (alarm.params["before"], alarm.params["before_xid"], alarm.params["before_place"]) == (3, 48, "gpu-1/gpu2")
