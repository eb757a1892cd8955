"""Commands started on this machine: each with a deadline and a byte bound, all read by one thread, none waited for.

A program that hangs in the kernel (state D, a sick GPU) cannot even be killed: it is reported, left alone, and not started a
second time until it has ended.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from collectors.ssh.commands import HOST, MOST_STDERR, Command, Output
from noc_console.model.poll import PollError

Done = Callable[[Output], None]

HOST_FILES = (
    "stat",
    "meminfo",
    "net/dev",
    "uptime",
    "sys/kernel/random/boot_id",
    "sys/kernel/hostname",
    "sys/kernel/osrelease",
)
"""What `HOST` reads over SSH."""
_UNWANTED = ("intr", "softirq", "cpu0", "cpu1", "cpu2", "cpu3", "cpu4", "cpu5", "cpu6", "cpu7", "cpu8", "cpu9")


class _Running:
    """One process and what it has printed."""

    def __init__(self, command: Command, process: "subprocess.Popen[bytes]", done: Done) -> None:
        self.command = command
        self.process = process
        self.callers = [done]
        self.printed = {"stdout": bytearray(), "stderr": bytearray()}
        self.open = 2
        self.deadline = time.monotonic() + command.deadline_s
        self.expired = False

    def answer(self, output: Output) -> None:
        """Tell everyone who waits."""
        callers, self.callers = self.callers, []
        for done in callers:
            done(output)


class Processes:
    """A `Way` (see `collectors.ssh.conversation`) to this machine. Confined to the thread that calls `wait`; `wake` from any."""

    def __init__(self, proc: Path = Path("/proc")) -> None:
        self._proc = proc
        self._running: dict[str, _Running] = {}
        self._selector = selectors.DefaultSelector()
        self._closing = threading.Lock()
        self._is_closed = False
        self._wakes, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._selector.register(self._wakes, selectors.EVENT_READ)

    # Way

    def open(self, opened: Callable[[PollError | None], None]) -> None:
        """Nothing to make ready: we are there."""
        opened(None)

    def run(self, command: Command, done: Done) -> None:
        """Start it; /proc is read without a process."""
        running = self._running.get(command.name)
        if command is HOST:
            done(self._host())
        elif command.tool and any(r.expired and r.command.tool == command.tool for r in self._running.values()):
            done(Output(command=command, problem="still-running"))
        elif running is None:
            self._start(command, done)
        elif running.expired:
            done(Output(command=command, problem="still-running"))
        else:
            running.callers.append(done)

    def _host(self) -> Output:
        """The same text that `grep` makes over SSH."""
        lines = []
        status = 0
        for name in HOST_FILES:
            try:
                text = (self._proc / name).read_text("utf-8", "replace")
            except OSError:
                status = 2
                continue
            lines += [f"/proc/{name}:{line}" for line in text.splitlines() if not line.startswith(_UNWANTED)]
        return Output(command=HOST, status=status, stdout=("\n".join(lines) + "\n").encode())

    def _start(self, command: Command, done: Done) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603 - fixed strings, see commands.py
                ["/bin/sh", "-c", command.line],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError:
            done(Output(command=command, problem="no-channel"))
            return
        running = self._running[command.name] = _Running(command, process, done)
        for name, pipe in (("stdout", process.stdout), ("stderr", process.stderr)):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, (running, name))

    # The thread

    def wait(self, timeout: float) -> None:
        """Take what is printed, until something has happened or the time is over; calls back for what has ended."""
        deadlines = [running.deadline for running in self._running.values() if not running.expired]
        closed = any(running.open == 0 for running in self._running.values())
        timeout = min(timeout, *(max(0.0, when - time.monotonic()) for when in deadlines), 0.05 if closed else timeout)
        for key, _ in self._selector.select(timeout):
            if key.data is None:
                os.read(self._wakes, 4096)
            else:
                self._read(key.fileobj, *key.data)  # type: ignore[arg-type]  # registered as pipes
        self._look()

    def wake(self) -> None:
        """End a wait. Any thread."""
        with self._closing, contextlib.suppress(BlockingIOError):
            if not self._is_closed:
                os.write(self._wake, b"!")

    def _read(self, pipe: IO[bytes], running: _Running, name: str) -> None:
        try:
            some = os.read(pipe.fileno(), 1 << 16)
        except BlockingIOError:
            return
        printed = running.printed[name]
        most = running.command.most if name == "stdout" else MOST_STDERR
        printed += some[: most + 1 - len(printed)]
        if not some:
            self._close(pipe, running)
        elif name == "stdout" and len(printed) > most:
            running.answer(Output(command=running.command, problem="too-long"))
            running.expired = True
            _end(running.process)

    def _close(self, pipe: IO[bytes], running: _Running) -> None:
        self._selector.unregister(pipe)
        pipe.close()
        running.open -= 1

    def _look(self) -> None:
        """Which processes have ended, and which should have."""
        now = time.monotonic()
        for name, running in list(self._running.items()):
            if running.open == 0 and running.process.poll() is not None:
                del self._running[name]
                self._finish(running)
            elif now >= running.deadline and not running.expired:
                running.expired = True
                _end(running.process)
                running.answer(Output(command=running.command, problem="timeout"))

    def _finish(self, running: _Running) -> None:
        status = running.process.returncode
        stdout, stderr = bytes(running.printed["stdout"]), bytes(running.printed["stderr"])
        if status < 0:
            running.answer(Output(command=running.command, problem="truncated"))
        else:
            running.answer(Output(command=running.command, status=status, stdout=stdout, stderr=stderr))

    def close(self) -> None:
        """End every process that lets itself be ended, and give back what is open."""
        for running in self._running.values():
            _end(running.process)
            for pipe in (running.process.stdout, running.process.stderr):
                if pipe is not None and not pipe.closed:
                    pipe.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.process.wait(0.5)
        self._running.clear()
        self._selector.close()
        with self._closing:
            self._is_closed = True
            os.close(self._wakes)
            os.close(self._wake)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process and all that it has started: it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
