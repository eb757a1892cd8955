"""`conditions list | check [FILE…] | try FILE`: the rules for alarms, their mistakes, and what they would have raised."""

import argparse
import json
import os
import sys
from pathlib import Path

from noc_console.alarms.conditions import Conditions, Raises
from noc_console.alarms.gpu_conditions import GpuCondition
from noc_console.alarms.load import kind_of, load_conditions, read_conditions
from noc_console.paths import Places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    does = parser.add_subparsers(dest="does", metavar="list|check|try", required=True)
    does.add_parser("list", help="all conditions in force, the user's own first")
    check = does.add_parser("check", help="every mistake of files of conditions at once")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="those in your own folder, if none is named")


def run(args: argparse.Namespace) -> int:
    """Print one JSON object; the exit status."""
    places = Places.of(os.environ, inventory=args.inventory, data=args.data)
    if args.does == "list":
        return _list(load_conditions(places.conditions))
    return _check(args.files, places)


def _list(conditions: Conditions) -> int:
    _tell_mistakes(conditions)
    found = [*conditions.thresholds, *conditions.figures, *conditions.absences, *conditions.counts, *conditions.gpus]
    print(json.dumps({"conditions": [_as_object(condition) for condition in found]}, ensure_ascii=False))
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


def _tell_mistakes(conditions: Conditions) -> None:
    for mistake in conditions.mistakes:
        print(mistake, file=sys.stderr)


def _check(files: list[Path], places: Places) -> int:
    conditions = read_conditions(files) if files else load_conditions(places.conditions)
    parts = (conditions.thresholds, conditions.figures, conditions.absences, conditions.counts, conditions.gpus)
    mistakes = [{"file": m.file, "line": m.line, "says": m.says} for m in conditions.mistakes]
    print(json.dumps({"conditions": sum(map(len, parts)), "mistakes": mistakes}, ensure_ascii=False))
    _tell_mistakes(conditions)
    return 1 if mistakes else 0
