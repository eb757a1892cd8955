"""Colours, sizes and fonts of the window, read from `resources/themes/*.toml`; the only file that may name a colour.

Paint with `current()` each time; `source().changed` tells of another theme or scale. A cached picture is keyed by `Theme.key`.
Used from the UI thread.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPen

from noc_console.model.severity import Severity
from widgets.places import RESOURCES

NAMES = ("dark", "light", "high-contrast")
SYSTEM = "system"
"""Follow the light or dark of the desktop."""
SCALES = (0.9, 1.0, 1.1, 1.25, 1.5)


@cache
def tokens(path: Path = RESOURCES / "themes" / "tokens.toml") -> Mapping[str, Any]:
    """The tokens as TOML gives them."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Theme:
    """One theme at one scale; it never changes.

    Attributes
    ----------
    name : `dark`, `light`, `high-contrast`. scale : 0.9 to 1.5, multiplies fonts and measures.
    key : names the theme and scale in caches.
    """

    def __init__(self, name: str, scale: float = 1.0) -> None:
        self.name, self.scale = name, scale
        self.key = (name, scale)
        self._tokens = tokens()
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int, bool], QFont] = {}
        self._measures: dict[str, int] = {}

    def colour(self, key: str) -> QColor:
        """The colour of `surface.panel`, `text.muted`, `map.node`…; KeyError if there is none. Not to be changed."""
        found = self._colours.get(key)
        if found is None:
            found = self._colours[key] = QColor(self._word(key))
        return found

    def _word(self, key: str) -> Any:  # noqa: ANN401 - a leaf of TOML
        value = self._tokens["theme"][self.name]
        for part in key.split("."):
            value = value[part]
        return value

    def severity(self, severity: Severity, part: str) -> QColor:
        """A severity's `fill`, `on` (letter on the fill), `edge`, `text` or `wash`."""
        return self.colour(f"severity.{severity.word}.{part}")

    def ramp(self, key: str) -> list[QColor]:
        """Steps of `heat` (11), `utilisation` (6) or the 8 colours of `series`."""
        part = "colours" if key == "series" else "ramp"
        return [QColor(word) for word in self._word(f"{key}.{part}")]

    def ramp_step(self, key: str, share: float) -> int:
        """The step of a ramp for a share of its range; outside of 0 to 1 the first or last."""
        steps = len(self._word(f"{key}.ramp"))
        return min(max(int(share * steps), 0), steps - 1)

    def heat_text(self, step: int) -> QColor:
        """The colour of figures on a step of the heat ramp."""
        return self.colour("heat.on_low" if step <= 5 else "heat.on_high")

    def dash(self, series: int) -> Qt.PenStyle:
        """Solid or dashed, for the curve of this number (from 0)."""
        dashes = self._word("series.dashes")
        return Qt.PenStyle.DashLine if dashes[series % len(dashes)] == "dash" else Qt.PenStyle.SolidLine

    def size(self, key: str) -> int:
        """Pixels of `row.normal`, `space.s`, `radius.s`, or of the table `size` (`state_bar`, `icon_m`), scaled."""
        pixels = self._measure(key)
        return pixels if pixels <= 4 else round(pixels * self.scale)

    def _measure(self, key: str) -> int:
        found = self._measures.get(key)
        if found is None:
            value: Any = self._tokens if "." in key else self._tokens["size"]
            for part in key.split("."):
                value = value[part]
            found = self._measures[key] = int(value)
        return found

    def font(self, size: str = "body", *, weight: str = "regular", mono: bool = False) -> QFont:
        """The font of a token size (`caption`, `body`, `emphasis`, `title`, `heading`, `figure`) and weight."""
        pixels = round(self._measure(f"font.size.{size}") * self.scale)
        return self.font_of(pixels, weight=weight, mono=mono)

    def font_of(self, pixels: int, *, weight: str = "regular", mono: bool = False) -> QFont:
        """The font with a height in pixels; for letters in glyphs and axes that zoom."""
        found = self._fonts.get((weight, pixels, mono))
        if found is None:
            found = self._fonts[weight, pixels, mono] = self._made(pixels, weight, mono)
        return QFont(found)

    def _made(self, pixels: int, weight: str, mono: bool) -> QFont:
        table = self._tokens["font"]
        font = QFont()
        font.setFamilies(table["mono" if mono else "ui"])
        font.setPixelSize(max(pixels, 1))
        font.setWeight(QFont.Weight(table["weight"].get(weight, 700)))
        for feature in table["features"]:
            font.setFeature(QFont.Tag(feature), 1)
        if mono:  # no ligatures: `::` of an address is two characters that someone types
            font.setFeature(QFont.Tag("calt"), 0)
        return font

    def line(self, size: str = "body") -> int:
        """Line height of a token size, with room for stacked accents."""
        return round(self._measure(f"font.line.{size}") * self.scale)

    def pen(self, key: str, width: int = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A cosmetic pen of a colour."""
        pen = QPen(self.colour(key), width, style)
        pen.setCosmetic(True)
        return pen


class ThemeSource(QObject):
    """Which theme is shown.

    Signals
    -------
    changed(): another theme, or another scale.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice, self._scale = SYSTEM, 1.0
        self._theme = Theme("dark")
        self._following = False

    def theme(self) -> Theme:
        """The theme now."""
        return self._theme

    def choose(self, name: str, scale: float | None = None) -> None:
        """Show this theme (`system` follows the desktop); ValueError if there is none."""
        if name not in (*NAMES, SYSTEM):
            raise ValueError(f"no theme {name!r}; there are {', '.join((SYSTEM, *NAMES))}")
        self.choice = name
        self._scale = min(max(scale or self._scale, SCALES[0]), SCALES[-1])
        self._settle()

    def next(self) -> None:
        """The next of dark, light, high contrast."""
        self.choose(NAMES[(NAMES.index(self._theme.name) + 1) % len(NAMES)])

    def resize(self, step: int) -> None:
        """The next larger (1) or smaller (-1) scale, from 90 to 150 %."""
        nearest = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self._scale))
        self.choose(self.choice, SCALES[min(max(nearest + step, 0), len(SCALES) - 1)])

    def follow_system(self) -> None:
        """Listen to the desktop's light and dark; once, when there is an application."""
        if not self._following and QGuiApplication.instance() is not None:
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._settle)
            self._following = True
            self._settle()

    @Slot()
    def _settle(self) -> None:
        name = self.choice if self.choice != SYSTEM else _system_theme()
        if (name, self._scale) != self._theme.key:
            self._theme = Theme(name, self._scale)
            self.changed.emit()


def _system_theme() -> str:
    if QGuiApplication.instance() is None:
        return "dark"
    return "light" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light else "dark"


@cache
def source() -> ThemeSource:
    """The one place that knows which theme is shown."""
    return ThemeSource()


def current() -> Theme:
    """The theme now; ask anew at each paint."""
    return source().theme()


@cache
def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts; gives their families. Needs the application. RuntimeError if one cannot be read."""
    families: list[str] = []
    for path in sorted((RESOURCES / "fonts").glob("*.woff2")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise RuntimeError(f"the font {path.name} cannot be read")
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))
