"""What is not known of many devices together: looked at once for all alarms that hang on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from noc_console.correlation.sight import Sight


@dataclass(frozen=True, slots=True)
class Doubt:
    """Of several devices: when one that is not suspect answered last, and the interval of the slowest that is not known dead."""

    answered: float
    slowest: float

    def since(self, moment: float) -> float:
        """The slowest's interval, if none of them is known to have been well since this moment; else 0."""
        return self.slowest if self.answered < moment else 0.0


class Doubts:
    """Of the moment: `clear` before the next. Used from the monitor's thread."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._known: dict[tuple[str, str], Doubt] = {}

    def clear(self) -> None:
        """Answers may have come."""
        self._known.clear()

    def of(self, key: tuple[str, str], devices: Iterable[str]) -> Doubt:
        """The doubt of these devices, which are always the same for a key."""
        found = self._known.get(key)
        if found is None:
            reach, answered, slowest = self._sight.reach, 0.0, 0.0
            for device in devices:
                if device in self._sight.dead or not reach.interval(device):
                    continue
                slowest = max(slowest, reach.interval(device))
                if device not in reach.suspects:
                    answered = max(answered, reach.answered_at(device) or 0.0)
            found = self._known[key] = Doubt(answered, slowest)
        return found
