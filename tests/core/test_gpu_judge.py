from pathlib import Path

import pytest
from monitor_bed import T0, Bed, answer

from collectors.parsers import nvidia_smi_xml
from noc_console.model.poll import PollResult

GPUS = tuple(f"gpu{i}" for i in range(8))


def loaded(at, reasons=None, **changed):
    """Eight alike GPUs under load; `gpu3_sm_clock_hertz=…` changes one value."""
    common = {"utilization_percent": 95.0, "sm_clock_hertz": 1.9e9, "power_watts": 600.0, "temperature_celsius": 60.0,
              "sm_clock_max_hertz": 1.98e9, "pcie_link_width": 16.0, "pcie_link_width_max": 16.0, "pcie_link_generation": 5.0,
              "pcie_link_generation_max": 5.0, "ecc_uncorrected_total": 0.0, "ecc_uncorrected_since_load_total": 0.0,
              "nvlink_crc_errors_total": 7.0, "memory_used_bytes": 80e9, "memory_total_bytes": 80e9}  # fmt: skip
    values = {(gpu, metric): value for gpu in GPUS for metric, value in common.items()}
    for name, value in changed.items():
        gpu, _, metric = name.partition("_")
        values[gpu, metric] = value
    texts = tuple((gpu, "throttle_reasons", (reasons or {}).get(gpu, "")) for gpu in GPUS)
    return answer("gpu-1", at, values, texts=texts)


def told(bed):
    return [(a.component, a.type, a.qualifier, a.severity.word) for a in bed.open()]


@pytest.mark.parametrize(
    ("changed", "reasons", "expected"),
    [
        ({}, {}, []),  # memory is full, which is no alarm
        ({}, {"gpu1": "sw_power_cap"}, []),
        ({}, {"gpu1": "applications_clocks_setting,sync_boost"}, []),
        ({}, {"gpu1": "sw_thermal_slowdown"}, [("gpu1", "gpu-throttled", "heat", "major")]),
        ({}, {"gpu1": "hw_slowdown,hw_power_brake_slowdown"}, [("gpu1", "gpu-throttled", "brake", "major")]),
        ({"gpu1_sm_clock_hertz": 0.9e9}, {"gpu1": "sw_power_cap"}, [("gpu1", "gpu-throttled", "power", "minor")]),
        ({"gpu1_sm_clock_hertz": 1.4e9}, {}, [("gpu1", "gpu-straggler", "clock", "minor")]),
        ({"gpu1_sm_clock_hertz": 0.9e9}, {}, [("gpu1", "gpu-straggler", "clock", "major")]),
        ({"gpu1_sm_clock_hertz": 0.9e9, "gpu1_utilization_percent": 20.0}, {}, []),
        ({"gpu1_power_watts": 300.0}, {}, [("gpu1", "gpu-straggler", "power", "minor")]),
        ({"gpu1_temperature_celsius": 78.0}, {}, [("gpu1", "gpu-straggler", "heat", "minor")]),
        ({"gpu2_pcie_link_width": 8.0}, {}, [("gpu2", "pcie-degraded", "width", "minor")]),
        ({f"{gpu}_pcie_link_width": 8.0 for gpu in GPUS}, {}, []),  # the slots have no more
        ({"gpu2_pcie_link_generation": 3.0}, {}, [("gpu2", "pcie-degraded", "speed", "minor")]),
        ({"gpu2_pcie_link_generation": 1.0, "gpu2_utilization_percent": 0.0}, {}, []),
    ],
)
def test_what_is_wrong_is_told_as_itself_and_clears(changed, reasons, expected):
    bed = Bed()
    bed.feed(*(loaded(T0 + 10 * i, reasons, **changed) for i in range(8)))
    assert told(bed) == expected
    bed.feed(*(loaded(T0 + 200 + 10 * i) for i in range(8)))
    assert told(bed) == []


def test_one_odd_reading_raises_nothing():
    bed = Bed()
    bed.feed(
        loaded(T0), loaded(T0 + 10, gpu1_sm_clock_hertz=2e8), loaded(T0 + 20, {"gpu2": "hw_thermal_slowdown"}), loaded(T0 + 30)
    )
    assert bed.alarms() == []


def test_an_uncorrected_error_is_told_at_once_and_ends_with_the_reset():
    bed = Bed()
    first = {"gpu4_ecc_uncorrected_total": 1.0, "gpu4_ecc_uncorrected_since_load_total": 1.0}
    bed.feed(loaded(T0), loaded(T0 + 10, **first))
    assert told(bed) == [("gpu4", "ecc-errors", "uncorrected", "major")]
    bed.feed(loaded(T0 + 3600, **first))
    assert bed.open()
    bed.feed(loaded(T0 + 3610, gpu4_ecc_uncorrected_total=1.0))
    assert told(bed) == []


def test_errors_that_stand_since_before_are_no_rise():
    bed = Bed()
    bed.feed(*(loaded(T0 + 10 * i, gpu4_ecc_uncorrected_total=900.0) for i in range(5)))
    assert bed.alarms() == []


def test_link_errors_that_grow_are_told_by_how_much_and_end_after_a_calm():
    bed = Bed()
    bed.feed(*(loaded(T0 + 10 * i, gpu6_nvlink_crc_errors_total=7.0 + 5 * i) for i in range(4)))
    (alarm,) = bed.open()
    assert (alarm.component, alarm.qualifier, alarm.params["rise"]) == ("gpu6", "crc", 10)
    bed.feed(*(loaded(T0 + 30 + 60 * i, gpu6_nvlink_crc_errors_total=22.0) for i in range(1, 12)))
    assert bed.open() == []


@pytest.mark.recordings
def test_recorded_gpus_that_are_well_raise_nothing(recordings: Path):
    for file in sorted((recordings / "gpu" / "nvidia-smi-xml").glob("*.xml")):
        parsed, bed = nvidia_smi_xml.parse(file.read_text()), Bed()
        for i in range(8):
            at = T0 + 300 * i
            bed.feed(
                PollResult(
                    device="gpu-1", source="ssh:full", due=at, started=at, finished=at, interval=300.0, layout=parsed.layout,
                    values=parsed.values, texts=parsed.texts, facts=parsed.facts, limits=parsed.limits,
                )
            )  # fmt: skip
        sick = "-ecc-injected" in file.name or "-lost" in file.name
        assert told(bed) == ([("gpu0", "row-remap", "failed", "critical")] if sick else []), file.name
