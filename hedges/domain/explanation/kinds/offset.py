"""A natural offset is worth its amount at spot."""

from __future__ import annotations

from collections.abc import Callable

from hedges.domain.explanation.parts import Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import risk_spot, spot_given
from hedges.domain.explanation.steps import amount, arithmetic
from hedges.domain.explanation.written import number


def present_value(found: Priced) -> Worked:
    spot = risk_spot(found.case, found.risk_id)
    notional = found.term("notional_amount")
    rate = None if found.stale else spot.result
    result = None if rate is None else float(notional.value) * float(rate)
    step = arithmetic(
        "Value at spot",
        "N·S",
        result,
        [notional, spot_given("spot_rate", spot)],
        numbers=f"{number(notional.value)} × {number(rate)} = {number(result)}",
    )
    return amount(
        [step],
        found.currency,
        found.because,
        sentence="What a recognised item that is a natural offset is worth at today's spot rate.",
        formula="V = N·S",
        code="",
    )


NUMBERS: dict[str, Callable[[Priced], Worked]] = {"present_value": present_value}
