"""Takes what changed of very many devices into the map's arrays, some at a time, and has them painted."""

from noc_console.mirror import Touched
from noc_console.model.fleet import End
from widgets.canvas.map_canvas import MapCanvas
from widgets.canvas.map_layers import Layer
from widgets.slices import Slices
from widgets.view import ViewContext

DEVICES = 80
"""Devices of one turn."""


class MapTaking:
    """Keeps the arrays and the picture of a canvas up to date."""

    def __init__(self, context: ViewContext, canvas: MapCanvas) -> None:
        self._context, self._canvas = context, canvas
        self._slices = Slices[str](self._take, lambda: None, canvas, most=DEVICES)

    def take(self, touched: Touched) -> set[str]:
        """Take devices whose values or alarms changed, and links; gives the names of the devices."""
        mirror = self._context.mirror
        alarms = [mirror.alarms[i] for i in touched.alarms if i in mirror.alarms]
        names = touched.devices | {alarm.device for alarm in alarms if alarm.device}
        ports = {End(device=a.device, port=a.component) for a in alarms if a.device and a.type == "port-down"}
        if self._canvas.state.take_some_links(mirror, touched.links, ports):
            self._canvas.layers.touch_seldom(Layer.GROUND)
        self.add(names)
        return names

    def add(self, names: set[str]) -> None:
        """These devices may look different."""
        if names:
            self._slices.add(names)

    def clear(self) -> None:
        """All is taken anew."""
        self._slices.clear()

    def _take(self, names: set[str]) -> None:
        state, mirror, now = self._canvas.state, self._context.mirror, self._context.clock()
        changed = [state.arrangement.index[name] for name in names if state.take_device(mirror, name, now)]
        if changed:
            self._canvas.pictures.repaint_devices(changed)
