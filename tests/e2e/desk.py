"""What the browser tests of the desk share: a small book with nights, a person who signs in."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.factories import book, night
from treasury.domain import access

PASSWORD = "a long enough password"
BREACH = {
    "coverage_ratio": 0.2,
    "hedge_amount": -200_000,
    "net_open_amount": 800_000,
    "flags": ["under_hedged"],
}


def made_book() -> dict[str, Any]:
    """Two published nights over three relationships: one is effective, one is not, one is inconclusive."""
    made = night.small_book(3)
    entity, risk = made["entity"], made["risk"]
    fine, bad, undecided = made["relationships"]
    for weeks in (2, 1):
        rows = [
            night.bucket(entity, risk, 0, 3),
            night.bucket(entity, risk, 3, 6, **BREACH),
            night.bucket(entity, risk, 6, None, lower_ratio=None, target_ratio=None, upper_ratio=None),
            night.ratio(entity, risk),
            night.effectiveness(fine),
            night.effectiveness(
                bad, effectiveness_status="NOT_EFFECTIVE", cumulative_ratio=0.6, reasons=["below_lower"]
            ),
            night.effectiveness(
                undecided, effectiveness_status="INCONCLUSIVE", r_squared=None, reasons=["too_few_points"]
            ),
            night.criterion(fine),
            night.criterion(fine, "r_squared", upper_limit=None, value=0.99, margin=0.19, is_deciding=False),
            *[night.valuation(hedge) for hedge in made["forwards"]],
        ]
        made["run"] = night.published(rows, as_of=book.TODAY + timedelta(days=21 - 7 * weeks))
    book.exposure(of=entity, risk=risk, approve=False)
    made["live"] = night.running(book.TODAY + timedelta(days=21))
    return made


def sign_in(page: Any, role: str = "TREASURER") -> None:
    name = role.lower()
    person, new = get_user_model().objects.get_or_create(username=name)
    if new:
        person.set_password(PASSWORD)
        person.save()
        access.give_role(user=person, role=role, actor=None)
    sign_in_as(page, name)


def sign_in_as(page: Any, name: str) -> None:
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)
