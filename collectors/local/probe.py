"""`probe --local`: one look at this machine, by the same commands as the collector's."""

import argparse
import time

from collectors.local.processes import Processes
from collectors.ssh.commands import Command, Output
from collectors.ssh.look import look
from collectors.ssh.trouble import trouble
from noc_console.model.poll import ErrorKind


def probe(args: argparse.Namespace) -> dict[str, object]:
    """What this machine is and shows. Trouble if it cannot be asked."""
    processes = Processes()
    talk = look()
    deadline = time.monotonic() + args.timeout
    try:
        commands = next(talk)
        while True:
            commands = talk.send(_run(processes, commands, deadline))
    except StopIteration as end:
        found: dict[str, object] = end.value
        return found
    finally:
        processes.close()


def _run(processes: Processes, commands: tuple[Command, ...], deadline: float) -> tuple[Output, ...]:
    outputs: list[Output] = []
    for number, command in enumerate(commands, 1):
        processes.run(command, outputs.append)
        while len(outputs) < number:
            left = deadline - time.monotonic()
            if left <= 0:
                raise trouble(ErrorKind.UNREACHABLE, "timeout")
            processes.wait(min(left, 1.0))
    return tuple(outputs)
