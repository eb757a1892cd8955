"""A forgotten widget ends in the thread of the window, whichever thread allocates meanwhile."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject, Qt

from widgets.frame import garbage
from widgets.frame.garbage import GarbageTurns


class _Node(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_a_busy_thread_collects_nothing_and_the_timers_turn_does(qapp):
    gc.enable()
    turns = GarbageTurns()
    try:
        ended_in: list[int] = []
        node = _Node()
        weakref.finalize(node, lambda: ended_in.append(threading.get_ident()))
        del node
        # Far more containers than the first generation's threshold, all alive.
        kept: list[list[int]] = []
        busy = threading.Thread(target=lambda: kept.extend([number] for number in range(50_000)))
        busy.start()
        busy.join()
        assert ended_in == []
        turns.turn()
        assert ended_in == [threading.get_ident()]
    finally:
        turns.end()
    assert gc.isenabled()


def test_what_was_there_at_one_look_is_left_out_of_the_next_until_the_hourly_one(qapp, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(garbage, "monotonic", lambda: now[0])
    monkeypatch.setattr(gc, "get_count", lambda: (0, 100, 100))
    monkeypatch.setattr(garbage.QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)
    turns = GarbageTurns()
    try:
        ended = []
        now[0] += garbage.START_S
        turns.turn()
        node = _Node()
        weakref.finalize(node, lambda: ended.append(True))
        now[0] += garbage.FULL_EVERY_S
        turns.turn()  # it stands, and is looked at
        del node
        now[0] += garbage.FULL_EVERY_S
        turns.turn()
        assert not ended
        now[0] += garbage.WHOLE_EVERY_S
        turns.turn()
        assert ended
    finally:
        turns.end()
    assert gc.get_freeze_count() == 0


def test_what_was_off_stays_off(qapp):
    gc.disable()
    GarbageTurns().end()
    assert not gc.isenabled()
