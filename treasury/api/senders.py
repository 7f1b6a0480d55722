"""The address that a request comes from, as the sign-in of the pages counts it."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from rest_framework.request import Request


def of(request: Request) -> str:
    """Those whose address the server does not know are counted together: empty."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
