"""A walk over the desk, as a person takes it: on a desktop and on a narrow screen."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e import desk
from tests.harness.browser import patient

DESKTOP, NARROW = {"width": 1360, "height": 860}, {"width": 390, "height": 844}


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_from_sign_in_to_the_bottom_of_a_number(browser_page: Any, size: dict[str, int]) -> None:
    page = browser_page
    page.set_viewport_size(size)
    made = desk.made_book()
    desk.sign_in(page)
    head = page.get_by_role("heading", level=1)

    assert head.inner_text() == "Position"
    expect(page.get_by_text("1 exposure to approve")).to_have_count(1)
    page.get_by_role("link", name=re.compile("Under-hedged")).click()
    assert "3–6 M" in head.inner_text()
    rows = page.get_by_role("table", name="Exposures").get_by_role("row")
    expect(rows).to_have_count(5)  # head, three, total
    page.wait_for_load_state()  # the last link of a page that is still read is another one
    page.get_by_role("link", name="Horizon profile", exact=True).last.click()
    assert head.inner_text().startswith("Horizon profile")
    figures = page.get_by_role("table", name="The same in figures").first
    expect(figures.get_by_text("Under-hedged")).to_have_count(1)

    main = page.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="Relationships").click()
    page.get_by_role("link", name=made["relationships"][0].relationship.code).click()
    criteria = page.get_by_role("table", name=re.compile("^Criteria"))
    expect(criteria.get_by_text(re.compile(r"Met\b"))).to_have_count(2)
    page.get_by_role("link", name="Effectiveness in pictures").click()
    expect(page.locator("figure svg")).to_have_count(3)
    expect(page.get_by_text("Documented method: regression")).to_have_count(1)

    main.get_by_role("link", name="Calculators").click()
    page.get_by_role("link", name="Hedge ratio by amount").click()
    page.get_by_label("Hedged amount").fill("-6")
    page.get_by_label("Exposure amount").fill("10")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("table", name="Answer").get_by_text("0.6", exact=True)).to_have_count(1)
    assert "hedged_amount=-6" in page.url
    assert page.problems == []


def test_a_run_renews_itself_until_it_has_ended(browser_page: Any) -> None:
    from treasury.models import CalculationRun, RunShard

    page = browser_page
    made = desk.made_book()
    desk.sign_in(page)
    page.goto(f"/runs/{made['live'].pk}/")
    assert page.get_by_role("cell", name="0 of 1").last.is_visible()
    shards = RunShard.objects.filter(run=made["live"])
    shards.update(status="LEASED", epoch=1, lease_expires_at=timezone.now())
    shards.update(status="DONE", row_count=5)
    page.get_by_role("cell", name="1 of 1").last.wait_for()
    CalculationRun.objects.filter(pk=made["live"].pk).update(
        status="FAILED", status_reason="the disk is full"
    )
    page.get_by_text("The night failed: the disk is full").wait_for()
    assert page.problems == []


def test_the_slash_key_searches_and_a_row_opens(browser_page: Any) -> None:
    page = browser_page
    made = desk.made_book()
    desk.sign_in(page)
    page.keyboard.press("/")
    page.keyboard.type(made["forwards"][0].instrument.external_reference)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1).get_by_text("Forward").wait_for()
    page.goto("/exposures/")
    page.locator("tr[data-href] td").nth(1).click()
    page.get_by_role("heading", level=1).get_by_text("Exposure").wait_for()
    assert page.problems == []


def test_dark_is_remembered(browser_page: Any) -> None:
    page = browser_page
    desk.sign_in(page)
    page.locator("details.person > summary").click()
    page.get_by_label("Light or dark").select_option("dark")
    page.get_by_role("button", name="Keep").click()
    assert page.locator("html").get_attribute("data-scheme") == "dark"
    page.goto("/help/")
    assert page.locator("html").get_attribute("data-scheme") == "dark"
    assert page.problems == []


def test_everything_but_live_progress_works_without_script(browser: Any, live_site: str) -> None:
    made = desk.made_book()
    context = patient(browser.new_context(base_url=live_site, java_script_enabled=False))
    page = context.new_page()
    desk.sign_in(page)
    page.goto(f"/runs/{made['live'].pk}/")
    page.get_by_role("link", name="Reload").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Night")
    page.goto("/exposures/")
    filters = page.get_by_role("search", name="Filter this list")
    filters.get_by_label("Risk").select_option("USDEUR")
    filters.get_by_role("button", name="Show").click()
    assert "risk=USDEUR" in page.url
    context.close()


def test_keys_lead_anywhere_and_none_acts_while_somebody_types(browser_page: Any) -> None:
    page = browser_page
    desk.made_book()
    desk.sign_in(page)
    head = page.get_by_role("heading", level=1)
    page.keyboard.press("g")
    page.keyboard.press("i")
    head.get_by_text("Instruments").wait_for()
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("heading", name="Keys").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("gpn?")
    assert page.locator("#search").input_value() == "gpn?"
    assert head.inner_text() == "Instruments"
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    head.get_by_text("Position").wait_for()
    assert page.problems == []


def test_columns_are_chosen_a_view_is_kept_and_a_file_taken_without_script(
    browser: Any, live_site: str
) -> None:
    desk.made_book()
    context = patient(browser.new_context(base_url=live_site, java_script_enabled=False))
    page = context.new_page()
    desk.sign_in(page)
    page.goto("/exposures/")
    page.get_by_text("Columns and files").first.click()
    page.get_by_role("checkbox", name="Certainty").uncheck()
    page.get_by_role("button", name="Show these columns").click()
    page.wait_for_load_state()
    assert page.get_by_role("columnheader", name="Certainty").count() == 0
    expect(page.get_by_role("columnheader", name="Expected")).to_have_count(1)
    page.get_by_text("Keep this view").click()
    page.get_by_label("Name", exact=True).fill("Short")
    page.get_by_role("button", name="Keep", exact=True).last.click()
    page.goto("/exposures/")
    page.get_by_role("link", name="Short").click()
    page.wait_for_load_state()
    assert page.get_by_role("columnheader", name="Certainty").count() == 0
    page.get_by_text("Columns and files").first.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="XLSX of all").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    context.close()


def test_the_first_steps_are_hidden_and_come_back(browser_page: Any) -> None:
    page = browser_page
    desk.made_book()
    desk.sign_in(page)
    steps = page.get_by_role("region", name="First steps")
    assert steps.get_by_role("link", name="Position").count() == 1
    steps.get_by_role("button", name="Hide these steps").click()
    page.wait_for_load_state()
    assert steps.count() == 0
    page.locator("details.person > summary").click()
    page.get_by_role("button", name="Show the first steps").click()
    steps.wait_for()
    assert page.problems == []


def test_a_run_that_is_under_way_is_cancelled(browser_page: Any) -> None:
    page = browser_page
    made = desk.made_book()
    desk.sign_in(page)
    page.goto(f"/runs/{made['live'].pk}/")
    page.get_by_role("button", name="Cancel this run").hover()
    page.mouse.down()
    for _ in range(2):  # a slow finger: when the second is answered, the first has been put in its place
        page.wait_for_event("response", lambda answer: "/progress/" in answer.url)
    page.mouse.up()
    page.get_by_text("The run is cancelled").wait_for()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="Cancel this run").count() == 0
    assert page.problems == []
