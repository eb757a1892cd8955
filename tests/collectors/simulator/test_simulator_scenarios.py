from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from collectors.simulator.plan import Plan
from collectors.simulator.scenarios import FLAP_DOWN, FLAP_UP, LOST_GPU, SCENARIOS, Stage
from collectors.simulator.shell import run
from collectors.simulator.world import World

NAMES = (
    "cooler-failure",
    "rack-power",
    "one-feed",
    "spine-lost",
    "fibre-cut",
    "access-lost",
    "flapping-optic",
    "gpu-lost",
    "clogged-fan",
    "row-remap",
    "ecc",
    "throttle-power",
    "pcie-narrow",
    "hung-tool",
    "nvlink-errors",
)


def pass_by(stage: Stage, seconds: int) -> None:
    for _ in range(seconds):
        stage.world.advance(stage.world.now + 1)
        stage.tick(stage.world.now)


def silent(world: World, protocol: str = "snmp") -> set[str]:
    names = world.device if protocol == "snmp" else world.server_at
    return {name for name in names if not world.answers(name, protocol)}


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


@pytest.fixture
def broken(stage: Stage) -> Callable[[str], Stage]:
    def begin(name: str) -> Stage:
        stage.begin(name)
        pass_by(stage, 5)
        return stage

    return begin


def test_these_are_the_scenarios() -> None:
    assert tuple(SCENARIOS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_after_its_repair_everything_is_as_before(broken: Callable[[str], Stage], name: str) -> None:
    stage = broken(name)
    pass_by(stage, 30)
    assert stage.repair() == (name,)
    pass_by(stage, 60)
    world = stage.world
    assert not silent(world)
    assert not silent(world, "ssh")
    assert world.network.lit.all()
    assert world.physics.present.all()
    assert not world.network.sick.any()
    assert world.physics.cooler_on.all()
    assert not stage.active


@pytest.mark.parametrize("name", NAMES)
def test_its_target_is_in_the_plan(world: World, plan: Plan, name: str) -> None:
    device = SCENARIOS[name].target(world).partition(":")[0]
    assert device in world.device or device in world.rack


def test_it_begins_fifteen_seconds_after_the_fleet_was_first_whole(world: World) -> None:
    stage = Stage(world, "spine-lost")
    pass_by(stage, 60)
    assert not stage.active
    stage.whole(world.now)
    pass_by(stage, 14)
    assert not stage.active
    stage.whole(world.now)
    pass_by(stage, 1)
    assert list(stage.active) == ["spine-lost"]


def test_one_that_waits_is_forgotten_with_a_repair(world: World) -> None:
    stage = Stage(world, "spine-lost")
    stage.repair()
    stage.whole(world.now)
    pass_by(stage, 30)
    assert not stage.active


def test_an_unknown_scenario_is_refused(world: World) -> None:
    with pytest.raises(KeyError):
        Stage(world, "meteorite")


def test_a_rack_without_power_is_dark_with_all_in_it(broken: Callable[[str], Stage], plan: Plan) -> None:
    world = broken("rack-power").world
    inside = {device.name for device in plan.devices if device.rack == "h1-a02"}
    assert len(inside) == 7
    assert silent(world) == inside
    assert silent(world, "ssh") == {name for name in inside if name.startswith("gpu-")}


def test_one_dead_feed_takes_nothing_but_its_pdu(broken: Callable[[str], Stage]) -> None:
    assert silent(broken("one-feed").world) == {"pdu-h1-a03-b"}


def test_a_lost_spine_takes_its_neighbours_ports_down_but_nobody_with_it(broken: Callable[[str], Stage]) -> None:
    world = broken("spine-lost").world
    assert silent(world) == {"spine-1"}
    assert not world.network.oper[world.network.place["leaf-01", "Ethernet33"]]
    assert world.network.oper[world.network.place["leaf-01", "Ethernet34"]]


def test_a_cut_fibre_is_down_at_both_ends_and_everything_is_reached_the_other_way(broken: Callable[[str], Stage]) -> None:
    world = broken("fibre-cut").world
    assert not silent(world)
    link = np.nonzero(~world.network.lit)[0]
    assert len(link) == 1
    assert not world.network.oper[[world.network.a[link[0]], world.network.b[link[0]]]].any()


def test_a_lost_access_switch_takes_its_cell_sites_and_not_those_of_the_ring(broken: Callable[[str], Stage]) -> None:
    assert silent(broken("access-lost").world) == {"access-2", "cell-201", "cell-202", "cell-203", "cell-204"}


def test_a_flapping_optic_toggles_slower_than_a_poll_counts_errors_and_receives_little(broken: Callable[[str], Stage]) -> None:
    assert min(FLAP_UP, FLAP_DOWN) > 30.0
    stage = broken("flapping-optic")
    network = stage.world.network
    port = network.place["leaf-04", "Ethernet34"]
    errors = int(network.counters.in_errors[port])
    states = []
    for _ in range(300):
        pass_by(stage, 1)
        states.append(bool(network.oper[port]))
    turns = sum(a is not b for a, b in pairwise(states))
    assert 5 <= turns <= 8
    assert int(network.counters.in_errors[port]) > errors + 1000
    assert network.rx_dbm(port) < -12.0


def test_a_lost_gpu_is_told_by_the_kernel_and_gone_from_nvidia_smi_until_the_reboot(broken: Callable[[str], Stage]) -> None:
    stage = broken("gpu-lost")
    world = stage.world
    boot = run(world, "gpu-0011", "cat /proc/sys/kernel/random/boot_id").out
    assert "79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus." in run(world, "gpu-0011", "dmesg").out
    assert len(run(world, "gpu-0011", "nvidia-smi --query-gpu=index --format=csv,noheader").out.split()) == 7
    assert "GPU is lost" in run(world, "gpu-0011", "nvidia-smi -q -x").out
    stage.repair()
    pass_by(stage, 5)
    assert silent(world, "ssh") == {"gpu-0011"}
    assert not silent(world)
    pass_by(stage, 60)
    assert run(world, "gpu-0011", "cat /proc/sys/kernel/random/boot_id").out != boot
    assert float(run(world, "gpu-0011", "cat /proc/uptime").out.split()[0]) < 120
    assert "Xid" not in run(world, "gpu-0011", "dmesg").out
    indices = run(world, "gpu-0011", "nvidia-smi --query-gpu=index --format=csv,noheader").out.split()
    assert indices[LOST_GPU] == str(LOST_GPU)


def test_two_can_be_on_at_once_and_one_repair_ends_both(stage: Stage) -> None:
    stage.begin("spine-lost")
    stage.begin("one-feed")
    stage.begin("one-feed")
    assert set(stage.repair()) == {"spine-lost", "one-feed"}
    pass_by(stage, 60)
    assert not silent(stage.world)


def test_counters_never_go_back_but_where_a_device_started_anew(stage: Stage) -> None:
    world = stage.world
    stage.begin("fibre-cut")
    stage.begin("flapping-optic")
    stage.begin("rack-power")
    counters = world.network.counters
    last = counters.in_octets.copy()
    for _ in range(120):
        pass_by(stage, 1)
        assert (counters.in_octets >= last).all()
        last = counters.in_octets.copy()
    assert (last > 0).mean() > 0.9
    stage.repair()
    pass_by(stage, 60)
    rebooted = world.network.span("leaf-02")
    others = np.ones(len(last), dtype=bool)
    for name in ("leaf-02", "gpu-0005", "gpu-0006", "gpu-0007", "gpu-0008"):
        others[world.network.span(name)] = False
    assert (counters.in_octets[others] >= last[others]).all()
    assert counters.in_octets[rebooted].max() < last[rebooted].max()
    assert world.uptime("leaf-02") < 120
