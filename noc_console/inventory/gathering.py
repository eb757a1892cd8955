"""Files to typed tables: what can be said wrong about a table by itself is said here."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, cast

from pydantic import ValidationError

from noc_console.inventory.mistakes import Notes, Source, Where, file_name, quoted
from noc_console.inventory.ranges import RangeError, spread
from noc_console.inventory.tables import (
    LISTS,
    NAMED,
    CollectorTable,
    CredentialTable,
    DeviceTable,
    LinkTable,
    RackTable,
    RoleTable,
    SiteTable,
    Table,
)

MOST_BYTES = 64 * 1024 * 1024
"""Of one file. 100,000 devices written one by one are about 20 MB."""

T = TypeVar("T", bound=Table)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A table and where it stands."""

    where: Where
    table: T


@dataclass(slots=True, kw_only=True)
class Gathered:
    """All tables of all files that are right by themselves.

    `declared` has every name that is written anywhere, also of tables that were refused, so that one mistake is told once.
    """

    roles: dict[str, Placed[RoleTable]] = field(default_factory=dict)
    credentials: dict[str, Placed[CredentialTable]] = field(default_factory=dict)
    sites: dict[str, Placed[SiteTable]] = field(default_factory=dict)
    collectors: dict[str, Placed[CollectorTable]] = field(default_factory=dict)
    racks: dict[str, Placed[RackTable]] = field(default_factory=dict)
    devices: list[Placed[DeviceTable]] = field(default_factory=list)
    links: list[Placed[LinkTable]] = field(default_factory=list)
    declared: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in (*LISTS, *NAMED)})


def read(path: Path, notes: Notes) -> tuple[Source, ...]:
    """The file, or the *.toml of the folder, by name. What cannot be read is noted."""
    try:
        is_folder = path.is_dir()
        files = sorted(file for file in path.iterdir() if _is_inventory(file)) if is_folder else [path]
    except OSError as error:
        notes.note_file(file_name(path), None, f"cannot be read: {error.strerror}")
        return ()
    if not files:
        notes.note_file(file_name(path), None, "the folder has no *.toml file; put an inventory.toml there")
    found = (_read_file(file, notes) for file in files)
    return tuple(source for source in found if source)


def _is_inventory(file: Path) -> bool:
    """Not what editors leave beside it."""
    return file.suffix == ".toml" and not file.name.startswith(".")


def _read_file(file: Path, notes: Notes) -> Source | None:
    name = file_name(file)
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        notes.note_file(name, None, "there is no such file or folder")
        return None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        notes.note_file(name, None, f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return None
    if len(raw) > MOST_BYTES:
        notes.note_file(name, None, f"is larger than {MOST_BYTES // 1024**2} MB; no inventory is")
        return None
    return _parse(name, raw, notes)


def _parse(name: str, raw: bytes, notes: Notes) -> Source | None:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        notes.note_file(name, line, f"byte 0x{raw[error.start]:02x} is no UTF-8; save the file as UTF-8")
        return None
    try:
        return Source(file=name, text=text, document=tomllib.loads(text))
    except RecursionError:
        notes.note_file(name, None, "is nested too deeply; an inventory needs four levels")
    except ValueError as error:  # TOMLDecodeError, and a number of thousands of digits
        notes.note_file(name, *_syntax(str(error), text))
    return None


def _syntax(says: str, text: str) -> tuple[int | None, str]:
    """The parser's line and its words."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", says)
    if not place:
        return None, f"is no TOML: {says}"
    words = says[: place.start()]
    if place[1] is None:
        return text.count("\n") + 1, f"is no TOML: {words} at the end of the file"
    return int(place[1]), f"is no TOML: {words} at column {place[2]}"


def gather(sources: tuple[Source, ...], notes: Notes) -> Gathered:
    """The typed tables of all files; refused ones are noted."""
    gathered = Gathered()
    for source in sources:
        for key, value in source.document.items():
            where = Where(source=source, path=(key,))
            if key in LISTS:
                _gather_list(gathered, key, where, value, notes)
            elif key in NAMED:
                _gather_named(gathered, key, where, value, notes)
            else:
                known = (*NAMED, *LISTS)
                notes.note(where, f"unknown key {quoted(key)}{notes.hint(key, known) or '; known: ' + ', '.join(known)}")
    return gathered


def _gather_list(gathered: Gathered, kind: str, where: Where, value: object, notes: Notes) -> None:
    if not isinstance(value, list):
        notes.note(where, f"{quoted(kind)} must be written as [[{kind}]] tables")
        return
    for number, raw in enumerate(value):
        place = where.at(number)
        gathered.declared[kind].update(_names(raw, kind))
        table = _typed(LISTS[kind], place, raw, notes)
        if isinstance(table, DeviceTable):
            gathered.devices.append(Placed(place, table))
        elif isinstance(table, LinkTable):
            gathered.links.append(Placed(place, table))
        elif table is not None:
            _keep(gathered, kind, cast("SiteTable | RackTable | CollectorTable", table).name, Placed(place, table), notes)


def _gather_named(gathered: Gathered, kind: str, where: Where, value: object, notes: Notes) -> None:
    if not isinstance(value, dict):
        notes.note(where, f"{quoted(kind)} must be written as [{kind}.NAME] tables")
        return
    for name, raw in value.items():
        place = where.at(name)
        gathered.declared[kind].add(name)
        table = _typed(NAMED[kind], place, raw, notes)
        if table is not None:
            _keep(gathered, kind, name, Placed(place, table), notes)


def _keep(gathered: Gathered, kind: str, name: str, placed: Placed[Table], notes: Notes) -> None:
    kept = cast("dict[str, Placed[Table]]", getattr(gathered, kind))
    if name in kept:
        notes.note(placed.where, f"{kind[:-1]} {quoted(name)} is given twice", other=kept[name].where)
    elif "[" in name and kind in LISTS:
        notes.note(
            placed.where.at("name"), f"{quoted(name)}: only [[devices]] can be ranges; write one table for each of the {kind}"
        )
    else:
        kept[name] = placed


def _typed(model: type[T], where: Where, raw: object, notes: Notes) -> T | None:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        notes.refused(where, error, model)
    return None


def _names(raw: object, kind: str) -> Iterator[str]:
    """The names that a table declares, right or wrong."""
    name = raw.get("name") if isinstance(raw, Mapping) else None
    if not isinstance(name, str):
        return
    try:
        yield from spread(name) if kind == "devices" else [name]
    except RangeError:
        yield name
