"""The real program as a subprocess: started, told what to press, asked what it shows, killed."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent.parent
MAIN = ROOT / "main.py"
DRIVEN = Path(__file__).with_name("driven.py")


def noc_console(
    *words: object, home: Path | None = None, environment: dict[str, str] | None = None, timeout: float = 60.0
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, str(MAIN), *map(str, words)],
        env=clean_environment(home, environment),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def clean_environment(home: Path | None, more: dict[str, str] | None = None) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NOC_", "XDG_", "DISPLAY", "WAYLAND"))}
    kept["QT_QPA_PLATFORM"] = "offscreen"
    kept["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    if home is not None:
        kept["NOC_CONSOLE_HOME"] = str(home)
    return {**kept, **(more or {})}


class Fleet:
    """A simulated fleet in its own process."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, str(MAIN), "simulate", "--folder", str(folder), "--with-parent", *words],
            env=clean_environment(None),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.ready = json.loads(self.process.stdout.readline())

    def home(self, folder: Path, *, changed: tuple[tuple[str, str], ...] = ()) -> Path:
        """A home of a console that watches this fleet; `changed` says what stands otherwise in its inventory."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(self.ready["known_hosts"], folder / "known_hosts")
        text = Path(self.ready["inventory"]).read_text(encoding="utf-8")
        for old, new in changed:
            assert old in text
            text = text.replace(old, new)
        (self.folder / "watched.toml").write_text(text, encoding="utf-8")
        return folder

    @property
    def inventory(self) -> Path:
        return self.folder / "watched.toml"

    def tell(self, *words: str) -> dict:
        done = noc_console("simulate", "--folder", self.folder, *words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Window:
    """The program with its window, driven."""

    def __init__(self, *words: object, home: Path, environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(DRIVEN), *map(str, words)],
            env=clean_environment(home, environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self._listener = Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self.said.extend(self.process.stderr)

    def do(self, what: str, **order: object) -> object:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, **order}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the program ended: " + "".join(self.said)
        return json.loads(line)

    def state(self) -> dict:
        found = self.do("state")
        assert isinstance(found, dict)
        return found

    def until(self, holds: Callable[[dict], object], within: float, what: str) -> dict:
        """The state once it holds; fails after `within` seconds."""
        end = time.monotonic() + within
        while True:
            state = self.state()
            if holds(state):
                return state
            if time.monotonic() > end:
                alarms = [(a["device"], a["component"], a["type"], a["cleared"], a["params"]) for a in state["alarms"]]
                raise AssertionError(
                    f"not within {within} s: {what}; devices {state['devices']}; alarms {alarms}; said {self.said}"
                )
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9 of the whole program."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self._ended()

    def close(self) -> int:
        """Close its window; the exit status."""
        if self.process.poll() is None:
            self.do("close")
        status = self.process.wait(20)
        self._ended()
        return status

    def end(self) -> None:
        """Whatever happened, it is gone."""
        if self.process.poll() is None:
            self.kill()
        else:
            self._ended()

    def _ended(self) -> None:
        self.process.wait(10)
        self._listener.join(5)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None and not stream.closed:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


def open_alarm(state: dict, *, device: str, kind: str) -> dict | None:
    return next((a for a in state["alarms"] if a["device"] == device and a["type"] == kind and a["cleared"] is None), None)
