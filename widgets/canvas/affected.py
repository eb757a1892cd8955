"""What else an alarm concerns, in a sentence or two: other alarms that hang on it, the other GPUs, what a restart takes along."""

from noc_console.alarms.types import AlarmType
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets.canvas.readings import gpu_components, is_gpu, lost_gpus
from widgets.cause_words import listed
from widgets.words import translate

_RESTARTED = frozenset({AlarmType.GPU_LOST, AlarmType.GPU_MISSING, AlarmType.GPU_TOOL_HUNG})
"""Types whose advice is to restart the host; of Xids the action says it."""


def affected(alarm: Alarm, mirror: Mirror) -> str:
    """Sentences in their order; empty where nothing else is known to be affected."""
    if not alarm.device or not alarm.is_open:
        return ""
    gpus = gpu_components(mirror, alarm.device)
    told = [_hanging(alarm, mirror)]
    if is_gpu(alarm.component) and len(gpus) > 1:
        told.append(_other_gpus(alarm, mirror, gpus))
    if gpus and _is_restarted(alarm):
        told.append(_restart(alarm.device, mirror, len(gpus)))
    return " ".join(sentence for sentence in told if sentence)


def _hanging(alarm: Alarm, mirror: Mirror) -> str:
    """Alarms of other devices that stand under this one."""
    under = [a for a in mirror.alarms.values() if a.symptom_of == alarm.id and a.is_open and a.device != alarm.device]
    if not under:
        return ""
    names = listed([clean(name, 60) for name in dict.fromkeys(a.device or a.component for a in under)])
    one, more = translate("device", "One alarm hangs on it: {names}."), translate("device", "{count} alarms hang on it: {names}.")
    return (one if len(under) == 1 else more).format(count=len(under), names=names)


def _other_gpus(alarm: Alarm, mirror: Mirror, gpus: list[str]) -> str:
    standing = [mirror.alarms[number] for number in mirror.open_by_device.get(alarm.device, ())]
    sick = {a.component for a in standing if is_gpu(a.component) and a.component != alarm.component}
    if sick:
        names = listed([gpu for gpu in gpus if gpu in sick])
        return translate("device", "Other GPUs with an alarm: {names}.").format(names=names)
    return translate("device", "The other {count} GPUs have no alarm.").format(count=len(gpus) - 1)


def _is_restarted(alarm: Alarm) -> bool:
    if alarm.type == AlarmType.XID:
        return str(alarm.params.get("action") or "").startswith("reboot")
    return alarm.type in _RESTARTED


def _restart(device: str, mirror: Mirror, gpus: int) -> str:
    """What goes down with the host: the work on its other GPUs, and the ports at the other ends of its cables."""
    working = gpus - len(lost_gpus(mirror, device))
    ends = {(link.a, link.b) for link in mirror.inventory.links} | mirror.links.keys()
    ports = sorted({f"{b.device} {b.port}" for a, b in [*ends, *((b, a) for a, b in ends)] if a.device == device})
    if not ports:
        return translate("device", "A restart of {device} stops the work on {count} GPUs.").format(device=device, count=working)
    text = translate("device", "A restart of {device} stops the work on {count} GPUs, and takes down {ports}.")
    return text.format(device=device, count=working, ports=listed([clean(port, 60) for port in ports]))
