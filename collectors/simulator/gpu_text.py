"""What nvidia-smi prints on a simulated server: the CSV of `--query-gpu`, the XML of `-q -x`, the list of `-L`.

Written after nvidia-smi's own output (drivers 550 and 580): units in header and cell, `N/A` where an SXM module has nothing, a
lost GPU that keeps its name and limits in the XML and is gone from the CSV.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID, uuid5

from collectors.simulator.gpu_faults import WELL, GpuFault
from collectors.simulator.layout import DEMO
from collectors.simulator.physics import GPUS
from collectors.simulator.world import World

LOST = "GPU is lost"
NVLINKS = 18
NAMESPACE = UUID("6f1c9f3e-5b0a-4c53-9a0f-6f3f5cf7a001")
GPU_IDLE, SW_POWER_CAP, HW_SLOWDOWN, SW_THERMAL, HW_THERMAL = 0x1, 0x4, 0x8, 0x20, 0x40
"""Bits of clocks_event_reasons (NVML, nvmlClocksEventReasons)."""
_REASONS = {
    "gpu_idle": GPU_IDLE,
    "sw_power_cap": SW_POWER_CAP,
    "hw_slowdown": HW_SLOWDOWN,
    "sw_thermal_slowdown": SW_THERMAL,
    "hw_thermal_slowdown": HW_THERMAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """One GPU as nvidia-smi sees it now."""

    index: int
    lost: bool
    bus: str
    serial: str
    uuid: str
    model: Mapping[str, object]
    temperature: float
    memory_temperature: float
    margin: float
    watts: float
    utilisation: float
    clock_share: float
    slowed: bool
    replays: int
    corrected: int
    fault: GpuFault

    def number(self, key: str) -> int:
        """A number of its model."""
        return int(str(self.model[key]))

    @property
    def bus_id(self) -> str:
        """`00000000:19:00.0`."""
        return f"00000000:{self.bus.upper()}:00.0"

    @property
    def memory_used(self) -> int:
        """MiB; a job holds nearly all of it."""
        total = self.number("memory_mib")
        return int(total * (0.86 + 0.02 * self.utilisation)) if self.utilisation > 0.06 else 4

    @property
    def sm_clock(self) -> int:
        """MHz, in the steps of 15 that the hardware has."""
        top, idle = self.number("sm_clock_max"), self.number("sm_clock_idle")
        wanted = idle if self.utilisation < 0.05 else top * self.clock_share * (0.985 if self.power_capped else 1.0)
        wanted *= self.power_limit / self.number("power_limit")
        return max(idle, int(wanted / 15) * 15)

    @property
    def power_limit(self) -> float:
        """Watts."""
        return float(self.number("power_limit")) if self.fault.power_limit is None else self.fault.power_limit

    @property
    def power_capped(self) -> bool:
        """Whether the power limit holds it back; one that was lowered does so under any real load."""
        return self.watts > 0.955 * self.power_limit or (self.fault.power_limit is not None and self.utilisation > 0.3)

    @property
    def reasons(self) -> int:
        """Bits of clocks_event_reasons."""
        bits = GPU_IDLE if self.utilisation < 0.05 else 0
        bits |= SW_POWER_CAP if self.power_capped else 0
        bits |= SW_THERMAL if self.slowed else 0
        limits = cast("Mapping[str, Any]", self.model["limits"])
        slowdown = limits["slowdown"] if limits["kind"] == "margin" else limits["operating"] - limits["slowdown"]
        return bits | (HW_SLOWDOWN | HW_THERMAL if self.margin <= slowdown else 0)


def gpus_of(world: World, server: str) -> list[Gpu]:
    """The GPUs of a server, now, lost ones included."""
    physics, i = world.physics, world.server_at[server]
    model = world.plan.gpus[world.device[server].gpu]
    buses = cast("list[str]", model["bus"])
    return [
        Gpu(
            index=k,
            lost=not bool(physics.present[i, k]),
            bus=buses[k],
            serial=f"{model['serial_prefix']}{i * GPUS + k + 1:010d}",
            uuid=f"GPU-{uuid5(NAMESPACE, f'{server}/{k}')}",
            model=model,
            temperature=float(physics.gpu_celsius[i, k]),
            memory_temperature=float(physics.memory_celsius[i, k]),
            margin=float(physics.margin[i, k]),
            watts=float(physics.gpu_watts[i, k]),
            utilisation=float(physics.utilisation[i, k]),
            clock_share=float(physics.clock_share[i, k]),
            slowed=bool(physics.slowed[i, k]),
            replays=(i * 3 + k) % 5,
            corrected=(i * 7 + k * 5) % 11 // 9,
            fault=world.faults.get((server, k), WELL),
        )
        for k in range(GPUS)
    ]


# --- CSV ------------------------------------------------------------------------------------------------------------------------

Field = tuple[str, Callable[[Gpu], object]]
"""(unit, value) of a field of --query-gpu."""


def _state(on: bool) -> str:
    return "Active" if on else "Not Active"


def _margin(gpu: Gpu) -> object:
    return round(gpu.margin) if cast("Mapping[str, object]", gpu.model["limits"])["kind"] == "margin" else "[N/A]"


_MEMORY: dict[str, Field] = {
    "memory.total": ("MiB", lambda gpu: gpu.number("memory_mib")),
    "memory.used": ("MiB", lambda gpu: gpu.memory_used),
    "memory.free": ("MiB", lambda gpu: gpu.number("memory_mib") - gpu.memory_used - 500),
    "memory.reserved": ("MiB", lambda _gpu: 500),
}
_POWER: dict[str, Field] = {
    **{name: ("W", lambda gpu: f"{gpu.watts:.2f}") for name in ("power.draw", "power.draw.instant", "power.draw.average")},
    **{name: ("W", lambda gpu: f"{gpu.power_limit:.2f}") for name in ("power.limit", "enforced.power.limit")},
    **{name: ("W", lambda gpu: f"{gpu.number('power_limit'):.2f}") for name in ("power.default_limit", "power.max_limit")},
}
_CLOCKS: dict[str, Field] = {
    **{
        name: ("MHz", lambda gpu: gpu.sm_clock)
        for name in ("clocks.sm", "clocks.current.sm", "clocks.gr", "clocks.current.graphics")
    },
    **{name: ("MHz", lambda gpu: gpu.number("memory_clock")) for name in ("clocks.mem", "clocks.current.memory")},
    **{name: ("MHz", lambda gpu: gpu.number("sm_clock_max")) for name in ("clocks.max.sm", "clocks.max.graphics")},
    "clocks.max.memory": ("MHz", lambda gpu: gpu.number("memory_clock")),
}
_IDENTITY: dict[str, Field] = {
    "index": ("", lambda gpu: gpu.index),
    "name": ("", lambda gpu: gpu.model["product"]),
    "gpu_name": ("", lambda gpu: gpu.model["product"]),
    "uuid": ("", lambda gpu: gpu.uuid),
    "gpu_uuid": ("", lambda gpu: gpu.uuid),
    "serial": ("", lambda gpu: gpu.serial),
    "gpu_serial": ("", lambda gpu: gpu.serial),
    "pci.bus_id": ("", lambda gpu: gpu.bus_id),
    "gpu_bus_id": ("", lambda gpu: gpu.bus_id),
    "driver_version": ("", lambda gpu: gpu.model["driver"]),
    "vbios_version": ("", lambda gpu: gpu.model["vbios"]),
    "count": ("", lambda _gpu: GPUS),
    "pstate": ("", lambda _gpu: "P0"),
    "timestamp": ("", lambda _gpu: time.strftime("%Y/%m/%d %H:%M:%S.000", time.gmtime())),
    "mig.mode.current": ("", lambda _gpu: "Disabled"),
    "ecc.mode.current": ("", lambda _gpu: "Enabled"),
    "persistence_mode": ("", lambda _gpu: "Enabled"),
    "compute_mode": ("", lambda _gpu: "Default"),
}
_HEALTH: dict[str, Field] = {
    "temperature.gpu": ("", lambda gpu: round(gpu.temperature)),
    "temperature.gpu.tlimit": ("", _margin),
    "temperature.memory": ("", lambda gpu: round(gpu.memory_temperature)),
    "utilization.gpu": ("%", lambda gpu: round(100 * gpu.utilisation)),
    "utilization.memory": ("%", lambda gpu: round(55 * gpu.utilisation)),
    "fan.speed": ("%", lambda _gpu: "[N/A]"),
    "pcie.link.gen.current": ("", lambda gpu: gpu.model["pcie_generation"]),
    "pcie.link.gen.gpucurrent": ("", lambda gpu: gpu.model["pcie_generation"]),
    "pcie.link.gen.max": ("", lambda gpu: gpu.model["pcie_generation"]),
    "pcie.link.width.current": ("", lambda gpu: gpu.fault.link_width),
    "pcie.link.width.max": ("", lambda _gpu: 16),
}
FIELDS: dict[str, Field] = {**_IDENTITY, **_HEALTH, **_MEMORY, **_POWER, **_CLOCKS}


def csv_of(world: World, server: str, fields: list[str], *, header: bool = True, units: bool = True) -> tuple[str, int]:
    """(output, exit status) of `--query-gpu`. A field that nvidia-smi does not know ends it with status 2."""
    known = [_field(name) for name in fields]
    if None in known:
        wrong = fields[known.index(None)]
        return f'Field "{wrong}" is not a valid field to query.\n\n', 2
    columns = cast("list[Field]", known)
    lines = [", ".join(f"{name} [{unit}]" if unit and units else name for name, (unit, _) in zip(fields, columns, strict=True))]
    for gpu in gpus_of(world, server):
        if not gpu.lost:
            lines.append(", ".join(_cell(read(gpu), unit if units else "") for unit, read in columns))
    return "\n".join(lines if header else lines[1:]) + "\n", 0


def _field(name: str) -> Field | None:
    """The field of a name; families of fields that are the same on every GPU here are matched by their beginning."""
    if name in FIELDS:
        return FIELDS[name]
    stem, _, reason = name.partition(".")
    if stem in ("clocks_throttle_reasons", "clocks_event_reasons"):
        if reason == "active":
            return "", lambda gpu: f"0x{gpu.reasons:016X}"
        bit = _REASONS.get(reason, 0)
        return "", lambda gpu: _state(bool(gpu.reasons & bit))
    if name.startswith("ecc.errors."):
        counted = name.endswith(("corrected.aggregate.total", "corrected.aggregate.dram")) and "uncorrected" not in name
        if name.endswith(("uncorrected.aggregate.total", "uncorrected.aggregate.dram")):
            return "", lambda gpu: gpu.fault.uncorrected
        if name.endswith(("uncorrected.volatile.total", "uncorrected.volatile.dram")):
            return "", lambda gpu: gpu.fault.uncorrected_since_load
        return "", lambda gpu: gpu.corrected if counted else 0
    if name.startswith("remapped_rows."):
        if name.endswith("pending"):
            return "", lambda gpu: "Yes" if gpu.fault.remap_pending else "No"
        return "", lambda _gpu: "No" if name.endswith("failure") else 0
    if name.startswith("retired_pages."):
        return "", lambda _gpu: "[N/A]"
    return None


def _cell(value: object, unit: str) -> str:
    text = str(value)
    return f"{text} {unit}" if unit and not text.startswith("[") else text


# --- XML ------------------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _template() -> str:
    return (DEMO / "nvidia-smi-gpu.xml").read_text(encoding="utf-8")


def xml_of(world: World, server: str) -> str:
    """Output of `nvidia-smi -q -x`."""
    gpus = gpus_of(world, server)
    model = gpus[0].model
    stamp = time.strftime("%a %b %d %H:%M:%S %Y", time.gmtime(world.now))
    head = (
        '<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>\n'
        f"\t<timestamp>{stamp}</timestamp>\n\t<driver_version>{model['driver']}</driver_version>\n"
        f"\t<cuda_version>{model['cuda']}</cuda_version>\n\t<attached_gpus>{len(gpus)}</attached_gpus>\n"
    )
    return head + "".join(_template().format(**_cells(gpu)) for gpu in gpus) + "</nvidia_smi_log>\n"


def _cells(gpu: Gpu) -> dict[str, object]:
    """What goes into the template; what must be measured is `GPU is lost` where it is."""
    model, used, total = gpu.model, gpu.memory_used, gpu.number("memory_mib")
    has_margin = cast("Mapping[str, object]", model["limits"])["kind"] == "margin"
    measured = {
        "memory_reserved": "500 MiB",
        "memory_used": f"{used} MiB",
        "memory_free": f"{total - used - 500} MiB",
        "utilization": f"{round(100 * gpu.utilisation)} %",
        "memory_utilization": f"{round(55 * gpu.utilisation)} %",
        "ecc_zero": "0",
        "ecc_corrected": str(gpu.corrected),
        "ecc_uncorrected": str(gpu.fault.uncorrected),
        "ecc_uncorrected_since_load": str(gpu.fault.uncorrected_since_load),
        "remapped_rows": _REMAPPED.replace("pending>No", "pending>Yes") if gpu.fault.remap_pending else _REMAPPED,
        "temperature": f"{round(gpu.temperature)} C",
        "margin": f"{round(gpu.margin)} C" if has_margin else "N/A",
        "memory_temperature": f"{round(gpu.memory_temperature)} C",
        "power": f"{gpu.watts:.2f} W",
        "sm_clock": f"{gpu.sm_clock} MHz",
        "memory_clock": f"{model['memory_clock']} MHz",
        "video_clock": f"{gpu.sm_clock * 4 // 5} MHz",
        "processes": _process(gpu, used),
    }
    return {
        **(dict.fromkeys(measured, LOST) if gpu.lost else measured),
        **{f"reason_{name}": _state(bool(gpu.reasons & bit) and not gpu.lost) for name, bit in _REASONS.items()},
        **{key: model[key] for key in ("product", "architecture", "vbios", "part", "driver", "device_id", "subsystem_id")},
        "bus": gpu.bus_id,
        "bus_number": gpu.bus.upper(),
        "serial": gpu.serial,
        "uuid": gpu.uuid,
        "minor": gpu.index,
        "generation": model["pcie_generation"],
        "width": gpu.fault.link_width,
        "replays": gpu.replays,
        "tx": round(4000 * gpu.utilisation),
        "rx": round(5200 * gpu.utilisation),
        "memory_total": total,
        "thresholds": _thresholds(cast("Mapping[str, object]", model["limits"])),
        "power_limit": f"{gpu.power_limit:.2f} W",
        "sm_clock_max": model["sm_clock_max"],
        "memory_clock_max": model["memory_clock"],
    }


_REMAPPED = (
    "\n\t\t\t<remapped_row_corr>0</remapped_row_corr>\n\t\t\t<remapped_row_unc>0</remapped_row_unc>\n"
    "\t\t\t<remapped_row_pending>No</remapped_row_pending>\n\t\t\t<remapped_row_failure>No</remapped_row_failure>\n\t\t"
)


def _thresholds(limits: Mapping[str, object]) -> str:
    """Absolute thresholds up to Ampere, margins from Hopper on."""
    kind = "tlimit_threshold" if limits["kind"] == "margin" else "threshold"
    tags = (("max", "shutdown"), ("slow", "slowdown"), ("max_gpu", "operating"), ("max_mem", "memory"))
    return "\n".join(f"\t\t\t<gpu_temp_{tag}_{kind}>{limits[key]} C</gpu_temp_{tag}_{kind}>" for tag, key in tags)


def _process(gpu: Gpu, used: int) -> str:
    """The training job's process; none on an idle GPU."""
    if gpu.utilisation < 0.06:
        return "\n\t\t"
    inner = (
        f"<pid>{4100 + gpu.index}</pid><type>C</type><process_name>python3</process_name><used_memory>{used} MiB</used_memory>"
    )
    return f"\n\t\t\t<process_info>{inner}</process_info>\n\t\t"


def list_of(world: World, server: str) -> str:
    """Output of `nvidia-smi -L`."""
    lines = [
        f"Unable to determine the device handle for gpu 0000:{gpu.bus.upper()}:00.0: GPU is lost.  "
        "Reboot the system to recover this GPU"
        if gpu.lost
        else f"GPU {gpu.index}: {gpu.model['product']} (UUID: {gpu.uuid})"
        for gpu in gpus_of(world, server)
    ]
    return "\n".join(lines) + "\n"


def nvlink_of(world: World, server: str, *, errors: bool) -> str:
    """Output of `nvidia-smi nvlink -s`, or of `-e`; 18 links, as H100 has."""
    lines = []
    for gpu in gpus_of(world, server):
        if gpu.lost:
            continue
        lines.append(f"GPU {gpu.index}: {gpu.model['product']} (UUID: {gpu.uuid})")
        for link in range(NVLINKS):
            counts = (("Replay", 0), ("Recovery", 0), ("CRC", gpu.fault.crc_errors if link == 0 else 0))
            told = [f"{name} Errors: {count}" for name, count in counts] if errors else ["26.562 GB/s"]
            lines += [f"\t Link {link}: {cell}" for cell in told]
    return "\n".join(lines) + "\n"


def topology_of(world: World, server: str) -> str:
    """Output of `nvidia-smi topo -m`: every GPU reaches every other over all of its NVLinks."""
    names = [f"GPU{gpu.index}" for gpu in gpus_of(world, server)]
    lines = ["\t".join(("", *names, "CPU Affinity", "NUMA Affinity", "GPU NUMA ID"))]
    for row, name in enumerate(names):
        ways = (" X " if column == row else f"NV{NVLINKS}" for column in range(len(names)))
        lines.append(
            "\t".join((name, *ways, "0-55,112-167" if row < len(names) // 2 else "56-111,168-223", str(row // 4), "N/A"))
        )
    return "\n".join(lines) + "\n"
