"""Each mistake with its line and what would be right."""

from pathlib import Path

import pytest

from noc_console.inventory import load

HEAD = """\
[credentials.switches]
kind = "snmp-v2c"

[credentials.servers]
kind = "ssh"
user = "noc"

[[sites]]
name = "hanoi"

[[racks]]
name = "a01"
site = "hanoi"

[[devices]]
name = "leaf-01"
address = "192.0.2.1"
role = "leaf"
collect = { snmp = "switches" }

"""
FIRST = HEAD.count("\n") + 1


def device(*lines: str) -> str:
    return "\n".join(["[[devices]]", 'name = "x"', 'address = "192.0.2.9"', 'role = "leaf"', *lines])


CASES = [
    # what is added, its line there (from 0), words of the mistake
    ("[[device]]\nname = 'x'", 0, 'unknown key "device"; did you mean "devices"?'),
    (device('rak = "a01"'), 4, 'unknown key "rak"; did you mean "rack"?'),
    (device('rack = "a99"'), 4, 'there is no rack "a99"; known: a01'),
    (device('site = "hanoy"'), 4, 'there is no site "hanoy"; did you mean "hanoi"?'),
    (device('collect = { snmp = "switchs" }'), 4, 'there is no credential "switchs"; did you mean "switches"?'),
    (device('collect = { snmp = "servers" }'), 4, "of kind ssh, which does not fit snmp"),
    (device('collect = { ssh = "switches" }'), 4, "of kind snmp-v2c, which does not fit ssh"),
    (device("collect = { snmp = true }"), 4, "collect.snmp names no credential"),
    (device("collect = { local = { port = 3 } }"), 4, '"port" means nothing for local'),
    (device('collect = { snpm = "switches" }'), 4, '"snpm" is none of snmp, ssh, local; did you mean "snmp"?'),
    (device('collect = { snmp = { credential = "switches", prot = 3 } }'), 4, 'unknown key "prot"; did you mean "port"?'),
    (
        device('collect = { snmp = { credential = "switches", port = 70000 } }'),
        4,
        '"collect.snmp.port" must be at most 65535, not 70000',
    ),
    (device('collect = { snmp = { credential = "switches", via = "leaf-01" } }'), 4, '"via" means nothing for snmp'),
    (device('collect = { snmp = { credential = "switches", mtu = 500 } }'), 4, "mtu"),
    (device('collect = { ssh = { credential = "servers", mtu = 9000 } }'), 4, '"mtu" means nothing for ssh'),
    (device('collect = { ssh = { credential = "servers", via = "leaf-01" } }'), 4, '"leaf-01" is not asked over ssh'),
    (
        device('collect = { ssh = { credential = "servers", via = "leaf-1" } }'),
        4,
        'there is no device "leaf-1"; did you mean "leaf-01"?',
    ),
    (device('collect = { ssh = { credential = "servers", via = "x" } }'), 4, 'the jumps from "x" lead back to it'),
    (
        device("[devices.collect.snmp]", 'credential = "switches"', 'interval = "30"'),
        6,
        '"collect.snmp.interval" must be a number, not "30"',
    ),
    (device("unit = 60", 'rack = "a01"'), 4, "unit 60 is above the 42 units"),
    (device("unit = 1.5"), 4, '"unit" must be a whole number, not 1.5'),
    (device("interval = 0"), 4, '"interval" must be more than 0'),
    (device("interval = nan"), 4, '"interval" must be a finite number'),
    (device('power = ["pdu-1"]'), 4, 'there is no device "pdu-1"'),
    (device('power = "leaf-01"'), 4, '"power" must be a list'),
    (device('power = ["leaf-01"]', "needs_power = 2"), 5, "needs 2 of the 1 in power"),
    (device('power = ["x"]'), 4, "power goes in a circle"),
    (device('bmc_of = "leaf-02"'), 4, 'there is no device "leaf-02"; did you mean "leaf-01"?'),
    (device('bmc_of = "x"'), 4, "cannot be its own management controller"),
    (device('formerly = ["leaf-01"]'), 4, "is the name of a device now"),
    (device("limits = { temperature_celcius = { major = 45 } }"), 4, 'no metric; did you mean "temperature_celsius"?'),
    (device("limits = { temperature_celsius = { majr = 45 } }"), 4, 'did you mean "major"?'),
    (device("limits = { temperature_celsius = { major = 45, critical = 40 } }"), 4, "critical 40 lies below major 45"),
    (device('port_alarms = "al"'), 4, '"al" is none of planned, all, none; did you mean "all"?'),
    (device("labels = { team = 3 }"), 4, '"labels.team" must be text in quotes, not 3'),
    ('[[devices]]\nname = "x"\naddress = "192.0.2.9"', 0, '"role" is missing'),
    ('[[devices]]\naddress = "192.0.2.9"\nrole = "leaf"', 0, '"name" is missing'),
    (
        '[[devices]]\nname = "leaf-01"\naddress = "192.0.2.9"\nrole = "leaf"',
        1,
        f'device "leaf-01" is given twice (the other: FILE line {HEAD.count(chr(10), 0, HEAD.index("[[devices]]")) + 1})',
    ),
    ('[[devices]]\nname = "a:b"\naddress = "192.0.2.9"\nrole = "leaf"', 1, "may hold no colon"),
    ('[[devices]]\nname = "x"\naddress = "192.0.2.300"\nrole = "leaf"', 2, "is no IPv4 address"),
    ('[[devices]]\nname = "x"\naddress = "192.0.2.1:161"\nrole = "leaf"', 2, "a port goes into collect"),
    ('[[devices]]\nname = "x"\naddress = "two words"\nrole = "leaf"', 2, "is no host name"),
    (
        '[[devices]]\nname = "x"\naddress = "192.0.2.1"\nrole = "leaf"\ncollect = { snmp = "switches" }',
        0,
        '"x" and "leaf-01" are the same target: snmp at 192.0.2.1 port 161',
    ),
    (
        '[[devices]]\nname = "g-[1-4]"\naddress = "192.0.2.[1-3]"\nrole = "x"',
        2,
        '"192.0.2.[1-3]" stands for 3 of address, the name for 4',
    ),
    ('[[devices]]\nname = "g-[1..4]"\naddress = "192.0.2.[1-4]"\nrole = "x"', 1, '"[1..4]" is no range'),
    ('[[devices]]\nname = "g-[4-1]"\naddress = "192.0.2.[1-4]"\nrole = "x"', 1, "counts down"),
    ('[[devices]]\nname = "g-[01-100]"\naddress = "192.0.2.[1-4]"\nrole = "x"', 1, "differ in width"),
    ('[[devices]]\nname = "g-[1-2"\naddress = "192.0.2.[1-4]"\nrole = "x"', 1, "do not pair"),
    ('[[devices]]\nname = "g-[1-2]"\naddress = "192.0.2.[1-2]"\nrole = "x"\nrack = "a[01-03]"', 4, "more than the 2 devices"),
    (
        '[[devices]]\nname = "g-[1-2]"\naddress = "192.0.2.[1-2]"\nrole = "x"\nrack = "a[01-02]"',
        4,
        'there is no rack "a02"; did you mean "a01"?',
    ),
    ('[[devices]]\nname = "g-[1-2]"\naddress = "192.0.2.[8-9]"\nrole = "x"\nformerly = ["old"]', 4, "cannot all be formerly one"),
    ('[[devices]]\nname = "g-[1-2]"\naddress = "192.0.2.7"\nrole = "x"', 2, "stands for 1 of address, the name for 2"),
    ('[[links]]\na = "leaf-01:e1"\nb = "leaf-02:e1"', 2, 'there is no device "leaf-02"; did you mean "leaf-01"?'),
    ('[[links]]\na = "leaf-01"\nb = "leaf-01:e1"', 1, "must name a device and its port"),
    ('[[links]]\na = "leaf-01:e1"\nb = "leaf-01:e1"', 0, "both ends"),
    ('[[links]]\na = "leaf-01:e1"\nb = "leaf-01:e2"\n[[links]]\na = "leaf-01:e2"\nb = "leaf-01:e1"', 3, "given twice"),
    ('[[sites]]\nname = "hanoi"', 0, 'site "hanoi" is given twice'),
    ('[[sites]]\nname = "s"\ntimezone = "Asia/Ho_Chi_Min"', 2, 'did you mean "Asia/Ho_Chi_Minh"?'),
    ('[[sites]]\nname = "s"\nlatitude = 91.0\nlongitude = 1', 2, '"latitude" must be at most 90'),
    ('[[sites]]\nname = "s"\nlatitude = 9', 0, "only one of latitude and longitude"),
    ('[[racks]]\nname = "b"\nsite = "hano"', 2, 'there is no site "hano"; did you mean "hanoi"?'),
    ('[[racks]]\nname = "b"\ncooling = [\n  "crac-1",\n]', 2, 'there is no device "crac-1"'),
    ('[[racks]]\nname = "b-[1-4]"', 1, "only [[devices]] can be ranges"),
    ('[[racks]]\nname = "b"\nneeds_power = 2', 2, "needs 2 of the 0 in power"),
    ('[[collectors]]\nname = "c"\nattached = ["leaf-2:e1"]', 2, 'there is no device "leaf-2"'),
    ('[credentials.v3]\nkind = "snmp-v3"\nuser = "noc"\nauth = "SHA-265"', 3, 'did you mean "SHA-256"?'),
    ('[credentials.v3]\nkind = "snmp-v3"\nauth = "SHA-256"', 0, "names no user"),
    ('[credentials.v3]\nkind = "snmp-v3"\nuser = "noc"\nprivacy = "AES"', 3, "no privacy without authentication"),
    ('[credentials.v2]\nkind = "snmp-v2c"\nuser = "noc"', 2, '"user" means nothing for kind snmp-v2c'),
    ('[credentials.v2]\nkind = "snmp-v2c"\ncommunity = "public"', 2, 'unknown key "community"'),
    ('[credentials.v2]\nkind = "snmpv2c"', 1, 'did you mean "snmp-v2c"?'),
    ('[roles.leaf]\ncollect = { ssh = "server" }', 1, 'there is no credential "server"; did you mean "servers"?'),
    ("[roles.leaf]\nlimits = { temperature_celsius = { warning = 50, minor = 40 } }", 1, "minor 40 lies below warning 50"),
    ("[roles]\nleaf = 3", 1, "must be a table, not 3"),
]


@pytest.mark.parametrize(("added", "line", "says"), CASES, ids=[case[2][:50] for case in CASES])
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(tmp_path, added, line, says):
    file = tmp_path / "inventory.toml"
    file.write_text(HEAD + added + "\n")
    loaded = load(file)
    assert loaded.inventory is None
    assert len(loaded.mistakes) == 1, [str(mistake) for mistake in loaded.mistakes]
    mistake = loaded.mistakes[0]
    assert mistake.file == str(file)
    assert says.replace("FILE", str(file)) in mistake.says
    if line is not None:
        assert mistake.line == FIRST + line


def test_every_mistake_of_every_file_is_told_at_once(tmp_path):
    (tmp_path / "a.toml").write_text(device('rak = "x"', "unit = 0") + "\n")
    (tmp_path / "b.toml").write_text('[[devices]]\nname = "y"\n[[links]]\na = "x:1"\nb = "z:1"\n[oops\n')
    (tmp_path / "c.toml").write_text('[[links]]\na = "x:1"\nb = "nowhere:1"\n')
    loaded = load(tmp_path)
    told = [(Path(mistake.file).name, mistake.line) for mistake in loaded.mistakes]
    assert told == [("a.toml", 5), ("a.toml", 6), ("b.toml", 6), ("c.toml", 3)]


def test_the_same_name_in_two_files_names_both(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text('\n[credentials.s]\nkind = "snmp-v1"\n')
    (mistake,) = load(tmp_path).mistakes
    assert mistake.file.endswith("b.toml")
    assert "a.toml line 2" in mistake.says


def test_two_devices_cannot_both_be_this_machine(tmp_path):
    file = tmp_path / "i.toml"
    file.write_text(
        "".join(f'[[devices]]\nname = "{name}"\naddress = "{name}"\nrole = "server"\ncollect.local = true\n' for name in "ab")
    )
    (mistake,) = load(file).mistakes
    assert '"b" and "a" are both this machine' in mistake.says


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        (b"\n[[devices]\n", 2, "is no TOML"),
        (b'\nx = "\xff"\n', 2, "is no UTF-8"),
        (b"x = " + b"[" * 100_000, None, "nested too deeply"),
        (b'name = "', 1, "is no TOML"),
        (b"x = " + b"9" * 5000, None, "is no TOML"),
    ],
)
def test_what_is_no_toml_is_told_with_the_parsers_line(tmp_path, raw, line, says):
    file = tmp_path / "i.toml"
    file.write_bytes(raw)
    (mistake,) = load(file).mistakes
    assert says in mistake.says
    assert mistake.line == line


def test_a_missing_file_and_an_empty_folder_are_mistakes(tmp_path):
    (mistake,) = load(tmp_path / "none.toml").mistakes
    assert "no such file" in mistake.says
    (mistake,) = load(tmp_path).mistakes
    assert "no *.toml file" in mistake.says


def test_a_list_that_is_no_list_of_tables_says_how_to_write_it(tmp_path):
    file = tmp_path / "i.toml"
    file.write_text("devices = 3\n[roles.x]\n[[credentials]]\n")
    assert [(mistake.line, mistake.says) for mistake in load(file).mistakes] == [
        (1, '"devices" must be written as [[devices]] tables'),
        (3, '"credentials" must be written as [credentials.NAME] tables'),
    ]


def test_thousands_of_the_same_mistake_are_told_up_to_a_bound_and_counted(tmp_path):
    file = tmp_path / "i.toml"
    file.write_text(
        "".join(f'[[devices]]\nname = "d{number}"\naddress = "d{number}"\nrole = "x"\nrak = 1\n' for number in range(1200))
    )
    loaded = load(file)
    assert loaded.devices == 1200
    assert len(loaded.mistakes) == 1001
    assert loaded.mistakes[999].line == 5000
    assert loaded.mistakes[1000].says == "and 200 more mistakes; mend these first"


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path):
    (tmp_path / "broken.toml").symlink_to(tmp_path / "broken.toml")
    (mistake,) = load(tmp_path).mistakes
    assert "cannot be read" in mistake.says
