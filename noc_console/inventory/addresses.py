"""Addresses: host names, IPv4, IPv6, as text. Nothing is looked up."""

import re
from ipaddress import ip_address

from noc_console.text import clean

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2}|0)\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])")
_NUMBERS = re.compile(r"[0-9.]+")


def address_mistake(address: str) -> str | None:
    """What is wrong with an address; None if nothing is."""
    if _IPV4.fullmatch(address) and not re.search(r"(?:^|\.)0[0-9]", address):
        return None
    shown = f'"{clean(address, 120)}"'
    if ":" in address:
        return (
            None if _is_ip(address) else f"{shown} is no IPv6 address (a port goes into collect, as in snmp = {{ port = 1161 }})"
        )
    if _NUMBERS.fullmatch(address):
        return f"{shown} is no IPv4 address; write four numbers from 0 to 255, as in 192.0.2.11"
    if len(address) > 253 or not _HOST.fullmatch(address):
        return f"{shown} is no host name, IPv4 or IPv6 address"
    return None


def target_address(address: str) -> str:
    """One spelling for all spellings of an address, to compare by."""
    if ":" in address and _is_ip(address):
        return str(ip_address(address))
    return address.lower().rstrip(".")


def _is_ip(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True
