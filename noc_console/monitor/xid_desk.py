"""What is known beside the line of an Xid: the driver's own advice (Xid 154), and what the same GPU reported before.

The advice of the driver holds above the catalogue's, until it says that none is needed or the host is rebooted. A GPU is known by
its serial number, so that its history follows it into another slot or server.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from noc_console.model.alarm import Param
from noc_console.model.changes import Baseline
from noc_console.model.poll import Event

RECOVERY_ACTION = 154
KIND = "xid-history"
MOST_SERIALS = 20_000

_TO = re.compile(r"\bto 0x[0-9a-fA-F]{1,4} \(([A-Za-z0-9 ]{1,40})\)")
_ACTIONS = {
    "none": "",
    "gpu reset": "reset_gpu",
    "gpu reset required": "reset_gpu",
    "node reboot": "reboot",
    "node reboot required": "reboot",
    "os reboot": "reboot",
    "drain p2p": "reset_gpu_when_idle",
    "drain and reset": "reset_gpu",
}
"""Words of an Xid 154 → action of the catalogue; empty = none is needed (any more)."""


def advised(text: str) -> str | None:
    """The action that an Xid 154 names; empty for none, None where its words are not known."""
    match = _TO.search(text)
    return _ACTIONS.get(match[1].strip().lower()) if match else None


@dataclass(frozen=True, slots=True)
class _Before:
    """What one GPU reported: how many Xids in all, the last one, when and where."""

    count: int
    xid: int
    time: float
    place: str

    def as_text(self) -> str:
        return f"{self.count} {self.xid} {self.time:.3f} {self.place}"

    @classmethod
    def of(cls, text: str) -> "_Before | None":
        words = text.split(" ", 3)
        try:
            return cls(int(words[0]), int(words[1]), float(words[2]), words[3])
        except (ValueError, IndexError):
            return None


class XidDesk:
    """Used from the monitor's thread. `serial_of` : the serial of (device, component), empty if it is not known."""

    def __init__(self, serial_of: Callable[[str, str, str], str], keep: Callable[[Baseline], None]) -> None:
        self._serial_of = serial_of
        self._keep = keep
        self._advice: dict[tuple[str, str], str] = {}
        self._before: dict[str, _Before] = {}

    def restore(self, baselines: Iterable[Baseline]) -> None:
        """What was reported in earlier runs, newest last."""
        for baseline in sorted(baselines, key=lambda b: b.time):
            found = _Before.of(baseline.value) if baseline.kind == KIND else None
            if found is not None:
                self._before[baseline.name] = found

    def rebooted(self, device: str) -> None:
        """What the driver advised before is over."""
        for key in [key for key in self._advice if key[0] == device]:
            del self._advice[key]

    def note_advice(self, device: str, component: str, text: str) -> str | None:
        """Take up an Xid 154; gives its action as `advised` does."""
        action = advised(text)
        if action:
            self._advice[device, component] = action
        elif action == "":
            self._advice.pop((device, component), None)
        return action

    def advice(self, device: str, component: str) -> str:
        """What the driver advises for a GPU now; empty = nothing beside the catalogue."""
        return self._advice.get((device, component), "")

    def reported(self, device: str, component: str, events: list[Event]) -> dict[str, Param]:
        """Count these Xids of one GPU; gives its serial and what it reported before them, for the alarm's parameters."""
        serial = self._serial_of(device, component, "serial")
        if not serial:
            return {}
        newest = max(events, key=lambda event: event.time)
        before = self._before.get(serial)
        count = (before.count if before else 0) + len(events)
        here = f"{device}/{component}"
        if before is not None or len(self._before) < MOST_SERIALS:
            now = self._before[serial] = _Before(count, newest.code or 0, newest.time, here)
            self._keep(Baseline(device=device, kind=KIND, name=serial, value=now.as_text(), time=newest.time))
        params: dict[str, Param] = {"serial": serial}
        if before is not None:
            params |= {"before": before.count, "before_xid": before.xid, "before_at": before.time}
            if before.place != here:
                params["before_place"] = before.place
        return params
