"""What a command line gives on a simulated server: standard output, standard error, exit status.

No shell is run. Words are recognised by what they hold, so that the console's fixed commands (`collectors.ssh.commands`) and
what a person would type by hand (`nvidia-smi -L`, `uptime`, `cat /proc/stat`, `dmesg`) are answered alike.
"""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from collectors.simulator import gpu_text, host_text
from collectors.simulator.world import World
from collectors.ssh.commands import TOOL_STATE
from collectors.ssh.tools import EVERY_TOOL, TOOLS

NOT_FOUND = 127


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gave."""

    out: str = ""
    error: str = ""
    status: int = 0


def run(world: World, server: str, line: str) -> Answer:
    """The answer to a command line, now."""
    if line in FIXED:
        with world.lock:
            return FIXED[line](world, server)
    words = _without_wrapping(line)
    if not words:
        return Answer()
    if words[0] in ("sh", "bash") and "-c" in words:
        return run(world, server, words[words.index("-c") + 1]) if len(words) > words.index("-c") + 1 else Answer()
    with world.lock:
        if any(";" in word or "|" in word for word in words) and words[0] != "grep":
            return _script(world, server, line)
        return _single(world, server, words)


def hangs(world: World, server: str, line: str) -> bool:
    """Whether this command would not come back now: nvidia-smi behind a sick GPU."""
    return server in world.hung and "nvidia-smi" in line and line not in (TOOLS.line, TOOL_STATE.line)


def _tools(world: World, server: str) -> Answer:
    return Answer("nvidia-smi\nend\n")


def _tool_state(world: World, server: str) -> Answer:
    return Answer("nvidia-smi      D         61 nvidia_open\n") if server in world.hung else Answer(status=1)


def _links(world: World, server: str) -> Answer:
    return Answer(gpu_text.nvlink_of(world, server, errors=False) + gpu_text.nvlink_of(world, server, errors=True))


def _topology(world: World, server: str) -> Answer:
    return Answer(gpu_text.topology_of(world, server))


FIXED: dict[str, Callable[[World, str], Answer]] = {TOOLS.line: _tools, TOOL_STATE.line: _tool_state}
"""Commands of the console that need a real shell: known by the whole line."""
FIXED |= {tool.command.line: _links for tool in EVERY_TOOL if tool.command.name == "nvidia-smi-nvlink"}
FIXED |= {tool.command.line: _topology for tool in EVERY_TOOL if tool.command.name == "nvidia-smi-topo"}


def _without_wrapping(line: str) -> list[str]:
    """The words of a line without assignments, `timeout` with its options, and paths of programs."""
    try:
        words = shlex.split(line)
    except ValueError:
        return line.split()
    while words and (re.fullmatch(r"[A-Z_]+=\S*", words[0]) or words[0] in ("env", "sudo", "exec", "-n")):
        words.pop(0)
    if words and words[0].rsplit("/", 1)[-1] == "timeout":
        words.pop(0)
        while words and (words[0].startswith("-") or re.fullmatch(r"[\d.]+[smh]?", words[0])):
            words.pop(0)
    if words:
        words[0] = words[0].rsplit("/", 1)[-1]
    return words


def _single(world: World, server: str, words: list[str]) -> Answer:
    name, rest = words[0], words[1:]
    if name == "nvidia-smi":
        return _nvidia_smi(world, server, rest)
    if name in ("cat", "head", "tail", "grep"):
        return _files(world, server, name, rest)
    if name in ("dmesg", "journalctl"):
        return Answer("".join(f"{line}\n" for line in _kernel(world, server, name)))
    if name == "dd":
        return Answer("".join(f"{line}\n" for line in host_text.kmsg(world, server)))
    plain = {
        "true": "",
        "hostname": f"{server}\n",
        "uname": f"Linux {server} 6.8.0-60-generic #63-Ubuntu SMP PREEMPT_DYNAMIC x86_64 GNU/Linux\n",
        "uptime": f" up {int(world.uptime(server) // 86400)} days,  1 user,  load average: 46.10, 46.00, 45.90\n",
        "echo": f"{' '.join(rest)}\n",
    }
    if name in plain:
        return Answer(plain[name])
    return Answer(error=f"bash: line 1: {name}: command not found\n", status=NOT_FOUND)


def _nvidia_smi(world: World, server: str, rest: list[str]) -> Answer:
    asked = next((word for word in rest if word.startswith("--query-gpu")), None)
    if asked is not None:
        fields = asked.partition("=")[2] or "".join(rest[rest.index(asked) + 1 :][:1])
        style = next((word for word in rest if word.startswith("--format")), "")
        text, status = gpu_text.csv_of(
            world, server, fields.split(","), header="noheader" not in style, units="nounits" not in style
        )
        return Answer(text, status=status)
    if rest[:1] == ["nvlink"]:
        return Answer(gpu_text.nvlink_of(world, server, errors="-e" in rest))
    if "-L" in rest or "--list-gpus" in rest:
        return Answer(gpu_text.list_of(world, server))
    if "-q" in rest and ("-x" in rest or "--xml-format" in rest):
        return Answer(gpu_text.xml_of(world, server))
    return Answer(error="nvidia-smi: this simulated one knows --query-gpu, -q -x and -L only\n", status=2)


def _files(world: World, server: str, name: str, rest: list[str]) -> Answer:
    """cat, head, tail, and grep with the names of the files before their lines."""
    paths = [word for word in rest if word.startswith("/")]
    out: list[str] = []
    error: list[str] = []
    try:
        keep = _filter(rest) if name == "grep" else None
    except re.error:
        return Answer(error="grep: an invalid regular expression\n", status=2)
    for path in paths:
        if path not in host_text.FILES:
            error.append(f"{name}: {path}: No such file or directory\n")
            continue
        text = host_text.FILES[path](world, server)
        if keep is not None:
            prefix = f"{path}:" if len(paths) > 1 else ""
            text = "".join(f"{prefix}{line}\n" for line in text.splitlines() if keep(line))
        out.append(text)
    return Answer("".join(out), "".join(error), (2 if name == "grep" else 1) if error else 0)


def _filter(rest: list[str]) -> "_Filter":
    pattern = next((word for word in rest if not word.startswith(("-", "/"))), "")
    return _Filter(re.compile(pattern), inverted="-v" in rest)


@dataclass(frozen=True, slots=True)
class _Filter:
    pattern: re.Pattern[str]
    inverted: bool

    def __call__(self, line: str) -> bool:
        return bool(self.pattern.search(line)) is not self.inverted


def _kernel(world: World, server: str, way: str) -> list[str]:
    return {"dmesg": host_text.dmesg, "journalctl": host_text.journal, "kmsg": host_text.kmsg}[way](world, server)


def _script(world: World, server: str, line: str) -> Answer:
    """A line of several commands: each in turn; of a pipe, its first command filtered by its grep."""
    out: list[str] = []
    error: list[str] = []
    status = 0
    for part in re.split(r";(?=(?:[^']*'[^']*')*[^']*$)", line):
        # `test || exit`: the test passes here
        command = part.split("||")[0].strip()
        stages = [stage.strip() for stage in re.split(r"\|(?=(?:[^']*'[^']*')*[^']*$)", command)]
        words = [word for word in _without_wrapping(re.sub(r"\d?[<>]\s*\S+", "", stages[0])) if word]
        if not words:
            continue
        silent = re.search(r"(?<!\d)>/dev/null", stages[0]) is not None
        answer = _single(world, server, words)
        text = answer.out
        for stage in stages[1:]:
            if stage.startswith("grep"):
                keep = _filter(shlex.split(stage)[1:])
                text = "".join(f"{line}\n" for line in text.splitlines() if keep(line))
        out += [] if silent else [text]
        error.append(answer.error)
        status = answer.status
    return Answer("".join(out), "".join(error), status)
