import numpy as np

from collectors.simulator.plan import Plan
from collectors.simulator.world import World, daily_wave

BEGIN = 1_795_000_000.0


def run(world: World, seconds: float) -> None:
    world.advance(world.now + seconds)


def test_the_same_seed_gives_the_same_fleet(plan: Plan) -> None:
    one, two, other = (World(plan, BEGIN, seed=seed) for seed in (3, 3, 4))
    for world in (one, two, other):
        run(world, 60)
    assert np.array_equal(one.physics.gpu_celsius, two.physics.gpu_celsius)
    assert np.array_equal(one.network.counters.in_octets, two.network.counters.in_octets)
    assert not np.array_equal(one.physics.gpu_celsius, other.physics.gpu_celsius)


def test_another_run_is_another_boot_even_with_the_same_seed(plan: Plan) -> None:
    one, two = World(plan, BEGIN), World(plan, BEGIN)
    assert one.hosts["gpu-0001"].boot_id != two.hosts["gpu-0001"].boot_id


def test_time_may_come_in_any_pieces(plan: Plan) -> None:
    one, two = World(plan, BEGIN), World(plan, BEGIN)
    run(one, 30)
    for _ in range(60):
        two.advance(two.now + 0.5 if two.now % 1 else two.now + 1.0)
        if two.now >= one.now:
            break
    assert np.array_equal(one.physics.gpu_watts, two.physics.gpu_watts)


def test_a_calm_hour_stays_within_the_recommended_envelope(world: World) -> None:
    hottest = []
    for _ in range(60):
        run(world, 60)
        assert world.physics.inlet.min() > 18.0
        assert world.physics.inlet.max() < 26.5
        hottest.append(world.physics.gpu_celsius.max())
        assert not world.physics.slowed.any()
    assert 50.0 < max(hottest) < 80.0


def test_in_a_calm_hour_coolers_and_leaks_take_the_heat_that_is_made(world: World) -> None:
    physics = world.physics
    made = taken = 0.0
    before = physics.aisle.copy()
    for _ in range(1200):
        run(world, 1)
        made += float(physics.row_watts.sum())
        taken += float(physics.cooler_heat[physics.row_cooler].sum() + (physics.leak * (physics.aisle - physics.room)).sum())
    stored = float((physics.mass * (physics.aisle - before)).sum())
    assert abs(made - taken - stored) < 0.01 * made


def test_without_its_cooler_a_row_warms_by_about_two_degrees_a_minute_and_others_hardly(world: World) -> None:
    physics = world.physics
    mine = physics.row_of_rack == 0
    before, others = physics.inlet[mine].copy(), physics.inlet[~mine].copy()
    physics.cooler_on[physics.coolers.index(physics.rows[0])] = False
    last = before.mean()
    for _ in range(8):
        run(world, 15)
        assert physics.inlet[mine].mean() > last
        last = physics.inlet[mine].mean()
    assert 1.3 < (last - before.mean()) / 2.0 < 2.2
    assert abs(physics.inlet[~mine] - others).max() < 1.0


def test_limits_are_crossed_within_minutes_of_a_cooler_failure_and_it_recovers_after_repair(world: World) -> None:
    physics = world.physics
    cooler = physics.coolers.index(physics.rows[0])
    mine = physics.row_of_rack == 0
    physics.cooler_on[cooler] = False
    run(world, 15)
    assert physics.cooler_fan[cooler] == 0.0
    run(world, 165)
    assert physics.inlet[mine].max() > 27.0
    run(world, 300)
    assert physics.inlet[mine].max() > 32.0
    physics.cooler_on[cooler] = True
    run(world, 900)
    assert physics.inlet.max() < 25.5


def test_a_clogged_server_runs_its_fans_at_full_speed_and_then_slows_down(world: World) -> None:
    physics = world.physics
    server = world.server_at["gpu-0030"]
    before = physics.gpu_celsius.copy()
    physics.clogging[server] = True
    run(world, 420)
    assert physics.fan[server] > 0.97
    assert physics.slowed[server].any()
    assert physics.gpu_celsius[server].max() > before[server].max() + 15
    others = np.arange(len(physics.servers)) != server
    assert abs(physics.gpu_celsius[others] - before[others]).mean() < 8
    physics.clogging[server] = False
    run(world, 300)
    assert not physics.slowed[server].any()
    assert physics.gpu_celsius[server].max() < 75


def test_power_follows_load_and_stays_under_its_limit(world: World) -> None:
    physics = world.physics
    for _ in range(30):
        run(world, 60)
        assert (physics.gpu_watts <= physics.power_limit).all()
        assert (physics.gpu_watts > 0).all()
    busy, idle = physics.utilisation > 0.7, physics.utilisation < 0.1
    share = physics.gpu_watts / physics.power_limit
    assert share[busy].min() > 0.4
    assert not idle.any() or share[idle].max() < 0.6


def test_a_racks_power_is_shared_by_the_feeds_that_live(world: World) -> None:
    rack = world.rack["h1-a03"]
    both = [world.pdu_watts[name] for name in rack.power]
    assert both[0] == both[1] > 5000
    world.fail(rack.power[1])
    run(world, 2)
    assert world.pdu_watts[rack.power[1]] == 0.0
    assert world.pdu_watts[rack.power[0]] > 1.8 * both[0]


def test_what_one_uplink_loses_the_other_carries(world: World) -> None:
    network = world.network
    run(world, 5)
    left = network.place["leaf-03", "Ethernet34"]
    before = network.in_rate[left]
    world.fail("spine-1")
    run(world, 5)
    assert network.in_rate[network.place["leaf-03", "Ethernet33"]] == 0.0
    assert 1.6 < network.in_rate[left] / before < 2.4


def test_people_use_the_network_least_before_dawn_and_most_in_the_evening() -> None:
    at = [daily_wave(hour * 3600.0, 0.0) for hour in range(24)]
    assert min(at) > 0
    assert max(at) < 1.1
    assert 2 <= at.index(min(at)) <= 6
    assert 15 <= at.index(max(at)) <= 22
    assert daily_wave(0.0, 9.0) == at[9]
