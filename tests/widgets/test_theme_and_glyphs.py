"""Tokens, fonts, glyphs: the same keys in each theme, every sign of three languages, no literal colour in the code."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QGlyphRun, QImage, QPainter, QRawFont, QTextLayout

from noc_console.model.severity import Severity
from widgets import glyphs, theme
from widgets.places import RESOURCES

WIDGETS = Path(theme.__file__).parent
VIETNAMESE = "ẾỘẶễữậđĐƠươỷỹ Quạt dừng. Dãy A mất làm mát"
HANGUL = "팬 정지. A열 냉각 없음 김민준 힣가똠뷁"
SIGNS = "≤≥−–·…×°●▼▶✓→↵"


def leaves(table, before=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{key}.")
        else:
            yield before + key


def test_every_theme_has_the_same_keys():
    themes = theme.tokens()["theme"]
    keys = {name: set(leaves(table)) for name, table in themes.items()}
    assert set(keys) == set(theme.NAMES)
    assert keys["dark"] == keys["light"] == keys["high-contrast"]


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_colour_of_a_theme_is_one(name):
    shown = theme.Theme(name)
    for key in leaves(theme.tokens()["theme"][name]):
        if not key.endswith(("ramp", "colours", "dashes")):
            assert shown.colour(key).isValid(), key
    assert len(shown.ramp("heat")) == 11
    assert len(shown.ramp("utilisation")) == 6
    assert len(shown.ramp("series")) == 8


def test_an_unknown_colour_or_theme_is_an_error():
    with pytest.raises(KeyError):
        theme.Theme("dark").colour("surface.nothing")
    with pytest.raises(ValueError, match="no theme 'pink'"):
        theme.source().choose("pink")


def test_scale_multiplies_fonts_and_measures_but_no_hairline():
    small, large = theme.Theme("dark", 1.0), theme.Theme("dark", 1.5)
    assert large.font("body").pixelSize() == round(small.font("body").pixelSize() * 1.5)
    assert large.size("row.normal") == 42
    assert large.size("stroke.hair") == small.size("stroke.hair") == 1


def test_next_goes_through_all_themes_and_tells_each_time(qtbot):
    seen = []
    for _ in range(3):
        with qtbot.waitSignal(theme.source().changed):
            theme.source().next()
        seen.append(theme.current().name)
    assert sorted(seen) == sorted(theme.NAMES)


def runs(text: str, font: QFont) -> list[QGlyphRun]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout.glyphRuns()


@pytest.mark.parametrize("mono", [False, True])
@pytest.mark.parametrize("text", [VIETNAMESE, HANGUL])
def test_the_bundled_fonts_have_every_letter_of_three_languages(text, mono):
    bundled = {"Inter", "JetBrains Mono", "Noto Sans KR"}
    for run in runs(text, theme.current().font(mono=mono)):
        assert run.rawFont().familyName() in bundled
        assert 0 not in run.glyphIndexes(), text


def test_signs_are_drawn_and_not_boxes():
    for run in runs(SIGNS, theme.current().font()):
        assert 0 not in run.glyphIndexes()


def test_hangul_is_not_one_box_repeated_on_pixels():
    pictures = set()
    for sign in "팬정지열냉각":
        image = QImage(30, 30, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        painter.setFont(theme.current().font("heading"))
        painter.setPen("white")
        painter.drawText(2, 24, sign)
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == 6


def test_figures_have_one_width_so_that_they_do_not_dance():
    raw = {
        round(run.boundingRect().width(), 1)
        for figure in ("1111", "0000", "4747")
        for run in runs(figure, theme.current().font())
    }
    font = theme.current().font()
    assert font.featureValue(QFont.Tag("tnum")) == 1
    assert len(raw) <= 3
    from PySide6.QtGui import QFontMetricsF

    widths = {QFontMetricsF(font).horizontalAdvance(figures) for figures in ("1111", "0000", "4747")}
    assert len(widths) == 1


def test_the_weights_are_real_faces():
    for weight in ("regular", "medium", "strong"):
        font = theme.current().font(weight=weight)
        assert QFontInfo(font).family() == "Inter"
        assert QRawFont.fromFont(font).weight() == theme.tokens()["font"]["weight"][weight]


@pytest.mark.parametrize("severity", list(Severity))
def test_filled_and_hollow_and_small_glyphs_differ(severity):
    shown = theme.current()
    filled = glyphs.severity(severity, filled=True, size=22, ratio=1.0).toImage()
    hollow = glyphs.severity(severity, filled=False, size=22, ratio=1.0).toImage()
    assert filled != hollow
    assert glyphs.severity(severity, filled=True, size=12, ratio=1.0).toImage() != filled
    at = filled.pixelColor(11, 19)
    assert abs(at.red() - shown.severity(severity, "fill").red()) < 12
    assert opaque(filled) > 1.2 * opaque(hollow)


def opaque(image):
    return sum(image.pixelColor(x, y).alpha() == 255 for x in range(image.width()) for y in range(image.height()))


def test_sprites_are_made_once_and_anew_for_another_theme():
    first = glyphs.severity(Severity.MAJOR, size=18, ratio=2.0)
    assert glyphs.severity(Severity.MAJOR, size=18, ratio=2.0) is first
    assert first.devicePixelRatio() == 2.0
    theme.source().choose("light")
    assert glyphs.severity(Severity.MAJOR, size=18, ratio=2.0) is not first


def test_every_icon_can_be_drawn():
    for path in (RESOURCES / "icons").glob("*.svg"):
        image = glyphs.tinted(path.stem, "text.primary", size=24, ratio=1.0).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(0, 24, 1) for y in range(0, 24, 2)), path.name


def test_an_unknown_role_has_an_icon():
    assert glyphs.role_icon("toaster") == "role-unknown"
    assert glyphs.role_icon("leaf") == "role-leaf"


def test_no_colour_or_font_stands_in_the_code():
    found = []
    for path in WIDGETS.rglob("*.py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(
                r"#[0-9A-Fa-f]{6}\b|\brgba?\(\s*\d|QColor\(\s*\d|QFont\(\s*[\"']|setPointSize|GlobalColor\.(?!transparent)", line
            ):
                found.append(f"{path.name}:{number}: {line.strip()}")
    assert not found, "\n".join(found)


def test_the_fonts_come_with_their_licence_and_stay_small():
    folder = RESOURCES / "fonts"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 8_000_000
    for path in folder.glob("*.woff2"):
        licence = folder / f"OFL-{path.name.split('-')[0]}.txt"
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")
    assert (RESOURCES / "icons" / "LICENSE-tabler.txt").is_file()
