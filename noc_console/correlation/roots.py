"""The cause that an alarm stands for, as the formats name it: a device, a link, a rack, a row, a room, a site."""

from collections.abc import Mapping

from noc_console.alarms.types import AlarmType
from noc_console.correlation.inferred import Inferred
from noc_console.correlation.sight import Sight, Word
from noc_console.model.alarm import Alarm


class Roots:
    """Used from the monitor's thread."""

    def __init__(self, sight: Sight, inferred: Inferred) -> None:
        self._sight = sight
        self._inferred = inferred

    def of(self, alarm: Alarm) -> Mapping[str, object]:
        """The `root` of the incident whose cause it is."""
        if alarm.type in (AlarmType.POWER_LOST, AlarmType.SITE_UNREACHABLE):
            return self._inferred.root(alarm)
        if alarm.device is None:
            return {"kind": "unknown", "component": alarm.component}
        if alarm.type in (AlarmType.PORT_DOWN, AlarmType.FLAPPING):
            far = self._sight.far_end(alarm.device, alarm.component)
            if far is not None:
                return _link(alarm.device, alarm.component, far.device, far.port)
        if alarm.type == AlarmType.UNREACHABLE and not alarm.qualifier:
            line = self._only_uplink(alarm.device)
            if line is not None:
                return _link(line[0], line[1], alarm.device, line[2])
        return {"kind": "device", "device": alarm.device, "component": alarm.component}

    def _only_uplink(self, device: str) -> tuple[str, str, str] | None:
        """(neighbour, its port, own port) of the one link of a device, if the neighbour says that it is down."""
        uplinks = self._sight.paths.uplinks(device) if self._sight.paths.knows(device) else []
        if len(uplinks) != 1:
            return None
        other, theirs, _ = uplinks[0]
        answers = self._sight.word(other, 0.0) is Word.GOOD
        return uplinks[0] if answers and self._sight.port_word(other, theirs) == "down" else None


def _link(device: str, port: str, far: str, far_port: str) -> Mapping[str, object]:
    return {"kind": "link", "device": device, "component": port, "ends": ((device, port), (far, far_port))}
