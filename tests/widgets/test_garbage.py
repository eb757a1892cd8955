"""A forgotten widget ends in the thread of the window, whichever thread allocates meanwhile."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

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


def test_what_was_off_stays_off(qapp):
    gc.disable()
    GarbageTurns().end()
    assert not gc.isenabled()
