"""`nvidia-smi --query-gpu=… --format=csv`: the values of every poll, mapped by the header's names, in any order."""

from collections.abc import Callable
from functools import lru_cache, partial
from math import isnan
from operator import itemgetter

import numpy as np

from collectors.parsers.cells import given, number, pci_bus_id, refusal, text_cell, yes_or_no
from collectors.parsers.parsed import MOST_BYTES, Parsed
from collectors.parsers.throttle import from_mask, reason_name
from noc_console.model.poll import Layout
from noc_console.text import clean

MOST_GPUS = 256
MOST_LINES = 4096
MOST_KNOWN = 1024
"""Characters of a row whose cells are remembered; a hostile one is read anew each time."""
MOST_MASK = 64
MOST_HEADER = 32_768
"""Characters; all fields of driver 610 together are 7,639. What was read of a header is kept, so it is bounded."""

# fmt: off
PLAIN_FIELDS = (
    "index", "pci.bus_id", "uuid", "serial", "name", "temperature.gpu", "power.draw", "enforced.power.limit",
    "utilization.gpu", "memory.used", "memory.total", "clocks.sm", "clocks.mem", "fan.speed",
    "clocks_throttle_reasons.active", "ecc.errors.corrected.aggregate.total", "ecc.errors.uncorrected.aggregate.total",
    "ecc.errors.uncorrected.volatile.total", "retired_pages.pending", "pcie.link.gen.current", "pcie.link.width.current",
    "pcie.link.gen.max", "pcie.link.width.max", "clocks.max.sm",
)
"""What drivers from 384 to 610 know. One field that a driver does not know makes nvidia-smi refuse them all (`unknown-field`)."""

AMPERE_FIELDS = (
    *PLAIN_FIELDS, "temperature.memory", "remapped_rows.correctable", "remapped_rows.uncorrectable", "remapped_rows.pending",
    "remapped_rows.failure",
)
"""What drivers know as well from about 455 on, the first for GPUs that replace rows of their memory."""
# fmt: on

FIELDS = (*AMPERE_FIELDS, "temperature.gpu.tlimit")
"""What newer drivers (about 535 and later) know as well: ask these first, then the shorter ones after an `unknown-field`."""

# Field → (metric, unit of a cell that carries none). From `nvidia-smi --help-query-gpu` of 590 and 610, with the older names.
_METRICS = {
    "temperature.gpu": ("temperature_celsius", "C"),
    "temperature.memory": ("memory_temperature_celsius", "C"),
    "temperature.gpu.tlimit": ("temperature_limit_margin_celsius", "C"),
    "power.draw": ("power_watts", "W"),
    "enforced.power.limit": ("power_limit_watts", "W"),
    "gpu.power.current_limit": ("power_limit_watts", "W"),
    "utilization.gpu": ("utilization_percent", "%"),
    "memory.used": ("memory_used_bytes", "MiB"),
    "memory.total": ("memory_total_bytes", "MiB"),
    "clocks.sm": ("sm_clock_hertz", "MHz"),
    "clocks.current.sm": ("sm_clock_hertz", "MHz"),
    "clocks.mem": ("memory_clock_hertz", "MHz"),
    "clocks.current.memory": ("memory_clock_hertz", "MHz"),
    "fan.speed": ("fan_speed_percent", "%"),
    "ecc.errors.corrected.aggregate.total": ("ecc_corrected_total", ""),
    "ecc.errors.uncorrected.aggregate.total": ("ecc_uncorrected_total", ""),
    "ecc.errors.uncorrected.volatile.total": ("ecc_uncorrected_since_load_total", ""),
    "remapped_rows.correctable": ("remapped_rows_corrected_total", ""),
    "remapped_rows.uncorrectable": ("remapped_rows_uncorrected_total", ""),
    "remapped_rows.pending": ("row_remap_pending", ""),
    "remapped_rows.failure": ("row_remap_failure", ""),
    "pcie.link.gen.current": ("pcie_link_generation", ""),
    "pcie.link.gen.gpucurrent": ("pcie_link_generation", ""),
    "pcie.link.width.current": ("pcie_link_width", ""),
    "pcie.link.gen.max": ("pcie_link_generation_max", ""),
    "pcie.link.width.max": ("pcie_link_width_max", ""),
    "clocks.max.sm": ("sm_clock_max_hertz", "MHz"),
}
# Where the field above is not asked for, or not given: A100, T4 and 2080 have no average power, only instant.
_INSTEAD = {
    "power.draw.instant": ("power_watts", "W"),
    "power.draw.average": ("power_watts", "W"),
    "power.limit": ("power_limit_watts", "W"),
    # Up to Volta whole pages are retired where later ones replace a row: both wait for the GPU to be reset.
    "retired_pages.pending": ("row_remap_pending", ""),
}
_FACTS = {
    "uuid": "uuid",
    "gpu_uuid": "uuid",
    "serial": "serial",
    "gpu_serial": "serial",
    "name": "product",
    "gpu_name": "product",
}
_BUS = ("pci.bus_id", "gpu_bus_id")
_MASKS = ("clocks_throttle_reasons.active", "clocks_event_reasons.active")
_STATES = ("row_remap_pending", "row_remap_failure")


class Columns:
    """What each column of one header is. Made once for a header."""

    __slots__ = ("bus", "cells", "count", "facts", "index", "instead", "mask", "metrics", "read", "reasons", "told")

    def __init__(self, header: str) -> None:
        names = [name.strip() for name in header.split(",")]
        plain = [name.partition(" [")[0] for name in names]
        units = [name.partition(" [")[2].rstrip("]") for name in names]
        self.count = len(names)
        self.metrics: list[tuple[int, str, str]] = []
        self.instead: list[tuple[int, int, str, bool]] = []
        taken: dict[str, int] = {}
        for known in (_METRICS, _INSTEAD):
            for position, name in enumerate(plain):
                metric, unit = known.get(name, ("", ""))
                if metric and metric not in taken:
                    taken[metric] = len(self.metrics)
                    self.metrics.append((position, metric, units[position] or unit))
                elif metric:
                    self.instead.append((taken[metric], position, units[position] or unit, metric in _STATES))
        self.facts = [(position, _FACTS[name]) for position, name in enumerate(plain) if name in _FACTS]
        self.index = next((position for position, name in enumerate(plain) if name == "index"), None)
        self.bus = next((position for position, name in enumerate(plain) if name in _BUS), None)
        self.cells = [(position, unit, metric in _STATES) for position, metric, unit in self.metrics]
        self.read = [(position, _reader(unit, metric in _STATES)) for position, metric, unit in self.metrics]
        told = (*(position for position, _ in self.facts), *(() if self.bus is None else (self.bus,)))
        self.told = itemgetter(*told, *told[:1]) if told else None  # the first once more: of one it would give no tuple
        self.mask = next((position for position, name in enumerate(plain) if name in _MASKS), None)
        found = ((position, reason_name(name)) for position, name in enumerate(plain))
        self.reasons = [(position, reason) for position, reason in found if reason]

    @property
    def is_known(self) -> bool:
        """Whether this is a header of the tool at all."""
        return bool(self.metrics or self.facts or self.index is not None)


@lru_cache(maxsize=64)
def _columns(header: str) -> Columns:
    return Columns(header)


@lru_cache(maxsize=256)
def _layout(header: str, components: tuple[str, ...]) -> Layout:
    metrics = [metric for _, metric, _ in _columns(header).metrics]
    return Layout.of((component, metric) for component in components for metric in metrics)


def parse(text: str) -> Parsed:
    """The GPUs of one output. The layout is the same for the same header and GPUs, whatever is N/A. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    lines = [line for whole in text.split("\n", MOST_LINES)[:MOST_LINES] if (line := whole.strip())]
    start = next(
        (i for i, line in enumerate(lines[:8]) if "," in line and len(line) <= MOST_HEADER and _columns(line).is_known), None
    )
    if start is None:
        problem, detail = refusal(text)
        return Parsed(
            problem=problem or ("not-this-tool" if lines else "empty"), detail=detail or clean(" ".join(lines[:2]), 200)
        )
    header, columns = lines[start], _columns(lines[start])
    split = [_cells(line, columns.count) for line in lines[start + 1 : start + 1 + MOST_GPUS]]
    rows = [cells for cells in split if len(cells) == columns.count]
    problem, detail = _problem(lines[:start] + [", ".join(cells) for cells in split if len(cells) != columns.count], bool(rows))
    components = _components(rows, columns)
    layout = _layout(header, components)
    short = all(len(line) <= MOST_KNOWN for line in lines[start + 1 : start + 1 + MOST_GPUS])
    return Parsed(
        problem=problem,
        detail=detail,
        components=components,
        layout=layout,
        values=_values(rows, columns, short=short),
        texts=_texts(rows, columns, components),
        facts={component: _facts(cells, columns, short=short) for component, cells in zip(components, rows, strict=True)},
    )


def _cells(line: str, count: int) -> list[str]:
    """The cells of a row as nvidia-smi parts them, or as anybody might."""
    cells = line.split(", ")
    return cells if len(cells) == count else [cell.strip() for cell in line.split(",")]


def _problem(others: list[str], has_rows: bool) -> tuple[str, str]:
    """What the lines that are no rows say: a GPU that cannot be asked, or a row that was cut off."""
    # "WARNING: infoROM is corrupted at gpu …" stands behind an output that is whole.
    others = [line for line in others if not line.lower().startswith("warning:")]
    # A row's own cells may say "[GPU is lost]": that is its value, no sentence about the output.
    problem, detail = refusal("\n".join(line for line in others if ", [" not in line))
    if not problem and not has_rows:
        return "no-gpu", ""
    if not problem and others:
        return "truncated", clean(others[0], 200)
    return problem, detail


def _components(rows: list[list[str]], columns: Columns) -> tuple[str, ...]:
    """`gpu0`… by the index that the tool gives; by their order where it gives none, or the same twice."""
    at = columns.index
    return _named(tuple([row[at] for row in rows])) if at is not None else _in_order(len(rows))


@lru_cache(maxsize=256)
def _in_order(count: int) -> tuple[str, ...]:
    return tuple(f"gpu{position}" for position in range(count))


def _named(numbers: tuple[str, ...]) -> tuple[str, ...]:
    if sum(map(len, numbers)) > MOST_KNOWN:
        return _in_order(len(numbers))
    return _known_names(numbers)


@lru_cache(maxsize=1024)
def _known_names(numbers: tuple[str, ...]) -> tuple[str, ...]:
    if all(text.isascii() and text.isdigit() and len(text) < 5 for text in numbers):
        names = tuple(f"gpu{int(text)}" for text in numbers)
        if len(set(names)) == len(names):
            return names
    return _in_order(len(numbers))


def _values(rows: list[list[str]], columns: Columns, *, short: bool) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if short:
        values = np.array([read(cells[at]) for cells in rows for at, read in columns.read], dtype=np.float64)
    else:
        values = np.array(
            [_read(cells[at], unit, state) for cells in rows for at, unit, state in columns.cells], dtype=np.float64
        )
    for column, at, unit, state in columns.instead:
        for row, cells in enumerate(rows):
            if isnan(values[row * len(columns.cells) + column]):
                values[row * len(columns.cells) + column] = _read(cells[at], unit, state)
    values.setflags(write=False)
    return values


def _read(cell: str, unit: str, is_state: bool) -> float:
    return yes_or_no(given(cell)) if is_state else number(given(cell), unit)


@lru_cache(maxsize=64)
def _reader(unit: str, is_state: bool) -> Callable[[str], float]:
    """Reads the short cells of a column: most cells of a fleet are the same few texts, poll for poll."""
    return lru_cache(maxsize=4096)(partial(_read, unit=unit, is_state=is_state))


def _texts(rows: list[list[str]], columns: Columns, components: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    mask, texts = columns.mask, []
    for component, cells in zip(components, rows, strict=True):
        reasons = _of_mask(cells[mask][:MOST_MASK]) if mask is not None else _single(cells, columns)
        if reasons is not None:
            texts.append((component, "throttle_reasons", reasons))
    return tuple(texts)


@lru_cache(maxsize=512)
def _of_mask(cell: str) -> str | None:
    reasons = from_mask(given(cell))
    return None if reasons is None else ",".join(reasons)


def _single(cells: list[str], columns: Columns) -> str | None:
    """Reasons from a column each; None if none of them was given."""
    states = [(reason, yes_or_no(given(cells[position]))) for position, reason in columns.reasons]
    known = [(reason, state) for reason, state in states if state in (0.0, 1.0)]
    return ",".join(reason for reason, state in known if state and reason != "gpu_idle") if known else None


def _facts(cells: list[str], columns: Columns, *, short: bool) -> dict[str, str]:
    if columns.told is None:
        return {}
    return (_known_facts if short else _facts_of)(columns.told(cells), columns)


def _facts_of(told: tuple[str, ...], columns: Columns) -> dict[str, str]:
    facts = {fact: text_cell(cell) for cell, (_, fact) in zip(told, columns.facts, strict=False)}
    if columns.bus is not None:
        facts["pci_bus_id"] = pci_bus_id(given(told[len(columns.facts)])) or ""
    return {name: value for name, value in facts.items() if value}


_known_facts = lru_cache(maxsize=8192)(_facts_of)
"""A thousand servers' GPUs say who they are with every poll."""
