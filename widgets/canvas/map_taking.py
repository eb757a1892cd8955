"""Takes what changed of very many devices into the map's arrays, some at a time, and paints once all are taken."""

from noc_console.mirror import Touched
from widgets.canvas.map_canvas import MapCanvas
from widgets.slices import Slices
from widgets.view import ViewContext

DEVICES = 250
"""Devices of one turn."""


class MapTaking:
    """`finished` is told when all was taken: what the view says of it then."""

    def __init__(self, context: ViewContext, canvas: MapCanvas) -> None:
        self._context, self._canvas = context, canvas
        self._changed = self._links = False
        self._slices = Slices[str](self._take, self._finish, canvas, most=DEVICES)

    def take(self, touched: Touched) -> set[str]:
        """Take devices whose values or alarms changed, and links; gives the names of the devices."""
        mirror = self._context.mirror
        alarmed = {mirror.alarms[i].device for i in touched.alarms if i in mirror.alarms}
        names = touched.devices | {name for name in alarmed if name}
        if touched.links or touched.alarms:
            self._links |= self._canvas.state.take_links(mirror)
        self._slices.add(names)
        return names

    def clear(self) -> None:
        """All is taken anew."""
        self._slices.clear()
        self._changed = self._links = False

    def _take(self, names: set[str]) -> None:
        state, mirror, now = self._canvas.state, self._context.mirror, self._context.clock()
        for name in names:
            self._changed |= state.take_device(mirror, name, now)

    def _finish(self) -> None:
        if self._changed or self._links:
            self._canvas.repaint_layers(ground=self._links, devices=self._changed)
        self._changed = self._links = False
