"""A whole run of the window: paint first, open behind it, end by itself, by a signal, with a refusal or after a bug."""

import os
import signal
import threading

import pytest
import sample_fleet
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from noc_console.feed import Feed
from widgets.app import WindowOptions, run_window
from widgets.backend import Backend, Refused
from widgets.language import speak, translated
from widgets.main_window import MainWindow


def window():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())


def lasting_texts(texts):
    """Look again and again what stands in the window to stay; once something does, it is kept and the window closed."""

    def look():
        shown = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()), None)
        texts.extend(shown.parts.lasting.texts() if shown is not None else ())
        if texts:
            shown.close()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def backend(closed):
    feed = Feed()
    feed.restart(sample_fleet.snapshot())
    return Backend(
        feed=feed, send=lambda command: None, who="Lan", clock=lambda: sample_fleet.NOW, close=lambda: closed.append(True)
    )


def test_it_paints_first_opens_in_a_thread_ends_by_itself_and_saves_every_view(qapp, tmp_path):
    closed, seen = [], []

    def open_backend():
        seen.append((threading.current_thread().name, window()._was_painted))
        return backend(closed)

    options = WindowOptions(settings=tmp_path / "w.ini", end_after=1.5, screenshots=tmp_path / "out", size=(1280, 800))
    assert run_window(open_backend, options) == 0
    assert seen == [("start", True)]
    assert closed == [True]
    names = {path.stem for path in (tmp_path / "out").glob("*.png")}
    assert {"alarms", "map", "thermal", "timeline", "device"} <= names
    assert names == {path.stem for path in (tmp_path / "out").glob("*.json")}
    assert (tmp_path / "w.ini").is_file()


def test_a_refusal_stands_in_the_window_and_in_the_terminal_and_is_a_failure(qapp, tmp_path, capsys):
    texts = []

    def open_backend():
        raise Refused("inventory.toml, line 3: unknown key `rolle`.", "Nothing is polled.")

    lasting_texts(texts)
    assert run_window(open_backend, WindowOptions(settings=tmp_path / "w.ini")) == 1
    assert capsys.readouterr().err == "inventory.toml, line 3: unknown key `rolle`.\nNothing is polled.\n"
    assert texts == ["inventory.toml, line 3: unknown key `rolle`.", "Nothing is polled."]


@pytest.mark.expected_log("the console could not start")
@pytest.mark.parametrize(("mistake", "says"), [(ValueError("no severity ''"), "no severity ''"), (KeyError(), "KeyError")])
def test_what_nobody_foresaw_at_the_start_stands_in_the_window_too(qapp, tmp_path, mistake, says):
    texts = []

    def open_backend():
        raise mistake

    lasting_texts(texts)
    assert run_window(open_backend, WindowOptions(settings=tmp_path / "w.ini")) == 1
    assert texts == [says]


def test_sigterm_closes_it_cleanly(qapp, tmp_path):
    closed = []
    QTimer.singleShot(500, lambda: os.kill(os.getpid(), signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    assert run_window(lambda: backend(closed), WindowOptions(settings=tmp_path / "w.ini")) == 0
    assert closed == [True]
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.expected_log("an error that nobody expected")
def test_a_bug_in_a_part_is_logged_and_said_and_the_window_goes_on(qapp, tmp_path):
    texts = []

    def fail():
        raise ValueError("made")

    QTimer.singleShot(300, fail)
    lasting_texts(texts)
    assert run_window(lambda: backend([]), WindowOptions(settings=tmp_path / "w.ini")) == 0
    assert texts == ["A part of the window failed (ValueError). The log says more"]


@pytest.mark.expected_log("the pictures could not be saved")
def test_a_picture_that_cannot_be_saved_is_status_1(qapp, tmp_path):
    (tmp_path / "file").write_text("")
    options = WindowOptions(settings=tmp_path / "w.ini", end_after=0.3, screenshots=tmp_path / "file" / "out")
    assert run_window(lambda: backend([]), options) == 1


def test_a_language_says_what_is_not_translated_and_has_its_numbers(qapp, monkeypatch):
    from widgets import language, words

    done, every = translated("vi")
    assert 100 < done == every
    assert speak(qapp, "vi") == ""
    monkeypatch.setattr(language, "translated", lambda _: (700, every))
    said = speak(qapp, "vi")
    assert said.startswith("Tiếng Việt")
    assert "700" in said
    assert str(every) in said
    assert words.number(1.5, 1) == "1,5"
    assert speak(qapp, "en") == ""
    with pytest.raises(ValueError, match="no language 'xx'"):
        speak(qapp, "xx")


def test_theme_and_scale_come_back(qapp, tmp_path):
    from widgets import theme

    options = WindowOptions(settings=tmp_path / "w.ini", end_after=0.2, theme="light", scale=1.25)
    run_window(lambda: backend([]), options)
    theme.source().choose("dark", 1.0)
    run_window(lambda: backend([]), WindowOptions(settings=tmp_path / "w.ini", end_after=0.2))
    assert theme.current().key == ("light", 1.25)
