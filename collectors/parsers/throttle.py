"""Why a GPU runs slower than it could: names of the clock event (throttle) reasons."""

# Bits of nvmlClocksEventReason… / nvmlClocksThrottleReason… in nvml.h; the names are those of the XML tags without prefix.
_BITS = {
    0x001: "gpu_idle",
    0x002: "applications_clocks_setting",
    0x004: "sw_power_cap",
    0x008: "hw_slowdown",
    0x010: "sync_boost",
    0x020: "sw_thermal_slowdown",
    0x040: "hw_thermal_slowdown",
    0x080: "hw_power_brake_slowdown",
    0x100: "display_clocks_setting",
}
_PREFIXES = ("clocks_event_reasons.", "clocks_throttle_reasons.")


def from_mask(text: str) -> list[str] | None:
    """Names of the bits of `0x0000000000000004`, without the idle one; None if the text is no mask. Unknown bits as `bit_9`."""
    try:
        mask = int(text, 16) if text[:2].lower() == "0x" and len(text) <= 18 else None
    except ValueError:
        mask = None
    if mask is None or mask < 0:
        return None
    bits = (1 << position for position in range(mask.bit_length()) if mask >> position & 1)
    names = (_BITS.get(bit) or f"bit_{bit.bit_length() - 1}" for bit in bits)
    return [name for name in names if name != "gpu_idle"]


def reason_name(field: str) -> str:
    """The reason that a field of `--query-gpu` tells by itself; empty if it tells none."""
    for prefix in _PREFIXES:
        if field.startswith(prefix) and field[len(prefix) :] not in ("active", "supported"):
            return field[len(prefix) :]
    return ""
