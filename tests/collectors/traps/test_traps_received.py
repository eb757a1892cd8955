"""Traps and informs of Debian's snmptrap and snmpinform, through a real socket; and what a device says when it is then asked."""

import json
import os
import queue
import shutil
import socket
import subprocess
import time

import pytest

from collectors.traps.collector import TrapCollector
from collectors.traps.place import TrapPlace, trap_place
from collectors.watch import Watch
from noc_console.inventory import load
from noc_console.model.fleet import Credential
from noc_console.model.poll import CollectorBeat, PollResult
from noc_console.paths import Places
from noc_console.profiles.catalogue import own_catalogue
from noc_console.secrets import Secrets
from tests.collectors.snmp.polling import V2C, KnownSecrets, fleet
from tests.servers.snmpd import Snmpd

pytestmark = pytest.mark.server("snmptrap", "snmpinform", "snmpd")

SECRETS = KnownSecrets(v3_auth="auth passphrase", v3_privacy="privacy passphrase", public_community="public")
LINK_DOWN = "1.3.6.1.6.3.1.1.5.3"
USER = ("-u", "noc", "-A", "auth passphrase", "-X", "privacy passphrase", "-l", "authPriv")


def v3(auth="SHA-256", privacy="AES"):
    return Credential(name="v3", kind="snmp-v3", user="noc", auth=auth, privacy=privacy)


class Receiving:
    """A receiver with its inbox; `send` runs one of net-snmp's senders and gives its exit status."""

    def __init__(self, folder, *credentials, place=None, address="127.0.0.1"):
        self.folder = folder
        self.inbox = queue.SimpleQueue()
        devices = [(f"leaf-{n}", (address, 161), credential) for n, credential in enumerate(credentials or (V2C, v3()))]
        self.collector = TrapCollector(
            fleet(*devices),
            SECRETS,
            self.inbox,
            time.time,
            catalogue=own_catalogue(),
            place=place or TrapPlace(address="127.0.0.1", port=0),
            folder=folder,
        )

    def __enter__(self):
        self.collector.start()
        self.collector._preparing.join(5)
        return self

    def __exit__(self, *_):
        self.collector.stop()
        self.collector.join(2)

    def send(self, program, *words, varbinds=("", LINK_DOWN)):
        environment = {**os.environ, "SNMP_PERSISTENT_DIR": str(self.folder / "sender"), "MIBS": ""}
        target = f"127.0.0.1:{self.collector.port}"
        command = [shutil.which(program), "-r", "1", "-t", "3", *words, target, *varbinds]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)

    def until(self, kind, wanted=lambda item: True, within=5.0):
        end = time.monotonic() + within
        while True:
            item = self.inbox.get(timeout=max(0.01, end - time.monotonic()))
            if isinstance(item, kind) and wanted(item):
                return item


@pytest.fixture
def receiving(tmp_path):
    with Receiving(tmp_path) as receiving:
        yield receiving


@pytest.mark.parametrize(
    ("words", "varbinds"),
    [
        (("-v", "1", "-c", "any"), ("1.3.6.1.4.1.8072.3.2.10", "203.0.113.9", "2", "0", "4200")),
        (("-v", "2c", "-c", "any"), ("", LINK_DOWN, "1.3.6.1.2.1.2.2.1.1.7", "i", "7")),
        (("-v", "3", "-e", "0x80007ed9046c656166", *USER, "-a", "SHA-256", "-x", "AES"), ("", LINK_DOWN)),
    ],
    ids=["v1", "v2c", "v3"],
)
def test_a_trap_of_each_version_is_told(receiving, words, varbinds):
    sent = receiving.send("snmptrap", *words, varbinds=varbinds)
    assert sent.returncode == 0, sent.stderr
    told = receiving.until(PollResult)
    assert (told.device, told.events[0].text) == ("leaf-0", "linkDown")


@pytest.mark.parametrize(
    "words",
    [
        ("-v", "2c", "-c", "any"),
        ("-v", "3", "-u", "noc", "-A", "auth passphrase", "-l", "authNoPriv", "-a", "SHA-256"),
        ("-v", "3", *USER, "-a", "SHA-256", "-x", "AES"),
    ],
    ids=["v2c", "v3-signed", "v3-encrypted"],
)
def test_an_inform_is_answered_and_told(receiving, words):
    sent = receiving.send("snmpinform", *words)
    assert sent.returncode == 0, sent.stderr
    told = receiving.until(PollResult)
    assert (told.events[0].text, told.events[0].is_signed) == ("linkDown", "noc" in words)
    counts = receiving.collector.counts()
    assert (counts.informs, counts.told) == (1, 1)


@pytest.mark.parametrize(
    ("auth", "privacy"), [("MD5", "DES"), ("SHA", "AES"), ("SHA-224", "AES-192"), ("SHA-384", "AES-256"), ("SHA-512", "AES")]
)
def test_informs_with_other_algorithms(tmp_path, auth, privacy):
    with Receiving(tmp_path, v3(auth, privacy)) as receiving:
        sent = receiving.send("snmpinform", "-v", "3", *USER, "-a", auth, "-x", privacy)
        assert sent.returncode == 0, sent.stderr


def test_an_inform_with_a_wrong_passphrase_is_refused(receiving):
    words = (
        "-v",
        "3",
        "-u",
        "noc",
        "-A",
        "guessed passphrase",
        "-X",
        "another one",
        "-l",
        "authPriv",
        "-a",
        "SHA-256",
        "-x",
        "AES",
    )
    assert receiving.send("snmpinform", *words).returncode != 0
    counts = receiving.collector.counts()
    assert counts.informs == 0
    assert counts.refused >= 2


def test_a_stranger_is_counted_and_not_answered(tmp_path):
    with Receiving(tmp_path, address="127.0.0.77") as receiving:
        assert receiving.send("snmpinform", "-v", "2c", "-c", "any", "-r", "0", "-t", "0.3").returncode != 0
        assert receiving.collector.counts().unknown_senders == (("127.0.0.1", 1),)


@pytest.mark.expected_log("no traps are received")
def test_a_port_in_use_is_told_with_each_beat(tmp_path):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        place = TrapPlace(address="127.0.0.1", port=other.getsockname()[1])
        with Receiving(tmp_path, place=place) as receiving:
            beat = receiving.until(CollectorBeat)
    assert beat.traps.error == "port-in-use"


@pytest.mark.expected_log("no traps are received")
def test_an_engine_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / "traps-engine.new").mkdir()
    with Receiving(tmp_path) as receiving:
        assert receiving.until(CollectorBeat).traps.error == "engine-not-kept"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("10162", TrapPlace(address="", port=10162)),
        ("192.0.2.1:162", TrapPlace(address="192.0.2.1", port=162)),
        ("[2001:db8::1]:0", TrapPlace(address="2001:db8::1", port=0)),
        ("off", None),
    ],
)
def test_where_they_are_received(text, place):
    assert trap_place(text) == place


@pytest.mark.parametrize("text", ["", "x", "70000", "host:162", "-1"])
def test_no_such_place(text):
    with pytest.raises(ValueError, match="needed"):
        trap_place(text)


def test_a_trap_makes_the_device_be_asked_at_once(tmp_path):
    """Long before its next poll is due; and nothing but its answer says how it is."""
    server = Snmpd(tmp_path / "snmpd")
    server.folder.mkdir()
    server.start()
    (tmp_path / "inventory.toml").write_text(
        '[credentials.public]\nkind = "snmp-v2c"\n[[devices]]\nname = "leaf-1"\nrole = "leaf"\naddress = "127.0.0.1"\n'
        f'collect = {{ snmp = {{ credential = "public", port = {server.address[1]}, interval = 600 }} }}\n'
    )
    places = Places.of({"NOC_CONSOLE_HOME": str(tmp_path)})
    secrets = Secrets({"NOC_SECRET_PUBLIC_COMMUNITY": "public"}, open_keyring=lambda: None)
    watch = Watch(load(places.inventory).or_raise(), places, secrets, time.time, traps=TrapPlace(address="127.0.0.1", port=0))
    feed = watch.feed()
    watch.start()
    try:
        first = answers(feed, 1)
        port = watch.collectors["traps"].port
        subprocess.run(
            [shutil.which("snmptrap"), "-v", "2c", "-c", "x", f"127.0.0.1:{port}", "", LINK_DOWN],
            env={**os.environ, "SNMP_PERSISTENT_DIR": str(tmp_path / "sender"), "MIBS": ""},
            check=True,
        )
        again = answers(feed, 1)
        assert again[0].time - first[0].time < 60
    finally:
        watch.stop()
        server.stop()
    assert json.loads((tmp_path / "traps-engine.json").read_text())["boots"] == 1


def answers(feed, count, within=20.0):
    """So many regular rows, as they come."""
    rows, end = [], time.monotonic() + within
    while len(rows) < count and time.monotonic() < end:
        snapshot, changes, _ = feed.take()
        for news in (*([snapshot] if snapshot else []), *changes):
            rows += [row for row in news.rows if row.source == "snmp"]
        time.sleep(0.02)
    assert len(rows) >= count
    return rows
