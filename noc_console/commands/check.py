"""`check [INVENTORY]`: the inventory, every mistake at once. Opens no secret, asks no device."""

import argparse
import json
import os
import sys
from pathlib import Path

from noc_console.inventory import load
from noc_console.paths import Places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="INVENTORY", help="file, or folder of *.toml (the user's own, left out)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the mistakes; 1 if there are any."""
    path = args.path or Places.of(os.environ, inventory=args.inventory).inventory
    loaded = load(path)
    mistakes = [{"file": mistake.file, "line": mistake.line, "says": mistake.says} for mistake in loaded.mistakes]
    print(json.dumps({"devices": loaded.devices, "mistakes": mistakes}, ensure_ascii=False, indent=1))
    for mistake in loaded.mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0
