"""The terms of instruments as arrays ready for the formulas, whatever the rows came for: a valuation or a test."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.enums import InstrumentKind
from hedges.queries.columns import KINDS
from hedges.queries.flow_columns import COUNTS, FIXED, FLOATING
from treasury.kernel.day_count import THIRTY_360, THIRTY_E_360
from treasury.kernel.money import MINOR_UNIT_LIMIT
from treasury.quant.numbers import Bool, Float, Int
from treasury.queries.columns import Reference
from treasury.queries.copy import Columns

KIND = {InstrumentKind(kind): number for number, kind in enumerate(KINDS)}
FORWARDS = (
    KIND[InstrumentKind.FORWARD],
    KIND[InstrumentKind.NON_DELIVERABLE_FORWARD],
    KIND[InstrumentKind.FX_SWAP],
)


@dataclass(frozen=True, slots=True)
class Terms:
    """One row an instrument; dates are ordinals, `notional` in major units, `stale_after` in days."""

    instrument_id: Int
    kind: Int
    risk: Int
    notional: Float
    trade_date: Int
    start_date: Int
    settlement_date: Int
    fixing_date: Int
    expiry_date: Int
    near_settlement_date: Int
    strike_rate: Float
    near_rate: Float
    counter_amount: Float
    entry_price: Float
    multiplier: Float
    contract_count: Float
    future: Int
    option_sign: Int
    option_side: Int
    pay_fixed: Bool
    fixed_rate: Float
    spread_rate: Float
    counter_fixed_rate: Float
    resets_notional: Bool
    functional: Int
    same_currency: Bool
    counterparty_spread: Int
    own_spread: Int
    is_bilateral: Bool
    stale_after: Int

    def take(self, rows: Int) -> "Terms":
        """These rows, in this order."""
        return Terms(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def without_near_legs(self) -> "Terms":
        """As hedge accounting takes them: the near leg of an FX swap is funding, the far leg a forward that hedges."""
        swaps = self.kind == KIND[InstrumentKind.FX_SWAP]
        return replace(self, kind=np.where(swaps, KIND[InstrumentKind.FORWARD], self.kind))

    def scaled(self, share: Float) -> "Terms":
        """The part of each instrument that is designated: notional, counter amount and contracts by a share."""
        return replace(
            self,
            notional=self.notional * share,
            counter_amount=self.counter_amount * share,
            contract_count=self.contract_count * share,
        )


@dataclass(frozen=True, slots=True)
class Flows:
    """Payment dates of swaps, ragged: flows offsets[i] to offsets[i + 1] belong to row i of the terms.

    A flow is one of both legs or of one of them (`leg`, `day_count`: see `hedges.queries.flow_columns`).
    """

    offsets: Int
    pay_date: Int
    period_start: Int
    accrual: Float
    leg: Int
    day_count: Int

    @classmethod
    def of_both_legs(cls, offsets: Int, pay_date: Int, period_start: Int, accrual: Float) -> "Flows":
        """Every flow is one of both legs, which count as the money market does."""
        return cls(offsets, pay_date, period_start, accrual, *np.zeros((2, pay_date.size), dtype=np.int64))

    @property
    def is_fixed(self) -> Bool:
        """Where the fixed leg pays."""
        return np.asarray(self.leg != FLOATING)

    @property
    def is_floating(self) -> Bool:
        """Where the floating leg pays."""
        return np.asarray(self.leg != FIXED)

    @property
    def counts_thirty(self) -> Bool:
        """Where months have 30 days."""
        return np.asarray(self.day_count >= COUNTS.index(THIRTY_360))

    @property
    def is_european(self) -> Bool:
        """Where they have them as the Eurobond market counts."""
        return np.asarray(self.day_count == COUNTS.index(THIRTY_E_360))

    def take(self, rows: Int) -> "Flows":
        """The flows of these rows, in this order."""
        sizes = np.diff(self.offsets)[rows]
        offsets = np.concatenate([[0], np.cumsum(sizes)])
        places = np.repeat(self.offsets[rows] - offsets[:-1], sizes) + np.arange(offsets[-1])
        return Flows(offsets, **{name: getattr(self, name)[places] for name in _OF_FLOWS})

    @property
    def is_first(self) -> Bool:
        """Where a flow is the first one of its row."""
        first = np.zeros(self.pay_date.size, dtype=bool)
        first[self.offsets[:-1][np.diff(self.offsets) > 0]] = True
        return first

    @property
    def last_date(self) -> Int:
        """The last payment date of each row, far ahead where there is none."""
        last = np.full(self.offsets.size - 1, np.iinfo(np.int32).max, dtype=np.int64)
        filled = np.diff(self.offsets) > 0
        last[filled] = self.pay_date[self.offsets[1:][filled] - 1]
        return last

    @property
    def row(self) -> Int:
        """The row of each flow."""
        return np.repeat(np.arange(self.offsets.size - 1), np.diff(self.offsets))


_OF_FLOWS = ("pay_date", "period_start", "accrual", "leg", "day_count")


@dataclass(frozen=True, slots=True)
class Found:
    """What a formula found: numbers by name, days of the oldest quote in them, and where a curve could not be made."""

    numbers: dict[str, Float]
    age: Int
    not_built: Bool | bool = False


def terms(
    rows: Columns, reference: Reference, contracts: Mapping[int, tuple[str, float]], lookup: Lookup
) -> Terms:
    """`rows`: columns of `hedges.queries.columns`. Positions stand for codes from here on."""
    market = lookup.market
    risk = lookup.position(rows["risk_id"])
    entities = [reference.entities[entity] for entity in rows["entity_id"].tolist()]
    functional = [entity["functional_currency_id"] for entity in entities]
    contract = [contracts.get(pk, ("", 1.0)) for pk in rows["contract_id"].tolist()]
    counterparties = [reference.counterparties.get(pk, "") for pk in rows["counterparty_id"].tolist()]
    is_future = rows["kind"] == KIND[InstrumentKind.FUTURE]
    quote = np.array(lookup.quote_currencies, dtype=object)[risk]
    return Terms(
        instrument_id=rows["instrument_id"],
        kind=rows["kind"],
        risk=risk,
        notional=rows["notional"] / 10.0 ** lookup.base_exponents[risk],
        multiplier=np.array([size for _, size in contract], dtype=np.float64),
        future=market.futures.index(code for code, _ in contract),
        functional=market.spot.index(functional),
        same_currency=quote == np.array(functional, dtype=object),
        counterparty_spread=market.spreads.index(counterparties),
        own_spread=market.spreads.index(entity["code"] for entity in entities),
        is_bilateral=(rows["counterparty_id"] != 0) & ~is_future,
        stale_after=np.array(
            [reference.pack_of(entity)["stale_after_days"] for entity in rows["entity_id"].tolist()], dtype=np.int64
        ),
        contract_count=rows["contract_count"].astype(np.float64),
        **{
            name: rows[name]
            for name in (
                "trade_date", "start_date", "settlement_date", "fixing_date", "expiry_date", "near_settlement_date",
                "strike_rate", "near_rate", "counter_amount", "entry_price", "option_sign", "option_side", "pay_fixed",
                "fixed_rate", "spread_rate", "counter_fixed_rate", "resets_notional",
            )
        },
    )  # fmt: skip


def flows_of(instrument_ids: Int, rows: Columns) -> Flows:
    """Flows in the order of the instruments given; `rows` come sorted by instrument and date."""
    first = np.searchsorted(rows["instrument_id"], instrument_ids, side="left")
    sizes = np.searchsorted(rows["instrument_id"], instrument_ids, side="right") - first
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    places = np.repeat(first - offsets[:-1], sizes) + np.arange(offsets[-1])
    return Flows(offsets, **{name: rows[name][places] for name in _OF_FLOWS})


def within_limit(values: Float, exponents: Int) -> Bool:
    """Where an amount can be stored: finite, and below 2^53 minor units."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(values) * 10.0**exponents < MINOR_UNIT_LIMIT)
