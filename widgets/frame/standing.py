"""What stands now in figures: causes by severity, symptoms, shelves, maintenance. Kept until alarms change."""

from collections import Counter
from dataclasses import dataclass, field

from noc_console.mirror import Mirror
from noc_console.model.severity import Severity
from widgets.models.alarm_groups import is_filled


@dataclass(slots=True)
class Figures:
    """Severity → (open, of these in nobody's hands); then what is not counted among them."""

    counts: dict[Severity, tuple[int, int]] = field(default_factory=dict)
    folded: int = 0
    shelved: int = 0
    maintained: int = 0


class Standing:
    """Counts once for all who ask between two changes."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._kept: dict[str, Figures] = {}

    def touch(self) -> None:
        """Alarms have changed."""
        self._kept.clear()

    def figures(self, site: str = "") -> Figures:
        """Of one site, or of all."""
        found = self._kept.get(site)
        if found is None:
            found = self._kept[site] = self._count(site)
        return found

    def _count(self, site: str) -> Figures:
        figures, open_, new = Figures(), Counter[Severity](), Counter[Severity]()
        alarms = self._mirror.alarms
        for ids in self._mirror.open_by_device.values():
            for alarm in (alarms[i] for i in ids):
                if site and alarm.site != site:
                    continue
                if alarm.shelved_until is not None:
                    figures.shelved += 1
                elif alarm.maintenance:
                    figures.maintained += 1
                elif alarm.symptom_of is not None:
                    figures.folded += 1
                else:
                    open_[alarm.severity] += 1
                    new[alarm.severity] += is_filled(alarm)
        figures.counts = {severity: (open_[severity], new[severity]) for severity in sorted(Severity, reverse=True)}
        return figures
