"""Numbers as pages print them: digits to judge by, definitions beside counts, pictures that agree with figures."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hedges.models import EffectivenessResult
from hedges.queries import effectiveness_pages
from hedges.web import effectiveness_pictures, ratios
from tests.factories import book, hedged, market, night
from tests.factories.web import signed_in
from treasury.queries import published
from treasury.web import formats

pytestmark = pytest.mark.django_db


def figures(html: str) -> str:
    """A page's text without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def of_relationship(**fields) -> tuple[dict, str]:
    entity, risk = book.entity(), book.risk()
    item, hedge = book.exposure(of=entity, risk=risk), book.forward(of=entity, risk=risk)
    version = book.relationship(of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)])
    few = night.criterion(
        version, "observation_count", value=60.0, lower_limit=30.0, upper_limit=None, margin=30.0
    )
    run = night.published([night.effectiveness(version, **fields), few])
    html = signed_in().get(reverse("effectiveness-of", args=[version.relationship_id])).content.decode()
    return effectiveness_pages.result(run.pk, version.relationship_id, [entity.pk]), figures(html)


def test_statistics_have_the_digits_that_a_reader_judges_by() -> None:
    _, text = of_relationship(r_squared=0.9999, f_statistic=481_535.94, observation_count=60)
    assert "R² 0.9999" in text
    assert "1.000" not in text
    assert text.count("481,535.9") == 2  # the key figure and the table
    assert "481,536" not in text


def test_a_count_is_a_whole_number() -> None:
    _, text = of_relationship()
    assert re.search(r"Points \S+ Met 60 from 30 30 ", text)


@pytest.mark.parametrize(
    ("value", "text"), [(12.34, "12.3"), (-1234.0, "−1,234.0"), (0.04, "0.0"), (None, "")]
)
def test_a_large_statistic(value: float | None, text: str) -> None:
    assert formats.large_statistic(value) == text


def test_the_bars_of_an_old_designation_start_with_what_had_changed_before_them() -> None:
    found, _ = of_relationship(
        designated_observation_from=0, cumulative_change_instrument=-4_000, cumulative_change_hypothetical=-5_000,
        cumulative_ratio=0.8, item_changes=[1_000.0, None, 500.0], instrument_changes=[-900.0, None, -500.0],
        observation_dates=[book.TODAY - timedelta(weeks=week) for week in (2, 1, 0)], observation_count=2,
    )  # fmt: skip
    drawn = [point.cumulative for point in effectiveness_pictures.series(found)]
    # By the first week the instrument had lost 4000 − 500 and the item had gained 5000 − 500.
    assert drawn == [pytest.approx(3_500 / 4_500), None, pytest.approx(0.8)]


def test_a_relationship_without_a_ratio_has_no_bars() -> None:
    found, text = of_relationship(
        cumulative_ratio=None, cumulative_change_instrument=None, cumulative_change_hypothetical=None,
        reasons=["missing_data"],
    )  # fmt: skip
    assert {point.cumulative for point in effectiveness_pictures.series(found)} == {None}
    assert "No week since designation has a ratio." in text


def test_the_last_bar_is_the_key_figure_when_the_designation_is_older_than_the_series(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hedged, "DESIGNATED", book.TODAY - timedelta(weeks=70))
    market.record()
    entity = hedged.hedged_book(2)
    hedged.night()
    run = published.published_run()
    for stored in EffectivenessResult.objects.all():
        found = effectiveness_pages.result(run["id"], stored.relationship_id, [entity.pk])
        assert (len(found["observation_dates"]), found["designated_observation_from"]) == (60, 0)
        points = effectiveness_pictures.series(found)
        assert points[-1].cumulative == pytest.approx(stored.cumulative_ratio, rel=1e-9)
        in_sight = sum(found["instrument_changes"]) / -sum(found["item_changes"])
        assert stored.cumulative_ratio != pytest.approx(in_sight, rel=1e-6)  # the ten weeks before do matter


def test_the_profile_that_is_shown_is_the_one_that_is_selected() -> None:
    calm, torn, pound = book.entity(code="ALD-ES"), book.entity(code="ALD-US"), book.risk("GBPEUR")
    night.published(
        [
            night.bucket(calm, pound), night.ratio(calm, pound),
            night.bucket(torn, pound, coverage_ratio=0.1, flags=["under_hedged"]), night.ratio(torn, pound),
        ]
    )  # fmt: skip
    client = signed_in()
    for address, shown in (
        ("", "ALD-US"),
        ("?book=ALD-ES:GBPEUR", "ALD-ES"),
        ("?book=ALD-US:GBPEUR", "ALD-US"),
    ):
        html = client.get(reverse("horizon") + address).content.decode()
        assert f"Horizon profile {shown} GBPEUR" in html
        chosen = re.search(r'<select name="book".*?</select>', html, re.DOTALL)
        assert re.findall(r'value="([^"]*)" selected', chosen[0]) == [f"{shown}:GBPEUR"]
        # A browser that fills in what was chosen before would contradict the title.
        assert re.search(r'<form class="filters"[^>]*autocomplete="off"', html)


def test_a_count_of_positions_stands_beside_its_definition() -> None:
    entity, risk = book.entity(), book.risk()
    counted = {"positions_total": 12, "positions_hedged": 0, "counted_as_hedged_from": 0.5}
    whole = night.ratio(
        entity, None, subject="ENTITY", subject_key=0, amount_unit="EUR", exposure_amount=900_000, **counted
    )
    night.published([night.bucket(entity, risk), night.ratio(entity, risk, **counted), whole])
    client = signed_in()
    text = figures(client.get(reverse("position")).content.decode())
    assert text.count("0 of 12") == 2
    assert text.count("counted as hedged from 50 % cover") == 2
    assert f"{entity.code} All, gross 60.0 % 900,000" in text
    assert "The exposure of an entity is gross: the sizes of its risks at spot" in text
    text = figures(client.get(reverse("horizon")).content.decode())
    assert "Positions hedged 0 of 12, counted as hedged from 50 % cover" in text


def test_the_definition_in_words() -> None:
    assert ratios.counted_as_hedged({"counted_as_hedged_from": 0.0}) == "counted as hedged from any cover"
    assert (
        ratios.counted_as_hedged({"counted_as_hedged_from": 0.125}) == "counted as hedged from 12.5 % cover"
    )
    assert ratios.counted_as_hedged({"counted_as_hedged_from": None}) == ""
