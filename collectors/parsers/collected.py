"""What a parser finds, one value after the other, made into columns at the end."""

from dataclasses import dataclass, field
from math import isfinite, nan

import numpy as np

from collectors.parsers.parsed import Parsed
from noc_console.model.poll import Layout
from noc_console.text import clean

MOST_COMPONENTS = 1024
"""Of one output; a hostile one may name as many as it has lines."""
MOST_NAME = 64


@dataclass(slots=True)
class Collected:
    """Values of one output while it is read. Of a key that is given twice the first number stands."""

    values: dict[tuple[str, str], float] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    limits: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    components: dict[str, None] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def component(self, name: str) -> str:
        """A component of this name, made free where it is taken: `Fan`, `Fan 2`. Empty: it has no name, or there are too many."""
        name = clean(name, MOST_NAME)
        if not name or len(self.components) >= MOST_COMPONENTS:
            return ""
        free, number = name, self._numbers.get(name, 1)
        while free in self.components:  # the count goes on where it was: a thousand alike take no million steps
            number += 1
            free = f"{name} {number}"
        self._numbers[name] = number
        self.components[free] = None
        return free

    def known(self, name: str) -> bool:
        """Whether this component may be filled: it is there, or there is room for it."""
        if name not in self.components and len(self.components) < MOST_COMPONENTS:
            self.components[name] = None
        return name in self.components

    def put(self, component: str, metric: str, value: float) -> None:
        """A value; NaN keeps the place of one that this answer does not give."""
        key = (component, metric)
        if self.values.get(key, nan) != self.values.get(key, nan):
            self.values[key] = value if isfinite(value) else nan

    def add(self, component: str, metric: str, value: float) -> None:
        """One more part of a sum."""
        before = self.values.get((component, metric), nan)
        self.values[component, metric] = value if before != before else before + (value if value == value else 0.0)

    def fact(self, component: str, name: str, text: str) -> None:
        """A fact; an empty one is none."""
        if text:
            self.facts.setdefault(component, {}).setdefault(name, text)

    def limit(self, component: str, metric: str, level: str, value: float) -> None:
        """A limit that the device itself gives."""
        if isfinite(value):
            self.limits.setdefault(component, {}).setdefault(metric, {}).setdefault(level, value)

    def parsed(self, problem: str = "", detail: str = "") -> Parsed:
        """All of it as columns. Without any value or fact it is a problem: `not-this-tool` unless another is named."""
        if not problem and not self.values and not self.facts and not self.texts:
            problem = "not-this-tool"
        values = np.array(list(self.values.values()), dtype=np.float64)
        values.setflags(write=False)
        return Parsed(
            problem=problem,
            detail=clean(detail, 200),
            components=tuple(self.components),
            layout=Layout.of(self.values),
            values=values,
            texts=tuple((component, metric, text) for (component, metric), text in self.texts.items()),
            facts=self.facts,
            limits=self.limits,
        )
