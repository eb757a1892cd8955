"""`audit verify`: whether the record of what happened and of who did what is as it was written."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from time import monotonic

from noc_console.audit.heads import told_heads
from noc_console.audit.key import AuditKey, BadKey, audit_key
from noc_console.audit.verify import Checked, Follower, Verdict
from noc_console.paths import Places
from noc_console.secrets import Secrets
from noc_console.store.chain_rows import ChainRows
from noc_console.store.errors import StoreError
from noc_console.store.files import DATABASE

TOLD_SECONDS = 3.0
"""After so long, and each time after it, the command says how far it is."""
PROVES = "no-change-since-written", "order-and-completeness-up-to-the-newest-head"
PROVES_OF_SOME = ("no-change-since-written-of-what-this-key-binds",)
"""Where some records name another key: who can write the database can make them name one."""
CANNOT_PROVE = {
    "given": ("what-was-never-written", "rewriting-by-who-has-the-key-after-the-newest-head-told-elsewhere"),
    "file": (
        "what-was-never-written",
        "rewriting-by-who-can-read-the-key-file-after-the-newest-head-told-elsewhere",
        "heads-in-the-folder-itself-are-as-safe-as-the-folder",
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("action", choices=("verify",), help="follow the chain from its beginning")
    parser.add_argument(
        "--head",
        type=_head,
        action="append",
        default=[],
        metavar="NUMBER:MAC",
        help="a head that was told elsewhere, as the system's log has it; may be given several times",
    )


def _head(text: str) -> tuple[int, bytes]:
    number, _, mac = text.partition(":")
    try:
        found = int(number), bytes.fromhex(mac)
    except ValueError:
        found = 0, b""
    if found[0] < 1 or len(found[1]) != 32:
        raise argparse.ArgumentTypeError(f"a head like 42:9f…(64 digits) is needed, not {text!r}")
    return found


def run(args: argparse.Namespace, secrets: Secrets | None = None) -> int:
    """Verify; 0 if all is as it was written, 1 if not or if some of it could not be looked at."""
    places = Places.of(os.environ, data=args.data)
    path = places.data / DATABASE
    if not path.is_file():
        print(f"There is no database in {places.data}: name its folder with --data.", file=sys.stderr)
        return 1
    heads = {**dict(told_heads(places.data)), **dict(args.head)}
    try:
        key = audit_key(secrets or Secrets(), places.data, make=None)
        follower = Follower(key)
        with closing(ChainRows(path)) as rows:
            follower.follow(with_progress(rows.batches(), rows.last(), monotonic), heads)
            follower.verdict.unbound(rows.unbound())
    except (BadKey, StoreError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(_told(follower.verdict, key, heads)))
    for sentence in sentences(follower.verdict):
        print(sentence, file=sys.stderr)
    verdict = follower.verdict
    return 1 if verdict.problems or verdict.unchecked or verdict.waiting or verdict.records == 0 else 0


def with_progress(batches: Iterator[Sequence[Checked]], last: int, clock: Callable[[], float]) -> Iterator[Sequence[Checked]]:
    """The batches, and now and then a line on stderr that says how far it is, where it takes long."""
    next_line, done = clock() + TOLD_SECONDS, 0
    for rows in batches:
        yield rows
        done += len(rows)
        if clock() >= next_line:
            next_line = clock() + TOLD_SECONDS
            print(f"{min(99, done * 100 // max(1, last))} % of {last} records", file=sys.stderr, flush=True)


def _told(verdict: Verdict, key: AuditKey, heads: Mapping[int, bytes]) -> dict[str, object]:
    return {
        "records": verdict.records,
        "entries": verdict.entries,
        "entries_before_the_chain": verdict.entries_before,
        "waiting": verdict.waiting,
        "purged": verdict.purged,
        "unchecked": verdict.unchecked,
        "from": verdict.first,
        "to": verdict.last,
        "head": {"number": verdict.head[0], "mac": verdict.head[1].hex()},
        "key": {"name": key.name, "place": key.place},
        "heads_compared": len(heads),
        "problems": [asdict(problem) for problem in verdict.problems],
        "more_problems": verdict.more_problems,
        "proves": list(PROVES_OF_SOME if verdict.unchecked else PROVES),
        "cannot_prove": list(CANNOT_PROVE[key.place]),
    }


_SENTENCES = {
    "changed": "Record {number}: entry {entry} does not say any more what was written.",
    "missing": "Record {number}: entry {entry} is gone, and no purge took it.",
    "inserted": "Entry {entry} was put in by another program: no record binds it.",
    "broken": "Record {number} does not follow from the one before: it or what is before it was changed, or the key is another.",
    "gap": "Before record {number} {count} records are missing or stand in another order.",
    "cut": "The end is cut off: record {number} was told, {count} records of it are not there.",
    "purge": "The purge of record {number} took something else than it says.",
}


def sentences(verdict: Verdict) -> list[str]:
    """What is wrong, a sentence each, and what could not be looked at."""
    said = [_SENTENCES[p.kind].format(number=p.number, entry=p.entry, count=p.count) for p in verdict.problems]
    if verdict.more_problems:
        said.append(f"{verdict.more_problems} more.")
    if verdict.unchecked:
        said.append(f"{verdict.unchecked} records were bound with another key: only their order and their entries were checked.")
    if verdict.waiting:
        said.append(f"{verdict.waiting} entries of before the chain are not bound yet: the console does it while it runs.")
    if verdict.records == 0:
        said.append("There is no chain yet: start the console once.")
    return said
