"""What stands in the window for as long as it is so: that the start takes its time, that nothing is stored."""

from noc_console.model.changes import StoreState
from noc_console.model.severity import Severity
from widgets.frame.lasting import Lasting
from widgets.words import error, translate


def tell_start(lasting: Lasting) -> None:
    """The backend takes its time: say what it does."""
    text = translate("frame", "Starting: what is stored is opened. A database of an older version is changed first, once")
    lasting.say("start", text, Severity.INDETERMINATE)


def tell_store(lasting: Lasting, store: StoreState) -> None:
    """Say what keeps the store from storing and how far it is with what an older version stored, or take it back."""
    text = translate("frame", "Nothing is stored now: {why}. Alarms still show; acknowledgements must wait")
    said = text.format(why=error(store.error)) if store.error else ""
    lasting.say("store", said, Severity.CRITICAL)
    text = translate("frame", "Alarms stored by an older version are made ready to be searched, the newest first: {share} %")
    said = "" if store.preparing is None else text.format(share=int(store.preparing * 100))
    lasting.say("preparing", said, Severity.INDETERMINATE)
