"""What a person's closing of an alarm that stands means to those who judge, and what undoing it does."""

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.monitor.cables import CableWatch
from noc_console.monitor.collectors_watch import CollectorsWatch
from noc_console.monitor.flapping import FlapWatch
from noc_console.monitor.gpu_judge import GpuJudge
from noc_console.monitor.gpus import GpuWatch
from noc_console.monitor.judge import Judge
from noc_console.monitor.log_events import LogEvents
from noc_console.monitor.ports import PortWatch
from noc_console.monitor.reachability import TYPES as REACHABILITY_TYPES
from noc_console.monitor.reachability import Reachability


class Closing:
    """Tells the judges. Used from the monitor's thread."""

    def __init__(
        self,
        judges: tuple[Judge, GpuJudge, PortWatch, CableWatch],
        flaps: FlapWatch,
        gpus: GpuWatch,
        collectors: CollectorsWatch,
        reach: Reachability,
        events: LogEvents,
    ) -> None:
        self._judges = judges
        self._flaps = flaps
        self._gpus = gpus
        self._collectors = collectors
        self._reach = reach
        self._events = events

    def ended(self, alarm: Alarm) -> None:
        """A person ended it though it stood: what still stands is raised again, as a new alarm, after its hold."""
        for judge in self._judges:
            judge.forget(alarm.device)
        self._flaps.forget(alarm.device, alarm.component)
        if alarm.type == AlarmType.COLLECTOR_DEAD:
            self._collectors.forget(alarm.component)
        if alarm.type == AlarmType.GPU_MISSING:
            self._gpus.forget(alarm.device, alarm.component)

    def undone(self, alarm: Alarm, at: float) -> None:
        """It stands again: what ends it is watched for again, also where that was seen meanwhile. `at` is now (UTC seconds)."""
        for judge in self._judges:
            judge.forget(alarm.device)
        if alarm.type == AlarmType.FLAPPING:
            self._flaps.remember(alarm.device, alarm.component)
        if alarm.type == AlarmType.GPU_MISSING:
            self._gpus.remember(alarm.device, alarm.component, str(alarm.params.get("serial") or ""))
        if alarm.type in (AlarmType.GPU_LOST, AlarmType.GPU_MISSING) and alarm.device is not None:
            self._gpus.watch(alarm.device)
        if alarm.type in REACHABILITY_TYPES and alarm.device is not None:
            self._reach.stands_again(alarm.device, at)
        self._events.undone(alarm, at)
