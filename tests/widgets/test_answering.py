"""What was asked in a thread comes back to the window, also where nobody waits for it any more."""

import gc
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog

from widgets import answering
from widgets.answering import Answering


def test_the_answer_comes_in_the_thread_of_the_window(qtbot):
    threads = []
    asked = Answering("asks", lambda: threads.append(threading.current_thread().name) or "no-fingerprint")
    asked.answered.connect(lambda answer: threads.append((answer, threading.current_thread() is threading.main_thread())))
    with qtbot.waitSignal(asked.answered):
        asked.begin()
    assert threads == ["asks", ("no-fingerprint", True)]
    qtbot.waitUntil(lambda: not answering._UNDER_WAY)


@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_dialog_that_is_gone_before_the_answer_is_let_go_in_the_thread_of_the_window(qtbot, is_deleted: bool):
    go_on, ended_in = threading.Event(), []

    class Dialog(QDialog):
        def ask(self) -> None:
            asked = Answering("asks", lambda: self.objectName() if go_on.wait(30) and shiboken6.isValid(self) else "")
            asked.answered.connect(self.setWindowTitle)
            asked.begin()

    dialog = Dialog()
    weakref.finalize(dialog, lambda: ended_in.append(threading.current_thread() is threading.main_thread()))
    dialog.ask()
    if is_deleted:
        shiboken6.delete(dialog)
    del dialog
    gc.collect()
    assert ended_in == []
    go_on.set()
    qtbot.waitUntil(lambda: not answering._UNDER_WAY)
    gc.collect()
    assert ended_in == [True]
