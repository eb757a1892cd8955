"""Gear of several makers with very many sensors, by the tables of its profiles: objects of agents, whose values move."""

import random
from collections.abc import Iterator

from collectors.snmp import ber
from tests.servers.snmp_agent import Agent, Object

KINDS = ("cisco-nxos", "apc-pdu", "raritan-px", "rittal-cmc3", "eltek-enexus")
_SYSTEM = {
    "cisco-nxos": ("1.3.6.1.4.1.9.12.3.1.3.1812", "Cisco NX-OS(tm) n9000"),
    "apc-pdu": ("1.3.6.1.4.1.318.1.3.4.6", "APC Web/SNMP Management Card"),
    "raritan-px": ("1.3.6.1.4.1.13742.6", "Raritan PDU"),
    "rittal-cmc3": ("1.3.6.1.4.1.2606.7", "Rittal CMC III PU"),
    "eltek-enexus": ("1.3.6.1.4.1.12148.10", "ELTEK Power System"),
}
Cell = tuple[str, int | str]


def gear(kind: str, sensors: int) -> dict[str, Object]:
    """The objects of a device of this kind with at least so many sensors that are asked with every poll."""
    identifier, descr = _SYSTEM[kind]
    objects: dict[str, Object] = {
        "1.3.6.1.2.1.1.1.0": (ber.OCTET_STRING, descr.encode()),
        "1.3.6.1.2.1.1.2.0": (ber.OBJECT_IDENTIFIER, ber.oid(identifier)),
        "1.3.6.1.2.1.1.3.0": (ber.TIME_TICKS, 4200),
        "1.3.6.1.2.1.1.5.0": (ber.OCTET_STRING, kind.encode()),
    }
    for name, value in _CELLS[kind](sensors):
        objects[name] = (ber.INTEGER, value) if isinstance(value, int) else (ber.OCTET_STRING, value.encode())
    return objects


def _row(base: str, index: str, **columns: int | str) -> Iterator[Cell]:
    for column, value in columns.items():
        yield f"{base}.{column[1:]}.{index}", value


def _cisco(sensors: int) -> Iterator[Cell]:
    """A class, a scale, a precision and a status in each row."""
    for at in range(sensors):
        yield from _row(
            "1.3.6.1.4.1.9.9.91.1.1.1.1", str(1001 + at), c1=8 if at % 2 else 5, c2=9 if at % 2 else 8, c3=1, c4=251, c5=1
        )
        yield from _row("1.3.6.1.2.1.47.1.1.1.1", str(1001 + at), c2=f"Sensor {at}", c7=f"Sensor {at}")


def _apc(sensors: int) -> Iterator[Cell]:
    """Outlets: a state, a current and a power of each."""
    for at in range(1, sensors // 3 + 2):
        yield from _row("1.3.6.1.4.1.318.1.1.26.9.4.3.1", str(at), c2=1, c3=f"Outlet {at}", c4=at, c5=2, c6=31, c7=712)


def _raritan(sensors: int) -> Iterator[Cell]:
    """Outlets whose index ends with the kind; unit, decimals and status in each row."""
    kinds = ((1, 2, 3, 3102), (4, 1, 0, 230), (5, 3, 0, 712), (6, 4, 0, 730), (7, -1, 2, 98))
    for outlet in range(1, sensors // len(kinds) + 2):
        yield from _row("1.3.6.1.4.1.13742.6.3.5.3.1", f"1.{outlet}", c2=str(outlet), c3="")
        for kind, unit, digits, value in kinds:
            yield from _row("1.3.6.1.4.1.13742.6.3.5.4.1", f"1.{outlet}.{kind}", c6=unit, c7=digits)
            yield from _row("1.3.6.1.4.1.13742.6.5.4.3.1", f"1.{outlet}.{kind}", c2=1, c3=4, c4=value)


def _rittal(sensors: int) -> Iterator[Cell]:
    """Variables of devices: a value with a unit as text, and its status."""
    var = "1.3.6.1.4.1.2606.7.4.2.2.1"
    for device in range(1, sensors // 20 + 2):
        yield from _row("1.3.6.1.4.1.2606.7.4.1.2.1", str(device), c2="CMCIII-SEN", c3=f"Rack {device}", c6=2)
        for at in range(1, 20, 2):
            yield from _row(
                var, f"{device}.{at}", c3=f"Probe {at}.Value", c4=2, c5="°C", c6=2, c7=-10, c10="24.5 °C", c11=245, c14=2
            )
            yield from _row(var, f"{device}.{at + 1}", c3=f"Probe {at}.Status", c4=7, c5="", c6=4, c7=1, c10="OK", c11=4, c14=2)


def _eltek(sensors: int) -> Iterator[Cell]:
    """Rectifiers: a state, a current and a voltage of each."""
    for at in range(1, sensors // 3 + 2):
        yield from _row("1.3.6.1.4.1.12148.10.5.6.1", str(at), c2=1, c3=215, c4=230, c5="Flatpack2")


_CELLS = {"cisco-nxos": _cisco, "apc-pdu": _apc, "raritan-px": _raritan, "rittal-cmc3": _rittal, "eltek-enexus": _eltek}
_MOVING = {
    "cisco-nxos": ("1.3.6.1.4.1.9.9.91.1.1.1.1.4",),
    "apc-pdu": ("1.3.6.1.4.1.318.1.1.26.9.4.3.1.6", "1.3.6.1.4.1.318.1.1.26.9.4.3.1.7"),
    "raritan-px": ("1.3.6.1.4.1.13742.6.5.4.3.1.4",),
    "rittal-cmc3": ("1.3.6.1.4.1.2606.7.4.2.2.1.11",),
    "eltek-enexus": ("1.3.6.1.4.1.12148.10.5.6.1.3", "1.3.6.1.4.1.12148.10.5.6.1.4"),
}


def moving(kind: str, agent: Agent, rng: random.Random) -> None:
    """Let the measured values of an agent go up or down a little, as those of real gear do; states stay."""
    columns = tuple(ber.oid(column) for column in _MOVING[kind])
    for name, (tag, value) in list(agent.objects.items()):
        if name.startswith(columns) and isinstance(value, int) and value > 20:
            agent.objects[name] = (tag, value + rng.choice((-1, 0, 1)))
