"""The house rules of files: what is installed, what is locked, and that nothing of anybody's machine is among it."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def test_resources_are_a_package_so_that_the_installed_program_finds_them(tmp_path):
    """`importlib.resources` cannot read a package without `__init__` through the finder of an editable install."""
    code = "import resources; print(resources.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip().endswith("__init__.py")
    installed = Path(sys.executable).with_name("noc-console")
    if installed.exists() and ROOT.samefile(installed.resolve().parents[2]):
        done = subprocess.run(
            [installed, "simulate", "--list-scenarios"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert "cooler-failure" in done.stdout, done.stderr
        code = "from noc_console.alarms.load import standard_conditions as c; print(len(c().thresholds))"
        read = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert int(read.stdout or 0) > 5, read.stderr


def tracked_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [name for name in listed.stdout.split("\0") if name]
    if not names:  # an archive without git
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    for name in names:
        path = ROOT / name
        if path.is_file() and path.suffix not in (".png", ".woff2", ".pyc"):
            yield name, path.read_text(encoding="utf-8", errors="replace")


# Put together here, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w./~-])/" + r"(?:work|root|home|mnt|Users)/\w",  # somebody's folder
            r"\bpypi" + r"\.org|python" + r"hosted|deb\.deb" + r"ian\.org|registry\.npm" + r"js",
            r"https?://(?:[^/\s]*@|localhost|127\.|10\.|192\.168\.)",
            r"-----BEGIN [A-Z ]*PRIVATE " + r"KEY",
        ]
    )
)


def test_nothing_of_the_machines_it_was_made_on_is_in_the_project():
    found = [f"{name}: {match[0]}" for name, text in tracked_texts() for match in FOREIGN.finditer(text)]
    assert not found, found


def test_recordings_are_found_by_their_variable_only():
    """No test knows where the shared recordings are; it asks the fixture."""
    outside = re.compile(r"\.\./\.\./|/" + "shared/")
    found = [
        f"{name}: {match[0]}"
        for name, text in tracked_texts()
        if name.startswith("tests/") and name.endswith(".py") and name != "tests/test_house_files.py"
        for match in outside.finditer(text)
    ]
    assert not found, found
    named = [name for name, text in tracked_texts() if "NOC_RECORDINGS" in text and name.startswith("tests/")]
    assert set(named) <= {"tests/conftest.py", "tests/test_house_files.py"}


def locked() -> dict[str, list[tuple[str, str]]]:
    """Name → (version, marker) of requirements.lock."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? \\$", line):
            found.setdefault(match[1], []).append((match[2], match[3] or ""))
    return found


def test_the_lock_has_hashes_names_no_index_and_holds_what_the_project_wants():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line]
    assert all(re.match(r"[a-z0-9-]+==\S|    --hash=sha256:[0-9a-f]{64}", line) for line in lines), "no options, no addresses"
    assert all("--hash=" in after for before, after in pairwise(lines) if "==" in before)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    have = locked()
    for wanted in map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["test"]]):
        pinned = have.get(canonicalize_name(wanted.name), [])
        for python in ("3.11", "3.12", "3.13"):
            environment = {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": "linux"}
            if wanted.marker is None or wanted.marker.evaluate(environment):
                versions = [v for v, marker in pinned if not marker or Marker(marker).evaluate(environment)]
                assert len(versions) == 1, (wanted.name, python, pinned)
                assert wanted.specifier.contains(versions[0], prereleases=True), (str(wanted), versions)
