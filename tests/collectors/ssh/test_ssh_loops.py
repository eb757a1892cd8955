"""The lasting loops: what is asked together goes together, what hangs holds up nothing else, and nothing is left behind."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from collectors.ssh.tool_watch import SILENT
from noc_console.model.poll import ErrorKind
from tests.collectors.ssh.conftest import Watch, inventory_of
from tests.servers.sshd import SshBed

pytestmark = pytest.mark.server("sshd")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines of a second, so that a hang is seen within a test."""
    monkeypatch.setattr("collectors.ssh.commands.Command.deadline_s", 1.0)


def silent_for(result) -> float:
    return float(result.values[result.layout.index["", SILENT]])


def loops_of(bed: SshBed) -> list[str]:
    """Command lines of processes of this bed's loops that run now."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"sh" in words[:1][0] and any(b"read -r asked" in word and str(bed.folder).encode() in word for word in words):
                found.append(folder.name)
    return found


def until(done: Callable[[], bool], seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)
    return done()


def test_regular_polls_open_no_channel_of_their_own(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    for _ in range(4):
        assert watch.next(ask=True).error is None
    lines = bed.asked()
    assert sum("read -r asked" in line for line in lines) == 2
    assert not any(line.startswith("LC_ALL=C timeout -k 2 8 nvidia-smi --query-gpu") for line in lines)


def test_the_kernel_log_is_asked_with_the_values(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching(inventory_of(bed, interval=5.0))
    watch.until(lambda w: len(w.of("ssh")) >= 2 and len(w.of("ssh:kernel")) >= 2, 15)
    values, log = watch.of("ssh")[1], watch.of("ssh:kernel")[1]
    assert abs(values.started - log.started) < 0.2


def test_a_loop_ends_with_its_connection(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    watch.next()
    assert loops_of(bed)
    watch.collector.stop()
    watch.collector.join(2.0)
    assert until(lambda: not loops_of(bed))


def test_where_loops_are_not_allowed_each_command_is_run_by_itself(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.does("stream", "deny")
    watch = watching()
    result = watch.next()
    assert (result.error, result.incomplete) == (None, ())
    assert watch.next("ssh:kernel", ask=True).error is None
    assert any(line.startswith("LC_ALL=C timeout -k 2 8 nvidia-smi --query-gpu") for line in bed.asked())


@pytest.mark.parametrize("how", ["hang", "noise", "flood", "trickle", "fail"])
def test_a_server_that_makes_something_else_of_a_loop_is_asked_command_by_command(
    bed: SshBed, watching: Callable[..., Watch], impatient: None, how: str
) -> None:
    bed.does("stream", how)
    watch = watching()
    result = watch.next()
    for _ in range(3):
        if result.error is None and not result.incomplete:
            break
        result = watch.next(ask=True)
    assert (result.error, result.incomplete) == (None, ())


def test_a_loop_that_was_killed_is_begun_anew_and_nobody_notices(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    watch.next()
    for pid in loops_of(bed):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), 9)
    assert until(lambda: not loops_of(bed))
    result = watch.next(ask=True)
    assert (result.error, result.incomplete) == (None, ())


@pytest.mark.parametrize("how", ["hang", "trickle"])
def test_a_tool_that_hangs_is_a_reading_and_is_over_when_it_answers(
    bed: SshBed, watching: Callable[..., Watch], impatient: None, how: str
) -> None:
    watch = watching()
    assert silent_for(watch.next()) == 0.0
    bed.does("csv", how)
    hung = watch.next(ask=True)
    assert hung.error is None
    assert silent_for(hung) >= 1.0
    assert ("", SILENT, "nvidia-smi") in hung.texts
    again = watch.next(ask=True)
    assert silent_for(again) > silent_for(hung)
    assert np.isfinite(again.values[again.layout.index["", "uptime_seconds"]])
    bed.does("csv", "")
    bed._end_gates()
    result = watch.next(ask=True)
    while result.incomplete or result.error:
        result = watch.next(ask=True)
    assert silent_for(result) == 0.0


def test_while_it_hangs_no_other_nvidia_smi_is_started(bed: SshBed, watching: Callable[..., Watch], impatient: None) -> None:
    watch = watching()
    watch.next()
    watch.next("ssh:full", ask=True)
    bed.does("csv", "hang")
    watch.next(ask=True)
    begun = len(bed.ran("csv")), sum("nvidia-smi -q -x" in line for line in bed.asked())
    for source in ("ssh", "ssh:full", "ssh"):
        watch.next(source, ask=True)
    assert (len(bed.ran("csv")), sum("nvidia-smi -q -x" in line for line in bed.asked())) == begun


def test_one_that_the_kernel_holds_is_left_alone_over_a_new_connection_too(
    bed: SshBed, watching: Callable[..., Watch], impatient: None
) -> None:
    ps = bed.folder / "bin" / "ps"
    ps.write_text("#!/bin/sh\necho 'nvidia-smi      D         61 nvidia_open'\n")
    ps.chmod(0o755)
    watch = watching()
    watch.next()
    bed.does("csv", "hang")
    watch.next(ask=True)
    bed.stop()
    assert watch.next(ask=True).error is not None
    begun = len(bed.ran("csv"))
    bed.start()
    result = watch.next(ask=True)
    while result.error is not None:
        result = watch.next(ask=True)
    assert result.incomplete == ("nvidia-smi-csv: still-running",)
    assert ("", SILENT, "nvidia-smi D nvidia_open") in result.texts
    assert len(bed.ran("csv")) == begun
    ps.write_text("#!/bin/sh\nexit 1\n")
    bed.does("csv", "")
    result = watch.next(ask=True)
    assert (result.incomplete, silent_for(result)) == ((), 0.0)


def test_a_flood_within_a_loop_is_cut_off_there(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    watch.next()
    bed.does("csv", "flood")
    result = watch.next(ask=True, seconds=15)
    assert result.error is None
    assert np.isfinite(result.values[result.layout.index["", "uptime_seconds"]])
    # what cannot be read that way is read from XML
    assert np.isfinite(result.values[result.layout.index["gpu7", "temperature_celsius"]])
    assert sum("nvidia-smi -q -x" in line for line in bed.asked()) >= 1
    bed.does("csv", "")
    assert watch.next(ask=True).incomplete == ()


def test_a_banner_is_no_answer_and_is_not_shown(tmp_path: Path, watching: Callable[..., Watch], bed: SshBed) -> None:
    (tmp_path / "banner").write_text("\x1b[31mgpu0, 99\nnoc 0 g 1\n" * 50)
    bed.stop()
    bed.more = f"Banner {tmp_path}/banner"
    bed.start()
    result = watching().next()
    assert (result.error, result.incomplete) == (None, ())
    assert not any("\x1b" in text for *_, text in result.texts)


def test_a_frozen_server_between_two_questions_is_unreachable(
    bed: SshBed, watching: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collectors.ssh.targets.TIMEOUT_S", 0.5)
    watch = watching()
    watch.next()
    watch.next(ask=True)
    bed.freeze()
    result = watch.next(ask=True)
    assert result.error is not None
    assert result.error.kind is ErrorKind.UNREACHABLE
    bed.freeze(thaw=True)


def test_keys_exchanged_anew_in_the_middle_lose_nothing(tmp_path: Path, watching: Callable[..., Watch], bed: SshBed) -> None:
    bed.stop()
    bed.more = "RekeyLimit 16K"
    bed.start()
    watch = watching()
    watch.until(lambda seen: any(result.error is None for result in seen.of("ssh")))
    for _ in range(12):
        result = watch.next(ask=True)
        assert (result.error, result.incomplete) == (None, ())
    assert watch.next("ssh:full", ask=True).error is None
