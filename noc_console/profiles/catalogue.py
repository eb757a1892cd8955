"""The profiles that there are, and which of them fit a device."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from logging import getLogger
from pathlib import Path

from noc_console.profiles.profile import Profile, Recognition
from noc_console.profiles.traps import TrapKind, by_object
from noc_console.profiles.written import ProfileError, profile_of

__all__ = ["Catalogue", "ProfileError", "catalogue_with", "own_catalogue", "profile_of", "read_catalogue"]

log = getLogger(__name__)

_Rank = tuple[int, int, int, str]
"""Priority, arcs of the identifier, further conditions, name: the greatest names the device."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Profiles by name. `mistakes` are those of the user's own files that could not be taken."""

    profiles: Mapping[str, Profile]
    mistakes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def traps(self) -> Mapping[str, TrapKind]:
        """What notifications of all profiles mean, by identifier: a trap names itself, whatever device sends it."""
        return by_object(trap for profile in self.profiles.values() for trap in profile.traps)

    def questions(self, sys_object_id: str, sys_descr: str) -> tuple[str, ...]:
        """Objects of which it matters for `fitting` whether the device has any under them."""
        ways = list(self._ways(sys_object_id, sys_descr))
        sure = max((rank for rank, _, way in ways if not way.present), default=None)
        return tuple(dict.fromkeys(way.present for rank, _, way in ways if way.present and (sure is None or rank > sure)))

    def fitting(self, sys_object_id: str, sys_descr: str, present: Collection[str] = ()) -> tuple[Profile, ...]:
        """Profiles of a device: the one that names it, those it builds on, then those for any device.

        `present` : which of `questions` the device has something under.
        """
        ways = self._ways(sys_object_id, sys_descr)
        named = max(((rank, profile) for rank, profile, way in ways if not way.present or way.present in present), default=None)
        chosen = list(self._with_bases(named[1])) if named else []
        if named and self.profiles[named[1]].exclusive:
            return tuple(chosen)
        general = [each for each in self.profiles.values() if each.is_general and each not in chosen]
        return (*chosen, *sorted(general, key=lambda each: -each.priority))

    def _ways(self, sys_object_id: str, sys_descr: str) -> Iterator[tuple[_Rank, str, Recognition]]:
        for profile in self.profiles.values():
            for way in profile.ways():
                arcs = _arcs(way.sys_object_id, sys_object_id)
                if arcs is not None and (not way.sys_descr or re.search(way.sys_descr, sys_descr)):
                    rank = (profile.priority, arcs, bool(way.sys_descr) + bool(way.present), profile.name)
                    yield rank, profile.name, way

    def _with_bases(self, name: str) -> Iterator[Profile]:
        waiting, seen = [name], set()
        while waiting:
            name = waiting.pop(0)
            if name in self.profiles and name not in seen:
                seen.add(name)
                yield self.profiles[name]
                waiting += self.profiles[name].builds_on


def _arcs(prefix: str, identifier: str) -> int | None:
    """How many arcs of an identifier a prefix covers; None if it is none of it."""
    bare = prefix.strip(".")
    if not bare:
        return 0
    return bare.count(".") + 1 if f"{identifier.strip('.')}.".startswith(f"{bare}.") else None


def _text(file: Traversable) -> str:
    """What a file says. ProfileError if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{file.name}: cannot be read: {error}") from error


def _files(folder: Traversable) -> Iterator[Traversable]:
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            yield file


def read_catalogue(folders: Iterable[Traversable]) -> Catalogue:
    """All `*.toml` of these folders; a later folder's profile takes the place of one of the same name. ProfileError."""
    found = {
        profile.name: profile for folder in folders for file in _files(folder) for profile in [profile_of(_text(file), file.name)]
    }
    mistakes = [f"{each.name}.toml: {says}" for each in found.values() for says in _lost_names(each, found)]
    if mistakes:
        raise ProfileError("\n".join(mistakes))
    return Catalogue(found)


def _lost_names(profile: Profile, known: Collection[str]) -> Iterator[str]:
    for name in profile.builds_on:
        if name not in known:
            yield f"builds_on: there is no profile {name!r}"


@cache
def own_catalogue() -> Catalogue:
    """The profiles that come with the program; read once."""
    return read_catalogue([files("resources") / "profiles"])


def catalogue_with(folder: Path) -> Catalogue:
    """The program's profiles and the user's own in `folder`, which need not be there.

    A file that cannot be taken is left out, told in `mistakes` and in the log: the others keep working.
    """
    own = own_catalogue()
    if not folder.is_dir():
        return own
    found = dict(own.profiles)
    mistakes: list[str] = []
    for file in _files(folder):
        try:
            profile = profile_of(_text(file), file.name)
        except ProfileError as mistake:
            mistakes += str(mistake).splitlines()
        else:
            found[profile.name] = profile
    for profile in [each for name, each in found.items() if each is not own.profiles.get(name)]:
        lost = list(_lost_names(profile, found))
        mistakes += [f"{profile.name}: {says}" for says in lost]
    for says in mistakes:
        log.error("profile left out: %s", says)
    return Catalogue(found, tuple(mistakes))
