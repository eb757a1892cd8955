"""Where to go: views, the way back, the next that needs someone, go-to, F6, F1. It moves the parts; it knows no window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from noc_console.text import clean
from widgets import alarm_words, cause_words, words
from widgets.frame import actions
from widgets.frame.calls import Calls
from widgets.frame.go_to import Goal
from widgets.frame.parts import Parts
from widgets.view import ViewContext, ViewDeclaration
from widgets.words import translate

MOST_BACK = 50


class Navigation(QObject):
    """Goes to views and alarms."""

    def __init__(self, context: ViewContext, calls: Calls, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._calls, self._parts = context, calls, parts
        self._views: Sequence[ViewDeclaration] = ()
        self._way: list[str] = []
        self._at = -1
        self._moving = False
        self.everywhere: list[QAction] = []
        self.more_goals: Callable[[], list[Goal]] = list
        parts.docks.view_shown.connect(self._note)

    def declare(self, views: Sequence[ViewDeclaration]) -> None:
        """The views that there are."""
        self._views = views
        self._parts.rail.show_views(views)
        self._parts.docks.declare(views)

    # ------------------------------------------------------------ views
    @Slot(str)
    def show_view(self, identifier: str) -> None:
        """Bring a view to the front."""
        self._parts.docks.show_view(identifier)

    @Slot(str)
    def _note(self, identifier: str) -> None:
        self._parts.rail.mark(identifier)
        self._parts.hint_bar.stir()
        if not self._moving and (self._at < 0 or self._way[self._at] != identifier):
            self._way = [*self._way[: self._at + 1], identifier][-MOST_BACK:]
            self._at = len(self._way) - 1

    def step(self, by: int) -> None:
        """Back or forward on the way through the views."""
        if 0 <= self._at + by < len(self._way):
            self._at += by
            self._moving = True
            self.show_view(self._way[self._at])
            self._moving = False

    def next_part(self, step: int) -> None:
        """F6: the next part of the window."""
        stops, focus = self._parts.stops(), self._parts.rail.window().focusWidget()
        at = next((i for i, part in enumerate(stops) if focus is not None and (part is focus or part.isAncestorOf(focus))), -1)
        self._parts.focus(stops[(at + step) % len(stops)])

    def focus_filter(self) -> None:
        """`/`: the filter of the view that has the focus."""
        panel = self._parts.docks.focused()
        if panel is not None:
            panel.view.focus_filter()

    def toggle_alone(self) -> None:
        """The view with the focus in the whole window, or back."""
        panel = self._parts.docks.focused()
        if panel is not None:
            self._parts.docks.toggle_alone(panel.declaration.identifier)

    @Slot(str)
    def filter_severity(self, word: str) -> None:
        """Show the alarms of one severity."""
        self.show_view("alarms")
        panel = self._parts.docks.panel("alarms")
        if panel is not None:
            panel.view.show_filter(f"sev:{word}")

    # ------------------------------------------------------------ alarms
    @Slot(int)
    def show_alarm(self, number: int) -> None:
        """Choose an alarm, in the list of alarms."""
        self.show_view("alarms")
        self._context.selection.choose_alarm(number)

    @Slot(int)
    def open_alarm(self, number: int) -> None:
        """Open the device of an alarm, or the list where it has none."""
        alarm = self._context.mirror.alarms.get(number)
        if alarm is None or not alarm.device:
            self.show_alarm(number)
            if alarm is not None and cause_words.is_inferred(alarm):
                self._context.selection.choose_place(cause_words.devices_of(alarm, self._context.mirror.inventory))
            return
        self._context.selection.choose_alarm(number)
        self._context.selection.choose_device(alarm.device, alarm.component)
        self.show_view("device")

    @Slot(str)
    def show_quiet(self, kind: str) -> None:
        """What is `folded`, `shelved` or in `maintenance`: in the list of alarms."""
        self.show_view("alarms")
        panel = self._parts.docks.panel("alarms")
        if panel is not None:
            panel.view.show_filter({"folded": "form:cause", "shelved": "scope:shelved"}.get(kind, "maintenance:"))

    def open_incident(self) -> None:
        """The cause of the symptom that is chosen, where the list has the focus; else what the banner tells."""
        alarm = self._context.mirror.alarms.get(self._context.selection.alarm)
        panel = self._parts.docks.focused()
        in_list = panel is not None and panel.declaration.identifier == "alarms"
        if alarm is not None and in_list and alarm.symptom_of in self._context.mirror.alarms:
            self.show_alarm(alarm.symptom_of or 0)
        elif self._parts.banner.alarm is not None:
            self.open_alarm(self._parts.banner.alarm.id)

    def next_waiting(self, step: int) -> None:
        """The next call that nobody has taken."""
        waiting = [alarm.id for alarm in self._calls.waiting(self._context.selection.site)]
        if not waiting:
            self._parts.toast.say(translate("frame", "Nothing needs you"))
            return
        chosen = self._context.selection.alarm
        at = waiting.index(chosen) if chosen in waiting else (-1 if step > 0 else 0)
        self.show_alarm(waiting[(at + step) % len(waiting)])

    # ------------------------------------------------------------ overlays
    def ask_where(self) -> None:
        """Ctrl+K."""
        places = (*self._view_goals(), *self._site_goals(), *self._alarm_goals(), *self._device_goals())
        self._parts.go_to.open([*places, *self.more_goals()])

    def _view_goals(self) -> list[Goal]:
        text = translate("frame", "View: {title}")
        return [Goal(text.format(title=v.title()), self._going(v.identifier)) for v in self._views]

    def _site_goals(self) -> list[Goal]:
        text, choose = translate("frame", "Site: {title}"), self._context.selection.choose_site
        goals = [Goal(text.format(title=translate("frame", "All sites")), lambda: choose(""))]
        for site in self._context.mirror.inventory.sites.values():
            goals.append(Goal(text.format(title=clean(site.title or site.name, 60)), lambda name=site.name: choose(name)))  # type: ignore[misc]
        return goals

    def _alarm_goals(self) -> list[Goal]:
        mirror, goals = self._context.mirror, []
        standing = [mirror.alarms[i] for ids in mirror.open_by_device.values() for i in ids]
        for alarm in sorted(standing, key=lambda a: (-a.severity, -a.raised))[:500]:
            text = f"{words.severity(alarm.severity)}: {' '.join(alarm_words.where(alarm)).strip()}, {alarm_words.what(alarm)}"
            goals.append(Goal(text, lambda number=alarm.id: self.show_alarm(number)))  # type: ignore[misc]
        return goals

    def _device_goals(self) -> list[Goal]:
        goals = []
        for device in self._context.mirror.inventory.devices.values():
            text = " · ".join(part for part in (device.name, words.role(device.role), device.rack, device.address) if part)
            goals.append(Goal(clean(text, 120), lambda name=device.name: self._go_to_device(name)))  # type: ignore[misc]
        return goals

    def _going(self, identifier: str) -> Callable[[], None]:
        return lambda: self.show_view(identifier)

    def _go_to_device(self, name: str) -> None:
        self._context.selection.choose_device(name)
        self.show_view("device")

    def show_keys(self) -> None:
        """F1."""
        panel = self._parts.docks.focused()
        groups = [(translate("frame", "Everywhere"), actions.listed(self.everywhere))]
        if panel is not None:
            rows = dict([*panel.view.hints(), *actions.listed(panel.view.context_actions())])
            groups.insert(0, (panel.declaration.title(), list(rows.items())))
        self._parts.keys.open(groups)

    def hints(self) -> list[tuple[str, str]]:
        """Keys of the focused part, then those that work everywhere."""
        panel = self._parts.docks.focused()
        return [*(panel.view.hints() if panel is not None else ()), *actions.fixed_hints()]
