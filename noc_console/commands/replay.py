"""`replay INVENTORY READINGS [--json]`: recorded readings through the monitor. Opens no secret, asks no device."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from noc_console.alarms.load import load_conditions
from noc_console.inventory import load
from noc_console.paths import Places
from noc_console.readings import ReadingMistake, read_readings
from noc_console.replay import replay


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("recorded_inventory", type=Path, metavar="INVENTORY", help="file, or folder of *.toml")
    parser.add_argument("readings", type=Path, metavar="READINGS", help="*.jsonl or *.jsonl.gz")
    parser.add_argument("--json", action="store_true", help="as always; accepted for scripts")


def run(args: argparse.Namespace) -> int:
    """Print what the monitor raised; 1 where the inventory, a condition or a line is wrong."""
    loaded = load(args.recorded_inventory)
    if loaded.inventory is None:
        return _refused(map(str, loaded.mistakes))
    try:
        conditions = load_conditions(Places.of(os.environ, data=args.data).conditions)
        results = read_readings(args.readings, getattr(args, "parse_log", None))
        for mistake in conditions.mistakes:
            print(f"{mistake}; this condition is left out", file=sys.stderr)
        replayed = replay(loaded.inventory, conditions, results, perf_counter)
    except (ReadingMistake, OSError) as error:
        return _refused([f"{args.readings}: {_sentence(error)}"])
    print(json.dumps(replayed.as_object(), ensure_ascii=False))
    if replayed.left_out:
        names = ", ".join(sorted(replayed.left_out)[:10])
        print(f"{len(replayed.left_out)} devices that the inventory does not have were left out: {names}", file=sys.stderr)
    return 0


def _sentence(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _refused(mistakes: Iterable[str]) -> int:
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1
