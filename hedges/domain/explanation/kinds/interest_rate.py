"""Interest-rate swaps: every payment still to come with its rate and discount factor; what has accrued on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from hedges.domain.explanation.kinds import clean
from hedges.domain.explanation.kinds.projected import projected_flows
from hedges.domain.explanation.market_numbers import curve_source
from hedges.domain.explanation.origins import of_quotes
from hedges.domain.explanation.parts import (
    BOOK,
    CALCULATION,
    MARKET,
    Given,
    Listing,
    Number,
    Source,
    Step,
    Worked,
)
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.steps import amount, arithmetic, measured
from hedges.domain.explanation.written import number
from treasury.enums import QuoteKind
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.numbers import Float, Int
from treasury.queries.quotes_used import of_series

CODE = "interest_rate_swap_value"
COLUMNS = ("paid on", "period from", "accrual", "rate", "discount factor")


def _value(found: Priced) -> Step:
    flows, today = found.flows, found.payment_day
    rates, factors = projected_flows(found)
    left = np.flatnonzero(flows.pay_date >= today)
    usable = not found.stale and not np.isnan(rates[left]).any()
    pay, begin, accrual = flows.pay_date[left], flows.period_start[left], flows.accrual[left]
    look = found.case.sealed.lookup
    names = look.market.curves.currencies
    index = curve_source(found.case, names[int(look.projection[found.terms.risk[0]])])
    fixed = _fixings(found, begin[begin <= today])
    schedule = Source(BOOK, f"payment dates of {found.version['name']}, stored at capture")
    given = [
        found.term("notional_amount", value=abs(found.version["notional_amount"])),
        found.term("pay_fixed"),
        found.term("fixed_rate"),
        Given("payment_years", ((pay - today) / DAYS_PER_YEAR).tolist(), schedule),
        Given("discount_factors", factors[left].tolist(), curve_source(found.case, found.currency)),
        Given(
            "forward_rates",
            rates[left].tolist() if usable else None,
            Source(
                MARKET,
                f"{fixed.text}projected on {index.text}; plus the spread {number(float(found.terms.spread_rate[0]))}",
                {"quote_ids": [*fixed.refers_to["quote_ids"], *index.refers_to.get("quote_ids", [])]},
            ),
        ),
        Given("accruals", accrual.tolist(), schedule),
        _elapsed(begin, pay, accrual, today),
    ]
    rows = [
        (date.fromordinal(int(p)), date.fromordinal(int(b)), float(a), float(r), float(f))
        for p, b, a, r, f in zip(pay, begin, accrual, rates[left], factors[left], strict=True)
    ]
    return measured(
        CODE, "present_value", given, listings=[Listing("Payments to come", COLUMNS, rows, len(rows))]
    )


def _fixings(found: Priced, starts: Int) -> Source:
    """The fixing that each period has taken that has begun: the last one on or before its start."""
    wanted, words, ids = of_series([QuoteKind.RATE_FIXING], [found.risk["market_symbol"]]), "", []
    for start in starts.tolist():
        begun = date.fromordinal(start)
        rows = found.case.quotes(wanted, begun)
        words += f"the fixing of the period from {begun}: {of_quotes(rows).text}; each later period "
        ids += [row["id"] for row in rows]
    return Source(MARKET, words, {"quote_ids": ids})


def _elapsed(begin: Int, pay: Int, accrual: Float, today: int) -> Given:
    """The part of the first period that has passed, by days: none of one that has not begun."""
    if not begin.size:
        return Given("elapsed_accrual", None, Source(CALCULATION, "no period is left"))
    gone, days = max(today - int(begin[0]), 0), max(int(pay[0] - begin[0]), 1)
    passed = min(float(accrual[0]) * gone / days, float(accrual[0]))
    return Given("elapsed_accrual", passed, Source(CALCULATION, f"{gone} of {days} days of the first period"))


def _accrued(found: Priced, value: Step) -> Step:
    """What each leg has accrued: its rate times the elapsed part of the running period, as days."""
    flows, today = found.flows, found.payment_day
    rows: list[tuple[object, ...]] = []
    total: Number = None if value.result is None else 0.0
    side = 1.0 if bool(found.terms.pay_fixed[0]) else -1.0
    size, fixed = abs(float(found.terms.notional[0])), float(found.terms.fixed_rate[0])
    left = np.flatnonzero(flows.pay_date >= today).tolist()
    rates = value.inputs.get("forward_rates") or [None] * len(left)
    for place, rate in zip(left, rates, strict=True):
        begin, pay = int(flows.period_start[place]), int(flows.pay_date[place])
        if begin >= today or rate is None or total is None:
            continue
        elapsed = float(flows.accrual[place]) * (today - begin) / max(pay - begin, 1)
        part = side * size * (rate * elapsed - fixed * elapsed)
        total = float(total) + part
        rows.append((date.fromordinal(begin), today - begin, pay - begin, elapsed, rate, part))
    columns = ("period from", "days gone", "of days", "elapsed years", "rate", "accrued")
    given = [
        found.term("fixed_rate"),
        Given("side", side, Source(CALCULATION, "+1 where the fixed rate is paid, −1 where it is received")),
    ]
    listing = Listing("The running period", columns, rows, len(rows), total)
    return arithmetic(
        "Accrued interest",
        "±N·(rate − K)·accrual·days gone/days of the period",
        total,
        given,
        listings=[listing],
    )


def _clean(found: Priced) -> list[Step]:
    value = _value(found)
    return clean.clean_steps(value, _accrued(found, value))


def present_value(found: Priced) -> Worked:
    return amount([_value(found)], found.currency, found.because)


def clean_value(found: Priced) -> Worked:
    return clean.clean_value(found, _clean(found), CODE)


def accrued_amount(found: Priced) -> Worked:
    return clean.accrued_amount(found, _clean(found), CODE)


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "present_value": present_value,
    "clean_value": clean_value,
    "accrued_amount": accrued_amount,
}
