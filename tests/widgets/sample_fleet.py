"""A small made fleet for tests of the window: 45 devices, links, values over two hours, alarms of all kinds and states.

`mirror()` is the copy that views read; `broken=False` gives a calm night. No thread, no clock, no random numbers.
"""

from dataclasses import replace
from functools import cache

import numpy as np
from PySide6.QtCore import QSettings

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.changes import (
    Changes,
    CollectorState,
    DeviceState,
    Known,
    LinkState,
    Row,
    Snapshot,
    SourceState,
    StoreState,
)
from noc_console.model.fleet import Collect, CollectorPlace, Device, End, Inventory, Link, Rack, Site
from noc_console.model.poll import Layout, Neighbour
from noc_console.model.severity import OperatorState, Severity
from widgets.view import Selection, ViewContext

NOW = 1795002904.0
"""2026-11-18 13:15:04 in Hanoi."""
BROKE = NOW - 370.0
"""When crac-1 stopped."""
STEP = 60.0
STEPS = 120


def _device(name, role, site, rack=None, unit=None, **more):
    protocol = "ssh" if role in ("gpu-server", "storage") else "snmp"
    collect = {protocol: Collect(protocol=protocol, credential="x", address="127.0.0.1", port=161, interval=30.0)}
    return Device(name=name, address=f"127.1.0.{len(name)}", role=role, site=site, rack=rack, unit=unit, collect=collect, **more)


@cache
def inventory() -> Inventory:
    """Two sites; hall 1 in Hanoi with two rows, a telecom branch in Seoul."""
    sites = {
        "hanoi": Site(name="hanoi", title="Hanoi", timezone="Asia/Ho_Chi_Minh", latitude=21.03, longitude=105.85),
        "seoul": Site(name="seoul", title="Seoul", timezone="Asia/Seoul", latitude=37.56, longitude=126.98),
    }
    racks = {}
    for row in "ab":
        for n in range(1, 5):
            name = f"h1-{row}0{n}"
            racks[name] = Rack(
                name=name,
                site="hanoi",
                room="hall-1",
                row=row.upper(),
                position=n,
                units=48,
                power=(f"pdu-{row}0{n}-a", f"pdu-{row}0{n}-b") if n < 3 else (),
                cooling=("crac-1",) if row == "a" else ("crac-2",),
            )
    racks["s1-c01"] = Rack(name="s1-c01", site="seoul", room="hall-c", row="C", position=1)
    devices = [_device(f"core-{n}", "core", "hanoi", "h1-b04", 40 + n) for n in (1, 2)]
    devices += [_device(f"spine-{n}", "spine", "hanoi", "h1-b04", 30 + n) for n in (1, 2, 3, 4)]
    devices += [_device(f"leaf-0{n}", "leaf", "hanoi", "h1-a04" if n < 5 else "h1-b04", 20 + n) for n in range(1, 9)]
    for n in range(1, 13):
        row = "a" if n <= 6 else "b"
        devices.append(
            _device(f"gpu-{n:04d}", "gpu-server", "hanoi", f"h1-{row}0{(n - 1) % 3 + 1}", 4 * ((n - 1) % 6) + 1, height=4)
        )
    devices += [_device(f"crac-{n}", "cooling", "hanoi") for n in (1, 2)]
    devices += [
        _device(f"pdu-{row}0{n}-{feed}", "pdu", "hanoi", f"h1-{row}0{n}") for row in "ab" for n in (1, 2) for feed in "ab"
    ]
    devices += [
        _device("ups-1", "ups", "hanoi"),
        _device("storage-2", "storage", "seoul", "s1-c01", 10, height=2),
        _device("olt-3", "olt", "seoul", "s1-c01", 30),
        _device("access-12", "access", "seoul"),
        _device("router-1", "router", "seoul", "s1-c01", 40),
        *(_device(f"cell-{n}", "cell-site", "seoul") for n in range(1, 5)),
    ]
    return Inventory(
        sites=sites,
        collectors={
            "hanoi-1": CollectorPlace(name="hanoi-1", site="hanoi"),
            "seoul-1": CollectorPlace(name="seoul-1", site="seoul"),
        },
        racks=racks,
        devices={d.name: d for d in devices},
        links=tuple(Link(a=a, b=b) for a, b in _ends()),
    )


def _ends():
    for spine in range(1, 5):
        for core in (1, 2):
            yield End(device=f"core-{core}", port=f"Ethernet{spine}"), End(device=f"spine-{spine}", port=f"Ethernet{48 + core}")
        for leaf in range(1, 9):
            yield End(device=f"spine-{spine}", port=f"Ethernet{leaf}"), End(device=f"leaf-0{leaf}", port=f"Ethernet{48 + spine}")
    for n in range(1, 13):
        yield End(device=f"leaf-0{(n - 1) % 8 + 1}", port=f"Ethernet{n}"), End(device=f"gpu-{n:04d}", port="eth0")
    yield End(device="core-1", port="Ethernet31"), End(device="router-1", port="xe-0/0/0")
    yield End(device="router-1", port="xe-0/0/1"), End(device="olt-3", port="uplink")
    yield End(device="router-1", port="xe-0/0/2"), End(device="access-12", port="Gi0/1")
    for n in range(1, 5):
        yield End(device="access-12", port=f"Gi0/{n + 1}"), End(device=f"cell-{n}", port="wan")


# ---------------------------------------------------------------- values
GPU_METRICS = ("temperature_celsius", "power_watts", "utilization_percent", "sm_clock_hertz", "temperature_limit_margin_celsius")
GPU_LAYOUT = Layout.of(
    [
        ("inlet", "temperature_celsius"),
        ("", "cpu_utilization_percent"),
        ("", "uptime_seconds"),
        ("", "reachable"),
        *((f"gpu{g}", metric) for g in range(8) for metric in GPU_METRICS),
    ]
)
SWITCH_LAYOUT = Layout.of(
    [
        ("", "uptime_seconds"),
        ("", "reachable"),
        ("cpu", "temperature_celsius"),
        *(
            (f"Ethernet{p}", metric)
            for p in (1, 2, 49)
            for metric in ("oper_status", "admin_status", "speed_bits_per_second", "in_octets_total", "out_octets_total")
        ),
    ]
)
COOLER_LAYOUT = Layout.of([("fan", "fan_speed_rpm"), ("supply", "temperature_celsius"), ("return", "temperature_celsius")])
PDU_LAYOUT = Layout.of([("feed", "voltage_volts"), ("feed", "current_amperes"), ("", "power_watts")])


def _heat(n: int, at: float, broken: bool) -> float:
    """Degrees above normal: row A without its cooler rises by 1.6 °C a minute."""
    return max(at - BROKE - 30.0, 0.0) / 60.0 * 1.6 if broken and n <= 6 else 0.0


def _gpu_values(n: int, at: float, broken: bool):
    heat, wave = _heat(n, at, broken), np.sin(at / 300.0 + n)
    values = [23.2 + 0.4 * wave + heat, 30.0 + 5 * wave, at - NOW + 900_000.0, 1.0]
    for g in range(8):
        busy = 35.0 if (n == 10) else 62.0 + (n * 7 + g * 3) % 9
        temperature = busy + wave + heat * 1.1
        values += [temperature, 300.0 + temperature * 4, 90.0 + wave, 1.7e9, 87.0 - temperature]
    return values


def _row(device: str, role: str, at: float, broken: bool) -> Row:
    n = int("".join(c for c in device if c.isdigit()) or 0)
    source, interval, layout = "snmp", 30.0, SWITCH_LAYOUT
    if role == "gpu-server":
        source, interval, layout, values = "ssh", 10.0, GPU_LAYOUT, _gpu_values(n, at, broken)
    elif role == "cooling":
        stopped = broken and n == 1 and at >= BROKE
        layout = COOLER_LAYOUT
        values = [0.0 if stopped else 1180.0, 31.0 if stopped else 19.4, 33.0 if stopped else 27.0]
    elif role in ("pdu", "ups"):
        lost = broken and device == "pdu-b02-b" and at >= NOW - 120
        layout, values = PDU_LAYOUT, [0.0 if lost else 230.4, 0.0 if lost else 12.1, 0.0 if lost else 2790.0]
    else:
        values = [at - NOW + 8.2e6, 1.0, 41.0]
        for port in (1, 2, 49):
            values += [0.0 if broken and device == "leaf-07" and port == 2 else 1.0, 1.0, 1e11, at * 1e6, at * 2e6]
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    rates = np.full(len(array), np.nan)
    for i, (_, metric) in enumerate(layout.keys):
        if metric.endswith("_total"):
            rates[i] = 1e9 * (1 + i % 3)
    return Row(device=device, source=source, time=at, interval=interval, layout=layout, values=array, rates=rates)


SILENT = ("access-12", "cell-1", "cell-2", "cell-3", "cell-4")


def rows(at: float, broken: bool = True) -> tuple[Row, ...]:
    """The newest row of each device at a time; those that do not answer keep an old one."""
    made = []
    for name, device in inventory().devices.items():
        silent = broken and name in SILENT
        made.append(_row(name, device.role, min(at, NOW - 4260.0) if silent else at, broken))
    return tuple(made)


# ---------------------------------------------------------------- alarms
def _raise(number, device, component, kind, severity, ago, **more):
    found = inventory().devices.get(device) if device else None
    params = more.pop("params", {})
    return Alarm(
        id=number,
        device=device,
        component=component,
        type=kind,
        severity=severity,
        raised=NOW - ago,
        changed=NOW - ago,
        params=params,
        incident=number,
        announced=(NOW - ago + 5,) if severity.calls else (),
        site=found.site if found else "hanoi",
        room="hall-1" if found and found.rack else None,
        rack=found.rack if found else None,
        **more,
    )


def _taken(alarm: Alarm, who: str, note: str, ago: float) -> Alarm:
    return replace(alarm, state=OperatorState.ACKNOWLEDGED, state_by=who, state_at=NOW - ago, note=note, changed=NOW - ago)


def _cleared(alarm: Alarm, ago: float) -> Alarm:
    return replace(alarm, cleared=NOW - ago, changed=NOW - ago)


def _celsius(value, limit, metric="temperature_celsius"):
    return {"metric": metric, "value": value, "limit": limit}


def alarms() -> tuple[Alarm, ...]:
    """Thirty alarms: each type, each severity, needing someone, in hand, warnings, cleared."""
    s = Severity
    made = [
        _raise(147, "crac-1", "fan", "fan-stopped", s.CRITICAL, 370, params=_celsius(0.0, 900.0, "fan_speed_rpm")),
        _raise(148, "pdu-b02-b", "feed", "voltage-low", s.MAJOR, 120, params=_celsius(0.0, 207.0, "voltage_volts")),
        _taken(
            _raise(
                146,
                "gpu-0008",
                "gpu5",
                "xid",
                s.CRITICAL,
                1620,
                qualifier="79",
                params={
                    "xid": 79,
                    "text": "GPU has fallen off the bus",
                    "action": "reboot_then_rma",
                    "gpu": "gpu5",
                    "serial": "1652123000123",
                },
            ),
            "김민준",
            "드레인 중 draining",
            1500,
        ),
        _taken(
            _raise(
                143,
                "access-12",
                "",
                "unreachable",
                s.MAJOR,
                4260,
                params={"protocol": "snmp", "reason": "timeout", "misses": 3, "last_answer": NOW - 4260},
            ),
            "Bảo",
            "đã cử đội đi, crew 14:40",
            4000,
        ),
        _taken(
            _raise(
                140, "gpu-0011", "", "host-key-changed", s.MAJOR, 10380, params={"reason": "host-key-changed", "protocol": "ssh"}
            ),
            "Lan",
            "asking",
            9000,
        ),
        _taken(
            _raise(
                150,
                "leaf-07",
                "Ethernet2",
                "port-down",
                s.MINOR,
                1080,
                params={"neighbour": "gpu-0010", "neighbour_port": "eth0"},
            ),
            "Lan",
            "",
            900,
        ),
        _raise(
            151,
            "gpu-0005",
            "inlet",
            "temperature-high",
            s.MAJOR,
            60,
            params=_celsius(32.4, 32.0),
            symptom_of=147,
            why="cooled by crac-1",
        ),
        _raise(152, "gpu-0001", "inlet", "temperature-high", s.WARNING, 200, params=_celsius(31.2, 27.0), symptom_of=147),
        _raise(
            153,
            "gpu-0003",
            "gpu6",
            "temperature-high",
            s.MINOR,
            50,
            params=_celsius(9.0, 10.0, "temperature_limit_margin_celsius"),
        ),
        _raise(
            154, "gpu-0012", "", "auth-failed", s.MINOR, 5400, qualifier="ssh", params={"protocol": "ssh", "reason": "refused"}
        ),
        _taken(
            _raise(155, "olt-3", "", "bad-reply", s.MINOR, 2100, qualifier="snmp", params={"reason": "truncated"}),
            "김민준",
            "",
            2000,
        ),
        _taken(_raise(156, "storage-2", "", "credential-missing", s.MAJOR, 8000, qualifier="ssh"), "Bảo", "hỏi quản trị", 7900),
        _raise(157, "gpu-0004", "", "source-silent", s.WARNING, 1300, qualifier="ssh:full", params={"source": "ssh:full"}),
        _raise(158, "leaf-03", "PSU 2", "state-bad", s.WARNING, 7100, params={"metric": "state", "value": 1, "text": "degraded"}),
        _raise(159, "gpu-0009", "gpu2", "gpu-lost", s.CRITICAL, 30, params={"gpu": "gpu2", "serial": "165200777"}),
        _taken(
            _raise(
                160,
                "gpu-0002",
                "gpu7",
                "gpu-missing",
                s.MAJOR,
                9900,
                params={"expected": 8, "found": 7, "serial": "165200888", "gpu": "gpu7"},
            ),
            "Nguyễn Thị Lan",
            "RMA 4711",
            9000,
        ),
        _raise(
            161,
            None,
            "seoul-1",
            "collector-late",
            s.MINOR,
            600,
            params={"collector": "seoul-1", "behind_seconds": 24.0, "late": 12},
        ),
        _raise(162, "ups-1", "battery", "temperature-high", s.INDETERMINATE, 700, params=_celsius(41.0, 40.0)),
        replace(
            _taken(
                _raise(163, "spine-2", "cpu", "temperature-high", s.MAJOR, 3000, params=_celsius(71.0, 60.0)),
                "Lan",
                "watching",
                2500,
            ),
            worse_again=True,
        ),
    ]
    made += [
        _raise(
            170 + n,
            f"gpu-{n + 1:04d}",
            "",
            "source-silent",
            s.WARNING,
            20000 + 500 * n,
            qualifier="ssh:full",
            params={"source": "ssh:full"},
        )
        for n in range(5)
    ]
    made += [
        _cleared(
            _taken(
                _raise(180, "pdu-a01-a", "feed", "voltage-low", s.MINOR, 2760, params=_celsius(205.0, 207.0, "voltage_volts")),
                "Lan",
                "one feed",
                2700,
            ),
            2000,
        ),
        _cleared(
            _raise(
                181,
                "leaf-05",
                "Ethernet1",
                "port-down",
                s.MAJOR,
                7000,
                params={"neighbour": "gpu-0005", "neighbour_port": "eth0"},
            ),
            6800,
        ),
        replace(
            _cleared(_raise(182, "leaf-06", "Ethernet1", "port-down", s.MINOR, 9000), 8000),
            state=OperatorState.CLOSED,
            state_by="김민준",
            state_at=NOW - 7000,
        ),
        _raise(183, "cell-1", "", "unreachable", s.MINOR, 4200, symptom_of=143, why="behind access-12"),
        _raise(184, "cell-2", "", "unreachable", s.MINOR, 4190, symptom_of=143, why="behind access-12"),
        _taken(_raise(185, "router-1", "", "unreachable", s.MINOR, 500, qualifier="ssh"), "Lan", "", 400),
    ]
    return tuple(made)


def calm_alarms() -> tuple[Alarm, ...]:
    """A quiet night: warnings, one cleared, one closed."""
    return tuple(
        a for a in alarms() if a.symptom_of is None and (a.severity is Severity.WARNING or a.cleared is not None) and a.id != 181
    )


def entries(of: tuple[Alarm, ...]) -> tuple[Entry, ...]:
    """What was noted of these alarms: raised, taken with a note, cleared, closed, a comment."""
    made: list[tuple[float, Alarm, EntryKind, str, str]] = []
    for a in of:
        made.append((a.raised, a, EntryKind.RAISED, "", ""))
        if a.state_by:
            at = (a.state_at or a.raised) if a.state is OperatorState.ACKNOWLEDGED else a.raised + 60
            made.append((at, a, EntryKind.ACKNOWLEDGED, a.state_by, a.note))
        if a.cleared is not None:
            made.append((a.cleared, a, EntryKind.CLEARED, "", ""))
        if a.state is OperatorState.CLOSED:
            made.append((a.state_at or 0.0, a, EntryKind.CLOSED, a.state_by, ""))
        if a.id == 146:
            made.append((NOW - 1400, a, EntryKind.COMMENTED, "Bảo", "Máy chủ đã rút khỏi hàng đợi. 작업 2개 이동"))
    made.sort(key=lambda m: m[0])
    return tuple(
        Entry(id=i, alarm=a.id, kind=kind, at=at, noted=at + 1, who=who, text=text, now=a.severity.word)
        for i, (at, a, kind, who, text) in enumerate(made, 1)
    )


# ---------------------------------------------------------------- whole states
def snapshot(broken: bool = True, at: float = NOW) -> Snapshot:
    """Everything at a moment."""
    fleet = inventory()
    standing = alarms() if broken else calm_alarms()
    return Snapshot(
        number=1,
        time=at,
        inventory=fleet,
        rows=rows(at, broken),
        devices=tuple(_state(name, broken, at) for name in fleet.devices),
        links=tuple(_link(i, link, broken, at) for i, link in enumerate(fleet.links)),
        known=tuple(_known(name, device.role, at) for name, device in fleet.devices.items()),
        alarms=standing,
        entries=entries(standing),
        collectors=(
            CollectorState(
                collector="hanoi-1",
                alive=True,
                last_beat=at - 1,
                devices=36,
                polls=5200,
                due=5200,
                failed=3,
                late=0,
                behind_seconds=0,
            ),
            CollectorState(
                collector="seoul-1",
                alive=not broken,
                last_beat=at - (40 if broken else 1),
                devices=9,
                polls=900,
                due=912,
                failed=12,
                late=12 if broken else 0,
                behind_seconds=24.0 if broken else 0.0,
            ),
        ),
        store=StoreState(last_commit=at - 1),
    )


def _state(name: str, broken: bool, at: float) -> DeviceState:
    silent = broken and name in SILENT
    source = SourceState(
        source="ssh" if name.startswith(("gpu", "storage")) else "snmp",
        interval=30.0,
        last_answer=NOW - 4260 if silent else at,
        last_poll=at,
        duration=0.12,
        misses=9 if silent else 0,
        error="unreachable" if silent else "",
        reason="timeout" if silent else "",
    )
    return DeviceState(device=name, reachable=not silent, since=at - 5000, sources={source.source: source})


def _link(i: int, link: Link, broken: bool, at: float) -> LinkState:
    down = broken and "leaf-07" in (link.a.device, link.b.device) and link.b.device == "gpu-0007"
    load = (i * 37 % 100) / 100
    nan = float("nan")
    return LinkState(
        a=link.a,
        b=link.b,
        planned=True,
        status="down" if down else "up",
        speed=1e11,
        load_ab=nan if down else load,
        load_ba=nan if down else load * 0.6,
        time=at,
        found_by="lldp",
    )


def _known(name: str, role: str, at: float) -> Known:
    facts = {"": {"sysDescr": f"made {role}", "serial": f"SN-{name}", "model": "X-1"}}
    limits, neighbours = {}, ()
    if role == "gpu-server":
        for g in range(8):
            facts[f"gpu{g}"] = {
                "product": "NVIDIA H100 80GB HBM3",
                "serial": f"1652{name[-4:]}{g}",
                "uuid": f"GPU-{g}",
                "pci_bus_id": f"0000:{g}3:00",
            }
            limits[f"gpu{g}"] = {"temperature_celsius": {"major": 85.0, "critical": 90.0}}
        limits["inlet"] = {"temperature_celsius": {"warning": 27.0, "major": 32.0}}
    elif role == "leaf":
        neighbours = (Neighbour(protocol="lldp", local_port="Ethernet49", remote_host="spine-1", remote_port="Ethernet1"),)
    elif role == "cooling":
        limits["fan"] = {"fan_speed_rpm": {"critical": 900.0}}
    return Known(
        device=name, source="ssh" if role == "gpu-server" else "snmp", facts=facts, limits=limits, neighbours=neighbours, time=at
    )


def mirror(broken: bool = True, *, curves: bool = True) -> Mirror:
    """The window's copy with two hours of curves, or without (quicker)."""
    made = Mirror()
    if not curves:
        made.start(snapshot(broken))
        return made
    made.start(replace(snapshot(broken, NOW - STEP * STEPS), alarms=(), entries=()))
    for step in range(STEPS):
        at = NOW - STEP * (STEPS - 1 - step)
        made.apply(Changes(number=made.number + 1, time=at, rows=rows(at, broken)))
    final = snapshot(broken)
    made.start(replace(final, number=made.number + 1))
    return made


class MadeHistory:
    """History from the sample itself."""

    def __init__(self, broken: bool = True) -> None:
        self.all = alarms() if broken else calm_alarms()

    def alarms(self, start, end):
        return [a for a in self.all if a.raised <= end and (a.cleared is None or a.cleared >= start)]

    def entries(self, start, end):
        return [e for e in entries(self.all) if start <= e.noted <= end]

    def readings(self, device, component, metric, start, end):
        times = np.arange(start, end, STEP)
        return times, 23.0 + np.sin(times / 300.0)


def context(
    of: Mirror | None = None, settings: QSettings | None = None, *, sent: list | None = None, opened: list | None = None
) -> ViewContext:
    """What a view is given; `sent` gathers commands, `opened` the views that were asked for."""
    return ViewContext(
        mirror=of if of is not None else mirror(),
        selection=Selection(),
        send=(sent if sent is not None else []).append,
        open_view=(opened if opened is not None else []).append,
        history=MadeHistory(),
        settings=settings or QSettings("/dev/null", QSettings.Format.IniFormat),
        clock=lambda: NOW,
        who=lambda: "Nguyễn Thị Lan",
    )
