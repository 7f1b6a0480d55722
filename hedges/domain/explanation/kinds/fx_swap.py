"""FX swaps: the far leg as a forward, and the near one as the opposite forward until it is settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from hedges.domain.explanation.kinds.forward import (
    CODE,
    leg_inputs,
    no_basis,
    parity_inputs,
    rate_steps,
    remainder,
)
from hedges.domain.explanation.market_numbers import curve_source, forward_step
from hedges.domain.explanation.origins import from_rate
from hedges.domain.explanation.parts import BOOK, Given, Listing, Source, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured, nothing
from hedges.domain.explanation.written import number

SWAP = "fx_swap_value"


def _near_inputs(found: Priced) -> list[Given] | None:
    """The near leg; None once it is settled."""
    near = int(found.terms.near_settlement_date[0])
    if found.case.today > near:
        return None
    look, far = found.case.sealed.lookup, {one.name: one for one in leg_inputs(found)}
    risk, days, to = found.terms.risk, np.array([found.case.today]), np.array([near])
    factor = float(look.factor(risk, days, to)[0])
    rate = forward_step(found, day=near)
    return [
        found.term("notional_amount", value=-found.version["notional_amount"]),
        found.term("strike_rate", "near_rate"),
        Given("forward_rate", None if found.stale else rate.result, from_rate(rate)),
        Given(
            "discount_factor",
            None if np.isnan(factor) else factor,
            curve_source(found.case, found.currency, f"to {found.day('near_settlement_date')}"),
        ),
        far["spot_rate"],
        far["spot_rate_at_designation"],
    ]


def _value(found: Priced) -> Step:
    near = _near_inputs(found)
    legs = {"near": near, "far": leg_inputs(found)}
    listed: list[Given] = []
    rows: list[tuple[object, ...]] = []
    for name, leg in legs.items():
        if leg is None:
            listed.append(Given(name, None, Source(BOOK, "the near leg is settled")))
            continue
        # A leg with a quote missing is given as it is: the measure refuses it, which leaves the value undefined.
        values = {one.name: one.value for one in leg if one.value is not None}
        words = "; ".join(f"{one.name}: {one.source.text}" for one in leg)
        listed.append(Given(name, values, Source(BOOK, words, _ids(leg))))
        rows += [(f"{name} leg", one.name.replace("_", " "), one.value) for one in leg]
    listing = Listing("Both legs" if near else "The far leg", ("leg", "input", "value"), rows, len(rows))
    return measured(SWAP, "present_value", listed, listings=[listing])


def _ids(leg: list[Given]) -> dict[str, Any]:
    """What the inputs of a leg refer to, as one: its version and every quote once."""
    found: dict[str, Any] = {}
    for one in leg:
        for name, value in one.source.refers_to.items():
            known = found.get(name, [])
            found[name] = list(dict.fromkeys([*known, *value])) if isinstance(value, list) else value
    return found


def present_value(found: Priced) -> Worked:
    return amount([_value(found)], found.currency, found.because)


def _both(found: Priced, field: str, title: str) -> list[Step]:
    """An element of both legs, the near one until it is settled."""
    far_inputs, near = leg_inputs(found), _near_inputs(found)
    before = rate_steps(found) if field == "basis_element" else []
    if field == "basis_element":
        far_inputs = parity_inputs(found, far_inputs)
        to = int(found.terms.near_settlement_date[0])
        before += rate_steps(found, to) if near else []
        near = near and parity_inputs(found, near, to)
    far = measured(CODE, field, far_inputs, title=f"{title} of the far leg")
    if near is None:
        return [*before, far]
    near_leg = measured(CODE, field, near, title=f"{title} of the near leg")
    known = far.result is not None and near_leg.result is not None
    result = float(far.result or 0) + float(near_leg.result or 0) if known else None
    given = [
        Given("far_leg", far.result, from_before("the far leg")),
        Given("near_leg", near_leg.result, from_before("the near leg")),
    ]
    text = f"{number(far.result)} + ({number(near_leg.result)}) = {number(result)}"
    steps = [*before, far, near_leg]
    return [*steps, arithmetic(title, "far leg + near leg", result, given, numbers=text)]


def spot_element(found: Priced) -> Worked:
    steps = _both(found, "spot_element", "Spot element")
    return amount(steps, found.currency, found.because, code=CODE, field="spot_element")


def basis_element(found: Priced) -> Worked:
    if why := no_basis(found):
        return nothing(why, leg_inputs(found), code=CODE, field="basis_element")
    steps = _both(found, "basis_element", "Basis element")
    return amount(steps, found.currency, found.because, code=CODE, field="basis_element")


def forward_element(found: Priced) -> Worked:
    total, spot = _value(found), _both(found, "spot_element", "Spot element")
    last = remainder(total, spot[-1], "Forward element", "present value − spot element", found.currency)
    return amount([total, *spot, last], found.currency, found.because, code=CODE, field="forward_element")


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "present_value": present_value,
    "spot_element": spot_element,
    "forward_element": forward_element,
    "basis_element": basis_element,
}
