"""The house rules that a machine can check: contracts of imports, sizes of rooms, errors that nobody swallows."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("noc_console", "collectors", "widgets")
LONGEST_CLASS_LINES = 400
MOST_METHODS = 25
LARGE_WITH_A_REASON: dict[str, str] = {}
"""`file:Class` → why it may be larger."""
BROAD_EXCEPT_ALLOWED: dict[str, str] = {
    "noc_console/live.py": "the monitor's worker loop: logs, shows, goes on",
    "collectors/snmp/collector.py": "the collector's worker loop: logs, goes on; the monitor sees it fall behind",
    "collectors/snmp/preparing.py": "the loop that makes the ways to devices",
    "collectors/ssh/collector.py": "likewise",
    "collectors/ssh/pool.py": "the connecting threads' loop",
    "collectors/local/collector.py": "likewise",
    "collectors/traps/collector.py": "the receiver's loop: one datagram costs only itself",
    "collectors/simulator/ssh_server.py": "the simulated servers' loop",
    "widgets/app.py": "the excepthook",
    "widgets/frame/starter.py": "the start's thread: what stops it stands in the window",
}


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(_sources())


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in PACKAGES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))
    yield "main.py", ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))


def test_import_contracts_hold():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_class_grows_without_a_written_reason():
    too_large = []
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and f"{name}:{node.name}" not in LARGE_WITH_A_REASON:
                methods = sum(isinstance(x, ast.FunctionDef | ast.AsyncFunctionDef) for x in node.body)
                lines = (node.end_lineno or 0) - node.lineno
                if methods > MOST_METHODS or lines > LONGEST_CLASS_LINES:
                    too_large.append(f"{name}:{node.name} has {methods} methods in {lines} lines")
    assert not too_large, "\n".join(too_large)


def test_nothing_outside_its_own_file_takes_the_main_window_as_an_argument():
    takers = []
    for name, tree in sources():
        if name in ("main.py", "widgets/main_window.py"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                arguments = [*node.args.args, *node.args.kwonlyargs]
                takers += [f"{name}:{node.name}" for a in arguments if a.annotation and "MainWindow" in ast.unparse(a.annotation)]
    assert not takers, takers


def test_broad_excepts_stand_only_in_the_two_named_places():
    broad = []
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                if caught in ("everything", "Exception", "BaseException") and name not in BROAD_EXCEPT_ALLOWED:
                    broad.append(f"{name}:{node.lineno}")
    assert not broad, broad


def test_each_library_of_a_protocol_or_a_plot_has_one_home():
    homes = {
        "paramiko": ("collectors/ssh/", "collectors/simulator/"),
        "pysnmp": ("collectors/snmp/",),
        "pyqtgraph": ("widgets/canvas/curves.py",),
        "sqlite3": ("noc_console/store/",),
        "sqlite_utils": ("noc_console/store/",),
        "keyring": ("noc_console/secrets.py",),
    }
    strangers = []
    for name, tree in sources():
        for node in ast.walk(tree):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for module in modules:
                allowed = homes.get(module.partition(".")[0])
                if allowed and not name.startswith(allowed):
                    strangers.append(f"{name} imports {module}")
    assert not strangers, strangers


@pytest.mark.parametrize("modules", ["noc_console", "collectors"])
def test_the_packages_below_the_window_import_without_qt(modules):
    code = f"""
import sys, pkgutil, importlib
sys.modules["PySide6"] = None
sys.modules["pyqtgraph"] = None
import {modules}
for found in pkgutil.walk_packages({modules}.__path__, "{modules}."):
    importlib.import_module(found.name)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_text_of_the_screen_is_made_before_it_is_translated():
    found = []
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("tr", "translate"):
                found += [f"{name}:{node.lineno}" for a in node.args if isinstance(a, ast.JoinedStr)]
    assert not found, found
