"""Where a webhook may go: a host on the allow-list, at an address that is nobody's inside, looked up once and kept to.

The name is resolved here and nowhere else: the connection is made to the address that was checked, so that an answer
that changes between the check and the connection (DNS rebinding) reaches nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from treasury.domain.refusals import Refusal

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LONGEST = 400
_PORTS = {"https": 443, "http": 80}
_PLAIN = re.compile(r"[!-~]+")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]")
#: Ranges that are not everybody's although a library may call them global, or did once.
_INSIDE = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10",
        "ff00::/8",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A URL taken apart, once: what is checked is what is called."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        return self.host if self.port == _PORTS[self.scheme] else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Target:
    """A place with the one address that is called."""

    place: Place
    address: str


def place(url: str) -> Place:
    """Raises Refusal for what is no address of an allowed host, and says what to do."""
    if len(url) > LONGEST or not _PLAIN.fullmatch(url) or "\\" in url:
        raise Refusal(f"A webhook's address has at most {LONGEST} characters, without spaces or backslashes.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refusal("That is no address; give one such as https://erp.example.com/hedgebook.") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.HEDGEBOOK_WEBHOOK_PLAIN_HTTP):
        raise Refusal("A webhook goes to https:// only.")
    if parts.username is not None or parts.password is not None or parts.fragment or "@" in parts.netloc:
        raise Refusal(
            "A webhook's address has no user, password or fragment; its messages are signed instead."
        )
    host = parts.netloc.rsplit(":", 1)[0] if port is not None else parts.netloc.removesuffix(":")
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise Refusal(
            "The host of the webhook is not written as a host name (an international one in punycode)."
        )
    found = Place(
        parts.scheme,
        host,
        port or _PORTS[parts.scheme],
        (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )
    if not _is_listed(found):
        raise Refusal(
            f"{found.host_header} is not on the list of hosts that webhooks may go to; whoever runs the program adds it"
            " to HEDGEBOOK_WEBHOOK_HOSTS."
        )
    return found


def resolved(where: Place) -> Target:
    """Looks the name up once. Every address it has must be allowed; the first one is called."""
    try:
        answers = socket.getaddrinfo(where.host.strip("[]"), where.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Refusal(f"The name {where.host} has no address: {error}") from None
    addresses = [ipaddress.ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]
    if not addresses:
        raise Refusal(f"The name {where.host} has no address.")
    for address in addresses:
        if not is_allowed(address):
            raise Refusal(
                f"{where.host} leads to {address}, an address inside a network; webhooks do not go there unless"
                " HEDGEBOOK_WEBHOOK_NETWORKS allows it."
            )
    return Target(where, str(addresses[0]))


def is_allowed(address: Address) -> bool:
    """Out in the world, or in a network that the settings name. An IPv4 address inside an IPv6 one counts as itself."""
    named = [ipaddress.ip_network(text) for text in settings.HEDGEBOOK_WEBHOOK_NETWORKS]
    inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = inner or address
    if _within(address, named):
        return True
    return address.is_global and not address.is_multicast and not _within(address, _INSIDE)


def _within(address: Address, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(network.version == address.version and address in network for network in networks)


def _is_listed(found: Place) -> bool:
    """`erp.example.com`, with its port where that is not the scheme's own; `.example.com`: every host below it."""
    for listed in settings.HEDGEBOOK_WEBHOOK_HOSTS:
        name, port = listed.lower(), ""
        if not name.endswith("]") and ":" in name:
            name, _, port = name.rpartition(":")
        if found.port != (int(port) if port else _PORTS[found.scheme]):
            continue
        if found.host == name or (name.startswith(".") and found.host.endswith(name)):
            return True
    return False
