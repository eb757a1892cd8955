"""Where traps are received: an address and a port, as a person gives them."""

import argparse
from dataclasses import dataclass
from ipaddress import ip_address

DEFAULT_PORT = 10162
"""Not 162, which only the system's administrator may open (RFC 3413 names that one; docs say how to lead it here)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrapPlace:
    """`address` empty = all addresses; `port` 0 = any free one."""

    address: str = ""
    port: int = DEFAULT_PORT


def trap_place(text: str) -> TrapPlace | None:
    """`10162`, `192.0.2.1:10162`, `[2001:db8::1]:10162`; None for `off`. ValueError says what is needed."""
    if text == "off":
        return None
    address, _, port = text.rpartition(":")
    address = address.strip("[]")
    try:
        if address:
            ip_address(address)
        if not 0 <= int(port) <= 65535:
            raise ValueError
    except ValueError:
        raise ValueError(f"a port, ADDRESS:PORT or off is needed, not {text!r}") from None
    return TrapPlace(address=address, port=int(port))


def add_trap_argument(parser: argparse.ArgumentParser) -> None:
    """Add `--traps`."""
    parser.add_argument(
        "--traps",
        type=_argument,
        default=TrapPlace(),
        metavar="[ADDRESS:]PORT",
        help=f"where SNMP traps are received ({DEFAULT_PORT}), or off",
    )


def _argument(text: str) -> TrapPlace | None:
    try:
        return trap_place(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
