import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers.kernel_log import MOST_EVENTS, parse, parse_line
from collectors.parsers.xid_catalogue import catalogue, xid

LOG = (Path(__file__).parents[1] / "recordings" / "kernel.log").read_text()


@pytest.fixture(scope="module")
def events():
    return {event.line: event for event in parse(LOG).events}


def test_one_event_for_each_line_that_tells_one(events):
    assert sorted(events) == [1, 2, 3, 4, 5, 8, 9, 10, 13, 14, 15]
    kinds = {line: (event.kind, event.code, event.pci_bus_id) for line, event in events.items()}
    assert kinds == {
        1: ("xid", 79, "0000:8f:00"),
        2: ("xid", 109, "0000:cb:00"),
        3: ("xid", 43, "0000:38:00"),
        4: ("xid", 31, "0000:23:00"),
        5: ("xid", 145, "0008:01:00"),
        8: ("xid", 14, "0000:03:00"),
        9: ("xid", 64, None),
        10: ("sxid", 20034, "0000:07:00"),
        13: ("gpu-lost", None, "0000:b3:00"),
        14: ("gpu-lost", None, "0000:c3:00"),
        15: ("xid", 9999, "0000:38:00"),
    }


def test_who_did_it_is_told_where_the_line_tells_it(events):
    who = {line: (event.pid, event.process) for line, event in events.items() if event.pid is not None}
    assert who == {2: (1797828, "pt.main"), 3: (29, "train"), 4: (8494, None)}
    assert events[1].text == "GPU has fallen off the bus."
    assert events[4].text == "Ch 00000053, intr 10000000. MMU Fault"


def test_severity_and_action_are_those_of_the_catalogue(events):
    assert (events[1].severity, events[1].action) == ("critical", "reboot_then_rma")
    assert (events[10].severity, events[10].action) == ("critical", "reset_gpu")
    assert (events[13].severity, events[13].action) == ("critical", "reboot_then_rma")
    assert (events[15].severity, events[15].action) == ("", "")


def test_each_style_of_stamp_tells_what_it_can(events):
    assert (events[1].uptime, events[1].time, events[1].number) == (12345.678901, None, None)
    assert (events[2].uptime, events[2].time) == (None, None)
    assert events[3].time == datetime(2026, 1, 21, 4, 41, 44, 250000, tzinfo=UTC).timestamp()
    assert (events[5].number, events[5].uptime) == (1227, 437812.449932)
    assert events[15].time == datetime(2026, 1, 21, 3, 41, 45, tzinfo=UTC).timestamp()


XID_79 = 'NVRM: Xid (PCI:0000:8f:00): 79, pid=1234, name=a"b, GPU has fallen off the bus.'


@pytest.mark.parametrize(
    ("line", "uptime", "time"),
    [
        (
            json.dumps(
                {
                    "__CURSOR": "s=1;i=2",
                    "__REALTIME_TIMESTAMP": "1769030504250000",
                    "__MONOTONIC_TIMESTAMP": "99000000",
                    "_SOURCE_MONOTONIC_TIMESTAMP": "98765432",
                    "MESSAGE": XID_79,
                    "_TRANSPORT": "kernel",
                    "_HOSTNAME": "gpu-1",
                }
            ),
            98.765432,
            1769030504.25,
        ),
        (f'{{"__MONOTONIC_TIMESTAMP":"5000000","MESSAGE":{[*XID_79.encode()]}}}', 5.0, None),
        (f'\t"MESSAGE" : {json.dumps(XID_79)},', None, None),
        (f'        "MESSAGE" : {json.dumps(XID_79)}', None, None),
    ],
    ids=["entry", "octets", "pretty", "pretty and last"],
)
def test_an_entry_of_the_journal_as_json_is_read_without_what_stands_behind_it(line, uptime, time):
    (event,) = parse(f"{{\n{line}\n}}\n").events
    assert (event.code, event.pci_bus_id, event.pid, event.process) == (79, "0000:8f:00", 1234, 'a"b')
    assert event.text == "GPU has fallen off the bus."
    assert (event.uptime, event.time, event.line) == (uptime, time, 2)


def test_an_entry_that_is_cut_off_tells_what_is_there():
    line = json.dumps({"MESSAGE": XID_79, "_TRANSPORT": "kernel"})
    assert [event.code for event in parse(line[:-20]).events] == [79]


def test_the_cursor_is_the_highest_number_also_of_lines_that_tell_nothing():
    assert parse(LOG).last_number == 1228
    assert parse("nothing here\n").last_number is None


def test_an_event_happened_when_the_stamp_says_and_never_after_it_was_seen(events):
    assert events[1].as_event(seen=9e9, booted=1000.0).time == 13345.678901
    assert events[3].as_event(seen=1.0).time == 1.0
    assert events[2].as_event(seen=77.0).time == 77.0
    kmsg = events[5].as_event(seen=9e9, booted=0.0, boot="b", component="gpu3")
    assert (kmsg.number, kmsg.boot, kmsg.component, kmsg.code) == (1227, "b", "gpu3", 145)


def test_a_line_of_another_program_that_speaks_of_an_xid_is_no_event():
    assert parse_line("kernel: myXid (PCI:0000:8f:00): 79, GPU has fallen off the bus.") is None
    assert parse_line("usb 1-1: device is lost, fallen off the bus") is None


def test_texts_carry_no_escapes():
    event = parse_line("NVRM: Xid (PCI:0000:8f:00): 13, pid=1, name=\x1b[31mevil\u202e, Ch \x07 1")
    assert (event.process, event.text) == ("evil", "Ch 1")


def test_a_burst_is_told_line_by_line_up_to_a_bound():
    line = "NVRM: Xid (PCI:0000:8f:00): 13, pid=1, name=x, y\n"
    assert len(parse(line * 656).events) == 656
    flood = parse(line * 25_000)
    assert flood.problem == "too-long"
    assert len(flood.events) == MOST_EVENTS


@given(st.one_of(st.text(), st.text(alphabet="NVRM: Xid(PC0,;=[]<>'.\n-+TZ")))
def test_any_text_is_read(text):
    parsed = parse(text)
    assert all(1 <= event.line <= text.count("\n") + 1 for event in parsed.events)


@given(st.integers(0, len(LOG)), st.text(max_size=12), st.integers(0, 30))
def test_a_recording_with_something_changed_is_still_read(at, text, gone):
    for event in parse(LOG[:at] + text + LOG[at + gone :]).events:
        assert event.kind in ("xid", "sxid", "gpu-lost")
        assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in event.text)


def test_hostile_lines_take_no_long_time():
    for piece in ("NVRM: Xid (", "Xid (PCI:" + "(" * 50, "[" * 100, "1,1,1,", "name=,", "2026-01-01T00:00:00,"):
        assert parse(piece * 20_000).events is not None


def test_the_catalogue_has_every_xid_once_with_words_of_its_own_classes():
    entries = catalogue()
    assert len(entries) == 172
    assert {entry.severity for entry in entries.values()} == {"critical", "error", "warning", "info"}
    assert xid(79).meaning
    assert xid(100_000).severity == ""


@pytest.mark.recordings
def test_real_lines_are_told_as_they_are(recordings):
    rows = [json.loads(line) for line in (recordings / "gpu" / "kernel" / "xid_lines.jsonl").read_text().splitlines()]
    events = {event.line: event for event in parse("\n".join(row["line"] for row in rows)).events}
    for number, row in enumerate(rows, 1):
        truth = row["truth"]
        if truth:
            event = events[number]
            assert (event.kind, event.code, event.pid, event.process) == (
                truth["kind"],
                truth["xid"],
                truth["pid"],
                truth["name"],
            )


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "gpud-dmesg-0.log",
            {
                ("0000:19:00", 48, None): 1,
                ("0000:19:00", 63, None): 1,
                ("0000:19:00", 94, None): 1,
                ("0000:19:00", 94, 1248209): 8,
            },
        ),
        (
            "gpud-dmesg-xid-119.log",
            {("0000:9b:00", 119, 2024380): 3, ("0000:9b:00", 119, 1263500): 1, ("0000:9b:00", 119, 1240590): 1},
        ),
        ("gpud-dmesg-decode-iso.log", {("0000:38:00", 13, None): 16, ("0000:38:00", 43, 2924364): 1}),
        ("gpud-dmesg-iso-1.log", {}),
        ("gpud-journalctl-short-iso-1.log", {}),
        ("gpud-kmsg-2-peermem.log", {}),
        ("rocm-inband-ras-error_list.txt", {}),
    ],
)
def test_whole_logs_of_servers_tell_what_stands_in_them_and_no_more(recordings, name, told):
    events = parse((recordings / "gpu" / "kernel" / name).read_text()).events
    assert Counter((event.pci_bus_id, event.code, event.pid) for event in events) == told
    assert {event.kind for event in events} <= {"xid"}


XID = "NVRM: Xid (PCI:0000:3b:00): 31, pid=5, name=python3, Ch 00000010"
NOON = datetime(2025, 1, 21, 4, 41, 44, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("head", "number", "uptime", "time"),
    [
        ("[  123.456789] ", None, 123.456789, None),
        ("[  123.456789][ T1234] ", None, 123.456789, None),  # CONFIG_PRINTK_CALLER
        ("[  123.456 <    0.000012>] ", None, 123.456, None),  # dmesg -d
        ("<6>[  123.456] ", None, 123.456, None),
        ("\x1b[32m[  123.456] \x1b[0m\x1b[33m", None, 123.456, None),  # dmesg --color=always
        ("6,77,123456000,-;", 77, 123.456, None),
        ("6,77,123456000,-,caller=T12;", 77, 123.456, None),
        ("Jan 21 04:41:44 host kernel: [  123.456] ", None, 123.456, None),  # RFC 3164
        ("Jan 21 04:41:44 host kernel: ", None, None, None),
        ("<4>1 2025-01-21T04:41:44Z host kernel - - - ", None, None, NOON),  # RFC 5424
        ("2025-01-21T04:41:44.000000+00:00 host kernel: [12.25] ", None, None, NOON),  # rsyslog
        ("2025-01-21T05:41:44+0100 host kernel: ", None, None, NOON),  # short-iso
        ("Tue 2025-01-21 04:41:44 UTC host kernel: ", None, None, NOON),  # short-full
        ("1737434504.000000 host kernel: ", None, None, NOON),  # short-unix
        ("[  123.456] host kernel: ", None, 123.456, None),  # short-monotonic
        ("MESSAGE=", None, None, None),  # export
        ("2025-01-21T04:41:44.000Z cpu12:2097643)", None, None, NOON),  # vmkernel.log
        ("2025-13-41T04:41:44Z ", None, None, None),
    ],
)
def test_a_stamp_of_any_program_is_read_and_the_message_behind_it(head, number, uptime, time):
    event = parse_line(head + XID)
    assert (event.number, event.uptime, event.time) == (number, uptime, time)
    assert (event.code, event.pci_bus_id, event.pid, event.process, event.text) == (31, "0000:3b:00", 5, "python3", "Ch 00000010")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        # MIG: the instance stands behind the address
        ("NVRM: Xid (PCI:0000:07:00 GPU-I:05): 43, pid=7, name=a, Ch 1", ("xid", 43, "0000:07:00", 7, "a", "Ch 1")),
        ("NVRM: Xid (0000:03:00): 14, Channel 00000001", ("xid", 14, "0000:03:00", None, None, "Channel 00000001")),
        ("NVRM: Xid (PCI:85CB:00:00.0): 63", ("xid", 63, "85cb:00:00", None, None, "")),
        ("NVRM: Xid (PCI:0000:3b:00): 13, pid=<unknown>, name=<unknown>, Gr", ("xid", 13, "0000:3b:00", None, None, "Gr")),
        ("NVRM: Xid (PCI:0000:3b:00): 31, pid=1, name=a,b c, Ch 1", ("xid", 31, "0000:3b:00", 1, "a,b c", "Ch 1")),
        ("NVRM: Xid (PCI:0000:3b:00): 31, pid=1, name='x, y', Ch 1", ("xid", 31, "0000:3b:00", 1, "x, y", "Ch 1")),
        ("NVRM: GPU 0000:3b:00.0: GPU has fallen off the bus.", ("gpu-lost", None, "0000:3b:00", None, None)),
        ("NVRM: GPU 0000:01:00.0: RmInitAdapter failed! (0x26:0xffff:1290)", ("gpu-lost", None, "0000:01:00", None, None)),
        (
            "nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 12028, Non-fatal, Link 32 egress",
            ("sxid", 12028, "0000:c1:00", None, None, "Non-fatal, Link 32 egress"),
        ),
    ],
)
def test_a_message_of_any_driver_is_taken_apart(line, told):
    event = parse_line("[    1.5] " + line)
    found = (event.kind, event.code, event.pci_bus_id, event.pid, event.process, event.text)
    assert found[: len(told)] == told


def test_a_word_that_only_ends_like_an_xid_is_none_and_hides_none():
    assert parse_line("[1.0] fooXid (PCI:0000:3b:00): 31, x") is None
    assert parse_line("[1.0] fooXid (x): 31 NVRM: Xid (PCI:0000:3b:00): 79, y").code == 79
