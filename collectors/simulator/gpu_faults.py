"""What is wrong with single GPUs of the simulated fleet, beside heat and loss."""

from dataclasses import dataclass


@dataclass(slots=True)
class GpuFault:
    """Faults of one GPU, as its counters and its links show them.

    `power_limit` : watts, None = as it was made. `link_width` : lanes of PCI Express. `uncorrected` : memory errors over its
    life, `uncorrected_since_load` : since its driver was loaded. `crc_errors` : of its first NVLink.
    """

    power_limit: float | None = None
    link_width: int = 16
    remap_pending: bool = False
    uncorrected: int = 0
    uncorrected_since_load: int = 0
    crc_errors: int = 0


WELL = GpuFault()
