"""The monitor lets the window come between: pauses while other threads compute, none while they do not, never for long."""

from collectors.breath import MOST_PAUSES, MOST_WAITING, PAUSE_S, WORK_S, Breath


class Machine:
    """Clocks that go on while somebody works or sleeps; other threads compute for `share` of that time."""

    def __init__(self, share: float) -> None:
        self.now, self.others, self.share, self.pauses = 100.0, 0.0, share, 0
        self.breath = Breath(lambda: self.now, lambda: self.others, self.sleep)
        self.breath()
        self.pauses = 0

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.others += self.share * seconds

    def sleep(self, seconds: float) -> None:
        self.pauses += 1
        self.pass_time(seconds)

    def work(self, seconds: float) -> None:
        for _ in range(round(4 * seconds / WORK_S)):
            self.pass_time(WORK_S / 4)
            self.breath()


def test_where_nobody_else_computes_it_goes_on():
    machine = Machine(share=0.01)
    machine.work(100 * WORK_S)
    assert machine.pauses == 0


def test_where_others_compute_now_and_then_it_looks_again_after_one_pause():
    machine = Machine(share=0.2)
    machine.work(10 * WORK_S)
    assert 5 <= machine.pauses <= 10


def test_beside_a_busy_thread_pauses_are_longer_but_end():
    machine = Machine(share=1.0)
    machine.work(1.5 * WORK_S)
    assert machine.pauses == MOST_PAUSES
    assert machine.now - 100.0 < 2 * MOST_PAUSES * PAUSE_S


def test_who_is_behind_lets_nobody_come_first():
    machine = Machine(share=0.9)
    machine.breath._waiting = lambda: MOST_WAITING
    machine.work(0.1)
    assert machine.pauses == 0
