"""Results: of the newest published run, or of the one that is asked for."""

from datetime import timedelta

import pytest

from hedges.models import EffectivenessResult
from tests.factories import api, book, night

pytestmark = pytest.mark.django_db
FAMILIES = ("valuations/", "hedge-ratios/", "horizon-profiles/", "effectiveness-results/")


@pytest.fixture
def caller() -> api.Caller:
    return api.by_token("AUDITOR")


@pytest.mark.parametrize("family", FAMILIES)
def test_before_the_first_night_there_is_no_run_and_no_row(caller: api.Caller, family: str) -> None:
    assert caller.read(family) == {"run": None, "next": None, "results": []}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_list_is_of_the_published_run_unless_another_is_asked_for(caller: api.Caller, family: str) -> None:
    first = night.small_book()
    second = night.published(as_of=book.TODAY + timedelta(days=1))
    assert caller.read(family)["run"]["id"] == second.pk
    assert caller.rows(family) == []
    asked = caller.read(family, run=first["run"].pk)
    assert (asked["run"]["id"], asked["run"]["status"], len(asked["results"])) == (
        first["run"].pk,
        "PUBLISHED",
        1,
    )
    assert caller.read(family, as_of=str(book.TODAY)) == asked


def test_a_superseded_revision_can_still_be_read(caller: api.Caller) -> None:
    first = night.small_book()
    second = night.published(revision=2)
    assert caller.read("valuations/")["run"]["id"] == second.pk
    old = caller.read("valuations/", run=first["run"].pk)
    assert (old["run"]["status"], len(old["results"])) == ("SUPERSEDED", 1)
    published_at = old["run"]["published_at"]
    assert caller.read("valuations/", known_at=published_at)["run"]["id"] == first["run"].pk


def test_a_run_that_is_not_published_shows_no_rows(caller: api.Caller) -> None:
    run = night.running()
    shown = caller.read("valuations/", run=run.pk)
    assert (shown["run"]["status"], shown["results"]) == ("RUNNING", [])
    assert caller.read("valuations/")["run"] is None


def test_a_valuation_is_money_as_text_and_rates_as_numbers(caller: api.Caller) -> None:
    forward = night.small_book()["forwards"][0]
    row = caller.read(f"valuations/{forward.instrument_id}/")
    assert (row["present_value"], row["fair_value"], row["credit_value_adjustment"]) == (
        "1200.00",
        "1197.00",
        "-3.00",
    )
    assert (row["forward_element"], row["basis_element"]) == ("200.00", "15.00")
    assert (row["spot_rate"], row["discount_factor"], row["implied_volatility"]) == (0.91, 0.98, None)
    assert (row["risk"], row["status"], row["reasons"]) == ("USDEUR", "OK", [])
    assert caller.rows("valuations/", risk="USDEUR", kind="FORWARD") == [row]
    assert caller.rows("valuations/", reason="stale_data") == []


def test_what_is_undefined_is_null_with_its_reason(caller: api.Caller) -> None:
    entity, risk = book.entity(), book.risk()
    rows = [
        night.ratio(
            entity,
            risk,
            hedge_ratio=None,
            status="UNDEFINED",
            reasons=["zero_exposure"],
            flags=["over_hedged"],
        )
    ]
    night.published(rows)
    (row,) = caller.rows("hedge-ratios/", reason="zero_exposure", flag="over_hedged")
    assert (row["hedge_ratio"], row["reasons"], row["exposure_amount"]) == (
        None,
        ["zero_exposure"],
        "1000000.00",
    )
    assert row["id"] == f"ENTITY_RISK.{entity.pk}.{risk.pk}"
    assert caller.read(f"hedge-ratios/{row['id']}/") == row
    assert caller.rows("hedge-ratios/", flag="wrong_direction") == []


def test_a_profile_holds_its_buckets_in_order(caller: api.Caller) -> None:
    made = night.small_book(3)
    (profile,) = caller.rows("horizon-profiles/", entity=made["entity"].code)
    assert (profile["id"], profile["amount_unit"]) == (f"{made['entity'].pk}.{made['risk'].pk}", "USD")
    assert [bucket["month_from"] for bucket in profile["buckets"]] == [0, 6, 12]
    assert profile["buckets"][0]["hedge_amount"] == "-600000.00"
    assert profile["buckets"][0]["coverage_ratio"] == 0.6
    assert caller.read(f"horizon-profiles/{profile['id']}/") == profile


def test_profiles_are_found_by_the_flag_of_a_bucket_and_come_whole(caller: api.Caller) -> None:
    entity, pound = book.entity(), book.risk("GBPEUR")
    rows = [night.bucket(entity, pound, 0, 6), night.bucket(entity, pound, 6, 12, flags=["under_hedged"])]
    night.published([*rows, night.bucket(entity, book.risk())])
    (profile,) = caller.rows("horizon-profiles/", flag="under_hedged")
    assert (profile["risk"], len(profile["buckets"])) == ("GBPEUR", 2)


def test_effectiveness_has_its_criteria_and_observations_on_its_own_page(caller: api.Caller) -> None:
    version = night.small_book()["relationships"][0]
    (listed,) = caller.rows("effectiveness-results/", effectiveness_status="EFFECTIVE")
    row = caller.read(f"effectiveness-results/{version.relationship_id}/")
    own = {
        "criteria",
        "observation_dates",
        "instrument_changes",
        "item_changes",
        "designated_observation_from",
    }
    assert {name: value for name, value in row.items() if name not in own} == listed
    stored = EffectivenessResult.objects.get()
    assert listed["r_squared"] == stored.r_squared
    assert listed["cumulative_change_instrument"] == f"{stored.cumulative_change_instrument:.2f}"
    assert len(row["observation_dates"]) == len(row["item_changes"]) == 40
    assert [one["criterion"] for one in row["criteria"]] == ["offset_slope"]


def test_a_run_shows_what_it_saw_and_its_shards(caller: api.Caller) -> None:
    run = night.small_book()["run"]
    row = caller.read(f"runs/{run.pk}/")
    assert (row["status"], row["as_of_date"], row["quote_count"]) == ("PUBLISHED", "2026-10-30", 1)
    assert row["market_data_digest"] == night.DIGEST
    assert [shard["status"] for shard in row["shards"]] == ["DONE"]
    assert [one["id"] for one in caller.rows("runs/", status="PUBLISHED")] == [run.pk]
