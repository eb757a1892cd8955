"""The translations fit the texts that they stand for, and what is loaded was made from what is kept."""

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from noc_console.model.severity import Severity
from widgets import words
from widgets.language import speak
from widgets.places import RESOURCES

FOLDER = RESOURCES / "translations"
WIDGETS = RESOURCES.parent / "widgets"
LANGUAGES = ("vi", "ko")


def messages(language: str) -> list[tuple[str, str, str]]:
    """(context, source, translation) of what is translated."""
    found = []
    for context in ET.parse(FOLDER / f"noc_{language}.ts").getroot().iter("context"):
        for message in context.iter("message"):
            text = message.findtext("translation")
            if text:
                found.append((context.findtext("name"), message.findtext("source"), text))
    return found


def texts_in_code() -> set[tuple[str, str]]:
    """(context, text) of every call of `translate` with both written out; what is not written out no tool can find."""
    found = set()
    for path in WIDGETS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("translate", "words.translate"):
                written = tuple(word.value for word in node.args if isinstance(word, ast.Constant))
                assert len(written) == 2, f"{path}:{node.lineno}: a text that no tool finds"
                found.add(written)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_window_is_translated(language):
    made = {(context, source) for context, source, _ in messages(language)}
    assert len(texts_in_code()) > 800
    assert texts_in_code() == made
    assert 'type="unfinished"' not in (FOLDER / f"noc_{language}.ts").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_fields(language):
    made = messages(language)
    assert len(made) > 100
    for _, source, text in made:
        assert sorted(re.findall(r"{\w*}", source)) == sorted(re.findall(r"{\w*}", text)), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_loaded_file_is_made_from_the_kept_one(language, tmp_path):
    made = tmp_path / "made.qm"
    release = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([release, FOLDER / f"noc_{language}.ts", "-qm", made], check=True, capture_output=True)
    assert made.read_bytes() == (FOLDER / f"noc_{language}.qm").read_bytes()


@pytest.mark.parametrize(("language", "critical", "minute"), [("vi", "khẩn cấp", "6 phút"), ("ko", "심각", "6 분")])
def test_severities_and_durations_are_said_in_the_language_and_in_english_again(qapp, language, critical, minute):
    speak(qapp, language)
    assert words.severity(Severity.CRITICAL) == critical
    assert words.duration(400).replace(words.NARROW, " ") == minute
    speak(qapp, "en")
    assert words.severity(Severity.CRITICAL) == "critical"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_fonts_have_every_letter_of_it(qapp, language):
    letters = {letter for _, _, text in messages(language) for letter in text if not letter.isspace()}
    assert not families_of("".join(sorted(letters))) - {"Inter", "Noto Sans KR", "JetBrains Mono"}


def families_of(text: str) -> set[str]:
    """Families of the fonts that draw a text; "none" where a letter has no glyph."""
    from PySide6.QtGui import QTextLayout

    from widgets import theme

    layout = QTextLayout(text, theme.current().font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert runs
    return {run.rawFont().familyName() if all(run.glyphIndexes()) else "none" for run in runs}
