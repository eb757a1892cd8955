"""The cached pictures of the map, wider than the canvas so that panning only copies them. UI thread.

Ground, devices, and the marks over them. Each is drawn anew only when it changed, at another scale, or beyond the margin: some
of it in each turn of the window, on a second picture, while the first one stays in sight. A fleet of two thousand devices so
never holds up keys for longer than a small one. Single devices are painted over the picture that there is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from time import monotonic

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap

from widgets import theme
from widgets.canvas.viewport import Viewport

MARGIN = 160
"""Pixels that the pictures reach beyond each edge of the canvas."""
REACH = (MARGIN - 60, MARGIN, MARGIN - 30)
"""How far each picture is panned before it is drawn anew: never all in one frame."""
TURN_S = 0.006
"""What a paint of the canvas, or a turn between two of them, may take for drawing anew; longer ones would be felt."""
SELDOM_MS = 400
"""Between two pictures of ground or marks that only other values make necessary."""

_DONE = object()
Paint = Callable[[QPainter, Viewport], Iterator[None]]


class Layer(IntEnum):
    """From below."""

    GROUND = 0
    DEVICES = 1
    MARKS = 2


@dataclass(slots=True)
class _Picture:
    """A picture and where it was drawn for."""

    pixmap: QPixmap = field(default_factory=QPixmap)
    drawn: Viewport = field(default_factory=Viewport)


@dataclass(slots=True)
class _Work:
    """A picture that is being drawn."""

    picture: _Picture
    painter: QPainter
    steps: Iterator[None]


class MapLayers:
    """`paints` draws each layer, `changed` is told when there is something new to copy.

    Attributes
    ----------
    renders : how often a layer was drawn anew.
    """

    def __init__(self, paints: Sequence[Paint], changed: Callable[[], None], parent: QObject) -> None:
        self._paints, self._changed = paints, changed
        self._pictures = [_Picture() for _ in Layer]
        self._dirty = dict.fromkeys(Layer, True)
        self._work: dict[Layer, _Work] = {}
        self._key: object = None
        self._view, self._ratio = Viewport(), 1.0
        self._seldom: set[Layer] = set()
        self._further = QTimer(parent, singleShot=True, interval=0)
        self._further.timeout.connect(self._turn)
        self._later = QTimer(parent, singleShot=True, interval=SELDOM_MS)
        self._later.timeout.connect(self._touch_waiting)
        self.renders = 0

    @property
    def is_settled(self) -> bool:
        """Whether the pictures show all that is known."""
        return not (self._work or self._seldom or any(self._dirty.values()))

    def touch(self, *layers: Layer) -> None:
        """Draw these anew."""
        for layer in layers or Layer:
            self._dirty[layer] = True
        self._changed()

    def touch_seldom(self, *layers: Layer) -> None:
        """Draw these anew soon: other values come several times a second, and nobody reads them so often."""
        self._seldom.update(layers)
        if not self._later.isActive():
            self._touch_waiting()

    def _touch_waiting(self) -> None:
        if self._seldom:
            waiting, self._seldom = self._seldom, set()
            self._later.start()
            self.touch(*waiting)

    def over(self, paint: Callable[[QPainter], None]) -> bool:
        """Paint over the devices' picture; not where it is to be drawn anew: then that will show it."""
        if self._dirty[Layer.DEVICES]:
            return True
        if Layer.DEVICES in self._work:
            return False
        painter = QPainter(self._pictures[Layer.DEVICES].pixmap)
        paint(painter)
        painter.end()
        self._changed()
        return True

    # ---- drawing

    def draw(self, painter: QPainter, view: Viewport, ratio: float) -> None:
        """Copy the layers to the canvas, and begin to draw anew what must be."""
        key = (view.scale, view.width, view.height, ratio, theme.current().key)
        if key != self._key:
            self._key, self._dirty = key, dict.fromkeys(Layer, True)
        self._view, self._ratio = view, ratio
        for layer in Layer:
            begun = self._work[layer].picture if layer in self._work else self._pictures[layer]
            if self._dirty[layer] or max(map(abs, self._offset(begun.drawn, view))) > REACH[layer]:
                self._begin(layer)
        self._go_on()
        for picture in self._pictures:
            self._copy(painter, picture, view)
        if self._work:
            self._further.start()

    def _offset(self, drawn: Viewport, view: Viewport) -> tuple[float, float]:
        return (drawn.x - view.x) * view.scale, (drawn.y - view.y) * view.scale

    def _copy(self, painter: QPainter, picture: _Picture, view: Viewport) -> None:
        if picture.pixmap.isNull():
            return
        drawn = picture.drawn
        if drawn.scale == view.scale and (drawn.width, drawn.height) == (view.width, view.height):
            dx, dy = self._offset(drawn, view)
            painter.drawPixmap(QPointF(round(dx) - MARGIN, round(dy) - MARGIN), picture.pixmap)
            return
        # Until it is drawn anew, the old one at the new size.
        larger, (x, y) = view.scale / drawn.scale, drawn.to_world(-MARGIN, -MARGIN)
        corner = (x - view.x) * view.scale + view.width / 2, (y - view.y) * view.scale + view.height / 2
        size = picture.pixmap.deviceIndependentSize() * larger
        painter.drawPixmap(QRectF(QPointF(*corner), size), picture.pixmap, QRectF(picture.pixmap.rect()))

    def _begin(self, layer: Layer) -> None:
        self._abandon(layer)
        view = self._view
        wide = replace(view, width=view.width + 2 * MARGIN, height=view.height + 2 * MARGIN)
        pixmap = QPixmap(QSize(wide.width, wide.height) * self._ratio)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(theme.current().colour("surface.sunken") if layer is Layer.GROUND else Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._work[layer] = _Work(_Picture(pixmap, replace(view)), painter, self._paints[layer](painter, wide))
        self._dirty[layer] = False

    def _abandon(self, layer: Layer) -> None:
        work = self._work.pop(layer, None)
        if work is not None:
            work.painter.end()

    def _step(self, layer: Layer) -> None:
        """One step of the drawing of a layer. When it is done its picture is the one in sight."""
        work = self._work[layer]
        if next(work.steps, _DONE) is _DONE:
            self._abandon(layer)
            self._pictures[layer] = work.picture
            self.renders += 1

    def _go_on(self) -> None:
        """Draw for a turn, the ground first."""
        end = monotonic() + TURN_S
        while self._work:
            self._step(min(self._work))
            if monotonic() >= end:
                return

    def _turn(self) -> None:
        before = self.renders
        self._go_on()
        if self.renders != before:
            self._changed()
        if self._work:
            self._further.start()
