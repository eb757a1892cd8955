"""The model of the Alarms view: groups, order, filter, what is held; and its speed."""

from dataclasses import replace
from time import perf_counter

import pytest
import sample_fleet
from hypothesis import given
from hypothesis import strategies as st

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState, Severity
from widgets.models.alarm_filter import parse, severities, since_seconds, written
from widgets.models.alarm_table import AlarmTable, Group, Scope, group_of

NOW = sample_fleet.NOW


@pytest.fixture
def table():
    made = AlarmTable(sample_fleet.mirror(curves=False))
    made.restart(NOW)
    return made


def shown(table):
    return [a.id for a in table.shown()]


def narrow(table, text):
    table.wanted.terms = parse(text)
    table.settle(NOW)


def change(table, number, **what):
    table._mirror.alarms[number] = replace(table._mirror.alarms[number], **what)
    table.take([number], NOW)


def test_groups_stand_in_their_order_each_worst_then_newest(table):
    causes = [a for a in table.shown() if not table.causes.is_folded(a.id)]
    keys = [(group_of(a), -a.severity, -(a.cleared or a.raised)) for a in causes]
    assert keys == sorted(keys)
    heads = [table.group(row) for row in table.heads()]
    assert heads == [Group.NEEDS_YOU, Group.IN_HAND, Group.WARNINGS, Group.CLEARED]


def test_closed_alarms_are_only_among_all(table):
    assert 182 not in shown(table)
    table.wanted.scope = Scope.ALL
    table.settle(NOW)
    assert 182 in shown(table)


def test_mine_are_those_that_i_have_taken(table):
    table.wanted.scope, table.wanted.who = Scope.MINE, "Lan"
    table.settle(NOW)
    assert {a.state_by for a in table.shown()} == {"Lan"}


def test_worse_again_needs_someone(table):
    assert group_of(table._mirror.alarms[163]) is Group.NEEDS_YOU


def test_an_acknowledged_alarm_goes_to_in_hand(table):
    change(table, 148, state=OperatorState.ACKNOWLEDGED, state_by="Lan")
    row = table.row_of(148)
    head = max(r for r in table.heads() if r < row)
    assert table.group(head) is Group.IN_HAND


def test_what_is_held_stays_in_its_row_until_it_is_let_go(table):
    before = table.row_of(148)
    table.hold(frozenset({148}), NOW)
    change(table, 148, cleared=NOW)
    assert table.row_of(148) == before
    assert table.alarm(before).cleared == NOW
    table.hold(frozenset(), NOW)
    assert table.row_of(148) > before


def test_what_is_held_in_its_row_is_counted_where_it_belongs(table):
    def head(group):
        return table.line(next(row for row in table.heads() if table.group(row) is group))

    needs, in_hand = table.all.counts[Group.NEEDS_YOU], table.all.counts[Group.IN_HAND]
    table.hold(frozenset({148}), NOW)
    change(table, 148, state=OperatorState.ACKNOWLEDGED, state_by="Lan")
    assert head(Group.NEEDS_YOU) == f"Needs you {needs - 1}"
    assert head(Group.IN_HAND) == f"In hand {in_hand + 1}"


def test_a_change_of_one_row_touches_only_that_row(table, qtbot):
    with qtbot.waitSignal(table.dataChanged) as told:
        change(table, 148, note="x")
    first, last = told.args[0].row(), told.args[1].row()
    assert first == last == table.row_of(148)


def test_a_change_that_moves_nothing_lays_nothing_out_anew(table, qtbot):
    with qtbot.assertNotEmitted(table.layoutChanged):
        change(table, 148, note="x")


def test_a_new_alarm_enters_and_the_chosen_index_follows_its_alarm(table):
    from PySide6.QtCore import QPersistentModelIndex

    kept = QPersistentModelIndex(table.index(table.row_of(148), 0))
    table._mirror.alarms[999] = replace(table._mirror.alarms[147], id=999, raised=NOW)
    table.take([999], NOW)
    assert table.alarm(kept.row()).id == 148
    assert table.row_of(999) < table.row_of(148)


def test_a_folded_group_keeps_its_head_and_count(table):
    count = table.all.counts[Group.IN_HAND]
    table.fold(Group.IN_HAND, True, NOW)
    assert table.all.counts[Group.IN_HAND] == count
    assert not any(group_of(a) is Group.IN_HAND for a in table.shown() if a.symptom_of is None)


def test_where_nobody_is_needed_a_sentence_stands(qapp):
    table = AlarmTable(sample_fleet.mirror(broken=False, curves=False))
    table.restart(NOW)
    assert table.is_empty_note(1)
    assert table.alarm(1) is None
    assert table.group(1) is None


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("sev:critical", lambda a: a.severity is Severity.CRITICAL),
        ("sev:>=major", lambda a: a.severity >= Severity.MAJOR),
        ("sev:n", lambda a: a.severity is Severity.MINOR),
        ("sev:c,w", lambda a: a.severity in (Severity.CRITICAL, Severity.WARNING)),
        ("site:seoul", lambda a: a.site == "seoul"),
        ("site:hano", lambda a: a.site == "hanoi"),
        ("owner:lan", lambda a: "lan" in a.state_by.casefold()),
        ("type:unreach", lambda a: a.type == "unreachable"),
        ("state:new", lambda a: a.is_open and a.state is OperatorState.NONE),
        ("state:cleared", lambda a: not a.is_open),
        ("since:10m", lambda a: NOW - a.raised <= 600),
        ("crac", lambda a: a.device == "crac-1" or "crac-1" in a.why),
        ("đã cử", lambda a: "đã" in a.note and "cử" in a.note),
        ("김민준", lambda a: a.state_by == "김민준"),
        ("sev:minor type:port", lambda a: a.severity is Severity.MINOR and a.type == "port-down"),
    ],
)
def test_a_filter_shows_what_fits_and_counts_the_rest(table, text, check):
    everything = table.shown()
    narrow(table, text)
    expected = {a.id for a in everything if check(a)}
    assert expected
    assert set(shown(table)) == expected
    assert table.all.hidden == len(everything) - len(expected)


def test_a_quoted_value_may_have_spaces():
    assert [(t.key, t.value) for t in parse('owner:"Nguyễn Thị" "no answer" x')] == [
        ("owner", "nguyễn thị"),
        ("", "no answer"),
        ("", "x"),
    ]


@given(st.text())
def test_any_text_is_a_filter_and_can_be_written_again(text):
    terms = parse(text)
    assert [t.key for t in parse(written(terms))] == [t.key for t in terms] or '"' in text or any(":" in t.value for t in terms)


@given(st.text(max_size=8))
def test_a_word_that_is_no_severity_hides_nothing(word):
    assert severities(word)


def test_since_is_a_number_with_a_unit():
    assert [since_seconds(w) for w in ("40s", "30m", "2h", "1d", "x", "")] == [40.0, 1800.0, 7200.0, 86400.0, None, None]


def test_each_row_is_read_aloud(table):
    from PySide6.QtCore import Qt

    index = table.index(table.row_of(147), 2)
    assert "critical, not acknowledged, crac-1 fan" in table.data(index, Qt.ItemDataRole.AccessibleTextRole)


def test_a_hundred_thousand_rows_are_sorted_and_filtered_at_once():
    mirror = Mirror(sample_fleet.inventory())
    kinds = [a for a in sample_fleet.alarms() if a.symptom_of is None]
    for number in range(100_000):
        old: Alarm = kinds[number % len(kinds)]
        mirror.alarms[number + 1] = replace(old, id=number + 1, raised=old.raised - number * 0.01)
    table = AlarmTable(mirror)
    table.restart(NOW)
    while table.all.prepare():
        pass
    for text in ("gpu-0008", "sev:>=major site:hanoi", "since:1h", ""):
        begun = perf_counter()
        narrow(table, text)
        assert perf_counter() - begun < 0.6, text  # 0.02 to 0.05 s on an idle machine; the goal is 0.15


def test_an_alarm_that_is_not_there_has_no_row(table):
    assert table.row_of(999_999) == -1
