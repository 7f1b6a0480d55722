"""The position: what stands outside its band first, with what to do; before and after hedging; where a cell leads."""

from datetime import date

import pytest
from django.urls import reverse

from hedges.web import profile
from tests.factories import book, night
from tests.factories.web import signed_in
from tests.hedges.web.workflow import tickets

pytestmark = pytest.mark.django_db
UNDER = {
    "hedge_amount": -200_000, "net_open_amount": 800_000, "coverage_ratio": 0.2, "flags": ["under_hedged"],
    "min_to_hedge_amount": -300_000, "target_to_hedge_amount": -450_000, "max_to_hedge_amount": -600_000,
}  # fmt: skip
WRONG = UNDER | {
    "hedge_amount": 100_000,
    "coverage_ratio": -0.1,
    "flags": ["wrong_direction", "under_hedged"],
}


@pytest.fixture
def entity():
    entity, risk = book.entity(), book.risk()
    buckets = [
        night.bucket(entity, risk, 0, 3, flags=[]),
        night.bucket(entity, risk, 3, 6, **UNDER),
        night.bucket(entity, risk, 6, 9, **WRONG),
    ]
    night.published([night.ratio(entity, risk), *buckets])
    return entity


def test_breaches_come_first_with_what_to_do(entity) -> None:
    said = tickets.said(signed_in("TREASURER", entity=entity).get(reverse("position")))
    first, rest = said.split("All buckets")
    assert first.index("6–9 M") < first.index("3–6 M")  # the wrong direction is graver
    assert "Sell 450,000 USD" in first
    assert "Bring into the band" in first
    assert "1,000 → 800" in rest
    auditor = tickets.said(signed_in("AUDITOR", entity=entity).get(reverse("position")))
    assert "Outside the band" in auditor
    assert "Bring into the band" not in auditor


def test_hedged_amounts_and_swapped_rows_are_in_the_address(entity) -> None:
    client = signed_in("TREASURER", entity=entity)
    assert "hedged -200" in tickets.said(client.get(reverse("position"), {"show": "amounts"})).replace(
        "−", "-"
    )
    assert "Risks as rows" in tickets.said(client.get(reverse("position"), {"rows": "bucket"}))


def test_the_amounts_of_a_line_are_scaled_as_its_head_says(entity) -> None:
    client = signed_in("TREASURER", entity=entity)
    assert f"{entity.code} USDEUR USD k" in tickets.said(client.get(reverse("position")))
    swapped = tickets.said(client.get(reverse("position"), {"rows": "bucket"}))
    assert f"Months ahead {entity.code} USDEUR USD k" in swapped


def test_lines_are_found_by_entity_and_risk_in_the_address(entity) -> None:
    client = signed_in("TREASURER", entity=entity)
    for words, is_there in ((f"{entity.code} usd", True), ("deu", True), ("gbp", False)):
        said = tickets.said(client.get(reverse("position"), {"find": words}))
        assert ("1,000 → 800" in said) is is_there, words
        assert ("No entity or risk of this run is called so" in said) is not is_there
    assert 'name="find" value="gbp"' in client.get(reverse("position"), {"find": "gbp"}).content.decode()


def test_five_key_figures_and_the_last_night_in_a_sentence(entity) -> None:
    page = signed_in("TREASURER", entity=entity).get(reverse("position"))
    assert len(page.context["figures"]) == 5
    assert "Last night" in tickets.said(page)


def test_a_total_over_the_buckets_has_no_band_and_says_why() -> None:
    rows = [{"day": date(2026, 10, day), "hedge_ratio": 0.5, "flags": [], "reasons": []} for day in (28, 29)]
    assert "No band is drawn" in profile.history_picture(rows, "x", "hedge_ratio").words
    banded = [row | {"coverage_ratio": 0.5, "lower_ratio": 0.4, "upper_ratio": 0.9} for row in rows]
    assert "No band" not in profile.history_picture(banded, "x", "coverage_ratio").words


def test_a_cell_and_a_profile_lead_on(entity) -> None:
    client = signed_in("TREASURER", entity=entity)
    cell = client.get(reverse("position-cell", args=[entity.code, "USDEUR", 3])).content.decode()
    profile = client.get(reverse("horizon"), {"book": f"{entity.code}:USDEUR"}).content.decode()
    for page in (cell, profile):
        for name, keys in (
            ("propose", [entity.code, "USDEUR"]), ("policy", [entity.code, "USDEUR"]), ("why-moved", [entity.code]),
        ):  # fmt: skip
            assert reverse(name, args=keys) in page


@pytest.mark.parametrize("size", [1, 3])
def test_the_reads_do_not_grow(size: int, django_assert_num_queries) -> None:
    entity, risk = book.entity(), book.risk()
    rows = [night.bucket(entity, risk, 3 * place, 3 * place + 3, **UNDER) for place in range(size)]
    night.published([night.ratio(entity, risk), *rows])
    client = signed_in("TREASURER", entity=entity)
    with django_assert_num_queries(15):
        client.get(reverse("position"))


def test_each_ratio_leads_to_why_it_moved(entity) -> None:
    page = signed_in("AUDITOR", entity=entity).get(reverse("position")).content.decode()
    assert f"{reverse('why-moved', args=[entity.code])}?risk=USDEUR" in page
