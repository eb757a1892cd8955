"""`discover`: which devices answer in a range or around a seed, as an inventory to review and one JSON object."""

import argparse
import contextlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from collectors.discovery.discover import Discovery, Means
from collectors.discovery.ranges import RangeMistake, read_ranges
from collectors.discovery.ways import WaysMistake
from collectors.ssh.known_hosts import KnownHosts
from noc_console.inventory import load
from noc_console.inventory.draft import draft, write_new
from noc_console.model.discovery import Discovered, DiscoveryOrder, DiscoveryProgress
from noc_console.model.fleet import Inventory
from noc_console.paths import Places
from noc_console.profiles.catalogue import ProfileError, catalogue_with
from noc_console.secrets import Secrets

SAID_EVERY_S = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("ranges", nargs="*", metavar="RANGE", help="192.0.2.0/24, 192.0.2.1-20, an address")
    parser.add_argument("--file", type=Path, metavar="F", help="a file of ranges, one a line")
    parser.add_argument("--seed", action="append", default=[], metavar="HOST", help="follow the neighbours of this device")
    parser.add_argument("--within", action="append", default=[], metavar="CIDR", help="networks in which neighbours are followed")
    parser.add_argument("--depth", type=_depth, default=3, metavar="N", help="hops from a seed (3)")
    parser.add_argument(
        "--credential", action="append", default=[], metavar="NAME", help="of the inventory; version 3 is tried first"
    )
    parser.add_argument(
        "--community-range", action="append", default=[], metavar="NAME=CIDR", help="where this community may be sent, in clear"
    )
    parser.add_argument("--port", type=_port, default=161, metavar="N", help="of SNMP (161)")
    parser.add_argument("--ssh-port", type=_port, default=22, metavar="N", help="of SSH (22)")
    parser.add_argument("--rate", type=_positive, default=200.0, metavar="N", help="hosts begun with in a second (200)")
    parser.add_argument("--timeout", type=_positive, default=1.0, metavar="SECONDS", help="for an answer; asked twice (1)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write an inventory to review; never over a file that is there")
    parser.add_argument("--only-new", action="store_true", help="write only what the inventory does not have")


def run(args: argparse.Namespace) -> int:
    """Print what was found; 1 if the file could not be written, 2 if the arguments are wrong. Ctrl-C ends the asking only."""
    if args.out is not None and (args.out.exists() or not args.out.absolute().parent.is_dir()):
        why = "is there already" if args.out.exists() else "is in no folder"
        print(f"{args.out} {why}; nothing was asked. Name a new file.", file=sys.stderr)
        return 2
    try:
        places = Places.of(os.environ, inventory=args.inventory, data=args.data)
        inventory, order = _inventory(places), _order(args)
        discovery = Discovery(order, means_of(places, inventory, Secrets()), _Said())
    except (RangeMistake, WaysMistake, ProfileError, OSError) as mistake:
        print(mistake, file=sys.stderr)
        return 2
    with _cancelled_by_ctrl_c(discovery):
        found = discovery.run()
    written = _written(args, found, order, inventory)
    print(json.dumps(told(found) | {"out": str(args.out) if written and args.out else None}, ensure_ascii=False, indent=1))
    return 0 if written else 1


def told(found: Discovered) -> dict[str, object]:
    """The object that is printed."""
    return {
        "asked": found.asked,
        "complete": found.is_whole,
        "seconds": found.seconds,
        "devices": [asdict(host) for host in found.hosts],
        "links": [
            asdict(link) | {"a": f"{link.a.device}:{link.a.port}", "b": f"{link.b.device}:{link.b.port}"} for link in found.links
        ],
        "unvisited": [
            asdict(each) | {"told_by": f"{each.told_by.device}:{each.told_by.port}"} for each in found.unvisited
        ],
    }  # fmt: skip


def means_of(places: Places, inventory: Inventory, secrets: Secrets) -> Means:
    """What a discovery works with. ProfileError, OSError."""
    return Means(
        inventory=inventory,
        secrets=secrets,
        catalogue=catalogue_with(places.profiles),
        known_hosts=KnownHosts(places.known_hosts),
        rng=random.SystemRandom(),
    )


def _inventory(places: Places) -> Inventory:
    loaded = load(places.inventory)
    if loaded.inventory is None:
        raise WaysMistake("\n".join(map(str, loaded.mistakes)))
    return loaded.inventory


def _order(args: argparse.Namespace) -> DiscoveryOrder:
    communities: dict[str, tuple[str, ...]] = {}
    for text in args.community_range:
        name, sign, network = text.partition("=")
        if not (name and sign and network):
            raise RangeMistake(f"{text!r} is no NAME=CIDR, as in public=192.0.2.0/24.")
        communities[name] = (*communities.get(name, ()), network)
    return DiscoveryOrder(
        ranges=(*args.ranges, *(read_ranges(args.file) if args.file else ())),
        seeds=tuple(args.seed),
        within=tuple(args.within),
        depth=args.depth,
        credentials=tuple(args.credential),
        community_ranges=communities,
        port=args.port,
        ssh_port=args.ssh_port,
        rate=args.rate,
        timeout=args.timeout,
    )


def _written(args: argparse.Namespace, found: Discovered, order: DiscoveryOrder, inventory: Inventory) -> bool:
    if args.out is None:
        return True
    try:
        write_new(args.out, draft(found, order, inventory, time.time(), only_new=args.only_new))
    except FileExistsError:
        print(f"{args.out} was made by another in the meantime; it is left as it is.", file=sys.stderr)
        return False
    except OSError as error:
        print(f"{args.out} cannot be written: {error.strerror}.", file=sys.stderr)
        return False
    return True


class _Said:
    """Progress as lines on stderr: one that is written over on a terminal, else one now and then."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, progress: DiscoveryProgress) -> None:
        """From the asking thread."""
        is_over = progress.asked == progress.known
        if time.monotonic() < self._next and not is_over:
            return
        self._next = time.monotonic() + SAID_EVERY_S
        text = f"{progress.asked}/{progress.known} asked, {progress.answered} answer, {progress.found} known"
        if sys.stderr.isatty():
            print(f"\r{text}", end="\n" if is_over else "", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr)


@contextlib.contextmanager
def _cancelled_by_ctrl_c(discovery: Discovery) -> Iterator[None]:
    """The first Ctrl-C ends the asking, a second one the program."""

    def cancel(_signal: int, _frame: FrameType | None) -> None:
        print("cancelled: what was found until now is written", file=sys.stderr)
        signal.signal(signal.SIGINT, before)
        discovery.cancel()

    try:
        before = signal.signal(signal.SIGINT, cancel)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 10_000:
        raise argparse.ArgumentTypeError(f"a number above 0 is needed, not {text!r}")
    return number


def _depth(text: str) -> int:
    if not text.isdecimal() or int(text) > 64:
        raise argparse.ArgumentTypeError(f"a number of hops is needed, not {text!r}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"a port is needed, not {text!r}")
    return int(text)
