"""What is drawn on each layer of the map's canvas, and which devices are painted anew over their picture. UI thread."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from widgets.canvas.map_ground import GroundPainter
from widgets.canvas.map_layers import Layer, MapLayers
from widgets.canvas.map_marks import MarkPainter
from widgets.canvas.map_painter import DevicePainter
from widgets.canvas.map_state import MapState
from widgets.canvas.viewport import Viewport


class _Canvas(Protocol):
    """What is needed of the canvas (`widgets.canvas.map_canvas.MapCanvas`)."""

    state: MapState
    roles: list[str]
    names: dict[tuple[str, str], str]
    site: str
    selected: str

    def devicePixelRatioF(self) -> float: ...
    def update(self) -> None: ...


class MapPictures:
    """The layers of a canvas and what paints them."""

    def __init__(self, canvas: "_Canvas") -> None:
        assert isinstance(canvas, QWidget)
        self._canvas = canvas
        self.layers = MapLayers((self._ground, self._all_devices, self._marks), canvas.update, canvas)
        self._devices: DevicePainter | None = None
        self._missed: set[int] = set()

    def repaint_devices(self, nodes: Iterable[int]) -> None:
        """Paint these devices anew, and soon what stands over them."""
        self._missed.update(nodes)
        if self.layers.over(self._paint_missed):
            self._missed = set()
        self.layers.touch_seldom(Layer.MARKS)

    def _paint_missed(self, painter: QPainter) -> None:
        if self._devices is not None and self._devices.state is self._canvas.state:
            self._devices.paint_anew(painter, self._missed)

    def _ground(self, painter: QPainter, view: Viewport) -> Iterator[None]:
        canvas = self._canvas
        made = GroundPainter(canvas.state, view, canvas.roles, canvas.devicePixelRatioF(), canvas.site)
        yield from made.paint(painter, canvas.names, canvas.site)

    def _all_devices(self, painter: QPainter, view: Viewport) -> Iterator[None]:
        canvas = self._canvas
        made = DevicePainter(canvas.state, view, canvas.roles, canvas.devicePixelRatioF(), canvas.site)
        self._missed = set()
        yield from made.paint(painter)
        self._devices = made
        if self._missed and made.state is canvas.state:  # changed while it was drawn
            made.paint_anew(painter, self._missed)
            self._missed = set()

    def _marks(self, painter: QPainter, view: Viewport) -> Iterator[None]:
        canvas = self._canvas
        made = MarkPainter(canvas.state, view, canvas.roles, canvas.devicePixelRatioF(), canvas.site)
        yield from made.paint(painter, canvas.state.arrangement.index.get(canvas.selected, -1))
