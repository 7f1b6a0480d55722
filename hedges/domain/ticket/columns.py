"""Versions that are not recorded yet as the columns that the night reads: one code values both."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from hedges.domain.terms import KIND
from hedges.enums import OptionKind, OptionSide
from hedges.models import InstrumentVersion
from hedges.queries.flow_columns import BOTH, COUNTS, FIXED, FLOATING
from treasury.kernel.money import to_minor_units
from treasury.queries.copy import Columns

_OPTION_SIGN = {OptionKind.CALL: 1, OptionKind.PUT: -1}
_OPTION_SIDE = {OptionSide.BOUGHT: 1, OptionSide.SOLD: -1}


def as_columns(versions: Sequence[InstrumentVersion]) -> Columns:
    """The terms among `hedges.queries.columns.TERMS`; the instrument's id is the place in `versions`."""
    rows = list(versions)

    def whole(values: Sequence[int | None]) -> np.ndarray:
        return np.array([value or 0 for value in values], dtype=np.int64)

    def rates(name: str, missing: float = np.nan) -> np.ndarray:
        found = [_number(getattr(row, name)) for row in rows]
        return np.array([missing if value is None else value for value in found], dtype=np.float64)

    def days(name: str, fallback: str) -> np.ndarray:
        return whole([_ordinal(getattr(row, name) or getattr(row, fallback)) for row in rows])

    def flags(name: str) -> np.ndarray:
        return np.array([bool(getattr(row, name)) for row in rows])

    return {
        "instrument_id": np.arange(len(rows), dtype=np.int64),
        "version_id": whole([row.pk for row in rows]),
        "entity_id": whole([row.entity_id for row in rows]),
        "kind": np.array([KIND[row.kind] for row in rows], dtype=np.int64),  # type: ignore[index]
        "counterparty_id": whole([row.counterparty_id for row in rows]),
        "risk_id": whole([row.risk_id for row in rows]),
        "trade_date": days("trade_date", "trade_date"),
        "start_date": days("start_date", "trade_date"),
        "settlement_date": days("settlement_date", "settlement_date"),
        "notional": whole([to_minor_units(row.notional_amount, row.notional_currency_id) for row in rows]),
        "strike_rate": rates("strike_rate"),
        "counter_amount": rates("counter_amount"),
        "fixing_date": days("fixing_date", "settlement_date"),
        "contract_id": whole([row.contract_id for row in rows]),
        "contract_count": whole([row.contract_count for row in rows]),
        "entry_price": rates("entry_price"),
        "option_sign": whole([_OPTION_SIGN.get(row.option_kind, 0) for row in rows]),  # type: ignore[call-overload]
        "option_side": whole([_OPTION_SIDE.get(row.option_side, 0) for row in rows]),  # type: ignore[call-overload]
        "expiry_date": days("expiry_date", "settlement_date"),
        "near_settlement_date": days("near_settlement_date", "trade_date"),
        "near_rate": rates("near_rate"),
        "pay_fixed": flags("pay_fixed"),
        "fixed_rate": rates("fixed_rate"),
        "spread_rate": rates("spread_rate", 0.0),
        "counter_fixed_rate": rates("counter_fixed_rate"),
        "resets_notional": flags("resets_notional"),
    }


def as_flows(versions: Sequence[InstrumentVersion]) -> Columns:
    """Payment dates of swaps, in the order of the versions; `instrument_id` is the place."""
    found: list[tuple[int, int, int, float, int, int]] = []
    for number, row in enumerate(versions):
        if row.flow_days is None or row.start_date is None:
            continue
        first = row.start_date.toordinal()
        for leg, days, accruals, count in _legs(row):
            begun = [0, *days[:-1]]
            counted = COUNTS.index(count or "")
            found += [
                (number, first + end, first + start, accrual, leg, counted)
                for start, end, accrual in zip(begun, days, accruals, strict=True)
            ]
    place, ends, starts, fractions, legs, counts = zip(*found, strict=True) if found else ((),) * 6
    return {
        "instrument_id": np.array(place, dtype=np.int64),
        "pay_date": np.array(ends, dtype=np.int64),
        "period_start": np.array(starts, dtype=np.int64),
        "accrual": np.array(fractions, dtype=np.float64),
        "leg": np.array(legs, dtype=np.int64),
        "day_count": np.array(counts, dtype=np.int64),
    }


def _legs(row: InstrumentVersion) -> list[tuple[int, list[int], list[float], str | None]]:
    """Each leg with its days, its accruals and its count; one that is both where they are alike."""
    fixed = (row.flow_days or [], row.flow_accruals or [], row.day_count)
    if row.floating_flow_days is None:
        return [(BOTH, *fixed)]
    floating = (row.floating_flow_days, row.floating_flow_accruals or [], row.floating_day_count)
    return [(FIXED, *fixed), (FLOATING, *floating)]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()
