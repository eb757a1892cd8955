"""What NVIDIA's error numbers (Xid) say, in a few words of the window's language; the driver's own line stands beside it.

Only what somebody is called for, or meets often; other numbers keep the driver's words. Numbers: `resources/xid/nvidia.toml`.
"""

from collections.abc import Mapping

from widgets.words import translate


def meaning(xid: int) -> str:
    """The words of a number; empty for one that has none here."""
    return {**_jobs(), **_memory(), **_links(), **_whole()}.get(xid, "")


def _jobs() -> Mapping[int, str]:
    """Faults of a job, as a rule."""
    fault = translate("xid", "Copy engine fault")
    return {
        8: translate("xid", "GPU engine made no progress"),
        13: translate("xid", "Exception in a job's kernel"),
        31: translate("xid", "Memory access of a job is not allowed (MMU fault)"),
        32: translate("xid", "Broken command stream"),
        39: fault,
        40: fault,
        41: fault,
        43: translate("xid", "Job stopped after a fault"),
        45: translate("xid", "Job was ended early"),
        68: translate("xid", "Video decoder fault"),
        109: translate("xid", "Context switch did not finish"),
    }


def _memory() -> Mapping[int, str]:
    return {
        48: translate("xid", "Uncorrectable memory error"),
        63: translate("xid", "Bad memory row recorded: replaced at the next reset"),
        64: translate("xid", "Bad memory row could not be recorded"),
        92: translate("xid", "Many corrected memory errors"),
        94: translate("xid", "Uncorrectable memory error, contained: only its job dies"),
        95: translate("xid", "Uncorrectable memory error, not contained"),
        140: translate("xid", "Uncorrectable memory error, not contained"),
        160: translate("xid", "Memory channel retired"),
        161: translate("xid", "Memory channel could not be retired"),
        168: translate("xid", "Less memory after errors"),
        171: translate("xid", "Uncorrectable error in the GPU's memory (HBM)"),
        172: translate("xid", "Uncorrectable error in the GPU's on-chip memory"),
    }


def _links() -> Mapping[int, str]:
    nvlink = translate("xid", "NVLink error")
    return {
        74: nvlink,
        **dict.fromkeys(range(144, 151), nvlink),
        155: nvlink,
        121: translate("xid", "Chip-to-chip link error"),
        136: translate("xid", "NVLink could not be trained"),
        137: translate("xid", "Remote access over NVLink is not allowed"),
        159: translate("xid", "Chip-to-chip link error"),
        167: translate("xid", "PCIe does not answer"),
    }


def _whole() -> Mapping[int, str]:
    """Faults of the GPU as a whole."""
    halted = translate("xid", "Power controller of the GPU halted")
    return {
        46: translate("xid", "GPU does not answer in time"),
        54: translate("xid", "Power cable of the GPU is missing"),
        61: halted,
        62: halted,
        79: translate("xid", "GPU fell off the bus"),
        110: translate("xid", "Security fault"),
        119: translate("xid", "GPU system processor does not answer"),
        120: translate("xid", "GPU system processor crashed"),
        143: translate("xid", "GPU could not be initialised"),
        156: translate("xid", "Part of the GPU retired"),
        157: translate("xid", "Part of the GPU could not be retired"),
        158: translate("xid", "GPU does not answer: fatal timeout"),
        165: translate("xid", "Power smoothing is worn out"),
        169: translate("xid", "Security controller halted"),
    }
