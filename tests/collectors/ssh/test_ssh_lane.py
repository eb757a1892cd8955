"""A lane whose channel is closed by the server while the connection lives, and one whose connection is gone."""

from types import SimpleNamespace

import pytest

from collectors.ssh.commands import STREAM_GPU, Command, Output, fixed
from collectors.ssh.exchange import Stage
from collectors.ssh.lane import Lane

ONE = fixed("one", 8, "one", letter="o")


class Ground:
    """A link whose commands run alone at once; `soon` is done when it is told to."""

    def __init__(self, *, is_active: bool) -> None:
        self.connection = SimpleNamespace(is_active=lambda: is_active)
        self.due, self.alone = [], []

    def transport(self):
        return self.connection

    def later(self, seconds, call):
        assert seconds > 0

    def soon(self, call):
        self.due.append(call)

    def heard(self):
        assert self.connection.is_active()

    def run_alone(self, command: Command, done):
        self.alone.append(command.name)
        done(Output(command=command, status=0))

    def look_alive(self):
        raise AssertionError("nothing is silent here")


class Closed:
    """A loop's channel that takes nothing: the server has ended it before the first word."""

    stage, has_answered, exit_status, is_flooding = Stage.OPENING, False, 126, False

    def ask(self, letters: str) -> None:
        raise OSError("Socket is closed")

    advance = end = ask


@pytest.mark.parametrize(("is_active", "problem", "alone"), [(True, "", ["one"]), (False, "connection-lost", [])])
def test_a_channel_that_takes_nothing_is_not_the_connection(monkeypatch, is_active, problem, alone):
    ground, outputs = Ground(is_active=is_active), []
    lane = Lane(STREAM_GPU, ground, 5.0)
    monkeypatch.setattr(Lane, "_open", lambda self, transport: Closed())
    lane.run(ONE, outputs.append)
    while ground.due:
        ground.due.pop()()
    assert [output.problem for output in outputs] == [problem]
    assert ground.alone == alone


def test_a_channel_that_is_closed_before_it_was_written_to_is_not_the_connection(monkeypatch):
    ground, outputs, made = Ground(is_active=True), [], []

    class Opens(Closed):
        def ask(self, letters: str) -> None:
            made.append(letters)

        def advance(self):
            raise OSError("Socket is closed")

    monkeypatch.setattr(Lane, "_open", lambda self, transport: Opens())
    lane = Lane(STREAM_GPU, ground, 5.0)
    lane.run(ONE, outputs.append)
    while ground.due:
        ground.due.pop()()
    assert (made, outputs) == (["o"], [])
    lane._advance(lane._stream)
    assert [output.problem for output in outputs] == [""]
    assert ground.alone == ["one"]
