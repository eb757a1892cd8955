"""Links as neighbours tell them, held against the plan: agreed, missing, unplanned, contradictory; and their alarms."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from monitor_bed import T0, Bed, answer, device, fleet

from noc_console.alarms.book import Identity
from noc_console.model.changes import Restored
from noc_console.model.poll import Neighbour
from noc_console.model.severity import Severity

HOUR = 3600.0
NAMES = ("leaf-1", "leaf-2", "spine-1", "spine-2", "server-1")
PLAN = (
    ("leaf-1", "up1", "spine-1", "p1"),
    ("leaf-1", "up2", "spine-2", "p1"),
    ("leaf-2", "up1", "spine-1", "p2"),
    ("leaf-1", "e1", "server-1", "eth0"),
)


def bed():
    devices = (replace(device(name, "leaf"), address=f"192.0.2.{n}") for n, name in enumerate(NAMES, 1))
    return Bed(fleet(*devices, links=PLAN))


def sees(port, host, far, protocol="lldp", **more):
    return Neighbour(protocol=protocol, local_port=port, remote_host=host, remote_port=far, **more)


def told(name, at, *neighbours, **more):
    return answer(name, at, {("", "uptime_seconds"): at}, source="snmp:inventory", neighbours=neighbours, **more)


def links(bed):
    return {(x.a.device, x.a.port, x.b.device, x.b.port): x for x in bed.monitor.snapshot(T0).links}


def alarms(bed):
    return [a for a in bed.monitor.book.alarms.values() if a.type == "link-differs" and a.is_open]


def right():
    """Everything as planned, as each switch tells it; the server tells nothing."""
    return {
        "leaf-1": [sees("up1", "spine-1", "p1"), sees("up2", "spine-2", "p1")],
        "leaf-2": [sees("up1", "spine-1", "p2")],
        "spine-1": [sees("p1", "leaf-1", "up1"), sees("p2", "leaf-2", "up1")],
        "spine-2": [sees("p1", "leaf-1", "up2")],
    }


def hours(bed, said, *, first=0, count=3):
    for hour in range(first, first + count):
        bed.feed(*(told(name, T0 + hour * HOUR + n, *seen) for n, (name, seen) in enumerate(said.items())))


def test_what_is_cabled_as_planned_is_agreed_with_its_evidence_and_age_and_a_silent_server_is_no_difference():
    one = bed()
    hours(one, right())
    found = links(one)
    assert {key[1]: link.plan for key, link in found.items() if key[0] == "leaf-1"} == {
        "up1": "agreed",
        "up2": "agreed",
        "e1": "",
    }
    link = found[PLAN[0]]
    assert (link.evidence, link.seen) == (("lldp",), T0 + 2 * HOUR + 2)
    assert alarms(one) == []


def test_a_planned_link_that_both_ends_do_not_see_is_missing_after_two_inventories_and_its_alarm_ends_when_it_is_seen():
    one, said = bed(), right()
    said["leaf-1"] = said["leaf-1"][:1]
    said["spine-2"] = [sees("p9", "somebody", "x")]
    hours(one, said, count=1)
    assert links(one)[PLAN[1]].plan == "missing"
    assert alarms(one) == [], "one inventory is no difference yet"
    hours(one, said, first=1, count=2)
    (alarm,) = alarms(one)
    assert (alarm.device, alarm.component, alarm.qualifier, alarm.severity) == ("leaf-1", "up2", "spine-2:p1", Severity.WARNING)
    assert alarm.params["plan"] == "missing"
    hours(one, right(), first=3, count=1)
    assert alarms(one) == []


def test_two_cables_that_were_exchanged_contradict_the_plan():
    one, said = bed(), right()
    said["leaf-1"] = [sees("up1", "spine-2", "p1"), sees("up2", "spine-1", "p1")]
    said["spine-1"][0], said["spine-2"] = sees("p1", "leaf-1", "up2"), [sees("p1", "leaf-1", "up1")]
    hours(one, said)
    found = links(one)
    assert (found[PLAN[0]].plan, found[PLAN[0]].instead) == ("contradictory", "spine-2:p1")
    assert {a.component: a.params["found"] for a in alarms(one)} == {"up1": "spine-2:p1", "up2": "spine-1:p1"}
    count = len(found)
    hours(one, said, first=3)
    assert len(links(one)) == count, "what is found at planned ports is found once"
    hours(one, right(), first=6)
    assert alarms(one) == []
    assert links(one)[PLAN[0]].plan == "agreed"


def test_the_wrong_port_of_the_right_device_contradicts_only_where_the_plan_has_that_port_for_another_link():
    one, said = bed(), right()
    said["leaf-1"][0] = sees("up1", "spine-1", "p2")
    said["spine-1"] = [sees("p2", "leaf-1", "up1"), sees("p1", "leaf-2", "up1")]
    said["leaf-2"] = [sees("up1", "spine-1", "p1")]
    hours(one, said)
    assert links(one)[PLAN[0]].plan == links(one)[PLAN[2]].plan == "contradictory"
    other, said = bed(), right()
    said["leaf-1"][0] = sees("up1", "spine-1", "02:00:5e:00:53:01")
    hours(other, said)
    assert links(other)[PLAN[0]].plan == "agreed"


def test_a_link_that_nobody_planned_is_one_alarm_that_ends_with_it():
    one, said = bed(), right()
    said["leaf-1"].append(sees("x1", "leaf-2", "x1"))
    said["leaf-2"].append(sees("x1", "leaf-1", "x1"))
    hours(one, said)
    (alarm,) = alarms(one)
    assert (alarm.params["plan"], alarm.component, alarm.qualifier) == ("unplanned", "x1", "leaf-2:x1")
    hours(one, right(), first=3)
    assert alarms(one) == []
    assert links(one)["leaf-1", "x1", "leaf-2", "x1"].plan == ""


def test_where_the_plan_says_nothing_of_a_device_nothing_differs():
    one = Bed(fleet(device("a", "leaf"), device("b", "leaf")))
    hours(one, {"a": [sees("1", "b", "1")], "b": [sees("1", "a", "1")]})
    assert [link.plan for link in links(one).values()] == ["unplanned"]
    assert alarms(one) == []


def test_a_link_that_is_down_is_no_second_alarm():
    one, said = bed(), right()
    hours(one, right(), count=2)
    one.feed(answer("leaf-1", T0 + 1.5 * HOUR, {("up2", "oper_status"): 0.0}))
    said["leaf-1"], said["spine-2"] = said["leaf-1"][:1], [sees("p9", "somebody", "x")]
    hours(one, said, first=2)
    assert alarms(one) == []
    link = links(one)[PLAN[1]]
    assert (link.plan, link.seen) == ("agreed", T0 + HOUR + 3)


def test_a_peer_of_bgp_supports_the_cables_between_the_two_and_makes_none():
    one, said = bed(), right()
    said["leaf-1"].append(sees("", "192.0.2.3", "", "bgp", remote_address="192.0.2.3"))
    hours(one, said, count=1)
    found = links(one)
    assert found[PLAN[0]].evidence == ("bgp", "lldp")
    assert len(found) == len(PLAN)


def test_an_alarm_of_the_run_before_ends_when_the_plan_agrees_or_has_the_link_no_more():
    one, said = bed(), right()
    said["leaf-1"].append(sees("x1", "leaf-2", "x1"))
    hours(one, said)
    restored = Restored(alarms=tuple(alarms(one)), last_alarm=99, last_entry=99, last_incident=99)
    again = Bed(one.monitor.inventory, restored, now=T0 + 4 * HOUR)
    assert len(alarms(again)) == 1
    hours(again, right(), first=5, count=2)
    assert alarms(again) == []


def test_a_difference_that_a_person_closed_is_told_again_after_two_more_inventories():
    one, said = bed(), right()
    said["leaf-1"].append(sees("x1", "leaf-2", "x1"))
    hours(one, said)
    one.monitor._cables.forget("leaf-1")
    one.monitor.book.clear(Identity(*alarms(one)[0].identity), T0 + 3 * HOUR)
    hours(one, {"leaf-1": said["leaf-1"]}, first=4, count=1)
    assert alarms(one) == []
    hours(one, {"leaf-1": said["leaf-1"]}, first=5, count=1)
    assert len(alarms(one)) == 1


SEEN = st.tuples(
    st.sampled_from(("up1", "up2", "p1", "e1", "x", "")),
    st.sampled_from((*NAMES, "who")),
    st.sampled_from(("p1", "up1", "z", "")),
    st.sampled_from(("lldp", "cdp", "bridge", "bgp")),
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.lists(SEEN, max_size=4)), max_size=12))
def test_whatever_is_told_ends_in_no_alarm_once_everything_is_as_planned(story):
    one = bed()
    for hour, (name, seen) in enumerate(story):
        one.feed(told(name, T0 + hour * HOUR, *(sees(*each) for each in seen)))
    hours(one, {**right(), "server-1": []}, first=len(story) + 1, count=3)
    assert alarms(one) == []
    assert [links(one)[key].plan for key in PLAN[:3]] == ["agreed"] * 3
