"""Addresses and networks as a person names them. No name is looked up here."""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MOST = 65_536
"""Addresses of one discovery."""


class RangeMistake(ValueError):
    """A range that does not say what it stands for; the text is a sentence."""


def addresses_of(ranges: Iterable[str]) -> list[str]:
    """Every address of these ranges once, in order: `a.b.c.d`, `a.b.c.d/24`, `a.b.c.d-e`, `a.b.c.d-a.b.c.e`. RangeMistake.

    Of an IPv4 network wider than /31 the network's own address and the broadcast are no hosts.
    """
    found: dict[Address, None] = {}
    for text in ranges:
        for word in text.replace(",", " ").split():
            for address in _addresses(word):
                found[address] = None
                if len(found) > MOST:
                    raise RangeMistake(f"More than {MOST:,} addresses are named; take smaller ranges.")
    return [str(address) for address in found]


def networks_of(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks, or single addresses as networks of one. RangeMistake."""
    return tuple(_network(word) for text in texts for word in text.replace(",", " ").split())


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address is in one of the networks; a name is in none."""
    try:
        numbers = ip_address(address)
    except ValueError:
        return False
    return any(numbers in network for network in networks)


def read_ranges(path: Path) -> list[str]:
    """The ranges in a file, one or more a line; `#` begins a comment. OSError, RangeMistake."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise RangeMistake(f"{path} is no text of ranges.") from error
    return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


def _addresses(word: str) -> Iterator[Address]:
    if "/" in word:
        yield from _hosts(_network(word))
        return
    first, dash, last = word.partition("-")
    low = _address(first, word)
    if not dash:
        yield low
        return
    high = _address(_whole(first, last), word)
    if low.version != high.version or int(high) < int(low):
        raise RangeMistake(f"{word!r} counts down; write the smaller address first.")
    if int(high) - int(low) >= MOST:
        raise RangeMistake(f"{word!r} stands for more than {MOST:,} addresses.")
    yield from (type(low)(number) for number in range(int(low), int(high) + 1))


def _whole(first: str, last: str) -> str:
    """The end of `10.0.0.1-20`, written whole."""
    return f"{first.rpartition('.')[0]}.{last}" if last.isdecimal() and "." in first else last


def _hosts(network: Network) -> Iterator[Address]:
    if network.num_addresses > MOST + 2:
        raise RangeMistake(f"{str(network)!r} stands for more than {MOST:,} addresses.")
    yield from network.hosts()


def _address(text: str, word: str) -> Address:
    try:
        return ip_address(text)
    except ValueError:
        raise RangeMistake(f"{word!r} is no address, network (192.0.2.0/24) or range (192.0.2.1-20).") from None


def _network(word: str) -> Network:
    try:
        return ip_network(word, strict=False)
    except ValueError:
        raise RangeMistake(f"{word!r} is no network; write it as 192.0.2.0/24.") from None
