"""Outputs that hold several parts, and several outputs made one: total on whatever a server prints."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from collectors.parsers.parsed import Parsed
from noc_console.model.poll import Layout
from noc_console.text import clean

MOST_PARTS = 64
UNREADABLE = frozenset(("not-supported", "not-this-tool", "empty"))
"""Problems of a part that has nothing to say: a copper port has no optic."""


def each_part(text: str, word: str, parse: Callable[[str], Parsed], naming: str) -> list[Parsed]:
    """Parts behind lines `WORD NAME`, each through its parser, its components named by `{name}` and `{component}`."""
    found: list[Parsed] = []
    for piece in f"\n{text}".removesuffix("end\n").split(f"\n{word} ")[1 : MOST_PARTS + 1]:
        name, _, body = piece.partition("\n")
        parsed = parse(body)
        if parsed.problem not in UNREADABLE:
            found.append(_named(parsed, clean(name, 32), naming))
    return found


def _named(parsed: Parsed, name: str, naming: str) -> Parsed:
    new = {part: naming.format(name=name, component=part) for part, _ in parsed.layout.keys}
    new |= {part: naming.format(name=name, component=part) for part in (*parsed.components, *parsed.facts, *parsed.limits)}
    return replace(
        parsed,
        components=tuple(new[part] for part in parsed.components),
        layout=Layout.of((new[part], metric) for part, metric in parsed.layout.keys) if _differ(parsed, new) else Layout.of(()),
        values=parsed.values if _differ(parsed, new) else np.zeros(0),
        texts=tuple((new.get(part, part), metric, text) for part, metric, text in parsed.texts),
        facts={new[part]: words for part, words in parsed.facts.items()},
        limits={new[part]: levels for part, levels in parsed.limits.items()},
    )


def _differ(parsed: Parsed, new: dict[str, str]) -> bool:
    keys = [(new[part], metric) for part, metric in parsed.layout.keys]
    return len(set(keys)) == len(keys)


def without_facts(parsed: Parsed) -> Parsed:
    """Only what it measures."""
    return replace(parsed, facts={})


def merged(parts: Iterable[Parsed]) -> Parsed:
    """Several outputs as one; of a key that two give, the first stands. The first problem stands beside what could be read."""
    keys: dict[tuple[str, str], float] = {}
    components: dict[str, None] = {}
    texts: dict[tuple[str, str], str] = {}
    facts: dict[str, dict[str, str]] = {}
    limits: dict[str, dict[str, dict[str, float]]] = {}
    problem = ""
    for part in parts:
        problem = problem or part.problem
        components |= dict.fromkeys(part.components)
        for key, value in zip(part.layout.keys, part.values.tolist(), strict=True):
            keys.setdefault(key, value)
        for component, metric, text in part.texts:
            texts.setdefault((component, metric), text)
        for component, words in part.facts.items():
            facts.setdefault(component, {}).update(words)
        for component, metrics in part.limits.items():
            limits.setdefault(component, {}).update({metric: dict(levels) for metric, levels in metrics.items()})
    values = np.array(list(keys.values()), dtype=np.float64)
    values.setflags(write=False)
    return Parsed(
        problem=problem,
        components=tuple(components),
        layout=Layout.of(keys),
        values=values,
        texts=tuple((component, metric, text) for (component, metric), text in texts.items()),
        facts=facts,
        limits=limits,
    )
