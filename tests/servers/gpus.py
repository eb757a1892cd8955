"""What an 8-GPU server prints, written by hand after the tools' own form: XML, CSV, kernel lines. No recording of anyone's."""

from dataclasses import dataclass

BOARD = "NVIDIA H100 80GB HBM3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """One GPU as it shall show itself."""

    index: int
    temperature: int = 41
    power: float = 120.5
    utilization: int = 0
    memory_mib: int = 512

    @property
    def bus(self) -> str:
        """As nvidia-smi writes it, with an 8-digit domain."""
        return f"00000000:{self.bus_number:02X}:00.0"

    @property
    def bus_number(self) -> int:
        """Eight places as on a common board."""
        return (0x1B, 0x43, 0x52, 0x61, 0x9D, 0xC3, 0xD1, 0xDF)[self.index]

    @property
    def bus_id(self) -> str:
        """As the console writes it."""
        return f"0000:{self.bus_number:02x}:00"

    @property
    def uuid(self) -> str:
        """A made-up one."""
        return f"GPU-0000000{self.index}-aaaa-bbbb-cccc-000000000000"

    @property
    def serial(self) -> str:
        """A made-up one."""
        return f"165300000000{self.index}"


def eight(**changes: object) -> tuple[Gpu, ...]:
    """Eight GPUs, all alike but for their temperature."""
    return tuple(Gpu(index=i, temperature=40 + i, **changes) for i in range(8))  # type: ignore[arg-type]


def xml(gpus: tuple[Gpu, ...]) -> str:
    """As `nvidia-smi -q -x` of driver 550 prints it, the parts that matter."""
    head = '<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>\n'
    top = (
        "\t<timestamp>Sun Nov 22 10:00:00 2026</timestamp>\n\t<driver_version>550.90.07</driver_version>\n"
        f"\t<cuda_version>12.4</cuda_version>\n\t<attached_gpus>{len(gpus)}</attached_gpus>\n"
    )
    return head + top + "".join(_xml_gpu(gpu) for gpu in gpus) + "</nvidia_smi_log>\n"


def _xml_gpu(gpu: Gpu) -> str:
    return f"""\t<gpu id="{gpu.bus}">
\t\t<product_name>{BOARD}</product_name>
\t\t<product_brand>NVIDIA</product_brand>
\t\t<persistence_mode>Enabled</persistence_mode>
\t\t<mig_mode><current_mig>Disabled</current_mig><pending_mig>Disabled</pending_mig></mig_mode>
\t\t<mig_devices>None</mig_devices>
\t\t<serial>{gpu.serial}</serial>
\t\t<uuid>{gpu.uuid}</uuid>
\t\t<minor_number>{gpu.index}</minor_number>
\t\t<vbios_version>96.00.61.00.01</vbios_version>
\t\t<pci>
\t\t\t<pci_bus>{gpu.bus_number:02X}</pci_bus>
\t\t\t<pci_device>00</pci_device>
\t\t\t<pci_domain>0000</pci_domain>
\t\t\t<pci_bus_id>{gpu.bus}</pci_bus_id>
\t\t\t<pci_gpu_link_info>
\t\t\t\t<pcie_gen><max_link_gen>5</max_link_gen><current_link_gen>5</current_link_gen></pcie_gen>
\t\t\t\t<link_widths><max_link_width>16x</max_link_width><current_link_width>16x</current_link_width></link_widths>
\t\t\t</pci_gpu_link_info>
\t\t\t<replay_counter>0</replay_counter>
\t\t</pci>
\t\t<fan_speed>N/A</fan_speed>
\t\t<performance_state>P0</performance_state>
\t\t<clocks_event_reasons>
\t\t\t<clocks_event_reason_gpu_idle>Active</clocks_event_reason_gpu_idle>
\t\t\t<clocks_event_reason_sw_power_cap>Not Active</clocks_event_reason_sw_power_cap>
\t\t\t<clocks_event_reason_hw_thermal_slowdown>Not Active</clocks_event_reason_hw_thermal_slowdown>
\t\t</clocks_event_reasons>
\t\t<fb_memory_usage>
\t\t\t<total>81559 MiB</total><reserved>551 MiB</reserved><used>{gpu.memory_mib} MiB</used><free>80000 MiB</free>
\t\t</fb_memory_usage>
\t\t<utilization><gpu_util>{gpu.utilization} %</gpu_util><memory_util>0 %</memory_util></utilization>
\t\t<ecc_mode><current_ecc>Enabled</current_ecc><pending_ecc>Enabled</pending_ecc></ecc_mode>
\t\t<ecc_errors>
\t\t\t<volatile>
\t\t\t\t<sram_correctable>0</sram_correctable><sram_uncorrectable_parity>0</sram_uncorrectable_parity>
\t\t\t\t<sram_uncorrectable_secded>0</sram_uncorrectable_secded>
\t\t\t\t<dram_correctable>0</dram_correctable><dram_uncorrectable>0</dram_uncorrectable>
\t\t\t</volatile>
\t\t\t<aggregate>
\t\t\t\t<sram_correctable>1</sram_correctable><sram_uncorrectable_parity>0</sram_uncorrectable_parity>
\t\t\t\t<sram_uncorrectable_secded>0</sram_uncorrectable_secded>
\t\t\t\t<dram_correctable>2</dram_correctable><dram_uncorrectable>0</dram_uncorrectable>
\t\t\t</aggregate>
\t\t</ecc_errors>
\t\t<remapped_rows>
\t\t\t<remapped_row_corr>0</remapped_row_corr><remapped_row_unc>0</remapped_row_unc>
\t\t\t<remapped_row_pending>No</remapped_row_pending><remapped_row_failure>No</remapped_row_failure>
\t\t</remapped_rows>
\t\t<temperature>
\t\t\t<gpu_temp>{gpu.temperature} C</gpu_temp>
\t\t\t<gpu_temp_tlimit>{87 - gpu.temperature} C</gpu_temp_tlimit>
\t\t\t<gpu_temp_max_tlimit_threshold>-8 C</gpu_temp_max_tlimit_threshold>
\t\t\t<gpu_temp_slow_tlimit_threshold>-2 C</gpu_temp_slow_tlimit_threshold>
\t\t\t<gpu_temp_max_gpu_tlimit_threshold>0 C</gpu_temp_max_gpu_tlimit_threshold>
\t\t\t<gpu_target_temperature>N/A</gpu_target_temperature>
\t\t\t<memory_temp>{gpu.temperature + 5} C</memory_temp>
\t\t</temperature>
\t\t<gpu_power_readings>
\t\t\t<power_state>P0</power_state>
\t\t\t<power_draw>{gpu.power:.2f} W</power_draw>
\t\t\t<current_power_limit>700.00 W</current_power_limit>
\t\t</gpu_power_readings>
\t\t<clocks>
\t\t\t<graphics_clock>1980 MHz</graphics_clock><sm_clock>1980 MHz</sm_clock>
\t\t\t<mem_clock>2619 MHz</mem_clock><video_clock>1545 MHz</video_clock>
\t\t</clocks>
\t\t<processes>
\t\t</processes>
\t</gpu>
"""


def csv(gpus: tuple[Gpu, ...], fields: tuple[str, ...]) -> str:
    """As `nvidia-smi --query-gpu=… --format=csv` prints it; what this hand does not know is `[N/A]`."""
    header = ", ".join(f"{field} [{unit}]" if (unit := _UNITS.get(field.rpartition(".")[2], "")) else field for field in fields)
    return "\n".join([header, *(", ".join(_cell(gpu, field, len(gpus)) for field in fields) for gpu in gpus)]) + "\n"


_UNITS = {"draw": "W", "limit": "W", "used": "MiB", "total": "MiB", "gpu": "", "sm": "MHz"}


def _cell(gpu: Gpu, field: str, count: int) -> str:
    cells = {
        "index": str(gpu.index),
        "name": BOARD,
        "uuid": gpu.uuid,
        "gpu_uuid": gpu.uuid,
        "serial": gpu.serial,
        "gpu_serial": gpu.serial,
        "pci.bus_id": gpu.bus,
        "gpu_bus_id": gpu.bus,
        "driver_version": "550.90.07",
        "count": str(count),
        "temperature.gpu": str(gpu.temperature),
        "temperature.gpu.tlimit": str(87 - gpu.temperature),
        "temperature.memory": str(gpu.temperature + 5),
        "power.draw": f"{gpu.power:.2f} W",
        "power.draw.instant": f"{gpu.power:.2f} W",
        "power.limit": "700.00 W",
        "enforced.power.limit": "700.00 W",
        "clocks.sm": "1980 MHz",
        "clocks.current.sm": "1980 MHz",
        "clocks.mem": "2619 MHz",
        "clocks.current.memory": "2619 MHz",
        "utilization.gpu": f"{gpu.utilization} %",
        "memory.used": f"{gpu.memory_mib} MiB",
        "memory.total": "81559 MiB",
        "fan.speed": "[N/A]",
    }
    return cells.get(field, "[N/A]")


def kmsg(*lines: tuple[int, float, str]) -> str:
    """Records of /dev/kmsg: (sequence number, seconds since boot, text)."""
    return "".join(f"4,{number},{round(stamp * 1e6)},-;{text}\n" for number, stamp, text in lines)


def xid(gpu: Gpu, code: int, rest: str = "pid='<unknown>', name=<unknown>, GPU has fallen off the bus.") -> str:
    """A kernel line that tells of an Xid."""
    return f"NVRM: Xid (PCI:{gpu.bus_id}): {code}, {rest}"
