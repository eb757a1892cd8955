"""`conditions list | check [FILE…] | try FILE`: the rules for alarms, their mistakes, and what they would have raised."""

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from noc_console.alarms.conditions import Conditions, Raises
from noc_console.alarms.gpu_conditions import GpuCondition
from noc_console.alarms.kinds import UsualCondition
from noc_console.alarms.load import kind_of, load_conditions, own_files, read_conditions, standard_files
from noc_console.inventory import load
from noc_console.model.fleet import Inventory
from noc_console.paths import Places
from noc_console.readings import ReadingMistake, read_readings
from noc_console.store.errors import StoreError
from noc_console.store.past import Past
from noc_console.trial import Trial, run_trial

UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
TOLD_EVERY, TOLD_SELDOM = 1.0, 10.0
"""Seconds between two words on how far it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    does = parser.add_subparsers(dest="does", metavar="list|check|try", required=True)
    does.add_parser("list", help="all conditions in force, the user's own first")
    check = does.add_parser("check", help="every mistake of files of conditions at once")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="those in your own folder, if none is named")
    tries = does.add_parser("try", help="what a file of conditions would have raised and called, beside those in force")
    tries.add_argument(
        "file", type=Path, metavar="FILE", help="*.toml; one of the same name in your own folder is replaced by it"
    )
    tries.add_argument("--last", type=_duration, metavar="TIME", default=_duration("7d"), help="30m, 12h, 7d, 2w (7d)")
    tries.add_argument("--readings", type=Path, metavar="READINGS", help="a recording (*.jsonl, *.jsonl.gz) instead of the store")
    for command in (check, tries):
        command.add_argument("--inventory", type=Path, metavar="PATH", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        command.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _duration(text: str) -> float:
    """Seconds of `90s`, `30m`, `12h`, `7d`, `2w`."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)([smhdw])", text)
    if found is None or not float(found[1]):
        raise argparse.ArgumentTypeError(f"a time like 12h or 7d is needed, not {text!r}")
    return float(found[1]) * UNITS[found[2]]


def run(args: argparse.Namespace) -> int:
    """Print one JSON object; the exit status."""
    places = Places.of(os.environ, inventory=args.inventory, data=args.data)
    if args.does == "list":
        return _list(load_conditions(places.conditions))
    if args.does == "check":
        return _check(args.files, places)
    try:
        return _try(args, places)
    except KeyboardInterrupt:
        return _refused(["Stopped before the end: nothing is reported."])


# --------------------------------------------------------------------------------------------------------------- list, check


def _list(conditions: Conditions) -> int:
    _tell_mistakes(conditions)
    print(json.dumps({"conditions": [_as_object(condition) for condition in _all_of(conditions)]}, ensure_ascii=False))
    return 0


def _as_object(condition: Raises | GpuCondition) -> dict[str, object]:
    levels = getattr(condition, "levels", {})
    return {
        "name": condition.name,
        "kind": kind_of(condition),
        "type": condition.type,
        "qualifier": condition.qualifier,
        "metric": getattr(condition, "metric", None),
        "levels": {severity.word: limit for severity, limit in levels.items()},
        "file": condition.file,
    }


def _all_of(conditions: Conditions) -> list[Raises | GpuCondition]:
    return [*conditions.thresholds, *conditions.figures, *conditions.absences, *conditions.counts, *conditions.gpus]


def _tell_mistakes(conditions: Conditions) -> None:
    for mistake in conditions.mistakes:
        print(mistake, file=sys.stderr)


def _check(files: list[Path], places: Places) -> int:
    conditions = read_conditions(files) if files else load_conditions(places.conditions)
    mistakes = [{"file": m.file, "line": m.line, "says": m.says} for m in conditions.mistakes]
    print(json.dumps({"conditions": len(_all_of(conditions)), "mistakes": mistakes}, ensure_ascii=False))
    _tell_mistakes(conditions)
    return 1 if mistakes else 0


# ----------------------------------------------------------------------------------------------------------------------- try


def _try(args: argparse.Namespace, places: Places) -> int:
    alone = read_conditions([args.file])
    if alone.mistakes:
        return _refused(map(str, alone.mistakes))
    loaded = load(places.inventory)
    if loaded.inventory is None:
        return _refused(map(str, loaded.mistakes))
    in_force = load_conditions(places.conditions)
    _tell_mistakes(in_force)
    others = [file for file in own_files(places.conditions) if file.name != args.file.name]
    tried = read_conditions([args.file, *others, *standard_files()])
    try:
        if args.readings is not None:
            results = read_readings(args.readings, getattr(args, "parse_log", None))
            trial = run_trial(loaded.inventory, tried, in_force, results, None, _Progress().told)
        else:
            trial = _on_the_store(loaded.inventory, (tried, in_force), places.data, args.last)
    except (ReadingMistake, OSError) as error:
        return _refused([f"{args.readings}: {getattr(error, 'strerror', None) or error}"])
    except StoreError as error:
        return _refused([str(error)])
    return _report(trial, _all_of(alone))


def _on_the_store(inventory: Inventory, conditions: tuple[Conditions, Conditions], folder: Path, last: float) -> Trial:
    """The newest part of the past; what learns from weeks hears those before it too."""
    tried, in_force = conditions
    with Past(folder) as past:
        span = past.span()
        if span is None:
            raise StoreError(f"The database in {folder} holds no readings yet.")
        start, end = max(span[0], span[1] - last), span[1]
        weeks = max((c.weeks + 1 for c in tried.figures if isinstance(c, UsualCondition)), default=0)
        begin = max(span[0], start - weeks * UNITS["w"])
        progress = _Progress(begin, end)
        return run_trial(inventory, tried, in_force, past.results(begin - 0.001, end), start, progress.told)


def _report(trial: Trial, conditions: list[Raises | GpuCondition]) -> int:
    left_out = trial.tried.left_out
    if not trial.answers:
        return _refused(["There is nothing to try them on: no answer of a device was kept in this time."])
    print(json.dumps(trial.as_object(conditions), ensure_ascii=False))
    if left_out:
        names = ", ".join(sorted(left_out)[:10])
        print(f"{len(left_out)} devices that the inventory does not have were left out: {names}", file=sys.stderr)
    return 0


class _Progress:
    """Tells on standard error how far it is: a line that is written over on a terminal, a new one every tenth elsewhere."""

    def __init__(self, start: float = 0.0, end: float = 0.0) -> None:
        self._start, self._seconds = start, end - start
        self._next = time.monotonic() + TOLD_EVERY
        self._terminal = sys.stderr.isatty()
        self._tenth = 0

    def told(self, at: float) -> None:
        """An answer of this time was heard."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (TOLD_EVERY if self._terminal or self._seconds > 0 else TOLD_SELDOM)
        said = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(at))
        share = int(100 * (at - self._start) / self._seconds) if self._seconds > 0 else None
        said += f", {min(share, 100)} %" if share is not None else ""
        if self._terminal:
            print(f"\r{said}  ", end="", file=sys.stderr, flush=True)
        elif share is None or share // 10 > self._tenth:
            self._tenth = (share or 0) // 10
            print(said, file=sys.stderr)


def _refused(mistakes: Iterable[str]) -> int:
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1
