"""The hedged risk of a layer of an item on a day of its life, as its hypothetical derivative has it, from the quotes.

A forward struck on the layer's day: N·(F_t − F_0)·D, by covered parity or, of a quantity, the market's; at spot
N·(S_t − S_0). Reference: rules section 5; IFRS 9 B6.5.5.
"""

from __future__ import annotations

from hedges.domain.explanation.accounted import Accounted
from hedges.domain.explanation.case import Case
from hedges.domain.explanation.layer_value import Again
from hedges.domain.explanation.market_numbers import curve_source, factor_given, forward_of
from hedges.domain.explanation.one_sided_origins import Leg, legs_of, payoff
from hedges.domain.explanation.origins import from_rate, of_version
from hedges.domain.explanation.parts import Given, Source, Step
from hedges.domain.explanation.spot import conversion, risk_spot, spot_given
from hedges.domain.explanation.steps import arithmetic
from hedges.domain.explanation.written import number
from hedges.domain.item_values import is_forward
from hedges.domain.levels import INTRINSIC, SPOT
from hedges.domain.measurement.recognition import recognised_on
from hedges.enums import HedgeType
from hedges.queries import explained_rows
from hedges.queries.relationship_columns import HEDGE_TYPES

NET_INVESTMENT = HEDGE_TYPES.index(HedgeType.NET_INVESTMENT)
FAIR_VALUE = HEDGE_TYPES.index(HedgeType.FAIR_VALUE)


def item_value(found: Accounted, row: int, day: int) -> Again:
    """One layer; an item whose day has come keeps the value of that day."""
    items, layers = found.measured.workings.items.items, found.book.items
    last = int(items.expected_date[row])
    if found.book.relationships["hedge_type"][0] == FAIR_VALUE:
        # From its recognition on the adjustment of a commitment stands.
        last = min(last, int(recognised_on(found.book.relationships, layers, found.book.facts)[row]))
    case, struck = found.case.on(min(day, last)), found.case.on(int(layers["struck_on"][row]))
    place, look = int(items.risk[row]), case.sealed.lookup
    amount = Given("amount", float(items.amount[row]), _version(found, row))
    if look.is_rate[place] and items.payment_months[row] > 0:
        return _floating(case, amount, place)
    legs = legs_of(found, row) if found.book.relationships["component"][0] == INTRINSIC else []
    if legs or is_forward(items, look)[row]:
        return _forward(found, case, struck, row, amount, legs)
    return _at_spot(found, case, struck, row, amount)


def _version(found: Accounted, row: int) -> Source:
    pk = int(found.book.items["exposure_id"][row])
    known = explained_rows.exposure_versions([pk], found.case.day, found.case.sealed.known_at)
    return of_version("exposure", known.get(pk), "the layer's units")


def _forward(found: Accounted, case: Case, struck: Case, row: int, amount: Given, legs: list[Leg]) -> Again:
    """Forward of the strike day and of the day, both to the item's own date, and the discount factor."""
    risk_id, to = int(found.book.relationships["risk_id"][0]), _date(found, row)
    rates = [forward_of(one, risk_id, risk_spot(one, risk_id), to, parity=True) for one in (struck, case)]
    discount = _factor(found, case, row)
    rate = conversion(case, risk_id, found.currency)
    given = [
        amount,
        Given(f"forward_rate struck on {struck.day}", rates[0].result, from_rate(rates[0])),
        Given(f"forward_rate on {case.day}", rates[1].result, from_rate(rates[1])),
        discount,
        spot_given("conversion_rate", rate),
    ]
    if legs:
        return _one_sided(case, legs, given)
    return _product(case, "N·(F_t − F_0)·D × conversion rate", [one.value for one in given], given)


def _one_sided(case: Case, legs: list[Leg], given: list[Given]) -> Again:
    """Where no option has expired before the day that is looked at."""
    words = "Σ −side·|N|·max(±(F_t − K), 0)·D × conversion rate"
    given = [*given, *(leg.strike for leg in legs)]
    values = [one.value for one in given[1:5]]
    if None in values or any(leg.expiry < case.today for leg in legs):
        return Again(case.today, [arithmetic("One side of the risk", words, None, given)], None)
    struck, forward, factor, rate = map(float, values)
    value, written = payoff(legs, struck, forward, factor)
    numbers = f"{written} × {number(rate)} = {number(value * rate)}"
    step = arithmetic("One side of the risk", words, value * rate, given, numbers=numbers)
    return Again(case.today, [step], value * rate)


def _at_spot(found: Accounted, case: Case, struck: Case, row: int, amount: Given) -> Again:
    risk_id = int(found.book.relationships["risk_id"][0])
    spots = [risk_spot(one, risk_id) for one in (struck, case)]
    given = [
        amount,
        spot_given(f"spot_rate on {struck.day}", spots[0]),
        spot_given(f"spot_rate on {case.day}", spots[1]),
    ]
    relationship = found.book.relationships
    words = "N·(S_t − S_0)"
    if relationship["spot_is_discounted"][0] and relationship["component"][0] == SPOT:
        given.append(_factor(found, case, row))
        words += "·D"
    given.append(spot_given("conversion_rate", conversion(case, risk_id, found.currency)))
    again = _product(case, f"{words} × conversion rate", [one.value for one in given], given)
    if relationship["hedge_type"][0] != NET_INVESTMENT:
        return again
    why = "measured month by month with the net assets at its beginning, at most what is designated"
    return Again(again.day, again.steps, again.value, (), why)


def _product(case: Case, words: str, values: list[float | None], given: list[Given]) -> Again:
    size, start, now, *factors = (None if value is None else float(value) for value in values)
    result: float | None = None
    if size is not None and start is not None and now is not None and None not in factors:
        result = size * (now - start)
        for factor in factors:
            result *= factor or 0.0
    numbers = f"{number(size)} × ({number(now)} − {number(start)})"
    numbers += "".join(f" × {number(factor)}" for factor in factors) + f" = {number(result)}"
    step = arithmetic("Value of the hedged risk", words, result, given, numbers=numbers)
    return Again(case.today, [step], result)


def _factor(found: Accounted, case: Case, row: int) -> Given:
    look = case.sealed.lookup
    place = int(found.measured.workings.items.items.risk[row])
    return factor_given(case, "discount_factor", int(look.quote_curve[place]), _date(found, row))


def _date(found: Accounted, row: int) -> int:
    return int(found.measured.workings.items.items.expected_date[row])


def _floating(case: Case, amount: Given, place: int) -> Again:
    """Floating interest: the curves whose rates and factors its swap is made of."""
    look = case.sealed.lookup
    names = look.market.curves.currencies
    given = [amount]
    for name, curve in (
        ("projection_curve", look.projection[place]),
        ("discount_curve", look.quote_curve[place]),
    ):
        called = names[int(curve)] if curve >= 0 else ""
        given.append(Given(name, called, curve_source(case, called, f"on {case.day}")))
    words = "N·(floating leg − par rate of the strike day × annuity), clean"
    step: Step = arithmetic("Swap at the par rate", words, None, given)
    return Again(case.today, [step], None, (), "made of every payment to come; the curves are named")
