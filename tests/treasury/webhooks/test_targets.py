"""Where a webhook may not go: every way that is known to lead a server into its own network."""

import ipaddress
import socket
from typing import Any

import pytest

from treasury.domain.refusals import Refusal
from treasury.domain.webhooks import targets

LISTED = [
    "erp.example.com",
    "erp.example.com:8443",
    ".hooks.example.com",
    "[2001:4860:4860::8888]",
    "8.8.8.8",
]

REFUSED_URLS = [
    "http://erp.example.com/",
    "ftp://erp.example.com/",
    "file:///etc/passwd",
    "gopher://erp.example.com/",
    "//erp.example.com/",
    "erp.example.com",
    "https://",
    "https:///path",
    "https://other.example.com/",
    "https://erp.example.com.evil.com/",
    "https://evil-erp.example.com/",
    "https://hooks.example.com.evil.com/",
    "https://xhooks.example.com/",
    "https://erp.example.com:22/",
    "https://erp.example.com:99999/",
    "https://erp.example.com:-1/",
    "https://erp.example.com:0x1bb/",
    "https://erp.example.com@127.0.0.1/",
    "https://127.0.0.1@erp.example.com/",
    "https://user:pass@erp.example.com/",
    "https://@erp.example.com/",
    "https://erp.example.com\\@127.0.0.1/",
    "https://127.0.0.1\\.erp.example.com/",
    "https://erp.example.com#@127.0.0.1/",
    "https://erp.example.com/#part",
    "https://erp.example.com\t.evil.com/",
    "https://erp.example.com\r\nHost: evil/",
    "https://erp.example.com/a b",
    "https://erp.example.com\x00.evil.com/",
    "https://erp.example.com%2eevil.com/",
    "https://erp%2eexample.com/",
    "https://ｅrp.example.com/",
    "https://erp。example.com/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0/",
    "https://localhost/",
    "https://localhost.localdomain/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fe80::1%25eth0]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/",
    "https://erp.example.com/" + "a" * 400,
]

INSIDE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3",
    "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1",
    "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
OUTSIDE = [
    "8.8.8.8",
    "1.1.1.1",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
]


@pytest.fixture(autouse=True)
def _listed(settings: Any) -> None:
    settings.HEDGEBOOK_WEBHOOK_HOSTS = LISTED
    settings.HEDGEBOOK_WEBHOOK_NETWORKS = []
    settings.HEDGEBOOK_WEBHOOK_PLAIN_HTTP = False


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_an_address_that_is_not_allowed_is_refused(url: str) -> None:
    with pytest.raises(Refusal):
        targets.place(url)


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://erp.example.com", "erp.example.com", 443, "/"),
        ("https://ERP.example.com/a?b=c", "erp.example.com", 443, "/a?b=c"),
        ("https://erp.example.com:443/", "erp.example.com", 443, "/"),
        ("https://erp.example.com:8443/x", "erp.example.com", 8443, "/x"),
        ("https://a.b.hooks.example.com/", "a.b.hooks.example.com", 443, "/"),
        ("https://[2001:4860:4860::8888]/", "[2001:4860:4860::8888]", 443, "/"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/"),
    ],
)
def test_an_allowed_address_is_taken_apart_once(url: str, host: str, port: int, path: str) -> None:
    found = targets.place(url)
    assert (found.host, found.port, found.path) == (host, port, path)


def test_without_a_list_nothing_is_allowed_and_plain_http_has_to_be(settings: Any) -> None:
    settings.HEDGEBOOK_WEBHOOK_PLAIN_HTTP = True
    assert targets.place("http://erp.example.com/").port == 80
    settings.HEDGEBOOK_WEBHOOK_HOSTS = []
    with pytest.raises(Refusal, match="HEDGEBOOK_WEBHOOK_HOSTS"):
        targets.place("https://erp.example.com/")


@pytest.mark.parametrize("text", INSIDE)
def test_addresses_inside_are_not_called(text: str) -> None:
    assert not targets.is_allowed(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", OUTSIDE)
def test_addresses_out_in_the_world_are(text: str) -> None:
    assert targets.is_allowed(ipaddress.ip_address(text))


def test_a_network_that_is_named_is_allowed_also_where_it_is_written_as_ipv6(settings: Any) -> None:
    settings.HEDGEBOOK_WEBHOOK_NETWORKS = ["10.2.0.0/16", "fd00:1::/64"]
    allowed = ["10.2.3.4", "::ffff:10.2.3.4", "fd00:1::5"]
    assert all(targets.is_allowed(ipaddress.ip_address(text)) for text in allowed)
    assert not any(
        targets.is_allowed(ipaddress.ip_address(text)) for text in ("10.3.0.1", "fd00:2::5", "127.0.0.1")
    )


def answered(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def looked_up(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        return [
            (socket.AF_INET6 if ":" in text else socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port))
            for text in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


@pytest.mark.parametrize("text", [*INSIDE, "fe80::1%eth0"])
def test_a_listed_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    answered(monkeypatch, text)
    with pytest.raises(Refusal, match="inside a network"):
        targets.resolved(targets.place("https://erp.example.com/"))


def test_one_address_inside_among_others_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(Refusal, match=r"10\.0\.0\.1"):
        targets.resolved(targets.place("https://erp.example.com/"))


def test_a_name_without_an_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(Refusal, match="has no address"):
        targets.resolved(targets.place("https://erp.example.com/"))
