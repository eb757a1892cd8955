"""A real OpenSSH server on a loopback port, with a gate that stands for a GPU server and can be told to misbehave.

It runs as whoever runs the tests: as root with privilege separation, as an ordinary user without. Nothing is written outside
its folder (`/run/sshd` apart, which root's sshd insists on), nothing is reachable from outside 127.0.0.0/8.
"""

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import paramiko

SSHD = shutil.which("sshd", path=f"/usr/sbin:/usr/local/sbin:{os.environ.get('PATH', '')}")

KINDS = """case "$asked" in
*'nvidia-smi --query-gpu'*) kind=csv ;;
*'nvidia-smi -q -x'*) kind=xml ;;
*/dev/kmsg*|*/out/kmsg*) kind=kmsg ;;
*dmesg*) kind=dmesg ;;
*journalctl*) kind=journal ;;
*/proc/stat*) kind=proc ;;
*) kind=other ;;
esac
"""

ACT = """# Misbehaves as the file do/KIND says.
echo $$ >>"$bed/pids"
at=${SSH_CONNECTION% *}
case "$(cat "$bed/do/$kind" "$bed/do/$kind@${at##* }" 2>/dev/null)" in
hang) exec sleep 60 ;;
deny) echo 'not allowed' >&2; exit 126 ;;
flood) exec yes "$kind floods" ;;
trickle) while printf . && sleep 0.1; do :; done; exit 0 ;;
drop)
	head -c 700 "$bed/out/$kind"
	# dash, as some users' shell, stands between this and the sshd of the connection
	up=$PPID
	while read -r _ name _ next _ <"/proc/$up/stat"; do
		case "$name" in *sshd*) break ;; esac
		up=$next
	done
	kill -9 "$up"
	exit 0 ;;
half) head -c 700 "$bed/out/$kind"; exit 0 ;;
noise) printf '\\033[31m\\377\\376 not what was asked\\n'; exit 0 ;;
fail) echo 'it failed' >&2; exit 9 ;;
late) sleep "$(cat "$bed/late")" ;;
esac
"""

GATE = """#!/bin/sh
# Runs exactly what is asked, with the bed's own nvidia-smi, /proc and /dev/kmsg; or misbehaves as the file do/KIND says.
bed='{bed}'
asked=$SSH_ORIGINAL_COMMAND
printf '%s\\n' "$asked" >>"$bed/asked"
{kinds}
case "$asked" in *'read -r asked'*) kind=stream; NOC_STREAM=1; export NOC_STREAM ;; esac
. "$bed/act"
PATH="$bed/bin:$PATH"
export PATH
exec /bin/sh -c "$(printf '%s' "$asked" | sed "s#/dev/kmsg#$bed/out/kmsg#g; s#/proc/#$bed/proc/#g")"
"""

TIMEOUT = """#!/bin/sh
# timeout(1) for the commands of a lasting loop: notes what is run, and lets it misbehave like one that is run by itself.
bed='{bed}'
asked=$*
case "$NOC_STREAM $asked" in 1*'read -r asked'*|' '*) exec /usr/bin/timeout "$@" ;; esac
{kinds}
printf '%s %s\\n' "$kind" "$asked" >>"$bed/ran"
. "$bed/act"
exec /usr/bin/timeout "$@"
"""

NVIDIA_SMI = """#!/bin/sh
case "$*" in
--query-gpu*) cat '{bed}/out/csv' ;;
'-q -x') cat '{bed}/out/xml' ;;
*) exit 2 ;;
esac
exit "$(cat '{bed}/status' 2>/dev/null || echo 0)"
"""

CONFIG = """
{listen}
HostKey {bed}/host/{host_key}
PidFile {bed}/sshd.pid
AuthorizedKeysFile {bed}/authorized_keys
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 200:30:600
PerSourceMaxStartups none
MaxSessions 10
LoginGraceTime 20
# The tests' own user may have a shell that runs start files over SSH (bash does, unless it thinks it is a shell's child).
SetEnv SHLVL=5 HOME={bed}
{more}
"""


def free_port(address: str = "127.0.0.1") -> int:
    """A port that is free now."""
    with socket.socket() as sock:
        sock.bind((address, 0))
        return int(sock.getsockname()[1])


class SshBed:
    """One sshd and all that belongs to it."""

    def __init__(self, folder: Path, *, addresses: tuple[str, ...] = ("127.0.0.1",), more: str = "") -> None:
        self.folder = folder
        self.addresses = addresses
        self.user = getpass.getuser()
        self.port = free_port(addresses[0])
        self.more = more
        self.host_key = "ed25519"
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("host", "bin", "out", "do", "proc"):
            (folder / name).mkdir(parents=True)
        self._write_gate()
        for name, kind in (("ed25519", "ed25519"), ("other", "ed25519"), ("ecdsa", "ecdsa")):
            make_key(folder / "host" / name, kind)
        self.key = make_key(folder / "id_ed25519")
        public = self.key.with_suffix(".pub").read_text()
        (folder / "authorized_keys").write_text(f'restrict,port-forwarding,command="{folder}/gate" {public}')
        self.known_hosts = folder / "known_hosts"
        self.trust()
        make_proc(folder / "proc")
        self.says("kmsg", "")

    def _write_gate(self) -> None:
        programs = {"gate": GATE, "act": ACT, "bin/nvidia-smi": NVIDIA_SMI, "bin/timeout": TIMEOUT}
        for name, text in programs.items():
            path = self.folder / name
            path.write_text(text.replace("{kinds}", KINDS).replace("{bed}", str(self.folder)))
            path.chmod(0o755)

    # The server

    def start(self) -> None:
        """Start it; returns once it answers."""
        assert SSHD is not None
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        listen = "\n".join(f"ListenAddress {address}:{self.port}" for address in self.addresses)
        config = CONFIG.format(listen=listen, bed=self.folder, host_key=self.host_key, more=self.more)
        (self.folder / "sshd_config").write_text(config)
        log = (self.folder / "sshd.log").open("ab")
        command = [SSHD, "-D", "-e", "-f", str(self.folder / "sshd_config")]
        with log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self._await_answer()

    def _await_answer(self) -> None:
        deadline = time.monotonic() + 10
        while True:
            try:
                with socket.create_connection((self.addresses[-1], self.port), 1):
                    return
            except OSError as error:
                assert self._process is not None
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError((self.folder / "sshd.log").read_text()) from error
                time.sleep(0.02)

    def yield_to_others(self) -> None:
        """Let the server and what it will run take what CPU is left."""
        assert self._process is not None
        os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)

    def stop(self) -> None:
        """End the server, its sessions and what they run."""
        if self._process is not None:
            for pid in [*_children(self._process.pid), self._process.pid]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None
        self._end_gates()

    def freeze(self, *, thaw: bool = False) -> None:
        """Stop every process of the server where it is, or let them go on."""
        assert self._process is not None
        for pid in [self._process.pid, *_children(self._process.pid)]:
            with contextlib.suppress(ProcessLookupError):  # a command that has ended meanwhile
                os.kill(pid, signal.SIGCONT if thaw else signal.SIGSTOP)

    def _end_gates(self) -> None:
        # A gate outlives its session (its parent becomes 1). Only processes that this bed started are ended.
        pids = self.folder / "pids"
        for pid in {int(word) for word in pids.read_text().split()} if pids.exists() else set():
            with contextlib.suppress(OSError):
                if b"SSH_ORIGINAL_COMMAND" in Path(f"/proc/{pid}/environ").read_bytes():
                    os.kill(pid, signal.SIGKILL)
        pids.unlink(missing_ok=True)

    # What it does

    def does(self, kind: str, how: str, address: str = "") -> None:
        """Misbehave for a kind of command (csv, xml, kmsg, dmesg, journal, proc, stream), or be well again (`""`).

        How: hang, trickle, deny, flood, drop (the connection), half (an output), noise, fail, late. `address` : there alone.
        """
        _write(self.folder / "do" / (f"{kind}@{address}" if address else kind), how)

    def says(self, kind: str, text: str) -> None:
        """What a command prints."""
        _write(self.folder / "out" / kind, text)

    def exits(self, status: int) -> None:
        """Exit status of nvidia-smi."""
        _write(self.folder / "status", str(status))

    def asked(self) -> list[str]:
        """Every command line that came in."""
        path = self.folder / "asked"
        return path.read_text().splitlines() if path.exists() else []

    def ran(self, kind: str) -> list[str]:
        """The commands of a kind that were begun in a lasting loop."""
        path = self.folder / "ran"
        return [line for line in path.read_text().splitlines() if line.startswith(f"{kind} ")] if path.exists() else []

    # Whom it is known as

    def trust(self, *addresses: str, host_key: str = "") -> None:
        """Write known_hosts for these addresses (all, unless told), with this host key (the one in use, unless told)."""
        public = (self.folder / "host" / f"{host_key or self.host_key}.pub").read_text().split()[:2]
        names = [name if self.port == 22 else f"[{name}]:{self.port}" for name in addresses or self.addresses]
        self.known_hosts.write_text("".join(f"{name} {' '.join(public)}\n" for name in names))

    def fingerprint(self, host_key: str = "") -> str:
        """As ssh-keygen prints it."""
        path = self.folder / "host" / f"{host_key or self.host_key}.pub"
        printed = subprocess.run(
            ["ssh-keygen", "-l", "-E", "sha256", "-f", str(path)], check=True, capture_output=True, text=True
        )
        return printed.stdout.split()[1]


def make_key(path: Path, kind: str = "ed25519", passphrase: str = "") -> Path:
    """A private key (and NAME.pub) made by ssh-keygen."""
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "bed", "-f", str(path)], check=True)
    return path


def make_proc(
    folder: Path, *, boot: str = "6f1d2c3b-0000-4000-8000-000000000001", uptime: float = 86400.0, busy: int = 1000
) -> None:
    """The few files of /proc that are read: 128 CPUs, 2 TB, three interfaces."""
    files = {
        "stat": f"cpu  {busy} 0 500 90000 0 0 0 0 0 0\ncpu0 1 0 1 1 0 0 0 0 0 0\nintr {'7 ' * 4000}\nbtime 1794913600\nctxt 1\n",
        "meminfo": "".join(
            f"{name}: {kilobytes} kB\n"
            for name, kilobytes in (
                ("MemTotal", 2113929216),
                ("MemFree", 1900000000),
                ("MemAvailable", 2000000000),
                ("Cached", 9),
            )
        ),
        "net/dev": (
            "Inter-|   Receive                            |  Transmit\n"
            " face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier comp\n"
            "    lo:  100 1 0 0 0 0 0 0 100 1 0 0 0 0 0 0\n"
            "  eth0: 123456789 1000 2 3 0 0 0 0 987654321 2000 4 5 0 0 0 0\n"
            "  eth1: 5 1 0 0 0 0 0 0 6 1 0 0 0 0 0 0\n"
        ),
        "uptime": f"{uptime:.2f} {uptime * 100:.2f}\n",
        "sys/kernel/random/boot_id": f"{boot}\n",
        "sys/kernel/hostname": "gpu-0001\n",
        "sys/kernel/osrelease": "6.8.0-45-generic\n",
    }
    for name, text in files.items():
        _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    """Whole or not at all: the gate may read it at this moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text)
    beside.replace(path)


def _children(pid: int) -> list[int]:
    """Every process below it, the deepest last."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_children(int(child))]
    return found


def public_key(path: Path) -> paramiko.PKey:
    """The key pair as paramiko has it."""
    return paramiko.PKey.from_path(path)
