"""GPUs that go missing, Xid events, and their ends."""

import pytest
from monitor_bed import T0, Bed, answer

from noc_console.model.changes import Restored
from noc_console.model.command import Action, Command
from noc_console.model.poll import Cursor, Event
from noc_console.model.severity import Severity

NAN = float("nan")


def gpus(at, count=3, *, without=(), silent=(), source="ssh", **more):
    values = {
        (f"gpu{i}", metric): NAN if i in silent else number
        for i in range(count)
        if i not in without
        for metric, number in (("temperature_celsius", 50.0), ("power_watts", 300.0))
    }
    return answer("gpu-1", at, {**values, ("", "uptime_seconds"): at - T0 + 1000.0}, source=source, **more)


FACTS = {f"gpu{i}": {"serial": f"S{i}", "pci_bus_id": f"0000:1{i}:00"} for i in range(3)}


@pytest.mark.parametrize("gone", [{"without": (2,)}, {"silent": (2,)}])
def test_a_gpu_that_two_answers_lack_is_missing_until_it_is_back(gone):
    bed = Bed()
    bed.feed(gpus(T0, facts=FACTS), gpus(T0 + 10, **gone))
    assert bed.open() == []
    bed.feed(gpus(T0 + 20, **gone))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.component, alarm.severity) == ("gpu-missing", "gpu2", Severity.CRITICAL)
    assert alarm.params == {"expected": 3, "found": 2, "gpu": "gpu2", "serial": "S2", "pci_bus_id": "0000:12:00"}
    bed.feed(gpus(T0 + 30))
    assert bed.open() == []


def test_a_lost_gpu_that_the_slow_answer_still_lists_stays_missing():
    """`nvidia-smi -q -x` lists it with cells that say "GPU is lost", and with a few that are numbers."""
    bed = Bed()
    slow = {"source": "ssh:full", "interval": 300.0}
    lacking = {"without": (2,), **slow}
    bed.feed(gpus(T0, facts=FACTS), gpus(T0 + 1, **slow), *(gpus(T0 + 10 * i, without=(2,)) for i in range(1, 4)))
    bed.feed(gpus(T0 + 301, silent=(2,), **slow), gpus(T0 + 302, without=(2,)), gpus(T0 + 303, **slow))
    bed.feed(gpus(T0 + 312, without=(2,)))
    (alarm,) = bed.alarms("gpu-missing")
    assert (alarm.is_open, alarm.count) == (True, 1)
    bed.feed(gpus(T0 + 320), *(gpus(T0 + 600 + 300 * i - 1 + n, **one) for i in (0, 1) for n, one in enumerate(({}, lacking))))
    assert len(bed.told("entries")) == 2
    assert bed.open() == []


def test_the_slow_answer_has_the_say_where_the_quick_one_has_stopped():
    bed = Bed()
    slow = {"source": "ssh:full", "interval": 300.0}
    bed.feed(gpus(T0, facts=FACTS), *(gpus(T0 + 300 * i, without=(2,), **slow) for i in range(1, 3)))
    assert [a.component for a in bed.open("gpu-missing")] == ["gpu2"]


HUNG = ("nvidia-smi: timed out",)


def test_gpus_that_were_not_heard_are_not_missing():
    bed = Bed()
    bed.feed(gpus(T0), *(gpus(T0 + 10 * i, silent=(0, 1, 2), incomplete=HUNG) for i in range(1, 5)))
    assert bed.open() == []


def test_keys_that_went_from_an_answer_that_is_not_whole_are_gone():
    bed = Bed()
    lost = ("nvidia-smi: Unable to determine the device handle",)
    bed.feed(gpus(T0), *(gpus(T0 + 10 * i, without=(1,), silent=(0, 2), incomplete=lost) for i in range(1, 3)))
    assert [a.component for a in bed.open()] == ["gpu1"]


@pytest.mark.parametrize(("why", "missing"), [(HUNG, 0), (("nvidia-smi: driver-failed",), 3)])
def test_after_a_restart_a_hung_nvidia_smi_says_nothing_but_one_that_sees_no_gpu_does(why, missing):
    first = Bed()
    first.feed(gpus(T0, facts=FACTS), gpus(T0 + 10))
    bed = Bed(restored=Restored(baselines=tuple(first.stored("baselines"))))
    bed.feed(*(gpus(T0 + 100 + 10 * i, without=(0, 1, 2), incomplete=why) for i in range(3)))
    assert len(bed.open("gpu-missing")) == missing


def test_a_serial_that_comes_after_the_uuid_is_no_other_gpu():
    bed = Bed()
    bed.feed(gpus(T0, facts={"gpu0": {"uuid": "GPU-1"}}), gpus(T0 + 5, source="ssh:full", facts={"gpu0": {"serial": "S0"}}))
    bed.feed(gpus(T0 + 10, facts={"gpu0": {"uuid": "GPU-1"}}))
    assert [b.value for b in bed.stored("baselines") if b.name == "gpu0"] == ["GPU-1", "S0"]


def test_another_source_that_gives_no_gpus_makes_nothing_missing():
    bed = Bed()
    bed.feed(gpus(T0), *(answer("gpu-1", T0 + i, {("", "x"): 1.0}, source="ssh:host") for i in range(1, 5)))
    assert bed.open() == []


def test_after_a_restart_all_gpus_gone_is_still_seen():
    first = Bed()
    first.feed(gpus(T0, facts=FACTS), gpus(T0 + 10))
    baselines = tuple(first.stored("baselines"))
    assert {(b.kind, b.name, b.value) for b in baselines} >= {("gpu", "gpu1", "S1"), ("gpu-source", "ssh", "1")}
    bed = Bed(restored=Restored(baselines=baselines))
    bed.feed(gpus(T0 + 100, without=(0, 1, 2)), gpus(T0 + 110, without=(0, 1, 2)))
    assert [a.component for a in bed.open("gpu-missing")] == ["gpu0", "gpu1", "gpu2"]


def test_a_new_serial_in_a_slot_is_expected_from_then_on_and_a_moved_one_is_not():
    bed = Bed()
    bed.feed(
        gpus(T0, facts=FACTS), gpus(T0 + 10, facts={"gpu1": {"serial": "S9"}}), gpus(T0 + 20, facts={"gpu0": {"serial": "S2"}})
    )
    newest = {b.name: b.value for b in bed.stored("baselines") if b.kind == "gpu"}
    assert newest == {"gpu0": "S0", "gpu1": "S9", "gpu2": "S2"}


def test_closing_a_missing_gpu_means_that_it_is_not_expected_any_more():
    bed = Bed()
    bed.feed(gpus(T0), gpus(T0 + 10, without=(2,)), gpus(T0 + 20, without=(2,)))
    durable = bed.monitor.prepare(Command(id="c", action=Action.CLOSE, alarms=(1,), who="lan", at=T0 + 25), T0 + 25)
    bed.monitor.commit(durable, T0 + 25)
    bed.feed(*(gpus(T0 + 30 + 10 * i, without=(2,)) for i in range(4)))
    assert bed.open() == []
    assert bed.stored("baselines")[-1].value == ""


def event(at, code, number, *, severity="critical", kind="xid", boot="b1"):
    said = {"severity": severity, "action": "reboot_then_rma", "text": f"Xid {code}"}
    return Event(time=at, kind=kind, code=code, pci_bus_id="0000:12:00", boot=boot, number=number, **said)


def log(at, *events, cursor=None):
    return answer("gpu-1", at, {}, source="ssh:kernel", events=events, cursor=cursor)


def test_an_xid_names_its_gpu_and_is_counted_once_however_often_it_is_read():
    bed = Bed()
    one = event(T0 + 5, 79, 11)
    bed.feed(gpus(T0, facts=FACTS), log(T0 + 6, one), log(T0 + 7, one))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.component, alarm.qualifier, alarm.count) == ("xid", "gpu2", "79", 1)
    assert alarm.params["xid"] == 79
    assert alarm.params["action"] == "reboot_then_rma"
    assert alarm.raised == T0 + 5


def test_after_a_restart_an_xid_still_names_its_gpu_before_any_answer_does():
    first = Bed()
    first.feed(gpus(T0, facts=FACTS))
    bed = Bed(restored=Restored(states=tuple(first.stored("states"))))
    bed.feed(log(T0 + 6, event(T0 + 5, 79, 1)))
    assert [a.component for a in bed.open()] == ["gpu2"]


def test_a_burst_of_one_xid_is_one_alarm_with_a_count_and_one_entry():
    bed = Bed()
    bed.feed(gpus(T0, facts=FACTS), log(T0 + 6, *(event(T0 + 5, 13, i, severity="error") for i in range(1, 657))))
    (alarm,) = bed.open()
    assert (alarm.count, alarm.severity) == (656, Severity.MAJOR)
    assert len(bed.told("entries")) == 1
    bed.feed(log(T0 + 10, event(T0 + 9, 13, 700, severity="error")))
    assert bed.open()[0].count == 657


def test_forty_five_alone_and_what_is_only_told_are_no_alarm():
    bed = Bed()
    bed.feed(log(T0, event(T0, 45, 1), event(T0, 43, 2, severity="info")))
    assert bed.alarms() == []


def test_a_number_that_the_catalogue_does_not_know_is_a_warning():
    bed = Bed()
    bed.feed(log(T0, event(T0, 999, 1, severity="")))
    assert [a.severity for a in bed.open()] == [Severity.WARNING]


def test_a_reboot_ends_what_the_driver_reported():
    bed = Bed()
    bed.feed(gpus(T0, facts={"": {"boot_id": "b1"}}), log(T0 + 5, event(T0 + 5, 79, 1), event(T0 + 5, None, 2, kind="gpu-lost")))
    assert len(bed.open()) == 2
    started = {("", "uptime_seconds"): 60.0}
    bed.feed(answer("gpu-1", T0 + 300, started, facts={"": {"boot_id": "b2"}}))
    assert bed.open() == []


def test_a_reboot_that_is_noticed_late_does_not_end_what_came_after_it():
    bed = Bed()
    bed.feed(gpus(T0, facts={"": {"boot_id": "b1"}}))
    bed.feed(log(T0 + 290, event(T0 + 280, 79, 1, boot="b2")))
    bed.feed(answer("gpu-1", T0 + 300, {("", "uptime_seconds"): 60.0}, facts={"": {"boot_id": "b2"}}))
    assert [a.type for a in bed.open()] == ["xid"]


def test_an_uptime_that_went_down_is_a_reboot_too_but_not_a_counter_that_wrapped():
    bed = Bed()
    bed.feed(gpus(T0), log(T0 + 5, event(T0 + 5, 79, 1)), gpus(T0 + 10))
    assert bed.open()
    bed.feed(answer("gpu-1", T0 + 20, {("", "uptime_seconds"): 3.0}))
    assert bed.open() == []
    bed = Bed()
    bed.feed(answer("gpu-1", T0, {("", "uptime_seconds"): 42_949_670.0}), log(T0 + 1, event(T0 + 1, 79, 1)))
    bed.feed(answer("gpu-1", T0 + 20, {("", "uptime_seconds"): 17.0}))
    assert bed.open()


def test_an_snmp_agent_that_was_restarted_is_no_reboot():
    bed = Bed()
    uptimes = [answer("gpu-1", T0 + i, {("", "uptime_seconds"): uptime}, source="snmp") for i, uptime in ((0, 900.0), (20, 1.0))]
    bed.feed(uptimes[0], log(T0 + 5, event(T0 + 5, 79, 1)), uptimes[1])
    assert bed.open()


def test_a_lost_gpu_that_answers_twice_after_the_event_is_back():
    bed = Bed()
    bed.feed(gpus(T0, facts=FACTS), log(T0 + 10, event(T0 + 10, None, 1, kind="gpu-lost", severity="")), gpus(T0 + 10.005))
    assert [a.type for a in bed.open()] == ["gpu-lost"]
    bed.feed(gpus(T0 + 20))
    assert bed.open()
    bed.feed(gpus(T0 + 30))
    assert bed.open() == []


def test_events_before_the_stored_cursor_were_counted_before_the_restart():
    bed = Bed(restored=Restored(cursors=(("gpu-1", Cursor(name="kernel", boot="b1", number=50)),)))
    bed.feed(log(T0, event(T0, 79, 50), event(T0, 13, 51), cursor=Cursor(name="kernel", boot="b1", number=51)))
    assert [a.qualifier for a in bed.open()] == ["13"]
    assert bed.stored("cursors") == [("gpu-1", Cursor(name="kernel", boot="b1", number=51))]


def test_two_ways_to_read_one_log_number_it_differently():
    bed = Bed()
    stamps = Cursor(name="ssh:kernel-stamp", boot="b1", number=10**12)
    numbers = Cursor(name="ssh:kernel", boot="b1", number=7)
    restored = Restored(cursors=(("gpu-1", stamps),))
    bed = Bed(restored=restored)
    bed.feed(log(T0, event(T0, 79, 7), cursor=numbers), log(T0 + 1, event(T0, 13, 10**12), cursor=stamps))
    assert [a.qualifier for a in bed.open()] == ["79"]


def test_another_boot_begins_its_numbers_again():
    bed = Bed()
    bed.feed(log(T0, event(T0, 79, 5)), log(T0 + 1, event(T0 + 1, 79, 5, boot="b2")))
    assert bed.open()[0].count == 2


def test_a_trap_is_a_reason_to_ask_and_nothing_else():
    bed = Bed()
    output = bed.feed(answer("leaf-1", T0, {}, source="snmp:trap", events=(Event(time=T0, kind="trap", text="1.3.6"),)))
    assert [(r.device, r.source) for r in output.requests] == [("leaf-1", "snmp")]
    assert bed.alarms() == []


def sits(**places):
    """Facts of GPUs: component = (serial, bus number)."""
    return {gpu: {"serial": serial, "pci_bus_id": f"0000:{bus}:00"} for gpu, (serial, bus) in places.items()}


THREE = sits(gpu0=("S0", 10), gpu1=("S1", 11), gpu2=("S2", 12))


def told_of(bed):
    return {(a.component, a.qualifier): a.params for a in bed.open("gpu-swapped")}


def test_another_gpu_in_a_slot_is_told_once_also_after_a_restart():
    bed = Bed()
    bed.feed(gpus(T0, facts=THREE))
    kept = tuple(b for output in bed.outputs if output.durable for b in output.durable.baselines)
    bed = Bed(restored=Restored(baselines=kept), now=T0 + 50)
    other = {**THREE, "gpu1": {"serial": "S9", "pci_bus_id": "0000:11:00"}}
    bed.feed(gpus(T0 + 60, facts=other), gpus(T0 + 70), gpus(T0 + 80, facts=other))
    assert told_of(bed) == {("gpu1", "exchanged"): {"gpu": "gpu1", "serial": "S9", "serial_before": "S1"}}
    (alarm,) = bed.open("gpu-swapped")
    assert (alarm.severity, alarm.count) == (Severity.WARNING, 1)


def test_gpus_that_changed_places_are_told_with_where_they_were():
    bed = Bed()
    bed.feed(gpus(T0, facts=THREE), gpus(T0 + 10, facts=sits(gpu0=("S1", 10), gpu1=("S0", 11), gpu2=("S2", 12))))
    assert told_of(bed) == {
        ("gpu0", "moved"): {"gpu": "gpu0", "serial": "S1", "moved_from": "0000:11:00"},
        ("gpu1", "moved"): {"gpu": "gpu1", "serial": "S0", "moved_from": "0000:10:00"},
    }


@pytest.mark.parametrize(
    "now",
    [
        sits(gpu0=("S0", 20), gpu1=("S1", 21), gpu2=("S2", 22)),  # a card was added: all addresses are others
        sits(gpu0=("S0", 10), gpu1=("S2", 12)),  # one is missing: the numbers move up, the places stay
        sits(gpu0=("S0", 10), gpu1=("S1", 11), gpu2=("S2", 12), gpu3=("S3", 13)),  # one more
    ],
)
def test_new_numbers_and_new_gpus_are_no_exchange(now):
    bed = Bed()
    bed.feed(gpus(T0, facts=THREE), gpus(T0 + 10, facts=now))
    assert told_of(bed) == {}


def test_a_tool_that_does_not_answer_is_an_alarm_until_it_does():
    def seconds(at, silent, text=""):
        texts = (("", "gpu_tool_silent_seconds", text),) if text else ()
        return answer("gpu-1", at, {("", "uptime_seconds"): at - T0 + 9.0, ("", "gpu_tool_silent_seconds"): silent}, texts=texts)

    bed = Bed()
    bed.feed(seconds(T0, 0.0), seconds(T0 + 10, 9.5, "nvidia-smi D nvidia_open"))
    (alarm,) = bed.open()
    assert (alarm.type, alarm.severity, alarm.component) == ("gpu-tool-hung", Severity.MAJOR, "")
    assert (alarm.params["text"], alarm.params["value"]) == ("nvidia-smi D nvidia_open", 9.5)
    bed.feed(seconds(T0 + 20, 19.5), seconds(T0 + 30, 0.0))
    assert bed.open() == []
