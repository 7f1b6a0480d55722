"""Instruments, relationships with their allocations, and policies with their bands."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from hedges.models import ItemAllocation
from hedges.queries import relationship_pages
from tests.factories import api, book, changes, swaps

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> api.Caller:
    return api.by_token("AUDITOR")


def test_an_instrument_has_the_terms_of_its_kind_and_null_for_the_others(caller: api.Caller) -> None:
    version = book.forward(-600_000, of=book.entity(), strike="0.9")
    row = caller.read(f"instruments/{version.instrument_id}/")
    assert row["kind"] == "FORWARD"
    assert (row["notional_amount"], row["notional_currency"]) == ("-600000.00", "USD")
    assert (row["strike_rate"], row["counter_amount"], row["counter_currency"]) == ("0.9", "540000.00", "EUR")
    assert (row["contract"], row["premium_amount"], row["fixed_rate"], row["flow_days"]) == (None,) * 4
    assert row["counterparty"] == version.counterparty.code
    listed = caller.rows("instruments/", external_reference=row["external_reference"])
    assert listed == [{name: value for name, value in row.items() if "flow_" not in name}]


@pytest.mark.parametrize("resets", [True, False])
def test_a_cross_currency_swap_says_whether_its_notional_resets(caller: api.Caller, resets: bool) -> None:
    of = book.entity()
    swap = swaps.cross_currency_swap(of=of, resets_notional=resets)
    assert caller.read(f"instruments/{swap.instrument_id}/")["resets_notional"] is resets
    forward = book.forward(of=of)
    assert caller.read(f"instruments/{forward.instrument_id}/")["resets_notional"] is None


def test_a_future_names_its_contract(caller: api.Caller) -> None:
    brent = book.risk(
        "BRENT", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="BRENT"
    )
    contract = book.futures_contract(brent)
    version = book.instrument(
        "FUTURE",
        -9000,
        of=book.entity(),
        risk=brent,
        contract=contract,
        contract_count=-9,
        entry_price=Decimal("71.5"),
    )
    row = caller.read(f"instruments/{version.instrument_id}/")
    assert (row["contract"], row["contract_multiplier"], row["contract_count"]) == (contract.code, "1000", -9)
    assert (row["notional_amount"], row["entry_price"]) == ("-9000.000", "71.5")


def test_a_relationship_shows_the_units_that_it_has_designated(caller: api.Caller) -> None:
    entity = book.entity()
    item, hedge = book.exposure(1_000_000, of=entity), book.forward(-600_000, of=entity)
    version = book.relationship(of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)])
    row = caller.read(f"hedge-relationships/{version.relationship_id}/")
    assert caller.rows("hedge-relationships/", code=row["code"]) == [row]
    assert row["designated_hedge_ratio"] == 1.0
    (shown,) = row["items"]
    assert (shown["exposure_id"], shown["designated_amount"], shown["designated_currency"]) == (
        item.exposure_id,
        "600000.00",
        "USD",
    )
    assert shown["unit_to"] - shown["unit_from"] == 60_000_000
    assert [one["designated_amount"] for one in row["instruments"]] == ["-600000.00"]
    (only,) = caller.rows(f"hedge-relationships/{version.relationship_id}/versions/")
    assert (only["decision"], only["items"]) == ("APPROVED", row["items"])


def test_allocations_stay_with_their_own_relationship(caller: api.Caller) -> None:
    entity = book.entity()
    versions = [
        book.relationship(
            of=entity,
            items=[(book.exposure(of=entity), amount)],
            instruments=[(book.forward(of=entity), -amount)],
        )
        for amount in (100, 200, 300)
    ]
    rows = caller.rows("hedge-relationships/", entity=entity.code)
    assert [row["version_id"] for row in rows] == [version.pk for version in versions]
    assert [row["items"][0]["designated_amount"] for row in rows] == ["100.00", "200.00", "300.00"]


def test_a_policy_shows_its_bands_in_order(caller: api.Caller) -> None:
    entity = book.entity()
    version = book.policy(
        of=entity, risk=book.risk(), bands=[(12, 36, "0.2", "0.4", "0.6"), (0, 12, "0.5", "0.65", "0.8")]
    )
    row = caller.read(f"policies/{version.policy_id}/")
    assert row["bands"] == [
        {"month_from": 0, "month_to": 12, "lower_ratio": 0.5, "target_ratio": 0.65, "upper_ratio": 0.8},
        {"month_from": 12, "month_to": 36, "lower_ratio": 0.2, "target_ratio": 0.4, "upper_ratio": 0.6},
    ]
    assert caller.rows("policies/", entity=entity.code) == [row]
    assert caller.rows("policies/", entity=entity.code, as_of="2025-12-31") == []
    assert caller.rows(f"policies/{version.policy_id}/versions/")[0]["bands"] == row["bands"]


def test_quotes_are_read_as_they_were_known(caller: api.Caller) -> None:
    from treasury.domain import audit, market_quotes
    from treasury.models import MarketQuote

    day = date(2026, 10, 30)
    market_quotes.record(
        quotes=[("FX_SPOT", "EURUSD", "SPOT", day, Decimal("1.0842"), "ECB", False)], actor=None
    )
    wrong = MarketQuote.objects.get()
    with audit.action("test.quote.corrected", actor=None):
        MarketQuote.objects.create(
            kind="FX_SPOT", symbol="EURUSD", quote_date=day, value=Decimal("1.0824"), source="ECB", is_synthetic=False,
            corrects=wrong,
        )  # fmt: skip
    before = wrong.recorded_at.isoformat().replace("+00:00", "Z")

    def values(**query: str) -> list[str]:
        return [row["value"] for row in caller.rows("market-quotes/", symbol="EURUSD", **query)]

    assert values() == ["1.0824", "1.0842"]
    assert values(current="true") == ["1.0824"]
    assert values(current="false") == ["1.0842"]
    assert values(known_at=before, current="true") == ["1.0842"]
    assert values(quote_date_to="2026-10-29") == []


def test_a_smile_is_read_by_its_strikes(caller: api.Caller) -> None:
    from treasury.domain.market_quotes import QuoteRow, record

    strikes = (None, Decimal("0.95"), Decimal("1.05"))
    record(
        quotes=[
            QuoteRow(
                "IMPLIED_VOLATILITY", "EURUSD", "1Y", date(2026, 10, 30), Decimal("0.08"), "X", True, strike
            )
            for strike in strikes
        ],
        actor=None,
    )

    def seen(**query: str) -> list[str | None]:
        return [row["moneyness"] for row in caller.rows("market-quotes/", kind="IMPLIED_VOLATILITY", **query)]

    assert seen() == ["1.05", "0.95", None]
    assert seen(moneyness="0.950") == ["0.95"]
    assert seen(at_the_money="true") == [None]


def test_a_release_is_not_known_before_it_happened(caller: api.Caller) -> None:
    entity = book.entity()
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    version = book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], hedge_type="ECONOMIC"
    )
    planned = ItemAllocation.objects.get().period_to
    released = book.TODAY - timedelta(days=1)
    before = f"{released - timedelta(days=1)}T12:00:00Z"
    changes.approve(changes.revoked(version, on=released), on=released)
    key = version.relationship_id
    for parts in ("items", "instruments"):
        then = [
            caller.read(f"hedge-relationships/{key}/", known_at=before)[parts][0],
            caller.rows("hedge-relationships/", known_at=before)[0][parts][0],
            caller.rows(f"hedge-relationships/{key}/versions/", known_at=before)[0][parts][0],
        ]
        for row in then:
            assert (row["released_at"], row["period_to"]) == (None, planned.isoformat()), parts
        now = caller.rows(f"hedge-relationships/{key}/versions/")[-1][parts][0]
        assert now["released_at"] is not None
        assert (now["period_to"], now["planned_to"]) == (released.isoformat(), planned.isoformat())
    for rows in (relationship_pages.items, relationship_pages.instruments):
        (then,) = rows(key, known_at=datetime.fromisoformat(before))
        assert (then["released_at"], then["period_to"]) == (None, planned)
        (now,) = rows(key, known_at=None)
        assert (now["released_at"] is not None, now["period_to"]) == (True, released)
