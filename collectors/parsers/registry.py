"""Parsers by the names that the command line knows. Adding one is one line here, one file beside it and one recording."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collectors.parsers import kernel_log, nvidia_smi_csv, nvidia_smi_xml, proc
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
        Parser(name="kernel-log", says="dmesg, journalctl -k, /dev/kmsg", parse=kernel_log.parse),
        Parser(name="proc-stat", says="/proc/stat", parse=proc.parse_stat),
        Parser(name="proc-meminfo", says="/proc/meminfo", parse=proc.parse_meminfo),
        Parser(name="proc-net-dev", says="/proc/net/dev", parse=proc.parse_net_dev),
        Parser(name="proc-uptime", says="/proc/uptime", parse=proc.parse_uptime),
        Parser(name="proc-loadavg", says="/proc/loadavg", parse=proc.parse_loadavg),
        Parser(name="boot-id", says="/proc/sys/kernel/random/boot_id", parse=proc.parse_boot_id),
    )
}
