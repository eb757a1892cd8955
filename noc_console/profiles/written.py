"""A profile as it is written: what is short in the file is made whole, and a mistake is told with its line."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from noc_console.profiles.classes import SENSOR_CLASSES
from noc_console.profiles.profile import Kind, NeighbourTable, Profile, SensorTable
from noc_console.profiles.template import TemplateError, has_word, index_of, template_of, told_by
from noc_console.profiles.traps import mistakes_in

_PROFILE = TypeAdapter(with_config(ConfigDict(extra="forbid"))(Profile))
_LEVELS = frozenset(("ok", "warning", "critical", "unknown", "absent"))
_LIMITS = frozenset(("low_critical", "low_warning", "high_warning", "high_critical"))
_METRIC = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
# A dot before a digit that does not follow a number, a closing bracket or a word: an object that continues `base`.
_RELATIVE = re.compile(r"(?<![\w\].>])\.(?=\d)")
_PLAIN = re.compile(r"\.\d+(\.\d+)*( *@.*)?")
_BRACED = re.compile(r"\{[^{}]*\}")
_OBJECTS = frozenset(
    (
        *("value", "class_object", "units_object", "exponent_object", "precision_object", "scale_object", "divisor_object"),
        *("divide_by", "status_object", "words_object", "object", "port", "lane", "limits", "optics", "lldp", "facts"),
    )
)
_TEMPLATES = frozenset(("names", "port_name", "host", "remote_port", "platform", "address"))
_KEYED = frozenset(("where", "unless", "labels"))
_TABLES = ("sensors", "gauges", "ports", "neighbour_tables", "entities")


class ProfileError(Exception):
    """A profile that cannot be used: its mistakes, one a line, each with the file's name and, where it is known, the line."""


@dataclass(slots=True)
class _Written:
    """What a file says, spread; where each table of the result stood in it."""

    name: str
    text: str
    told: dict[str, Any]
    places: dict[tuple[str, int], tuple[str, int, int]] = field(default_factory=dict)
    """(kind of table, number in the result) → (kind, number in the file, number of its `each` or -1)."""

    def mistake(self, where: tuple[str | int, ...], says: str) -> str:
        """One sentence."""
        line = _line_of(self.text, self._path(where))
        path = ".".join(str(each) for each in where if not isinstance(each, int))
        return f"{self.name}{f':{line}' if line else ''}: {f'{path}: ' if path else ''}{says}"

    def _path(self, where: tuple[str | int, ...]) -> tuple[str, int, int, str]:
        keys = [each for each in where if isinstance(each, str)]
        if len(where) > 1 and isinstance(where[0], str) and isinstance(where[1], int):
            kind, number, each = self.places.get((where[0], where[1]), (where[0], where[1], -1))
            return kind, number, each, keys[1] if len(keys) > 1 else ""
        return "", -1, -1, keys[0] if keys else ""


def profile_of(text: str, name: str) -> Profile:
    """A profile from its TOML. ProfileError if it is none; `name` is the file's, for the sentences."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ProfileError(f"{name}{f':{line[1]}' if line else ''}: {error}") from error
    written = _spread(_Written(name, text, told))
    try:
        profile = _PROFILE.validate_python(written.told)
    except ValidationError as error:
        raise ProfileError("\n".join(written.mistake(each["loc"], each["msg"]) for each in error.errors())) from error
    mistakes = [written.mistake(where, says) for where, says in _mistakes(profile)]
    if mistakes:
        raise ProfileError("\n".join(mistakes))
    return profile


# --- making it whole ----------------------------------------------------------------------------------------------------------


def _spread(written: _Written) -> _Written:
    told = dict(written.told)
    for kind in _TABLES:
        tables = told.get(kind)
        if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
            told[kind] = [table for number, each in enumerate(tables) for table in _tables_of(written, kind, number, each)]
    written.told = told
    return written


def _tables_of(written: _Written, kind: str, number: int, table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A table of the file as those of the profile: one for each of `each`."""
    entries = table.get("each", [{}]) if kind in ("sensors", "gauges") else [{}]
    shared = {key: value for key, value in table.items() if key != "each" or kind not in ("sensors", "gauges")}
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        entries, shared = [{}], table
    for at, entry in enumerate(entries):
        place = sum(1 for known in written.places if known[0] == kind)
        written.places[kind, place] = (kind, number, at if "each" in table else -1)
        whole = {**shared, **entry}
        base = whole.pop("base", "")
        if isinstance(base, str):
            whole = {key: _based(base.rstrip("."), key, value) for key, value in whole.items()}
        yield _renamed(whole) if kind in ("sensors", "gauges") else whole


def _renamed(table: dict[str, Any]) -> dict[str, Any]:
    """Words that are nice to write and that Python or the engine has others for."""
    if "class" in table:
        table["sensor_class"] = table.pop("class")
    if "divisor" in table and isinstance(table["divisor"], int | float) and table["divisor"]:
        table["scale"] = table.get("scale", 1.0) / table.pop("divisor")
    if "poll" in table and table["poll"] in ("often", "seldom"):
        table["seldom"] = table.pop("poll") == "seldom"
    value = table.get("value")
    if isinstance(value, str) and value.endswith(".0"):
        table["value"] = value.removesuffix(".0")
    for key in ("classes", "units"):
        if isinstance(table.get(key), dict):
            table[key] = {name: _kind(each, table) for name, each in table[key].items()}
    return table


def _kind(told: object, table: Mapping[str, Any]) -> object:
    """A class, or a table with `class`, `unit` and `scale`; without a class it is that of the table."""
    if isinstance(told, str):
        return {"sensor_class": told}
    if isinstance(told, dict):
        more = {key: value for key, value in told.items() if key != "class"}
        return {"sensor_class": told.get("class", table.get("sensor_class", "")), **more}
    return told


def _based(base: str, key: str, value: object) -> object:
    """A value with its relative objects made whole."""
    if key in _KEYED and isinstance(value, dict):
        return {_whole(base, str(name)): each for name, each in value.items()}
    if key in _TEMPLATES:
        if isinstance(value, list):
            return [_template(base, each) if isinstance(each, str) else each for each in value]
        return _template(base, value) if isinstance(value, str) else value
    if key in _OBJECTS:
        if isinstance(value, dict):
            return {name: _based(base, "object", each) for name, each in value.items()}
        if isinstance(value, list):
            return [_based(base, "object", each) for each in value]
        return _whole(base, value) if isinstance(value, str) else value
    if key == "columns" and isinstance(value, list):
        return [{k: _based(base, k, v) for k, v in each.items()} if isinstance(each, dict) else each for each in value]
    return value


def _whole(base: str, text: str) -> str:
    return _RELATIVE.sub(f"{base}.", text)


def _template(base: str, text: str) -> str:
    if _PLAIN.fullmatch(text):
        whole = _whole(base, text)
        return f"{{{whole}}}" if "@" in whole else whole
    return _BRACED.sub(lambda found: _whole(base, found[0]), text)


# --- mistakes that types cannot say -------------------------------------------------------------------------------------------

_Mistake = tuple[tuple[str | int, ...], str]


def _mistakes(profile: Profile) -> Iterator[_Mistake]:
    if not profile.written_from:
        yield ("written_from",), "name the MIBs it was written from"
    expressions: list[tuple[tuple[str | int, ...], str]] = [(("sys_descrs",), each) for each in profile.sys_descrs]
    expressions += [(("recognised", at, "sys_descr"), each.sys_descr) for at, each in enumerate(profile.recognised)]
    expressions += [(("facts_in_sys_descr",), each) for each in profile.facts_in_sys_descr.values()]
    for where, expression in expressions:
        yield from _of_expression(where, expression)
    for number, ports in enumerate(profile.ports):
        columns = {column.name for column in ports.columns}
        lost = sorted({column.instead_of for column in ports.columns} - columns - {""})
        if lost:
            yield ("ports", number, "columns"), f"instead_of names no column: {', '.join(lost)}"
        yield from _of_parsed(("ports", number, "port"), index_of, [ports.port])
        yield from _of_parsed(("ports", number, "names"), template_of, ports.names)
    for kind, tables in (("sensors", profile.sensors), ("gauges", profile.gauges)):
        for number, table in enumerate(tables):
            for key, says in _of_table(table, is_gauge=kind == "gauges"):
                yield (kind, number, key), says
    for number, neighbours in enumerate(profile.neighbour_tables):
        for key, says in _of_neighbours(neighbours):
            yield ("neighbour_tables", number, key), says
    for says in mistakes_in(profile.traps):
        yield ("traps",), says
    known = {"lldp", "bridge", "bgp"}
    if lost := sorted(set(profile.neighbours) - known):
        yield ("neighbours",), f"not known: {', '.join(lost)}"


def _of_expression(where: tuple[str | int, ...], expression: str) -> Iterator[_Mistake]:
    try:
        re.compile(expression)
    except re.error as error:
        yield where, f"{expression}: {error}"


def _of_parsed(where: tuple[str | int, ...], parse: Callable[[str], object], texts: Iterable[str]) -> Iterator[_Mistake]:
    for text in texts:
        try:
            if text:
                parse(text)
        except TemplateError as error:
            yield where, str(error)


def _of_table(table: SensorTable, *, is_gauge: bool) -> Iterator[tuple[str, str]]:
    yield from _of_classes(table, is_gauge=is_gauge)
    for key, parse, texts in (
        ("names", template_of, table.names),
        ("port", index_of, (table.port,)),
        ("lane", index_of, (table.lane,)),
        ("port_name", template_of, (table.port_name,)),
        ("where", told_by, tuple(table.where)),
        ("unless", told_by, tuple(table.unless)),
        ("class_object", told_by, (table.class_object,)),
    ):
        for _, says in _of_parsed((), parse, texts):
            yield key, says
    for key, cells in (("where", table.where), ("unless", table.unless)):
        for pattern in (each[1:] for raw in cells.values() for each in raw if isinstance(each, str) and each.startswith("~")):
            for _, says in _of_expression((), pattern):
                yield key, says
    for pattern, _ in table.replace:
        for _, says in _of_expression((), pattern):
            yield "replace", says
    if table.optics is not None:
        for pattern in (table.optics.receives, table.optics.transmits):
            for _, says in _of_expression((), pattern):
                yield "optics", says
    if (rows := table.limit_rows) is not None:
        given = {f"{side}_{word}" for side in rows.relations.values() for word in rows.severities.values()}
        if lost := sorted(given - _LIMITS):
            yield "limit_rows", f"not known: {', '.join(lost)}"
    if lost := sorted(table.limits.keys() - _LIMITS):
        yield "limits", f"not known: {', '.join(lost)}"
    for key, words in (("states", table.states), ("bits", table.bits)):
        lost = sorted({text.partition(" ")[0] for text in words.values()} - _LEVELS)
        if lost:
            yield key, f"begin with ok, warning, critical, unknown or absent, not {', '.join(lost)}"
    if table.port and table.port_name:
        yield "port", "give either port or port_name"


def _of_classes(table: SensorTable, *, is_gauge: bool) -> Iterator[tuple[str, str]]:
    kinds: list[Kind] = [table.kind, *table.classes.values(), *table.units.values()]
    if is_gauge:
        if not _METRIC.fullmatch(table.metric):
            yield "metric", "a gauge needs the name of a metric"
        return
    if table.metric:
        yield "metric", "a metric belongs to [[gauges]]"
    if bool(table.class_object) == bool(table.sensor_class) and not (table.units_object and table.units):
        yield "class", "give either class or class_object"
    named = [kind for kind in kinds if kind.sensor_class]
    unknown = sorted({kind.sensor_class for kind in named} - SENSOR_CLASSES.keys())
    if unknown or not named:
        yield "class", f"no class of sensors is called {', '.join(unknown) or 'nothing'}"
        return
    for kind in named:
        if SENSOR_CLASSES[kind.sensor_class].unit_of(kind.unit) is None:
            yield "unit", f"{kind.sensor_class} is not measured in {kind.unit!r}"
    if bool(table.states or table.bits) != any(kind.sensor_class == "state" for kind in named):
        yield "states", "states and bits belong to the class state, and it to them"
    if table.words_object and not table.states:
        yield "words_object", "states must say the level of each word"


def _of_neighbours(table: NeighbourTable) -> Iterator[tuple[str, str]]:
    if bool(table.lldp) == bool(table.host):
        yield "host", "give either host or lldp"
    if bool(table.port) == bool(table.port_name):
        yield "port", "give either port or port_name"
    for _, says in _of_parsed((), index_of, (table.port,)):
        yield "port", says
    for key in ("port_name", "host", "remote_port", "platform", "address"):
        for _, says in _of_parsed((), template_of, getattr(table, key)):
            yield key, says
    for key in ("where", "unless"):
        for _, says in _of_parsed((), told_by, tuple(getattr(table, key))):
            yield key, says


def shows_label(table: SensorTable) -> bool:
    """Whether its names say where the label goes."""
    return any(has_word(template_of(each), "label") for each in table.names)


# --- where it stands ----------------------------------------------------------------------------------------------------------


def _line_of(text: str, path: tuple[str, int, int, str]) -> int:
    """The line of a key of a table, counted from 1; that of the table where the key has none; 0 if neither is found."""
    kind, number, each, key = path
    key = {"sensor_class": "class"}.get(key, key)
    lines = text.splitlines()
    start, stop = (0, len(lines)) if number < 0 else _part(lines, f"[[{kind}]]", number, 0, len(lines))
    if number < 0 and key:
        return next((at + 1 for at, line in enumerate(lines) if _is_key(line, key)), 0)
    inner = _part(lines, f"[[{kind}.each]]", each, start, stop) if each >= 0 else (start, stop)
    for begin, end in (inner, (start, stop)):
        for at in range(begin, end):
            if key and _is_key(lines[at], key):
                return at + 1
    return inner[0] + 1 if number >= 0 else 0


def _part(lines: list[str], header: str, number: int, start: int, stop: int) -> tuple[int, int]:
    """From the number-th such header to the next of its kind or of a higher one."""
    heads = [at for at in range(start, stop) if lines[at].split("#")[0].strip() == header]
    if number >= len(heads):
        return start, stop
    depth = header.count(".")
    ends = (
        at for at in range(heads[number] + 1, stop) if lines[at].startswith("[") and lines[at].split("]")[0].count(".") <= depth
    )
    return heads[number], next(ends, stop)


def _is_key(line: str, key: str) -> bool:
    stripped = line.strip()
    return bool(re.match(rf'"?{re.escape(key)}"?\s*(=|\.)', stripped)) or stripped.strip("[]").split(".")[-1] == key
