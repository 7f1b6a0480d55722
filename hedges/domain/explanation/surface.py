"""An option's volatility from the quoted points around it: the smiles of the expiries before and after it."""

from __future__ import annotations

from math import log, sqrt

import numpy as np

from hedges.domain.explanation.market_numbers import rate_step
from hedges.domain.explanation.origins import from_rate, of_quotes
from hedges.domain.explanation.parts import CALCULATION, Given, Listing, Number, Source, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.steps import arithmetic, worked
from hedges.domain.explanation.written import number
from treasury.enums import QuoteKind
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.market.surfaces import expiry_years, log_moneyness
from treasury.quant.quotes import Series
from treasury.queries.quotes_used import of_series
from treasury.queries.rows import Row

COLUMNS = ("pair", "expiry", "years", "strike / forward", "volatility", "quoted on", "source", "quote id")
FORMULA = (
    "linear in total variance σ²T between the quoted expiries, in σ over ln(K/F) between the quoted strikes"
)


def implied_volatility(found: Priced) -> Worked:
    """The forward that the strike is set against, then the volatility at that moneyness and expiry."""
    expired = int(found.terms.expiry_date[0]) <= found.case.today
    because = "the option expires today" if expired else found.because
    return worked([rate_step(found), volatility_step(found)], because)


def volatility_step(found: Priced) -> Step:
    """K, F, T and the quoted points around them."""
    rate, days = rate_step(found), int(found.terms.expiry_date[0]) - found.case.today
    years, strike, forward = days / DAYS_PER_YEAR, float(found.terms.strike_rate[0]), rate.result
    rows, sign = _surface(found)
    around = _around(rows, years)
    place = None if not forward else sign * log(strike / float(forward))
    result: Number = None
    text = ""
    if place is not None and around and years > 0 and not found.stale:
        result, text = _interpolated(around, place, years)
    listed = [row for _, smile in around for row in smile]
    given = [
        found.term("strike_rate"),
        Given("forward_rate", forward, from_rate(rate)),
        Given("years_to_expiry", years, Source(CALCULATION, f"{days} days to expiry / 365")),
        Given(
            "log_moneyness",
            place,
            Source(CALCULATION, "ln(K/F)" if sign > 0 else "−ln(K/F): the inverse pair is quoted"),
        ),
        Given("points_around", len(listed), of_quotes(listed, "volatility surface")),
    ]
    points = [
        (
            row["symbol"], row["tenor"], _years(row), row["moneyness"] or "at the money", row["value"],
            row["quote_date"], row["source"], row["id"],
        )
        for row in listed
    ]  # fmt: skip
    listing = Listing("Quoted points around the expiry", COLUMNS, points, len(points), first="earliest")
    return arithmetic("Implied volatility", FORMULA, result, given, listings=[listing], numbers=text)


def _surface(found: Priced) -> tuple[list[Row], int]:
    """The quotes of the pair, else those of its inverse, which are read at −ln(K/F)."""
    base, symbol = found.risk["base_unit_id"], found.risk["market_symbol"]
    look = found.case.sealed.lookup
    place = int(look.position([found.risk_id])[0])
    names = {index: name for name, index in look.market.volatility.names.items()}
    called = names.get(int(look.volatility[place]), symbol or base + found.currency)
    rows = found.case.quotes(of_series([QuoteKind.IMPLIED_VOLATILITY], [called]))
    return rows, int(look.volatility_sign[place])


def _around(rows: list[Row], years: float) -> list[tuple[float, list[Row]]]:
    """The last quoted expiry up to the option's and the first one after it; the outermost one beyond the ends."""
    smiles: dict[float, list[Row]] = {}
    for row in rows:
        smiles.setdefault(_years(row), []).append(row)
    before = [one for one in sorted(smiles) if one <= years][-1:]
    after = [one for one in sorted(smiles) if one > years][:1]
    return [
        (one, sorted(smiles[one], key=lambda row: (_place(row), row["moneyness"] is None)))
        for one in (*before, *after)
    ]


def _interpolated(around: list[tuple[float, list[Row]]], place: float, years: float) -> tuple[float, str]:
    """The volatility, and the sum with its numbers."""
    read = [(expiry, _on_smile(smile, place)) for expiry, smile in around]
    if len(read) == 1:
        return read[0][
            1
        ], f"the smile of the only expiry beside it, {number(read[0][0])} years: {number(read[0][1])}"
    (first, low), (second, high) = read
    share = (years - first) / (second - first)
    result = sqrt((low * low * first + (high * high * second - low * low * first) * share) / years)
    text = (
        f"σ {number(low)} at {number(first)} years and {number(high)} at {number(second)} years:"
        f" √(({number(low)}² × {number(first)} × {number(1 - share)}"
        f" + {number(high)}² × {number(second)} × {number(share)}) / {number(years)}) = {number(result)}"
    )
    return result, text


def _on_smile(smile: list[Row], place: float) -> float:
    """Linear over ln(K/F), flat outside; a quote at the money counts before one at a moneyness of 1."""
    points = {_place(row): float(row["value"]) for row in smile}
    return float(np.interp(place, list(points), list(points.values())))


def _series(row: Row) -> Series:
    return Series(row["kind"], row["symbol"], row["tenor"], row["moneyness"])


def _years(row: Row) -> float:
    return expiry_years(_series(row))


def _place(row: Row) -> float:
    return log_moneyness(_series(row))
