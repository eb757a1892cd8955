"""A place chosen as a whole on the map (a rack without power, a site that nothing reaches): shown whole, its devices framed."""

from collections.abc import Sequence

from widgets import theme
from widgets.canvas.map_canvas import MapCanvas

LARGEST = 1.0


def show_place(canvas: MapCanvas, devices: Sequence[str]) -> None:
    """Frame these devices and bring all of them into view; none takes the frame away."""
    arrangement = canvas.state.arrangement
    canvas.place = tuple(name for name in devices if name in arrangement.index)
    centres = arrangement.centre[[arrangement.index[name] for name in canvas.place]]
    if len(centres):
        inside = canvas.view.to_screen(centres)
        seen = ((inside >= 0) & (inside < (canvas.width(), canvas.height()))).all()
        if not seen:
            (left, top), (right, bottom) = centres.min(axis=0), centres.max(axis=0)
            canvas.view.fit(
                (float(left), float(top), float(right), float(bottom)), 3 * theme.current().size("space.xxl"), LARGEST
            )
    canvas.update()
