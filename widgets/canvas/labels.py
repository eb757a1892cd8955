"""Which labels are drawn so that none covers another. Pure; no Qt."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

LOOKED_AT = 60
"""Labels that are looked at in one go."""


def choose_labels(
    boxes: NDArray[np.float64], rank: NDArray[np.float64], most: int = 400, taken: NDArray[np.float64] | None = None
) -> NDArray[np.intp]:
    """Indices of the labels that fit, the higher ranks first.

    Parameters
    ----------
    boxes : (n, 4) float64, left, top, right, bottom in pixels.
    rank : (n,) float64.
    taken : (k, 4) boxes that no label may cover (the nodes).
    """
    return np.array([i for i in choosing(boxes, rank, most, taken) if i is not None], dtype=np.intp)


def choosing(
    boxes: NDArray[np.float64], rank: NDArray[np.float64], most: int = 400, taken: NDArray[np.float64] | None = None
) -> Iterator[int | None]:
    """The same, one by one; None now and then, so that other things come between."""
    kept, count = np.empty((most, 4)), 0
    for n, i in enumerate(np.argsort(-rank, kind="stable").tolist()):
        if count >= most:
            return
        if not _covers(kept[:count], boxes[i]) and not (taken is not None and _covers(taken, boxes[i])):
            kept[count] = boxes[i]
            count += 1
            yield i
        if n % LOOKED_AT == LOOKED_AT - 1:
            yield None


def _covers(kept: NDArray[np.float64], box: NDArray[np.float64]) -> bool:
    beside = (kept[:, 0] >= box[2]) | (kept[:, 2] <= box[0]) | (kept[:, 1] >= box[3]) | (kept[:, 3] <= box[1])
    return not bool(beside.all())
