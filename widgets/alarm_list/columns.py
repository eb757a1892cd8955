"""The widths of the columns: fixed for a layout, never by content; the words take what is left."""

from PySide6.QtCore import QSettings

from widgets.models.alarm_table import Column

WIDE = 1100
"""From this width place and the last hour have columns."""
NARROW = 820
_WIDTHS = {
    Column.GLYPH: 40,
    Column.SINCE: 112,
    Column.WHERE: 170,
    Column.PLACE: 140,
    Column.HOUR: 140,
    Column.NOW: 170,
    Column.STATE: 130,
}
_NARROW_WIDTHS = {
    Column.GLYPH: 40,
    Column.SINCE: 72,
    Column.WHERE: 140,
    Column.PLACE: 0,
    Column.HOUR: 0,
    Column.NOW: 150,
    Column.STATE: 90,
}
CHOOSABLE = (Column.PLACE, Column.HOUR)


def widths(room: int, scale: float, hidden: set[Column]) -> dict[Column, int]:
    """Pixels of each column in this room; 0 = not shown."""
    chosen = dict(_WIDTHS if room >= NARROW * scale else _NARROW_WIDTHS)
    if room < WIDE * scale:
        chosen[Column.PLACE] = chosen[Column.HOUR] = 0
    for column in hidden:
        chosen[column] = 0
    pixels = {column: round(width * scale) for column, width in chosen.items()}
    pixels[Column.WHAT] = max(room - sum(pixels.values()), 80)
    return pixels


def hidden_by_choice(settings: QSettings) -> set[Column]:
    """Columns that a person does without."""
    kept = str(settings.value("alarms/hidden", ""))
    return {Column(int(word)) for word in kept.split(",") if word.isdigit() and int(word) in CHOOSABLE}


def toggle(settings: QSettings, column: Column) -> None:
    """Show or hide one of the columns that one can do without; kept."""
    hidden = hidden_by_choice(settings) ^ {column}
    settings.setValue("alarms/hidden", ",".join(str(int(each)) for each in sorted(hidden)))
