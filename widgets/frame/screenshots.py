"""A picture of the window for each view, and beside it what the view shows, as `demo --screenshots` saves them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from noc_console.model.alarm import Alarm

Shown = dict[str, object]


def shown_alarm(alarm: Alarm) -> Shown:
    """An alarm as the JSON beside a picture has it."""
    return {
        "device": alarm.device,
        "component": alarm.component,
        "type": alarm.type,
        "severity": alarm.severity.word,
        "state": str(alarm.state),
        "cleared": alarm.cleared,
    }


def write_shown(path: Path, view: str, now: float, alarms: Sequence[Alarm]) -> None:
    """Write what a view shows."""
    shown = {
        "view": view,
        "time": now,
        "utc": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        "alarms": [shown_alarm(alarm) for alarm in alarms],
    }
    path.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
