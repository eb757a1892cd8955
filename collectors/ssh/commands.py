"""The commands that are run on servers: fixed strings, never made from anything a device said.

Each is wrapped in `timeout -k`, so that it ends on the server too when this side has given up or gone, and has its own
deadline and byte bound here. `resources/gate/noc-gate` allows exactly these and nothing else.
"""

from dataclasses import dataclass, field
from shlex import quote

from collectors.parsers.nvidia_smi_csv import AMPERE_FIELDS, FIELDS, PLAIN_FIELDS
from collectors.parsers.parsed import Parsed

MOST_STDOUT = 4 * 1024 * 1024
MOST_STDERR = 64 * 1024
NOT_FOUND = 127
"""A shell's exit status for a command that is not there."""
TIMED_OUT = (124, 137)
"""Exit statuses of timeout(1): the command was ended, or killed because it did not end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One fixed command.

    Attributes
    ----------
    name : what it is called in messages; one of a name runs at a time on a host.
    line : what the server's shell gets.
    remote_s : seconds after which the server ends it.
    accepted : exit statuses with which its output is whole.
    tool : the program, where it may hang in the kernel (a sick GPU): while one does, no second is started.
    letter : what it is asked for by in a lasting loop (`stream.py`); empty = always run by itself.
    most : bytes of standard output that are taken; what prints more is cut off, and not believed.
    """

    name: str
    line: str
    remote_s: int
    accepted: frozenset[int] = frozenset((0,))
    tool: str = ""
    letter: str = ""
    most: int = MOST_STDOUT

    @property
    def deadline_s(self) -> float:
        """Seconds after which this side stops waiting: the server's own limit, and a way there and back."""
        return self.remote_s + 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What came of a command.

    `problem` is empty, or a code: `timeout`, `still-running` (the one before hangs), `too-long`, `truncated`, `connection-lost`,
    `no-channel`, `not-run`. `status` is None unless the command ended by itself.
    """

    command: Command
    status: int | None = None
    stdout: bytes = b""
    stderr: bytes = b""
    problem: str = ""
    parsed: Parsed | None = field(default=None, compare=False, repr=False)
    """What its parser made of it, once that was asked."""

    @property
    def is_whole(self) -> bool:
        """Whether it can be read: ended by itself, with a status that says the output is complete."""
        return not self.problem and self.status in self.command.accepted

    @property
    def has_failed(self) -> bool:
        """Whether the command itself went wrong, whatever it printed."""
        return not self.is_whole

    @property
    def is_refused(self) -> bool:
        """Whether a gate, or the shell, would not run it."""
        statuses = (NOT_FOUND, *TIMED_OUT, *self.command.accepted)
        return not self.stdout and (self.problem == "no-channel" or (not self.problem and self.status not in statuses))

    @property
    def says(self) -> str:
        """Why it cannot be read, in a few words for `incomplete`."""
        if self.problem:
            return f"{self.command.name}: {self.problem}"
        if self.status in TIMED_OUT:
            return f"{self.command.name}: timeout"
        return f"{self.command.name}: exit status {self.status}"


def fixed(
    name: str,
    remote_s: int,
    words: str,
    accepted: tuple[int, ...] = (0,),
    *,
    tool: str = "",
    letter: str = "",
    most: int = MOST_STDOUT,
) -> Command:
    """A command wrapped in timeout(1)."""
    line = f"LC_ALL=C timeout -k 2 {remote_s} {words}"
    return Command(name=name, line=line, remote_s=remote_s, accepted=frozenset(accepted), tool=tool, letter=letter, most=most)


# nvidia-smi(1), RETURN VALUE: 14 = a GPU's InfoROM is corrupted; the output is whole all the same.
SMI = (0, 14)
NVIDIA = "nvidia-smi"


def _csv(fields: tuple[str, ...], letter: str) -> Command:
    words = f"nvidia-smi --query-gpu={','.join(fields)} --format=csv"
    return fixed("nvidia-smi-csv", 8, words, SMI, tool=NVIDIA, letter=letter)


GPU_CSV = _csv(FIELDS, "g")
GPU_CSV_AMPERE = _csv(AMPERE_FIELDS, "m")
GPU_CSV_PLAIN = _csv(PLAIN_FIELDS, "p")
CSV_WAYS = (GPU_CSV, GPU_CSV_AMPERE, GPU_CSV_PLAIN)
"""Each with fewer fields than the one before: a driver that does not know one of them refuses them all."""
GPU_XML = fixed("nvidia-smi-xml", 30, "nvidia-smi -q -x", SMI, tool=NVIDIA)
GPU_XML_PLAIN = Command(name="nvidia-smi-xml", line="nvidia-smi -q -x", remote_s=30, accepted=frozenset(SMI), tool=NVIDIA)
"""As older gates allow it; asked only where the other is refused."""

# grep names the file before each line, which keeps the files apart. The long lines of /proc/stat (one per CPU, interrupts)
# stay on the server: they are 60 kB on a 256-core machine. Status 2: a file is missing, the others are there.
HOST = fixed(
    "proc",
    8,
    "grep -E -v '^(intr|softirq|cpu[0-9])' /proc/stat /proc/meminfo /proc/net/dev /proc/uptime "
    "/proc/sys/kernel/random/boot_id /proc/sys/kernel/hostname /proc/sys/kernel/osrelease",
    (0, 2),
    letter="h",
)

# Lines that tell of GPUs and NVSwitches. The boot's name and the uptime come first, a closing line last: what lacks it is cut.
_OF_GPUS = "grep -a -E 'NVRM|SXid'"
_FRAME = "cat /proc/sys/kernel/random/boot_id /proc/uptime"
KERNEL_KMSG = fixed(
    "kernel-kmsg",
    8,
    # dd reads one record per read; at the end of the log the kernel says EAGAIN and dd ends (status 1, which is no fault).
    f'sh -c "{_FRAME}; true </dev/kmsg || exit 3; dd if=/dev/kmsg iflag=nonblock bs=8192 2>/dev/null | {_OF_GPUS}; echo end"',
    letter="k",
)
KERNEL_DMESG = fixed("kernel-dmesg", 8, f'sh -c "{_FRAME}; dmesg >/dev/null || exit 3; dmesg | {_OF_GPUS}; echo end"', letter="d")
KERNEL_JOURNAL = fixed(
    "kernel-journal",
    8,
    f'sh -c "{_FRAME}; journalctl -k -b -q -n 1 >/dev/null || exit 3; '
    f'journalctl -k -b -q -o short-monotonic --no-pager | {_OF_GPUS}; echo end"',
    letter="j",
)
KERNEL_WAYS = (KERNEL_KMSG, KERNEL_DMESG, KERNEL_JOURNAL)

STREAM_S = 3600
"""A lasting loop ends itself after this long; a new one follows, and nobody notices."""


CLOSED, CUT = "noc", "z"
"""Word that closes an output in a loop, and the letter that closes the whole answer: what is not closed by then was cut off."""


def _arm(part: Command) -> str:
    # Gathered before it is printed: one packet, not one for each program's write; and never more than may be.
    run = f'{{ {part.line} </dev/null; printf "\\n{CLOSED} %d {part.letter} %s\\n." $? "$tag"; }} | head -c {MOST_STDOUT}'
    return f'case "$asked" in *{part.letter}*) all="$all$({run})"; all="${{all%.}}";; esac;'


def _stream(name: str, *parts: Command) -> Command:
    """A loop that runs the parts whose letters a line of its input names, and closes the output of each with its status and the
    line's tag.
    """
    arms = " ".join(map(_arm, parts))
    close = f'printf "%s\\n{CLOSED} 0 {CUT} %s\\n" "$all" "$tag"'
    line = f"LC_ALL=C timeout -k 2 {STREAM_S} sh -c {quote(f'while read -r asked tag; do all=; {arms} {close}; done')}"
    return Command(name=name, line=line, remote_s=STREAM_S, tool=parts[0].tool)


STREAM_HOST = _stream("stream-host", HOST, *KERNEL_WAYS)
STREAM_GPU = _stream("stream-gpu", *CSV_WAYS)
"""Two loops, so that a hung nvidia-smi holds up neither /proc nor the kernel log."""
STREAM_OF = {part.letter: STREAM_HOST for part in (HOST, *KERNEL_WAYS)} | {part.letter: STREAM_GPU for part in CSV_WAYS}

TOOL_STATE = fixed("tool-state", 8, f"ps -C {NVIDIA},amd-smi,rocm-smi -o comm=,stat=,etimes=,wchan:32=", (0, 1))
"""Processes of the GPUs' tools, asked while one does not answer: state D is one that the kernel does not let go."""

JOBS = fixed(
    "jobs",
    8,
    "sh -c 'grep -s -H -m 1 -E \"/job_[0-9]|[/-]pod[0-9a-f]\" /proc/[0-9]*/cgroup | head -n 4096; echo end'",
    most=1024 * 1024,
)
"""Control groups of the processes that run for a Slurm job or in a pod; read by everybody, and lines of no other process."""

REGULAR = (*CSV_WAYS, GPU_XML, GPU_XML_PLAIN, HOST, *KERNEL_WAYS, STREAM_HOST, STREAM_GPU, TOOL_STATE)
"""Beside them `tools.py` has what only some servers are asked."""
