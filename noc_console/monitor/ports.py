"""Ports: those that are down and should be up, and every change of a port's state. By arrays; objects only at transitions."""

from collections.abc import Callable, Iterable, Mapping
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Param
from noc_console.model.changes import Baseline, StateChange
from noc_console.model.fleet import Device
from noc_console.model.poll import Layout, Neighbour, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.gathered import Gathered
from noc_console.topology import Topology

READINGS = 2
"""Readings in a row that must say down."""

GONE_AFTER = 2
"""Complete answers without a port until an alarm that stands on it ends."""

RE_ASK_AFTER = 1.0
"""Seconds after the first at which the second is asked for: long enough that a renegotiation is over."""

_WORD_OF = {1.0: "up", 0.0: "down"}
_NO_ALARM = "notPresent"
_SYMPTOM = "lowerLayerDown"


class _Places:
    """Where the ports of a layout are; devices that have it share this."""

    def __init__(self, layout: Layout) -> None:
        self.names = [component for component, metric in layout.keys if metric == "oper_status"]
        oper = [layout.index[name, "oper_status"] for name in self.names]
        admin = [layout.index.get((name, "admin_status"), -1) for name in self.names]
        self.columns = np.array(oper + [i for i in admin if i >= 0], dtype=np.intp)
        self.has_admin = np.array([i >= 0 for i in admin], dtype=bool)


class _Ports:
    """The ports of one layout, with their state. `code` arrays hold 1, 0, and -1 where nothing is known."""

    def __init__(self, layout: Layout, places: _Places) -> None:
        self.layout = layout
        self.names, self.columns, self.has_admin = places.names, places.columns, places.has_admin
        n = len(self.names)
        self.should = np.zeros(n, dtype=bool)
        self.oper = np.full(n, -1.0)
        self.admin = np.full(n, -1.0)
        self.count = np.zeros(n, dtype=np.int32)
        self.on = np.zeros(n, dtype=bool)
        self.since = np.zeros(n)
        self.bytes = b""
        self.calm = False
        self.gone: tuple[str, ...] = ()
        self.answers_without = 0
        self.checks = 0

    def codes(self, taken: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(oper, admin) of all ports."""
        known = np.where(np.isnan(taken), -1.0, taken)
        n = len(self.names)
        admin = np.full(n, -1.0)
        admin[self.has_admin] = known[n:]
        return known[:n], admin


class PortWatch:
    """Ports of all devices. Used from the monitor's thread."""

    def __init__(
        self,
        book: Book,
        gathered: Gathered,
        topology: Topology,
        devices: Mapping[str, Device],
        later: Callable[[float, str, str], None],
        changed: Callable[..., None],
    ) -> None:
        """`later` asks for a re-ask of (device, source) at a time; `changed` is told when a port that should be up turns."""
        self._changed = changed
        self._book = book
        self._gathered = gathered
        self._later = later
        self._topology = topology
        self._devices = devices
        self._ports: dict[tuple[str, str], _Ports] = {}
        self._places: WeakKeyDictionary[Layout, _Places] = WeakKeyDictionary()
        self._last: dict[tuple[str, str], dict[str, str]] = {}
        """By device and metric, the word of each port."""
        self._neighbours: dict[str, dict[str, str]] = {}
        self._been_up: dict[str, set[str]] = {}

    def restore(self, states: Iterable[StateChange], baselines: Iterable[Baseline]) -> None:
        """Take up the states and the expectations of the run before."""
        for state in states:
            if state.kind == "port":
                self._last.setdefault((state.device, state.name), {})[state.component] = state.now
        for baseline in baselines:
            if baseline.kind == "neighbour" and baseline.value:
                self._neighbours.setdefault(baseline.device, {})[baseline.name] = baseline.value
            elif baseline.kind == "port-up" and baseline.value:
                self._been_up.setdefault(baseline.device, set()).add(baseline.name)

    def neighbours(self, device: str, neighbours: Iterable[Neighbour], at: float) -> None:
        """A port that carried a neighbour should be up from now on.

        Not one where only a station was seen, which may be switched off. Of several that one port tells (by LLDP and by CDP)
        the first counts.
        """
        known = self._neighbours.setdefault(device, {})
        first: dict[str, Neighbour] = {}
        for each in neighbours:
            if each.local_port and each.protocol not in ("bridge", "bgp"):
                first.setdefault(each.local_port, each)
        for neighbour in first.values():
            told = f"{neighbour.remote_host} {neighbour.remote_port}"
            was = known.get(neighbour.local_port, "")
            if was != told:
                known[neighbour.local_port] = told
                self._baseline(device, "neighbour", neighbour.local_port, told, at)
                self._state(device, neighbour.local_port, "neighbour", neighbour.protocol, (was, told), at)
                self._outdate(device)

    def linked(self, device: str) -> None:
        """Another device told that one of its ports carries a link."""
        self._outdate(device)

    def forget(self, device: str | None) -> None:
        """Begin anew for a device: what still stands is raised again after its hold."""
        for key in [key for key in self._ports if key[0] == device]:
            del self._ports[key]

    def is_unsure(self, device: str, source: str) -> bool:
        """Whether a port was down once and another answer must tell."""
        ports = self._ports.get((device, source))
        return ports is not None and bool(((ports.count > 0) & ~ports.on).any())

    def checks(self, device: str, source: str) -> int:
        """How many answers of a source told of ports."""
        ports = self._ports.get((device, source))
        return ports.checks if ports is not None else 0

    def word(self, device: str, port: str) -> str:
        """`up`, `down`, or empty where nothing is known: as the port was told last."""
        return self._last.get((device, "oper_status"), {}).get(port, "")

    def _outdate(self, device: str) -> None:
        for key, ports in self._ports.items():
            if key[0] == device:
                self._set_expected(device, ports)

    def judge(self, result: PollResult) -> None:
        """Judge the ports of an answer."""
        key = (result.device, result.source)
        ports = self._ports.get(key)
        if ports is None or ports.layout is not result.layout:
            ports = self._ports[key] = self._taken_up(result.device, result.layout)
        if not len(ports.columns):
            return
        ports.checks += 1
        taken = result.values[ports.columns]
        content = taken.tobytes()
        if ports.calm and content == ports.bytes:
            return
        ports.bytes = content
        oper, admin = ports.codes(taken)
        self._note_changes(result, ports, oper, admin)
        self._alarms(result, ports)
        if ports.gone and not result.incomplete:
            self._end_what_is_gone(result, ports)

    def _taken_up(self, device: str, layout: Layout) -> _Ports:
        places = self._places.get(layout)
        if places is None:
            places = self._places[layout] = _Places(layout)
        ports = _Ports(layout, places)
        self._set_expected(device, ports)
        for i, name in enumerate(ports.names):
            alarm = self._book.standing(Identity(device, name, AlarmType.PORT_DOWN))
            if alarm is not None:
                ports.on[i], ports.since[i] = True, alarm.raised
        standing = [alarm.component for alarm in self._book.open_of(device, AlarmType.PORT_DOWN)]
        ports.gone = tuple(name for name in standing if name not in ports.names)
        return ports

    def _end_what_is_gone(self, result: PollResult, ports: _Ports) -> None:
        """A port that the device does not have any more (a line card was pulled, a tunnel removed) is not down for ever."""
        ports.answers_without += 1
        if ports.answers_without >= GONE_AFTER:
            given = {name for (device, _), other in self._ports.items() if device == result.device for name in other.names}
            for name in ports.gone:
                if name not in given:
                    who = Identity(result.device, name, AlarmType.PORT_DOWN)
                    self._book.clear(who, result.finished, "not given any more")
            ports.gone = ()

    def _set_expected(self, device: str, ports: _Ports) -> None:
        rule = self._devices[device].port_alarms
        seen = self._neighbours.get(device, {})
        been_up = self._been_up.get(device, set()) if rule == "all" else set()
        ports.calm = False
        if rule != "none":
            ports.should[:] = [name in seen or name in been_up or self._topology.is_linked(device, name) for name in ports.names]

    def _note_changes(self, result: PollResult, ports: _Ports, oper: NDArray[np.float64], admin: NDArray[np.float64]) -> None:
        for name, before, now in (("oper_status", ports.oper, oper), ("admin_status", ports.admin, admin)):
            for i in np.nonzero(before != now)[0]:
                port, word = ports.names[i], _WORD_OF.get(float(now[i]), "")
                last = self._last.setdefault((result.device, name), {})
                was = last.get(port, "")
                if was != word:
                    last[port] = word
                    self._state(result.device, port, "port", name, (was, word), result.finished)
        turned = (ports.oper != oper) & (ports.oper >= 0) & (oper >= 0) & ports.should & (admin != 0) & (ports.admin != 0)
        for i in np.nonzero(turned)[0]:
            port = ports.names[i]
            told = self._neighbour(result.device, port)
            self._changed(result.device, port, result.finished, told, up=oper[i] == 1, check=ports.checks)
        self._note_up(result, ports, oper)
        ports.oper, ports.admin = oper, admin

    def _note_up(self, result: PollResult, ports: _Ports, oper: NDArray[np.float64]) -> None:
        """Remember ports that were up, where all that have been up should stay so."""
        if self._devices[result.device].port_alarms != "all":
            return
        been_up = self._been_up.setdefault(result.device, set())
        for i in np.nonzero((oper == 1) & ~ports.should)[0]:
            name = ports.names[i]
            ports.should[i] = True
            if name not in been_up:
                been_up.add(name)
                self._baseline(result.device, "port-up", name, "up", result.finished)

    def _alarms(self, result: PollResult, ports: _Ports) -> None:
        down = (ports.oper == 0) & (ports.admin != 0) & ports.should
        words = {component: word for component, metric, word in result.texts if metric == "oper_status"}
        may_be = bool(down.any())
        for i in np.nonzero(down)[0]:
            down[i] = words.get(ports.names[i]) != _NO_ALARM
        first = down & (ports.count == 0) & ~ports.on
        ports.since = np.where(first, result.finished, ports.since)
        known = (ports.oper >= 0) | (ports.admin == 0)
        ports.count = np.where(down, ports.count + 1, np.where(known, 0, ports.count))
        for i in np.nonzero(down & ~ports.on & (ports.count >= READINGS))[0]:
            ports.on[i] = True
            self._raise(result, ports, int(i), words.get(ports.names[i], ""))
        for i in np.nonzero(ports.on & ~down & known)[0]:
            ports.on[i] = False
            self._book.clear(Identity(result.device, ports.names[i], AlarmType.PORT_DOWN), result.finished)
        if first.any():
            self._later(result.finished + RE_ASK_AFTER, result.device, result.source)
        ports.calm = not may_be and not ports.on.any() and not ports.count.any() and not ports.gone

    def _raise(self, result: PollResult, ports: _Ports, i: int, word: str) -> None:
        port = ports.names[i]
        params: dict[str, Param] = {"since": float(ports.since[i])}
        if word:
            params["text"] = word
        params.update(self._neighbour(result.device, port))
        # A port that is down because of the layer below is a symptom: a row, no call.
        severity = Severity.WARNING if word == _SYMPTOM else Severity.MAJOR
        self._book.raise_alarm(Identity(result.device, port, AlarmType.PORT_DOWN), severity, result.finished, params)

    def _neighbour(self, device: str, port: str) -> Mapping[str, Param]:
        end = self._topology.other_end(device, port)
        if end is not None:
            return {"neighbour": end.device, "neighbour_port": end.port}
        host, _, remote = self._neighbours.get(device, {}).get(port, "").partition(" ")
        return {"neighbour": host, "neighbour_port": remote} if host else {}

    def _state(self, device: str, port: str, kind: str, name: str, words: tuple[str, str], at: float) -> None:
        change = StateChange(time=at, device=device, component=port, kind=kind, name=name, was=words[0], now=words[1])
        self._gathered.states.append(change)

    def _baseline(self, device: str, kind: str, name: str, value: str, at: float) -> None:
        self._gathered.baselines.append(Baseline(device=device, kind=kind, name=name, value=value, time=at))
