"""`nvidia-smi -q -x`: everything that NVIDIA's driver tells of its GPUs, drivers 384 to 610.

Decided by tags, never by the DTD's number, which does not follow the driver. Every value is read by its own parent:
`used`, `total`, `power_draw` stand in several places of one GPU.
"""

import re
from functools import lru_cache
from math import isnan, nan
from xml.etree.ElementTree import Element, ParseError, XMLParser

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from collectors.parsers.cells import given, number, pci_bus_id, refusal, text_cell, yes_or_no
from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.model.poll import Layout
from noc_console.text import clean

MOST_GPUS = 256
MOST_MIG = 64

_PATHS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # metric, where it stands; the first that is given counts
    ("temperature_celsius", ("temperature/gpu_temp",)),
    ("temperature_limit_margin_celsius", ("temperature/gpu_temp_tlimit",)),
    ("memory_temperature_celsius", ("temperature/memory_temp",)),
    (
        "power_watts",
        (
            "gpu_power_readings/power_draw",
            "gpu_power_readings/average_power_draw",  # 570 and later; N/A on A100, T4, 2080, where only instant is given
            "gpu_power_readings/instant_power_draw",
            "power_readings/power_draw",  # up to 525
        ),
    ),
    (
        "power_limit_watts",
        ("gpu_power_readings/current_power_limit", "power_readings/enforced_power_limit", "power_readings/power_limit"),
    ),
    ("sm_clock_hertz", ("clocks/sm_clock",)),
    ("memory_clock_hertz", ("clocks/mem_clock",)),
    ("utilization_percent", ("utilization/gpu_util",)),
    ("memory_used_bytes", ("fb_memory_usage/used",)),
    ("memory_total_bytes", ("fb_memory_usage/total",)),
    ("fan_speed_percent", ("fan_speed",)),
    ("remapped_rows_uncorrected_total", ("remapped_rows/remapped_row_unc",)),
    ("remapped_rows_corrected_total", ("remapped_rows/remapped_row_corr",)),
    ("row_remap_pending", ("remapped_rows/remapped_row_pending",)),
    ("row_remap_failure", ("remapped_rows/remapped_row_failure",)),
    ("pcie_link_generation", ("pci/pci_gpu_link_info/pcie_gen/current_link_gen",)),
    ("pcie_link_width", ("pci/pci_gpu_link_info/link_widths/current_link_width",)),
    ("pcie_link_generation_max", ("pci/pci_gpu_link_info/pcie_gen/max_link_gen",)),
    ("pcie_link_width_max", ("pci/pci_gpu_link_info/link_widths/max_link_width",)),
    ("sm_clock_max_hertz", ("max_clocks/sm_clock",)),
    ("pcie_replays_total", ("pci/replay_counter",)),
)
_COMPUTED = ("ecc_uncorrected_total", "ecc_corrected_total", "ecc_uncorrected_since_load_total", "processes")
_GPU_METRICS = (*(metric for metric, _ in _PATHS), *_COMPUTED)
_MIG_METRICS = ("memory_used_bytes", "memory_total_bytes", "ecc_uncorrected_since_load_total")

# Counts of errors by the form that the GPU's generation has; what is in one group adds up.
_UNCORRECTED = (
    ("double_bit/total",),  # Volta and older: bits
    # Turing on: memory cells. From 570 on Ampere and newer the SRAM's stand in two.
    ("sram_uncorrectable", "sram_uncorrectable_parity", "sram_uncorrectable_secded", "dram_uncorrectable"),
)
_CORRECTED = (("single_bit/total",), ("sram_correctable", "dram_correctable"))

_TEMPERATURE_LIMITS = (
    # metric, level, where it stands. Absolute on Ampere and older, margins (negative: beyond) on Hopper, Ada, Blackwell.
    ("temperature_celsius", "major", ("gpu_temp_max_gpu_threshold", "gpu_temp_slow_threshold")),
    ("temperature_celsius", "critical", ("gpu_temp_slow_threshold", "gpu_temp_max_threshold")),
    ("memory_temperature_celsius", "major", ("gpu_temp_max_mem_threshold",)),
    ("temperature_limit_margin_celsius", "major", ("gpu_temp_max_gpu_tlimit_threshold", "gpu_temp_slow_tlimit_threshold")),
    ("temperature_limit_margin_celsius", "critical", ("gpu_temp_slow_tlimit_threshold", "gpu_temp_max_tlimit_threshold")),
)
_THROTTLE = (
    ("clocks_event_reasons", "clocks_event_reason_"),  # from 535
    ("clocks_throttle_reasons", "clocks_throttle_reason_"),
)
_START = re.compile(r"<\?xml|<!DOCTYPE nvidia_smi_log|<nvidia_smi_log")
_ROOT, _END = "<nvidia_smi_log", "</nvidia_smi_log>"
_NAME = "<process_name>"
# Expat refuses these; process names may hold them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")


_ENTITY = "<!ENTITY"
_BULK, _BULK_END = "<supported_clocks>", "</supported_clocks>"
MOST_KNOWN = 48
"""Characters of a cell whose value is remembered."""


def parse(text: str) -> Parsed:
    """The GPUs of one output, with their limits and facts. Cut off output gives no GPU at all, only the problem. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    root, problem, detail = _root(text)
    if root is None:
        return Parsed(problem=problem, detail=detail)
    gpus = root.findall("gpu")[:MOST_GPUS]
    if not gpus:
        return Parsed(problem="no-gpu", facts=_host_facts(root))
    shape = tuple(_mig_numbers(gpu) for gpu in gpus)
    components, layout = _layout(shape)
    values = np.array([value for gpu in gpus for value in _values(gpu)], dtype=np.float64)
    values.setflags(write=False)
    names = [f"gpu{position}" for position in range(len(gpus))]
    limits = {name: _limits(gpu) for name, gpu in zip(names, gpus, strict=True)}
    return Parsed(
        components=components,
        layout=layout,
        values=values,
        texts=tuple(
            (name, "throttle_reasons", ",".join(reasons))
            for name, gpu in zip(names, gpus, strict=True)
            if (reasons := _throttle_reasons(gpu)) is not None
        ),
        facts=_host_facts(root) | {name: _facts(gpu) for name, gpu in zip(names, gpus, strict=True)},
        limits={name: given_limits for name, given_limits in limits.items() if given_limits},
    )


def _root(text: str) -> tuple[Element | None, str, str]:
    """The document; or None with the problem and the words that did not fit."""
    start = _START.search(text)
    if start is None:
        problem, detail = refusal(text)
        return None, problem or ("not-this-tool" if text.strip() else "empty"), detail or clean(text, 200)
    end = text.rfind(_END)
    if end < start.start():
        # The exit status of a connection that broke says nothing (paramiko gives -1 without an error): the end does.
        return None, "truncated", clean(text[-200:], 200)
    document = _CONTROLS.sub("\ufffd", _without_bulk(text[start.start() : end + len(_END)]))
    try:
        root = _tree_or_last(document)
    except DefusedXmlException as error:
        return None, "forbidden-xml", type(error).__name__
    except ParseError as error:
        return None, "not-xml", clean(str(error), 200)
    return (root, "", "") if root.tag == "nvidia_smi_log" else (None, "not-this-tool", clean(root.tag, 100))


def _tree_or_last(document: str) -> Element:
    """The document's tree; the last one's where there are several (`-l`), without what anybody may have called a process."""
    try:
        return _tree(document)
    except ParseError:
        last = document[max(document.rfind(_ROOT), 0) :]
        return _tree("\n".join(line for line in last.split("\n") if _NAME not in line))


def _tree(document: str) -> Element:
    """The document's tree. Every real output has a DOCTYPE, so it must be allowed; entities are not, whatever it declares.

    What declares none is read by expat itself, at a third of the cost of the reader that looks at each declaration. The text
    is one of Python's, so no encoding that it names can hide one.
    """
    if _ENTITY in document:
        found: Element = fromstring(document, forbid_dtd=False, forbid_entities=True, forbid_external=True)
        return found
    parser = XMLParser()  # noqa: S314 - see above
    parser.feed(document)
    return parser.close()


def _without_bulk(document: str) -> str:
    """Without the lists of clocks that a GPU could have, two thirds of an output and read by nobody."""
    kept, at = [], 0
    while (start := document.find(_BULK, at)) >= 0:
        end = document.find(_BULK_END, start)
        if end < 0:
            break
        kept.append(document[at:start])
        at = end + len(_BULK_END)
    return "".join((*kept, document[at:]))


@lru_cache(maxsize=256)
def _layout(shape: tuple[tuple[int, ...], ...]) -> tuple[tuple[str, ...], Layout]:
    """Components and layout for so many GPUs with these MIG instances; the same for every poll of the same host."""
    components: list[str] = []
    keys: list[tuple[str, str]] = []
    for position, instances in enumerate(shape):
        parts = [(f"gpu{position}", _GPU_METRICS)] + [(f"gpu{position}/mig{number}", _MIG_METRICS) for number in instances]
        components += [component for component, _ in parts]
        keys += [(component, metric) for component, metrics in parts for metric in metrics]
    return tuple(components), Layout.of(keys)


def _cell(element: Element, path: str) -> str:
    return given(element.findtext(path) or "")


def _mig_devices(gpu: Element) -> list[Element]:
    return gpu.findall("mig_devices/mig_device")[:MOST_MIG]


def _mig_numbers(gpu: Element) -> tuple[int, ...]:
    """Numbers of the MIG instances: the tool's own, or their order where those are no numbers or the same twice."""
    cells = [_cell(device, "index") for device in _mig_devices(gpu)]
    if all(cell.isascii() and cell.isdigit() and len(cell) < 4 for cell in cells):
        numbers = tuple(int(cell) for cell in cells)
        if len(set(numbers)) == len(numbers):
            return numbers
    return tuple(range(len(cells)))


def _values(gpu: Element) -> list[float]:
    """In the order of the layout: the GPU's, then those of each MIG instance."""
    values = [_first_given(gpu, metric, paths) for metric, paths in _PATHS]
    aggregate, volatile = gpu.find("ecc_errors/aggregate"), gpu.find("ecc_errors/volatile")
    values += [_ecc(aggregate, _UNCORRECTED), _ecc(aggregate, _CORRECTED), _ecc(volatile, _UNCORRECTED), _processes(gpu)]
    for device in _mig_devices(gpu):
        values += [
            number(_cell(device, "fb_memory_usage/used")),
            number(_cell(device, "fb_memory_usage/total")),
            _ecc(device.find("ecc_error_count/volatile_count"), _UNCORRECTED),
        ]
    return values


def _first_given(gpu: Element, metric: str, paths: tuple[str, ...]) -> float:
    is_state = metric.startswith("row_remap_")
    for path in paths:
        value = _value(gpu.findtext(path) or "", is_state)
        if not isnan(value):
            return value
    return nan


def _value(cell: str, is_state: bool = False) -> float:
    return _known_value(cell, is_state) if len(cell) <= MOST_KNOWN else _read(cell, is_state)


def _read(cell: str, is_state: bool) -> float:
    return yes_or_no(given(cell)) if is_state else number(given(cell))


_known_value = lru_cache(maxsize=4096)(_read)


def _ecc(counts: Element | None, forms: tuple[tuple[str, ...], ...]) -> float:
    """The sum of the counts of the first form that gives any; NaN if none does (GeForce shows the cells, all N/A)."""
    if counts is None:
        return nan
    for form in forms:
        found = [value for path in form if not isnan(value := _value(counts.findtext(path) or ""))]
        if found:
            return sum(found)
    return nan


def _processes(gpu: Element) -> float:
    """How many processes use the GPU; NaN where the list is a word (`N/A`, `GPU is lost`)."""
    processes = gpu.find("processes")
    if processes is None or (processes.text or "").strip():
        return nan
    return float(len(processes.findall("process_info")))


def _throttle_reasons(gpu: Element) -> list[str] | None:
    """Names of the reasons that are active, without the idle one; None if the GPU does not tell."""
    for tag, prefix in _THROTTLE:
        reasons = gpu.find(tag)
        if reasons is None:
            continue
        states = [(child.tag.removeprefix(prefix), yes_or_no(given(child.text or ""))) for child in reasons]
        if all(isnan(state) for _, state in states):
            return None
        return [clean(name, 64) for name, state in states if state == 1.0 and name != "gpu_idle"]
    return None


def _limits(gpu: Element) -> dict[str, dict[str, float]]:
    """What the GPU itself says is too hot. No margin is turned into a temperature: the difference differs unit by unit."""
    limits: dict[str, dict[str, float]] = {}
    for metric, level, tags in _TEMPERATURE_LIMITS:
        found = (_value(gpu.findtext(f"temperature/{tag}") or "") for tag in tags)
        value = next((value for value in found if not isnan(value)), nan)
        if not isnan(value):
            limits.setdefault(metric, {})[level] = value
    for levels in limits.values():
        if levels.get("major") == levels.get("critical"):
            levels.pop("major", None)
    return limits


def _facts(gpu: Element) -> dict[str, str]:
    bus = pci_bus_id(_cell(gpu, "pci/pci_bus_id")) or pci_bus_id(gpu.get("id", ""))
    facts = {
        "uuid": text_cell(gpu.findtext("uuid") or ""),
        "pci_bus_id": bus or "",
        "product": text_cell(gpu.findtext("product_name") or ""),
        "serial": text_cell(gpu.findtext("serial") or ""),
    }
    return {name: value for name, value in facts.items() if value}


def _host_facts(root: Element) -> dict[str, dict[str, str]]:
    facts = {"driver": text_cell(root.findtext("driver_version") or ""), "cuda": text_cell(root.findtext("cuda_version") or "")}
    # How many the driver knows: more than it lists means that one does not answer.
    facts["attached_gpus"] = text_cell(root.findtext("attached_gpus") or "")
    own = {name: value for name, value in facts.items() if value}
    return {"": own} if own else {}
