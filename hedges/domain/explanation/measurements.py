"""Measurement of hedge relationships: each amount from the path on its knots, the layers and the items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import numpy as np

from hedges.domain.explanation import layer_sums, releases
from hedges.domain.explanation.accounted import Accounted, accounted
from hedges.domain.explanation.case import Case
from hedges.domain.explanation.layer_origins import origins
from hedges.domain.explanation.parts import CALCULATION, Given, Listing, Source, Step, Worked
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured, nothing
from hedges.domain.explanation.written import number
from hedges.enums import HedgeType
from hedges.queries.relationship_columns import HEDGE_TYPES

RESERVE = "cash_flow_hedge_reserve"
FAIR_VALUE = HEDGE_TYPES.index(HedgeType.FAIR_VALUE)
NET_INVESTMENT = HEDGE_TYPES.index(HedgeType.NET_INVESTMENT)


def work(case: Case, field: str) -> Worked:
    """A number of what hedge accounting makes of one relationship."""
    found = accounted(case)
    if found.because:
        return nothing(found.because, [found.version])
    again = NUMBERS[field](found)
    return replace(again, steps=[*origins(found, field), *again.steps])


def is_fair_value(found: Accounted) -> bool:
    return bool(found.book.relationships["hedge_type"][0] == FAIR_VALUE)


def reserve_step(found: Accounted, field: str) -> Step:
    """The reserve's own formula over the whole path; under ASC 815 a net investment always qualifies."""
    whole = found.book.relationships["hedge_type"][0] == NET_INVESTMENT and found.framework == "ASC815"
    given = [
        found.given_path(
            "instrument_changes", found.measured.instrument[0], "designated component, cumulative"
        ),
        found.given_path("hypothetical_changes", found.measured.hypothetical[0], "hypothetical, cumulative"),
        *_qualifies(found, whole),
    ]
    return measured(RESERVE, field, given, listings=[found.knots()], place=-1)


def _qualifies(found: Accounted, always: bool = False) -> list[Given]:
    flags = np.where(always, True, found.measured.periods.knots[0, : found.count]).tolist()
    said = Source(CALCULATION, "by the status that counted for the period of each date")
    return [
        Given("framework", found.framework, found.version.source),
        Given("highly_effective", flags, said),
    ]


def recognised(found: Accounted) -> Worked:
    if is_fair_value(found):
        return _none(found, "a fair value hedge keeps nothing in equity")
    return amount([reserve_step(found, "reserve")], found.currency)


def ineffectiveness(found: Accounted) -> Worked:
    if is_fair_value(found):
        steps = [fair_value_step(found)]
        text, words = "item adjustment", "change of the instrument + adjustment of the item"
    else:
        steps = [reserve_step(found, "reserve")]
        text, words = "recognised", "change of the instrument − recognised in equity"
    change = found.money(found.measured.instrument[0, -1])
    part = Decimal(str(steps[-1].result)).quantize(change) if steps[-1].result is not None else None
    sign = 1 if is_fair_value(found) else -1
    total = None if part is None else change + sign * part
    written = f"{number(change)} {'+' if sign > 0 else '−'} ({number(part)}) = {number(total)}"
    given = [
        Given("change", change, Source(CALCULATION, "cumulative change of the designated component")),
        Given(text, part, from_before(text)),
    ]
    return amount(
        [*steps, arithmetic("Ineffectiveness", words, total, given, numbers=written)], found.currency
    )


def fair_value_step(found: Accounted) -> Step:
    """Period by period, as the formula takes it."""
    series = {
        "instrument_changes": found.measured.instrument[0, : found.count],
        "item_changes": -found.measured.hypothetical[0, : found.count],
    }
    given = [
        found.given_path(name, np.diff(values, prepend=0), "change of each period")
        for name, values in series.items()
    ]
    given += _qualifies(found)
    return measured(
        "fair_value_hedge", "carrying_amount_adjustment", given, listings=[found.knots()], place=-1
    )


def adjustment(found: Accounted) -> Worked:
    if not is_fair_value(found):
        return _none(found, "only a fair value hedge adjusts the item's carrying amount")
    return amount([fair_value_step(found)], found.currency)


def balance(found: Accounted, title: str, words: str, parts: dict[str, int]) -> Worked:
    """A sum of amounts of the row, each worked out again; `parts`: sign of each."""
    given, total, texts = [], Decimal(0), []
    for name, sign in parts.items():
        value = found.money(found.measured.amounts[name][0])
        total += sign * value
        given.append(Given(name, value, Source(CALCULATION, f"worked out again: {name.replace('_', ' ')}")))
        texts.append(f"{'+' if sign > 0 else '−'} ({number(value)})")
    written = f"{' '.join(texts).removeprefix('+ ')} = {number(total)}"
    step = arithmetic(title, words, total, [found.version, *given], numbers=written)
    return amount([step], found.currency)


def _none(found: Accounted, because: str) -> Worked:
    step = arithmetic("Nothing", because, Decimal(0), [found.version])
    return amount([step], found.currency)


def _reserve(found: Accounted) -> Worked:
    parts = {
        "cumulative_recognised": 1, "cumulative_reclassified": -1, "cumulative_basis_adjusted": -1,
        "loss_not_recovered": -1,
    }  # fmt: skip
    words = "recognised − reclassified − basis-adjusted − loss not recovered"
    return balance(found, "Reserve", words, parts)


def _cost_reserve(found: Accounted) -> Worked:
    parts = {"cost_recognised": 1, "cost_amortised": 1, "cost_released": -1, "cost_lost": -1}
    return balance(found, "Cost of hedging reserve", "recognised + amortised − released − lost", parts)


def _excluded(found: Accounted) -> Worked:
    parts = {"fair_value_change": 1, "cumulative_change_instrument": -1, "cost_recognised": -1}
    words = "change of the fair value − of the designated component − cost recognised in equity"
    return balance(found, "Excluded, in profit or loss", words, parts)


def _of_elements(found: Accounted, field: str) -> Worked:
    """The sum over the excluded elements, each of which has an explanation of its own."""
    costs = found.measured.costs
    rows = [
        (element.label, found.money(value))
        for element, value in zip(costs.element, costs.amounts[field].tolist(), strict=True)
    ]
    total = sum((value for _, value in rows), Decimal(0))
    listing = Listing("Excluded elements", ("element", field.replace("_", " ")), rows, len(rows), total)
    words = "sum over the excluded elements; 0 where nothing is excluded"
    step = arithmetic("Excluded elements", words, total, [found.version], listings=[listing])
    return amount([step], found.currency)


NUMBERS: dict[str, Callable[[Accounted], Worked]] = {
    **layer_sums.NUMBERS,
    "cumulative_recognised": recognised,
    "cumulative_ineffectiveness": ineffectiveness,
    "cumulative_reclassified": lambda found: releases.released(found, "cumulative_reclassified"),
    "cumulative_basis_adjusted": lambda found: releases.released(found, "cumulative_basis_adjusted"),
    "loss_not_recovered": lambda found: releases.released(found, "loss_not_recovered"),
    "reserve_balance": _reserve,
    "excluded_in_profit_or_loss": _excluded,
    **{
        name: partial(_of_elements, field=name)
        for name in ("cost_recognised", "cost_amortised", "cost_released", "cost_lost")
    },
    "cost_reserve_balance": _cost_reserve,
    "item_adjustment": adjustment,
    "item_adjustment_amortised": lambda found: releases.released(found, "item_adjustment_amortised"),
}
