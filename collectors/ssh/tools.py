"""What else a server may have to tell by: which tools it has, the fixed command of each, and how often each kind is asked.

`TOOLS` is asked at first contact, after a reboot and once a day; only what it finds is ever run. A loop over interfaces or disks
runs in the server's shell, over names that it has itself: nothing of this side goes into a line.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collectors.parsers import (
    amd_smi,
    ethtool_module,
    infiniband,
    ipmitool,
    nvidia_topology,
    nvlink,
    nvme,
    rocm_smi,
    sensors_json,
)
from collectors.parsers.parsed import Parsed
from collectors.ssh.commands import JOBS, NVIDIA, REGULAR, Command, fixed
from collectors.ssh.parts import each_part, merged, without_facts

KIB = 1024
MOST_TOOLS = 32
DAY_S = 86_400.0
_PATH = "PATH=$PATH:/usr/sbin:/sbin:/opt/rocm/bin; export PATH"
_SUDO_IPMI = "sudo -n ipmitool sdr elist"

TOOLS = fixed(
    "tools",
    8,
    f"sh -c '{_PATH}; for t in nvidia-smi amd-smi rocm-smi sensors; do command -v $t >/dev/null && echo $t; done; "
    "command -v ethtool >/dev/null && ls -d /sys/class/net/*/device >/dev/null 2>&1 && echo ethtool; "
    "ls -d /sys/class/infiniband/*/ports >/dev/null 2>&1 && echo infiniband; "
    "if command -v ipmitool >/dev/null && [ -e /dev/ipmi0 ]; then if [ -w /dev/ipmi0 ]; then echo ipmitool; "
    f"else sudo -n -l ipmitool sdr elist >/dev/null 2>&1 && echo ipmitool-sudo; fi; fi; "
    "for d in /dev/nvme[0-9]; do [ -r $d ] && command -v nvme >/dev/null && echo nvme && break; done; "
    "for g in /sys/fs/cgroup/kubepods* /sys/fs/cgroup/*/kubepods* /sys/fs/cgroup/*/slurm*; do [ -e $g ] && echo jobs && break; "
    "done; echo end'",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One command that a server may answer.

    Attributes
    ----------
    needs : the name under which `TOOLS` lists it. kind : the source that asks it. parse : its output into columns; total.
    unless : another tool in whose presence it is not asked.
    """

    command: Command
    needs: str
    kind: str
    parse: Callable[[str], Parsed]
    unless: str = ""


def _nvlink(text: str) -> Parsed:
    # Which GPU is where is told by the quick poll: a fact that two sources spell differently would look like a change.
    return without_facts(nvlink.parse(text))


def _jobs(text: str) -> Parsed:
    # What it tells goes into the server's memory (`server.jobs`), for the Xids that name a process.
    return Parsed(problem="" if text.endswith("end\n") else "truncated")


def _optics(text: str) -> Parsed:
    return merged(each_part(text, "interface", ethtool_module.parse, "{name} {component}"))


def _disks(text: str) -> Parsed:
    return merged(each_part(text, "disk", nvme.parse, "{name}"))


_IB = (
    " ".join(
        f"/sys/class/infiniband/*/{path}"
        for path in ("fw_ver", "hca_type", "ports/*/state", "ports/*/rate", "ports/*/link_layer")
    )
    + " /sys/class/infiniband/*/ports/*/counters/* /sys/class/infiniband/*/ports/*/hw_counters/*"
)

EVERY_TOOL: tuple[Tool, ...] = (
    Tool(
        command=fixed(
            "nvidia-smi-nvlink", 20, "sh -c 'nvidia-smi nvlink -s && nvidia-smi nvlink -e'", tool=NVIDIA, most=512 * KIB
        ),
        needs=NVIDIA,
        kind="links",
        parse=_nvlink,
    ),
    Tool(command=JOBS, needs=JOBS.name, kind="jobs", parse=_jobs),
    Tool(
        command=fixed("infiniband", 8, f"sh -c 'grep -s -H . {_IB}'", (0, 2), most=1024 * KIB),
        needs="infiniband",
        kind="links",
        parse=infiniband.parse,
    ),
    Tool(
        command=fixed(
            "ipmitool", 40, "sh -c 'PATH=$PATH:/usr/sbin:/sbin; exec ipmitool sdr elist'", tool="ipmitool", most=256 * KIB
        ),
        needs="ipmitool",
        kind="sensors",
        parse=ipmitool.parse,
    ),
    Tool(
        command=fixed("ipmitool-sudo", 40, _SUDO_IPMI, tool="ipmitool", most=256 * KIB),
        needs="ipmitool-sudo",
        kind="sensors",
        parse=ipmitool.parse,
    ),
    Tool(command=fixed("sensors", 8, "sensors -j", most=256 * KIB), needs="sensors", kind="sensors", parse=sensors_json.parse),
    Tool(
        command=fixed("amd-smi", 20, f"sh -c '{_PATH}; exec amd-smi metric --json'", tool="amd-smi", most=2048 * KIB),
        needs="amd-smi",
        kind="amd",
        parse=amd_smi.parse,
    ),
    Tool(
        command=fixed("rocm-smi", 20, f"sh -c '{_PATH}; exec rocm-smi -a --json'", tool="rocm-smi", most=2048 * KIB),
        needs="rocm-smi",
        kind="amd",
        parse=rocm_smi.parse,
        unless="amd-smi",
    ),
    Tool(
        command=fixed("amd-smi-static", 30, f"sh -c '{_PATH}; exec amd-smi static --json'", tool="amd-smi", most=2048 * KIB),
        needs="amd-smi",
        kind="layout",
        parse=amd_smi.parse,
    ),
    Tool(
        command=fixed("nvidia-smi-topo", 20, "nvidia-smi topo -m", tool=NVIDIA, most=256 * KIB),
        needs=NVIDIA,
        kind="layout",
        parse=nvidia_topology.parse,
    ),
    Tool(
        command=fixed(
            "ethtool",
            30,
            'sh -c \'PATH=$PATH:/usr/sbin:/sbin; for i in /sys/class/net/*; do [ -e "$i/device" ] || continue; '
            'echo "interface ${i##*/}"; ethtool -m "${i##*/}" 2>&1; done; echo end\'',
            most=512 * KIB,
        ),
        needs="ethtool",
        kind="health",
        parse=_optics,
    ),
    Tool(
        command=fixed(
            "nvme",
            30,
            'sh -c \'PATH=$PATH:/usr/sbin:/sbin; for d in /dev/nvme[0-9] /dev/nvme[0-9][0-9]; do [ -r "$d" ] || continue; '
            'echo "disk ${d##*/}"; nvme smart-log "$d" -o json; done; echo end\'',
            most=512 * KIB,
        ),
        needs="nvme",
        kind="health",
        parse=_disks,
    ),
)
KINDS: Mapping[str, float] = {"jobs": 30.0, "links": 60.0, "sensors": 60.0, "amd": 10.0, "health": 600.0, "layout": DAY_S}
"""Seconds between two polls; never more often than the device's own interval."""
_NAME = re.compile(r"[a-z0-9-]{1,24}")


def interval_of(kind: str, interval: float) -> float:
    """Seconds between two polls of a kind, for a device with this interval."""
    return max(KINDS[kind], interval)


def found_tools(text: str) -> frozenset[str] | None:
    """Names out of the output of `TOOLS`; None if it is not whole."""
    lines = text.split("\n")[: MOST_TOOLS + 2]
    if lines[-2:] != ["end", ""]:
        return None
    return frozenset(line for line in lines[:-2] if _NAME.fullmatch(line))


def tools_of(kind: str, known: frozenset[str]) -> tuple[Tool, ...]:
    """What a server with these tools is asked for a kind."""
    return tuple(tool for tool in EVERY_TOOL if tool.kind == kind and tool.needs in known and tool.unless not in known)


def kinds_of(known: frozenset[str]) -> tuple[str, ...]:
    """The kinds that a server with these tools can be asked for."""
    return tuple(kind for kind in KINDS if tools_of(kind, known))


EVERY: tuple[Command, ...] = (*REGULAR, TOOLS, *(tool.command for tool in EVERY_TOOL))
"""All that is ever run on a server; the gate's list."""
