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
from hedges.queries.flow_columns import BOTH, FIXED, FLOATING
from treasury.enums import QuoteKind
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.kernel.day_count import thirty_days
from treasury.quant.numbers import Float, Int
from treasury.queries.quotes_used import of_series

CODE = "interest_rate_swap_value"
COLUMNS = ("paid on", "period from", "accrual", "rate", "discount factor")


def _value(found: Priced) -> Step:
    flows, today = found.flows, found.payment_day
    rates, factors = projected_flows(found)
    to_come = flows.pay_date >= today
    paid, left = np.flatnonzero(to_come & flows.is_fixed), np.flatnonzero(to_come & flows.is_floating)
    usable = not found.stale and not np.isnan(rates[left]).any()
    begin = flows.period_start[left]
    look = found.case.sealed.lookup
    names = look.market.curves.currencies
    index = curve_source(found.case, names[int(look.projection[found.terms.risk[0]])])
    fixed = _fixings(found, begin[begin <= today])
    schedule = Source(BOOK, f"payment dates of {found.version['name']}, stored at capture")
    given = [
        found.term("notional_amount", value=abs(found.version["notional_amount"])),
        found.term("pay_fixed"),
        found.term("fixed_rate"),
        *_periods(found, paid, factors, schedule, ""),
        Given(
            "forward_rates",
            rates[left].tolist() if usable else None,
            Source(
                MARKET,
                f"{fixed.text}projected on {index.text}; plus the spread {number(float(found.terms.spread_rate[0]))}",
                {"quote_ids": [*fixed.refers_to["quote_ids"], *index.refers_to.get("quote_ids", [])]},
            ),
        ),
    ]
    if not _has_own_legs(found):
        return measured(
            CODE, "present_value", given, listings=[_listed("Payments to come", found, left, rates, factors)]
        )
    of_floating = Source(
        BOOK, f"payment dates of the floating leg of {found.version['name']}, stored at capture"
    )
    given += _periods(found, left, factors, of_floating, "floating_")
    agreed = np.full(rates.shape, float(found.terms.fixed_rate[0]))
    listings = [
        _listed("Payments of the fixed leg to come", found, paid, agreed, factors),
        _listed("Payments of the floating leg to come", found, left, rates, factors),
    ]
    return measured(CODE, "present_value", given, listings=listings)


def _has_own_legs(found: Priced) -> bool:
    return bool((found.flows.leg != BOTH).any())


def _periods(found: Priced, rows: Int, factors: Float, schedule: Source, leg: str) -> list[Given]:
    """Years, discount factors and accruals to the payments of a leg, and what has accrued of the first one."""
    flows = found.flows
    years = (flows.pay_date[rows] - found.payment_day) / DAYS_PER_YEAR
    return [
        Given(f"{leg}payment_years", years.tolist(), schedule),
        Given(f"{leg}discount_factors", factors[rows].tolist(), curve_source(found.case, found.currency)),
        Given(f"{leg}accruals", flows.accrual[rows].tolist(), schedule),
        _elapsed(found, rows, f"{leg}elapsed_accrual"),
    ]


def _listed(title: str, found: Priced, rows: Int, rates: Float, factors: Float) -> Listing:
    flows = found.flows
    columns = (flows.pay_date, flows.period_start, flows.accrual, rates, factors)
    listed = [
        (date.fromordinal(int(p)), date.fromordinal(int(b)), float(a), float(r), float(f))
        for p, b, a, r, f in zip(*(column[rows] for column in columns), strict=True)
    ]
    return Listing(title, COLUMNS, listed, len(listed))


def _fixings(found: Priced, starts: Int) -> Source:
    """The fixing that each period has taken that has begun: the last one on or before its start."""
    wanted, words, ids = of_series([QuoteKind.RATE_FIXING], [found.risk["market_symbol"]]), "", []
    for start in starts.tolist():
        begun = date.fromordinal(start)
        rows = found.case.quotes(wanted, begun)
        words += f"the fixing of the period from {begun}: {of_quotes(rows).text}; each later period "
        ids += [row["id"] for row in rows]
    return Source(MARKET, words, {"quote_ids": ids})


def _elapsed(found: Priced, rows: Int, name: str) -> Given:
    """The part of the first period that has passed, by days: none of one that has not begun."""
    if not rows.size:
        return Given(name, None, Source(CALCULATION, "no period is left"))
    gone, days = _days(found, int(rows[0]))
    accrual = float(found.flows.accrual[rows[0]])
    passed = min(accrual * gone / days, accrual)
    return Given(name, passed, Source(CALCULATION, f"{gone} of {days} days of the first period"))


def _days(found: Priced, place: int) -> tuple[int, int]:
    """How many days of a period are gone, and of how many, as its leg counts them."""
    flows, today = found.flows, found.payment_day
    begin, pay = int(flows.period_start[place]), int(flows.pay_date[place])
    if not flows.counts_thirty[place]:
        return max(today - begin, 0), max(pay - begin, 1)
    gone, days = (int(thirty_days(begin, end, flows.is_european[place])) for end in (today, pay))
    return max(gone, 0), max(days, 1)


def _accrued(found: Priced, value: Step) -> Step:
    """What each leg has accrued: its rate times the elapsed part of the running period, as days."""
    flows, today = found.flows, found.payment_day
    rows: list[tuple[object, ...]] = []
    total: Number = None if value.result is None else 0.0
    side = 1.0 if bool(found.terms.pay_fixed[0]) else -1.0
    size, fixed = abs(float(found.terms.notional[0])), float(found.terms.fixed_rate[0])
    left = np.flatnonzero(flows.pay_date >= today).tolist()
    floating = np.flatnonzero((flows.pay_date >= today) & flows.is_floating).tolist()
    projected = dict(zip(floating, value.inputs.get("forward_rates") or [None] * len(floating), strict=True))
    for place in left:
        begin, leg = int(flows.period_start[place]), int(flows.leg[place])
        rate = projected.get(place, 0.0)
        if begin >= today or rate is None or total is None:
            continue
        gone, days = _days(found, place)
        elapsed = float(flows.accrual[place]) * gone / days
        part = side * size * (rate * elapsed - (0.0 if leg == FLOATING else fixed) * elapsed)
        total = float(total) + part
        rows.append((date.fromordinal(begin), gone, days, elapsed, fixed if leg == FIXED else rate, part))
    columns = ("period from", "days gone", "of days", "elapsed years", "rate", "accrued")
    given = [
        found.term("fixed_rate"),
        Given("side", side, Source(CALCULATION, "+1 where the fixed rate is paid, −1 where it is received")),
    ]
    title = "The running period of each leg" if _has_own_legs(found) else "The running period"
    listing = Listing(title, columns, rows, len(rows), total)
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
