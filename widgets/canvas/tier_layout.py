"""Where each device stands on the map: fabric in tiers, halls by row and rack below, the telecom branch beside. Pure; no Qt.

The same inventory gives the same result, and it is stable: what `remembered` names stays where it was, so a new device
moves nobody.
Units are pixels at scale 1.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from noc_console.model.fleet import Device, Inventory, Rack

FABRIC = ("core", "spine", "leaf")
TELECOM = ("router", "access", "olt", "cell-site")
CELLS = ("gpu-server", "server", "storage")
"""Roles drawn as cells in a rack, coloured by their inlet."""

NODE = (18.0, 16.0)
CELL = (38.0, 84.0)
CELLS_ABREAST = 4
RACK_WIDTH = CELLS_ABREAST * (CELL[0] + 3) + 9
BAR = ((RACK_WIDTH - 15) / 2, 15.0)
RACK_HEAD, RACK_FOOT = 20.0, 6.0
COOLER = (104.0, 96.0)
GAP = 14.0
TIER_STEP, TIER_PITCH, TIER_MOST, LINE_STEP = 50.0, 104.0, 10, 32.0
SITE_HEAD = 54.0
LABEL_ROOM = 60.0
"""Room right of a node for its name."""
HIGHER = 1.15
"""A column of sites may be this much higher than the first site."""
LABELS = 64.0
"""Room left of a block for the names of tiers and rows."""


Point = tuple[float, float]


class Form(IntEnum):
    """How a device is drawn."""

    NODE = 0
    CELL = 1
    BAR = 2
    BOX = 3


@dataclass(frozen=True, slots=True)
class Band:
    """A named strip or frame: (x, y, width, height). `kind` is `site`, `tier`, `row`, `rack`, `slot`.

    A slot is a device that stands in the rack and is drawn in its tier; `name` is its name.
    """

    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    site: str = ""
    key: str = ""
    """Under which its corner is remembered; empty for what follows from others."""


@dataclass(slots=True)
class Arrangement:
    """Places of all devices.

    Attributes
    ----------
    names : in the order of the arrays. index : name → position in them. site_of : site of each ("" for none).
    centre, size : (n, 2) float64. form : (n,) int8, of `Form`. rank : (n,) float64, who is labelled first (higher first).
    bands : strips and frames, drawn in this order.
    """

    names: list[str] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    site_of: list[str] = field(default_factory=list)
    centre: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2)))
    size: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2)))
    form: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, dtype=np.int8))
    rank: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    bands: list[Band] = field(default_factory=list)

    def bounds(self, site: str = "") -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of a site, or of everything."""
        of_site = [b for b in self.bands if b.kind == "site" and (not site or b.site == site)]
        chosen = np.array([not site or s == site for s in self.site_of], dtype=bool)
        edges = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in of_site]
        if chosen.any():
            low = (self.centre - self.size / 2)[chosen].min(axis=0) - GAP
            high = (self.centre + self.size / 2)[chosen].max(axis=0) + GAP
            edges.append((low[0], low[1], high[0], high[1]))
        if not edges:
            return 0.0, 0.0, 100.0, 100.0
        lows, highs = np.array(edges)[:, :2].min(axis=0), np.array(edges)[:, 2:].max(axis=0)
        return float(lows[0]), float(lows[1]), float(highs[0]), float(highs[1])

    def places(self) -> dict[str, tuple[float, float]]:
        """What to remember, so that nobody moves next time: names of devices, and keys of bands (`rack:…`, `tier:…`)."""
        found = {name: (float(x), float(y)) for name, (x, y) in zip(self.names, self.centre, strict=True)}
        found.update({b.key: (b.x, b.y) for b in self.bands if b.key})
        return found


def natural(name: str) -> list[tuple[int, int, str]]:
    """Key that sorts leaf-2 before leaf-10."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part]


@dataclass(slots=True)
class _Placing:
    """The arrangement while it grows. `floor` is below all that is remembered of the site in hand, None where nothing is."""

    inventory: Inventory
    remembered: Mapping[str, tuple[float, float]]
    floor: float | None = None
    device: list[tuple[Device, float, float, float, float, Form, float]] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)

    def put(self, device: Device, x: float, y: float, size: tuple[float, float], form: Form, rank: float) -> None:
        """Place a device, where it was if that is remembered."""
        x, y = self.remembered.get(device.name, (x, y))
        self.device.append((device, x, y, *size, form, rank))

    def fill(
        self,
        members: list[Device],
        slot: Callable[[int], Point],
        size: tuple[float, float],
        form: Form,
        rank: float,
    ) -> None:
        """Place devices in slots, in order; a new one among remembered ones takes the first slot that is free."""
        taken = [self.remembered[d.name] for d in members if d.name in self.remembered]
        n = 0
        for device in members:
            if device.name in self.remembered:
                self.put(device, 0.0, 0.0, size, form, rank)
                continue
            while any(abs(slot(n)[0] - x) < size[0] and abs(slot(n)[1] - y) < size[1] for x, y in taken):
                n += 1
            self.put(device, *slot(n), size, form, rank)
            n += 1

    def corner(self, key: str, x: float, y: float, height: float) -> tuple[float, float, bool]:
        """Corner of a band, and whether what follows stands below it: where it was; new among remembered ones, at the floor."""
        if key in self.remembered:
            return *self.remembered[key], True
        if self.floor is None:
            return x, y, True
        y, self.floor = self.floor, self.floor + height + GAP
        return x, y, False


def arrange(inventory: Inventory, remembered: Mapping[str, tuple[float, float]] | None = None) -> Arrangement:
    """Places for all devices of the inventory: sites in columns as high as the first, in the order of the inventory."""
    by_site: dict[str, list[Device]] = {site: [] for site in inventory.sites}
    for device in inventory.devices.values():
        by_site.setdefault(device.site or "", []).append(device)
    placing = _Placing(inventory, _trusted(inventory, remembered or {}))
    left = top = wide = highest = 0.0
    for site, devices in by_site.items():
        if not devices:
            continue
        width, height = _place_site(_Placing(inventory, {}), site, devices, 0.0, 0.0)
        highest = highest or height
        if top and top + height > HIGHER * highest:
            left, top, wide = left + wide + 4 * GAP, 0.0, 0.0
        _place_site(placing, site, devices, left, top)
        top, wide = top + height + 2 * GAP, max(wide, width)
    return _finished(placing)


def _trusted(inventory: Inventory, remembered: Mapping[str, tuple[float, float]]) -> Mapping[str, tuple[float, float]]:
    """Remembered places, unless they are those of another fleet."""
    known = sum(name in remembered for name in inventory.devices)
    return remembered if 2 * known >= len(inventory.devices) else {}


def _finished(placing: _Placing) -> Arrangement:
    rows = placing.device
    names = [device.name for device, *_ in rows]
    figures = np.array([row[1:5] for row in rows], dtype=np.float64).reshape(len(rows), 4)
    return Arrangement(
        names=names,
        index={name: i for i, name in enumerate(names)},
        site_of=[device.site or "" for device, *_ in rows],
        centre=figures[:, :2].copy(),
        size=figures[:, 2:].copy(),
        form=np.array([row[5] for row in rows], dtype=np.int8),
        rank=np.array([row[6] for row in rows], dtype=np.float64),
        bands=placing.bands,
    )


def _place_site(placing: _Placing, site: str, devices: list[Device], left: float, above: float) -> tuple[float, float]:
    """Place one site; gives its width and height."""
    racks = {name: rack for name, rack in placing.inventory.racks.items() if rack.site == site}
    coolers, racked, loose = _sorted_out(devices, racks)
    known = [placing.remembered[d.name][1] for d in devices if d.name in placing.remembered]
    placing.floor = max(known) + CELL[1] if known else None
    left, above = placing.remembered.get(f"site:{site}", (left, above))
    tiers, telecom = _tiers(loose, FABRIC), _tiers(loose, TELECOM)
    tiers += _tiers(loose, sorted({d.role for d in loose} - {*FABRIC, *TELECOM}))
    inner, top = left + LABELS, above + SITE_HEAD
    wide = max(_hall_width(racks, coolers), _tiers_width(tiers))
    first = len(placing.device)
    at = len(placing.bands)
    placing.bands.append(Band("site", site, left, above, 0, 0, site, f"site:{site}"))
    bottom = _place_tiers(placing, site, tiers, inner, wide, top)
    slots = {name: [d for d in loose if d.rack == name] for name in racks}
    _place_hall(placing, site, racks, coolers, _Racked(racked, slots), inner, bottom + GAP)
    if telecom:
        beside = inner + wide + 2 * GAP + LABELS if tiers or racks else inner
        _place_tiers(placing, site, telecom, beside, _tiers_width(telecom), top)
    width, height = _extent(placing, first, at, left, above)
    placing.bands[at] = replace(placing.bands[at], width=width, height=height)
    return width, height


def _extent(placing: _Placing, first: int, at: int, left: float, above: float) -> tuple[float, float]:
    """Width and height of what was placed since."""
    devices, bands = placing.device[first:], placing.bands[at:]
    rights = [x + w / 2 + (LABEL_ROOM if form is Form.NODE else 0) for _, x, _, w, _, form, _ in devices]
    rights += [band.x + band.width for band in bands]
    bottoms = [y + h / 2 for _, _, y, _, h, *_ in devices] + [band.y + band.height for band in bands]
    return max(rights) - left + GAP, max(bottoms) - above + GAP


def _sorted_out(devices: list[Device], racks: Mapping[str, Rack]) -> tuple[list[Device], dict[str, list[Device]], list[Device]]:
    """(coolers of the hall, rack → what stands in it, what belongs to tiers)."""
    cooling = {name for rack in racks.values() for name in rack.cooling}
    power = {name: rack.name for rack in racks.values() for name in rack.power}
    coolers, loose = [], []
    racked: dict[str, list[Device]] = {name: [] for name in racks}
    for device in sorted(devices, key=lambda d: natural(d.name)):
        rack = device.rack or power.get(device.name)
        if device.role in (*FABRIC, *TELECOM):
            loose.append(device)
        elif device.name in cooling or (device.role == "cooling" and racks):
            coolers.append(device)
        elif rack in racked:
            racked[rack].append(device)
        else:
            loose.append(device)
    return coolers, racked, loose


def _tiers(devices: list[Device], roles: Iterable[str]) -> list[tuple[str, list[Device]]]:
    tiers = [(role, [d for d in devices if d.role == role]) for role in roles]
    return [(role, members) for role, members in tiers if members]


def _abreast(count: int) -> int:
    lines = -(-count // TIER_MOST) if count <= 6 * TIER_MOST else 6
    return -(-count // lines)


def _tiers_width(tiers: list[tuple[str, list[Device]]]) -> float:
    return max([_abreast(len(members)) * TIER_PITCH for _, members in tiers], default=0.0)


def _place_tiers(
    placing: _Placing, site: str, tiers: list[tuple[str, list[Device]]], left: float, width: float, top: float
) -> float:
    """Tiers below each other, each spread over the width; gives the bottom."""
    for role, members in tiers:
        abreast = _abreast(len(members))
        lines = -(-len(members) // abreast)
        height = TIER_STEP - 16 + (lines - 1) * LINE_STEP
        key = f"tier:{site}:{role}"
        x, y, follows = placing.corner(key, left, top, height)
        placing.bands.append(Band("tier", role, x, y, width, height, site, key))
        placing.fill(members, _tier_slot(x, y, width, abreast, len(members)), NODE, Form.NODE, _rank(role))
        top = y + height + 16 if follows else top
    return top


def _tier_slot(left: float, top: float, width: float, abreast: int, count: int) -> Callable[[int], Point]:
    """Middle of each place of a tier; the last line is spread over the width as well."""

    def slot(n: int) -> tuple[float, float]:
        line, column = divmod(n, abreast)
        here = abreast if (line + 1) * abreast <= count or n >= count else count - line * abreast
        return left + (column + 0.5) * width / here, top + 17 + line * LINE_STEP

    return slot


def _rank(role: str) -> float:
    order = ("core", "router", "spine", "olt", "leaf", "access", "cell-site")
    return 100.0 - order.index(role) if role in order else 50.0


def _rows(racks: Mapping[str, Rack]) -> dict[tuple[str, str], list[Rack]]:
    rows: dict[tuple[str, str], list[Rack]] = {}
    for rack in sorted(racks.values(), key=lambda r: (natural(r.room), natural(r.row), r.position or 0, natural(r.name))):
        rows.setdefault((rack.room, rack.row), []).append(rack)
    return rows


def _hall_width(racks: Mapping[str, Rack], coolers: list[Device]) -> float:
    widest = max([len(row) for row in _rows(racks).values()], default=0)
    return widest * (RACK_WIDTH + GAP) + (COOLER[0] + GAP if coolers else 0) + 2 * GAP if racks else 0.0


@dataclass(frozen=True, slots=True)
class _Racked:
    """What stands in each rack: drawn there, and (slots) drawn in the tiers."""

    members: Mapping[str, list[Device]]
    slots: Mapping[str, list[Device]]


def _rack_height(members: list[Device], slots: list[Device]) -> float:
    cells = sum(d.role in CELLS for d in members)
    bars = len(members) - cells + len(slots)
    return RACK_HEAD + -(-cells // CELLS_ABREAST) * (CELL[1] + 3) + -(-bars // 2) * (BAR[1] + 3) + RACK_FOOT


def _place_hall(
    placing: _Placing,
    site: str,
    racks: Mapping[str, Rack],
    coolers: list[Device],
    racked: _Racked,
    left: float,
    top: float,
) -> float:
    """Rows of racks below each other, each with its coolers at the left; gives the bottom."""
    width = _hall_width(racks, coolers)
    placed: set[str] = set()
    for (room, row), line in _rows(racks).items():
        mine = [d for d in coolers if d.name not in placed and any(d.name in rack.cooling for rack in line)]
        placed |= {d.name for d in mine}
        heights = [_rack_height(racked.members[rack.name], racked.slots[rack.name]) for rack in line]
        height = max([*heights, len(mine) * (COOLER[1] + 4)]) + 2 * GAP
        key = f"row:{site}:{room}:{row}"
        x, y, follows = placing.corner(key, left, top, height)
        placing.bands.append(Band("row", row, x, y, width, height, site, key))
        for n, cooler in enumerate(mine):
            middle = y + GAP + COOLER[1] / 2 + n * (COOLER[1] + 4)
            placing.put(cooler, x + GAP + COOLER[0] / 2, middle, COOLER, Form.BOX, 60.0)
        first = x + GAP + (COOLER[0] + GAP if coolers else 0)
        for n, rack in enumerate(line):
            _place_rack(placing, rack, racked, (first + n * (RACK_WIDTH + GAP), y + GAP), height - 2 * GAP)
        top = y + height + GAP if follows else top
    rest = [d for d in coolers if d.name not in placed]
    for n, cooler in enumerate(rest):
        placing.put(cooler, left + GAP + COOLER[0] / 2 + n * (COOLER[0] + GAP), top + COOLER[1] / 2, COOLER, Form.BOX, 60.0)
    return top + (COOLER[1] + GAP if rest else 0)


def _place_rack(placing: _Placing, rack: Rack, racked: _Racked, corner: tuple[float, float], height: float) -> None:
    key = f"rack:{rack.name}"
    x, y = placing.remembered.get(key, corner)
    placing.bands.append(Band("rack", rack.name, x, y, RACK_WIDTH, height, rack.site, key))
    members = racked.members[rack.name]
    cells = [d for d in members if d.role in CELLS]
    bars = [d for d in members if d.role not in CELLS]
    placing.fill(cells, _cell_slot(x + 6, y + RACK_HEAD), CELL, Form.CELL, 20.0)
    below = y + RACK_HEAD + -(-len(cells) // CELLS_ABREAST) * (CELL[1] + 3)
    bar_slot = _bar_slot(x + 6, below)
    placing.fill(bars, bar_slot, BAR, Form.BAR, 30.0)
    for n, device in enumerate(racked.slots[rack.name], len(bars)):
        middle = bar_slot(n)
        placing.bands.append(Band("slot", device.name, middle[0] - BAR[0] / 2, middle[1] - BAR[1] / 2, *BAR, rack.site))


def _cell_slot(left: float, top: float) -> Callable[[int], Point]:
    def slot(n: int) -> tuple[float, float]:
        line, column = divmod(n, CELLS_ABREAST)
        return left + column * (CELL[0] + 3) + CELL[0] / 2, top + line * (CELL[1] + 3) + CELL[1] / 2

    return slot


def _bar_slot(left: float, top: float) -> Callable[[int], Point]:
    def slot(n: int) -> tuple[float, float]:
        line, column = divmod(n, 2)
        return left + column * (BAR[0] + 3) + BAR[0] / 2, top + line * (BAR[1] + 3) + BAR[1] / 2

    return slot
