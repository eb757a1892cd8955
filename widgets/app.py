"""Starts the window: application, fonts, theme, language; paints first, then opens the backend; ends cleanly.

`run_window` is what the composition root calls.
"""

import logging
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Protocol

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from noc_console.mirror import Mirror
from noc_console.model.severity import Severity
from widgets import theme
from widgets.backend import Backend, NoHistory, OpenBackend
from widgets.frame.banner import Button
from widgets.frame.garbage import GarbageTurns
from widgets.frame.starter import Starter
from widgets.language import speak
from widgets.main_window import MainWindow
from widgets.view import Selection, ViewContext, ViewDeclaration
from widgets.words import translate

log = logging.getLogger(__name__)

START_TOLD_MS = 3_000
"""A start that takes longer is explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """How the window is wanted.

    Attributes
    ----------
    settings : ini file where layout and choices are kept.
    theme : `system`, `dark`, `light`, `high-contrast`; None = as kept. scale : 0.9 to 1.5; None = as kept.
    language : `en`, `vi`, `ko`; None = as kept.
    end_after : seconds from the first painted window until it ends by itself; None = never.
    screenshots : folder for a picture and a JSON per view, saved before it ends.
    size : pixels of the window; None = as kept.
    """

    settings: Path
    theme: str | None = None
    scale: float | None = None
    language: str | None = None
    end_after: float | None = None
    screenshots: Path | None = None
    size: tuple[int, int] | None = None


def run_window(open_backend: OpenBackend, options: WindowOptions) -> int:
    """Show the window until it is closed; the exit status (0 done, 1 nothing could be watched or a picture not be saved).

    `open_backend` is called in a thread of its own after the first paint; its `Backend.close` after the window has gone.
    """
    app = _application()
    garbage = GarbageTurns()
    settings = QSettings(str(options.settings), QSettings.Format.IniFormat)
    missing = _take_choices(app, settings, options)
    window = MainWindow(new_context(settings))
    if options.size:
        window.resize(*options.size)
    run = _Run(window, Starter(open_backend), options)
    window.painted.connect(run.begin)
    if missing:
        lasting = window.parts.lasting
        close = Button(translate("frame", "Close"), "", lambda: lasting.say("language", ""))
        lasting.say("language", missing, Severity.INDETERMINATE, close)
    before = _end_on_signals(window, window.close)
    hook, sys.excepthook = sys.excepthook, _excepthook(window.complain)
    window.show()
    app.exec()
    run.end()
    garbage.end()
    sys.excepthook = hook
    for number, handler in before.items():
        signal.signal(number, handler)
    return run.status


def new_context(settings: QSettings) -> ViewContext:
    """A context with an empty mirror; the window fills in the rest when the backend is there."""
    return ViewContext(
        mirror=Mirror(),
        selection=Selection(),
        send=_nothing,
        open_view=_nothing,
        history=NoHistory(),
        settings=settings,
        clock=time.time,
        who=getuser,
    )


def _nothing(_: object) -> None:
    """Stands in until the window is built."""


def _application() -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("noc-console")
    app.setStyle("Fusion")
    theme.load_fonts()
    return app


def _take_choices(app: QApplication, settings: QSettings, options: WindowOptions) -> str:
    """Theme and language as wanted, else as kept; gives what is to be said of the language."""
    name = options.theme or str(settings.value("theme/name", theme.SYSTEM))
    scale = options.scale or float(str(settings.value("theme/scale", 1.0)))
    theme.source().choose(name if name in (*theme.NAMES, theme.SYSTEM) else theme.SYSTEM, scale)
    theme.source().follow_system()
    language = options.language or str(settings.value("language", "en"))
    settings.setValue("language", language)
    return speak(app, language)


class _Shown(Protocol):
    """What a run needs of the window."""

    def show_views(self, views: Sequence[ViewDeclaration]) -> None: ...
    def start(self, backend: Backend) -> None: ...
    def refuse(self, sentences: Sequence[str]) -> None: ...
    def wait_for_start(self) -> None: ...
    def save_screenshots(self, folder: Path, views: Sequence[ViewDeclaration]) -> None: ...
    def close(self) -> bool: ...
    def deleteLater(self) -> None: ...


class _Run(QObject):
    """One run of the window, from its first paint to its end."""

    def __init__(self, window: _Shown, starter: Starter, options: WindowOptions) -> None:
        super().__init__()
        self._window, self._starter, self._options = window, starter, options
        self._views: list[ViewDeclaration] = []
        self.status = 0
        starter.setParent(self)
        starter.ready.connect(window.start)
        starter.refused.connect(window.refuse)

    @Slot()
    def begin(self) -> None:
        """The window is painted: load the views, open the backend."""
        # First of all: a view that cannot be loaded must not let the run go on for ever.
        if self._options.end_after is not None:
            QTimer.singleShot(int(self._options.end_after * 1000), self._finish)
        self._starter.begin()
        QTimer.singleShot(START_TOLD_MS, self._tell_start)
        from widgets.discover import find_views

        self._views = find_views()
        self._window.show_views(self._views)

    @Slot()
    def _tell_start(self) -> None:
        if self._starter.backend is None and not self._starter.sentences:
            self._window.wait_for_start()

    @Slot()
    def _finish(self) -> None:
        if self._options.screenshots is not None:
            try:
                self._window.save_screenshots(self._options.screenshots, self._views)
            except OSError as error:
                log.error("the pictures could not be saved: %s", error)
                self.status = 1
        self._window.close()

    def end(self) -> None:
        """After the window has gone: close what was opened.

        A refusal is told to the terminal as well: with `--for` nobody may have looked at the window, or it came too late for it.
        """
        self._starter.end()
        if self._starter.sentences:
            self.status = 1
            sys.stderr.write("".join(f"{sentence}\n" for sentence in self._starter.sentences))
        self._window.deleteLater()


def _end_on_signals(parent: QObject, close: Callable[[], bool]) -> dict[int, Any]:
    """Ctrl+C and SIGTERM close the window; a timer lets Python see them five times a second. Gives what was there before."""

    def end(_number: int, _frame: FrameType | None) -> None:
        QTimer.singleShot(0, close)

    waker = QTimer(parent, interval=200)
    waker.timeout.connect(_awake)
    waker.start()
    return {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}


def _awake() -> None:
    """Python code that runs lets a waiting signal be seen."""


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def _excepthook(complain: Callable[[str], None]) -> Hook:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("an error that nobody expected", exc_info=(kind, error, trace))
        complain(translate("frame", "A part of the window failed ({error}). The log says more").format(error=kind.__name__))

    return hook
