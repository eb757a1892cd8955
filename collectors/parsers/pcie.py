"""PCI Express: generation by the rate of a lane."""

from math import nan

_GENERATIONS = {2.5: 1.0, 5.0: 2.0, 8.0: 3.0, 16.0: 4.0, 32.0: 5.0, 64.0: 6.0}


def generation(gigatransfers: float) -> float:
    """Generation for a lane's rate in GT/s (PCI Express Base Specification); NaN for any other number."""
    return _GENERATIONS.get(gigatransfers, nan)
