"""`noc-console discover` against loopback agents: who answers, with what, how they are cabled, and what is never sent."""

import json
import os
import random
import signal
import threading
import time
import tomllib

import pytest

from collectors.discovery.discover import Discovery, Means
from collectors.ssh.known_hosts import KnownHosts
from main import main
from noc_console.inventory import load
from noc_console.model.discovery import DiscoveryOrder
from noc_console.model.fleet import Credential, Inventory
from noc_console.profiles.catalogue import own_catalogue
from tests.servers.snmp_subnet import Subnet, cabled, named_switch

KEYS = {"auth": "SHA-256", "auth_passphrase": "one passphrase", "privacy": "AES", "privacy_passphrase": "another one"}
INVENTORY = """
[credentials.lab]
kind = "snmp-v2c"
[credentials.noc]
kind = "snmp-v3"
user = "noc"
auth = "SHA-256"
privacy = "AES"
[credentials.other]
kind = "snmp-v3"
user = "somebody"
auth = "SHA-256"
privacy = "AES"
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name, secret in (
        ("LAB_COMMUNITY", "public"),
        ("NOC_AUTH", "one passphrase"),
        ("NOC_PRIVACY", "another one"),
        ("OTHER_AUTH", "a third passphrase"),
        ("OTHER_PRIVACY", "a fourth passphrase"),
    ):
        monkeypatch.setenv(f"NOC_SECRET_{name}", secret)
    (tmp_path / "inventory.toml").write_text(INVENTORY)
    return tmp_path


def fabric(leaves=12, spines=4, base="127.7.1"):
    """Leaves with a link to each spine; every end tells of the other."""
    agents = {}
    for spine in range(1, spines + 1):
        agents[f"{base}.{spine}"] = named_switch(f"spine-{spine}.lab.example", leaves)
    for leaf in range(1, leaves + 1):
        objects = agents[f"{base}.{spines + leaf}"] = named_switch(f"leaf-{leaf:03}.lab.example", spines)
        for spine in range(1, spines + 1):
            cabled(objects, spine, f"spine-{spine}.lab.example", f"GigabitEthernet{leaf}", f"{base}.{spine}")
            cabled(agents[f"{base}.{spine}"], leaf, f"leaf-{leaf:03}.lab.example", f"Gi{spine}", f"{base}.{spines + leaf}")
    return agents


def expected_links(leaves=12, spines=4):
    return {
        frozenset((f"leaf-{leaf:03}:Gi{spine}", f"spine-{spine}:Gi{leaf}"))
        for leaf in range(1, leaves + 1)
        for spine in range(1, spines + 1)
    }


def discover(capsys, *words):
    status = main(["discover", *words])
    printed = capsys.readouterr()
    return status, json.loads(printed.out) if printed.out else None, printed.err


def test_a_network_of_a_whole_24_is_found_with_its_links_and_its_inventory_is_accepted(capsys, home):
    with Subnet(fabric(236, 4)) as subnet:
        began = time.monotonic()
        status, told, err = discover(
            capsys, "127.7.1.0/24", "--credential", "lab", "--community-range", "lab=127.7.1.0/24", "--port", str(subnet.port),
            "--out", str(home / "found.toml"),
        )  # fmt: skip
        took = time.monotonic() - began
    assert status == 0
    assert (told["asked"], len(told["devices"]), told["complete"]) == (254, 240, True)
    assert {frozenset((link["a"], link["b"])) for link in told["links"]} == expected_links(236, 4)
    assert all(link["ends"] == 2 and not link["doubt"] for link in told["links"])
    loaded = load(home / "found.toml")
    assert loaded.mistakes == ()
    assert (len(loaded.inventory.devices), len(loaded.inventory.links)) == (240, 944)
    assert loaded.inventory.devices["spine-1"].role == "spine"
    assert loaded.inventory.devices["spine-1"].collect["snmp"].port == subnet.port
    assert "254/254 asked" in err
    assert took < 60, took


def test_version_3_goes_first_and_a_community_only_where_it_is_named_for(capsys):
    agents = {f"127.7.2.{n}": named_switch(f"sw-{n}", 2) for n in range(1, 7)}
    users = {"127.7.2.1": {"noc": KEYS}, "127.7.2.2": {"noc": KEYS}}
    with Subnet(agents, users=users) as subnet:
        status, told, _ = discover(
            capsys, "127.7.2.1-6", "--credential", "lab", "--credential", "other", "--credential", "noc",
            "--community-range", "lab=127.7.2.0/30", "--port", str(subnet.port), "--timeout", "0.4",
        )  # fmt: skip
    assert status == 0
    assert {each["address"]: each["credential"] for each in told["devices"]} == {
        "127.7.2.1": "noc",
        "127.7.2.2": "noc",
        "127.7.2.3": "lab",
    }
    assert {address for address, said in subnet.heard if said == "public"} == {"127.7.2.3"}
    first = {}
    for address, said in subnet.heard:
        first.setdefault(address, said)
    assert set(first.values()) == {"v3"}
    assert len(first) == 6


def test_few_tries_at_what_stays_silent(capsys):
    with Subnet({}, silent=("127.7.3.1",)) as subnet:
        status, told, _ = discover(
            capsys, "127.7.3.1", "--credential", "lab", "--credential", "noc", "--credential", "other",
            "--community-range", "lab=127.7.3.1", "--port", str(subnet.port), "--timeout", "0.2",
        )  # fmt: skip
    assert (status, told["devices"]) == (0, [])
    assert [said for _, said in subnet.heard] == ["v3", "v3", "public", "public"]


def test_what_answers_and_takes_no_credential_is_told_with_the_reason(capsys, home):
    with Subnet({"127.7.4.1": named_switch("a", 1)}, users={"127.7.4.1": {"noc": KEYS}}) as subnet:
        status, told, _ = discover(
            capsys, "127.7.4.1", "--credential", "other", "--port", str(subnet.port), "--timeout", "0.4",
            "--out", str(home / "f.toml"),
        )  # fmt: skip
    assert status == 0
    assert [(each["address"], each["refused"], each["credential"]) for each in told["devices"]] == [
        ("127.7.4.1", "unknown-user", "")
    ]
    text = (home / "f.toml").read_text()
    assert "# - 127.7.4.1 (unknown-user)" in text
    assert tomllib.loads(text) == {}


def test_a_seed_is_followed_hop_by_hop_and_never_out_of_the_networks_named(capsys, monkeypatch):
    chain = {f"127.7.5.{n}": named_switch(f"hop-{n}", 3) for n in range(1, 5)}
    for n in range(1, 4):
        cabled(chain[f"127.7.5.{n}"], 1, f"hop-{n + 1}", "Gi2", f"127.7.5.{n + 1}")
    cabled(chain["127.7.5.1"], 3, "elsewhere", "Gi1", "127.7.6.1")
    chain["127.7.6.1"] = named_switch("elsewhere", 1)
    words = ("--seed", "127.7.5.1", "--within", "127.7.5.0/24", "--credential", "lab", "--community-range", "lab=127.7.0.0/16")
    with Subnet(chain) as subnet:
        _, told, _ = discover(capsys, *words, "--port", str(subnet.port))
        monkeypatch.setenv("NOC_SECRET_LAB_COMMUNITY", "public")  # it was taken out when it was read
        _, near, _ = discover(capsys, *words, "--port", str(subnet.port), "--depth", "1")
    assert [(each["name"], each["hop"]) for each in told["devices"]] == [("hop-1", 0), ("hop-2", 1), ("hop-3", 2), ("hop-4", 3)]
    assert "127.7.6.1" not in {address for address, _ in subnet.heard}
    assert [(link["a"], link["b"], link["ends"]) for link in told["links"]] == [
        ("hop-1:Gi1", "hop-2:Gi2", 1),
        ("hop-2:Gi1", "hop-3:Gi2", 1),
        ("hop-3:Gi1", "hop-4:Gi2", 1),
    ]
    assert [(each["told_by"], each["host"]) for each in told["unvisited"]] == [("hop-1:Gi3", "elsewhere")]
    assert [each["name"] for each in near["devices"]] == ["hop-1", "hop-2"]


def test_a_device_with_two_addresses_is_one_and_known_devices_keep_their_names(capsys, home):
    router = named_switch("core-1", 2, serial="S1")
    agents = {"127.7.8.1": router, "127.7.8.2": dict(router), "127.7.8.3": named_switch("leaf [3]:x", 1)}
    with (home / "inventory.toml").open("a") as file:
        file.write('[[devices]]\nname = "our-core"\naddress = "127.7.8.2"\nrole = "core"\ncollect = { snmp = "lab" }\n')
    with Subnet(agents) as subnet:
        _, told, _ = discover(
            capsys, "127.7.8.1,127.7.8.3", "127.7.8.1-127.7.8.2", "--credential", "lab", "--community-range", "lab=127.7.8.0/24",
            "--port", str(subnet.port), "--out", str(home / "new.toml"), "--only-new",
        )  # fmt: skip
    devices = [(each["name"], each["others"], each["known_as"]) for each in told["devices"]]
    assert devices == [("our-core", ["127.7.8.2"], "our-core"), ("leaf-3-x", [], "")]
    loaded = load(home / "new.toml")
    assert loaded.mistakes == ()
    assert list(loaded.inventory.devices) == ["leaf-3-x"]


def test_a_file_that_is_there_is_never_written_over_and_nothing_is_asked(capsys, home):
    kept = home / "kept.toml"
    kept.write_text("mine")
    with Subnet({}, silent=("127.7.9.1",)) as subnet:
        status, told, err = discover(
            capsys, "127.7.9.1", "--credential", "noc", "--port", str(subnet.port), "--out", str(kept)
        )  # fmt: skip
    assert (status, told, kept.read_text(), subnet.heard) == (2, None, "mine", [])
    assert "is there already" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("127.7.9.0/24",), "No credential is named"),
        (("127.7.9.0/24", "--credential", "lab"), "only to networks that are named for it"),
        (("127.7.9.0/24", "--credential", "nobody"), "no credential 'nobody'"),
        (("--credential", "noc"), "No range and no seed"),
        (("--credential", "noc", "--seed", "127.7.9.1"), "--within"),
        (("127.7.9.9-3", "--credential", "noc"), "counts down"),
        (("10.0.0.0/8", "--credential", "noc"), "more than 65,536"),
        (("127.7.9.300", "--credential", "noc"), "no address"),
        (("127.7.9.1", "--credential", "noc", "--community-range", "noc=127.0.0.0/8"), "no community"),
        (("127.7.9.1", "--credential", "noc", "--community-range", "noc"), "NAME=CIDR"),
    ],
)
def test_what_is_not_said_clearly_is_not_asked(capsys, words, says):
    status, told, err = discover(capsys, *words)
    assert (status, told) == (2, None)
    assert says in err


def test_ctrl_c_ends_the_asking_and_writes_what_was_found(capsys, home):
    with Subnet(fabric(8, 2, "127.7.10")) as subnet:
        timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        status, told, err = discover(
            capsys, "127.7.10.1-10", "127.8.0.0/20", "--rate", "60", "--credential", "lab",
            "--community-range", "lab=127.7.10.0/24", "--port", str(subnet.port), "--out", str(home / "part.toml"),
            "--timeout", "9",
        )  # fmt: skip
        timer.join()
    assert (status, told["complete"]) == (0, False)
    assert "cancelled" in err
    assert load(home / "part.toml").mistakes == ()


def test_cancel_from_another_thread_ends_soon(home):
    means = Means(
        inventory=Inventory(credentials={"n": Credential(name="n", kind="snmp-v3", user="u")}),
        secrets=None,
        catalogue=own_catalogue(),
        known_hosts=KnownHosts(home / "known_hosts"),
        rng=random.Random(1),
    )
    asked = threading.Event()
    discovery = Discovery(
        DiscoveryOrder(ranges=("127.7.11.0/24",), credentials=("n",), port=9, timeout=30.0), means, lambda _: asked.set()
    )
    timer = threading.Thread(target=lambda: (asked.wait(5), discovery.cancel()))
    timer.start()
    found = discovery.run()
    timer.join()
    assert (found.is_whole, found.hosts) == (False, ())
    assert found.seconds < 5
