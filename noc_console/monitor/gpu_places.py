"""Which GPU sits in which slot of a server: one that was exchanged, or sits elsewhere than before, is told once.

A slot is a PCI address, since nvidia-smi's own numbers move up when one is missing. Addresses are given anew when a card is
added; then all move and keep their order, and nobody is told.
"""

from collections.abc import Callable, Iterable, Mapping

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Param
from noc_console.model.changes import Baseline
from noc_console.model.poll import Facts
from noc_console.model.severity import Severity

KIND = "gpu-place"
MOVED, EXCHANGED = "moved", "exchanged"


class GpuPlaces:
    """Used from the monitor's thread."""

    def __init__(self, book: Book, keep: Callable[[Baseline], None]) -> None:
        self._book = book
        self._keep = keep
        self._places: dict[str, dict[str, str]] = {}

    def restore(self, baselines: Iterable[Baseline]) -> None:
        """What sat where before."""
        for baseline in baselines:
            if baseline.kind == KIND and baseline.value:
                self._places.setdefault(baseline.device, {})[baseline.name] = baseline.value

    def learn(self, device: str, facts: Facts, at: float) -> None:
        """GPUs with their serials and addresses, as told together."""
        now = {
            told["pci_bus_id"].lower(): (gpu, told["serial"])
            for gpu, told in facts.items()
            if gpu.startswith("gpu") and told.get("serial") and told.get("pci_bus_id")
        }
        before = self._places.setdefault(device, {})
        changed = {place: told for place, told in now.items() if before.get(place) != told[1]}
        if not changed:
            return
        if not _only_numbered_anew(before, {place: serial for place, (_, serial) in now.items()}, len(changed)):
            for place, (gpu, serial) in changed.items():
                self._tell(device, gpu, place, serial, at)
        for place, (_, serial) in changed.items():
            self._left(device, serial, at)
            before[place] = serial
            self._keep(Baseline(device=device, kind=KIND, name=place, value=serial, time=at))

    def _left(self, device: str, serial: str, at: float) -> None:
        """Where it sat before it sits no more."""
        for place in [place for place, there in self._places[device].items() if there == serial]:
            del self._places[device][place]
            self._keep(Baseline(device=device, kind=KIND, name=place, value="", time=at))

    def _tell(self, device: str, gpu: str, place: str, serial: str, at: float) -> None:
        before = self._places[device]
        was_at = next((other for other, there in before.items() if there == serial), "")
        params: dict[str, Param] = {"gpu": gpu, "serial": serial}
        if was_at:
            params["moved_from"] = was_at
        elif place in before:
            params["serial_before"] = before[place]
        else:
            return  # one more than there was
        who = Identity(device, gpu, AlarmType.GPU_SWAPPED, MOVED if was_at else EXCHANGED)
        self._book.raise_alarm(who, Severity.WARNING, at, params)


def _only_numbered_anew(before: Mapping[str, str], now: Mapping[str, str], changed: int) -> bool:
    """Whether all that changed their address are in the same order as before."""
    if changed < 2 or set(before.values()) != set(now.values()):
        return False
    return [before[place] for place in sorted(before)] == [now[place] for place in sorted(now)]
