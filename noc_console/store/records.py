"""Alarms, entries and the like as rows of their tables, and back."""

import json
import sqlite3
from collections.abc import Iterable

from noc_console.alarms.operator_axis import AXIS_FIELDS
from noc_console.model.alarm import Alarm, Entry, EntryKind, Incident
from noc_console.model.changes import Baseline, StateChange
from noc_console.model.maintenance import MaintenanceWindow, Recurrence
from noc_console.model.poll import Cursor
from noc_console.model.severity import OperatorState, Severity

ALARM_COLUMNS = (
    "id", "device", "component", "type", "qualifier", "severity", "raised", "changed", "cleared", "count",
    "state", "state_by", "state_at", "note", "worse_again", "params", "incident", "symptom_of", "why", "announced",
    "site", "room", "rack", "reason", "placed", "owner", "state_until", "shelved_until", "shelved_by", "shelf_reason",
    "maintenance", "chattering",
)  # fmt: skip
OPERATOR_COLUMNS = frozenset(column for _, column in AXIS_FIELDS)
"""Written only where the operator's axis changed: a change of the condition that races with a command cannot undo it."""

ENTRY_COLUMNS = ("id", "alarm", "kind", "at", "noted", "who", "was", "now", "text", "until", "command", "undoes")
INCIDENT_COLUMNS = ("id", "root", "opened", "closed", "alarms", "cause")
WINDOW_COLUMNS = (
    "id", "title", "reason", "who", "start", "end", "timezone", "recurrence", "devices", "racks", "sites", "labels", "ended",
)  # fmt: skip
STATE_COLUMNS = ("device", "component", "kind", "name", "time", "was", "now")
BASELINE_COLUMNS = ("device", "kind", "name", "value", "time")
CURSOR_COLUMNS = ("device", "name", "boot", "number")

Row = tuple[object, ...]


def upsert(table: str, columns: Iterable[str], key: tuple[str, ...], keep: frozenset[str] = frozenset()) -> str:
    """SQL that inserts a row or updates the one with this key, leaving `keep` as stored. Names are ours, never input."""
    columns = tuple(columns)
    changed = [name for name in columns if name not in key and name not in keep]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in changed)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT ({", ".join(key)}) DO UPDATE SET {sets}'  # noqa: S608


def insert(table: str, columns: Iterable[str], key: tuple[str, ...]) -> str:
    """SQL that inserts a row, or leaves the one with this key as it is. Names are ours, never input."""
    columns = tuple(columns)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT ({", ".join(key)}) DO NOTHING'  # noqa: S608


def select(table: str, columns: Iterable[str]) -> str:
    """SQL for these columns of all rows. Names are ours, never input."""
    return f'SELECT {", ".join(f"{chr(34)}{name}{chr(34)}" for name in columns)} FROM "{table}"'  # noqa: S608


def _json(value: object) -> str:
    """JSON in which a number of NumPy is a number; TypeError for what is none."""
    return json.dumps(value, ensure_ascii=False, default=float)


def alarm_row(alarm: Alarm) -> Row:
    """In the order of ALARM_COLUMNS."""
    return (
        alarm.id, alarm.device, alarm.component, alarm.type, alarm.qualifier, int(alarm.severity),
        alarm.raised, alarm.changed, alarm.cleared, alarm.count,
        str(alarm.state), alarm.state_by, alarm.state_at, alarm.note, int(alarm.worse_again),
        _json(dict(alarm.params)), alarm.incident, alarm.symptom_of, alarm.why,
        _json(alarm.announced), alarm.site, alarm.room, alarm.rack, _json(alarm.reason), int(alarm.placed), alarm.owner,
        alarm.state_until, alarm.shelved_until, alarm.shelved_by, alarm.shelf_reason, alarm.maintenance, int(alarm.chattering),
    )  # fmt: skip


def alarm_of(row: sqlite3.Row) -> Alarm:
    """The alarm of a row by column names."""
    fields = {name: row[name] for name in ALARM_COLUMNS}
    fields["severity"] = Severity(row["severity"])
    fields["state"] = OperatorState(row["state"])
    fields["worse_again"] = bool(row["worse_again"])
    fields["params"] = json.loads(row["params"])
    fields["announced"] = tuple(json.loads(row["announced"]))
    fields["reason"] = tuple(str(word) for word in json.loads(row["reason"]))
    fields["placed"] = bool(row["placed"])
    fields["chattering"] = bool(row["chattering"])
    return Alarm(**fields)


def entry_row(entry: Entry) -> Row:
    """In the order of ENTRY_COLUMNS."""
    return (
        entry.id, entry.alarm, str(entry.kind), entry.at, entry.noted, entry.who, entry.was, entry.now, entry.text,
        entry.until, entry.command, entry.undoes,
    )  # fmt: skip


def entry_of(row: sqlite3.Row) -> Entry:
    """The entry of a row by column names."""
    fields = {name: row[name] for name in ENTRY_COLUMNS}
    fields["kind"] = EntryKind(row["kind"])
    return Entry(**fields)


def incident_row(incident: Incident) -> Row:
    """In the order of INCIDENT_COLUMNS."""
    return incident.id, _json(dict(incident.root)), incident.opened, incident.closed, _json(incident.alarms), incident.cause


def incident_of(row: sqlite3.Row) -> Incident:
    """The incident of a row by column names."""
    return Incident(
        id=row["id"],
        root=json.loads(row["root"]),
        opened=row["opened"],
        closed=row["closed"],
        alarms=tuple(json.loads(row["alarms"])),
        cause=row["cause"],
    )


def window_row(window: MaintenanceWindow) -> Row:
    """In the order of WINDOW_COLUMNS."""
    again = window.recurrence
    return (
        window.id, window.title, window.reason, window.who, window.start, window.end, window.timezone,
        None if again is None else _json((again.days, again.from_minute, again.to_minute)),
        _json(window.devices), _json(window.racks), _json(window.sites), _json(window.labels), window.ended,
    )  # fmt: skip


def window_of(row: sqlite3.Row) -> MaintenanceWindow:
    """The maintenance window of a row by column names."""
    fields = {name: row[name] for name in WINDOW_COLUMNS}
    if row["recurrence"] is not None:
        days, from_minute, to_minute = json.loads(row["recurrence"])
        fields["recurrence"] = Recurrence(days=tuple(days), from_minute=from_minute, to_minute=to_minute)
    for scope in ("devices", "racks", "sites"):
        fields[scope] = tuple(str(name) for name in json.loads(row[scope]))
    fields["labels"] = tuple((str(name), str(value)) for name, value in json.loads(row["labels"]))
    return MaintenanceWindow(**fields)


def state_row(state: StateChange) -> Row:
    """In the order of STATE_COLUMNS."""
    return state.device, state.component, state.kind, state.name, state.time, state.was, state.now


def state_of(row: sqlite3.Row) -> StateChange:
    """The state change of a row by column names."""
    return StateChange(**{name: row[name] for name in STATE_COLUMNS})


def baseline_row(baseline: Baseline) -> Row:
    """In the order of BASELINE_COLUMNS."""
    return baseline.device, baseline.kind, baseline.name, baseline.value, baseline.time


def baseline_of(row: sqlite3.Row) -> Baseline:
    """The baseline of a row by column names."""
    return Baseline(**{name: row[name] for name in BASELINE_COLUMNS})


def cursor_row(device: str, cursor: Cursor) -> Row:
    """In the order of CURSOR_COLUMNS."""
    return device, cursor.name, cursor.boot, cursor.number


def cursor_of(row: sqlite3.Row) -> tuple[str, Cursor]:
    """(device, cursor) of a row by column names."""
    return row["device"], Cursor(name=row["name"], boot=row["boot"], number=row["number"])
