"""Random fleets with random faults through `replay`: is each named and called once, with its symptoms, and does it end?

    ./run bench causes [--cases 100] [--seed 0] [--most 120] [--faults 4] [--kind KIND] [--write DIR] [--verbose]

Each case is a fleet drawn by its seed (data centres and branches, single and redundant paths, feeds and coolers, links in or
missing from the plan), polled at drawn phases and intervals with lost polls and wrong readings; faults begin and are repaired.
`--write` leaves inventory, readings and truth of each case that went wrong, in the forms of the scenarios.
"""

import argparse
import gzip
import json
import sys
from dataclasses import fields
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "core"))

from breakage import KINDS, Noise, as_lines, drawn_faults, recording, truth_of
from causes_score import Score, score
from fleets import Fleet, as_toml, built, drawn_shape

from noc_console.alarms.load import standard_conditions
from noc_console.replay import replay

CONDITIONS = standard_conditions()


def main() -> None:
    """Run the cases and print what became of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="of the first case")
    parser.add_argument("--most", type=int, default=120, help="devices of a fleet, about")
    parser.add_argument("--faults", type=int, default=4, help="at most so many at once")
    parser.add_argument("--kind", choices=KINDS, help="this kind alone")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    total, bad, by_kind = Score(), [], {}
    began = perf_counter()
    for seed in range(args.seed, args.seed + args.cases):
        fleet, faults, noise = case(seed, args.most, args.faults, args.kind)
        truth = truth_of(fleet, faults)
        shown = replay(fleet.inventory, CONDITIONS, recording(fleet, faults, seed=seed, noise=noise), perf_counter).as_object()
        found = score(truth, shown)
        add(total, found)
        for fault in faults:
            by_kind[fault.kind] = by_kind.get(fault.kind, 0) + 1
        if found.wrong:
            bad.append({"seed": seed, "shape": str(fleet.shape), "wrong": found.wrong})
            if args.verbose:
                print(seed, len(fleet.inventory.devices), fleet.shape, *found.wrong, sep="\n   ", file=sys.stderr, flush=True)
            if args.write:
                write(args.write / str(seed), fleet, faults, truth, seed, noise)
    print(json.dumps(result(total, bad, by_kind, args.cases, perf_counter() - began), indent=1))


def case(seed: int, most: int, many: int, kind: str | None) -> tuple[Fleet, list, Noise]:
    """Fleet, faults and noise of a seed."""
    rng = Random(seed)
    fleet = built(drawn_shape(rng, most=most), rng)
    faults = drawn_faults(rng, fleet, 1 if kind else rng.randint(0 if seed % 10 == 0 else 1, many), (kind,) if kind else KINDS)
    return fleet, faults, Noise(lost=rng.choice((0.0, 0.01, 0.02)), wrong=rng.choice((0.0, 0.005, 0.01)))


def add(total: Score, found: Score) -> None:
    """Sum up."""
    for name in (f.name for f in fields(Score)):
        setattr(total, name, getattr(total, name) + getattr(found, name))


def result(total: Score, bad: list, by_kind: dict, cases: int, seconds: float) -> dict:
    """What is printed."""
    counts = {f.name: getattr(total, f.name) for f in fields(Score) if f.name not in ("wrong", "delays")}
    delays = sorted(total.delays) or [0.0]
    return {
        "cases": cases,
        **counts,
        "gathered_share": round(total.gathered / max(1, total.symptoms), 4),
        "calls_per_fault": round(total.calls / max(1, total.faults), 3),
        "called_after_s": {"median": round(delays[len(delays) // 2], 1), "most": round(delays[-1], 1)},
        "kinds": dict(sorted(by_kind.items())),
        "seconds": round(seconds, 1),
        "cases_wrong": len(bad),
        "wrong": bad[:30],
    }


def write(folder: Path, fleet: Fleet, faults: list, truth: dict, seed: int, noise: Noise) -> None:
    """The case as files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "inventory.toml").write_text(as_toml(fleet.inventory), encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(truth, indent=1), encoding="utf-8")
    with gzip.open(folder / "readings.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in as_lines(recording(fleet, faults, seed=seed, noise=noise)))


if __name__ == "__main__":
    main()
