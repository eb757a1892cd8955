"""`profiles`: the profiles that there are, one file looked over, and the table of the gear they are for."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from noc_console.paths import Places
from noc_console.profiles.catalogue import Catalogue, ProfileError, catalogue_with, own_catalogue, profile_of
from noc_console.profiles.profile import Profile

TABLE = "docs/devices.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    what.add_parser("list", help="all profiles, the user's own among them")
    what.add_parser("check", help="look over a file").add_argument("file", type=Path, metavar="FILE", nargs="+")
    table = what.add_parser("table", help=f"the table of gear, as {TABLE} has it")
    table.add_argument("--write", type=Path, metavar="FILE", help="write it there")


def run(args: argparse.Namespace) -> int:
    """0; 1 if a file has mistakes or cannot be written."""
    if args.what == "check":
        return _check(args.file)
    if args.what == "table":
        return _write(table_of(own_catalogue()), args.write)
    catalogue = catalogue_with(Places.of(os.environ).profiles)
    print(json.dumps({"profiles": [_listed(each) for each in catalogue.profiles.values()]}, ensure_ascii=False, indent=1))
    for mistake in catalogue.mistakes:
        print(mistake, file=sys.stderr)
    return 1 if catalogue.mistakes else 0


def _listed(profile: Profile) -> dict[str, object]:
    return {
        "name": profile.name,
        "title": profile.title,
        "families": list(profile.families or (profile.title,)),
        "written_from": list(profile.written_from),
        "recognised": [
            {key: text for key in ("sys_object_id", "sys_descr", "present") if (text := getattr(way, key))}
            for way in profile.ways()
        ],
        "tables": [
            *(table.name for table in profile.ports),
            *dict.fromkeys(table.name for table in (*profile.sensors, *profile.gauges)),
            *(table.name for table in profile.neighbour_tables),
        ],
    }


def _check(files: list[Path]) -> int:
    told: list[dict[str, object]] = []
    wrong = False
    for file in files:
        try:
            profile = profile_of(file.read_text(encoding="utf-8"), str(file))
        except ProfileError as mistake:
            print(mistake, file=sys.stderr)
            wrong = True
        except (OSError, UnicodeDecodeError) as error:
            print(f"{file}: cannot be read: {error}", file=sys.stderr)
            wrong = True
        else:
            told.append({"file": str(file), **_listed(profile)})
    print(json.dumps({"profiles": told}, ensure_ascii=False, indent=1))
    return 1 if wrong else 0


def _write(text: str, to: Path | None) -> int:
    if to is None:
        print(text, end="")
        return 0
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"{to}: cannot be written: {error}", file=sys.stderr)
        return 1
    return 0


# --- the table ----------------------------------------------------------------------------------------------------------------

_HEAD = """# Supported gear

Made from the profiles by `noc-console profiles table --write docs/devices.md`; do not edit it. Every device is asked what the
standard MIBs say (the last part); a profile adds what its vendor's MIBs say. Gear that is not here is shown with what the
standard tells: [profiles.md](profiles.md) says how to add it.

| gear | profile | known by | reads | written from |
|---|---|---|---|---|
"""
_GENERAL = """
## Asked of every device

| profile | reads | written from |
|---|---|---|
"""


def table_of(catalogue: Catalogue) -> str:
    """The page of supported gear."""
    named = sorted((each for each in catalogue.profiles.values() if not each.is_general and not each.exclusive), key=_by_gear)
    named = [each for each in named if not each.only_traps]
    general = [each for each in catalogue.profiles.values() if each.is_general]
    rows = "".join(f"| {_gear(p)} | `{p.name}` | {_known_by(p)} | {_reads(p)} | {_from(p)} |\n" for p in named)
    return _HEAD + rows + _GENERAL + "".join(f"| `{p.name}` | {_reads(p)} | {_from(p)} |\n" for p in general)


def _by_gear(profile: Profile) -> str:
    return _gear(profile).lower()


def _gear(profile: Profile) -> str:
    return _cell(", ".join(profile.families or (profile.title,)))


def _known_by(profile: Profile) -> str:
    return _cell(", ".join(dict.fromkeys(_way(way.sys_object_id, way.sys_descr, way.present) for way in profile.ways())))


def _way(identifier: str, descr: str, present: str) -> str:
    parts = [identifier.strip("."), f"`{descr}`" if descr else "", f"has {present}" if present else ""]
    return " and ".join(filter(None, parts))


def _from(profile: Profile) -> str:
    return _cell(", ".join(profile.written_from))


def _reads(profile: Profile) -> str:
    return _cell(", ".join(dict.fromkeys(_read(profile))))


def _read(profile: Profile) -> Iterator[str]:
    if profile.ports:
        yield "ports"
    for table in profile.sensors:
        for kind in (table.kind, *table.classes.values(), *table.units.values()):
            if kind.sensor_class:
                yield kind.sensor_class.replace("_", " ")
    if profile.gauges or profile.scalars:
        yield "other metrics"
    if profile.neighbours or profile.neighbour_tables:
        yield "neighbours"
    if profile.facts or profile.facts_in_sys_descr or profile.entities:
        yield "model and serial"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
