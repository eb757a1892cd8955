import time
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noc_console.inventory import InventoryError, load
from noc_console.inventory.ranges import RangeError, share_out, spread
from noc_console.model.fleet import Collect, End, Link
from noc_console.toml_lines import Lines

FLEET = """\
[roles.leaf]
interval = 15
collect = { snmp = { credential = "switches", timeout = 2.5 } }
limits = { temperature_celsius = { major = 60, critical = 70 } }
port_alarms = "all"
labels = { team = "network" }

[credentials.switches]
kind = "snmp-v3"
user = "noc"
auth = "SHA-256"
privacy = "AES-128"

[credentials.servers]
kind = "ssh"
user = "noc"
key = "keys/noc"

[[sites]]
name = "hanoi"
timezone = "Asia/Ho_Chi_Minh"

[[collectors]]
name = "hanoi-1"
site = "hanoi"
attached = ["leaf-01:Ethernet48"]

[[racks]]
name = "h1-a01"
site = "hanoi"
room = "hall-1"
power = ["pdu-a", "pdu-b"]
cooling = ["crac-1"]
needs_power = 2

[[racks]]
name = "h1-a02"
site = "hanoi"

[[devices]]
name = "leaf-01"
formerly = ["old-leaf-01"]
address = "192.0.2.11"
role = "leaf"
rack = "h1-a01"
power = ["pdu-a"]
limits = { temperature_celsius = { major = 45 } }
collect = { snmp = { context = "vrf-1" }, ssh = { credential = "servers", port = 2222, via = "bastion" } }
labels = { row = "A" }

[[devices]]
name = "leaf-02"
address = "192.0.2.12"
role = "leaf"
rack = "h1-a01"
interval = 20
collect = { snmp = false, local = true }

[[devices]]
name = "bastion"
address = "bastion.example"
role = "server"
collect = { ssh = "servers" }

[[devices]]
name = "pdu-[a-b]"
address = "192.0.2.[21-22]"
role = "pdu"
rack = "h1-a01"

[[devices]]
name = "crac-1"
address = "2001:db8::1"
role = "cooling"
rack = "h1-a01"

[[devices]]
name = "gpu-[0001-1000]"
address = "10.2.[0-3].[1-250]"
role = "gpu-server"
rack = "h1-[a01-a02]"
collect = { ssh = "servers" }

[[devices]]
name = "bmc-[0001-1000]"
address = "10.3.[0-3].[1-250]"
role = "bmc"
bmc_of = "gpu-[0001-1000]"

[[links]]
a = "leaf-01:Ethernet1"
b = "gpu-0001:eth0"
"""


@pytest.fixture
def fleet(tmp_path):
    file = tmp_path / "inventory.toml"
    file.write_text(FLEET)
    loaded = load(file)
    assert loaded.mistakes == ()
    assert loaded.devices == 2006
    return loaded.or_raise()


def test_the_roles_keys_are_defaults_and_the_devices_own_win(fleet):
    leaf = fleet.devices["leaf-01"]
    assert leaf.limits == {"temperature_celsius": {"major": 45.0, "critical": 70.0}}
    assert leaf.port_alarms == "all"
    assert leaf.labels == {"team": "network", "row": "A"}
    assert leaf.formerly == ("old-leaf-01",)
    snmp = Collect(
        protocol="snmp", credential="switches", address="192.0.2.11", port=161, interval=15.0, timeout=2.5, context="vrf-1"
    )
    ssh = Collect(protocol="ssh", credential="servers", address="192.0.2.11", port=2222, interval=15.0, via="bastion")
    assert leaf.collect == {"snmp": snmp, "ssh": ssh}


def test_a_protocol_set_to_false_is_not_asked_and_local_needs_no_credential(fleet):
    local = Collect(protocol="local", credential=None, address="192.0.2.12", port=0, interval=20.0)
    assert fleet.devices["leaf-02"].collect == {"local": local}


def test_built_in_intervals_are_those_of_the_roles(fleet):
    assert fleet.devices["gpu-0001"].collect["ssh"].interval == 10.0
    assert fleet.devices["bastion"].collect["ssh"].interval == 30.0


def test_what_feeds_a_rack_feeds_its_devices_unless_they_say_otherwise(fleet):
    gpu, leaf, pdu, crac = (fleet.devices[name] for name in ("gpu-0001", "leaf-01", "pdu-a", "crac-1"))
    assert (gpu.power, gpu.needs_power, gpu.cooling) == (("pdu-a", "pdu-b"), 2, ("crac-1",))
    assert (leaf.power, leaf.needs_power) == (("pdu-a",), 1)
    assert pdu.power == ()
    assert pdu.cooling == ("crac-1",)
    assert crac.cooling == ()
    assert crac.power == ("pdu-a", "pdu-b")


def test_the_site_of_a_device_is_that_of_its_rack(fleet):
    assert fleet.devices["gpu-1000"].site == "hanoi"
    assert fleet.timezone_of("gpu-1000") == "Asia/Ho_Chi_Minh"


def test_a_range_counts_the_last_part_first_and_shares_out_the_racks(fleet):
    assert fleet.devices["gpu-0001"].address == "10.2.0.1"
    assert fleet.devices["gpu-0250"].address == "10.2.0.250"
    assert fleet.devices["gpu-0251"].address == "10.2.1.1"
    assert fleet.devices["gpu-0500"].rack == "h1-a01"
    assert fleet.devices["gpu-0501"].rack == "h1-a02"
    assert fleet.devices["bmc-0777"].bmc_of == "gpu-0777"


def test_links_collectors_and_credentials_are_resolved(fleet, tmp_path):
    assert fleet.links == (Link(a=End(device="leaf-01", port="Ethernet1"), b=End(device="gpu-0001", port="eth0")),)
    assert fleet.collectors["hanoi-1"].attached == ("leaf-01:Ethernet48",)
    assert fleet.credentials["switches"].privacy == "AES"
    assert fleet.credentials["servers"].key == str(tmp_path / "keys" / "noc")


def test_a_ups_may_stand_in_the_rack_that_it_feeds(tmp_path):
    file = tmp_path / "i.toml"
    file.write_text(
        '[[racks]]\nname="r"\npower=["pdu"]\n'
        '[[devices]]\nname="ups"\naddress="a"\nrole="ups"\nrack="r"\n'
        '[[devices]]\nname="pdu"\naddress="b"\nrole="pdu"\nrack="r"\npower=["ups"]\n'
    )
    inventory = load(file).or_raise()
    assert inventory.devices["ups"].power == ()
    assert inventory.devices["pdu"].power == ("ups",)


def test_a_folder_is_read_as_one(tmp_path):
    top, _, links = FLEET.partition("[[links]]")
    (tmp_path / "a.toml").write_text("[[links]]" + links)
    (tmp_path / "b.toml").write_text(top)
    (tmp_path / ".b.toml.swp.toml").write_text("an editor's leftover")
    (tmp_path / "notes.txt").write_text("not read")
    inventory = load(tmp_path).or_raise()
    assert len(inventory.devices) == 2006
    assert len(inventory.links) == 1


def test_an_inventory_with_mistakes_is_not_given(tmp_path):
    file = tmp_path / "i.toml"
    file.write_text("x = 1\n")
    with pytest.raises(InventoryError, match=r'i\.toml:1: unknown key "x"') as raised:
        load(file).or_raise()
    assert len(raised.value.mistakes) == 1


def test_twenty_thousand_devices_load_within_two_seconds(tmp_path):
    file = tmp_path / "i.toml"
    ranges = "".join(
        f'[[devices]]\nname = "g{k}-[0001-1000]"\naddress = "10.{k}.[0-3].[1-250]"\nrole = "gpu-server"\ncollect.snmp = "s"\n'
        for k in range(20)
    )
    file.write_text('[credentials.s]\nkind = "snmp-v2c"\n' + ranges)
    began = time.process_time()
    loaded = load(file)
    assert time.process_time() - began < 2.0
    assert loaded.mistakes == ()
    assert loaded.devices == 20_000


@pytest.mark.recordings
def test_the_recorded_fleets_load(recordings):
    files = sorted((recordings / "scenarios").glob("*/inventory.toml"))
    assert files
    for file in files:
        assert load(file).mistakes == ()


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        ("gpu-[0001-1000]", "gpu-0001", "gpu-1000", 1000),
        ("10.2.[0-3].[1-250]", "10.2.0.1", "10.2.3.250", 1000),
        ("h1-[a01-a40]", "h1-a01", "h1-a40", 40),
        ("p[a-b]x", "pax", "pbx", 2),
        ("n[8-11]", "n8", "n11", 4),
        ("n[0-10]", "n0", "n10", 11),
        ("plain", "plain", "plain", 1),
    ],
)
def test_a_range_stands_for_its_values_in_order(text, first, last, count):
    values = spread(text)
    assert (values[0], values[-1], len(values), len(set(values))) == (first, last, count, count)


@given(st.text(alphabet="a01-[]9.", max_size=12))
def test_a_range_is_spread_or_refused(text):
    try:
        values = spread(text)
    except RangeError:
        return
    assert values
    assert not any(sign in value for value in values for sign in "[]")


def test_a_range_of_millions_is_refused_at_once():
    with pytest.raises(RangeError, match="more than"):
        spread("[0-999999999]")
    with pytest.raises(RangeError, match="more than"):
        spread("[0-9999][0-9999][0-9999]")


@given(st.integers(1, 60), st.integers(1, 200))
def test_racks_are_shared_out_evenly_and_in_order(racks, devices):
    values = [f"{number:03}" for number in range(racks)]
    shared = share_out(values, devices)
    counts = [shared.count(value) for value in values]
    assert len(shared) == devices
    assert shared == sorted(shared)
    assert max(counts) - min(counts) <= 1


KEYS = st.sampled_from(
    [
        "devices",
        "racks",
        "sites",
        "roles",
        "credentials",
        "links",
        "collectors",
        "name",
        "address",
        "role",
        "collect",
        "snmp",
        "limits",
        "kind",
        "port",
        "power",
        "rack",
        "a",
        "b",
        "via",
        "temperature_celsius",
        "major",
        "x",
    ]
)
LEAVES = st.one_of(
    st.sampled_from(
        ['"x"', '"x:1"', '"gpu-[1-3]"', '"192.0.2.[1-3]"', '"snmp-v2c"', '"ssh"', '"\\u202e"', '""', "true", "false"]
    ),
    st.sampled_from(
        ["1", "-1", "1.5", "nan", "inf", "1979-05-27", "[]", "{}", "[[]]", "07:32:00", '["x"]', "9223372036854775808"]
    ),
)


@st.composite
def documents(draw):
    lines = []
    for _ in range(draw(st.integers(0, 8))):
        form = draw(st.sampled_from(["key", "key", "key", "table", "array", "dotted", "inline"]))
        names = draw(st.lists(KEYS, min_size=1, max_size=3))
        value = draw(LEAVES)
        line = {
            "key": f"{names[0]} = {value}",
            "table": f"[{'.'.join(names)}]",
            "array": f"[[{names[0]}]]",
            "dotted": f"{'.'.join(names)} = {value}",
            "inline": f"{names[0]} = {{ {names[-1]} = {value} }}",
        }
        lines.append(line[form])
    return "\n".join(lines)


@given(st.one_of(documents(), st.text(max_size=200), st.binary(max_size=200)))
def test_any_garbage_gives_mistakes_and_never_an_exception(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "garbage.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
    loaded = load(file)
    assert (loaded.inventory is None) == bool(loaded.mistakes)
    assert all(mistake.says and mistake.says.isprintable() for mistake in loaded.mistakes)


@given(documents())
def test_every_mistake_in_a_well_formed_file_has_a_line_of_it(tmp_path_factory, text):
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    file = tmp_path_factory.getbasetemp() / "lines.toml"
    file.write_text(text)
    count = text.count("\n") + 1
    for mistake in load(file).mistakes:
        assert mistake.line is not None
        assert 1 <= mistake.line <= count


def test_lines_are_found_behind_strings_comments_and_arrays_over_several_lines():
    text = '''\
# [[devices]]
title = """
[[devices]]
name = 1
"""
[[devices]]
name = "a" # rack = "no"
power = [
  "x", # ]
  "y = [",
]
rack = 'r'
[devices.collect.snmp]
port = 1
[[devices]]
"name" = "b"
collect.ssh = { credential = "s" }
[roles."gpu server"]
interval = 3
'''
    lines = Lines(text)
    assert lines.of(("devices", 0)) == 6
    assert lines.of(("devices", 0, "rack")) == 12
    assert lines.of(("devices", 0, "collect", "snmp", "port")) == 14
    assert lines.of(("devices", 1, "name")) == 16
    assert lines.of(("devices", 1, "collect", "ssh", "credential")) == 17
    assert lines.of(("roles", "gpu server", "interval")) == 19
    assert lines.of(("devices", 1, "unit")) == 15
    assert lines.of(("nowhere",)) is None


def test_what_is_loaded_can_be_compared_and_changed_by_copy(fleet):
    leaf = fleet.devices["leaf-01"]
    assert replace(leaf, unit=3) != leaf
