"""Valuations: which kind of instrument has which numbers, and the steps from its terms and the market to each."""

from __future__ import annotations

from collections.abc import Callable

from hedges.domain.explanation import credit, market_numbers
from hedges.domain.explanation.case import Case
from hedges.domain.explanation.kinds import forward, fx_option, offset, settled_future, swap
from hedges.domain.explanation.parts import Worked
from hedges.domain.explanation.priced import Priced, priced
from hedges.domain.explanation.steps import nothing
from hedges.enums import InstrumentKind

Explainer = Callable[[Priced], Worked]

_FORWARD: dict[str, Explainer] = forward.NUMBERS | {
    name: market_numbers.NUMBERS[name] for name in ("spot_rate", "forward_rate", "discount_factor")
}
_MARKET_OF_OPTION = ("spot_rate", "forward_rate", "discount_factor")
#: What each kind has; every other number is no part of its value.
NUMBERS: dict[str, dict[str, Explainer]] = {
    InstrumentKind.FORWARD: _FORWARD,
    InstrumentKind.NON_DELIVERABLE_FORWARD: _FORWARD,
    InstrumentKind.FX_SWAP: _FORWARD | swap.FX_SWAP,
    InstrumentKind.OPTION: fx_option.NUMBERS
    | {name: market_numbers.NUMBERS[name] for name in _MARKET_OF_OPTION},
    InstrumentKind.FUTURE: settled_future.NUMBERS | {"spot_rate": market_numbers.NUMBERS["spot_rate"]},
    InstrumentKind.INTEREST_RATE_SWAP: swap.INTEREST_RATE,
    InstrumentKind.CROSS_CURRENCY_SWAP: swap.CROSS_CURRENCY
    | {"spot_rate": market_numbers.NUMBERS["spot_rate"]},
    InstrumentKind.NATURAL_OFFSET: offset.NUMBERS | {"spot_rate": market_numbers.NUMBERS["spot_rate"]},
}
NAMES = {
    InstrumentKind.FORWARD: "a forward",
    InstrumentKind.NON_DELIVERABLE_FORWARD: "a non-deliverable forward",
    InstrumentKind.FUTURE: "a future",
    InstrumentKind.OPTION: "an option",
    InstrumentKind.FX_SWAP: "an FX swap",
    InstrumentKind.INTEREST_RATE_SWAP: "an interest-rate swap",
    InstrumentKind.CROSS_CURRENCY_SWAP: "a cross-currency swap",
    InstrumentKind.NATURAL_OFFSET: "a natural offset",
}


def work(case: Case, field: str) -> Worked:
    """A number of the value of one instrument."""
    found = priced(case)
    if field in credit.NUMBERS:
        value = NUMBERS[found.kind]["present_value"](found)
        return credit.NUMBERS[field](found, value)
    explainer = NUMBERS[found.kind].get(field)
    if explainer is None:
        words = field.replace("_", " ")
        return nothing(f"{NAMES[InstrumentKind(found.kind)]} has no {words}")
    return explainer(found)
