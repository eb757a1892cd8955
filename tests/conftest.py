"""What every test may rely on, and what fails every test: an unexpected log record, a thread that was left running."""

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The two cores are shared by servers that tests start: a deadline per example would measure them, not us.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("project")

THREADS_END_WITHIN_S = 10.0

# For the same reason a window gets longer than five seconds to do what a test waits for.
for wait in (QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil, QtBot.waitActive, QtBot.waitExposed):
    wait.__kwdefaults__["timeout"] = 30_000


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if recordings_folder() is not None:
        return
    needing = [item for item in items if item.get_closest_marker("recordings")]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if not item.get_closest_marker("recordings")]
        config.stash[_DESELECTED] = len(needing)


_DESELECTED = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = config.stash.get(_DESELECTED, 0)
    if count:
        terminalreporter.write_line(f"{count} tests were left out: NOC_RECORDINGS names no folder of recordings.")


def recordings_folder() -> Path | None:
    """The shared recordings, or None where they are not."""
    name = os.environ.get("NOC_RECORDINGS")
    return Path(name) if name and Path(name).is_dir() else None


@pytest.fixture(scope="session")
def recordings() -> Path:
    folder = recordings_folder()
    assert folder is not None
    return folder


@pytest.fixture(autouse=True)
def no_unexpected_log_record(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A record of WARNING or above fails the test, unless it is marked `expected_log(pattern…)`."""
    caplog.set_level(logging.INFO)
    yield
    marker = request.node.get_closest_marker("expected_log")
    expected = marker.args if marker else ()
    records = [r for phase in ("setup", "call") for r in caplog.get_records(phase) if r.levelno >= logging.WARNING]
    unexpected = [r for r in records if not any(part in f"{r.name}: {r.getMessage()}" for part in expected)]
    if unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(f"{r.levelname} {r.name}: {r.getMessage()}" for r in unexpected))


@pytest.fixture(autouse=True)
def no_leaked_thread() -> Iterator[None]:
    """A thread that a test started must have ended with it."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t is not threading.current_thread()]
    for thread in left:
        thread.join(THREADS_END_WITHIN_S / max(1, len(left)))
    alive = [t.name for t in left if t.is_alive() and not t.name.startswith(("QThread", "Dummy", "pytest_timeout"))]
    if alive:
        pytest.fail(f"threads left running: {', '.join(alive)}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """With CI=true a server that cannot be started fails the run; elsewhere the test is skipped and says what is missing."""
    if item.get_closest_marker("server") is None:
        return
    import shutil

    marker = item.get_closest_marker("server")
    wanted = marker.args if marker and marker.args else ()
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    missing = [name for name in wanted if shutil.which(name, path=path) is None]
    if missing:
        message = f"{', '.join(missing)} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
