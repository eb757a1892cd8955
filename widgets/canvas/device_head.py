"""The head of the device view: what it is, how it answers, its facts. UI thread."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from noc_console.mirror import Mirror
from noc_console.text import clean
from widgets import glyphs, theme, words
from widgets.canvas import device_words
from widgets.canvas.fact_line import FactLine, Pair
from widgets.canvas.readings import answers, facts
from widgets.canvas.thermal_parts import plain_label
from widgets.words import translate

UPTIME = "uptime_seconds"
KNOWN_FACTS = ("model", "product", "serial", "firmware", "driver", "driver_version", "os", "sysDescr", "sysName")


class DeviceHead(QWidget):
    """Icon, name, place; answers, address, serial, model…"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shown = theme.current()
        self.icon = QLabel(self)
        self.name = plain_label(self, "heading", "strong")
        self.place = plain_label(self)
        self.facts = FactLine(self)
        self.buttons = QHBoxLayout()
        self._role = "unknown"
        first = QHBoxLayout()
        first.setSpacing(shown.size("space.m"))
        first.addWidget(self.icon)
        first.addWidget(self.name)
        first.addWidget(self.place, 1)
        first.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(shown.size("space.l"), shown.size("space.s"), shown.size("space.l"), shown.size("space.s"))
        column.setSpacing(shown.size("space.xs"))
        column.addLayout(first)
        column.addWidget(self.facts)
        theme.source().changed.connect(self._settle)

    def offer(self, action: QAction) -> QPushButton:
        """A button for an action, at the right of the head."""
        key = action.shortcut().toString()
        button = QPushButton(f"{action.text()}  {key}" if key else action.text(), self)
        button.setAccessibleName(action.text())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        self.buttons.addWidget(button)
        return button

    def _settle(self) -> None:
        self.icon.setPixmap(glyphs.icon(glyphs.role_icon(self._role), size="icon_l"))

    def tell(self, mirror: Mirror, device: str, now: float) -> None:
        """Show what is known of a device."""
        planned = mirror.inventory.devices.get(device)
        self._role = planned.role if planned else "unknown"
        self._settle()
        self.name.setText(device)
        place = device_words.place(mirror, planned) if planned else ""
        self.place.setText(" · ".join(part for part in (words.role(self._role) if planned else "", place) if part))
        self.facts.show_facts(pairs(mirror, device, now), muted=not answers(mirror, device))


def pairs(mirror: Mirror, device: str, now: float) -> list[Pair]:
    """(name, value) of everything the head tells; what is not known is left out."""
    found: list[Pair] = _sources(mirror, device, now)
    planned = mirror.inventory.devices.get(device)
    if planned is not None:
        found.append((translate("device", "Address"), planned.address))
    told = facts(mirror, device)
    names = {
        "model": translate("device", "Model"),
        "product": translate("device", "Product"),
        "serial": translate("device", "Serial"),
        "firmware": translate("device", "Firmware"),
        "driver": translate("device", "Driver"),
        "driver_version": translate("device", "Driver"),
        "os": translate("device", "System"),
        "sysDescr": translate("device", "System"),
        "sysName": translate("device", "Calls itself"),
    }
    found += [(names[key], clean(told[key], 90)) for key in KNOWN_FACTS if told.get(key) and told[key] != device]
    uptime = mirror.value(device, "", UPTIME)
    if uptime is not None and uptime[0] == uptime[0]:
        found.append((translate("device", "Up"), words.duration(uptime[0])))
    return found


def _sources(mirror: Mirror, device: str, now: float) -> list[Pair]:
    """How it answers, source by source, with age and duration."""
    state = mirror.devices.get(device)
    if state is None or state.reachable is None:
        return [(translate("device", "Answers"), translate("device", "not asked yet"))]
    found: list[Pair] = []
    for source in state.sources.values():
        if ":" in source.source and not source.error:
            continue  # the slower answers of a protocol that answers: said only when one fails
        if source.error:
            text = words.error(source.reason or source.error)
            if source.last_answer is not None:
                text = translate("device", "{why}, last answer {age}").format(why=text, age=words.ago(now - source.last_answer))
        elif source.last_answer is None:
            text = translate("device", "not asked yet")
        else:
            text = words.ago(now - source.last_answer)
            if source.duration is not None:
                text = translate("device", "in {duration}, {age}").format(duration=_brief(source.duration), age=text)
        found.append((source.source, text))
    if not state.reachable:
        since = words.duration(now - state.since) if state.since is not None else ""
        found.insert(0, ("", translate("device", "No answer for {duration}").format(duration=since)))
    return found


def _brief(seconds: float) -> str:
    return f"{words.number(seconds * 1000)}{words.NARROW}ms" if seconds < 1 else f"{words.number(seconds, 1)}{words.NARROW}s"


def as_text(mirror: Mirror, device: str, now: float) -> str:
    """The facts as lines, for the clipboard."""
    return "\n".join([device, *(f"{name}: {value}" if name else value for name, value in pairs(mirror, device, now))])
