"""Which addresses are of the public internet, and which lead to this machine or into a network of one's own.

Sources: IANA's IPv4 and IPv6 special-purpose address registries; RFC 4291 2.5.5.2 (IPv4-mapped), RFC 6052 (NAT64);
WHATWG URL 3.5 ("ends in a number") for the spellings that a resolver may take for an IPv4 address.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

OWN_V4 = tuple(
    map(
        IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
            "168.63.129.16/32",  # public by its number, but Azure's own host for the machines that run there
        ),
    )
)
PUBLIC_V6 = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast; what is outside is refused."""
OWN_V6 = tuple(
    map(
        IPv6Network,
        # IETF protocols with Teredo; documentation; 6to4, which may hold any IPv4 address (deprecated, RFC 7526)
        ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
NAT64 = IPv6Network("64:ff9b::/96")

_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Whether this IPv4 or IPv6 address, in its usual spelling, is a host's of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return False
        held = _held(found)
        if held is None:
            return found in PUBLIC_V6 and not any(found in network for network in OWN_V6)
        found = held
    return not any(found in network for network in OWN_V4)


def _held(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which a packet for this one goes in the end; None where it goes to an IPv6 host."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


def literal(host: str) -> str | None:
    """The address that a host of a URL is, in its usual spelling; None for a name, which is to be looked up.

    Raises ValueError for what is neither: an address in octal, in hexadecimal, as one number, or with a part missing.
    """
    plain = host.rstrip(".")
    try:
        return str(ip_address(plain.strip("[]")))
    except ValueError:
        if not _NAME.fullmatch(plain) or _NUMBER.fullmatch(plain.rsplit(".", 1)[-1]):
            raise ValueError(f"{host[:60]!r} is no name of a host and no address in its usual spelling") from None
    return None
