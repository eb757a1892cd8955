import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers import kernel_log, nvidia_smi_csv, nvidia_smi_xml
from collectors.simulator.layout import make_plan
from collectors.simulator.scenarios import Stage
from collectors.simulator.shell import run
from collectors.simulator.world import World
from collectors.ssh import commands, tools


def test_every_command_of_the_console_is_answered(world: World) -> None:
    present = [tool.command for tool in tools.EVERY_TOOL if tool.needs == commands.NVIDIA]
    ways = (*commands.CSV_WAYS, commands.GPU_XML, commands.HOST, *commands.KERNEL_WAYS, tools.TOOLS)
    for command in (*ways, *present):
        answer = run(world, "gpu-0001", command.line)
        assert answer.status in command.accepted, command.name
        assert answer.out, command.name
        assert not answer.error, command.name


def test_the_parsers_read_eight_gpus_with_all_values(world: World) -> None:
    for server in ("gpu-0001", "gpu-0030"):
        fast = nvidia_smi_csv.parse(run(world, server, commands.GPU_CSV.line).out)
        full = nvidia_smi_xml.parse(run(world, server, commands.GPU_XML.line).out)
        for found in (fast, full):
            values = dict(zip(found.layout.keys, found.values.tolist(), strict=True))
            assert len({component for component, _ in values}) == 8
            for gpu in range(8):
                assert 30 < values[f"gpu{gpu}", "temperature_celsius"] < 90
                assert 50 < values[f"gpu{gpu}", "power_watts"] < 700
        assert fast.facts is not None
        assert full.facts is not None
        assert len({fast.facts[f"gpu{gpu}"]["serial"] for gpu in range(8)}) == 8
        assert {gpu: facts["uuid"] for gpu, facts in fast.facts.items() if gpu} == {
            gpu: facts["uuid"] for gpu, facts in full.facts.items() if gpu
        }


def test_hopper_has_margins_and_ampere_absolute_limits(world: World) -> None:
    hopper = nvidia_smi_xml.parse(run(world, "gpu-0001", "nvidia-smi -q -x").out)
    ampere = nvidia_smi_xml.parse(run(world, "gpu-0030", "nvidia-smi -q -x").out)
    assert hopper.limits is not None
    assert ampere.limits is not None
    assert "temperature_limit_margin_celsius" in hopper.limits["gpu0"]
    assert ampere.limits["gpu0"]["temperature_celsius"]["major"] == 85.0


@pytest.mark.parametrize("command", commands.KERNEL_WAYS, ids=lambda command: command.name)
def test_a_lost_gpu_is_read_from_every_form_of_the_kernel_log(world: World, command: commands.Command) -> None:
    Stage(world).begin("gpu-lost")
    answer = run(world, "gpu-0011", command.line)
    lines = answer.out.splitlines()
    assert len(lines[0]) == 36
    assert lines[-1] == "end"
    events = kernel_log.parse(answer.out).events
    assert [event.code for event in events if event.kind == "xid"] == [79]
    assert events[0].pci_bus_id == "0000:9b:00"


def test_kmsg_records_count_through(world: World) -> None:
    Stage(world).begin("gpu-lost")
    records = run(world, "gpu-0011", "dd if=/dev/kmsg iflag=nonblock").out.splitlines()
    assert [int(record.split(",")[1]) for record in records] == list(range(len(records)))


def test_counters_of_proc_go_up(world: World) -> None:
    def counts() -> list[int]:
        stat = run(world, "gpu-0001", "cat /proc/stat").out.splitlines()[0].split()[1:]
        net = next(line for line in run(world, "gpu-0001", "cat /proc/net/dev").out.splitlines() if "eth0" in line)
        return [int(value) for value in (*stat, *net.split(":")[1].split())]

    last = counts()
    for _ in range(60):
        world.advance(world.now + 10)
        now = counts()
        assert all(a <= b for a, b in zip(last, now, strict=True))
        last = now


def test_an_unknown_field_ends_nvidia_smi_as_the_real_one(world: World) -> None:
    answer = run(world, "gpu-0001", "nvidia-smi --query-gpu=index,nonsense --format=csv")
    assert answer.status == 2
    assert 'Field "nonsense" is not a valid field' in answer.out


@pytest.mark.parametrize(
    "line",
    [
        "rm -rf /",
        "python3 -c 1",
        "",
        "sh -c",
        "nvidia-smi",
        "nvidia-smi --query-gpu",
        "cat /etc/shadow",
        "'",
        "| ;",
        "grep -E ( /proc/stat",
    ],
)
def test_nothing_else_runs_and_nothing_breaks(world: World, line: str) -> None:
    answer = run(world, "gpu-0001", line)
    assert answer.status != 0 or not answer.out


WORDS = st.sampled_from(
    [
        "nvidia-smi",
        "--query-gpu=index",
        "--query-gpu",
        "-q",
        "-x",
        "-L",
        "sh",
        "-c",
        "cat",
        "grep",
        "-v",
        "'(",
        "/proc/stat",
        "|",
        ";",
        "||",
        ">",
        "timeout",
        "-k",
        "2",
        "dmesg",
        "echo",
        "'",
        '"',
        "LC_ALL=C",
        "\\",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map(" ".join)))
def test_no_line_breaks_the_shell(line: str) -> None:
    answer = run(SMALL, "gpu-0001", line)
    assert isinstance(answer.out, str)
    assert 0 <= answer.status < 256


SMALL = World(make_plan(20), 1_795_000_000.0)
