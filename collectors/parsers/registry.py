"""Parsers by the names that the command line knows. Adding one is one line here, one file beside it and one recording."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collectors.parsers import (
    amd_smi,
    dcgm_links,
    ethtool_module,
    infiniband,
    ipmitool,
    kernel_log,
    nvidia_smi_csv,
    nvidia_smi_xml,
    nvidia_topology,
    nvlink,
    nvme,
    proc,
    rocm_smi,
    sensors_json,
)
from collectors.parsers.parsed import Parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """A parser: any text in, values out, no exception."""

    name: str
    says: str
    """What prints its input."""
    parse: Callable[[str], Parsed]


PARSERS: Mapping[str, Parser] = {
    parser.name: parser
    for parser in (
        Parser(name="nvidia-smi-xml", says="nvidia-smi -q -x", parse=nvidia_smi_xml.parse),
        Parser(name="nvidia-smi-csv", says="nvidia-smi --query-gpu=FIELDS --format=csv", parse=nvidia_smi_csv.parse),
        Parser(name="nvidia-smi-nvlink", says="nvidia-smi nvlink -s, -e, -gt d", parse=nvlink.parse),
        Parser(name="nvidia-smi-topo", says="nvidia-smi topo -m", parse=nvidia_topology.parse),
        Parser(name="rocm-smi-json", says="rocm-smi -a --json", parse=rocm_smi.parse),
        Parser(name="amd-smi-json", says="amd-smi metric --json, amd-smi static --json", parse=amd_smi.parse),
        Parser(name="dcgmi-nvlink", says="dcgmi nvlink -s", parse=dcgm_links.parse),
        Parser(name="ipmitool-sdr", says="ipmitool sdr, sdr elist, -c sdr, sensor", parse=ipmitool.parse),
        Parser(name="sensors-json", says="sensors -j", parse=sensors_json.parse),
        Parser(name="infiniband-sysfs", says="grep -H . over /sys/class/infiniband", parse=infiniband.parse),
        Parser(name="ethtool-module", says="ethtool -m INTERFACE", parse=ethtool_module.parse),
        Parser(name="nvme-smart", says="nvme smart-log, smartctl -j", parse=nvme.parse),
        Parser(name="kernel-log", says="dmesg, journalctl -k, /dev/kmsg", parse=kernel_log.parse),
        Parser(name="proc-stat", says="/proc/stat", parse=proc.parse_stat),
        Parser(name="proc-meminfo", says="/proc/meminfo", parse=proc.parse_meminfo),
        Parser(name="proc-net-dev", says="/proc/net/dev", parse=proc.parse_net_dev),
        Parser(name="proc-uptime", says="/proc/uptime", parse=proc.parse_uptime),
        Parser(name="proc-loadavg", says="/proc/loadavg", parse=proc.parse_loadavg),
        Parser(name="boot-id", says="/proc/sys/kernel/random/boot_id", parse=proc.parse_boot_id),
    )
}
