"""Options: Garman-Kohlhagen per unit of base, times the side and the size."""

from __future__ import annotations

from collections.abc import Callable
from math import log

from hedges.domain.explanation.kinds.forward import remainder
from hedges.domain.explanation.market_numbers import discount_factor, forward_step
from hedges.domain.explanation.origins import from_rate, joined
from hedges.domain.explanation.parts import CALCULATION, Given, Number, Source, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import risk_spot, spot_given
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured, worked
from hedges.domain.explanation.surface import implied_volatility, volatility_step
from hedges.domain.explanation.written import number
from treasury.kernel.clock import DAYS_PER_YEAR

CODE = "fx_option_value"


def inputs(found: Priced) -> list[Given]:
    """Rates as zero rates that give the very forward and discount factor of the night."""
    days = max(int(found.terms.expiry_date[0]) - found.case.today, 0)
    years = days / DAYS_PER_YEAR
    spot, forward, factor = (found.number(name) for name in ("spot_rate", "forward_rate", "discount_factor"))
    quote_rate: Number = None
    base_rate: Number = None
    if spot and forward and factor:
        # On the day of the expiry no time is left to discount over: the rates are those of one year, as the night has.
        quote_rate = -log(factor) / (years or 1.0)
        base_rate = quote_rate - log(forward / spot) / (years or 1.0)
    volatility = 0.0 if not years else found.number("implied_volatility")
    rate = from_rate(forward_step(found))
    discount = joined(
        [discount_factor(found).steps[-1].given[0].source], "so that the discount factor comes out"
    )
    both = joined([rate, discount], "so that the forward comes out")
    surface = volatility_step(found)
    volatile = joined([surface.given[-1].source], surface.written or surface.formula)
    return [
        Given("option_kind", found.version["option_kind"].lower(), found.term("option_kind").source),
        Given("side", found.version["option_side"].lower(), found.term("option_side").source),
        found.term("notional_amount", value=abs(found.version["notional_amount"])),
        Given("spot_rate", spot, spot_given("", risk_spot(found.case, found.risk_id)).source),
        found.term("strike_rate"),
        Given("base_rate", base_rate, both),
        Given("quote_rate", quote_rate, discount),
        Given("implied_volatility", volatility, volatile),
        Given("years_to_expiry", years, Source(CALCULATION, f"{days} days to expiry / 365")),
    ]


def _exercised(found: Priced) -> Step:
    """On the day of its expiry an option is worth what exercise brings at the settlement."""
    forward, factor = found.number("forward_rate"), found.number("discount_factor")
    strike, sign = float(found.terms.strike_rate[0]), float(found.terms.option_sign[0])
    size = float(found.terms.option_side[0]) * abs(float(found.terms.notional[0]))
    result: Number = None
    if forward is not None and factor is not None:
        result = size * max(sign * (forward - strike), 0.0) * factor
    given = [
        Given("size", size, Source(CALCULATION, "the notional, − where the option is sold")),
        Given("forward_rate", forward, from_rate(forward_step(found))),
        found.term("strike_rate"),
        Given("discount_factor", factor, discount_factor(found).steps[-1].given[0].source),
    ]
    mark = "" if sign > 0 else "−"
    payoff = f"max({mark}({number(forward)} − {number(strike)}), 0)"
    text = f"{number(size)} × {payoff} × {number(factor)} = {number(result)}"
    return arithmetic("Exercise today", "± notional × max(±(F − K), 0)·D", result, given, numbers=text)


def _expires_today(found: Priced) -> bool:
    return int(found.terms.expiry_date[0]) <= found.case.today


def _value(found: Priced) -> Step:
    if _expires_today(found):
        return _exercised(found)
    return measured(CODE, "present_value", inputs(found))


def present_value(found: Priced) -> Worked:
    return amount([_value(found)], found.currency, found.because, code=CODE, field="present_value")


def delta(found: Priced) -> Worked:
    return worked([measured(CODE, "delta", inputs(found))], found.because)


def _intrinsic(found: Priced) -> list[Step]:
    if _expires_today(found):
        return [_exercised(found)]
    unit = measured(CODE, "intrinsic_value", inputs(found), title="Intrinsic value of one unit")
    size = float(found.terms.option_side[0]) * abs(float(found.version["notional_amount"]))
    result = None if unit.result is None else size * float(unit.result)
    given = [
        Given("size", size, Source(CALCULATION, "the notional, − where the option is sold")),
        Given("intrinsic_value", unit.result, from_before("per unit, bought side")),
    ]
    text = f"{number(size)} × {number(unit.result)} = {number(result)}"
    return [unit, arithmetic("Intrinsic value", "± notional × unit value", result, given, numbers=text)]


def intrinsic_value(found: Priced) -> Worked:
    return amount(_intrinsic(found), found.currency, found.because, code=CODE, field="intrinsic_value")


def time_value(found: Priced) -> Worked:
    total, intrinsic = _value(found), _intrinsic(found)
    last = remainder(total, intrinsic[-1], "Time value", "present value − intrinsic value", found.currency)
    return amount([total, *intrinsic, last], found.currency, found.because, code=CODE, field="time_value")


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "present_value": present_value,
    "intrinsic_value": intrinsic_value,
    "time_value": time_value,
    "delta": delta,
    "implied_volatility": implied_volatility,
}
