import json
from pathlib import Path

import pytest

from collectors.parsers import ethtool_module, infiniband, ipmitool, nvme, sensors_json

SDR = """Inlet Temp       | 23 degrees C      | ok
Exhaust Temp     | 95 degrees F      | nc
Fan1 RPM         | 8640 RPM          | ok
Fan1 RPM         | 0 RPM             | cr
PS1 Input Power  | 840 Watts         | ok
Rear Humidity    | 41 percent        | ok
Slot 3           | Not Readable      | ns
Fan 9            | no reading        | ns
PS2 Status       | 0x02              | nr
"""
ELIST = """Inlet Temp       | 04h | ok  |  7.1 | 23 degrees C
PS1 Status       | C8h | ok  | 10.1 | Presence detected
PS2 Status       | C9h | ok  | 10.2 | Presence detected, Failure detected
PS Redundancy    | 77h | ok  |  7.1 | Redundancy Lost
Fan3             | 32h | ns  |  7.1 | No Reading
"""
SENSOR = """CPU1 Temp     | 43.000 | degrees C  | ok    | 5.000     | 5.000     | 10.000    | 85.000    | 90.000    | 90.000
FAN1             | 4200.000   | RPM        | ok    | 280.000   | 420.000   | 560.000   | 35560.000 | 35700.000 | 35840.000
GPU Temp         | na         |            | na    | na        | na        | na        | na        | na        | na
Chassis Intru    | 0x0        | discrete   | 0x0000| na        | na        | na        | na        | na        | na
"""


def given_of(parsed, component):
    pairs = zip(parsed.layout.keys, parsed.values.tolist(), strict=True)
    return {metric: value for (owner, metric), value in pairs if owner == component and value == value}


def test_an_sdr_gives_values_in_base_units_with_the_state_of_each():
    parsed = ipmitool.parse(SDR)
    assert given_of(parsed, "Inlet Temp") == {"temperature_celsius": 23, "state": 0}
    assert given_of(parsed, "Exhaust Temp") == {"temperature_celsius": pytest.approx(35), "state": 1}
    assert given_of(parsed, "Fan1 RPM") == {"fan_speed_rpm": 8640, "state": 0}
    assert given_of(parsed, "Fan1 RPM 2") == {"fan_speed_rpm": 0, "state": 2}
    assert given_of(parsed, "PS1 Input Power") == {"power_watts": 840, "state": 0}
    assert given_of(parsed, "Rear Humidity") == {"humidity_percent": 41, "state": 0}
    assert given_of(parsed, "PS2 Status") == {"state": 2}
    assert not {"Slot 3", "Fan 9"} & set(parsed.components)


def test_an_extended_list_tells_by_its_words_what_is_sick():
    parsed = ipmitool.parse(ELIST)
    assert given_of(parsed, "Inlet Temp") == {"temperature_celsius": 23, "state": 0}
    assert [given_of(parsed, name)["state"] for name in ("PS1 Status", "PS2 Status", "PS Redundancy")] == [0, 2, 1]
    assert ("PS2 Status", "state", "Presence detected, Failure detected") in parsed.texts
    assert "Fan3" not in parsed.components


def test_sensors_with_thresholds_give_them_as_limits_and_commas_separate_as_well():
    parsed = ipmitool.parse(SENSOR)
    assert given_of(parsed, "CPU1 Temp") == {"temperature_celsius": 43, "state": 0}
    assert parsed.limits == {
        "CPU1 Temp": {"temperature_celsius": {"major": 85, "critical": 90}},
        "FAN1": {"fan_speed_rpm": {"major": 560, "critical": 420}},
    }
    assert parsed.components == ("CPU1 Temp", "FAN1")
    assert given_of(ipmitool.parse("Inlet Temp,23,degrees C,ok\n"), "Inlet Temp") == {"temperature_celsius": 23, "state": 0}


def test_sensors_of_chips_have_their_limits_and_no_temperature_of_a_sensor_that_is_not_there():
    parsed = sensors_json.parse(
        json.dumps({
            "k10temp-pci-00c3": {"Adapter": "PCI adapter", "Tctl": {"temp1_input": 61.5, "temp1_max": 70, "temp1_crit": 95}},
            "nct-isa-0290": {
                "fan2": {"fan2_input": 0.0, "fan2_min": 300.0},
                "in0": {"in0_input": 1.8},
                "AUXTIN": {"temp4_input": -128.0},
            },
            "nvme-pci-0100": {"Composite": {"temp1_input": 40, "temp1_max": 65261.85, "temp1_crit": 84.85}},
        })
    )  # fmt: skip
    assert given_of(parsed, "k10temp-pci-00c3 Tctl") == {"temperature_celsius": 61.5}
    assert given_of(parsed, "nct-isa-0290 fan2") == {"fan_speed_rpm": 0}
    assert given_of(parsed, "nct-isa-0290 in0") == {"voltage_volts": 1.8}
    assert "nct-isa-0290 AUXTIN" not in parsed.components
    assert parsed.limits == {
        "k10temp-pci-00c3 Tctl": {"temperature_celsius": {"major": 70, "critical": 95}},
        "nct-isa-0290 fan2": {"fan_speed_rpm": {"major": 300}},
        "nvme-pci-0100 Composite": {"temperature_celsius": {"critical": 84.85}},
    }


PORTS = """/sys/class/infiniband/mlx5_0/ports/1/state:4: ACTIVE
/sys/class/infiniband/mlx5_0/ports/1/rate:400 Gb/sec (4X NDR)
/sys/class/infiniband/mlx5_0/ports/1/counters/port_rcv_data:1000
/sys/class/infiniband/mlx5_0/ports/1/counters/symbol_error:7
/sys/class/infiniband/mlx5_0/ports/1/counters/link_downed:N/A (no PMA)
/sys/class/infiniband/mlx5_1/ports/1/state:1: DOWN
/sys/class/infiniband/mlx5_1/fw_ver:28.41.1000
"""


def test_ports_count_octets_and_what_a_card_does_not_count_is_absent():
    parsed = infiniband.parse(PORTS)
    assert given_of(parsed, "mlx5_0/1") == {
        "oper_status": 1,
        "speed_bits_per_second": 400e9,
        "in_octets_total": 4000,
        "symbol_errors_total": 7,
    }
    assert given_of(parsed, "mlx5_1/1") == {"oper_status": 0}
    assert parsed.facts["mlx5_1/1"] == {"firmware": "28.41.1000"}


QSFP = """	Identifier                                : 0x11 (QSFP28)
	Module temperature                        : 41.20 degrees C / 106.16 degrees F
	Module voltage                            : 3.2712 V
	Rcvr signal avg optical power(Channel 1)  : 0.7500 mW / -1.25 dBm
	Rcvr signal avg optical power(Channel 2)  : 0.0000 mW / -inf dBm
	Transmit avg optical power (Channel 1)    : 0.9000 mW / -0.46 dBm
	Laser rx power low alarm threshold        : 0.0501 mW / -13.00 dBm
"""


def test_a_module_is_as_dark_as_its_darkest_channel_and_no_light_is_a_value():
    parsed = ethtool_module.parse(QSFP)
    module = given_of(parsed, "module")
    assert (module["rx_power_dbm"], module["tx_power_dbm"], module["temperature_celsius"]) == (-40, -0.46, 41.2)
    assert given_of(parsed, "module/1") == {"rx_power_dbm": -1.25, "tx_power_dbm": -0.46}
    assert parsed.limits["module"] == {"rx_power_dbm": {"critical": -13}}
    refused = ethtool_module.parse("netlink error: Operation not supported\n")
    assert refused.problem == "not-supported"


SMART = """Smart Log for NVME device:nvme3 namespace-id:ffffffff
critical_warning			: 0x04
temperature				: 37 °C (310 K)
available_spare				: 9%
available_spare_threshold		: 10%
percentage_used				: 103%
Data Units Read				: 1,234 (631.81 MB)
media_errors				: 12
power_on_hours				: 2
"""


def test_a_disk_that_warns_is_critical_and_says_which_bit():
    parsed = nvme.parse(SMART)
    assert given_of(parsed, "nvme3") == {
        "temperature_celsius": 37,
        "spare_percent": 9,
        "spare_limit_percent": 10,
        "wear_percent": 103,
        "media_errors_total": 12,
        "power_on_seconds": 7200,
        "read_octets_total": 1234 * 512_000,
        "state": 2,
    }
    assert parsed.texts == (("nvme3", "state", "critical warning 0x04"),)


@pytest.mark.parametrize("module", [ipmitool, sensors_json, infiniband, ethtool_module, nvme])
@pytest.mark.parametrize(("text", "problem"), [("", "empty"), ("lo: 1\n", "not-this-tool"), ("x" * (9 << 20), "too-long")])
def test_what_is_no_output_of_the_tool_says_why(module, text, problem):
    assert module.parse(text).problem == problem


@pytest.mark.recordings
def test_the_recorded_sdr_gives_each_sensor_that_is_readable(recordings: Path):
    text = (recordings / "gpu" / "ipmi" / "telegraf-ipmi-sdr-1.txt").read_text()
    parsed = ipmitool.parse(text)
    readable = [line for line in text.splitlines() if line.strip() and "| ns" not in line]
    assert len(parsed.components) == len(readable)
    expected = {
        "Ambient Temp": {"temperature_celsius": 20},
        "Avg Power": {"power_watts": 210},
        "Planar 3.3V": {"voltage_volts": 3.29},
        "Planar VBAT": {"voltage_volts": 3.05},
        "Fan 1A Tach": {"fan_speed_rpm": 2610},
        "Fan 3B Tach": {"fan_speed_rpm": 2125},
        "Power Supply 1": {},
        "Altitude": {},
    }
    assert {name: {k: v for k, v in given_of(parsed, name).items() if k != "state"} for name in expected} == expected
    assert {value for (_, metric), value in zip(parsed.layout.keys, parsed.values, strict=True) if metric == "state"} == {0.0}
    assert "DASD Backplane 3" not in parsed.components


@pytest.mark.recordings
@pytest.mark.parametrize(("file", "package", "disk"), [("hjs-kfanfail.json", 27, 32.85), ("hjs-kfanless.json", 27, 29.85)])
def test_recorded_chips_have_their_temperatures(recordings: Path, file, package, disk):
    parsed = sensors_json.parse((recordings / "gpu" / "sensors" / file).read_text())
    assert given_of(parsed, "coretemp-isa-0000 Package id 0") == {"temperature_celsius": package}
    assert given_of(parsed, "nvme-pci-0500 Composite") == {"temperature_celsius": disk}
    assert parsed.limits["coretemp-isa-0000 Core 8"] == {"temperature_celsius": {"major": 80, "critical": 100}}
    assert parsed.limits["acpitz-acpi-0 temp1"] == {"temperature_celsius": {"critical": 105}}


@pytest.mark.recordings
def test_the_recorded_h100_host_has_its_infiniband_ports(recordings: Path):
    parsed = infiniband.parse((recordings / "gpu" / "infiniband" / "gpud-sys-class-infiniband-h100.0.json").read_text())
    first = given_of(parsed, "mlx5_0/1")
    assert (first["oper_status"], first["speed_bits_per_second"], first["in_errors_total"]) == (1, 400e9, 14)
    assert first["in_octets_total"] == 230539874932483 * 4
    assert given_of(parsed, "mlx5_1/1")["link_downs_total"] == 255
    assert parsed.facts["mlx5_0/1"] == {
        "link_layer": "InfiniBand",
        "phys_state": "5: LinkUp",
        "firmware": "28.41.1000",
        "product": "MT4129",
        "board": "MT_0000000838",
    }


@pytest.mark.recordings
def test_recorded_cards_without_counters_have_none(recordings: Path):
    lines = (recordings / "gpu" / "infiniband" / "node_exporter-sys.ttar").read_text().splitlines()
    paths = [(line.removeprefix("Path: /").removeprefix("Path: "), lines[i + 2]) for i, line in enumerate(lines[:-2])
             if line.startswith("Path: sys/class/infiniband/") and lines[i + 1] == "Lines: 1"]  # fmt: skip
    parsed = infiniband.parse("\n".join(f"/{path}:{cell}" for path, cell in paths))
    assert given_of(parsed, "i40iw0/1") == {"oper_status": 1, "speed_bits_per_second": 10e9}
    assert given_of(parsed, "mlx4_0/1")["oper_status"] == 1
    assert given_of(parsed, "mlx4_0/1")["in_octets_total"] == 4631917 * 4


@pytest.mark.recordings
def test_recorded_modules_give_their_light_and_those_without_diagnostics_only_facts(recordings: Path):
    other = recordings / "gpu" / "other"
    parsed = ethtool_module.parse((other / "netdata-ethtool-ddm.txt").read_text())
    assert given_of(parsed, "module") == {
        "rx_power_dbm": -23.57,
        "tx_power_dbm": 5.58,
        "temperature_celsius": 38,
        "voltage_volts": 3.4844,
        "bias_current_amperes": pytest.approx(0.013088),
    }
    assert parsed.limits["module"] == {
        "rx_power_dbm": {"major": -29.21, "critical": -30},
        "tx_power_dbm": {"major": 4, "critical": 3},
        "temperature_celsius": {"major": 90, "critical": 100},
    }
    plain = ethtool_module.parse((other / "netdata-ethtool-no-ddm.txt").read_text())
    assert given_of(plain, "module") == {}
    assert plain.facts["module"]["vendor"] == "Intel Corp"


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("file", "name", "figures"),
    [
        ("other/netdata-nvme-v2.3-nvme-smart-log.json", "nvme", (37, 100, 2, 0, 0)),
        ("other/netdata-nvme-v2.3-nvme-smart-log-float.json", "nvme", (37, 100, 2, 0, 0)),
        ("other/netdata-smartctl-type-nvme-device-nvme0.json", "nvme0", (39, 100, 0, 0, 0)),
        ("disk/gcm-smartctl_dumps-learn_good-nvme0.json", "nvme0", (42, 100, 0, 0, 0)),
    ],
)
def test_recorded_disks_have_their_health(recordings: Path, file, name, figures):
    disk = given_of(nvme.parse((recordings / "gpu" / file).read_text()), name)
    names = ("temperature_celsius", "spare_percent", "wear_percent", "media_errors_total", "state")
    assert tuple(disk[metric] for metric in names) == figures
