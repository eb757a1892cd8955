"""Conversations with an agent without a network."""

from collections.abc import Callable, Generator
from typing import Any

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate
from collectors.snmp.failure import PollFailed
from collectors.snmp.session import Reply
from tests.servers.snmp_agent import Agent


def reply_of(pdu: bytes) -> Reply:
    return Reply(pdu, ber.read_pdu_head(pdu, 0, len(pdu)))


def talk(
    conversation: Generator[tuple[PduTemplate, ...], list[Reply], Any],
    agent: Agent | Callable[[bytes], bytes],
    *,
    version: int = ber.V2C,
    most: int = 5_000,
) -> Any:
    """What a conversation returns. The agent may be a function from request to answer; PollFailed raised there is thrown in."""
    answer = (lambda pdu: agent.answer(pdu, version=version)) if isinstance(agent, Agent) else agent
    try:
        asked = next(conversation)
        for _ in range(most):
            try:
                replies = [reply_of(answer(getattr(each, "template", each).with_id(0x01020304))) for each in asked]
            except PollFailed as failure:
                asked = conversation.throw(failure)
            else:
                asked = conversation.send(replies)
    except StopIteration as end:
        return end.value
    raise AssertionError("the conversation does not end")
