"""What discovery found as an inventory for a person to review: valid as it stands, remarks say where to look."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from noc_console.model.discovery import Discovered, DiscoveredHost, DiscoveredLink, DiscoveryOrder
from noc_console.model.fleet import Credential, End, Inventory
from noc_console.text import clean

MOST_REMARK = 160
SNMP_PORT, SSH_PORT = 161, 22
DOUBTS = {
    "far-port": "the far device has no port of this name: look at its spelling",
    "shared-port": "one of these ports tells of several neighbours: which cable is it?",
}
_HEAD = """\
# {whole}, {date}: {asked} addresses asked, {hosts} devices, {links} links.
# Review before you use it: roles are guesses; site, rack and unit are open; so are power and cooling.
# Secrets are not here. The credentials are those of your inventory: leave them out where you add this to it.
"""


def draft(found: Discovered, order: DiscoveryOrder, inventory: Inventory, now: float, *, only_new: bool = False) -> str:
    """The text of the file. `now` in UTC seconds. With `only_new`, without devices that the inventory has, and their links."""
    hosts = [host for host in found.hosts if _is_asked(host) and not (only_new and host.known_as)]
    named = {host.name for host in hosts}
    links = [link for link in found.links if link.a.device in named and link.b.device in named]
    head = _HEAD.format(
        whole="Found by discovery" if found.is_whole else "Found by discovery until it was cancelled",
        date=datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC"),
        asked=found.asked,
        hosts=len(hosts),
        links=len(links),
    )
    used = {name for host in hosts for name in (host.credential, host.ssh) if name}
    parts = [head, *_credentials(inventory.credentials, used)]
    parts += [_device(host, order) for host in hosts]
    parts += [_link(link) for link in links]
    parts += _left(found, named)
    return "\n".join(parts)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, readable by its owner only. FileExistsError, OSError."""
    place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(place, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _is_asked(host: DiscoveredHost) -> bool:
    """Whether an inventory can say how it is asked."""
    return bool(host.credential or host.ssh)


def _credentials(credentials: Mapping[str, Credential], used: set[str]) -> Iterator[str]:
    for name, each in credentials.items():
        if name in used:
            given = [(key, getattr(each, key)) for key in ("kind", "user", "auth", "privacy", "key")]
            lines = [f"{key} = {_text(value)}" for key, value in given if value]
            lines += [f"ranges = [{', '.join(map(_text, each.ranges))}]"] if each.ranges else []
            yield "\n".join((f"[credentials.{_text(name)}]", *lines, ""))


def _device(host: DiscoveredHost, order: DiscoveryOrder) -> str:
    lines = [f"# {remark}" for remark in _remarks(host)]
    lines += ["[[devices]]", f"name = {_text(host.name)}", f"address = {_text(host.address)}", f"role = {_text(host.role)}"]
    ways = []
    if host.credential:
        ways.append(_way("snmp", host.credential, order.port, SNMP_PORT))
    if host.ssh:
        ways.append(_way("ssh", host.ssh, order.ssh_port, SSH_PORT))
    return "\n".join((*lines, f"collect = {{ {', '.join(ways)} }}", ""))


def _way(protocol: str, credential: str, port: int, usual: int) -> str:
    if port == usual:
        return f"{protocol} = {_text(credential)}"
    return f"{protocol} = {{ credential = {_text(credential)}, port = {port} }}"


def _remarks(host: DiscoveredHost) -> Iterator[str]:
    what = ", ".join(filter(None, (host.model, f"serial {host.serial}" if host.serial else "")))
    yield _remark("; ".join(filter(None, (what, host.sys_descr or host.sys_name))) or "says nothing of itself")
    if host.known_as:
        yield _remark(f"already in the inventory as {host.known_as}")
    if host.others:
        yield _remark(f"answers at {', '.join(host.others)} too")
    if host.profile in ("", "standard") and host.credential:
        yield "REVIEW: no profile of its own: only what the standard MIBs tell is seen"
    if host.role == "unknown":
        yield "REVIEW: its role"
    if host.ssh and not host.is_trusted:
        shown = f" (it showed {host.host_key})" if host.host_key else ""
        yield _remark(f"REVIEW: its SSH host key is not trusted yet: noc-console trust {host.address}{shown}")
    if host.incomplete:
        yield _remark(f"REVIEW: could not be read whole: {', '.join(host.incomplete)}")


def _link(link: DiscoveredLink) -> str:
    ends = "both ends tell it" if link.ends > 1 else "one end tells it"
    lines = [f"# {', '.join(link.protocols)}: {ends}"]
    if link.doubt:
        lines.append(f"# REVIEW: {DOUBTS.get(link.doubt, link.doubt)}")
    return "\n".join((*lines, "[[links]]", f"a = {_text(_end(link.a))}", f"b = {_text(_end(link.b))}", ""))


def _left(found: Discovered, named: set[str]) -> Iterator[str]:
    """What was seen and is not in the file, as remarks."""
    refused = [host for host in found.hosts if not _is_asked(host)]
    if refused:
        yield "# These answer, and take none of the credentials:"
        yield from (f"# - {host.address} ({_remark(host.refused) or 'no answer to any'})" for host in refused)
        yield ""
    open_ends = [each for each in found.unvisited if each.told_by.device in named]
    if open_ends:
        yield "# Neighbours that are told of and were not found:"
        for each in open_ends:
            where = f" at {each.address}" if each.address else ""
            yield f"# - {_remark(f'{_end(each.told_by)} sees {each.host} {each.port}{where} ({each.protocol})')}"
        yield ""


def _end(end: End) -> str:
    return f"{end.device}:{end.port}"


def _remark(text: str) -> str:
    """Device text in one line of a comment."""
    return clean(text.replace("\n", " ").replace("\r", " "), MOST_REMARK)


def _text(text: str) -> str:
    """A basic string of TOML; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
