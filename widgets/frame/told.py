"""What became of a command, in one sentence: done, undone, or why not."""

from collections.abc import Sequence

from noc_console.model.command import Action, Command, CommandOutcome, PlanMaintenance
from noc_console.text import clean
from widgets import words
from widgets.words import translate


def done(orders: Sequence[Command] | PlanMaintenance) -> str:
    """`318 acknowledged`, `2 shelved until 14:40`; of several that were sent together the one that covers most."""
    if isinstance(orders, PlanMaintenance):
        ended = orders.window.ended is not None
        text = (
            translate("commands", "Maintenance ended: {title}")
            if ended
            else translate("commands", "Maintenance planned: {title}")
        )
        return text.format(title=clean(orders.window.title, 80))
    last = max(orders, key=lambda order: (order.action is Action.ASSIGN, len(order.alarms)))
    return _done(last).format(count=len(last.alarms), who=clean(last.owner, 40))


def _done(order: Command) -> str:
    if order.action is Action.ASSIGN:
        if not order.owner:
            return translate("commands", "{count} given to nobody")
        return (
            translate("commands", "{count} taken")
            if order.owner == order.who
            else translate("commands", "{count} given to {who}")
        )
    if order.action is Action.REGROUP:
        apart = order.under is None
        return translate("commands", "{count} pulled out") if apart else translate("commands", "{count} put under a cause")
    return {
        Action.ACKNOWLEDGE: translate("commands", "{count} acknowledged"),
        Action.UNACKNOWLEDGE: translate("commands", "{count} taken back"),
        Action.COMMENT: translate("commands", "{count} commented"),
        Action.CLOSE: translate("commands", "{count} closed"),
        Action.SHELVE: translate("commands", "{count} shelved"),
        Action.UNSHELVE: translate("commands", "{count} taken off the shelf"),
        Action.UNDO: translate("commands", "{count} undone"),
    }[order.action]


def undone(orders: Sequence[Command], left: int = 0) -> str:
    """`318 undone`; `315 undone, 3 left: changed since`."""
    count = max(len(order.alarms) for order in orders) - left
    text = (
        translate("commands", "{count} undone, {left} left: changed since") if left else translate("commands", "{count} undone")
    )
    return text.format(count=max(count, 0), left=left)


def failure(outcome: CommandOutcome) -> str:
    """Why a command was not done."""
    if outcome.error == "disk-full":
        return translate("commands", "Not stored: the disk is full. Free space, then press A again")
    if outcome.error == "store-failed":
        return translate("commands", "Not stored: the store does not answer. Press A again when it does")
    return refusal(words.error(outcome.error))


def refusal(why: str) -> str:
    """`Not done: the alarm is no longer there`."""
    return translate("commands", "Not done: {why}").format(why=why)
