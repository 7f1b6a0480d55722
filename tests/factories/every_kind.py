"""A book with every kind of instrument, ratio and relationship, and what cannot be worked out: a night to explain."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.factories import book, hedged, market, swaps
from treasury.domain import market_quotes
from treasury.models import Entity

TODAY = book.TODAY


def every_kind() -> Entity:
    """One entity; the market stands up to today."""
    market.record()
    market.record(
        *market.rates("EUR"), *market.rates("EURIBOR6M", deposit="0.024", swap="0.026"), *_points(), *_smile()
    )
    entity = hedged.hedged_book(2)
    bank = book.counterparty()
    market.record_spreads(bank.code)
    with_bank = {"of": entity, "counterparty": bank}
    _forwards(entity, with_bank)
    _options(entity, with_bank)
    _listed(entity, with_bank)
    swaps.interest_rate_swap(**with_bank)
    paid_today = TODAY - timedelta(days=182)
    swaps.interest_rate_swap(
        start_date=paid_today, settlement_date=TODAY + timedelta(days=183), pay_fixed=False, **with_bank
    )
    swaps.cross_currency_swap(**with_bank)
    swaps.cross_currency_swap(
        resets_notional=True, start_date=TODAY - timedelta(days=210), flow_days=[182, 365], flow_accruals=[0.5, 0.5],
        **with_bank,
    )  # fmt: skip
    swaps.cross_currency_swap(-500_000, start_date=TODAY + timedelta(days=30), trade_date=TODAY, **with_bank)
    _undefined(entity, bank)
    return entity


def _points() -> Iterator[market_quotes.QuoteRow]:
    """Forward points that say something else than covered parity does."""
    for week in range(market.WEEKS):
        for tenor, points in (("1M", "0.0021"), ("6M", "0.0125"), ("1Y", "0.0248")):
            yield (
                "FORWARD_POINTS",
                "EURUSD",
                tenor,
                TODAY - timedelta(weeks=week),
                Decimal(points),
                "TEST",
                True,
            )


def _smile() -> Iterator[market_quotes.QuoteRow]:
    for week in range(market.WEEKS):
        day = TODAY - timedelta(weeks=week)
        for tenor in ("6M", "1Y"):
            for strike, volatility in (("0.9", "0.115"), ("1.1", "0.108")):
                quote = ("IMPLIED_VOLATILITY", "EURUSD", tenor, day, Decimal(volatility), "TEST", True)
                yield (*quote, Decimal(strike))


def _forwards(entity: Entity, with_bank: dict) -> None:
    due = date(2027, 4, 30)
    book.forward(-600_000, trade_date=TODAY - timedelta(weeks=10), settlement_date=due, **with_bank)
    book.forward(250_000, trade_date=TODAY, settlement_date=TODAY, **with_bank)
    pound = book.risk("GBPEUR")
    book.exposure(400_000, of=entity, risk=pound, expected_date=due)
    book.forward(-300_000, risk=pound, strike="1.15", **with_bank)
    dollar_pound = book.risk("GBPUSD")
    book.exposure(-90_000, of=entity, risk=dollar_pound, expected_date=due, kind="FIRM_COMMITMENT")
    book.forward(100_000, risk=dollar_pound, strike="1.27", **with_bank)
    book.instrument(
        "NON_DELIVERABLE_FORWARD", -75_000, strike_rate=Decimal("0.9"), counter_amount=Decimal(67_500),
        counter_currency_id="EUR", fixing_date=due - timedelta(days=2), settlement_currency_id="EUR",
        settlement_date=due, **with_bank,
    )  # fmt: skip
    for near in (TODAY + timedelta(days=20), TODAY - timedelta(days=2)):
        book.instrument(
            "FX_SWAP", -1_000_000, trade_date=TODAY - timedelta(days=5), settlement_date=TODAY + timedelta(days=110),
            near_settlement_date=near, near_rate=Decimal("0.91"), near_counter_amount=Decimal(-910_000),
            strike_rate=Decimal("0.908"), counter_amount=Decimal(908_000), counter_currency_id="EUR", **with_bank,
        )  # fmt: skip
    loan = book.exposure(-60_000, of=entity, kind="RECOGNISED_LIABILITY")
    book.instrument("NATURAL_OFFSET", -60_000, of=entity, offset_exposure=loan.exposure)


def _options(entity: Entity, with_bank: dict) -> None:
    terms = {
        "counter_amount": Decimal(460_000), "counter_currency_id": "EUR", "premium_currency_id": "EUR",
        "settlement_date": date(2027, 4, 30),
    }  # fmt: skip
    put = terms | {"option_kind": "PUT", "option_side": "BOUGHT", "premium_amount": Decimal(-9000)}
    call = terms | {"option_kind": "CALL", "option_side": "SOLD", "premium_amount": Decimal(9000)}
    later = date(2027, 4, 28)
    bought = book.instrument(
        "OPTION", -500_000, strike_rate=Decimal("0.92"), expiry_date=later, **put, **with_bank
    )
    sold = book.instrument(
        "OPTION", -500_000, strike_rate=Decimal("0.95"), expiry_date=later, **call, **with_bank
    )
    today = put | {"settlement_date": TODAY + timedelta(days=2)}
    book.instrument("OPTION", -500_000, strike_rate=Decimal("0.93"), expiry_date=TODAY, **today, **with_bank)
    item = book.exposure(500_000, of=entity, expected_date=date(2027, 4, 30))
    book.relationship(
        of=entity, items=[(item, 500_000)], instruments=[(bought, -500_000), (sold, -500_000)],
        designated_component="INTRINSIC", designation_date=hedged.DESIGNATED, rationale="one-sided",
    )  # fmt: skip


def _listed(entity: Entity, with_bank: dict) -> None:
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="WTI")
    contract = book.futures_contract(oil, code="CLH27")
    future = book.instrument(
        "FUTURE",
        5000,
        risk=oil,
        contract=contract,
        contract_count=5,
        entry_price=Decimal("68.5"),
        **with_bank,
    )
    book.forward(2000, risk=oil, strike="71.5", **with_bank)
    fuel = book.exposure(-4000, of=entity, risk=oil, expected_date=date(2027, 3, 15))
    book.relationship(
        of=entity, items=[(fuel, -4000)], instruments=[(future, 5000)], designation_date=hedged.DESIGNATED,
        designated_hedge_ratio=Decimal("1.25"), assessment_method="DOLLAR_OFFSET",
    )  # fmt: skip


def _undefined(entity: Entity, bank) -> None:
    """No rate at all, a rate that is too old, and a bank without a spread."""
    book.forward(100, of=entity, risk=book.risk("JPYEUR"), strike="0.006", counterparty=bank)
    old_day = TODAY - timedelta(days=12)
    market.record(("FX_SPOT", "EURCHF", "SPOT", old_day, Decimal("0.94"), "TEST", True),
                  ("ZERO_RATE", "CHF", "1Y", old_day, Decimal("0.01"), "TEST", True))  # fmt: skip
    book.forward(100, of=entity, risk=book.risk("CHFEUR"), strike="1.05", counterparty=bank)
    book.forward(-100_000, of=entity, counterparty=book.counterparty())
