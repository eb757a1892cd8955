"""Runs the real program in this process and does in its window what lines of JSON on standard input say; answers likewise.

Started by `program.py` as a subprocess of its own: it can be killed like the program itself. Keys go where the focus is.
"""

import contextlib
import json
import sys
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))


class Driver(QObject):
    """Takes one order at a time in the UI thread."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: SimpleQueue[dict] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()
        self.timer = QTimer(self, interval=20)
        self.timer.timeout.connect(self.take)
        self.timer.start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.orders.put(json.loads(line))

    def take(self) -> None:
        with contextlib.suppress(Empty):
            order = self.orders.get_nowait()
            print(json.dumps(getattr(self, order.pop("do"))(**order)), flush=True)

    def window(self) -> QWidget:
        return next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")

    def key(self, key: str, modifiers: str = "") -> bool:
        held = Qt.KeyboardModifier.NoModifier
        for name in modifiers.split():
            held |= getattr(Qt.KeyboardModifier, f"{name}Modifier")
        QTest.keyClick(QApplication.focusWidget() or self.window(), getattr(Qt.Key, f"Key_{key}"), held)
        return True

    def type(self, text: str) -> bool:
        """Character by character; what no keyboard has as one key comes as an input method gives it."""
        for letter in text:
            if letter.isascii():
                QTest.keyClick(QApplication.focusWidget() or self.window(), letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(QApplication.focusWidget(), event)
        return True

    def state(self) -> dict:
        """What the window's mirror shows."""
        mirror = self.window().context.mirror
        return {
            "devices": {d.device: d.reachable for d in mirror.devices.values()},
            "rows": {
                device: {
                    f"{c}/{m}": None if v != v else v
                    for row in rows.values()
                    for (c, m), v in zip(row.layout.keys, row.values.tolist(), strict=True)
                }
                for device, rows in mirror.rows.items()
            },
            "links": {f"{link.a.device}:{link.a.port}": link.status for link in mirror.links.values()},
            "alarms": [
                {
                    "id": a.id,
                    "device": a.device,
                    "component": a.component,
                    "type": a.type,
                    "severity": a.severity.word,
                    "state": str(a.state),
                    "by": a.state_by,
                    "at": a.state_at,
                    "note": a.note,
                    "raised": a.raised,
                    "cleared": a.cleared,
                    "announced": list(a.announced),
                    "qualifier": a.qualifier,
                    "params": dict(a.params),
                    "entries": [[str(e.kind), e.who, e.text] for e in mirror.entries.get(a.id, [])],
                }
                for a in mirror.alarms.values()
            ],
            "sending": len(mirror.sending),
            "store": mirror.store.error,
        }

    def choose(self, alarm: int) -> bool:
        """Go to a row of the alarm list, as a click would."""
        self.window().context.selection.choose_alarm(alarm)
        return True

    def close(self) -> bool:
        QTimer.singleShot(0, self.window().close)
        return True


def run() -> int:
    app = QApplication(sys.argv[:1])
    driver = Driver()
    import main

    try:
        return main.main(sys.argv[1:])
    finally:
        driver.timer.stop()
        del app


if __name__ == "__main__":
    sys.exit(run())
