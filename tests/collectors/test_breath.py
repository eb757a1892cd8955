"""The monitor lets the window come between: a pause now and then, longer while other threads compute, never for long."""

from collectors.breath import MOST_PAUSES, PAUSE_S, WORK_S, Breath


class Machine:
    """Clocks that go on while somebody sleeps; `others` computing threads beside him."""

    def __init__(self, others: int) -> None:
        self.now, self.spent, self.others, self.pauses = 100.0, 0.0, others, 0

    def sleep(self, seconds: float) -> None:
        self.pauses += 1
        self.now += seconds
        self.spent += self.others * seconds

    def work(self, seconds: float) -> None:
        self.now += seconds
        self.spent += seconds

    def breath(self) -> Breath:
        return Breath(lambda: self.now, lambda: self.spent, self.sleep)


def test_after_a_little_work_comes_one_pause_and_none_before():
    machine = Machine(others=0)
    breath = machine.breath()
    breath()
    machine.pauses = 0
    for _ in range(10):
        machine.work(WORK_S / 4)
        breath()
    assert machine.pauses == 2


def test_beside_a_busy_thread_pauses_are_longer_but_end():
    machine = Machine(others=1)
    machine.breath()()
    assert machine.pauses == MOST_PAUSES
    assert machine.now - 100.0 < 2 * MOST_PAUSES * PAUSE_S
