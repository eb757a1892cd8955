"""The commands that are run on servers: fixed strings, never made from anything a device said.

Each is wrapped in `timeout -k`, so that it ends on the server too when this side has given up or gone, and has its own
deadline and byte bound here. `resources/gate/noc-gate` allows exactly these and nothing else.
"""

from dataclasses import dataclass

from collectors.parsers.nvidia_smi_csv import FIELDS, PLAIN_FIELDS

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
    """

    name: str
    line: str
    remote_s: int
    accepted: frozenset[int] = frozenset((0,))

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


def _fixed(name: str, remote_s: int, words: str, accepted: tuple[int, ...] = (0,)) -> Command:
    line = f"LC_ALL=C timeout -k 2 {remote_s} {words}"
    return Command(name=name, line=line, remote_s=remote_s, accepted=frozenset(accepted))


# nvidia-smi(1), RETURN VALUE: 14 = a GPU's InfoROM is corrupted; the output is whole all the same.
_SMI = (0, 14)

GPU_CSV = _fixed("nvidia-smi-csv", 8, f"nvidia-smi --query-gpu={','.join(FIELDS)} --format=csv", _SMI)
GPU_CSV_PLAIN = _fixed("nvidia-smi-csv", 8, f"nvidia-smi --query-gpu={','.join(PLAIN_FIELDS)} --format=csv", _SMI)
"""For drivers that do not know all of the fields, and therefore refuse them all."""
GPU_XML = _fixed("nvidia-smi-xml", 30, "nvidia-smi -q -x", _SMI)
GPU_XML_PLAIN = Command(name="nvidia-smi-xml", line="nvidia-smi -q -x", remote_s=30, accepted=frozenset(_SMI))
"""As older gates allow it; asked only where the other is refused."""

# grep names the file before each line, which keeps the files apart. The long lines of /proc/stat (one per CPU, interrupts)
# stay on the server: they are 60 kB on a 256-core machine. Status 2: a file is missing, the others are there.
HOST = _fixed(
    "proc",
    8,
    "grep -E -v '^(intr|softirq|cpu[0-9])' /proc/stat /proc/meminfo /proc/net/dev /proc/uptime "
    "/proc/sys/kernel/random/boot_id /proc/sys/kernel/hostname /proc/sys/kernel/osrelease",
    (0, 2),
)

# Lines that tell of GPUs and NVSwitches. The boot's name and the uptime come first, a closing line last: what lacks it is cut.
_OF_GPUS = "grep -a -E 'NVRM|SXid'"
_FRAME = "cat /proc/sys/kernel/random/boot_id /proc/uptime"
KERNEL_KMSG = _fixed(
    "kernel-kmsg",
    8,
    # dd reads one record per read; at the end of the log the kernel says EAGAIN and dd ends (status 1, which is no fault).
    f'sh -c "{_FRAME}; true </dev/kmsg || exit 3; dd if=/dev/kmsg iflag=nonblock bs=8192 2>/dev/null | {_OF_GPUS}; echo end"',
)
KERNEL_DMESG = _fixed("kernel-dmesg", 8, f'sh -c "{_FRAME}; dmesg >/dev/null || exit 3; dmesg | {_OF_GPUS}; echo end"')
KERNEL_JOURNAL = _fixed(
    "kernel-journal",
    8,
    f'sh -c "{_FRAME}; journalctl -k -b -q -n 1 >/dev/null || exit 3; '
    f'journalctl -k -b -q -o short-monotonic --no-pager | {_OF_GPUS}; echo end"',
)
KERNEL_WAYS = (KERNEL_KMSG, KERNEL_DMESG, KERNEL_JOURNAL)

EVERY = (GPU_CSV, GPU_CSV_PLAIN, GPU_XML, GPU_XML_PLAIN, HOST, *KERNEL_WAYS)
