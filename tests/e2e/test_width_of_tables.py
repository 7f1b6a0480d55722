"""At 1280 pixels the tables that are read every day stand whole: nothing of them is off to the side."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from exposures.domain import recording
from exposures.models import ExposureVersion, ExposureVersionApproval
from tests.e2e import desk
from tests.e2e.every_page.walk import person
from tests.factories import book, hedged
from tests.factories.every_kind import every_kind
from treasury.domain import approval

#: Of each table that is wider than its place: its caption and by how many pixels.
WIDER = """() => [...document.querySelectorAll("main .scroll")]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => `${one.getAttribute("aria-label")}: ${one.scrollWidth - one.clientWidth}`)"""


def several_versions(entity: Any) -> int:
    version = book.exposure(112_345_678, of=entity)
    for amount in (98_765_432, 101_010_101):
        later = ExposureVersion(
            exposure=version.exposure, valid_from=version.valid_from, risk=version.risk, kind=version.kind,
            exposure_amount=amount, exposure_currency=version.exposure_currency, expected_date=version.expected_date,
        )  # fmt: skip
        [made] = recording.amend(
            versions=[later], actor=book.user(), reason="the plant runs at two shifts from May on"
        )
        approval.decide(versions=[made], approvals=ExposureVersionApproval, actor=book.user())
    return int(version.exposure_id)


def test_tables_of_every_day_are_not_wider_than_a_small_screen(browser_page: Any) -> None:
    page = browser_page
    page.set_viewport_size({"width": 1280, "height": 800})
    entity = every_kind()
    exposure = several_versions(entity)
    for months in range(2, 24, 3):
        due = book.TODAY + timedelta(days=30 * months)
        book.exposure(112_345_678, of=entity, expected_date=due)
        book.forward(-87_654_321, of=entity, settlement_date=due)
    hedged.night()
    person("everybody")
    desk.sign_in_as(page, "everybody")
    found = {}
    for address in (
        f"{reverse('horizon')}?{urlencode({'book': f'{entity.code}:USDEUR'})}",
        reverse("coming-days"),
        reverse("exposure", args=[exposure]),
        reverse("exposures"),
        reverse("instruments"),
        reverse("relationships"),
        reverse("position-cell", args=[entity.code, "USDEUR", 3]),
        reverse("effectiveness"),
        reverse("approvals"),
    ):
        page.goto(address)
        wider = page.evaluate(WIDER)
        if wider:
            found[address] = wider
    assert found == {}
