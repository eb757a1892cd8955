import random
from queue import SimpleQueue

import pytest

from collectors.snmp.failure import PollFailed
from collectors.snmp.preparing import Preparer
from noc_console.model.fleet import Collect, Credential, Inventory

SWITCHES = Credential(name="switches", kind="snmp-v2c")


class Secrets:
    """Breaks at the first, as a library that is half installed does."""

    def __init__(self) -> None:
        self.asked = 0

    def get(self, _credential: str, _name: str) -> str:
        self.asked += 1
        if self.asked == 1:
            raise ImportError("no such backend")
        return "public"


@pytest.mark.expected_log("the way to leaf-01 could not be made")
def test_a_secret_store_that_breaks_costs_one_device_and_the_next_gets_its_line():
    made: SimpleQueue = SimpleQueue()
    inventory = Inventory(credentials={"switches": SWITCHES})
    preparer = Preparer(inventory, Secrets(), random.Random(1), lambda device, line: made.put((device, line)))
    preparer.start()
    for device in ("leaf-01", "leaf-02"):
        where = Collect(protocol="snmp", credential="switches", address="127.0.0.1", port=161, interval=30.0)
        preparer.want(device, where)
    first, second = made.get(timeout=5), made.get(timeout=5)
    preparer.stop()
    preparer.join(5)
    assert first[0] == "leaf-01"
    assert isinstance(first[1], PollFailed)
    assert "own-failure" in str(first[1])
    assert second[0] == "leaf-02"
    assert not isinstance(second[1], PollFailed)
