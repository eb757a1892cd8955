"""The words that every view uses: numbers with units, durations, times with zones, names of severities, roles, errors.

Sentences about alarms are in `widgets.alarm_words`. Everything given back is plain text in the language of the window; show it
as plain text (`Qt.TextFormat.PlainText`, `QPainter.drawText`), since names in it come from devices.
"""

from datetime import UTC, datetime, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QCoreApplication, QLocale

from noc_console.model.command import Action
from noc_console.model.fleet import Inventory, Site
from noc_console.model.severity import Severity
from noc_console.text import clean
from widgets.error_words import error as error

translate = QCoreApplication.translate

NARROW = "\u202f"
"""Narrow space that does not break: between a number and its unit, and between groups of three digits."""
MINUS = "\u2212"
SHORT_TITLE = 14
UNKNOWN = "–"
"""What stands where a value is not known."""


# ---------------------------------------------------------------- numbers
def number(value: float, digits: int = 0, *, sign: bool = False) -> str:
    """A number in the window's language: decimal sign by locale, groups of three by narrow spaces, a real minus."""
    if value != value:  # NaN
        return UNKNOWN
    text = f"{abs(value):,.{digits}f}".replace(",", NARROW).replace(".", QLocale().decimalPoint())
    zero = not any(c in "123456789" for c in text)
    before = MINUS if value < 0 and not zero else "+" if sign and value > 0 else ""
    return before + text


def shortest(value: float, most: int = 2) -> str:
    """A number without zeros behind the decimal sign: limits, settings."""
    text = f"{value:.{most}f}"
    digits = len(text.rstrip("0").partition(".")[2]) if "." in text else 0
    return number(value, digits)


_UNITS = {  # ending of a metric's name → (unit, divisor, digits)
    "celsius": ("°C", 1.0, 1),
    "rpm": ("rpm", 1.0, 0),
    "percent": ("%", 1.0, 0),
    "volts": ("V", 1.0, 1),
    "amperes": ("A", 1.0, 1),
    "watts": ("W", 1.0, 0),
    "hertz": ("MHz", 1e6, 0),
    "dbm": ("dBm", 1.0, 1),
    "decibels": ("dB", 1.0, 1),
    "pascals": ("Pa", 1.0, 0),
    "bytes": ("GiB", 2.0**30, 1),
    "seconds": ("s", 1.0, 1),
    "joules_total": ("kWh", 3.6e6, 1),
}
_SCALED = {  # units of which there are thousands
    "bits_per_second": ("bit/s", 1000.0),
    "octets_total": ("B", 1000.0),
}
_PREFIXES = ("", "k", "M", "G", "T")


def unit(metric: str) -> str:
    """The unit of a metric by its name (`°C`, `rpm`); empty where it has none."""
    for ending, (word, _, _) in _UNITS.items():
        if metric.endswith(ending):
            return word
    return next((word for ending, (word, _) in _SCALED.items() if metric.endswith(ending)), "")


def quantity(metric: str, value: float | None, *, short: bool = False) -> str:
    """A value of a metric with its unit: `32.4 °C`, `1 180 rpm`, `100 Gbit/s`; `–` where it is not known.

    `short` leaves out zeros behind the decimal sign (limits).
    """
    if value is None or value != value:
        return UNKNOWN
    if metric.endswith(("uptime_seconds", "runtime_seconds")):
        return duration(value)
    for ending, (word, base) in _SCALED.items():
        if metric.endswith(ending):
            return scaled(value, word, base)
    for ending, (word, divisor, digits) in _UNITS.items():
        if metric.endswith(ending):
            figure = shortest(value / divisor, digits) if short else number(value / divisor, digits)
            return figure + NARROW + word
    return shortest(value)


def scaled(value: float, word: str, base: float = 1000.0) -> str:
    """A value with the prefix that keeps it below a thousand: `9.8 Gbit/s`."""
    step = 0
    while abs(value) >= base and step < len(_PREFIXES) - 1:
        value, step = value / base, step + 1
    digits = 0 if abs(value) >= 100 or value == int(value) else 1
    return f"{number(value, digits)}{NARROW}{_PREFIXES[step]}{word}"


def share(value: float, digits: int = 0) -> str:
    """A share of one in percent."""
    return number(value * 100, digits) + NARROW + "%"


# ---------------------------------------------------------------- times
def duration(seconds: float) -> str:
    """`40 s`, `6 min`, `2 h 18`, `3 d 4 h`; the figure is cut off, not rounded up."""
    whole = max(int(seconds), 0)
    if whole < 60:
        return f"{whole}{NARROW}" + translate("words", "s")
    if whole < 5400:
        return f"{whole // 60}{NARROW}" + translate("words", "min")
    if whole < 86400:
        return f"{whole // 3600}{NARROW}" + translate("words", "h") + f"{NARROW}{whole % 3600 // 60:02d}"
    days = f"{whole // 86400}{NARROW}" + translate("words", "d")
    return f"{days} {whole % 86400 // 3600}{NARROW}" + translate("words", "h")


def ago(seconds: float) -> str:
    """How old a value is: `4 min ago`."""
    return translate("words", "{duration} ago").format(duration=duration(seconds))


@cache
def zone(name: str) -> tzinfo:
    """The zone of this name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def zone_label(name: str, at: float) -> str:
    """`UTC+7`, `UTC−3:30`, `UTC` at that moment."""
    offset = datetime.fromtimestamp(at, zone(name)).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    if not minutes:
        return "UTC"
    rest = f":{abs(minutes) % 60:02d}" if minutes % 60 else ""
    return f"UTC{'+' if minutes > 0 else MINUS}{abs(minutes) // 60}{rest}"


@lru_cache(maxsize=8192)
def _written(at: float, zone_name: str, form: str) -> str:
    """A time in a zone: the same times are painted again and again."""
    return datetime.fromtimestamp(at, zone(zone_name)).strftime(form)


def clock(at: float, zone_name: str = "UTC", *, seconds: bool = False) -> str:
    """`13:52` or `13:52:10` in a zone."""
    return _written(at, zone_name, "%H:%M:%S" if seconds else "%H:%M")


def moment(at: float, zone_name: str, now: float, *, seconds: bool = False) -> str:
    """A time, with its date where it is not of today, and its year where that is another: `13:52`, `11-21 13:52`."""
    return _date(at, zone_name, now, "%m-%d ", "%Y-%m-%d ") + clock(at, zone_name, seconds=seconds)


def _date(at: float, zone_name: str, now: float, of_this_year: str, of_another: str) -> str:
    """The date in one of two forms; empty where it is today."""
    day, today = _written(at, zone_name, "%Y-%m-%d"), _written(_minute(now), zone_name, "%Y-%m-%d")
    if day == today:
        return ""
    return _written(at, zone_name, of_this_year if day[:4] == today[:4] else of_another)


def _minute(at: float) -> float:
    return at // 60 * 60


def site(of: Site) -> str:
    """A site's title where it is short, else its name: for rows and clocks."""
    title = clean(of.title, 60)
    return title if title and len(title) <= SHORT_TITLE else clean(of.name, 24).capitalize()


def day_or_clock(at: float, zone_name: str, now: float) -> str:
    """The clock of today, the date of another day, the month of another year: where there is room for one of them only."""
    return _date(at, zone_name, now, "%m-%d", "%Y-%m") or clock(at, zone_name)


def home_zone(inventory: Inventory, site: str = "") -> str:
    """The zone that a view shows times in: the chosen site's, else that of the first one; one zone per view."""
    found = inventory.sites.get(site) or next(iter(inventory.sites.values()), None)
    return found.timezone if found else "UTC"


# ---------------------------------------------------------------- names
def severity(of: Severity) -> str:
    """The word of a severity, for filters, settings and accessible names."""
    return {
        Severity.CRITICAL: translate("words", "critical"),
        Severity.MAJOR: translate("words", "major"),
        Severity.MINOR: translate("words", "minor"),
        Severity.WARNING: translate("words", "warning"),
        Severity.INDETERMINATE: translate("words", "indeterminate"),
    }[of]


def role(name: str) -> str:
    """The word of a device's role; an unknown role stays as written."""
    return {
        "core": translate("words", "core switch"),
        "spine": translate("words", "spine"),
        "leaf": translate("words", "leaf"),
        "access": translate("words", "access switch"),
        "router": translate("words", "router"),
        "gpu-server": translate("words", "GPU server"),
        "server": translate("words", "server"),
        "storage": translate("words", "storage"),
        "pdu": translate("words", "PDU"),
        "ups": translate("words", "UPS"),
        "cooling": translate("words", "cooler"),
        "sensor": translate("words", "sensor"),
        "cell-site": translate("words", "cell site"),
        "olt": translate("words", "OLT"),
    }.get(name, name)


def metric(name: str) -> str:
    """The words of a metric for a table or an axis; an unknown one stays as written."""
    return {
        "temperature_celsius": translate("words", "temperature"),
        "memory_temperature_celsius": translate("words", "memory temperature"),
        "temperature_limit_margin_celsius": translate("words", "margin to slowdown"),
        "power_watts": translate("words", "power"),
        "power_limit_watts": translate("words", "power limit"),
        "utilization_percent": translate("words", "utilisation"),
        "cpu_utilization_percent": translate("words", "CPU utilisation"),
        "memory_used_bytes": translate("words", "memory used"),
        "memory_total_bytes": translate("words", "memory"),
        "fan_speed_rpm": translate("words", "fan"),
        "fan_speed_percent": translate("words", "fan"),
        "sm_clock_hertz": translate("words", "clock"),
        "memory_clock_hertz": translate("words", "memory clock"),
        "humidity_percent": translate("words", "humidity"),
        "voltage_volts": translate("words", "voltage"),
        "current_amperes": translate("words", "current"),
        "load_percent": translate("words", "load"),
        "charge_percent": translate("words", "charge"),
        "uptime_seconds": translate("words", "up for"),
        "oper_status": translate("words", "status"),
        "speed_bits_per_second": translate("words", "speed"),
        "state": translate("words", "state"),
    }.get(name, name)


def action(code: str) -> str:
    """What an entry or a command did, as one word for lists."""
    return {
        "raised": translate("words", "raised"),
        "severity-changed": translate("words", "severity changed"),
        "cleared": translate("words", "cleared"),
        "acknowledged": translate("words", "acknowledged"),
        "unacknowledged": translate("words", "acknowledgement taken back"),
        "commented": translate("words", "commented"),
        "closed": translate("words", "closed"),
        "reopened": translate("words", "opened again"),
        "shelved": translate("words", "shelved"),
        "shelf-ending": translate("words", "shelf ends soon"),
        "unshelved": translate("words", "taken off the shelf"),
        "assigned": translate("words", "given to"),
        "regrouped": translate("words", "put under another cause"),
        "folded": translate("words", "put under its cause"),
        "maintenance": translate("words", "maintenance"),
    }.get(code, code)


def sending(of: Action) -> str:
    """What stands where an action was sent and is not on disk yet."""
    return {
        Action.ACKNOWLEDGE: translate("alarm", "acknowledging…"),
        Action.UNACKNOWLEDGE: translate("words", "taking back…"),
        Action.COMMENT: translate("words", "commenting…"),
        Action.CLOSE: translate("words", "closing…"),
        Action.SHELVE: translate("words", "shelving…"),
        Action.UNSHELVE: translate("words", "taking off the shelf…"),
        Action.ASSIGN: translate("words", "giving…"),
        Action.REGROUP: translate("words", "moving…"),
        Action.UNDO: translate("words", "undoing…"),
    }[of]
