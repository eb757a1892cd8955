"""What to do about an alarm, step by step, by its type; for Xids by the action of the catalogue."""

from collections.abc import Mapping

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets.words import translate


def steps(alarm: Alarm, serial: str = "") -> list[str]:
    """Steps in their order; empty for a type that has none. `serial` is the part's, where the alarm tells none."""
    names = {
        "device": clean(alarm.device or "", 80),
        "component": clean(alarm.component, 80),
        "protocol": clean(alarm.qualifier or str(alarm.params.get("protocol") or ""), 20).upper(),
        "serial": clean(str(alarm.params.get("serial") or serial or "–"), 60),
        "neighbour": clean(str(alarm.params.get("neighbour") or "–"), 80),
    }
    own = clean(str(alarm.params.get("do") or ""), 300)
    if own:
        return [own]
    if alarm.type == AlarmType.XID:
        texts = _by_action(str(alarm.params.get("action") or ""))
    elif alarm.type == AlarmType.HOST_KEY_CHANGED and alarm.params.get("reason") == "host-key-unknown":
        texts = _trust()
    elif alarm.type == AlarmType.SOURCE_SILENT and alarm.params.get("reason") == "no-permission":
        texts = _permit()
    else:
        texts = _by_type().get(alarm.type, ())
    return [text.format(**names) for text in texts]


def _trust() -> tuple[str, ...]:
    return (
        translate("advice", "Read the fingerprint of {device} at its own console"),
        translate("advice", "Compare it and trust it: noc-console trust"),
    )


def _permit() -> tuple[str, ...]:
    return (
        translate("advice", "Until then no Xid of {device} is seen: a lost GPU shows only by its missing values"),
        translate("advice", "Let the account read the kernel log: group systemd-journal, or kernel.dmesg_restrict = 0"),
    )


def _by_type() -> Mapping[str, tuple[str, ...]]:
    return {**_answers(), **_parts(), **_gpu_parts(), **_conditions(), **_console()}


def _conditions() -> Mapping[str, tuple[str, ...]]:
    return {
        AlarmType.CHANGING_FAST: (
            translate("advice", "Look at its curve: how long has it gone on, and does it go on?"),
            translate("advice", "Compare with what stands beside {device}: one part, or the whole row?"),
        ),
        AlarmType.UNLIKE_PEERS: (
            translate("advice", "Compare {component} with its neighbours: load, air, cable, slot"),
            translate("advice", "Swap it with a neighbour: does the difference go with it?"),
        ),
        AlarmType.UNUSUAL: (
            translate("advice", "Ask what has changed: load, settings, a move"),
            translate("advice", "If this is how it is from now on: it is learned within weeks"),
        ),
        AlarmType.ABSENT: (
            translate("advice", "Ask {device} now: F5"),
            translate("advice", "If it was taken away on purpose: close the alarm, and it is expected no more"),
        ),
        AlarmType.TOO_OFTEN: (translate("advice", "Look at the timeline what comes with it each time"),),
    }


def _answers() -> Mapping[str, tuple[str, ...]]:
    return {
        AlarmType.UNREACHABLE: (
            translate("advice", "Look at the map what else is dark: power and uplink of {device} first"),
            translate("advice", "Ask it again now: F5"),
            translate("advice", "If it stays dark: go to its rack, or use its management controller"),
        ),
        AlarmType.AUTH_FAILED: (
            translate("advice", "Compare user, keys and algorithms with the configuration of {device}"),
            translate("advice", "Set the secret again: noc-console secret set"),
        ),
        AlarmType.BAD_REPLY: (
            translate("advice", "Ask it again now: F5"),
            translate("advice", "Read what it answers: noc-console probe"),
        ),
        AlarmType.HOST_KEY_CHANGED: (
            translate("advice", "Ask who reinstalled {device}. Without an answer treat it as an attack"),
            translate("advice", "Read its fingerprint at its own console and compare it: noc-console trust"),
        ),
        AlarmType.CREDENTIAL_MISSING: (
            translate("advice", "Set the secret: noc-console secret set"),
            translate("advice", "Then ask it now: F5"),
        ),
        AlarmType.SOURCE_SILENT: (
            translate("advice", "The regular values still come: only this answer is missing"),
            translate("advice", "On a GPU server look for a hung nvidia-smi (state D) in the process list"),
        ),
    }


def _parts() -> Mapping[str, tuple[str, ...]]:
    return {
        AlarmType.PORT_DOWN: (
            translate("advice", "See whether the other end ({neighbour}) is down as well"),
            translate("advice", "Check optic and cable at {component}"),
        ),
        AlarmType.TEMPERATURE_HIGH: (
            translate("advice", "Compare with its neighbours on the Thermal view: one server, one rack or the row"),
            translate("advice", "A row rises together: look at its cooler. One server: look at its fans and filters"),
            translate("advice", "If it keeps rising: lower the load before the hardware does"),
        ),
        AlarmType.FAN_STOPPED: (
            translate("advice", "Start the standby cooler or the spare fan"),
            translate("advice", "Watch the inlets of the row: minutes count"),
            translate("advice", "Call the facility: {component} of {device}"),
        ),
        AlarmType.VOLTAGE_LOW: (
            translate("advice", "Check breaker and feed of {device}"),
            translate("advice", "See what hangs on one feed only now, before anyone touches the other"),
        ),
        AlarmType.VOLTAGE_HIGH: (
            translate("advice", "Compare with the other phases and feeds: one supply, or all that comes from the mains"),
            translate("advice", "Call the facility: {component} of {device}"),
        ),
        AlarmType.TEMPERATURE_LOW: (
            translate("advice", "Look at the set point of the cooler, and for outside air that comes in"),
            translate("advice", "Cold and damp together: water may condense, keep doors shut"),
        ),
        AlarmType.HUMIDITY_HIGH: (
            translate("advice", "Look for a leak, outside air or a cooler that does not dry"),
            translate("advice", "Cold and damp together: water may condense, keep doors shut"),
        ),
        AlarmType.HUMIDITY_LOW: (
            translate("advice", "Look at the humidifier of the cooler"),
            translate("advice", "Dry air: touch boards only with a wrist strap"),
        ),
        AlarmType.STATE_BAD: (
            translate("advice", "Read the log of {device} for {component}"),
            translate("advice", "Order the part before it fails"),
        ),
    }


def _gpu_parts() -> Mapping[str, tuple[str, ...]]:
    return {
        AlarmType.ROW_REMAP: (
            translate("advice", "Drain {device} when its job ends: the row is replaced by a reset of {component}"),
            translate("advice", "If it says that it failed: replace the GPU (serial {serial})"),
        ),
        AlarmType.ECC_ERRORS: (
            translate("advice", "Look for an Xid of {component} in the kernel log: 48, 63, 64, 94, 95"),
            translate("advice", "Reset {component} when its job ends; if errors return, replace it (serial {serial})"),
        ),
        AlarmType.NVLINK_ERRORS: (
            translate("advice", "See whether the GPU at the other end of the link counts errors too"),
            translate(
                "advice", "Reset {component}; if errors return, have its board or the baseboard looked at (serial {serial})"
            ),
        ),
        AlarmType.PCIE_DEGRADED: (
            translate("advice", "Drain {device} and power it off and on: the link is trained anew"),
            translate("advice", "If it stays so: reseat {component}, its riser or cable"),
        ),
        AlarmType.GPU_THROTTLED: (
            translate("advice", "Heat: see fans, inlet and the neighbours. Power brake: see the supplies of {device}"),
            translate("advice", "Power limit: compare with nvidia-smi -q -d POWER; set it back if nobody meant it"),
        ),
        AlarmType.GPU_STRAGGLER: (
            translate("advice", "A job waits for its slowest GPU: drain {device} when the job ends"),
            translate("advice", "Compare clocks, limits and PCIe link of {component} with the others"),
        ),
        AlarmType.COOLING_POOR: (
            translate("advice", "Look at the fans and filters of {device}; clean out dust at the next chance"),
            translate("advice", "If it is one GPU alone: have its heat sink and paste looked at (serial {serial})"),
        ),
        AlarmType.GPU_TOOL_HUNG: (
            translate("advice", "Drain {device}: no new jobs. What runs may go on; its GPUs are not watched"),
            translate("advice", "Look into the kernel log for an Xid. A process in state D ends with a restart only"),
            translate("advice", "Restart the host; if it hangs again, test each GPU alone"),
        ),
        AlarmType.GPU_SWAPPED: (
            translate("advice", "Meant? Write the serials ({serial}) into the parts list and close this alarm"),
            translate("advice", "Not meant: ask who was at {device}"),
        ),
        AlarmType.GPU_LOST: (
            translate("advice", "Drain {device}: no new jobs"),
            translate("advice", "Restart the host. If the GPU returns and falls off again: replace it"),
            translate("advice", "Serial of the part: {serial}"),
        ),
        AlarmType.GPU_MISSING: (
            translate("advice", "Drain {device}: no new jobs"),
            translate("advice", "Look into the kernel log for an Xid, then restart the host"),
            translate("advice", "Serial of the part: {serial}"),
        ),
    }


def _console() -> Mapping[str, tuple[str, ...]]:
    return {
        AlarmType.FLAPPING: (
            translate("advice", "Clean or change the optic and the fibre, at both ends"),
            translate("advice", "Take the port out of use until then"),
        ),
        AlarmType.LINK_DIFFERS: (
            translate("advice", "Look at both ends which is right: the cable or the plan"),
            translate("advice", "Put the cable where it belongs, or correct [[links]] in the inventory"),
        ),
        AlarmType.POWER_LOST: (
            translate("advice", "Look at the breakers and what feeds the place"),
            translate("advice", "Bring things up one after another when power is back"),
        ),
        AlarmType.SITE_UNREACHABLE: (
            translate("advice", "Ask the carrier about the line"),
            translate("advice", "Ask somebody there whether there is power and the edge device runs"),
        ),
        AlarmType.COLLECTOR_LATE: (
            translate("advice", "See how busy the collector's machine is"),
            translate("advice", "Lengthen intervals or share its devices out"),
        ),
        AlarmType.COLLECTOR_DEAD: (
            translate("advice", "Its devices are not watched: tell the shift"),
            translate("advice", "Start the collector again and read its log"),
        ),
        AlarmType.TRAPS_OFF: (
            translate("advice", "Everything is still polled: faults are seen an interval later"),
            translate("advice", "End the program that has the port, or choose another one: --traps PORT"),
        ),
        AlarmType.TRAP: (
            translate("advice", "Look what the device itself says now: open it"),
            translate("advice", "Close the alarm when it is dealt with; not every report has an end"),
        ),
        AlarmType.STORE_FAILED: (
            translate("advice", "Free space on the disk of the console"),
            translate("advice", "Then press A again for what was not stored"),
        ),
    }


def _by_action(action: str) -> tuple[str, ...]:
    drain = translate("advice", "Drain {device}: no new jobs")
    reset = translate("advice", "Reset {component}: nvidia-smi --gpu-reset. If it fails, restart the host")
    replace = translate("advice", "If it returns, replace the GPU (serial {serial})")
    reboot = translate("advice", "Restart the host")
    table = {
        "ignore": (translate("advice", "Nothing to do; watch whether it repeats"),),
        "restart_app": (translate("advice", "Tell the owner of the job to restart it; the server stays in service"),),
        "reset_gpu": (drain, reset),
        "reset_gpu_when_idle": (translate("advice", "Reset {component} when it is idle; there is no hurry"),),
        "reset_gpu_then_rma": (drain, reset, replace),
        "reboot": (drain, reboot),
        "reboot_then_rma": (drain, reboot, replace),
        "restart_vm": (translate("advice", "Restart the virtual machine"),),
        "rma_or_service": (drain, translate("advice", "Hands on the hardware: reseat or replace (serial {serial})")),
        "update_software": (translate("advice", "Update driver and firmware of {device}"),),
        "decode_then_reset_gpu": (drain, translate("advice", "Read unit and status words of the line"), reset),
        "follow_message": (translate("advice", "Do what the line of the log says"),),
    }
    investigate = translate("advice", "Collect nvidia-bug-report.sh of {device} and look into it")
    return table.get(action, (investigate,))
