"""Metrics that a limit can be set on, by their names in readings."""

# fmt: off
METRICS = frozenset(
    (
        "uptime_seconds", "cpu_utilization_percent", "memory_used_bytes", "memory_total_bytes", "poll_duration_seconds",
        "speed_bits_per_second", "in_octets_total", "out_octets_total", "in_errors_total", "out_errors_total",
        "in_discards_total", "out_discards_total", "rx_power_dbm", "tx_power_dbm", "temperature_celsius",
        "temperature_limit_margin_celsius", "memory_temperature_celsius", "power_watts", "power_limit_watts",
        "sm_clock_hertz", "memory_clock_hertz", "utilization_percent", "fan_speed_percent", "ecc_uncorrected_total",
        "ecc_corrected_total", "ecc_uncorrected_since_load_total", "remapped_rows_uncorrected_total",
        "remapped_rows_corrected_total", "row_remap_pending", "row_remap_failure", "nvlink_crc_errors_total",
        "nvlink_replay_errors_total", "pcie_link_generation", "pcie_link_width", "pcie_replays_total", "processes",
        "humidity_percent", "load_percent", "charge_percent", "level_percent", "fan_speed_rpm", "voltage_volts",
        "current_amperes", "power_factor", "frequency_hertz", "energy_joules_total", "runtime_seconds", "power_dbm",
        "snr_decibels", "bit_error_ratio", "chromatic_dispersion_ps_per_nm", "flow_cubic_metres_per_second",
        "pressure_pascals", "delay_seconds", "items", "state",
    )
)
# fmt: on
"""As in the formats; limits on others are mistakes (a typing error would otherwise be a limit that never speaks)."""

LEVELS = ("warning", "minor", "major", "critical")
"""From the mildest."""

RISING = frozenset(
    (
        "temperature_celsius",
        "memory_temperature_celsius",
        "power_watts",
        "load_percent",
        "cpu_utilization_percent",
        "utilization_percent",
    )
)
"""Where more is worse for certain: a critical limit below the major one is a mistake."""
