"""Which alarm stands under which: the cause at the end of each chain, and which rows a cause opens to. Arrays only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from noc_console.model.alarm import Alarm

Slots = NDArray[np.int64]

MORE = -1000
"""A row `MORE - slot` is the line "57 more" under the cause in that slot."""
FIRST = 4
"""Symptoms that a cause shows by itself."""
LONGEST_CHAIN = 16


class Level(IntEnum):
    """How far a cause is open."""

    SHUT = 0
    FIRST = 1
    WHOLE = 2


@dataclass(slots=True)
class Folding:
    """How far causes are open: by number where a person said so, else all alike. `first` = rows of `Level.FIRST`."""

    levels: dict[int, Level] = field(default_factory=dict)
    usual: Level = Level.FIRST
    first: int = FIRST

    def of(self, number: int) -> Level:
        """How far this cause is open."""
        return self.levels.get(number, self.usual)


def roots(alarms: Sequence[Alarm], slots: Mapping[int, int]) -> Slots:
    """For each slot the slot of its cause at the end; its own where it has none here, or where they run in a circle."""
    found = np.arange(len(alarms), dtype=np.int64)
    symptoms = [
        (slot, slots[a.symptom_of]) for slot, a in enumerate(alarms) if a.symptom_of is not None and a.symptom_of in slots
    ]
    if not symptoms:
        return found
    mine, above = np.array(symptoms, dtype=np.int64).T
    found[mine] = above
    for _ in range(LONGEST_CHAIN):
        further = found[found]
        if (further == found).all():
            return found
        found = further
    circle = found[found] != found
    found[circle] = np.flatnonzero(circle)
    return found


def opened(members: Slots, folding: Folding, numbers: NDArray[np.int64], under: Mapping[int, Slots], held: Slots) -> Slots:
    """Rows of one group: each cause, and under it the symptoms that it is open to, with a line for the rest.

    `under` : slot of a cause → slots of its symptoms that fit, in order. `numbers` : slot → number of the alarm.
    """
    places = [at for at, slot in enumerate(members.tolist()) if slot in under]
    if not places:
        return members
    pieces: list[Slots] = []
    begun = 0
    for at in places:
        slot = int(members[at])
        pieces += [members[begun : at + 1], _of_one(slot, under[slot], folding.of(int(numbers[slot])), folding.first, held)]
        begun = at + 1
    return np.concatenate([*pieces, members[begun:]])


def _of_one(slot: int, symptoms: Slots, level: Level, first: int, held: Slots) -> Slots:
    if level is Level.SHUT:
        return symptoms[:0]
    if level is Level.WHOLE or len(symptoms) <= first + 1:
        return symptoms
    stays = np.isin(symptoms, held)
    stays[:first] = True
    shown = symptoms[stays]
    return np.append(shown, MORE - slot) if len(shown) < len(symptoms) else shown
