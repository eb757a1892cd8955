"""The kernel log over a real sshd: each event once, from a cursor, by whichever way is allowed."""

import time
from collections.abc import Callable

import pytest

from noc_console.model.poll import Cursor
from tests.collectors.ssh.conftest import Watch, shows
from tests.servers import gpus
from tests.servers.sshd import SshBed, make_proc

pytestmark = pytest.mark.server("sshd")

BOOT = "6f1d2c3b-0000-4000-8000-000000000001"
FALLEN = gpus.xid(gpus.Gpu(index=4), 79)


def test_an_xid_is_told_once_with_its_gpu(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    first = watch.next("ssh:kernel")
    assert (first.error, first.events) == (None, ())
    assert first.cursor == Cursor(name="ssh:kernel", boot=BOOT, number=0)
    bed.says("kmsg", gpus.kmsg((700, 86399.0, FALLEN)))
    second = watch.next("ssh:kernel", ask=True)
    (event,) = second.events
    assert (event.kind, event.code, event.component, event.boot, event.number) == ("xid", 79, "gpu4", BOOT, 700)
    assert event.pci_bus_id == gpus.Gpu(index=4).bus_id
    assert abs(event.time - (time.time() - 1.0)) < 5.0
    assert second.cursor == Cursor(name="ssh:kernel", boot=BOOT, number=700)
    third = watch.next("ssh:kernel", ask=True)
    assert (third.events, third.cursor, third.error) == ((), None, None)


def test_the_same_text_again_with_one_more_line_gives_only_that_one(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.says("kmsg", gpus.kmsg((700, 86399.0, FALLEN)))
    watch = watching()
    assert len(watch.next("ssh:kernel").events) == 1
    bed.says("kmsg", gpus.kmsg((700, 86399.0, FALLEN), (701, 86399.5, gpus.xid(gpus.Gpu(index=1), 13, "pid=7, name=train, x"))))
    assert [event.code for event in watch.next("ssh:kernel", ask=True).events] == [13]


def test_at_first_contact_only_what_is_recent_is_told(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.says("kmsg", gpus.kmsg((10, 86400.0 - 3600.0, FALLEN), (11, 86400.0 - 60.0, FALLEN)))
    result = watching().next("ssh:kernel")
    assert [event.number for event in result.events] == [11]
    assert result.cursor is not None
    assert result.cursor.number == 11


def test_from_a_stored_cursor_on_everything_newer_is_told_however_old(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.says("kmsg", gpus.kmsg((10, 80000.0, FALLEN), (11, 80001.0, FALLEN), (12, 80002.0, FALLEN)))
    stored = ("gpu-1", Cursor(name="ssh:kernel", boot=BOOT, number=10))
    other = ("gpu-2", Cursor(name="ssh:kernel", boot=BOOT, number=99))
    assert [event.number for event in watching(cursors=(stored, other)).next("ssh:kernel").events] == [11, 12]


def test_after_a_boot_numbers_begin_anew(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.says("kmsg", gpus.kmsg((500, 86399.0, FALLEN)))
    watch = watching()
    watch.next("ssh:kernel")
    again = "6f1d2c3b-0000-4000-8000-000000000002"
    make_proc(bed.folder / "proc", boot=again, uptime=90.0)
    bed.says("kmsg", gpus.kmsg((3, 20.0, FALLEN)))
    result = watch.next("ssh:kernel", ask=True)
    assert [(event.number, event.boot) for event in result.events] == [(3, again)]
    assert result.cursor == Cursor(name="ssh:kernel", boot=again, number=3)


def test_where_kmsg_is_not_allowed_dmesg_tells_the_same_once(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.does("kmsg", "deny")
    fake = bed.folder / "bin" / "dmesg"
    fake.write_text(f"#!/bin/sh\ncat {bed.folder}/out/dmesg\n")
    fake.chmod(0o755)
    bed.says("dmesg", f"[    1.000000] Linux version 6.8\n[86399.500000] {FALLEN}\n[86399.500000] {FALLEN}\n")
    watch = watching()
    first = watch.next("ssh:kernel")
    assert [event.code for event in first.events] == [79, 79]
    assert len({event.number for event in first.events}) == 2
    assert first.cursor is not None
    assert first.cursor.name == "ssh:kernel-stamp"
    bed.says("dmesg", f"[86399.500000] {FALLEN}\n[86399.500000] {FALLEN}\n[86399.900000] {FALLEN}\n")
    assert len(watch.next("ssh:kernel", ask=True).events) == 1
    assert sum("kmsg" in line for line in bed.asked()) == 1


def test_where_no_way_is_allowed_that_is_said_and_nothing_is_an_error(bed: SshBed, watching: Callable[..., Watch]) -> None:
    for way in ("kmsg", "dmesg", "journal"):
        bed.does(way, "deny")
    watch = watching()
    result = watch.next("ssh:kernel")
    assert result.error is None
    assert result.incomplete == ("kernel log: not allowed to read it",)
    count = len(bed.asked())
    assert watch.next("ssh:kernel", ask=True).incomplete == result.incomplete
    assert not [line for line in bed.asked()[count:] if "kmsg" in line]


def test_a_gpu_that_fell_off_keeps_its_name_in_the_log(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    watch.next()
    shows(bed, tuple(gpu for gpu in gpus.eight() if gpu.index != 4))
    watch.next(ask=True)
    bed.says("kmsg", gpus.kmsg((700, 86399.0, FALLEN)))
    assert [event.component for event in watch.next("ssh:kernel", ask=True).events] == ["gpu4"]


def test_lines_of_the_log_that_look_like_its_end_do_not_end_it(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.says("kmsg", gpus.kmsg((5, 86399.0, "NVRM: end"), (6, 86399.1, FALLEN)))
    assert len(watching().next("ssh:kernel").events) == 1
