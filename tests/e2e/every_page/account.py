"""One's own account: signing in with and without a second factor, the password, the codes."""

import time
from collections.abc import Iterator
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from tests.e2e.desk import PASSWORD
from tests.e2e.every_page.walk import Visit, person

PERIOD = 30  # seconds that a code is told for


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
        left = PERIOD - time.time() % PERIOD
        if left < PERIOD / 2:  # a slow machine would send it when the next one is told
            page.wait_for_timeout(left * 1000 + 100)
        page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))
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
