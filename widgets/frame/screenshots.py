"""A picture of the window for each view, and beside it what the view shows, as `demo --screenshots` saves them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from noc_console.model.alarm import Alarm
from widgets import flash
from widgets.frame.calls import Calls
from widgets.frame.docks import Docks
from widgets.view import ViewContext

SETTLE_MS = 500
"""Before a picture: the past that a view reads in a thread is there by then."""
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


def take_pictures(window: QWidget, docks: Docks, context: ViewContext, folder: Path, views: Sequence[str]) -> None:
    """Show one view after the other and save the window and what the view shows. OSError if it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    flash.source().end()  # a picture taken in the hollow half of a second would show everything as taken
    for view in views:  # each is made and asks for its past before the first picture is taken
        docks.show_view(view)
        QApplication.processEvents()
    for view in views:
        docks.show_view(view)
        docks.tick(context.clock())
        _wait(SETTLE_MS)
        if not window.grab().save(str(folder / f"{view}.png")):
            raise OSError(f"{folder / view}.png could not be written")
        panel = docks.panel(view)
        write_shown(folder / f"{view}.json", view, context.clock(), panel.view.shown_alarms() if panel else ())


def _wait(milliseconds: int) -> None:
    """Let the window go on for a while: what is read in threads arrives, what is dirty is painted."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def choose_something(context: ViewContext, calls: Calls) -> None:
    """Where nothing is chosen: the worst call, else the first GPU server, so that no picture is of an empty view."""
    selection, waiting = context.selection, calls.waiting()
    if selection.device:
        return
    if waiting and waiting[0].device:
        selection.choose_alarm(waiting[0].id)
        selection.choose_device(waiting[0].device, waiting[0].component)
        return
    devices = context.mirror.inventory.devices.values()
    servers = [device.name for device in devices if device.role == "gpu-server"]
    selection.choose_device(next(iter(servers or [device.name for device in devices]), ""))


def write_shown(path: Path, view: str, now: float, alarms: Sequence[Alarm]) -> None:
    """Write what a view shows."""
    shown = {
        "view": view,
        "time": now,
        "utc": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        "alarms": [shown_alarm(alarm) for alarm in alarms],
    }
    path.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
