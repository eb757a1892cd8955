"""Figures over the list: how many stand, how many are mine, how many are on the shelf."""

from dataclasses import dataclass

from noc_console.mirror import Mirror
from widgets.models.alarm_groups import calls_someone, is_of


@dataclass(frozen=True, slots=True)
class ListFigures:
    """`open` counts causes that call or are in hand, `new` those that need someone; symptoms, shelves and maintenance are not
    among them.
    """

    open: int = 0
    new: int = 0
    mine: int = 0
    shelved: int = 0


def counted(mirror: Mirror, who: str, site: str) -> ListFigures:
    """Of all alarms that stand, at one site or at all."""
    open_ = new = mine = shelved = 0
    alarms = mirror.alarms
    for ids in mirror.open_by_device.values():
        for alarm in (alarms[i] for i in ids):
            if site and alarm.site != site:
                continue
            mine += is_of(alarm, who)
            shelved += alarm.shelved_until is not None
            open_ += alarm.symptom_of is None and not alarm.is_quiet
            new += calls_someone(alarm)
    return ListFigures(open_, new, mine, shelved)
