"""What the browser records in a day: a file that is mended, tickets of every kind by keyboard, the second person."""

import re
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from exposures.models import ExposureVersion
from hedges.models import InstrumentVersion
from hedges.web.forms.ticket_words import kind_label
from tests.e2e import axe
from tests.factories import importing
from tests.hedges.web.workflow import tickets

#: Days ahead of what is imported: nothing else falls into its bucket.
DAYS = 310


def a_file_is_mended_and_sent(page: Any, desk: Any, today: date) -> None:
    due = (today + timedelta(days=DAYS)).isoformat()
    content = importing.csv(
        importing.row("DAY-1", desk.entity, "6x0000", expected=due),
        importing.row("DAY-2", desk.entity, "400000", expected="31.31.2027"),
    )
    page.goto(reverse("imports"))
    page.get_by_role("link", name="Import exposures").click()
    page.get_by_label("Source").fill("ERP")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "day.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Keep the file and go on").click()
    for name, value in (
        ("encoding", "utf-8"), ("separator", ","), ("decimal", "."), ("dates", "ISO"), ("sign", "AS_IS"),
    ):  # fmt: skip
        page.locator(f"select[name={name}]").select_option(value)
    page.get_by_label("Row of the headings").fill("1")
    page.get_by_role("button", name="Show the columns").click()
    for name, at in importing.COLUMNS.items():
        page.locator(f"select[name=column_{name}]").select_option(str(at))
    page.get_by_role("button", name="Check every row").click()
    page.get_by_text("2 cells are wrong").wait_for()
    assert axe.across(page) <= 0
    page.get_by_label("Row 2, Amount").fill("600000")
    page.get_by_label("Row 3, Expected").fill(due)
    page.get_by_role("button", name="Put them right and check every row").click()
    page.get_by_role("button", name="Send 2 versions for approval").click()
    page.get_by_text("another person decides").first.wait_for()
    assert not ExposureVersion.objects.filter(
        exposure__external_reference__startswith="DAY-", approval__isnull=False
    ).exists()


def a_file_is_approved(page: Any) -> None:
    page.goto(reverse("approvals"))
    page.get_by_role("link", name=re.compile(r"^Import \d+$")).click()
    page.get_by_role("button", name="Approve all of its versions").click()
    page.get_by_text("2 versions are approved").wait_for()


def dealt_by_keyboard(page: Any, desk: Any, kind: str) -> list[InstrumentVersion]:
    """From the key `n` to the key Enter: Tab goes from field to field, and what has a default is passed by."""
    before = set(InstrumentVersion.objects.values_list("pk", flat=True))
    told = tickets.typed(desk, kind)
    page.goto(reverse("instruments"))
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/trades/new/"))
    _kind_chosen(page, kind)
    for name in told:
        page.locator(f"#ticket [name={name}]").first.wait_for(state="attached")
    del told["kind"]
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.name, document.activeElement.value]")
        if here == ["do", "send"]:
            break
        if here[0] in told:
            page.keyboard.type(told.pop(here[0]))
    assert told == {}, "Tab does not reach every field"
    page.keyboard.press("Enter")
    page.get_by_text("is sent for approval").wait_for()
    assert axe.across(page) <= 0
    return list(InstrumentVersion.objects.exclude(pk__in=before).order_by("pk"))


def _kind_chosen(page: Any, kind: str) -> None:
    """By its letters; the browser forgets those before a second's pause, as a busy machine makes one."""
    field = page.get_by_label("Kind of trade")
    field.focus()
    for _ in range(3):
        page.keyboard.type(kind_label(kind))
        if field.input_value() == kind:
            break
        page.wait_for_timeout(1100)


def approved(page: Any, versions: list[InstrumentVersion]) -> None:
    for version in versions:
        page.goto(reverse("approvals"))
        name = re.compile(re.escape(version.instrument.external_reference) + r"\b")
        page.get_by_role("link", name=name).first.click()
        page.get_by_role("button", name=re.compile("^Approve")).click()
        page.get_by_text("is approved").wait_for()
        version.refresh_from_db()
        assert version.approval.decision == "APPROVED"
