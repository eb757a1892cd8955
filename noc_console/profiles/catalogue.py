"""The profiles that there are, and which of them fit a device."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from noc_console.profiles.classes import SENSOR_CLASSES
from noc_console.profiles.profile import Profile
from noc_console.profiles.traps import TrapKind, by_object, mistakes_in


class ProfileError(Exception):
    """A profile that cannot be used: one sentence with its name and each mistake."""


_PROFILE = TypeAdapter(with_config(ConfigDict(extra="forbid"))(Profile))


def profile_of(text: str, name: str) -> Profile:
    """A profile from its TOML. ProfileError if it is none; `name` is the file's, for the sentence."""
    try:
        profile = _PROFILE.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{name}: {error}") from error
    except ValidationError as error:
        mistakes = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ProfileError(f"{name}: {mistakes}") from error
    _check(profile, name)
    return profile


def _check(profile: Profile, name: str) -> None:
    """What types cannot say. ProfileError."""
    for table in profile.sensors:
        named = {table.sensor_class, *table.classes.values(), *table.units.values()} - {""}
        unknown = sorted(named - SENSOR_CLASSES.keys())
        if unknown or not named:
            raise ProfileError(f"{name}: {table.name}: no class of sensors is called {', '.join(unknown) or 'nothing'}")
        if bool(table.class_object) == bool(table.sensor_class):
            raise ProfileError(f"{name}: {table.name}: give either sensor_class or class_object")
    for ports in profile.ports:
        columns = {column.name for column in ports.columns}
        lost = sorted({column.instead_of for column in ports.columns} - columns - {""})
        if lost:
            raise ProfileError(f"{name}: {ports.name}: instead_of names no column: {', '.join(lost)}")
    wrong = mistakes_in(profile.traps)
    if wrong:
        raise ProfileError(f"{name}: traps: {'; '.join(wrong)}")
    optics = [table.optics for table in profile.sensors if table.optics is not None]
    for key, expressions in (
        ("sys_descrs", profile.sys_descrs),
        ("optics", [each for one in optics for each in (one.receives, one.transmits)]),
    ):
        for expression in expressions:
            _check_expression(expression, f"{name}: {key}")


def _check_expression(expression: str, where: str) -> None:
    try:
        re.compile(expression)
    except re.error as error:
        raise ProfileError(f"{where}: {expression}: {error}") from error


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Profiles by name."""

    profiles: Mapping[str, Profile]

    @property
    def traps(self) -> Mapping[str, TrapKind]:
        """What notifications of all profiles mean, by identifier: a trap names itself, whatever device sends it."""
        return by_object(trap for profile in self.profiles.values() for trap in profile.traps)

    def fitting(self, sys_object_id: str, sys_descr: str) -> tuple[Profile, ...]:
        """Profiles of a device: the one that names it (the longest sysObjectID, then sysDescr), then those for any device."""
        named = max(
            ((fit, profile.name) for profile in self.profiles.values() if (fit := _fit(profile, sys_object_id, sys_descr))),
            default=None,
        )
        if named and self.profiles[named[1]].exclusive:
            return (self.profiles[named[1]],)
        general = tuple(p for p in self.profiles.values() if not p.only_traps and not p.sys_object_ids and not p.sys_descrs)
        return ((self.profiles[named[1]],) if named else ()) + general


def _fit(profile: Profile, sys_object_id: str, sys_descr: str) -> int:
    """How well a profile names a device; 0 = not at all."""
    dotted = sys_object_id.lstrip(".") + "."
    lengths = [len(prefix) for prefix in profile.sys_object_ids if dotted.startswith(prefix.strip(".") + ".")]
    if lengths:
        return 1 + max(lengths)
    return 1 if any(re.search(expression, sys_descr) for expression in profile.sys_descrs) else 0


def _text(file: Traversable) -> str:
    """What a file says. ProfileError if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{file.name}: cannot be read: {error}") from error


def read_catalogue(folders: Iterable[Traversable]) -> Catalogue:
    """All `*.toml` of these folders; a later folder's profile takes the place of one of the same name. ProfileError."""
    found: dict[str, Profile] = {}
    for folder in folders:
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name.endswith(".toml"):
                profile = profile_of(_text(file), file.name)
                found[profile.name] = profile
    return Catalogue(found)


@cache
def own_catalogue() -> Catalogue:
    """The profiles that come with the program; read once."""
    return read_catalogue([files("resources") / "profiles"])


def catalogue_with(folder: Path) -> Catalogue:
    """The program's profiles and the user's own in `folder`, which need not be there. ProfileError."""
    if not folder.is_dir():
        return own_catalogue()
    return read_catalogue([files("resources") / "profiles", folder])
