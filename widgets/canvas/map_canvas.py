"""The map's canvas: one widget that paints from arrays, no item per node. UI thread."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from widgets import glyphs, theme
from widgets.canvas.device_words import as_plain
from widgets.canvas.map_geometry import MapGeometry
from widgets.canvas.map_ground import GroundPainter
from widgets.canvas.map_layers import Layer
from widgets.canvas.map_legend import LegendWords, paint_legend
from widgets.canvas.map_pictures import MapPictures
from widgets.canvas.map_state import MapState
from widgets.canvas.tier_layout import LABEL_ROOM, Arrangement
from widgets.canvas.viewport import Viewport

PAN_STEP, MOVE_STEP, ZOOM_STEP = 60, 8, 1.25
LABEL_PIXELS = 64
"""Room that the name of the node farthest right has."""
PLACE_MARGIN = 2
"""Pixels around each device of a chosen place; neighbours in a rack then have one outline."""
NEAR = 9.0
"""Pixels beside a device that still hit it."""


class MapCanvas(QWidget):
    """Paints an arrangement and its state.

    Attributes
    ----------
    state : the arrays. roles : role of each node, same order. site : the site shown, "" for all.
    names : (kind, name) of a band → words. pinned : names placed by hand. placing : whether dragging moves devices.

    Signals
    -------
    chosen(str): a device was clicked, or reached by Tab; "" for none. opened(str): double click or Enter.
    moved(str): a device was put somewhere by hand.
    """

    chosen = Signal(str)
    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, facts: Callable[[str], str], legend: Callable[[], LegendWords], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = MapState(Arrangement())
        self.roles: list[str] = []
        self.names: dict[tuple[str, str], str] = {}
        self.site = ""
        self.pinned: set[str] = set()
        self.placing = False
        self.selected = self.hovered = ""
        self.place: tuple[str, ...] = ()
        self.view = Viewport()
        self.pictures = MapPictures(self)
        self.layers = self.pictures.layers
        self._facts, self._legend = facts, legend
        self._grab: QPointF | None = None
        self._carried = ""
        self._dragged = self._fitted = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def show_state(self, state: MapState, roles: list[str]) -> None:
        """Show another arrangement."""
        self.state, self.roles = state, roles
        self.repaint_layers()

    def repaint_layers(self) -> None:
        """Draw everything anew."""
        self.layers.touch()

    def select(self, name: str) -> None:
        """Mark a device as the chosen one."""
        if name != self.selected:
            self.selected = name
            self.layers.touch(Layer.MARKS)

    def fit(self) -> None:
        """Show everything (of the site filter). Until a device is placed by hand, sites stand as the canvas has room."""
        self._fitted = True
        margin = theme.current().size("space.l")
        whole = not self.site and not self.pinned and min(self.view.width, self.view.height) > 2 * margin
        if whole and self.state.pack((self.view.width - 2 * margin) / (self.view.height - 2 * margin)):
            self.repaint_layers()
        left, top, right, bottom = self.state.arrangement.bounds(self.site)
        self.view.fit((left, top, right, bottom), margin)
        beyond = LABEL_PIXELS - LABEL_ROOM * self.view.scale
        if beyond > 0:  # names do not shrink with the map
            self.view.fit((left, top, right + beyond / self.view.scale, bottom), margin)
        self.update()

    def fly_to(self, name: str) -> None:
        """Show a device in the middle, near enough to read it."""
        at = self.state.arrangement.index.get(name)
        if at is not None:
            self._fitted = False
            self.view.x, self.view.y = (float(v) for v in self.state.arrangement.centre[at])
            self.view.scale = max(self.view.scale, 1.0)
            self.update()

    def node_at(self, x: float, y: float) -> str:
        """The device under a pixel, or close to it; "" for none."""
        arrangement = self.state.arrangement
        if not arrangement.names:
            return ""
        painter = self._geometry()
        beside = np.maximum(np.abs(painter.centre - (x, y)) - painter.size / 2, 0).max(axis=1)
        beside[~painter.seen] = np.inf
        at = int(np.argmin(beside))
        return arrangement.names[at] if beside[at] <= min(NEAR, 30 * self.view.scale) else ""

    def step_by_rank(self, step: int) -> None:
        """Choose the next or previous device with an alarm."""
        ranked = self.state.by_rank(self.site)
        if ranked:
            at = ranked.index(self.selected) + step if self.selected in ranked else (0 if step > 0 else -1)
            name = ranked[at % len(ranked)]
            self.chosen.emit(name)
            self.bring_into_view(name)

    def bring_into_view(self, name: str) -> None:
        """Fly to a device that is not on the canvas; one that is stays where it is."""
        if name not in self.state.arrangement.index:
            return
        (x, y) = self.view.to_screen(self.state.arrangement.centre[self.state.arrangement.index[name]])
        if not self.rect().adjusted(24, 24, -24, -24).contains(QPoint(int(x), int(y))):
            self.fly_to(name)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom at a pixel, else at the pointer where it is over the map, else in the middle."""
        if at is None:
            pointer = QPointF(self.mapFromGlobal(self.cursor().pos()))
            at = pointer if self.underMouse() else QPointF(self.width() / 2, self.height() / 2)
        self._fitted = False
        self.view.zoom(factor, at.x(), at.y())
        self.update()

    def move_node(self, name: str, dx: float, dy: float) -> None:
        """Move a device by pixels; it is then placed by hand."""
        at = self.state.arrangement.index[name]
        self.state.arrangement.centre[at] += np.array([dx, dy]) / self.view.scale
        self.pinned.add(name)
        self.repaint_layers()

    # ---- painting

    def _geometry(self) -> MapGeometry:
        return MapGeometry(self.state, self.view, self.roles, self.devicePixelRatioF(), self.site)

    def _paint_marks(self, painter: QPainter) -> None:
        """The chosen and the hovered device with their own links, the pin of one placed by hand."""
        if not (self.place or self.hovered or self.selected):
            return
        shown = theme.current()
        drawing = GroundPainter(self.state, self.view, self.roles, self.devicePixelRatioF(), self.site)
        painter.setPen(shown.pen("accent.focus", 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._outline(drawing))
        for name, colour, width in ((self.hovered, "line.control", 1), (self.selected, "accent.focus", 2)):
            at = self.state.arrangement.index.get(name)
            if at is None:
                continue
            for _ in drawing.paint_links(painter, self.state.links_of(at), width=width):
                pass
            painter.setPen(shown.pen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            rect = drawing.rect(at).adjusted(-2, -2, 2, 2)
            painter.drawRect(rect)
            if name in self.pinned and name == self.hovered:
                painter.drawPixmap(rect.topLeft() - QPointF(12, 8), glyphs.icon("act-pin", size=12))

    def _outline(self, drawing: MapGeometry) -> QPainterPath:
        """One line around what stands together of a place that is chosen as a whole."""
        region, path = QRegion(), QPainterPath()
        index = self.state.arrangement.index
        for node in [index[name] for name in self.place if name in index]:
            region += drawing.rect(node).toAlignedRect().adjusted(-PLACE_MARGIN, -PLACE_MARGIN, PLACE_MARGIN, PLACE_MARGIN)
        path.addRegion(region)
        return path.simplified()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the layers, then what follows the pointer."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().colour("surface.sunken"))
        self.layers.draw(painter, self.view, self.devicePixelRatioF())
        self._paint_marks(painter)
        shown = theme.current()
        if self.state.arrangement.names:
            line = shown.line("caption") + 4
            strip = QRect(0, self.height() - line, self.width(), line)
            painter.fillRect(strip, shown.colour("surface.sunken"))
            paint_legend(painter, strip.adjusted(12, 2, 0, 0), self._legend(), self.state)
        if self.hasFocus():
            painter.setPen(shown.pen("accent.focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A map that was fitted stays fitted."""
        first = self.view.width <= 1
        self.view.width, self.view.height = self.width(), self.height() - theme.current().line("caption") - 4
        if first or self._fitted:
            self.fit()

    # ---- pointer and keys

    def event(self, event: QEvent) -> bool:
        """Tab walks through the alarms instead of leaving; hovering tells the facts."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self.state.by_rank(self.site):
                back = event.key() == Qt.Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.step_by_rank(-1 if back else 1)
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            name = self.node_at(event.pos().x(), event.pos().y())
            words = as_plain(self._facts(name)) if name else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, a pan, or (placing) a move."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grab, self._dragged = event.position(), False
            self._carried = self.node_at(event.position().x(), event.position().y()) if self.placing else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, move, or hover."""
        at = event.position()
        if self._grab is None:
            hovered = self.node_at(at.x(), at.y())
            if hovered != self.hovered:
                self.hovered = hovered
                self.update()
            return
        step = at - self._grab
        if not self._dragged and step.manhattanLength() < 4:
            return
        self._grab, self._dragged = at, True
        if self._carried:
            self.move_node(self._carried, step.x(), step.y())
        else:
            self._fitted = False
            self.view.pan(step.x(), step.y())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press without a move chooses."""
        if event.button() != Qt.MouseButton.LeftButton or self._grab is None:
            return
        if self._dragged and self._carried:
            self.moved.emit(self._carried)
        elif not self._dragged:
            self.chosen.emit(self.node_at(event.position().x(), event.position().y()))
        self._grab, self._carried = None, ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the device under the pointer."""
        name = self.node_at(event.position().x(), event.position().y())
        if name:
            self.opened.emit(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        turned = event.angleDelta().y()
        if turned:
            self.zoom(ZOOM_STEP ** (turned / 120), event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pan (or move the chosen device), + − 0 zoom, Enter opens."""
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in arrows and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.chosen.emit(self.state.towards(self.selected, *arrows[key]))
        elif key in arrows:
            self._step(*arrows[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected:
            self.opened.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def _step(self, x: int, y: int) -> None:
        if self.placing and self.selected in self.state.arrangement.index:
            self.move_node(self.selected, x * MOVE_STEP, y * MOVE_STEP)
            self.moved.emit(self.selected)
        else:
            self._fitted = False
            self.view.pan(-x * PAN_STEP, -y * PAN_STEP)
            self.update()
