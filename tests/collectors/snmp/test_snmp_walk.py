"""Walks and gets, with agents good and bad."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.snmp import ber
from collectors.snmp.failure import PollFailed, timed_out
from collectors.snmp.walk import get, walk
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent, switch

COLUMNS = ("1.3.6.1.9.1.1", "1.3.6.1.9.1.2", "1.3.6.1.9.1.3")
cells = st.dictionaries(
    st.tuples(
        st.sampled_from(COLUMNS),
        st.lists(st.one_of(st.integers(0, 300), st.integers(0, 2**32 - 1)), min_size=1, max_size=3).map(tuple),
    ),
    st.integers(-100, 100),
    max_size=60,
)


def table_of(values):
    return {f"{column}.{'.'.join(map(str, index))}": (ber.INTEGER, value) for (column, index), value in values.items()}


def expected(values):
    rows = {ber.oid(column): {} for column in COLUMNS}
    for (column, index), value in sorted(values.items()):
        rows[ber.oid(column)][ber.encode_index(index)] = value
    return rows


@given(cells, st.booleans(), st.integers(1, 40), st.integers(1, 40))
def test_a_walk_finds_every_cell_in_order_however_the_agent_cuts_its_replies(values, has_bulk, most, too_big):
    agent = Agent({**table_of(values), "1.3.6.1.9.2.0": (ber.INTEGER, 1)}, most=most, too_big=max(too_big, 1))
    walked = talk(walk(map(ber.oid, COLUMNS), has_bulk=has_bulk), agent)
    assert walked.columns == expected(values)
    assert [list(rows) for rows in walked.columns.values()] == [list(rows) for rows in expected(values).values()]
    assert not walked.trouble


@given(cells)
def test_version_1_walks_to_the_end_of_the_mib(values):
    walked = talk(walk(map(ber.oid, COLUMNS), has_bulk=False), Agent(table_of(values)), version=ber.V1)
    assert walked.columns == expected(values)


def test_an_agent_that_goes_round_in_circles_is_noticed():
    names = [ber.oid(f"{COLUMNS[0]}.{n}") for n in (1, 2, 3)]

    def circle(request):
        head = ber.read_pdu_head(request, 0, len(request))
        asked = ber.read_varbinds(request, head.start, head.end)[0][0]
        following = names[(names.index(asked) + 1) % 3] if asked in names else names[0]
        return ber.encode_pdu(ber.RESPONSE, head.request_id, ber.encode_varbinds([(following, ber.INTEGER, 1)]))

    walked = talk(walk([ber.oid(COLUMNS[0])], has_bulk=True), circle)
    assert walked.trouble == "not increasing"
    assert len(walked.columns[ber.oid(COLUMNS[0])]) == 3


def test_an_agent_that_sorts_as_text_is_noticed_and_what_came_first_is_kept():
    agent = Agent({f"{COLUMNS[0]}.{n}": (ber.INTEGER, n) for n in range(1, 13)}, wrong_order=True)
    walked = talk(walk([ber.oid(COLUMNS[0])], has_bulk=True), agent)
    assert walked.trouble == "not increasing"
    assert walked.columns[ber.oid(COLUMNS[0])]


def test_an_agent_that_answers_with_nothing_ends_the_walk():
    def empty(request):
        head = ber.read_pdu_head(request, 0, len(request))
        return ber.encode_pdu(ber.RESPONSE, head.request_id, ber.encode_varbinds(()))

    assert talk(walk([ber.oid(COLUMNS[0])], has_bulk=True), empty).trouble == "truncated"


def test_a_reply_too_large_for_the_way_is_asked_for_in_small():
    agent = Agent({f"{COLUMNS[0]}.{n}": (ber.INTEGER, n) for n in range(30)})

    def lossy(request):
        answer = agent.answer(request)
        if len(answer) > 100:
            raise timed_out()
        return answer

    walked = talk(walk([ber.oid(COLUMNS[0])], has_bulk=True), lossy)
    assert len(walked.columns[ber.oid(COLUMNS[0])]) == 30
    assert not walked.trouble


def test_a_walk_that_is_cut_off_keeps_what_it_has_and_says_so():
    agent = Agent({f"{COLUMNS[0]}.{n}": (ber.INTEGER, n) for n in range(200)})
    left = iter(range(2))

    def dying(request):
        if next(left, None) is None:
            raise timed_out()
        return agent.answer(request)

    walked = talk(walk([ber.oid(COLUMNS[0])], has_bulk=True), dying)
    assert walked.trouble == "timed out"
    assert 0 < len(walked.columns[ber.oid(COLUMNS[0])]) < 200


def test_replies_grow_until_they_fill_a_frame_but_no_further():
    agent = Agent(switch(200))
    sizes = []

    def measured(request):
        answer = agent.answer(request)
        sizes.append(len(answer))
        return answer

    talk(walk([ber.oid("1.3.6.1.2.1.2.2.1.2"), ber.oid("1.3.6.1.2.1.2.2.1.10")], has_bulk=True), measured)
    assert 1000 < max(sizes) < 1460


@given(st.integers(1, 60), st.integers(1, 30), st.sampled_from([ber.V1, ber.V2C]))
def test_get_gives_what_is_there_and_leaves_out_what_is_not(count, too_big, version):
    agent = Agent({f"1.3.6.1.9.{n}.0": (ber.INTEGER, n) for n in range(0, count, 2)}, too_big=too_big)
    names = [ber.oid(f"1.3.6.1.9.{n}.0") for n in range(count)]
    found = talk(get(names), agent, version=version)
    assert found == {ber.oid(f"1.3.6.1.9.{n}.0"): n for n in range(0, count, 2)}


def test_an_agent_that_denies_access_is_no_silence():
    def denying(request):
        head = ber.read_pdu_head(request, 0, len(request))
        return ber.encode_pdu(ber.RESPONSE, head.request_id, ber.encode_varbinds(()), first=16)

    with pytest.raises(PollFailed, match="no-access"):
        talk(get([ber.oid("1.3.6.1.2.1.1.1.0")]), denying)
    assert talk(walk([ber.oid(COLUMNS[0])], has_bulk=True), denying).trouble == "no-access"


@given(st.binary(min_size=0, max_size=60))
def test_a_walk_ends_whatever_the_variable_bindings_say(rubbish):
    def odd(request):
        head = ber.read_pdu_head(request, 0, len(request))
        return ber.encode_pdu(ber.RESPONSE, head.request_id, ber.tlv(ber.SEQUENCE, rubbish))

    walked = talk(walk([ber.oid(COLUMNS[0])], has_bulk=True), odd)
    assert walked.columns == {ber.oid(COLUMNS[0]): {}}
    assert walked.trouble
