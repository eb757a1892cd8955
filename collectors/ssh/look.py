"""One look at a server for `probe`: everything that the polls would read, as the object of `parse` with `system` beside it."""

from collections.abc import Generator

from collectors.parsers.kernel_log import parse as parse_log
from collectors.parsers.parsed import Parsed
from collectors.parsers.printed import as_object
from collectors.parsers.proc import joined
from collectors.ssh.commands import CSV_WAYS, GPU_XML, GPU_XML_PLAIN, HOST, KERNEL_WAYS, NOT_FOUND, Command, Output
from collectors.ssh.gpu_poll import NO_GPUS, read_gpus
from collectors.ssh.host_poll import by_file, read_host, words_of
from collectors.ssh.kernel_poll import take_apart
from collectors.ssh.trouble import trouble
from noc_console.model.poll import ErrorKind

Look = Generator[tuple[Command, ...], tuple[Output, ...], dict[str, object]]
Part = Generator[tuple[Command, ...], tuple[Output, ...], Parsed]


def look() -> Look:
    """What the server is and shows. Trouble if nothing of it can be read."""
    incomplete: list[str] = []
    gpus = yield from _gpus(incomplete)
    host = yield from _host(incomplete)
    log = yield from _log(incomplete)
    if gpus.problem and host.problem:
        raise trouble(ErrorKind.BAD_REPLY, "unreadable", "; ".join(incomplete))
    whole = joined([gpus, host, log])
    return {"system": whole.facts.get("", {}), **as_object(_of_parts(whole)), "incomplete": incomplete}


def _of_parts(whole: Parsed) -> Parsed:
    """Without the device's own facts, which stand under `system`."""
    facts = {component: words for component, words in whole.facts.items() if component}
    return Parsed(
        components=whole.components, layout=whole.layout, values=whole.values, texts=whole.texts, events=whole.events, facts=facts
    )


def _gpus(incomplete: list[str]) -> Part:
    """The first of the ways to ask for GPUs that gives any; a server without nvidia-smi has none."""
    said = []
    for command in (GPU_XML, GPU_XML_PLAIN, *CSV_WAYS):
        (output,) = yield (command,)
        if output.status == NOT_FOUND and not output.problem:
            return Parsed()
        parsed = read_gpus(output)
        if parsed.components:
            return parsed
        said.append(output.says if output.has_failed else f"{command.name}: {parsed.problem}")
        if parsed.problem in NO_GPUS:
            break
    incomplete.append(said[0] if len(set(said)) == 1 else "; ".join(dict.fromkeys(said)))
    return Parsed(problem="unreadable")


def _host(incomplete: list[str]) -> Part:
    (output,) = yield (HOST,)
    if not output.is_whole:
        incomplete.append(output.says)
        return Parsed(problem="unreadable")
    files = by_file(output.stdout.decode("utf-8", "replace"))
    parts = read_host(files)
    incomplete += [f"/proc/{name}: {part.problem}" for name, part in parts.items() if part.problem]
    readable = [part for part in parts.values() if not part.problem]
    return joined([*readable, Parsed(facts={"": words_of(files)})]) if readable else Parsed(problem="unreadable")


def _log(incomplete: list[str]) -> Part:
    said = []
    for command in KERNEL_WAYS:
        (output,) = yield (command,)
        lines = take_apart(output)
        if lines is not None:
            return parse_log(lines.text.decode("utf-8", "replace"))
        said.append(output.says)
    incomplete.append(f"kernel log: {'; '.join(said)}")
    return Parsed()
