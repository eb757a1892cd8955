"""docs/architecture.md says where things are: each file that it names is there, and each step is in a file of its name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
STEPS = [
    (steps.split(", "), re.findall(r"`([^`]+\.py)`", files))
    for steps, files in re.findall(r"^\| ([a-z, ]+) \| [^|]+ \| ([^|]*`[^|]*) \|$", TEXT, re.MULTILINE)
]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([\w/*]+\.(?:py|md))`", TEXT))))
def test_each_file_that_is_named_is_there(named: str):
    """By its path, or by its name alone where the sentence says the folder."""
    by_path = "/" in named or (ROOT / named).exists()
    folders = ("docs", "noc_console", "collectors", "widgets")
    found = [*ROOT.glob(named)] if by_path else [path for name in folders for path in (ROOT / name).rglob(named)]
    assert found, named


def test_both_ways_are_told_step_by_step():
    steps = {step for names, _ in STEPS for step in names}
    assert steps >= {"schedule", "collector", "poll", "inbox", "live", "monitor", "changes", "store", "feed", "mirror", "view"}
    assert steps >= {"command"}


@pytest.mark.parametrize(("steps", "files"), STEPS)
def test_each_step_is_in_a_file_of_its_name(steps: list[str], files: list[str]):
    """A step of several kinds (a collector, a view) is in a folder of its name; a command's in `commands`."""
    for step in steps:
        assert any(step in re.split(r"[/.]", file) or f"{step}s" in re.split(r"[/.]", file) for file in files), (step, files)


def test_the_threads_that_are_told_are_those_that_there_are():
    told = set(re.findall(r"`([a-z]+(?:-[a-zN]+)*)`", TEXT[TEXT.index("| thread |") : TEXT.index("All are named")]))
    named = re.compile(r"(?:Thread\(.*?|super\(\).__init__\()name=f?\"([a-z-]+)|self\.ask\(\"([a-z-]+)\", waiting")
    found = {
        name.rstrip("-")
        for package in ("collectors", "noc_console", "widgets", "main.py")
        for path in ([ROOT / package] if package.endswith(".py") else (ROOT / package).rglob("*.py"))
        if "simulator" not in path.parts or path.name == "remote.py"
        for names in named.findall(path.read_text(encoding="utf-8"))
        for name in filter(None, names)
    }
    assert {name.removesuffix("-N") for name in told} == found
