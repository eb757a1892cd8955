"""Sentences and figures of the alarms of GPUs: throttling, memory, links, stragglers, cooling."""

from collections.abc import Callable, Mapping

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets.words import translate

COUNTED = frozenset(
    (AlarmType.ROW_REMAP, AlarmType.ECC_ERRORS, AlarmType.NVLINK_ERRORS, AlarmType.PCIE_DEGRADED, AlarmType.COOLING_POOR)
)
"""Types whose value has no unit: `counted` tells it."""


def counted(alarm: Alarm) -> str:
    """`+3`, `x8 (x16)`, `141 % of others`; empty where there is no figure."""
    value, others = alarm.params.get("value"), alarm.params.get("others")
    if alarm.type == AlarmType.COOLING_POOR and isinstance(value, int | float) and isinstance(others, int | float) and others:
        return translate("alarm", "{share} % of others").format(share=round(100 * value / others))
    if "rise" in alarm.params:
        return f"+{_whole(alarm, 'rise')}"
    if alarm.type == AlarmType.PCIE_DEGRADED:
        sign = "x" if alarm.qualifier == "width" else ""
        return f"{sign}{_whole(alarm, 'value')} ({sign}{_whole(alarm, 'limit')})"
    return _whole(alarm, "value") if alarm.type == AlarmType.NVLINK_ERRORS else ""


def _whole(alarm: Alarm, name: str) -> str:
    value = alarm.params.get(name)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return "" if value is None else clean(str(value), 20)


def _throttled(alarm: Alarm) -> str:
    return {
        "heat": translate("alarm", "Slowed down by heat"),
        "brake": translate("alarm", "Slowed down by the server's power brake"),
        "power": translate("alarm", "Power limit holds the clock far down"),
    }.get(alarm.qualifier, translate("alarm", "Slowed down"))


def _row_remap(alarm: Alarm) -> str:
    if alarm.qualifier == "failed":
        return translate("alarm", "Memory row could not be replaced: the GPU is worn out")
    return translate("alarm", "Memory row waits to be replaced: a reset is due")


def _ecc(alarm: Alarm) -> str:
    if alarm.qualifier == "corrected":
        return translate("alarm", "Corrected memory errors grow fast (+{rise})").format(rise=_whole(alarm, "rise"))
    return translate("alarm", "Uncorrected memory errors (+{rise})").format(rise=_whole(alarm, "rise"))


def _nvlink(alarm: Alarm) -> str:
    if alarm.qualifier == "down":
        return translate("alarm", "NVLinks are down")
    kind = {
        "crc": translate("alarm", "CRC errors"),
        "replay": translate("alarm", "replays"),
        "recovery": translate("alarm", "recoveries"),
    }.get(alarm.qualifier, translate("alarm", "errors"))
    return translate("alarm", "NVLink {kind} grow (+{rise})").format(kind=kind, rise=_whole(alarm, "rise"))


def _pcie(alarm: Alarm) -> str:
    value, limit = _whole(alarm, "value"), _whole(alarm, "limit")
    if alarm.qualifier == "width":
        return translate("alarm", "PCIe link is narrow: x{value} of x{limit}").format(value=value, limit=limit)
    return translate("alarm", "PCIe link is slow: generation {value} of {limit}").format(value=value, limit=limit)


def _straggler(alarm: Alarm) -> str:
    return {
        "clock": translate("alarm", "Slower than the other GPUs at the same load"),
        "power": translate("alarm", "Draws less than the other GPUs at the same load"),
        "heat": translate("alarm", "Warmer than the other GPUs at the same load"),
    }.get(alarm.qualifier, translate("alarm", "Differs from the other GPUs"))


def _cooling_poor(alarm: Alarm) -> str:
    if alarm.component:
        return translate("alarm", "Too warm for its power beside the other GPUs: heat sink or paste")
    return translate("alarm", "Too warm for its power beside other servers: fans or dust")


def _tool_hung(alarm: Alarm) -> str:
    tool, _, state = clean(str(alarm.params.get("text") or "nvidia-smi"), 80).partition(" ")
    if state.startswith("D"):
        return translate("alarm", "{tool} does not answer and is stuck in the kernel (state D)").format(tool=tool)
    return translate("alarm", "{tool} does not answer: its GPUs are not seen").format(tool=tool)


def _swapped(alarm: Alarm) -> str:
    serial = clean(str(alarm.params.get("serial", "")), 40)
    if alarm.qualifier == "moved":
        text = translate("alarm", "GPU sits in another slot than before (SN {serial}, was at {place})")
        return text.format(serial=serial, place=clean(str(alarm.params.get("moved_from", "")), 20))
    text = translate("alarm", "Another GPU than before (SN {serial}, was {before})")
    return text.format(serial=serial, before=clean(str(alarm.params.get("serial_before", "")), 40))


SENTENCES: Mapping[AlarmType, Callable[[Alarm], str]] = {
    AlarmType.GPU_THROTTLED: _throttled,
    AlarmType.ROW_REMAP: _row_remap,
    AlarmType.ECC_ERRORS: _ecc,
    AlarmType.NVLINK_ERRORS: _nvlink,
    AlarmType.PCIE_DEGRADED: _pcie,
    AlarmType.GPU_STRAGGLER: _straggler,
    AlarmType.COOLING_POOR: _cooling_poor,
    AlarmType.GPU_TOOL_HUNG: _tool_hung,
    AlarmType.GPU_SWAPPED: _swapped,
}
