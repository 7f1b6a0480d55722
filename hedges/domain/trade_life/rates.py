"""The market's rates for what happens to a trade: fixings as they were quoted, forwards of the newest published night.

A fixing is the spot rate or price that is on record for the very day, quote currency per base unit of the risk; of a
pair that is quoted the other way round it is 1 / rate, of two pairs with the euro their cross, at ten decimals. Never
one that is filled forward: a fixing that is not on record is typed with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from hedges.domain.ticket.market import published_market
from hedges.models import InstrumentVersion
from hedges.queries import instrument_life
from treasury.enums import RiskKind

_STEP = Decimal(1).scaleb(-10)
_MOST = Decimal(10) ** 10
_HUB = "EUR"


@dataclass(frozen=True, slots=True)
class Quoted:
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Forward:
    """Of the newest published night: the forward rate to a date, and the discount factor of the quote currency."""

    as_of_date: date
    rate: Decimal | None
    discount_factor: Decimal | None


def fixing(version: InstrumentVersion, on: date) -> Quoted | None:
    """None where nothing is on record for the day."""
    risk = version.risk
    if risk.kind != RiskKind.CURRENCY_PAIR:
        found = instrument_life.quotes_of([risk.market_symbol], on).get(risk.market_symbol)
        return None if found is None else Quoted(*found)
    base, quote = risk.base_unit_id, risk.quote_currency_id
    pairs = [base + quote, quote + base, _HUB + base, _HUB + quote]
    found_pairs = instrument_life.quotes_of(pairs, on)
    if base + quote in found_pairs:
        return Quoted(*found_pairs[base + quote])
    if quote + base in found_pairs:
        rate, source = found_pairs[quote + base]
        return _across(1 / rate, source)
    if _HUB + base in found_pairs and _HUB + quote in found_pairs:
        (of_base, source), (of_quote, _) = found_pairs[_HUB + base], found_pairs[_HUB + quote]
        return _across(of_quote / of_base, source)
    return None


def _across(rate: Decimal, source: str) -> Quoted | None:
    """None where the rate is 0 or larger than any is kept, once it is rounded as rates are."""
    kept = rate.quantize(_STEP) if rate < _MOST else Decimal(0)
    return Quoted(kept, source) if kept else None


def forward(version: InstrumentVersion, to: date) -> Forward | None:
    """None while no night has been published; what cannot be worked out is None in it."""
    seen = published_market()
    if seen is None or version.risk_id not in set(seen.lookup.risk_ids.tolist()):
        return None
    risk = seen.lookup.position([version.risk_id])
    day = np.array([seen.as_of_date.toordinal()], dtype=np.int64)
    target = np.array([to.toordinal()], dtype=np.int64)
    return Forward(
        seen.as_of_date,
        _decimal(seen.lookup.forward(risk[:, None], day[:, None], target[:, None])[0, 0]),
        _decimal(seen.lookup.factor(risk[:, None], day[:, None], target[:, None])[0, 0]),
    )


def _decimal(value: float) -> Decimal | None:
    """None where it is not defined, or larger than any rate is kept."""
    return Decimal(repr(float(value))).quantize(Decimal("0.000001")) if abs(value) < float(_MOST) else None
