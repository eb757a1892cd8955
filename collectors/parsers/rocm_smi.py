"""`rocm-smi --json`: AMD's GPUs, ROCm 4 to 6. Every value is text, and the keys change from release to release."""

import re
from collections.abc import Mapping
from math import isnan, nan

from collectors.parsers import json_text
from collectors.parsers.cells import number, pci_bus_id, text_cell
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import Parsed
from collectors.parsers.pcie import generation

MOST_GPUS = 256

# Metric → pattern of the keys that may hold it, in lower case, and the unit that the key names. The first number counts.
_KEYS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    # An edge sensor is not on MI200 and later: there the junction's is the GPU's.
    ("temperature_celsius", (r"temperature \(sensor edge\) \(c\)", r"temperature \(sensor junction\) \(c\)"), "C"),
    ("hotspot_temperature_celsius", (r"temperature \(sensor junction\) \(c\)",), "C"),
    ("memory_temperature_celsius", (r"temperature \(sensor memory\) \(c\)", r"temperature \(sensor hbm \d\) \(c\)"), "C"),
    ("power_watts", (r"(?:average|current socket) graphics package power \(w\)", r"(?:average|current) socket power \(w\)"), "W"),
    ("power_limit_watts", (r"max graphics package power \(w\)",), "W"),
    ("sm_clock_hertz", (r"sclk clock speed:?", r"sclk clock level:?"), ""),
    ("memory_clock_hertz", (r"mclk clock speed:?", r"mclk clock level:?"), ""),
    ("utilization_percent", (r"gpu use \(%\)",), "%"),
    ("memory_used_bytes", (r"vram total used memory \(b\)",), ""),
    ("memory_total_bytes", (r"vram total memory \(b\)",), ""),
    ("fan_speed_percent", (r"fan speed \(%\)",), "%"),
    ("pcie_replays_total", (r"pcie replay count",), ""),
)
_PATTERNS = tuple((metric, tuple(map(re.compile, keys)), unit) for metric, keys, unit in _KEYS)
_CLOCK = re.compile(r"(?:\d{1,3} )?\(([0-9.]{1,12})M[Hh]z\)|([0-9.]{1,12})M[Hh]z")
_LINK = re.compile(r"\(([0-9.]{1,6})GT/s x(\d{1,2})\)")
_CARD = re.compile(r"card(\d{1,3})\Z")
_FACTS = (
    ("serial", ("serial number",)),
    ("uuid", ("unique id",)),
    ("product", ("card series", "device name", "card model")),
)


def parse(text: str) -> Parsed:
    """The cards as `gpu0`…, by their own numbers. Any thread."""
    document, problem = json_text.read(text)
    if problem:
        return Parsed(problem=problem)
    found = Collected()
    cards = [(match, card) for name, card in json_text.table(document).items() if (match := _CARD.match(name))]
    for match, card in cards[:MOST_GPUS]:
        keys = {key.lower(): value for key, value in list(json_text.table(card).items())[:512]}
        _card(found, f"gpu{int(match[1])}", keys)
    found.fact("", "driver", text_cell(json_text.word(json_text.at(document, "system/Driver version"))))
    if not cards:
        return found.parsed("not-this-tool" if not found.facts else "no-gpu")
    return found.parsed()


def _card(found: Collected, gpu: str, keys: Mapping[str, object]) -> None:
    found.known(gpu)
    for metric, patterns, unit in _PATTERNS:
        found.put(gpu, metric, _value(keys, metric, patterns, unit))
    link = _LINK.search(json_text.word(keys.get("pcie clock level")))
    found.put(gpu, "pcie_link_generation", generation(number(link[1])) if link else nan)
    found.put(gpu, "pcie_link_width", float(link[2]) if link else nan)
    for fact, names in _FACTS:
        for name in names:
            word = text_cell(json_text.word(keys.get(name)))
            # A number of the PCI database is no product, and 0 no serial.
            if word not in ("", "0") and not (fact == "product" and word.startswith("0x")):
                found.fact(gpu, fact, word)
    found.fact(gpu, "pci_bus_id", pci_bus_id(json_text.word(keys.get("pci bus"))) or "")


def _value(keys: Mapping[str, object], metric: str, patterns: tuple[re.Pattern[str], ...], unit: str) -> float:
    for pattern in patterns:
        for key, value in keys.items():
            if pattern.fullmatch(key):
                read = _clock(value) if metric.endswith("hertz") else json_text.figure(value, unit)
                if not isnan(read):
                    return read
    return nan


def _clock(value: object) -> float:
    match = _CLOCK.fullmatch(json_text.word(value))
    return number(match[1] or match[2], "MHz") if match else nan
