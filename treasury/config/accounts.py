"""Accounts are made by an administrator; nobody signs up by themselves. Attempts are counted by client address."""

from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers


class InvitedOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        address = client_address(request)
        if address is None:
            raise PermissionDenied("The address of the client is not known.")
        return address


def client_address(request: HttpRequest) -> str | None:
    """The address that the outermost of our own proxies has seen; without a proxy, that of the connection.

    What stands further left in X-Forwarded-For was written by the client and is not believed. Each proxy adds an
    address, so that a shorter list comes from somebody who went past them: the connection's own address counts.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < proxies <= len(seen):
        try:
            return str(ip_address(seen[-proxies].strip()))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR") or None


def locked_out(request: HttpRequest, credentials: object = None) -> HttpResponse:
    """The same answer to every attempt while the lock lasts, with the right password too."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    answer = render(request, "account/locked.html", {"minutes": minutes}, status=429)
    add_never_cache_headers(answer)
    return answer
