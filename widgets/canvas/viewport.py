"""Which part of the world a canvas shows. Plain numbers, no Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SMALLEST, LARGEST = 0.02, 8.0
"""Limits of the scale, screen pixels per unit of the world."""


@dataclass(slots=True)
class Viewport:
    """The middle of what is shown (world), the scale (pixels per unit), the size of the canvas (pixels)."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    width: int = 1
    height: int = 1

    def to_screen(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Screen positions of world positions, (n, 2)."""
        middle = np.array([self.width / 2 - self.x * self.scale, self.height / 2 - self.y * self.scale])
        moved: NDArray[np.float64] = points * self.scale + middle
        return moved

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """World position under a pixel."""
        return (x - self.width / 2) / self.scale + self.x, (y - self.height / 2) / self.scale + self.y

    def pan(self, dx: float, dy: float) -> None:
        """Move what is shown by pixels."""
        self.x -= dx / self.scale
        self.y -= dy / self.scale

    def zoom(self, factor: float, x: float, y: float) -> None:
        """Change the scale so that the world under the pixel (x, y) stays there."""
        before = self.to_world(x, y)
        self.scale = min(max(self.scale * factor, SMALLEST), LARGEST)
        after = self.to_world(x, y)
        self.x += before[0] - after[0]
        self.y += before[1] - after[1]

    def fit(self, bounds: tuple[float, float, float, float], margin: float, largest: float = 1.6) -> None:
        """Show (left, top, right, bottom) whole with a margin in pixels, at most at the scale `largest`."""
        left, top, right, bottom = bounds
        wide = max(self.width - 2 * margin, 1) / max(right - left, 1)
        high = max(self.height - 2 * margin, 1) / max(bottom - top, 1)
        self.scale = min(max(min(wide, high), SMALLEST), largest)
        self.x, self.y = (left + right) / 2, (top + bottom) / 2
