"""`parse NAME FILE`: one recorded output through its parser, as JSON."""

import argparse
import json
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from collectors.parsers.parsed import MOST_BYTES
from collectors.parsers.printed import as_object, problem_sentence
from collectors.parsers.registry import PARSERS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="the parser; --list lists them")
    parser.add_argument("file", nargs="?", metavar="FILE", help="what the tool printed; - for standard input")
    parser.add_argument("--list", action="store_true", help="the parsers and what they read")


def run(args: argparse.Namespace) -> int:
    """Print what the parser found; 1 if it could read nothing, 2 if there is no such parser."""
    if args.list:
        print(json.dumps({"parsers": [{"name": parser.name, "reads": parser.says} for parser in PARSERS.values()]}))
        return 0
    if args.name not in PARSERS or args.file is None:
        print(_usage(args.name), file=sys.stderr)
        return 2
    try:
        text = _read(args.file)
    except OSError as error:
        print(f"{args.file} cannot be read: {error.strerror}", file=sys.stderr)
        return 1
    parsed = PARSERS[args.name].parse(text)
    print(json.dumps(as_object(parsed), ensure_ascii=False))
    if parsed.problem:
        print(f"{args.file}: {problem_sentence(parsed)}", file=sys.stderr)
    return 1 if parsed.problem and not parsed.components and not parsed.events else 0


def _read(file: str) -> str:
    """The text; a little more than a parser takes is enough for it to say that it is too long."""
    if file == "-":
        return _pieces(sys.stdin.buffer)
    with Path(file).open("rb") as opened:
        return _pieces(opened)


def _pieces(opened: BinaryIO) -> str:
    # In pieces: the kernel makes room for all that is asked for at once, and gives files of /proc/sys only to small requests.
    pieces, left = [], 4 * MOST_BYTES
    while left > 0 and (piece := opened.read(min(left, 65_536))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces).decode("utf-8", "replace")


def _usage(name: str | None) -> str:
    if name is None:
        return "parse needs NAME and FILE; parse --list lists the parsers"
    if name in PARSERS:
        return f"parse {name} needs FILE, or - for standard input"
    near = get_close_matches(name, PARSERS, n=1)
    return f'there is no parser "{name}"; ' + (f'did you mean "{near[0]}"?' if near else "parse --list lists them")
