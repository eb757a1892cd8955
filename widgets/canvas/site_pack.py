"""Where whole sites stand beside and below each other, so that all are shown as large as the dock's shape allows. No Qt.

Sites move as blocks: what stands inside one keeps its place in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from widgets.canvas.tier_layout import GAP, Arrangement, Point

BESIDE, BELOW = 4 * GAP, 2 * GAP
"""Between sites of a row, and between rows."""
WORTH = 1.02
"""Another arrangement must show everything larger by this factor, else the simpler one stays."""
MOST_LIMITS = 200


def pack(arrangement: Arrangement, shape: float) -> bool:
    """Move the sites so that they fill a canvas of this width per height; whether any moved."""
    sites = [band for band in arrangement.bands if band.kind == "site"]
    corners = corners_of([(band.width, band.height) for band in sites], shape)
    moves = {band.site: (x - band.x, y - band.y) for band, (x, y) in zip(sites, corners, strict=True)}
    if all(abs(dx) < 0.5 and abs(dy) < 0.5 for dx, dy in moves.values()):
        return False
    arrangement.bands[:] = [
        replace(band, x=band.x + moves[band.site][0], y=band.y + moves[band.site][1]) for band in arrangement.bands
    ]
    arrangement.centre += np.array([moves[site] for site in arrangement.site_of]).reshape(-1, 2)
    return True


def corners_of(sizes: Sequence[Point], shape: float) -> list[Point]:
    """Corner of each block: in rows or in columns, in order, broken where everything is then shown largest."""
    best: list[Point] = []
    largest = 0.0
    for corners in _candidates(sizes):
        width = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
        height = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
        scale = min(shape / max(width, 1.0), 1.0 / max(height, 1.0))
        if scale > largest * (WORTH if best else 1.0):
            best, largest = corners, scale
    return best


def _candidates(sizes: Sequence[Point]) -> Iterator[list[Point]]:
    for limit in _limits([w for w, _ in sizes], BESIDE):
        yield _shelves(sizes, limit, BESIDE, BELOW)
    turned = [(h, w) for w, h in sizes]
    for limit in _limits([h for _, h in sizes], BELOW):
        yield [(x, y) for y, x in _shelves(turned, limit, BELOW, BESIDE)]


def _limits(lengths: Sequence[float], gap: float) -> list[float]:
    """Lengths at which a row may be broken: those of all runs of neighbours, longest first."""
    ends = np.concatenate([[0.0], np.cumsum(np.array(lengths, dtype=np.float64) + gap)])
    runs = np.unique((ends[None, :] - ends[:, None])[np.triu_indices(len(ends), 1)] - gap)
    runs = runs[runs >= max(lengths, default=0.0) - 0.01]
    step = max(len(runs) // MOST_LIMITS, 1)
    return [float(run) for run in runs[::-1][::step]]


def _shelves(sizes: Sequence[Point], limit: float, beside: float, below: float) -> list[Point]:
    """Blocks in rows no longer than the limit."""
    corners: list[Point] = []
    x = y = high = 0.0
    for width, height in sizes:
        if x and x + width > limit + 0.01:
            x, y, high = 0.0, y + high + below, 0.0
        corners.append((x, y))
        x, high = x + width + beside, max(high, height)
    return corners
