import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.simulator.agent import Access, Agent
from collectors.simulator.mib import Column, Rows, View, fixed, numbers
from collectors.simulator.world import World
from collectors.snmp import ber, usm

OIDS = st.lists(st.integers(0, 4), min_size=2, max_size=5).map(lambda tail: (1, 3, *tail))


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[int, ...], int]:
    prefixes = draw(st.sets(st.integers(1, 6), min_size=1, max_size=4))
    found = {}
    for prefix in prefixes:
        for index in draw(st.sets(st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple), max_size=6)):
            found[1, 3, prefix, *index] = len(found)
    return found


def view_of(table: dict[tuple[int, ...], int]) -> View:
    columns = []
    for prefix in {oid[:3] for oid in table}:
        rows = sorted(oid for oid in table if oid[:3] == prefix)
        values = numbers(table[oid] for oid in rows)
        columns.append(Column(prefix, Rows(oid[3:] for oid in rows), values.__getitem__))
    return View(columns)


@given(tables(), OIDS)
def test_lookups_agree_with_a_plain_sorted_list(table: dict[tuple[int, ...], int], asked: tuple[int, ...]) -> None:
    view = view_of(table)
    order = sorted(table)
    after = next((oid for oid in order if oid > asked), None)
    position = view.after(asked)
    assert (position is None) == (after is None)
    if position is not None and after is not None:
        assert ber.oid_numbers(view.name(position)) == after
        assert view.value(position) == ber.integer(table[after])
    exact = view.at(asked)
    assert (exact is not None) == (asked in table)


@given(tables())
def test_walking_gives_every_object_once_in_order(table: dict[tuple[int, ...], int]) -> None:
    view = view_of(table)
    found = []
    position = view.after((0, 0))
    while position is not None:
        found.append(ber.oid_numbers(view.name(position)))
        position = view.following(position)
    assert found == sorted(table)


def test_columns_that_overlap_are_refused() -> None:
    rows = Rows([(1,)])
    with pytest.raises(ValueError, match="overlap"):
        View([fixed("1.3.6", rows, numbers([1])), fixed("1.3.6.1", rows, numbers([1]))])


def test_rows_that_do_not_ascend_are_refused() -> None:
    with pytest.raises(ValueError, match="ascend"):
        Rows([(2,), (1,)])


@pytest.fixture
def agent(world: World) -> Agent:
    return Agent(world, world.device["leaf-01"], Access(community="public"))


def ask(agent: Agent, kind: int, names: list[str], first: int = 0, second: int = 0) -> list[ber.VarBind]:
    pdu = ber.PduTemplate.of(kind, [ber.oid(name) for name in names], first=first, second=second).with_id(
        ber.FIRST_REQUEST_ID + 7
    )
    reply = agent.answer(ber.encode_community_message(ber.V2C, b"public", pdu))
    assert reply is not None
    head = ber.read_message(reply)
    found = ber.read_pdu_head(reply, head.start, head.end)
    assert found.request_id == ber.FIRST_REQUEST_ID + 7
    return ber.read_varbinds(reply, found.start, found.end)


def test_getbulk_gives_rows_in_turn_and_non_repeaters_once(agent: Agent) -> None:
    found = ask(agent, ber.GET_BULK, ["1.3.6.1.2.1.1.3", "1.3.6.1.2.1.31.1.1.1.1", "1.3.6.1.2.1.31.1.1.1.6"], first=1, second=3)
    names = [ber.oid_text(name) for name, _, _ in found]
    assert names[0] == "1.3.6.1.2.1.1.3.0"
    assert names[1:] == [f"1.3.6.1.2.1.31.1.1.1.{column}.{row}" for row in (1, 2, 3) for column in (1, 6)]
    assert found[1][2] == b"Ethernet1"


def test_a_getbulk_that_wants_everything_gets_what_fits(agent: Agent) -> None:
    found = ask(agent, ber.GET_BULK, ["1.3"], second=10_000)
    assert 50 < len(found) < 1000


def test_what_is_not_there_is_an_exception_and_the_end_is_told(agent: Agent) -> None:
    assert [tag for _, tag, _ in ask(agent, ber.GET, ["1.3.6.1.2.1.1.99.0"])] == [ber.NO_SUCH_INSTANCE]
    assert [tag for _, tag, _ in ask(agent, ber.GET_NEXT, ["2.1"])] == [ber.END_OF_MIB_VIEW]


def test_neighbours_are_gone_with_the_link(agent: Agent) -> None:
    def heard() -> set[bytes]:
        found = ask(agent, ber.GET_BULK, ["1.0.8802.1.1.2.1.4.1.1.9"], second=40)
        return {
            value
            for name, _, value in found
            if ber.oid_text(name).startswith("1.0.8802.1.1.2.1.4.1.1.9.") and isinstance(value, bytes)
        }

    assert {b"spine-1", b"spine-2", b"gpu-0001"} <= heard()
    agent.world.fail("spine-1")
    assert b"spine-1" not in heard()
    assert b"spine-2" in heard()


def test_a_wrong_community_and_a_broken_datagram_get_no_answer(agent: Agent) -> None:
    pdu = ber.PduTemplate.of(ber.GET, [ber.oid("1.3.6.1.2.1.1.3.0")]).with_id(ber.FIRST_REQUEST_ID)
    assert agent.answer(ber.encode_community_message(ber.V2C, b"wrong", pdu)) is None
    assert agent.answer(ber.encode_community_message(ber.V1, b"public", pdu)) is None


@given(st.binary(max_size=200))
def test_no_datagram_breaks_an_agent(data: bytes) -> None:
    assert SHARED.answer(data) is None or data


@given(st.integers(0, 60), st.binary(min_size=1, max_size=4))
def test_no_damaged_request_breaks_an_agent(at: int, instead: bytes) -> None:
    pdu = ber.PduTemplate.of(ber.GET_BULK, [ber.oid("1.3.6.1.2.1.31.1.1.1.1")], second=5).with_id(ber.FIRST_REQUEST_ID)
    message = ber.encode_community_message(ber.V2C, b"public", pdu)
    SHARED.answer(message[:at] + instead + message[at + len(instead) :])


@given(st.integers(0, 120), st.binary(min_size=1, max_size=4))
def test_no_damaged_v3_request_is_answered_with_data(at: int, instead: bytes) -> None:
    agent = V3
    keys = usm.keys_for("noc", agent.engine, auth="SHA-256", auth_passphrase="a" * 10, privacy="AES", privacy_passphrase="b" * 10)
    pdu = ber.PduTemplate.of(ber.GET, [ber.oid("1.3.6.1.2.1.1.5.0")]).with_id(ber.FIRST_REQUEST_ID)
    security = usm.Security(engine=agent.engine, boots=1, time=int(agent.world.uptime("leaf-01")))
    scoped = ber.encode_scoped(agent.engine, b"", pdu)
    message = usm.seal_message(keys, security, scoped, message_id=5, reportable=False, salt=9)
    good = agent.answer(message)
    assert good is not None
    head = ber.read_message(good)
    plain = usm.open_scoped(keys, good, head, usm.read_security(good, head))
    assert plain.endswith(b"leaf-01")
    damaged = message[:at] + instead + message[at + len(instead) :]
    if damaged[: len(message)] != message:
        assert agent.answer(damaged) is None


def _agents() -> tuple[Agent, Agent]:
    from collectors.simulator.layout import make_plan

    world = World(make_plan(20), 1_795_000_000.0)
    access = Access(user="noc", auth_passphrase="a" * 10, privacy_passphrase="b" * 10)
    return Agent(world, world.device["leaf-01"], Access(community="public")), Agent(world, world.device["leaf-01"], access)


SHARED, V3 = _agents()
