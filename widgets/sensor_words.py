"""Sentences of the alarms of sensors: temperature, humidity, fans, voltages."""

from collections.abc import Callable, Mapping

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from widgets.words import translate


def _value(alarm: Alarm) -> float:
    value = alarm.params.get("value")
    return float(value) if isinstance(value, int | float) else 0.0


def _temperature(alarm: Alarm) -> str:
    metric = str(alarm.params.get("metric", ""))
    if "margin" in metric:
        return translate("alarm", "Margin to slowdown is short")
    if metric.startswith("memory_"):
        return translate("alarm", "Memory temperature above its limit")
    if "inlet" in alarm.component.lower():
        return translate("alarm", "Inlet above its limit")
    return translate("alarm", "Temperature above its limit")


def _fan(alarm: Alarm) -> str:
    if _value(alarm) > 0.0:
        return translate("alarm", "Fan is too slow")
    return translate("alarm", "Fan stopped")


def _voltage(alarm: Alarm) -> str:
    if _value(alarm) < 1.0:
        return translate("alarm", "Voltage lost")
    return translate("alarm", "Voltage below its limit")


def _voltage_high(_: Alarm) -> str:
    return translate("alarm", "Voltage above its limit")


def _cold(_: Alarm) -> str:
    return translate("alarm", "Temperature below its limit")


def _damp(_: Alarm) -> str:
    return translate("alarm", "Humidity above its limit")


def _dry(_: Alarm) -> str:
    return translate("alarm", "Humidity below its limit")


SENTENCES: Mapping[AlarmType, Callable[[Alarm], str]] = {
    AlarmType.TEMPERATURE_HIGH: _temperature,
    AlarmType.TEMPERATURE_LOW: _cold,
    AlarmType.HUMIDITY_HIGH: _damp,
    AlarmType.HUMIDITY_LOW: _dry,
    AlarmType.FAN_STOPPED: _fan,
    AlarmType.VOLTAGE_LOW: _voltage,
    AlarmType.VOLTAGE_HIGH: _voltage_high,
}
