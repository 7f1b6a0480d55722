"""Numbers of the market beside a value: spot, forward, discount factor and volatility, from the quotes of the run."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.origins import joined, of_quotes
from hedges.domain.explanation.parts import CALCULATION, MARKET, Given, Source, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import risk_spot, spot_given
from hedges.domain.explanation.steps import arithmetic, worked
from hedges.domain.explanation.written import number
from hedges.enums import InstrumentKind
from treasury.enums import QuoteKind
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.zero import discount_factors
from treasury.quant.market import NO_RATE
from treasury.queries.quotes_used import of_points, of_series
from treasury.queries.rows import Row

#: The quotes that curves are made of.
CURVE_KINDS = (QuoteKind.ZERO_RATE, QuoteKind.DEPOSIT_RATE, QuoteKind.SWAP_RATE)
IMPLIED = "*"
#: The title of the step of a rate that stands.
FIXED = "The fixing"


def curve_source(case: Case, name: str, said: str = "") -> Source:
    """The quotes that a curve was made of: rates, or forward points and forward prices for an implied one."""
    if name in ("", NO_RATE):
        return Source(MARKET, "no curve of its own: a rate of 0")
    words = f"curve {name}" + (f" {said}" if said else "")
    if name.endswith(IMPLIED):
        return _implied_source(case, name.removesuffix(IMPLIED), words)
    return of_quotes(_curve_quotes(case, name), words)


def _curve_quotes(case: Case, name: str) -> list[Row]:
    """Deposits and swaps where the newest quotes are such, else zero rates."""
    rows = case.quotes(of_series(CURVE_KINDS, [name]))
    newest = max((row["quote_date"] for row in rows), default=None)
    dealt = [row for row in rows if row["kind"] != QuoteKind.ZERO_RATE]
    return dealt if any(row["quote_date"] == newest for row in dealt) else rows


def _implied_source(case: Case, symbol: str, words: str) -> Source:
    """Forward points with the spot rates of their pairs and the other currency's rates, or forward prices."""
    words = f"{words}, implied by forward quotes"
    rows = case.quotes(of_series([QuoteKind.PRICE], [symbol]))
    points = case.quotes(of_points(symbol)) if symbol.isalpha() and len(symbol) == 3 else []
    if not points:
        return of_quotes([row for row in rows if row["tenor"] != "SPOT"], words)
    pairs = sorted({str(row["symbol"]) for row in points})
    quoted = max(row["quote_date"] for row in points)
    spots = case.quotes(of_series([QuoteKind.FX_SPOT], pairs), quoted)
    others = sorted({pair.replace(symbol, "", 1) for pair in pairs})
    return joined(
        [
            of_quotes(points, words),
            of_quotes(spots, "with the spot rate of their day"),
            *(of_quotes(_curve_quotes(case, one), f"on curve {one}") for one in others),
        ]
    )


def target(found: Priced) -> int:
    """The date that rates run to: settlement."""
    return int(found.terms.settlement_date[0])


def spot_rate(found: Priced) -> Worked:
    step = spot_step(found)
    if found.stale:
        return worked([arithmetic(step.title, step.formula, None, step.given)], found.because)
    return worked([step], found.because)


def spot_step(found: Priced) -> Step:
    """Of today; of the fixing where a non-deliverable forward has been fixed."""
    fixed = found.kind == InstrumentKind.NON_DELIVERABLE_FORWARD and found.case.today >= int(
        found.terms.fixing_date[0]
    )
    return risk_spot(found.case, found.risk_id, found.day("fixing_date") if fixed else None)


def factor_given(case: Case, name: str, curve: int, day: int) -> Given:
    """A discount factor of the case's day, read from a curve of the sealed market whose quotes are named."""
    market = case.sealed.lookup.market
    years = max(day - case.today, 0) / DAYS_PER_YEAR
    row = market.position(np.array([case.today]))
    factor = float(discount_factors(market.curves, row, np.array([curve]), np.array([years]))[0])
    called = market.curves.currencies[curve] if curve >= 0 else ""
    return Given(name, factor, curve_source(case, called, f"at {number(years)} years"))


def discount_factor(found: Priced) -> Worked:
    """D = e^(−z·T) of the quote currency."""
    look, day = found.case.sealed.lookup, target(found)
    place = int(look.position([found.risk_id])[0])
    held = factor_given(found.case, "discount_factor", int(look.quote_curve[place]), day)
    days = max(day - found.case.today, 0)
    if found.stale or np.isnan(held.value):
        return worked([arithmetic("Discount factor", "D = e^(−z·T)", None, [held])], found.because)
    years = days / DAYS_PER_YEAR
    zero = -log(held.value) / years if years else 0.0
    given = [
        Given("zero_rate", zero, held.source),
        Given("years", years, Source(CALCULATION, f"{days} days / 365")),
    ]
    result = exp(-zero * years)
    step = arithmetic(
        "Discount factor",
        "D = e^(−z·T)",
        result,
        given,
        numbers=f"e^(−({number(zero)}) × {number(years)}) = {number(result)}",
    )
    return worked([step], found.because)


def forward_step(found: Priced, *, parity: bool = False, day: int | None = None) -> Step:
    """Of an instrument, to its settlement or another day."""
    to = target(found) if day is None else day
    return forward_of(found.case, found.risk_id, spot_step(found), to, parity=parity)


def forward_of(case: Case, risk_id: int, spot_found: Step, to: int, *, parity: bool = False) -> Step:
    """F = S·[D_b(T)/D_b(s)]/[D_q(T)/D_q(s)] from the implied curves, or from the discount curves for parity."""
    look = case.sealed.lookup
    place = int(look.position([risk_id])[0])
    spot = spot_given("spot_rate", spot_found)
    lag = int(look.market.spot_lag(look.spot_days, case.today, np.array(place)))
    base = int((look.base_parity if parity else look.base_implied)[place])
    quote = int((look.quote_curve if parity else look.quote_implied)[place])
    spot_date = case.today + lag
    given = [
        spot,
        factor_given(case, "base_factor", base, to),
        factor_given(case, "base_factor_to_spot_date", base, spot_date),
        factor_given(case, "quote_factor", quote, to),
        factor_given(case, "quote_factor_to_spot_date", quote, spot_date),
    ]
    # A quantity has no parity of its own: both are the market's.
    by_parity = parity and not look.is_quantity[place]
    title = "Forward by covered parity" if by_parity else "Forward of the market"
    # numpy's: a quotient that is too small for a float is 0, and what is divided by it is no error
    s, b, b0, q, q0 = (np.float64("nan" if one.value is None else one.value) for one in given)
    with np.errstate(all="ignore"):
        result = float(s * (b / b0) / (q / q0))
    text = f"{number(s)} × ({number(b)} / {number(b0)}) / ({number(q)} / {number(q0)}) = {number(result)}"
    return arithmetic(title, "F = S·[D_b(T)/D_b(s)]/[D_q(T)/D_q(s)]", result, given, numbers=text)


def fixed_step(found: Priced) -> Step:
    """From the fixing on, the rate of a non-deliverable forward stands."""
    spot = spot_given("spot_rate", spot_step(found))
    return arithmetic(FIXED, "the spot rate of the fixing date", spot.value, [spot])


def rate_step(found: Priced) -> Step:
    """The forward, or the fixing that stands for it."""
    is_ndf = found.kind == InstrumentKind.NON_DELIVERABLE_FORWARD
    if is_ndf and found.case.today >= int(found.terms.fixing_date[0]):
        return fixed_step(found)
    return forward_step(found)


def forward_rate(found: Priced) -> Worked:
    step = rate_step(found)
    if found.stale:
        step = arithmetic(step.title, step.formula, None, step.given)
    return worked([step], found.because)


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "spot_rate": spot_rate,
    "forward_rate": forward_rate,
    "discount_factor": discount_factor,
}
