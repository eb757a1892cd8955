"""The polls of a server's other tools: what it has, and what each kind of them tells."""

import numpy as np

from collectors.parsers.cgroup_jobs import jobs
from collectors.parsers.parsed import Parsed
from collectors.ssh.answer import Answer, Dialogue
from collectors.ssh.commands import JOBS, NOT_FOUND, Output
from collectors.ssh.parts import merged
from collectors.ssh.server import Server
from collectors.ssh.tools import TOOLS, Tool, found_tools, tools_of
from noc_console.model.poll import ErrorKind, PollError

LOST = PollError(kind=ErrorKind.UNREACHABLE, reason="connection-lost")
IPMI = frozenset(("ipmitool", "ipmitool-sudo"))


def look_for_tools(server: Server) -> Dialogue:
    """Which tools there are. A server that does not let itself be asked has none: its regular values come all the same."""
    (output,) = yield (TOOLS,)
    if output.problem == "connection-lost":
        return Answer(error=LOST)
    if output.is_whole:
        found = found_tools(output.stdout.decode("ascii", "replace"))
        if found is not None:
            # Its own management controller is asked as a device of its own: one fault is one alarm.
            server.tools = found - IPMI if server.has_controller else found
    return Answer()


def ask_tools(server: Server, kind: str) -> Dialogue:
    """What the tools of a kind tell; one that fails keeps its keys without values, and hides none of the others."""
    tools = tools_of(kind, server.tools)
    if not tools:
        return Answer()
    outputs = yield tuple(tool.command for tool in tools)
    if all(output.problem == "connection-lost" for output in outputs):
        return Answer(error=LOST)
    wrong: list[str] = []
    whole = merged([_part(server, tool, output, wrong) for tool, output in zip(tools, outputs, strict=True)])
    return Answer(
        layout=whole.layout,
        values=whole.values,
        texts=whole.texts,
        facts=server.news(whole.facts),
        limits=whole.limits or None,
        incomplete=tuple(wrong),
    )


def _part(server: Server, tool: Tool, output: Output, wrong: list[str]) -> Parsed:
    name = tool.command.name
    if output.is_refused or (output.status == NOT_FOUND and not output.problem):
        # Taken out of the gate, or uninstalled: somebody's choice, and not asked again before the next look.
        server.tools = server.tools - {tool.needs} if tool.needs == name else server.tools
        server.tool_layouts.pop(name, None)
        return Parsed()
    parsed = tool.parse(output.stdout.decode("utf-8", "replace")) if output.is_whole else Parsed()
    if output.is_whole and not parsed.problem:
        server.tool_layouts[name] = parsed.layout
        if tool.command is JOBS:
            server.jobs = jobs(output.stdout.decode("utf-8", "replace"))
        return parsed
    wrong.append(output.says if output.has_failed else f"{name}: {parsed.problem}")
    layout = server.tool_layouts.get(name, parsed.layout)
    return Parsed(layout=layout, values=np.full(len(layout), np.nan))
