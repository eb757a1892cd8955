"""What the frame says of the demo's scenario, and its Repair button."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from noc_console.model.severity import Severity
from noc_console.text import clean
from widgets import words
from widgets.backend import ScenarioControl
from widgets.frame.banner import Button
from widgets.frame.go_to import Goal
from widgets.frame.lasting import Lasting
from widgets.view import ViewContext
from widgets.words import translate


class ScenarioNote(QObject):
    """Looks once a second at the scenario."""

    def __init__(self, lasting: Lasting, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lasting, self._context = lasting, context
        self._control: ScenarioControl | None = None

    def watch(self, control: ScenarioControl | None) -> None:
        """The scenario's control, where there is one."""
        self._control = control

    def goals(self) -> list[Goal]:
        """The scenarios that can be begun, and the repair, for Ctrl+K."""
        control = self._control
        if control is None:
            return []
        begin = translate("scenario", "Demo: begin {name}")
        repair = [Goal(translate("scenario", "Demo: repair"), control.repair)] if control.name else []
        return [*repair, *(Goal(begin.format(name=name), partial(control.begin, name)) for name in control.list())]

    @Slot(float)
    def look(self, now: float) -> None:
        """Say what runs."""
        control = self._control
        if control is None:
            return
        if not control.name:
            self._lasting.say("scenario", "")
        elif control.begun is None:
            text = translate("scenario", "Demo: {name} begins soon")
            self._lasting.say("scenario", text.format(name=clean(control.name, 40)), Severity.INDETERMINATE)
        else:
            text = translate("scenario", "Demo: {name} since {time}. It is a simulated fault")
            zone = words.home_zone(self._context.mirror.inventory, self._context.selection.site)
            begun = words.clock(control.begun, zone, seconds=True)
            said = text.format(name=clean(control.name, 40), time=begun)
            self._lasting.say(
                "scenario", said, Severity.INDETERMINATE, Button(translate("scenario", "Repair"), "", control.repair)
            )
