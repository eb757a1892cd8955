"""Which labels are drawn so that none covers another. Pure; no Qt."""

import numpy as np
from numpy.typing import NDArray


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
    chosen: list[int] = []
    kept = np.empty((most, 4))
    for i in np.argsort(-rank, kind="stable"):
        count = len(chosen)
        if count >= most:
            break
        if not _covers(kept[:count], boxes[i]) and not (taken is not None and _covers(taken, boxes[i])):
            kept[count] = boxes[i]
            chosen.append(int(i))
    return np.array(chosen, dtype=np.intp)


def _covers(kept: NDArray[np.float64], box: NDArray[np.float64]) -> bool:
    beside = (kept[:, 0] >= box[2]) | (kept[:, 2] <= box[0]) | (kept[:, 1] >= box[3]) | (kept[:, 3] <= box[1])
    return not bool(beside.all())
