"""Places on the map: the same each time, nobody over anybody, nobody moved by a newcomer."""

from dataclasses import replace

import numpy as np
import sample_fleet
from hypothesis import given
from hypothesis import strategies as st

from noc_console.model.fleet import Device, Inventory, Rack, Site
from widgets.canvas.tier_layout import Form, arrange, natural

ROLES = ("core", "spine", "leaf", "gpu-server", "pdu", "cooling", "cell-site", "edge")


def fleet(devices: dict[str, tuple[str, str | None]]) -> Inventory:
    racks = {f"r{n}": Rack(name=f"r{n}", site="s", row="AB"[n % 2], position=n, cooling=("cool",)) for n in range(4)}
    made = {name: Device(name=name, address="x", role=role, site="s", rack=rack) for name, (role, rack) in devices.items()}
    return Inventory(sites={"s": Site(name="s", title="S")}, racks=racks, devices=made)


fleets = st.dictionaries(
    st.from_regex(r"[a-c][0-9]{1,2}", fullmatch=True),
    st.tuples(st.sampled_from(ROLES), st.sampled_from([None, "r0", "r1", "r2", "r3"])),
    min_size=1,
    max_size=40,
)


def overlapping(arrangement) -> list[tuple[str, str]]:
    low, high = arrangement.centre - arrangement.size / 2, arrangement.centre + arrangement.size / 2
    inside = (low[:, None] < high[None] - 0.01).all(axis=2) & (low[None] < high[:, None] - 0.01).all(axis=2)
    np.fill_diagonal(inside, False)
    return [(arrangement.names[i], arrangement.names[j]) for i, j in np.argwhere(inside)]


@given(fleets)
def test_every_device_has_a_place_of_its_own(devices):
    inventory = fleet(devices)
    arrangement = arrange(inventory)
    assert set(arrangement.names) == set(devices)
    assert not overlapping(arrangement)


@given(fleets)
def test_the_same_fleet_is_laid_out_the_same(devices):
    assert arrange(fleet(devices)).places() == arrange(fleet(devices)).places()


@given(fleets, fleets)
def test_a_new_device_moves_nobody(devices, more):
    before = arrange(fleet(devices)).places()
    both = {**more, **devices}
    if len(both) > 2 * len(devices):
        return
    after = arrange(fleet(both), before).places()
    assert {name: after[name] for name in devices} == {name: before[name] for name in devices}


def test_a_new_server_takes_a_free_place_in_its_rack():
    inventory = sample_fleet.inventory()
    before = arrange(inventory).places()
    devices = {**inventory.devices, "gpu-0001b": replace(inventory.devices["gpu-0001"], name="gpu-0001b")}
    arrangement = arrange(replace(inventory, devices=devices), before)
    assert not overlapping(arrangement)
    band = next(b for b in arrangement.bands if b.name == "h1-a01")
    x, y = arrangement.centre[arrangement.index["gpu-0001b"]]
    assert band.x < x < band.x + band.width
    assert band.y < y < band.y + band.height


def test_places_of_another_fleet_are_not_kept():
    arrangement = arrange(sample_fleet.inventory(), {"other-1": (5000.0, 5000.0), "core-1": (5000.0, 5000.0)})
    assert arrangement.centre.max() < 5000


def test_tiers_stand_below_each_other_and_telecom_beside():
    arrangement = arrange(sample_fleet.inventory())
    where = dict(zip(arrangement.names, arrangement.centre.tolist(), strict=True))
    assert where["core-1"][1] < where["spine-1"][1] < where["leaf-01"][1] < where["gpu-0001"][1]
    assert where["router-1"][1] < where["access-12"][1] < where["cell-1"][1]
    assert arrangement.form[arrangement.index["gpu-0001"]] == Form.CELL
    assert arrangement.form[arrangement.index["crac-1"]] == Form.BOX


def test_names_sort_as_people_count():
    assert sorted(["leaf-10", "leaf-2", "leaf-1"], key=natural) == ["leaf-1", "leaf-2", "leaf-10"]
