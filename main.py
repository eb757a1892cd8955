"""The command line, and the one place where collectors, core and window meet.

Imports are done where they are needed: the window is painted before paramiko, pysnmp and pyqtgraph are loaded, and a
command that needs no window loads no Qt.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collectors.discovery.discover import Discovery
    from collectors.traps.place import TrapPlace
    from noc_console.model.discovery import DiscoveryOrder, DiscoveryProgress
    from noc_console.model.fleet import Inventory
    from noc_console.paths import Places
    from noc_console.secrets import Secrets
    from widgets.backend import Backend

SWITCH_INTERVAL_S = 0.0005
"""Measured: halves the frames that background work delays."""
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

COMMANDS = {
    "console": "the window (default)",
    "demo": "the window on a simulated fleet",
    "simulate": "the simulated fleet alone",
    "collect": "collectors, monitor and store without a window",
    "probe": "one device, looked at once",
    "discover": "which devices answer in a range or around a seed, as an inventory to review",
    "parse": "one recorded output through its parser",
    "replay": "recorded readings through the monitor",
    "check": "the inventory, every mistake at once",
    "conditions": "the rules for alarms: list them, check them, try them on the past",
    "profiles": "the kinds of SNMP gear that are known, and your own",
    "secret": "secrets in the system's keyring",
    "trust": "the SSH host key of a server",
    "audit": "whether the record of what happened is as it was written",
}
MODULES = {
    "simulate": "collectors.commands.simulate",
    "collect": "collectors.commands.collect",
    "probe": "collectors.commands.probe",
    "discover": "collectors.commands.discover",
    "parse": "collectors.commands.parse",
    "replay": "noc_console.commands.replay",
    "check": "noc_console.commands.check",
    "conditions": "noc_console.commands.conditions",
    "profiles": "noc_console.commands.profiles",
    "secret": "noc_console.commands.secret",
    "trust": "collectors.commands.trust",
    "audit": "noc_console.commands.audit",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status: 0 done, 1 could not, 2 the arguments are wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "console")
    return _run(_parser(words[0]).parse_args(words))


def _parser(chosen: str) -> argparse.ArgumentParser:
    """The parser; only the chosen command's own module is loaded for its arguments."""
    parser = argparse.ArgumentParser(
        prog="noc-console", description="An operations console for AI data centres and telecom networks."
    )
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
    command.add_argument("--speed", type=_speed, default=1.0, help="of the replay (1)")
    from collectors.traps.place import add_trap_argument

    add_trap_argument(command)
    _add_look(command)


def _add_demo_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--scenario", metavar="NAME", help="what breaks, 15 s after the fleet was first seen whole")
    command.add_argument("--list-scenarios", action="store_true", help="the names of what can break")
    command.add_argument("--devices", type=int, metavar="N", help="size of the fleet (about 120)")
    _add_look(command)


def _add_look(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", choices=("en", "vi", "ko"), help="language of the window")
    command.add_argument("--theme", choices=("system", "dark", "light", "high-contrast"), help="theme of the window")
    command.add_argument(
        "--for", dest="seconds", type=float, metavar="SECONDS", help="end by itself, counted from the first painted window"
    )
    command.add_argument(
        "--screenshots", type=Path, metavar="DIR", help="save a picture and its JSON for each view before the end"
    )
    command.add_argument("--size", type=_size, metavar="WIDTHxHEIGHT", help="size of the window")


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError(f"a number above 0 is needed, not {text!r}")
    return speed


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    try:
        return int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a size like 1280x800 is needed, not {text!r}") from None


def _run(args: argparse.Namespace) -> int:
    os.umask(0o077)
    if args.command == "console":
        return _console(args)
    if args.command == "demo":
        return _demo(args)
    if args.command in ("replay", "conditions"):
        from collectors.parsers.kernel_log import parse_line

        args.parse_log = parse_line
    run: Callable[[argparse.Namespace], int] = importlib.import_module(MODULES[args.command]).run
    return run(args)


# ------------------------------------------------------------------------------------------------------------- the window


def _console(args: argparse.Namespace) -> int:
    """The window on the user's own inventory, or on a recording."""
    from noc_console.paths import Places

    places = Places.of(os.environ, inventory=args.inventory, data=args.data)
    if args.replay:
        return _show(args, places, lambda: _open_playback(args, places))
    return _show(args, places, lambda: _open_watch(places, None, args.traps))


def _demo(args: argparse.Namespace) -> int:
    """The window on a simulated fleet, which runs in a process of its own."""
    from noc_console.paths import Places

    if args.list_scenarios:
        return _run_module("simulate", ["--list-scenarios"])
    if args.scenario:
        from collectors.simulator.scenarios import SCENARIOS

        if args.scenario not in SCENARIOS:
            print(f"There is no scenario {args.scenario!r}; there are {', '.join(SCENARIOS)}.", file=sys.stderr)
            return 2
    kept = args.data or Places.of(os.environ).data / "demo"
    folder = Path(kept).expanduser().absolute() / "fleet"
    places = Places(config=folder, data=folder.parent, inventory=folder / "inventory.toml")
    fleet = _start_fleet(args, folder)
    try:
        return _show(args, places, lambda: _open_demo(args, places, fleet))
    finally:
        fleet.terminate()
        fleet.wait()


def _run_module(name: str, words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog=f"noc-console {name}")
    module = importlib.import_module(MODULES[name])
    module.add_arguments(parser)
    status: int = module.run(parser.parse_args(words))
    return status


def _start_fleet(args: argparse.Namespace, folder: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, str(Path(__file__).resolve()), "simulate", "--with-parent", "--folder", str(folder)]
    words += ["--scenario", args.scenario] if args.scenario else []
    words += ["--devices", str(args.devices)] if args.devices else []
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own program


def _show(args: argparse.Namespace, places: "Places", open_backend: "Callable[[], Backend]") -> int:
    """Paint the window, then open what is behind it; the exit status."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in DISPLAYS):
        print("There is no display: the window is drawn in memory only.", file=sys.stderr)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        places.make()
        _log_to(places.data / "log")
    except OSError as error:
        print(f"The folder {places.data} cannot be used: {error.strerror}.", file=sys.stderr)
        return 1
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    from widgets.app import WindowOptions, run_window

    options = WindowOptions(
        settings=places.data / "window.ini",
        theme=args.theme,
        language=args.language,
        end_after=args.seconds,
        screenshots=args.screenshots,
        size=args.size,
    )
    return run_window(open_backend, options)


def _log_to(folder: Path) -> None:
    """Warnings and the coming and going of devices into a file that never grows beyond a few megabytes."""
    import logging
    from logging.handlers import RotatingFileHandler

    folder.mkdir(mode=0o700, exist_ok=True)
    # What cannot be written to a full disk is said once, in the window, and not with a traceback for each line.
    logging.raiseExceptions = False
    handler = RotatingFileHandler(folder / "console.log", maxBytes=2_000_000, backupCount=2, encoding="utf-8")
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def _open_watch(places: "Places", environment: dict[str, str] | None, traps: "TrapPlace | None") -> "Backend":
    """Collectors, monitor and store of an inventory; raises Refused with what is wrong. Runs in the starter's thread."""
    from collectors.watch import Watch
    from noc_console.inventory import load
    from noc_console.profiles.catalogue import ProfileError
    from noc_console.secrets import Secrets
    from noc_console.store.errors import StoreError
    from widgets.backend import Backend, Refused, conditions_note, profiles_note

    loaded = load(places.inventory)
    if loaded.inventory is None:
        raise Refused(*map(str, loaded.mistakes))
    secrets = Secrets(environment, open_keyring=lambda: None) if environment is not None else Secrets(clock=time.monotonic)
    try:
        watch = Watch(loaded.inventory, places, secrets, time.time, traps=traps)
        reader = watch.reader()
    except (StoreError, ProfileError) as error:
        raise Refused(str(error)) from error
    watch.start()
    assert reader is not None

    def close() -> None:
        reader.close()
        watch.stop()

    inventory = loaded.inventory
    return Backend(
        feed=watch.feed(),
        send=watch.send,
        history=reader,
        who=_who(),
        notes=(*conditions_note(watch.notes), *profiles_note(watch.profile_notes)),
        close=close,
        trust=_trusting(places, inventory),
        unlock=_unlocking(inventory, secrets),
        discover=_discovering(places, inventory, secrets),
    )


def _trusting(places: "Places", inventory: "Inventory") -> "Callable[[str, str, bool], str]":
    """Confirms a server's host key, for the window."""

    def trust(device: str, expected: str, replace: bool) -> str:
        from collectors.commands.trust import confirm

        found = inventory.devices.get(device)
        collect = found.collect.get("ssh") if found is not None else None
        return confirm(places.known_hosts, collect.address, collect.port, expected, replace=replace) if collect else "not-asked"

    return trust


def _unlocking(inventory: "Inventory", secrets: "Secrets") -> "Callable[[str, str, bool], str]":
    """Takes the passphrase of a server's key, for the window."""

    def unlock(device: str, passphrase: str, keep: bool) -> str:
        from collectors.ssh.keys import opens
        from noc_console.secrets import NoKeyring

        found = inventory.devices.get(device)
        collect = found.collect.get("ssh") if found is not None else None
        if collect is None or collect.credential is None:
            return "not-asked"
        credential = inventory.credentials[collect.credential]
        wrong = opens(credential, passphrase)
        if wrong:
            return wrong
        secrets.keep(credential.name, "passphrase", passphrase)
        try:
            if keep:
                secrets.set(credential.name, "passphrase", passphrase)
        except NoKeyring:
            return "no-keyring"
        return ""

    return unlock


def _discovering(
    places: "Places", inventory: "Inventory", secrets: "Secrets"
) -> "Callable[[DiscoveryOrder, Callable[[DiscoveryProgress], None]], Discovery]":
    """Prepares a discovery, for the window."""

    def discover(order: "DiscoveryOrder", progress: "Callable[[DiscoveryProgress], None]") -> "Discovery":
        from collectors.commands.discover import means_of
        from collectors.discovery.discover import Discovery

        return Discovery(order, means_of(places, inventory, secrets), progress)

    return discover


def _open_demo(args: argparse.Namespace, places: "Places", fleet: "subprocess.Popen[str]") -> "Backend":
    """The simulated fleet once it is ready, watched like any other."""
    from collectors.simulator.remote import Remote
    from widgets.backend import Refused

    assert fleet.stdout is not None
    assert fleet.stderr is not None
    line = fleet.stdout.readline()
    if not line:
        raise Refused(f"The simulated fleet did not start: {fleet.stderr.read().strip()[-500:]}")
    Thread(target=_drain, args=(fleet.stderr,), name="fleet-log", daemon=True).start()
    ready = json.loads(line)
    backend = _open_watch(places, dict(ready["environment"]), None)
    remote = Remote(places.config, args.scenario or "")
    close_watch = backend.close

    def close() -> None:
        remote.close()
        close_watch()

    backend.scenario, backend.close = remote, close
    return backend


def _drain(stream: IO[str]) -> None:
    """What the fleet says on the way goes to the log, so that its pipe never fills."""
    import logging

    for line in stream:
        logging.getLogger("simulator").info("%s", line.rstrip())


def _open_playback(args: argparse.Namespace, places: "Places") -> "Backend":
    """A recording through a monitor of its own, at its own times."""
    from collectors.parsers.kernel_log import parse_line
    from collectors.playback import Playback
    from noc_console.alarms.load import load_conditions
    from noc_console.inventory import load
    from noc_console.readings import read_readings
    from widgets.backend import Backend, Refused, conditions_note, replay_note

    inventory, readings = args.replay
    loaded = load(inventory)
    if loaded.inventory is None:
        raise Refused(*map(str, loaded.mistakes))
    try:
        results = read_readings(readings, parse_line)
        conditions = load_conditions(places.conditions)
        playback = Playback(loaded.inventory, conditions, results, speed=args.speed, monotonic=time.monotonic)
    except OSError as error:
        raise Refused(f"{readings}: {error.strerror or error}") from error
    except ValueError as error:
        raise Refused(f"{readings}: {error}") from error
    playback.start()
    notes = (replay_note(readings.name, args.speed), *conditions_note(tuple(map(str, conditions.mistakes))))
    return Backend(feed=playback.feed(), send=playback.send, who=_who(), clock=playback.clock, notes=notes, close=playback.stop)


def _who() -> str:
    """The system account at the host, until roles come."""
    from getpass import getuser
    from platform import node

    return f"{getuser()}@{node()}"


if __name__ == "__main__":
    sys.exit(main())
