"""What `probe` does not tell of recorded devices, and why; what it tells beyond them: one JSON object, and the document.

`./run bench snmp-missed TRUTH RESULTS --scorer FILE [--write docs/missed.md]`: TRUTH has what each recording holds (one JSON a
device), RESULTS what `probe` told of it, FILE is the program that scores one by the other. The reasons are in `snmp_missed.toml`
beside this file; a row without one is named, and the status is 1.
"""

import argparse
import importlib.util
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

REASONS = Path(__file__).with_suffix(".toml")
SIMILAR = 0.3
KINDS = ("temperatures", "sensors")
Row = dict[str, Any]


@dataclass
class Device:
    """What is missed of one, by class and reason, and how much it tells beyond."""

    truth: int = 0
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    beyond: int = 0


def loaded(file: Path) -> ModuleType:
    """The scoring program."""
    spec = importlib.util.spec_from_file_location("scorer", file)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{file} is no program")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compared(scorer: ModuleType, truth: list[Row], told: list[Row]) -> tuple[list[Row], list[Row]]:
    """(rows of the truth that were not told, rows that were told and are not in the truth)."""
    pairs, _ = scorer.score_values(truth, told, SIMILAR)
    found, used = {at for at, _ in pairs}, {at for _, at in pairs}
    return (
        [row for at, row in enumerate(truth) if at not in found],
        [row for at, row in enumerate(told) if at not in used],
    )


def reason(reasons: dict[str, Any], device: str, row: Row) -> str:
    """Why a row is not told; empty where nobody said."""
    oid, kind = str(row.get("oid") or "").lstrip("."), row.get("class") or "temperature"
    for each in reasons["missed"]:
        fits = oid == each["under"] or oid.startswith(each["under"] + ".")
        if each["device"] == device and fits and each.get("class", kind) == kind:
            return str(each["why"])
    return ""


def devices(scorer: ModuleType, truths: Path, results: Path, reasons: dict[str, Any]) -> Iterator[tuple[str, Device]]:
    """Every device whose sensors the truth covers."""
    for file in sorted(truths.glob("*.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        if not truth["covered"]["sensors"]:
            continue
        told_file = results / file.name
        told = json.loads(told_file.read_text(encoding="utf-8")) if told_file.exists() else {}
        device = Device()
        for kind in KINDS:
            rows = [row for row in truth[kind] if row.get("scored", True)]
            missed, beyond = compared(scorer, rows, told.get(kind, []))
            device.truth += len(rows)
            device.beyond += len(beyond)
            device.missed.update((row.get("class") or "temperature", reason(reasons, file.stem, row)) for row in missed)
        yield file.stem, device


def document(found: dict[str, Device], reasons: dict[str, Any]) -> str:
    """The two tables."""
    lines = [
        "# What is not told of recorded devices, and why",
        "",
        f"{len(found)} recordings of devices are probed over the network, and what is told is held against what another program",
        "found in them (the truth). What was missed, and what is told beyond it: made by `./run bench snmp-missed`, whose",
        "reasons are in `benchmarks/snmp_missed.toml`.",
        "",
        "## Missed",
        "",
        "| recording | values in it | missed | why |",
        "|---|---|---|---|",
    ]
    for name, device in found.items():
        for why in dict.fromkeys(why for _, why in device.missed):
            kinds = sorted(((count, kind) for (kind, each), count in device.missed.items() if each == why), reverse=True)
            told = ", ".join(f"{count} {kind.replace('_', ' ')}" for count, kind in kinds)
            lines.append(f"| {name} | {device.truth} | {told} | {reasons['why'].get(why, '**nobody said**')} |")
    lines += [
        "",
        "## Told beyond it",
        "",
        "Looked at group by group, in the recording and in the MIB.",
        "",
        "| recording | values | what they are |",
        "|---|---|---|",
    ]
    said = {each["device"]: each["is"] for each in reasons["beyond"]}
    lines += [f"| {name} | {each.beyond} | {said.get(name, '**nobody said**')} |" for name, each in found.items() if each.beyond]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Compare, write or print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--write", type=Path, help="the document, instead of JSON")
    args = parser.parse_args()
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    found = dict(devices(loaded(args.scorer), args.truth, args.results, reasons))
    said = {each["device"] for each in reasons["beyond"]}
    unsaid = [
        name for name, each in found.items() if any(not why for _, why in each.missed) or (each.beyond and name not in said)
    ]
    if args.write:
        args.write.write_text(document(found, reasons), encoding="utf-8")
    why = Counter[str]()
    for each in found.values():
        for (_, given), count in each.missed.items():
            why[given or "nobody said"] += count
    print(
        json.dumps({"missed": dict(why.most_common()), "beyond": sum(each.beyond for each in found.values()), "unsaid": unsaid})
    )
    return 1 if unsaid else 0


if __name__ == "__main__":
    sys.exit(main())
