"""`amd-smi metric --json`, `amd-smi static --json`: AMD's GPUs from ROCm 6 on; a list, or `{"gpu_data": […]}` from ROCm 7."""

from math import isnan, nan

from collectors.parsers import json_text
from collectors.parsers.cells import number, pci_bus_id, text_cell
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import Parsed
from collectors.parsers.pcie import generation

MOST_GPUS = 256

# Metric, the unit of a bare number, where it stands; the first that is given counts.
_METRIC: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # MI300 has no edge sensor: there the hot spot is the GPU's.
    ("temperature_celsius", "C", ("temperature/edge", "temperature/hotspot")),
    ("hotspot_temperature_celsius", "C", ("temperature/hotspot",)),
    ("memory_temperature_celsius", "C", ("temperature/mem",)),
    ("power_watts", "W", ("power/socket_power", "power/current_socket_power", "power/average_socket_power")),
    ("utilization_percent", "%", ("usage/gfx_activity",)),
    ("sm_clock_hertz", "MHz", ("clock/gfx_0/clk", "clock/gfx/cur_clk", "clock/gfx/clk")),
    ("memory_clock_hertz", "MHz", ("clock/mem_0/clk", "clock/mem/cur_clk", "clock/mem/clk")),
    ("memory_used_bytes", "MB", ("mem_usage/used_vram", "vram/used")),
    ("memory_total_bytes", "MB", ("mem_usage/total_vram", "vram/size", "vram/total")),
    ("fan_speed_percent", "%", ("fan/usage",)),
    ("ecc_corrected_total", "", ("ecc/total_correctable_count", "ecc/total_correctable")),
    ("ecc_uncorrected_total", "", ("ecc/total_uncorrectable_count", "ecc/total_uncorrectable")),
    ("pcie_link_width", "", ("pcie/width", "pcie/current_lanes")),
    ("pcie_replays_total", "", ("pcie/replay_count",)),
)
_STATIC: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("power_limit_watts", "W", ("limit/socket_power", "limit/power_cap", "limit/max_power")),
    ("memory_total_bytes", "MB", ("vram/size",)),
    ("pcie_link_width_max", "", ("bus/max_pcie_width",)),
)
_LIMITS = (
    ("temperature_celsius", "major", ("limit/slowdown_edge_temperature", "limit/slowdown_hotspot_temperature")),
    ("temperature_celsius", "critical", ("limit/shutdown_edge_temperature", "limit/shutdown_hotspot_temperature")),
    ("hotspot_temperature_celsius", "major", ("limit/slowdown_hotspot_temperature",)),
    ("hotspot_temperature_celsius", "critical", ("limit/shutdown_hotspot_temperature",)),
    ("memory_temperature_celsius", "major", ("limit/slowdown_vram_temperature",)),
    ("memory_temperature_celsius", "critical", ("limit/shutdown_vram_temperature",)),
)
_FACTS = (
    ("product", ("asic/market_name", "board/product_name")),
    ("serial", ("board/product_serial", "asic/asic_serial")),
    ("uuid", ("uuid", "asic/uuid")),
    ("part", ("board/model_number",)),
)
# MI300 tells violations of its limits, by the name of what holds it back.
_VIOLATIONS = (
    ("ppt_violation_status", "sw_power_cap"),
    ("prochot_violation_status", "hw_slowdown"),
    ("socket_thermal_violation_status", "hw_thermal_slowdown"),
    ("vr_thermal_violation_status", "hw_thermal_slowdown"),
    ("hbm_thermal_violation_status", "hw_thermal_slowdown"),
)


def parse(text: str) -> Parsed:
    """The GPUs as `gpu0`…, by the tool's own numbers; what of `metric` and `static` is there. Any thread."""
    document, problem = json_text.read(text)
    if problem:
        return Parsed(problem=problem)
    listed = json_text.at(document, "gpu_data") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        return Parsed(problem="not-this-tool")
    found = Collected()
    for position, gpu in enumerate(listed[:MOST_GPUS]):
        if isinstance(gpu, dict) and "gpu" in gpu:
            _gpu(found, _name(gpu, position), gpu)
    return found.parsed("no-gpu" if not listed else "")


def _name(gpu: dict[str, object], position: int) -> str:
    index = gpu["gpu"]
    return f"gpu{index if isinstance(index, int) and not isinstance(index, bool) and 0 <= index < 1000 else position}"


def _gpu(found: Collected, name: str, gpu: dict[str, object]) -> None:
    found.known(name)
    is_metric = bool(gpu.keys() & {"usage", "power", "temperature"})
    for metric, unit, paths in _METRIC if is_metric else _STATIC:
        found.put(name, metric, _first(gpu, unit, paths))
    if is_metric:
        found.put(name, "pcie_link_generation", _generation(json_text.at(gpu, "pcie/speed")))
        reasons = _throttle(gpu)
        if reasons is not None:
            found.texts[name, "throttle_reasons"] = ",".join(reasons)
    elif "bus" in gpu:
        found.put(name, "pcie_link_generation_max", _generation(json_text.at(gpu, "bus/max_pcie_speed")))
    _told(found, name, gpu)


def _told(found: Collected, name: str, gpu: dict[str, object]) -> None:
    """Limits and facts."""
    for metric, level, paths in _LIMITS:
        found.limit(name, metric, level, _first(gpu, "C", paths))
    for fact, paths in _FACTS:
        for path in paths:
            found.fact(name, fact, text_cell(json_text.word(json_text.at(gpu, path))))
    found.fact(name, "pci_bus_id", pci_bus_id(json_text.word(json_text.at(gpu, "bus/bdf"))) or "")
    found.fact("", "driver", text_cell(json_text.word(json_text.at(gpu, "driver/version"))))


def _first(gpu: dict[str, object], unit: str, paths: tuple[str, ...]) -> float:
    found = (json_text.figure(json_text.at(gpu, path), unit) for path in paths)
    return next((value for value in found if not isnan(value)), nan)


def _generation(speed: object) -> float:
    """From `{"value": 32, "unit": "GT/s"}` or `32 GT/s`."""
    value = speed.get("value") if isinstance(speed, dict) else speed
    return generation(number(json_text.word(value).removesuffix("GT/s")))


def _throttle(gpu: dict[str, object]) -> list[str] | None:
    """Reasons that hold the GPU back; None if it does not tell."""
    states = json_text.table(gpu.get("throttle"))
    known = [(reason, json_text.word(states.get(key)).upper()) for key, reason in _VIOLATIONS]
    known = [(reason, word) for reason, word in known if word in ("ACTIVE", "NOT ACTIVE")]
    return list(dict.fromkeys(reason for reason, word in known if word == "ACTIVE")) if known else None
