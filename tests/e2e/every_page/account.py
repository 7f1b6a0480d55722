"""One's own account: signing in with and without a second factor, the password, the codes."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.urls import reverse

from tests.e2e.desk import PASSWORD
from tests.e2e.every_page.walk import Visit, person


def visits() -> Iterator[Visit]:
    yield Visit(reverse("account_login"), who="nobody")
    yield Visit(reverse("account_login"), then=_wrongly, who="nobody")
    yield Visit(reverse("account_inactive"), who="nobody")
    yield Visit(reverse("account_signup"), who="nobody")
    yield Visit(reverse("account_reauthenticate"), who="administrator")
    yield Visit(reverse("account_reauthenticate"), then=_once_more, who="administrator")
    for name in ("account_change_password", "mfa_index", "mfa_activate_totp"):
        yield Visit(reverse(name), who="administrator")
    yield from _with_a_second_factor()
    yield Visit(reverse("account_logout"), who="administrator")


def _wrongly(page: Any) -> None:
    page.fill("input[name=login]", "nobody")
    page.fill("input[name=password]", "a wrong password")
    page.get_by_role("button", name="Sign in").click()


def _once_more(page: Any) -> None:
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "reauthenticate" not in url)


def _with_a_second_factor() -> Iterator[Visit]:
    """The page that asks for the code is the one on which its walker arrives; the others are behind it."""
    secret, owner = generate_totp_secret(), person("careful")
    TOTP.activate(owner, secret)
    RecoveryCodes.activate(owner)

    def tells_the_code(page: Any) -> None:
        page.fill("input[name=code]", format_hotp_value(hotp_value(secret, next(iter(counters())))))
        page.locator("main form button").first.click()
        page.wait_for_url(lambda url: "authenticate" not in url)

    yield Visit(reverse("mfa_authenticate"), who="careful")
    yield Visit(reverse("mfa_authenticate"), then=tells_the_code, who="careful")
    yield Visit(reverse("mfa_reauthenticate"), who="careful")
    yield Visit(reverse("account_reauthenticate"), then=_once_more, who="careful")
    for name in (
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
    ):
        yield Visit(reverse(name), who="careful")
