"""What the reader thread is told while it works."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from collectors.ssh.calls import Calls


@contextmanager
def some_calls(over: threading.Event) -> Iterator[Calls]:
    with closing(Calls(over.is_set)) as calls:
        yield calls


def test_told_to_end_it_makes_no_more_calls_until_it_is_asked_for_the_rest() -> None:
    over, made = threading.Event(), []
    with some_calls(over) as calls:
        calls.put(lambda: made.append(1))
        calls.put(over.set)
        calls.put(lambda: made.append(2))
        calls.wait(0.0)
        assert made == [1]
        calls.wait(0.0)
        assert made == [1, 2]
