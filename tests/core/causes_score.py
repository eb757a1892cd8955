"""Scores what a replay made of a recording against the truth, as the scenarios are scored, and says in words what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Score:
    """Counts over one case. `wrong` says in words what should be otherwise."""

    faults: int = 0
    named: int = 0
    called: int = 0
    gathered: int = 0
    symptoms: int = 0
    strays: int = 0
    ends: int = 0
    ended: int = 0
    false_calls: int = 0
    calls: int = 0
    delays: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def score(truth: Mapping, replay: Mapping) -> Score:
    """Counts of one replay."""
    alarms = {a["id"]: a for a in replay["alarms"]}
    members = {i["id"]: [alarms[a] for a in i["alarms"]] for i in replay["incidents"]}
    used: set[int] = set()
    found = Score(faults=len(truth["faults"]))
    for fault in truth["faults"]:
        _score_fault(found, fault, replay, members, used)
    touched = set().union(*(_roots(f["root"]) | set(f["symptoms"]) | set(f["touches"]) for f in truth["faults"]), set())
    strays = {a["device"] for inside in members.values() for a in inside if a["device"]} - touched
    found.strays = len(strays)
    if strays:
        found.wrong.append(f"strays {sorted(strays)[:8]}")
    found.calls = sum(len(a["announced"]) for a in alarms.values())
    for incident in replay["incidents"]:
        if incident["id"] not in used and any(a["announced"] for a in members[incident["id"]]):
            found.false_calls += 1
            told = [
                (a["device"], a["component"], a["type"], round(a["raised"] - 1.795e9), a["announced"])
                for a in members[incident["id"]]
            ]
            found.wrong.append(f"false call {incident['root']} {told[:6]}")
    for number in used:
        told = [
            (a["device"], a["component"], a["type"], a["qualifier"], *(round(t - 1.795e9) for t in a["announced"]))
            for a in members[number]
            if a["announced"]
        ]
        if sum(len(entry) - 4 for entry in told) > 1:
            found.wrong.append(f"called more than once: {told}")
    return found


def _score_fault(found: Score, fault: Mapping, replay: Mapping, members: Mapping, used: set[int]) -> None:
    begin, last = fault["start"] - 1, fault["start"] + fault.get("within", 300)
    title = f"{fault['kind']} {sorted(_roots(fault['root']))[:3]} at {fault['start'] - 1.795e9:.0f}"
    wanted = set(fault["symptoms"]) - _roots(fault["root"])
    fits = [
        i for i in replay["incidents"]
        if i["id"] not in used and _roots(i["root"]) & _roots(fault["root"]) and begin <= i["opened"] <= last
    ]  # fmt: skip
    hit = max(fits, key=lambda i: len(wanted & {a["device"] for a in members[i["id"]]}), default=None)
    found.symptoms += len(wanted)
    if hit is None:
        found.wrong.append(f"{title}: not named")
        return
    used.add(hit["id"])
    found.named += 1
    got = {a["device"] for a in members[hit["id"]]}
    found.gathered += len(wanted & got)
    if wanted - got:
        found.wrong.append(f"{title}: lacks {sorted(wanted - got)[:6]} of {len(wanted)}")
    times = sorted(t for a in members[hit["id"]] for t in a["announced"])
    if times and begin <= times[0] <= last:
        found.called += 1
        found.delays.append(times[0] - fault["start"])
    else:
        found.wrong.append(f"{title}: called {[round(t - fault['start']) for t in times]} s after")
    if "closes_by" in fault:
        found.ends += 1
        if hit["closed"] is not None and fault["end"] <= hit["closed"] <= fault["closes_by"]:
            found.ended += 1
        else:
            open_ = [(a["device"], a["component"], a["type"]) for a in members[hit["id"]] if a["cleared"] is None]
            at = hit["closed"] and hit["closed"] - fault["end"]
            found.wrong.append(f"{title}: closed {at} s after its end; open {open_[:4]}")


def _roots(root: Mapping) -> set[str]:
    named: set[str] = set()
    for key in ("device", "rack", "room", "site", "or_rack", "or_device", "or_site"):
        value = root.get(key)
        named |= set() if value is None else {value} if isinstance(value, str) else set(value)
    return named
