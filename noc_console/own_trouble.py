"""Failures of the monitor thread itself: logged with a traceback where they are new, shown as a collector that is not alive."""

import logging

from noc_console.model.changes import CollectorState

log = logging.getLogger(__name__)

QUIET_SECONDS = 60.0
"""Without another failure for so long, the monitor counts as well again."""
OWN_NAME = "monitor"
"""Under this name the thread's own failures stand among the collectors."""


class OwnTrouble:
    """Failures of the thread itself: logged with a traceback where they are new, shown as a collector that is not alive."""

    def __init__(self) -> None:
        self.errors = 0
        self.state: CollectorState | None = None
        self._logged: set[str] = set()
        self._last = 0.0
        self._told: CollectorState | None = None

    def note(self, error: Exception, now: float) -> None:
        """One more failure."""
        self.errors += 1
        self._last = now
        kind = f"{type(error).__name__}: {_where(error)}"
        if kind in self._logged:
            log.debug("again: %s", kind)
        else:
            self._logged.add(kind)
            log.error("the monitor failed and goes on", exc_info=error)
        self.state = self._state(alive=False, now=now)

    def news(self, now: float) -> CollectorState | None:
        """What changed since it was last told, if anything did."""
        if self.state is not None and not self.state.alive and now - self._last >= QUIET_SECONDS:
            self._logged.clear()
            log.info("the monitor has not failed for %.0f s", now - self._last)
            self.state = self._state(alive=True, now=now)
        if self.state is self._told:
            return None
        self._told = self.state
        return self.state

    def _state(self, *, alive: bool, now: float) -> CollectorState:
        return CollectorState(
            collector=OWN_NAME,
            alive=alive,
            last_beat=now,
            devices=0,
            polls=0,
            due=0,
            failed=self.errors,
            late=0,
            behind_seconds=0.0,
        )


def _where(error: Exception) -> str:
    """File and line of the innermost frame."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
