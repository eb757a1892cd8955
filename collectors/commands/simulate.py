"""`noc-console simulate`: the simulated fleet alone, and control of one that runs."""

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from noc_console.paths import Places

if TYPE_CHECKING:
    from collectors.simulator.folder import Folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `simulate`."""
    parser.add_argument(
        "--scenario", metavar="NAME", help="what breaks, 15 s after every device was asked; in a fleet that runs: now"
    )
    parser.add_argument("--list-scenarios", action="store_true", help="what can break")
    parser.add_argument("--repair", action="store_true", help="end the scenarios of the fleet that runs")
    parser.add_argument("--status", action="store_true", help="what the fleet that runs is doing")
    parser.add_argument("--devices", type=int, metavar="N", help="size of the fleet (default 120)")
    parser.add_argument("--port", type=int, metavar="P", help="UDP and TCP port of all devices (16161, or a free one)")
    parser.add_argument("--seed", type=int, metavar="S", help="another course of chance")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where its inventory and keys go")
    parser.add_argument("--with-parent", action="store_true", help="end when the process that started it ends")


def run(args: argparse.Namespace) -> int:
    """0 done, 1 could not, 2 the arguments are wrong."""
    from collectors.simulator.scenarios import SCENARIOS

    if args.list_scenarios:
        _print({"scenarios": {name: scenario.text for name, scenario in SCENARIOS.items()}})
        return 0
    if args.scenario is not None and args.scenario not in SCENARIOS:
        print(f"there is no scenario {args.scenario!r}; there are {', '.join(SCENARIOS)}", file=sys.stderr)
        return 2
    if args.port is not None and not 0 < args.port < 65536:
        print(f"port {args.port} is none; ports go from 1 to 65535", file=sys.stderr)
        return 2
    folder = args.folder or Places.of(os.environ, data=getattr(args, "data", None)).data / "fleet"
    return _control(args, folder) if args.repair or args.status else _serve_or_begin(args, folder)


def _control(args: argparse.Namespace, folder: Path) -> int:
    """Repair, or tell the status."""
    from collectors.simulator import control

    try:
        _print(control.repair(folder) if args.repair else control.status(folder))
    except (control.NoFleet, control.Refused) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _serve_or_begin(args: argparse.Namespace, folder: Path) -> int:
    """Run a fleet; where one runs already and a scenario is named, begin it there."""
    from collectors.simulator import control
    from collectors.simulator.folder import FleetRuns, Folder

    try:
        opened = Folder(folder)
    except FleetRuns as error:
        if args.scenario is None:
            print(error, file=sys.stderr)
            return 1
        try:
            _print(control.begin(folder, args.scenario))
        except (control.NoFleet, control.Refused) as refusal:
            print(refusal, file=sys.stderr)
            return 1
        return 0
    except OSError as error:
        print(f"{folder}: {error.strerror}", file=sys.stderr)
        return 1
    return _serve(args, opened)


def _serve(args: argparse.Namespace, folder: "Folder") -> int:
    """Run the fleet until SIGTERM, SIGINT, or the end of its parent."""
    from collectors.simulator.fleet import Fleet, NoPort
    from collectors.simulator.layout import make_plan

    goes_on = _parent_lives() if args.with_parent else lambda: True  # asked before it is told: it may end at the first word
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s")
    try:
        plan = make_plan(args.devices)
        fleet = Fleet(plan, folder, port=args.port, scenario=args.scenario, seed=args.seed)
    except ValueError as error:
        folder.close()
        print(error, file=sys.stderr)
        return 2
    except (NoPort, OSError) as error:
        folder.close()
        print(f"the fleet cannot be opened: {error}", file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: fleet.stop())
    try:
        _print(fleet.ready())
        fleet.run(goes_on)
    finally:
        fleet.close()
    return 0


def _parent_lives() -> Callable[[], bool]:
    """Whether the process that started this one still is its parent: an orphan gets another."""
    parent = os.getppid()
    return lambda: os.getppid() == parent


def _print(found: object) -> None:
    print(json.dumps(found, ensure_ascii=False), flush=True)
