"""The SSH collector against a real sshd: what it gives when all is well."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from collectors.parsers.nvidia_smi_xml import parse
from collectors.ssh.tools import EVERY
from noc_console.model.poll import PollRequest
from tests.collectors.ssh.conftest import Watch, inventory_of, shows
from tests.servers import gpus
from tests.servers.sshd import SshBed, make_proc

pytestmark = pytest.mark.server("sshd")


def value(result, component: str, metric: str) -> float:
    return float(result.values[result.layout.index[component, metric]])


def test_one_poll_gives_eight_gpus_and_the_host(watching: Callable[..., Watch]) -> None:
    result = watching().next()
    assert result.error is None
    assert result.incomplete == ()
    assert [value(result, f"gpu{i}", "temperature_celsius") for i in range(8)] == [40 + i for i in range(8)]
    assert value(result, "gpu3", "power_watts") == 120.5
    assert value(result, "", "uptime_seconds") == 86400
    assert value(result, "", "memory_total_bytes") == 2113929216 * 1024
    assert value(result, "eth0", "in_octets_total") == 123456789
    assert value(result, "eth0", "out_discards_total") == 5
    assert ("lo", "in_octets_total") not in result.layout.index
    assert math.isnan(value(result, "", "cpu_utilization_percent"))
    assert result.facts is not None
    assert result.facts["gpu2"]["pci_bus_id"] == gpus.Gpu(index=2).bus_id
    assert result.facts[""]["sysName"] == "gpu-0001"
    assert result.due <= result.started <= result.finished
    assert result.interval == 60.0


def test_a_second_poll_has_the_same_layout_and_a_cpu_load(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    first = watch.next()
    make_proc(bed.folder / "proc", uptime=86410.0, busy=1500)
    second = watch.next(ask=True)
    assert second.layout is first.layout
    assert value(second, "", "cpu_utilization_percent") == 100.0
    assert second.facts is None
    assert not second.values.flags.writeable


def test_the_full_poll_gives_limits_and_facts(watching: Callable[..., Watch]) -> None:
    result = watching().next("ssh:full")
    assert result.error is None
    assert result.interval == 300.0
    assert result.facts is not None
    assert result.facts["gpu5"]["serial"] == gpus.Gpu(index=5).serial
    assert result.limits is not None
    assert set(result.limits) == {f"gpu{i}" for i in range(8)}
    assert value(result, "gpu1", "temperature_limit_margin_celsius") == 87 - 41


def test_a_gpu_that_is_gone_is_not_in_the_layout(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    watch.next()
    shows(bed, tuple(gpu for gpu in gpus.eight() if gpu.index != 5))
    result = watch.next(ask=True)
    assert {component for component, _ in result.layout.keys if component.startswith("gpu")} == {
        f"gpu{i}" for i in (0, 1, 2, 3, 4, 6, 7)
    }


def test_a_server_without_nvidia_smi_is_a_plain_server(bed: SshBed, watching: Callable[..., Watch]) -> None:
    # Not removed: a machine that has one of its own in its PATH would run that instead.
    (bed.folder / "bin" / "nvidia-smi").write_text("#!/bin/sh\necho 'sh: 1: nvidia-smi: not found' >&2\nexit 127\n")
    watch = watching()
    first = watch.next()
    assert first.error is None
    assert first.incomplete == ()
    assert value(first, "", "uptime_seconds") == 86400
    full = watch.of("ssh:full")[0] if watch.of("ssh:full") else watch.next("ssh:full")
    assert (full.error, len(full.layout)) == (None, 0)
    asked = sum("--query-gpu" in line for line in bed.asked())
    watch.next(ask=True)
    assert sum("--query-gpu" in line for line in bed.asked()) == asked


@pytest.mark.parametrize("how", ["deny", "noise", "fail"])
def test_where_csv_is_refused_xml_gives_the_values_at_that_pace(bed: SshBed, watching: Callable[..., Watch], how: str) -> None:
    bed.does("csv", how)
    watch = watching()
    first = watch.next()
    assert first.error is None
    assert value(first, "gpu7", "temperature_celsius") == 47
    second = watch.next(ask=True)
    assert second.layout is first.layout
    assert sum("--query-gpu" in line for line in bed.asked()) == 1


def test_a_driver_that_knows_fewer_fields_is_asked_for_fewer(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.says("csv", 'Field "temperature.gpu.tlimit" is not a valid field to query.\n')
    bed.exits(2)
    watch = watching()
    watch.next()
    fields = [line.count(",") for line in bed.ran("csv")]
    assert len(set(fields)) == 3
    assert fields == sorted(fields, reverse=True)


def test_only_fixed_commands_are_sent(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    watch.until(lambda watch: all(watch.of(source) for source in ("ssh", "ssh:full", "ssh:kernel")))
    assert set(bed.asked()) <= {command.line for command in EVERY}
    assert all("timeout -k 2" in line for line in bed.asked())


def test_a_beat_tells_of_the_polls(watching: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collectors.ssh.rounds.BEAT_S", 0.1)
    watch = watching()
    watch.until(lambda watch: len(watch.beats) >= 2 and watch.beats[-1].polls >= 1)
    beat = watch.beats[-1]
    assert (beat.collector, beat.devices, beat.failed, beat.late) == ("ssh", 1, 0, 0)
    assert watch.collector.beat().polls >= beat.polls


def test_drained_it_becomes_idle_and_starts_nothing(watching: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collectors.ssh.rounds.BEAT_S", 0.1)
    watch = watching()
    watch.next()
    watch.collector.drain()
    watch.until(lambda watch: watch.collector.idle() and watch.beats)
    before = len(watch.of("ssh"))
    watch.collector.ask(PollRequest(device="gpu-1", source="ssh", why="operator"))
    count = len(watch.beats)
    watch.until(lambda watch: len(watch.beats) > count + 1)
    assert len(watch.of("ssh")) == before


def test_many_servers_at_once(tmp_path: Path, watching: Callable[..., Watch], bed: SshBed) -> None:
    addresses = tuple(f"127.0.1.{number}" for number in range(1, 17))
    crowd = SshBed(tmp_path / "crowd", addresses=addresses)
    shows(crowd, gpus.eight())
    crowd.start()
    try:
        watch = watching(inventory_of(crowd, addresses), known_hosts=crowd.known_hosts)
        watch.until(lambda watch: all(watch.of("ssh", f"gpu-{number}") for number in range(1, 17)), 20.0)
        results = [watch.of("ssh", f"gpu-{number}")[0] for number in range(1, 17)]
        assert [result.error for result in results] == [None] * 16
        assert {(len(result.layout), result.incomplete) for result in results} == {(len(results[0].layout), ())}
        assert len({result.layout.number for result in results}) == 1
        assert np.isfinite(results[-1].values).sum() > 60
    finally:
        crowd.stop()


def test_a_gate_that_prints_one_xml_whatever_is_asked_still_shows_eight_gpus(bed: SshBed, watching: Callable[..., Watch]) -> None:
    (bed.folder / "gate").write_text(f"#!/bin/sh\ncat {bed.folder}/out/xml\n")
    watch = watching()
    result = watch.next()
    assert result.error is None
    assert value(result, "gpu7", "temperature_celsius") == 47
    assert result.incomplete == ("proc: unreadable",)
    assert watch.next("ssh:kernel", ask=True).error is None
    assert watch.next("ssh:full", ask=True).limits


def test_a_server_that_returns_is_looked_at_at_once(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.stop()
    watch = watching()
    watch.until(lambda watch: all(watch.of(source) for source in ("ssh", "ssh:full", "ssh:kernel")))
    bed.start()
    before = len(watch.of("ssh"))
    assert watch.next("ssh:kernel", ask=True).error is None
    watch.until(lambda watch: len(watch.of("ssh")) > before, 2.0)
    assert watch.of("ssh")[-1].error is None


@pytest.mark.recordings
def test_recorded_servers_come_through_the_wire_as_through_the_parser(
    bed: SshBed, watching: Callable[..., Watch], recordings: Path
) -> None:
    bed.does("csv", "deny")
    watch = watching()
    watch.until(lambda watch: watch.of("ssh") and watch.of("ssh:full"))
    for path in sorted((recordings / "gpu" / "nvidia-smi-xml").glob("*.xml")):
        text = path.read_bytes()
        parsed = parse(text.decode("utf-8", "replace"))
        (bed.folder / "out" / "xml").write_bytes(text)
        result = watch.next("ssh:full", ask=True)
        assert result.layout is parsed.layout, path.name
        assert np.array_equal(result.values, parsed.values, equal_nan=True), path.name
