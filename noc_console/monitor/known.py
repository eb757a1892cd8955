"""Facts, limits and neighbours of each source: they hold until they are given anew, and each change is kept."""

from collections.abc import Iterable, Mapping

from noc_console.model.changes import Known, StateChange
from noc_console.model.poll import Facts, Limits, Neighbour, PollResult
from noc_console.monitor.gathered import Gathered


class KnownThings:
    """What is known of all devices beside their values. Used from the monitor's thread."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self.known: dict[tuple[str, str], Known] = {}
        self._facts: dict[str, dict[str, Mapping[str, str]]] = {}

    def restore(self, states: Iterable[StateChange]) -> None:
        """Facts as they were last."""
        for state in states:
            if state.kind == "fact":
                self._note(state.device, state.component, {state.name: state.now})

    def fact(self, device: str, component: str, name: str) -> str:
        """A fact as last given by any source; empty if there is none."""
        return self._facts.get(device, {}).get(component, {}).get(name, "")

    def _note(self, device: str, component: str, facts: Mapping[str, str]) -> None:
        """Facts of a component as they are now; what was given is kept as it is where it says all, and shared."""
        known = self._facts.setdefault(device, {})
        before = known.get(component)
        known[component] = {**before, **facts} if before and not before.keys() <= facts.keys() else facts

    def learn(self, result: PollResult) -> dict[tuple[str, str], tuple[str, str]]:
        """Take what an answer tells. Gives the facts that changed: (component, name) → (was, now)."""
        key = (result.device, result.source)
        before = self.known.get(key)
        facts = _merged(before.facts if before else {}, result.facts)
        limits: Limits = {**(before.limits if before else {}), **(result.limits or {})}
        neighbours: tuple[Neighbour, ...] = before.neighbours if before else ()
        if result.neighbours is not None:
            neighbours = result.neighbours
        if before and (before.facts, before.limits, before.neighbours) == (facts, limits, neighbours):
            return {}
        known = Known(
            device=result.device,
            source=result.source,
            facts=facts,
            limits=limits,
            neighbours=neighbours,
            time=result.finished,
        )
        self.known[key] = self._gathered.known[key] = known
        return self._changed_facts(result)

    def _changed_facts(self, result: PollResult) -> dict[tuple[str, str], tuple[str, str]]:
        changed: dict[tuple[str, str], tuple[str, str]] = {}
        for component, facts in (result.facts or {}).items():
            news = {name: (was, now) for name, now in facts.items() if (was := self.fact(result.device, component, name)) != now}
            for name, words in news.items():
                changed[component, name] = words
                self._gathered.states.append(_fact_change(result, component, name, words))
            if news:
                self._note(result.device, component, facts)
        return changed


def _merged(before: Facts, given: Facts | None) -> Facts:
    if not given:
        return before
    merged: dict[str, Mapping[str, str]] = dict(before)
    for component, facts in given.items():
        known = merged.get(component)
        # the given one, where it says all: devices that are alike share their parts' facts
        merged[component] = {**known, **facts} if known and not known.keys() <= facts.keys() else facts
    return merged


def _fact_change(result: PollResult, component: str, name: str, words: tuple[str, str]) -> StateChange:
    return StateChange(
        time=result.finished,
        device=result.device,
        component=component,
        kind="fact",
        name=name,
        was=words[0],
        now=words[1],
    )
