"""What the window is given once it is painted: the way of changes in, the way of commands out. The composition root fills it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from noc_console.feed import Feed
from noc_console.model.alarm import Alarm, Entry
from noc_console.text import clean
from widgets.discover_dialog import Discover
from widgets.view import History, Order
from widgets.words import translate


class ScenarioControl(Protocol):
    """The simulated fleet's scenario, where there is one (`demo`). Called in the UI thread: must return at once."""

    name: str
    """Of the scenario that runs; empty = none."""
    begun: float | None
    """Since when (UTC seconds); None until it has begun."""

    def repair(self) -> None:
        """End the scenario."""

    def begin(self, name: str) -> None:
        """Begin another one."""

    def list(self) -> Sequence[str]:
        """Names of all scenarios."""


class Refused(Exception):
    """The console cannot watch anything; the sentences say why and what to do (a broken inventory, a second console)."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def replay_note(name: str, speed: float) -> str:
    """The lasting note of a window that shows a recording."""
    text = translate("backend", "Replay of {name} at {speed} times its speed: nothing here is live, and nothing is kept")
    return text.format(name=clean(name, 80), speed=f"{speed:g}")


def conditions_note(mistakes: tuple[str, ...]) -> tuple[str, ...]:
    """The lasting note of conditions that are left out; none where all are well."""
    if not mistakes:
        return ()
    text = translate("backend", "Conditions left out: {count}. {first} (noc-console conditions check tells all)")
    return (text.format(count=len(mistakes), first=clean(mistakes[0], 160)),)


def profiles_note(mistakes: tuple[str, ...]) -> tuple[str, ...]:
    """The lasting note of profiles that are left out; none where all are well."""
    if not mistakes:
        return ()
    text = translate("backend", "Profiles left out: {first} (noc-console profiles check FILE tells all)")
    return (text.format(first=clean(mistakes[0], 160)),)


class NoHistory:
    """The past where nothing is stored."""

    def alarms(self, start: float, end: float) -> list[Alarm]:
        """None."""
        return []

    def entries(self, start: float, end: float) -> list[Entry]:
        """None."""
        return []

    def readings(self, device: str, component: str, metric: str, start: float, end: float):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """None."""
        import numpy as np

        return np.zeros(0), np.zeros(0)


@dataclass(slots=True, kw_only=True)
class Backend:
    """What `open_backend` gives. `close` is called once, after the window has gone."""

    feed: Feed
    send: Callable[[Order], None]
    history: History = field(default_factory=NoHistory)
    who: str = ""
    clock: Callable[[], float] = time.time
    scenario: ScenarioControl | None = None
    trust: Callable[[str, str, bool], str] | None = None
    """Confirms a server's SSH host key (`widgets.trust_dialog.Trust`); blocks, so it is called from a thread."""
    unlock: Callable[[str, str, bool], str] | None = None
    """Takes the passphrase of a server's key (`widgets.passphrase_dialog.Unlock`); blocks, so it is called from a thread."""
    discover: Discover | None = None
    """Prepares a discovery (`widgets.discover_dialog`); called in a thread."""
    notes: tuple[str, ...] = ()
    """Sentences that stand as lasting notes (`Replay of … at speed 10`)."""
    close: Callable[[], None] = lambda: None


OpenBackend = Callable[[], Backend]
"""Called in a thread of its own after the first paint; raises `Refused`."""
