"""A company whose people record, designate, approve and close month by month, at told times, on prices of one's choice.

Quantities in euros, sold by futures, so that every change of item and instrument is just what the quotes say.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hedges.domain.accounting_periods import last_day, next_month
from hedges.domain.assessment import decisions, inception, on_demand
from hedges.models import HedgeRelationship, HedgeRelationshipVersion, MeasurementResult
from tests.factories import book, changes, clock, closable, market
from treasury.domain.market_quotes import QuoteRow
from treasury.domain.refusals import Refusal
from treasury.kernel.clock import weekday_on_or_before
from treasury.models import CalculationRun, Entity, MarketQuote

BEGUN = date(2026, 1, 1)
DUE = date(2026, 6, 15)
FIRST_PRICE = Decimal(1000)
FRAMEWORKS = ("IFRS9", "IAS39", "ASC815")


support = inception.support


def founded(framework: str = "IFRS9", *, on: date = BEGUN - timedelta(days=1), **fields: Any) -> Entity:
    """An entity with an approved account map, in a world that knows all three rule packs."""
    with clock.at(on):
        for each in FRAMEWORKS:
            book.rule_pack(each)
        entity = book.entity(accounting_framework=framework, **fields)
        closable.accounts(entity, valid_from=on)
    return entity


def quote(kind: str, symbol: str, day: date, value: Any, tenor: str = "SPOT") -> QuoteRow:
    return QuoteRow(kind, symbol, tenor, day, Decimal(value), "TEST", True)


def recorded(day: date, *quotes: QuoteRow, told: date | None = None) -> None:
    """Quotes that are recorded on their day, with an FX rate and the euro's interest rates: the market has come.

    The rates are 0 where none are given: a forward is worth its price's whole change, as the worked tables have it.
    """
    every = (quote("FX_SPOT", "EURCHF", day, "0.95"), euro_rate(day))
    with clock.at(told or day):
        rest = [one for one in every if not has(one, quotes)]
        # Without a quote the factory would record its own market.
        if rest or quotes:
            market.record(*rest, *quotes)


def euro_rate(day: date, value: Any = 0) -> QuoteRow:
    return quote("ZERO_RATE", "EUR", day, value, "1Y")


def has(one: QuoteRow, quotes: Sequence[QuoteRow]) -> bool:
    """Whether the day has such a quote: of FX any, of rates the same one."""
    same = {} if one.kind == "FX_SPOT" else {"symbol": one.symbol}
    told = any(
        (row.kind, row.quote_date) == (one.kind, one.quote_date) and (not same or row.symbol == one.symbol)
        for row in quotes
    )
    return told or MarketQuote.objects.filter(kind=one.kind, quote_date=one.quote_date, **same).exists()


def recorded_spreads(day: date, *codes: str) -> None:
    """Parties without credit risk."""
    recorded(day, *(quote("CREDIT_SPREAD", code, day, 0) for code in codes))


def steel() -> Any:
    """A quantity that is worth its price in euros."""
    number = book.number()
    return book.risk(
        f"STEEL{number}",
        kind="COMMODITY",
        base_unit_id="MT",
        quote_currency_id="EUR",
        market_symbol=f"STEEL{number}",
    )


class Hedged:
    """Steel of one company and its futures; prices are told by the changes that they have to make."""

    def __init__(self, of: Entity, *, due: date = DUE) -> None:
        self.of, self.due = of, due
        self.risk = steel()
        self.contract = book.futures_contract(
            self.risk, contract_multiplier=Decimal(1), tick_size=Decimal("0.001"), last_trade_date=due
        )

    def prices(self, day: date, spot: Any, future: Any, told: date | None = None) -> None:
        recorded(
            day, quote("PRICE", self.risk.market_symbol, day, spot),
            quote("FUTURES_PRICE", self.contract.code, day, future), told=told,
        )  # fmt: skip

    def item(self, amount: Any = 1000, on: date = BEGUN, **fields: Any) -> Any:
        with clock.at(on):
            return book.exposure(amount, of=self.of, risk=self.risk, **({"expected_date": self.due} | fields))

    def future(self, count: Any = -1000, on: date = BEGUN, entry: Any = FIRST_PRICE, **fields: Any) -> Any:
        terms = {"trade_date": on, "settlement_date": self.due, "contract": self.contract}
        with clock.at(on):
            return book.instrument(
                "FUTURE", count, of=self.of, risk=self.risk, contract_count=Decimal(count),
                entry_price=Decimal(entry), **(terms | fields),
            )  # fmt: skip

    def designated(
        self, items: Sequence[Any], instruments: Sequence[Any], **fields: Any
    ) -> HedgeRelationshipVersion:
        """Documented, tested and approved by another person on the designation date."""
        begun = fields.pop("designation_date", BEGUN)
        terms = {
            "hedge_end_date": self.due,
            "assessment_method": "DOLLAR_OFFSET",
            "support": inception.support,
        }
        return book.relationship(
            of=self.of, items=items, instruments=instruments, designation_date=begun, valid_from=begun,
            **(terms | fields),
        )  # fmt: skip


def month_end(month: date) -> date:
    """The day on which a month's last quotes are."""
    return weekday_on_or_before(last_day(month))


def close(entity: Entity, month: date, *, shard_count: int = 1) -> CalculationRun:
    """Closed in this process on the third day of the next month."""
    run = attempted(entity, month, shard_count=shard_count)
    assert run.status == "PUBLISHED", run.status_reason
    return run


def attempted(entity: Entity, month: date, *, shard_count: int = 1) -> CalculationRun:
    """A close, whatever becomes of it; a hedge that ended within the month is tested first, where that is asked for."""
    with clock.at(next_month(month) + timedelta(days=2)):
        try:
            return closable.close(entity, month, shard_count=shard_count)
        except Refusal as refusal:
            asked = re.findall(r"(\w+) has no test of [\d-]+ on record: test it for ([\d-]+)", str(refusal))
            if not asked:
                raise
            for code, day in asked:
                relationship, on = (
                    HedgeRelationship.objects.get(entity=entity, code=code),
                    date.fromisoformat(day),
                )
                (record,) = on_demand.on_demand(
                    relationships=[relationship], as_of_date=on, actor=book.user("HEDGE_ACCOUNTANT")
                )
                if record.effectiveness_status == "INCONCLUSIVE":
                    decisions.decide(
                        relationship=relationship, subject="TEST", as_of_date=on, status="EFFECTIVE",
                        reason="the changes are too small to say", actor=book.user("APPROVER"),
                    )  # fmt: skip
            return closable.close(entity, month, shard_count=shard_count)


def measured(run: CalculationRun, version: Any) -> MeasurementResult:
    return MeasurementResult.objects.get(run_id=run.pk, relationship_id=version.relationship_id)


def approved(change: Any, on: date) -> Any:
    return changes.approve(change, on=on)


def last_days(month: date) -> list[date]:
    """The last weekday of a month and, where it is another one, its last day."""
    return sorted({month_end(month), last_day(month)})


def decided(version: Any, day: date, status: str = "EFFECTIVE") -> None:
    """A person's word on a test without a result, after it was made."""
    with clock.at(day + timedelta(days=1)):
        on_demand.on_demand(
            relationships=[version.relationship], as_of_date=day, actor=book.user("HEDGE_ACCOUNTANT")
        )
        decisions.decide(
            relationship=version.relationship, subject="TEST", as_of_date=day, status=status,
            reason="the changes are too small to say", actor=book.user("APPROVER"),
        )  # fmt: skip
