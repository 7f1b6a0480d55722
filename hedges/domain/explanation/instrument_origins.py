"""The fair value of a layer of an instrument on a day of its life, by its kind, with its credit, from the run's quotes.

Fair value = (value by kind + CVA + DVA) × spot rate into the functional currency. Reference: rules sections 3 and 5.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from hedges.domain.explanation import credit
from hedges.domain.explanation.accounted import Accounted
from hedges.domain.explanation.layer_value import Again
from hedges.domain.explanation.parts import CALCULATION, Given, Source
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import conversion, spot_given
from hedges.domain.explanation.steps import arithmetic, from_before
from hedges.domain.explanation.valuations import NUMBERS
from hedges.domain.explanation.written import number
from hedges.domain.instrument_values import instrument_values
from hedges.domain.terms import KIND, flows_of
from hedges.enums import InstrumentKind
from hedges.queries import explained

#: The number that is a kind's value in hedge accounting; the present value of every other.
VALUE = {
    InstrumentKind.INTEREST_RATE_SWAP: "clean_value",
    InstrumentKind.CROSS_CURRENCY_SWAP: "clean_value",
    InstrumentKind.FUTURE: "profit_amount",
}
#: Terms that are designated in part.
SIZES = ("notional_amount", "counter_amount", "contract_count")


def instrument_value(found: Accounted, row: int, day: int) -> Again:
    """One layer; an instrument that has ended keeps the value of its last day."""
    priced = layer_priced(found, row, day)
    name = VALUE.get(InstrumentKind(priced.kind), "present_value")
    value = NUMBERS[priced.kind][name](priced)
    adjusted = credit.adjustments(priced, value)
    rate = conversion(priced.case, priced.risk_id, found.currency)
    parts = [value.unrounded, *(step.result for step in adjusted), rate.result]
    settled = priced.numbers.get("profit") if priced.terms.resets_notional[0] else None
    again: float | None = None
    if all(part is not None for part in parts) and not priced.stale:
        whole, cva, dva, turned = (float(part or 0) for part in parts)
        again = (whole + cva + dva + (settled or 0.0)) * turned
    given = [
        Given("credit_value_adjustment", parts[1], from_before("CVA")),
        Given("debit_value_adjustment", parts[2], from_before("DVA")),
        spot_given("conversion_rate", rate),
    ]
    if settled is not None:
        given.append(Given("settled_by_resets", settled, Source(CALCULATION, "principal differences paid")))
    total = arithmetic(
        "Fair value",
        "fair value = (value + CVA + DVA) × conversion rate",
        again,
        given,
        numbers=f"({' + '.join(f'({number(part)})' for part in parts[:3])}) × {number(parts[3])} = {number(again)}",
    )
    return Again(
        priced.case.today,
        [*value.steps, *adjusted, total],
        again,
        (),
        "" if again is not None else priced.because,
    )


def layer_priced(found: Accounted, row: int, day: int) -> Priced:
    """The layer as the night prices an instrument: its terms scaled to its units, on a day of its own."""
    rows, book = found.book.instruments, found.book
    known = found.measured.workings.hedges.terms.take(np.array([row]))
    every = flows_of(rows["version_id"], book.flows | {"instrument_id": book.flows["version_id"]})
    flows = every.take(np.array([row]))
    last = int(known.settlement_date[0])
    if int(known.kind[0]) == KIND[InstrumentKind.OPTION]:
        last = min(last, int(known.expiry_date[0]))
    case, struck = found.case.on(min(day, last)), rows["struck_on"][row : row + 1]
    days = np.array([[int(struck[0]), case.today]])
    values = instrument_values(known, flows, case.sealed.lookup, days, struck)
    numbers = {name: float(column[0, 1]) for name, column in values.numbers.items()}
    # What is measured since the day of inception is so since the layer's, not since the trade.
    known.trade_date[:] = struck
    return Priced(
        case=case,
        rows={"risk_id": found.book.relationships["risk_id"][:1]},
        terms=known,
        flows=flows,
        numbers={name: None if np.isnan(value) else value for name, value in numbers.items()},
        stale=bool(values.stale[0, 1]),
        not_built=bool(values.not_built[0, 1]),
        version=_version(found, row),
    )


def _version(found: Accounted, row: int) -> dict[str, Any]:
    """The terms as they were dealt, amounts in the share that is designated."""
    rows, dealt = found.book.instruments, found.book.terms
    version = explained.instrument_version(int(rows["version_id"][row]))
    assert version is not None
    place = int(np.searchsorted(dealt["version_id"], rows["version_id"][row]))
    whole = abs(int(dealt["notional"][place])) or 1
    units = abs(int(rows["units"][row]))
    part = {
        name: Decimal(version[name]) * units / whole
        for name in SIZES
        if units != whole and version[name] is not None
    }
    return version | part
