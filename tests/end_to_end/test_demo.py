"""`demo` as a new user starts it: a fleet, a window, a picture and its JSON of each view; no display, no set-up."""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.end_to_end.program import noc_console

VIEWS = ("alarms", "map", "thermal", "timeline", "device")

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("language", "theme", "seconds"), [("en", "dark", 10), ("ko", "light", 5)])
def test_the_demo_saves_a_picture_and_its_json_for_each_view(tmp_path: Path, language: str, theme: str, seconds: int):
    out = tmp_path / "out"
    words = (
        "--for",
        seconds,
        "--screenshots",
        out,
        "--data",
        tmp_path / "data",
        "--language",
        language,
        "--theme",
        theme,
        "--size",
        "1280x800",
    )
    done = noc_console("demo", *words, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for view in VIEWS:
        picture = QImage(str(out / f"{view}.png"))
        assert (picture.width(), picture.height()) == (1280, 800)
        colours = {picture.pixel(x, y) for x in range(0, 1280, 7) for y in range(0, 800, 7)}
        assert len(colours) > 10, f"{view} is nearly empty"
        said = json.loads((out / f"{view}.json").read_text(encoding="utf-8"))
        assert said["view"] == view
        assert said["time"] > 1.7e9
        assert isinstance(said["alarms"], list)
    log = (tmp_path / "data" / "log" / "console.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert "ERROR" not in log


def test_the_scenarios_have_names(tmp_path: Path):
    done = noc_console("demo", "--list-scenarios", home=tmp_path)
    assert done.returncode == 0
    names = set(json.loads(done.stdout)["scenarios"])
    power = {"cooler-failure", "rack-power", "one-feed", "clogged-fan", "gpu-lost"}
    assert names >= power | {"spine-lost", "fibre-cut", "access-lost", "flapping-optic"}


def test_a_scenario_that_does_not_exist_is_one_sentence(tmp_path: Path):
    done = noc_console("demo", "--scenario", "earthquake", home=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "earthquake" in done.stderr
