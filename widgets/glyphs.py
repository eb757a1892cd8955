"""Sprites of severities, marks and icons: drawn once per theme, size and pixel ratio, then only copied. UI thread."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState, Severity
from widgets import theme
from widgets.models.alarm_groups import is_filled
from widgets.places import RESOURCES

ICONS = RESOURCES / "icons"
BOX = 24
"""Side of the box that every icon is drawn in."""
LETTER_FROM = 14
"""Pixels from which a glyph has its letter."""
_LETTERS = {  # letter, size and baseline in the box
    Severity.CRITICAL: ("C", 15.0, 17.4),
    Severity.MAJOR: ("M", 12.6, 19.8),
    Severity.MINOR: ("N", 13.5, 16.8),
    Severity.WARNING: ("W", 15.0, 17.4),
    Severity.INDETERMINATE: ("I", 15.0, 17.4),
}
MARKS = ("cleared", "shelved", "maintenance", "stale")
_ROLES = frozenset({
    "core", "spine", "leaf", "access", "router", "gpu-server", "server", "storage", "pdu", "ups", "cooling", "sensor",
    "cell-site", "olt",
})  # fmt: skip


def letter(severity: Severity) -> str:
    """C, M, N, W or I: the same in every language."""
    return _LETTERS[severity][0]


def role_icon(role: str) -> str:
    """Name of the icon of a device's role."""
    return f"role-{role}" if role in _ROLES else "role-unknown"


def severity(of: Severity, *, filled: bool = True, size: int | str = "glyph_m", ratio: float | None = None) -> QPixmap:
    """The glyph of a severity: filled = needs someone, hollow = in hand; below 14 px without its letter.

    `size` is a token (`glyph_s`) or pixels; `ratio` the pixel ratio (the painter's device's; the screen's if left out).
    """
    shown = theme.current()
    return _severity(shown.key, of, filled, _pixels(size), ratio or _ratio())


def mark(name: str, *, size: int | str = "glyph_m", ratio: float | None = None) -> QPixmap:
    """The glyph of a state: `cleared`, `shelved`, `maintenance`, `stale`."""
    return tinted(f"mark-{name}", f"state.{name}", size=size, ratio=ratio)


def icon(name: str, *, colour: str = "text.secondary", size: int | str = "icon_m", ratio: float | None = None) -> QPixmap:
    """An icon of `resources/icons` in a colour of the theme."""
    return tinted(name, colour, size=size, ratio=ratio)


def of_alarm(alarm: Alarm, *, size: int | str = "glyph_m", ratio: float | None = None) -> QPixmap:
    """The glyph of an alarm: cleared, small and hollow for a symptom, hollow when someone has it, else filled."""
    if not alarm.is_open:
        return mark("cleared", size=size, ratio=ratio)
    filled = is_filled(alarm) or (alarm.worse_again and alarm.state is OperatorState.ACKNOWLEDGED)
    if alarm.symptom_of is not None:
        return severity(alarm.severity, filled=False, size="glyph_s", ratio=ratio)
    return severity(alarm.severity, filled=filled, size=size, ratio=ratio)


def tinted(name: str, colour: str, *, size: int | str, ratio: float | None = None) -> QPixmap:
    """A file of `resources/icons` drawn in one colour of the theme."""
    shown = theme.current()
    return _tinted(shown.key, name, shown.colour(colour).name(), _pixels(size), ratio or _ratio())


def draw(painter: QPainter, pixmap: QPixmap, rect: QRectF) -> None:
    """Draw a sprite in the middle of a rectangle, on whole pixels."""
    side = pixmap.deviceIndependentSize()
    x = round(rect.x() + (rect.width() - side.width()) / 2)
    y = round(rect.y() + (rect.height() - side.height()) / 2)
    painter.drawPixmap(x, y, pixmap)


def qicon(name: str, colour: str = "text.secondary") -> QIcon:
    """An icon for a button, at the sizes in use."""
    made = QIcon()
    for token in ("icon_s", "icon_m", "icon_l"):
        made.addPixmap(icon(name, colour=colour, size=token))
    return made


def _pixels(size: int | str) -> int:
    return theme.current().size(size) if isinstance(size, str) else size


def _ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen else 1.0


@cache
def _svg(name: str) -> str:
    path = ICONS / Path(name + ".svg").name
    return path.read_text(encoding="utf-8")


def _rendered(svg: str, pixels: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(pixels, pixels) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


@cache
def _tinted(_key: tuple[str, float], name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    return _rendered(_svg(name).replace("currentColor", colour), pixels, ratio)


@cache
def _severity(_key: tuple[str, float], of: Severity, filled: bool, pixels: int, ratio: float) -> QPixmap:
    shown = theme.current()
    edge, fill = shown.severity(of, "edge").name(), shown.severity(of, "fill").name()
    svg = _svg(f"sev-{of.word}").replace("currentColor", edge)
    if filled:
        svg = svg.replace('fill="none"', f'fill="{fill}"', 1)
    pixmap = _rendered(svg, pixels, ratio)
    if pixels >= LETTER_FROM:
        _draw_letter(pixmap, of, pixels, shown.severity(of, "on" if filled else "text"))
    return pixmap


def _draw_letter(pixmap: QPixmap, of: Severity, pixels: int, colour: QColor) -> None:
    word, size, baseline = _LETTERS[of]
    scale = pixels / BOX
    font = theme.current().font_of(BOX, weight="letter")
    font.setPixelSize(max(round(size * scale), 6))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(colour)
    width = QFontMetricsF(font).horizontalAdvance(word)
    painter.drawText(QPointF((pixels - width) / 2, baseline * scale), word)
    painter.end()
