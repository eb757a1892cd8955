"""The documentation is held to the program: all that there is is named, all that is named is there, every example runs."""

import importlib.util
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import main
from collectors.parsers.registry import PARSERS
from noc_console.alarms.load import KINDS, kind_of, load_conditions, read_conditions
from noc_console.alarms.read_kinds import FIGURE_KINDS
from noc_console.inventory import load
from noc_console.model.severity import Severity
from noc_console.profiles.catalogue import own_catalogue, profile_of
from widgets.discover import find_views

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")]
}
ALL = "\n".join(PAGES.values())
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
STANDS_FOR = {"NAME", "FILE", "HOST", "DIR", "INVENTORY", "READINGS", "SHA256:…"}


@dataclass
class Text:
    text: str
    name: str

    def read_bytes(self) -> bytes:
        return self.text.encode()


def blocks(page: str, language: str | None = None) -> list[str]:
    found = [(kind, re.sub(f"^{indent}", "", text, flags=re.MULTILINE)) for indent, kind, text in BLOCK.findall(PAGES[page])]
    return [text for kind, text in found if language is None or kind == language]


def example(path: str) -> str:
    """The block of docs/adding.md that begins with `# example: path`."""
    (text,) = [text for text in blocks("docs/adding.md") if text.startswith(f"# example: {path}\n")]
    return text


def module_of(text: str, name: str, folder: Path):
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"example_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------------------------------- all that there is is named


@pytest.mark.parametrize("command", main.COMMANDS)
def test_every_command_is_in_the_readme(command: str):
    assert re.search(rf"`[^`]*\b{command}\b[^`]*`", PAGES["README.md"]), command


def test_every_view_parser_profile_and_file_of_conditions_is_named_in_the_docs():
    names = [view.identifier for view in find_views()]
    names += [*PARSERS, *own_catalogue().profiles]
    names += [path.name for path in (ROOT / "resources" / "conditions").glob("*.toml")]
    missing = [name for name in names if f"`{name}`" not in ALL]
    assert not missing, missing


def test_every_word_of_run_is_in_the_readme_or_in_adding():
    said = re.search(r'USAGE = """(.*?)"""', (ROOT / "run").read_text(encoding="utf-8"), re.DOTALL)
    assert said is not None
    words = re.findall(r"^\./run (\w+)", said[1], re.MULTILINE)
    assert {"demo", "console", "test", "bench", "setup"} <= set(words)
    assert [word for word in words if f"./run {word}" not in ALL] == []


def test_every_benchmark_is_named_in_the_docs():
    names = [path.stem.replace("_", "-") for path in (ROOT / "benchmarks").glob("[!_]*.py")]
    assert [name for name in names if f"`{name}`" not in ALL] == []


def test_every_key_of_the_readme_works_in_the_window():
    from widgets.frame import actions

    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "widgets").rglob("*.py")) + actions.__doc__
    for key in re.findall(r"`(Ctrl\+[A-Z]|F\d|[A-Z/]|Enter)`", PAGES["README.md"]):
        assert re.search(rf'["; ]{re.escape(key)}[";]|Key_{key}\b|Key_(Return|Slash)', source), key


# ------------------------------------------------------------------------------------------- all that is named is there


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_path_of_a_page_is_there(page: str):
    text, folder = PAGES[page], (ROOT / page).parent
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not target.startswith("http") and not target.startswith("docs/pictures/"):
            assert (folder / target).exists(), target
    roots = "noc_console|collectors|widgets|resources|tests|benchmarks|docs"
    for path in re.findall(rf"`((?:{roots})/[^`\s…]*)`", text):
        if "NAME" not in path and "LANGUAGE" not in path and f"# example: {path}" not in ALL:
            assert list(ROOT.glob(path)), path


def commands_of(page: str) -> list[list[str]]:
    """Every command line of the program in a page: whole lines of blocks, and words between backquotes."""
    lines = [line for text in blocks(page) for line in text.splitlines()]
    lines += re.findall(r"`(noc-console [^`]+)`", PAGES[page])
    found = []
    for line in lines:
        words = shlex.split(line.strip(), comments=True) if re.match(r"\s*(\./run|noc-console|\S*/noc-console)\s", line) else []
        if (words and words[0].endswith("noc-console")) or (words and words[1] in ("demo", "console")):
            found.append(words[1:])
    return found


@pytest.mark.parametrize(("page", "words"), [(page, words) for page in PAGES for words in commands_of(page)])
def test_every_command_line_of_a_page_is_one(page: str, words: list[str], capsys: pytest.CaptureFixture[str]):
    try:
        args = main._parser(words[0]).parse_args(words)
    except SystemExit:
        pytest.fail(f"{page}: {words}: {capsys.readouterr().err}")
    assert args.command in main.COMMANDS


def test_there_are_command_lines_to_look_at():
    assert len(commands_of("README.md")) >= 8
    assert len(commands_of("docs/servers.md")) >= 2


# ------------------------------------------------------------------------------------------------------- every example runs


@pytest.mark.parametrize("page", ["README.md", "docs/servers.md", "docs/inventory.md"])
def test_every_inventory_of_a_page_has_no_mistake(page: str, tmp_path: Path):
    found = [text for text in blocks(page, "toml") if "[[devices]]" in text]
    assert found
    for number, text in enumerate(found):
        path = tmp_path / f"{number}.toml"
        path.write_text(text, encoding="utf-8")
        loaded = load(path)
        wrong = [str(mistake) for mistake in loaded.mistakes]
        assert loaded.inventory is not None, wrong
        assert loaded.inventory.devices


def test_the_profile_is_one_and_is_for_the_device_it_names():
    profile = profile_of(example("resources/profiles/acme-strip.toml"), "acme-strip.toml")
    own = own_catalogue()
    catalogue = type(own)({**own.profiles, profile.name: profile})
    assert [p.name for p in catalogue.fitting("1.3.6.1.4.1.32473.7.12", "")][:2] == ["acme-strip", "standard"]
    assert profile.sensors[0].scale == 0.1


def test_the_parser_reads_pressure_and_whatever_else(tmp_path: Path):
    parse = module_of(example("collectors/parsers/pressure.py"), "pressure", tmp_path).parse
    parsed = parse("some avg10=12.34 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")
    assert parsed.layout.keys == (("", "cpu_waiting_percent"),)
    assert parsed.values.tolist() == [12.34]
    assert not parsed.problem
    for text in ("", "some avg10=", "some avg10=1e9 ", "\x00"):
        assert parse(text).problem == "not-this-tool"
        assert np.isnan(parse(text).values).all()


def test_the_condition_raises_and_clears_its_alarm(tmp_path: Path):
    from tests.core.monitor_bed import T0, Bed, answer, device, fleet

    (tmp_path / "transformers.toml").write_text(example("conditions/transformers.toml"), encoding="utf-8")
    conditions = load_conditions(tmp_path)
    assert conditions.thresholds[0].name == "transformer-oil"
    bed = Bed(fleet(device("ups-1", "ups")), conditions=conditions)
    severities = []
    for step, value in enumerate((70.0, 81.0, 81.0, 81.0, 96.0, 96.0, 96.0, 70.0, 70.0)):
        bed.feed(answer("ups-1", T0 + 30 * (step + 1), {("Oil 1", "temperature_celsius"): value}, interval=30.0))
        severities.append([alarm.severity for alarm in bed.alarms("temperature-high") if alarm.is_open])
    assert severities[2] == []
    assert severities[3] == [Severity.MINOR]
    assert severities[6] == [Severity.MAJOR]
    assert [alarm.cleared is not None for alarm in bed.alarms("temperature-high")] == [True]


def test_the_view_counts_the_devices_that_it_is_given(qtbot, tmp_path: Path):
    from noc_console.mirror import Touched
    from tests.widgets import sample_fleet

    mirror = sample_fleet.mirror(curves=False)
    declaration = module_of(example("widgets/views/counts.py"), "counts", tmp_path).DECLARATION
    view = declaration.factory(sample_fleet.context(mirror), None)
    qtbot.addWidget(view)
    view.refresh(Touched(everything=True))
    assert view.line.text() == f"{len(mirror.devices)} of {len(mirror.inventory.devices)} devices looked at"
    assert declaration.title() == "Counts"
    assert (ROOT / "resources" / "icons" / f"{declaration.icon}.svg").exists()
    assert declaration.order not in [each.order for each in find_views()]


def test_every_condition_of_the_page_has_no_mistake():
    found = blocks("docs/conditions.md", "toml")
    for number, text in enumerate(found):
        conditions = read_conditions([Text(text, f"{number}.toml")])
        assert conditions.mistakes == (), [str(mistake) for mistake in conditions.mistakes]
    everything = read_conditions([Text("\n".join(found), "all.toml")])
    assert everything.mistakes == ()
    own = (*everything.thresholds, *everything.figures, *everything.absences, *everything.counts)
    assert {kind_of(condition) for condition in own} == set(FIGURE_KINDS)


def test_every_kind_of_condition_and_every_key_of_it_is_named():
    import inspect

    from noc_console.alarms import read_kinds

    for kind in KINDS:
        assert f"`{kind}`" in PAGES["docs/conditions.md"], kind
    said = " ".join(re.findall(r"only\(table, (.*?)\)\n", inspect.getsource(read_kinds)))
    keys = set(re.findall(r"\b[a-z][a-z_]+", said))
    missing = [key for key in keys if not re.search(rf"\b{key}\b", PAGES["docs/conditions.md"])]
    assert not missing, missing
