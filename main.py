"""The command line, and the one place where collectors, core and window meet.

Imports are done where they are needed: the window is painted before paramiko, pysnmp and pyqtgraph are loaded, and a
command that needs no window loads no Qt.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

COMMANDS = {
    "console": "the window (default)",
    "demo": "the window on a simulated fleet",
    "simulate": "the simulated fleet alone",
    "collect": "collectors, monitor and store without a window",
    "probe": "one device, looked at once",
    "parse": "one recorded output through its parser",
    "replay": "recorded readings through the monitor",
    "check": "the inventory, every mistake at once",
    "secret": "secrets in the system's keyring",
    "trust": "the SSH host key of a server",
}
MODULES = {
    "simulate": "collectors.commands.simulate",
    "collect": "collectors.commands.collect",
    "probe": "collectors.commands.probe",
    "parse": "collectors.commands.parse",
    "replay": "noc_console.commands.replay",
    "check": "noc_console.commands.check",
    "secret": "noc_console.commands.secret",
    "trust": "collectors.commands.trust",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status: 0 done, 1 could not, 2 the arguments are wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "console")
    return _run(_parser(words[0]).parse_args(words))


def _parser(chosen: str) -> argparse.ArgumentParser:
    """The parser; only the chosen command's own module is loaded for its arguments."""
    parser = argparse.ArgumentParser(prog="noc-console", description="An operations console for AI data centres and telecom networks.")
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, says in COMMANDS.items():
        command = commands.add_parser(name, help=says, description=says)
        if name == chosen:
            _adder(name)(command)
            _add_places(command)
    return parser


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("noc-console")
    except metadata.PackageNotFoundError:
        return "unknown"


def _adder(name: str) -> Callable[[argparse.ArgumentParser], None]:
    if name in ("console", "demo"):
        return _add_window_arguments if name == "console" else _add_demo_arguments
    return importlib.import_module(MODULES[name]).add_arguments  # type: ignore[no-any-return]


def _add_places(command: argparse.ArgumentParser) -> None:
    """Options that every command has, unless it has them already."""
    known = {option for action in command._actions for option in action.option_strings}
    if "--inventory" not in known:
        command.add_argument("--inventory", type=Path, metavar="PATH", help="inventory file, or folder of *.toml")
    if "--data" not in known:
        command.add_argument("--data", type=Path, metavar="DIR", help="folder of the database and logs")


def _add_window_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--replay", nargs=2, type=Path, metavar=("INVENTORY", "READINGS"), help="show a recording instead")
    command.add_argument("--speed", type=float, default=1.0, help="of the replay (1)")
    _add_look(command)


def _add_demo_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--scenario", metavar="NAME", help="what breaks, 15 s after the fleet was first seen whole")
    command.add_argument("--list-scenarios", action="store_true", help="the names of what can break")
    command.add_argument("--devices", type=int, metavar="N", help="size of the fleet (about 120)")
    _add_look(command)


def _add_look(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", choices=("en", "vi", "ko"), help="language of the window")
    command.add_argument("--theme", choices=("system", "dark", "light", "high-contrast"), help="theme of the window")
    command.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="end by itself, counted from the first painted window")
    command.add_argument("--screenshots", type=Path, metavar="DIR", help="save a picture and its JSON for each view before the end")
    command.add_argument("--size", metavar="WIDTHxHEIGHT", help="size of the window")


def _run(args: argparse.Namespace) -> int:
    os.umask(0o077)
    if args.command == "console":
        import composition

        return composition.console(args)
    if args.command == "demo":
        import composition

        return composition.demo(args)
    if args.command == "replay":
        from collectors.parsers.kernel_log import parse_line

        args.parse_log = parse_line
    run: Callable[[argparse.Namespace], int] = importlib.import_module(MODULES[args.command]).run
    return run(args)


if __name__ == "__main__":
    sys.exit(main())
