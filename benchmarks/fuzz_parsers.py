"""Mutated inputs over all parsers: `python benchmarks/fuzz_parsers.py [COUNT] [--seed N] [--recordings DIR]`. Prints JSON.

No input may raise, none may cost more than 100 ms of CPU for each megabyte (nor one of a megabyte or less more than that).
Exit status 1 where one does; each is told on standard error, with the seed and the number that make it again.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collectors.parsers.printed import as_object
from collectors.parsers.registry import PARSERS

LIMIT_S = 0.1
MEGABYTE = 1_000_000
CHUNK = 5_000
"""Inputs of one process: what a parser keeps of each shape is bounded by the inputs that one process sees."""
LARGE_EVERY = 41
"""One input in so many is blown up to a megabyte."""

SAMPLES: Mapping[str, tuple[str, ...]] = {
    "nvidia-smi-xml": (
        '<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>\n'
        "<driver_version>550.1</driver_version><attached_gpus>1</attached_gpus>\n<gpu id=\"00000000:8F:00.0\">"
        "<product_name>NVIDIA H100</product_name><uuid>GPU-1</uuid><fan_speed>N/A</fan_speed><pci><pci_bus_id>00000000:8F:00.0"
        "</pci_bus_id></pci><temperature><gpu_temp>41 C</gpu_temp><gpu_temp_tlimit>44 C</gpu_temp_tlimit></temperature>"
        "<clocks_event_reasons><clocks_event_reason_sw_power_cap>Active</clocks_event_reason_sw_power_cap></clocks_event_reasons>"
        "<remapped_rows>N/A</remapped_rows><mig_devices><mig_device><index>0</index></mig_device></mig_devices>"
        "</gpu></nvidia_smi_log>\n",
        '<?xml version="1.0"?><!DOCTYPE nvidia_smi_log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><nvidia_smi_log><gpu id="&c;">&c;&c;</gpu></nvidia_smi_log>',
    ),
    "nvidia-smi-csv": ("index, pci.bus_id, temperature.gpu, power.draw [W], memory.used [MiB]\n0, 0000:8F:00.0, 41, 68.9, 46\n",),
    "nvidia-smi-nvlink": (
        "GPU 0: NVIDIA H100 (UUID: GPU-1)\n\t Link 0: 26.562 GB/s\n\t Link 1: <inactive>\n\t Link 0: CRC Errors: 3\n",
    ),
    "nvidia-smi-topo": ("\t\x1b[4mGPU0\tGPU1\tNIC0\tCPU Affinity\x1b[0m\nGPU0\t X \tNV1\tPIX\t0-5\nGPU1\tNV1\t X \tSYS\t0-5\n",),
    "dcgmi-nvlink": ("    gpuId 0:\n        U U U D X _\n",),
    "rocm-smi-json": (
        '{"card0": {"Temperature (Sensor edge) (C)": "31.0", "sclk clock speed:": "(300Mhz)", "PCI Bus": "0000:1E:00.0", '
        '"pcie clock level": "0 (8.0GT/s x16)", "Average Graphics Package Power (W)": "39.0"}, "system": {}}',
    ),
    "amd-smi-json": (
        'WARNING: groups\n{"gpu_data": [{"gpu": 0, "usage": {"gfx_activity": {"value": 0, "unit": "%"}}, "throttle": {}, '
        '"power": {"socket_power": {"value": 158, "unit": "W"}}, "temperature": {"edge": "N/A", "hotspot": 45}}]}',
    ),
    "ipmitool-sdr": (
        "Inlet Temp | 23 degrees C | ok\nPS1 | C8h | ok | 10.1 | Failure detected\nFan 1 | 0x00 | ok\n"
        "CPU1 Temp | 43.000 | degrees C | ok | 5 | 5 | 10 | 85 | 90 | 90\n",
    ),
    "sensors-json": ('{"coretemp-isa-0000": {"Adapter": "ISA", "Core 0": {"temp2_input": 24.0, "temp2_crit": 100.0}}}',),
    "infiniband-sysfs": (
        "/sys/class/infiniband/mlx5_0/ports/1/state:4: ACTIVE\n/sys/class/infiniband/mlx5_0/ports/1/counters/symbol_error:7\n",
    ),
    "ethtool-module": (
        "\tIdentifier : 0x11 (QSFP28)\n\tModule temperature : 41.20 degrees C / 106 degrees F\n"
        "\tRcvr signal avg optical power(Channel 1) : 0.75 mW / -1.25 dBm\n",
    ),
    "nvme-smart": (
        '{"critical_warning": 0, "temperature": 310, "avail_spare": 100}',
        "Smart Log for NVME device:nvme3\ncritical_warning : 0x04\ntemperature : 37 °C\nData Units Read : 1,234 (631 MB)\n",
    ),
    "kernel-log": (
        "4,1227,437812449932,c;NVRM: Xid (PCI:0000:8f:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus.\n"
        "[ 12.5] NVRM: Xid (PCI:0000:b3:00.0): 13, pid=8494,   name=python3, Graphics Exception\n"
        "2025-01-21T04:41:44,283302+00:00 NVRM: The NVIDIA GPU 0000:8f:00.0 (PCI ID: 10de:2330)\nNVRM: fallen off the bus\n",
    ),
    "proc-stat": ("cpu  100 0 50 1000 5 0 0 0 0 0\ncpu0 1 2 3 4\nbtime 1700000000\n",),
    "proc-meminfo": ("MemTotal: 1000 kB\nMemFree: 400 kB\nMemAvailable: 700 kB\n",),
    "proc-net-dev": ("Inter-| Receive\n face |bytes\n  eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",),
    "proc-uptime": ("12345.67 45678.90\n",),
    "proc-loadavg": ("0.10 0.20 0.30 1/234 5678\n",),
    "boot-id": ("11111111-2222-3333-4444-555555555555\n",),
}  # fmt: skip
"""What each tool prints, shortened by hand. A parser without a sample is a mistake that the test tells."""

SPLICES = (
    "\x00", "\x1b[2J", "\x9b31m", "\u202e", "\ufeff", "\ud800", "\ufffd", "9" * 400, "-1", "1e999",
    "NaN", "Infinity", "0x" + "f" * 40,
    "N/A", "[N/A]", "GPU is lost", "&a;", "<!ENTITY x \"y\">", "]]>", "<![CDATA[", "{", "[", "}", "]", '"', "\\", ",", "|",
    ":", "\t", "\r\n", "\u2028", " " * 500, "(" * 200, "[" * 300, "٣", "\N{SUPERSCRIPT TWO}", "Xid (", "NVRM: ",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What came of some inputs."""

    inputs: int = 0
    slowest_s: float = 0.0
    slowest: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another's too."""
        self.inputs += other.inputs
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        for name, seconds in other.slowest.items():
            self.slowest[name] = max(self.slowest.get(name, 0.0), seconds)
        self.wrong += other.wrong


def samples(recordings: Path | None) -> dict[str, tuple[str, ...]]:
    """The samples by hand, and the recordings that a parser is for."""
    found = dict(SAMPLES)
    folders = {
        "nvidia-smi-xml": "nvidia-smi-xml/*.xml",
        "nvidia-smi-csv": "nvidia-smi-csv/*",
        "kernel-log": "kernel/*.log",
        "rocm-smi-json": "amd/tele*.json",
        "ipmitool-sdr": "ipmi/*.txt",
        "sensors-json": "sensors/*.json",
        "infiniband-sysfs": "infiniband/*.json",
        "nvme-smart": "other/*nvme*.json",
        "ethtool-module": "other/*ethtool*.txt",
    }
    for name, pattern in folders.items() if recordings else ():
        files = sorted((recordings / "gpu").glob(pattern)) if recordings else []
        found[name] += tuple(file.read_text(encoding="utf-8", errors="replace")[:400_000] for file in files[:6])
    return found


def mutated(text: str, chance: random.Random, *, large: bool) -> str:
    """One input made from a sample by one to four changes; a megabyte long if it is to be large."""
    if len(text) > 20_000 and not large:  # a window of a long recording: its whole is read in other tests
        start = chance.randrange(len(text) - 10_000)
        text = text[:1_000] + text[start : start + 9_000]
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(CHANGES)(text, chance)
    return _blown_up(text, chance) if large else text


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


def _behead(text: str, chance: random.Random) -> str:
    return text[chance.randint(0, len(text)) :]


def _splice(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(SPLICES) * chance.randint(1, 3) + text[at:]


def _overwrite(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chr(chance.choice((chance.randrange(256), chance.randrange(0x110000)))) + text[at + 1 :]


def _repeat(text: str, chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    piece = text[start : start + chance.randint(1, 80)]
    return text[:start] + piece * chance.randint(2, 40) + text[start:]


def _other_encoding(text: str, chance: random.Random) -> str:
    raw = text.encode(chance.choice(("utf-16", "latin-1", "utf-8", "cp1252")), "replace")
    return raw.decode(chance.choice(("utf-8", "latin-1")), "replace")


def _numbers(text: str, chance: random.Random) -> str:
    huge = chance.choice(("9" * 30, "-" + "9" * 20, "1" + "0" * 310, "0" * 50, "1.7976931348623157e309", "00.0.0"))
    digits = [i for i, sign in enumerate(text) if sign.isdigit()]
    if not digits:
        return text
    at = chance.choice(digits)
    return text[:at] + huge + text[at + 1 :]


def _swap_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _cut, _behead, _splice, _splice, _overwrite, _overwrite, _repeat, _other_encoding, _numbers, _swap_lines,
)  # fmt: skip


def _blown_up(text: str, chance: random.Random) -> str:
    """A megabyte of it: a piece of it, a line, an element, or one splice, again and again in its own place; or all of it."""
    way = chance.randrange(5)
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(1, 60))
    if way == 0:
        start, end = 0, len(text)
    elif way == 1:
        start, end = text.rfind("\n", 0, start) + 1, text.find("\n", start) + 1 or len(text)
    elif way == 2:  # from one opening to the next of its kind
        sign = chance.choice("<{[,\n")
        start = max(text.find(sign, start), 0)
        end = text.find(sign, start + 1 + chance.randint(0, 400)) + 1 or len(text)
    piece = chance.choice(SPLICES) if way == 3 else text[start:end] or " "
    grown = piece * (max(MEGABYTE - len(text), 0) // len(piece) + 1)
    return (text[:start] + grown + text[start:])[:MEGABYTE]


def inputs(known: Mapping[str, tuple[str, ...]], seed: int, first: int) -> Iterator[tuple[int, str, str]]:
    """(number, parser, text) without end, each made from its own number alone."""
    names = sorted(known)
    number = first
    while True:
        chance = random.Random(seed * 1_000_000_007 + number)
        name = names[number % len(names)]
        # now and then a parser is given another tool's output
        source = chance.choice(names) if chance.random() < 0.05 else name
        yield number, name, mutated(chance.choice(known[source]), chance, large=number % LARGE_EVERY == 0)
        number += 1


def fuzz(known: Mapping[str, tuple[str, ...]], seed: int, first: int, count: int, *, limit: float = LIMIT_S) -> Tally:
    """Parse so many inputs and tally what came of them. `limit` : CPU seconds for a megabyte."""
    tally = Tally()
    for number, name, text in islice(inputs(known, seed, first), count):
        seconds, wrong = _parsed(name, text)
        allowed = limit * max(1.0, len(text) / MEGABYTE)
        if not wrong and seconds > allowed and min(_parsed(name, text)[0] for _ in range(2)) > allowed:
            # measured again: another process's interrupt is no fault of ours
            wrong = f"took {seconds * 1000:.0f} ms for {len(text)} characters"
        if wrong:
            tally.wrong.append(f"{name}, seed {seed}, number {number}: {wrong}")
        tally.inputs += 1
        tally.slowest_s = max(tally.slowest_s, seconds)
        tally.slowest[name] = max(tally.slowest.get(name, 0.0), seconds)
    return tally


def _parsed(name: str, text: str) -> tuple[float, str]:
    """(CPU seconds, what is wrong with the outcome)."""
    began = process_time()
    try:
        parsed = PARSERS[name].parse(text)
    except Exception as error:  # noqa: BLE001  (that none comes is what is measured)
        return process_time() - began, f"raised {type(error).__name__}: {error}"
    seconds = process_time() - began
    if len(parsed.values) != len(parsed.layout):
        return seconds, "columns do not fit their layout"
    try:
        json.dumps(as_object(parsed), allow_nan=False)
    except ValueError as error:
        return seconds, f"cannot be printed: {error}"
    return seconds, ""


def _chunk(job: tuple[str, int, int, int]) -> Tally:
    folder, seed, first, count = job
    return fuzz(samples(Path(folder) if folder else None), seed, first, count)


def main() -> int:
    """Fuzz and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recordings", default=os.environ.get("NOC_RECORDINGS", ""), help="a folder of recordings to mutate too")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    jobs = [(args.recordings, args.seed, i, min(CHUNK, args.count - i)) for i in range(0, args.count, CHUNK)]
    tally = Tally()
    with get_context("spawn").Pool(args.processes, maxtasksperchild=4) as pool:
        for part in pool.imap_unordered(_chunk, jobs):
            tally.add(part)
    for sentence in tally.wrong[:50]:
        print(sentence, file=sys.stderr)
    slowest = {name: round(seconds * 1000, 1) for name, seconds in sorted(tally.slowest.items())}
    print(json.dumps({"inputs": tally.inputs, "wrong": len(tally.wrong), "slowest_ms": slowest}))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
