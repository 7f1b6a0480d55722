"""Credit adjustments and fair value: current exposure times the spread; the sum is rounded once and an adjustment is
what the rounded value leaves of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hedges.domain.explanation.kinds.forward import remainder
from hedges.domain.explanation.origins import of_quotes
from hedges.domain.explanation.parts import BOOK, CALCULATION, MARKET, Given, Number, Source, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import conversion, spot_given
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured
from hedges.domain.explanation.written import number
from treasury.enums import QuoteKind
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.queries.quotes_used import of_series

CODE = "credit_adjustment"
#: The spread that an adjustment does not look at.
UNUSED = {"credit_value_adjustment": "own_spread", "debit_value_adjustment": "counterparty_spread"}


def _adjustment(found: Priced, value: Worked, field: str) -> Step:
    terms, market = found.terms, found.case.sealed.lookup.market
    bilateral, today = bool(terms.is_bilateral[0]), np.array([found.case.today])
    entity = found.case.sealed.reference.entities[found.case.row.entity_id]["code"]
    spreads = []
    for name, party, place in (
        ("counterparty_spread", found.version["counterparty_code"] or "", terms.counterparty_spread),
        ("own_spread", entity, terms.own_spread),
    ):
        if bilateral:
            rows = found.case.quotes(of_series([QuoteKind.CREDIT_SPREAD], [party]))
            spread = float(market.value(market.spreads, today, place)[0])
            source = of_quotes(rows, f"credit spread of {party}")
            if np.isnan(spread) and name == UNUSED.get(field):
                spread, source = 0.0, Source(MARKET, f"no spread of {party}; it does not enter this number")
            spreads.append(Given(name, spread, source))
        else:
            words = "no bank stands behind it or it is settled daily, so that it has no credit adjustment"
            spreads.append(Given(name, 0.0, Source(BOOK, words)))
    days = max(int(terms.settlement_date[0]) - found.case.today, 0)
    given = [
        Given("present_value", value.unrounded, from_before("the value before credit, not rounded")),
        *spreads,
        Given("years", days / DAYS_PER_YEAR, Source(CALCULATION, f"{days} days to settlement / 365")),
    ]
    return measured(CODE, field, given)


def _adjusted(field: str) -> Callable[[Priced, Worked], Worked]:
    def explain(found: Priced, value: Worked) -> Worked:
        own = _adjustment(found, value, field)
        others = [_adjustment(found, value, name) for name in UNUSED if name != field]
        fair = _sum(value, [*others, own])
        steps = [*value.steps, own]
        if fair.result is not None and own.result:
            words = "fair value − present value, each rounded once"
            left = remainder(fair, value.steps[-1], "What the rounded value leaves", words, found.currency)
            steps = [*value.steps, *others, own, fair, left]
        return amount(steps, found.currency, found.because, code=CODE, field=field)

    return explain


def adjustments(found: Priced, value: Worked) -> list[Step]:
    """Both adjustments of a value, not rounded."""
    return [_adjustment(found, value, name) for name in ("credit_value_adjustment", "debit_value_adjustment")]


def _sum(value: Worked, adjusted: list[Step]) -> Step:
    """The fair value before rounding. The order of the adjustments does not matter: one of them is zero."""
    parts = [value.unrounded, *(step.result for step in adjusted)]
    names = ("present_value", *(step.field for step in adjusted))
    total = sum(float(part or 0) for part in parts) if None not in parts else None
    given = [Given(name, part, from_before("not rounded")) for name, part in zip(names, parts, strict=True)]
    written = f"{' + '.join(f'({number(part)})' for part in parts)} = {number(total)}"
    return arithmetic("Fair value", "present value + CVA + DVA", total, given, numbers=written)


def _fair(found: Priced, value: Worked) -> tuple[list[Step], Number]:
    steps = adjustments(found, value)
    total = _sum(value, steps)
    return [*value.steps, *steps, total], total.result


def _fair_value(found: Priced, value: Worked) -> Worked:
    steps, _ = _fair(found, value)
    return amount(steps, found.currency, found.because, code=CODE, field="fair_value")


def _fair_value_functional(found: Priced, value: Worked) -> Worked:
    steps, fair = _fair(found, value)
    functional = found.case.row.functional_currency
    rate = conversion(found.case, found.risk_id, functional)
    result: Number = None
    if fair is not None and rate.result is not None and not _old(found):
        result = float(rate.result) * float(fair)
    written = f"{number(fair)} × {number(rate.result)} = {number(result)}"
    given = [
        Given("fair_value", fair, from_before("the fair value, not rounded")),
        spot_given("spot_rate", rate),
    ]
    turned = arithmetic(
        "In the functional currency", "fair value × spot rate of the day", result, given, numbers=written
    )
    return amount([*steps, turned], functional, found.because, code=CODE, field="fair_value")


def _old(found: Priced) -> bool:
    """Whether the rate into the functional currency is older than the rule pack allows."""
    terms, look = found.terms, found.case.sealed.lookup
    age = look.conversion_age(terms.risk, terms.functional, terms.same_currency, np.array([found.case.today]))
    return bool(age[0] > terms.stale_after[0])


NUMBERS: dict[str, Callable[[Priced, Worked], Worked]] = {
    "credit_value_adjustment": _adjusted("credit_value_adjustment"),
    "debit_value_adjustment": _adjusted("debit_value_adjustment"),
    "fair_value": _fair_value,
    "fair_value_functional": _fair_value_functional,
}
