"""Costs of hedging: an excluded element's actual and aligned values, what equity took, what left it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from hedges.domain.explanation.accounted import Accounted, accounted
from hedges.domain.explanation.case import Case
from hedges.domain.explanation.layer_origins import origins
from hedges.domain.explanation.parts import (
    CALCULATION,
    Given,
    Listing,
    NothingToExplain,
    Source,
    Step,
    Worked,
)
from hedges.domain.explanation.steps import amount, arithmetic, measured, nothing
from hedges.domain.explanation.written import number
from hedges.domain.measurement.cost_groups import ELEMENTS
from hedges.domain.measurement.costs import is_deferred, is_over_time
from treasury.quant.numbers import Int

CODE = "cost_of_hedging"


@dataclass(frozen=True, slots=True)
class Element:
    """One excluded element of one relationship; `groups`: its volumes by their day of inception."""

    found: Accounted
    row: int
    groups: Int

    @property
    def deferred(self) -> bool:
        return bool(
            is_deferred(self.found.book.relationships, self.found.measured.workings.groups)[self.groups][0]
        )

    @property
    def over_time(self) -> bool:
        return bool(
            is_over_time(self.found.book.relationships, self.found.measured.workings.groups)[self.groups][0]
        )


def work(case: Case, field: str) -> Worked:
    """A number of one excluded element of one relationship."""
    found = accounted(case)
    if found.because:
        return nothing(found.because, [found.version])
    costs = found.measured.costs
    rows = [row for row, element in enumerate(costs.element) if element.value == case.row.element]
    if not rows:
        raise NothingToExplain("The sealed book of this run excludes no such element.")
    number_of = ELEMENTS.index(costs.element[rows[0]])
    groups = np.flatnonzero(found.measured.workings.groups.element == number_of)
    again = NUMBERS[field](Element(found, rows[0], groups))
    return replace(again, steps=[*origins(found, field), *again.steps])


def recognised(one: Element) -> Worked:
    """By the measure where all of it began on one day, else the sum over the days of inception."""
    found, value = one.found, one.found.measured.costs.amounts["cost_recognised"][one.row]
    if not one.deferred:
        step = arithmetic("Recognised", "nothing is deferred in equity", Decimal(0), [found.version])
    elif (
        one.groups.size == 1
        and found.framework == "IFRS9"
        and not found.measured.workings.path.in_books.any()
    ):
        step = _measure(one)
    else:
        words = (
            "sum over the days of inception of what equity took of the change of the element, without what changed on "
            "items that stand in the books"
        )
        step = arithmetic("Recognised", words, found.money(value), [found.version], listings=[_groups(one)])
    return amount([step], found.currency)


def amortised(one: Element) -> Worked:
    found = one.found
    value = found.money(found.measured.costs.amounts["cost_amortised"][one.row])
    words = (
        "opening value × days passed / days of the term, weighted with the volume in force"
        if one.over_time
        else "nothing: not amortised over time"
    )
    step = arithmetic("Amortised", words, value, [found.version, *_term(one)], listings=[_groups(one)])
    return amount([step], found.currency)


def released(one: Element) -> Worked:
    found = one.found
    value = found.money(found.measured.costs.amounts["cost_released"][one.row])
    words = (
        "what stood in the reserve for volumes that were taken out, and all of it at the end of the term"
        if one.over_time
        else "a share with each item, in the shares in which the hedge's own reserve leaves"
    )
    step = arithmetic("Released", words, value, [found.version, *_term(one)], listings=[_groups(one)])
    return amount([step], found.currency)


def lost(one: Element) -> Worked:
    found = one.found
    value = found.money(found.measured.costs.amounts["cost_lost"][one.row])
    words = (
        "nothing: what is amortised over time is related to no transaction"
        if one.over_time
        else "a share with each item that is not expected any more, as the hedge's own reserve leaves"
    )
    step = arithmetic("Lost", words, value, [found.version, *_term(one)], listings=[_groups(one)])
    return amount([step], found.currency)


def in_profit_or_loss(one: Element) -> Worked:
    found, costs = one.found, one.found.measured.costs
    groups = found.measured.workings.groups
    change = found.money((groups.actual[one.groups, -1] - groups.actual[one.groups, 0]).sum())
    taken = found.money(costs.amounts["cost_recognised"][one.row])
    given = [
        Given("change", change, Source(CALCULATION, "change of the actual value since inception")),
        Given("cost_recognised", taken, Source(CALCULATION, "worked out again: cost recognised in equity")),
    ]
    written = f"{number(change)} − ({number(taken)}) = {number(change - taken)}"
    words = "change of the element's actual value − cost recognised in equity"
    step = arithmetic(
        "In profit or loss",
        words,
        change - taken,
        [found.version, *given],
        listings=[_groups(one)],
        numbers=written,
    )
    return amount([step], found.currency)


def _measure(one: Element) -> Step:
    found, groups = one.found, one.found.measured.workings.groups
    row = int(one.groups[0])
    return measured(
        CODE,
        "reserve",
        [
            found.given_path("actual_values", groups.actual[row], "value of the excluded element, asset +,"),
            found.given_path(
                "aligned_values", groups.aligned[row], "the same of the hypothetical derivative"
            ),
            Given(
                "kind",
                "transaction_related",
                Source(CALCULATION, "without the amortisation, which is a number of its own"),
            ),
            Given("framework", found.framework, found.version.source),
        ],
        listings=[_groups(one)],
        place=-1,
    )


def _term(one: Element) -> list[Given]:
    costs = one.found.measured.costs
    days = (date.fromordinal(int(costs.term_from[one.row])), date.fromordinal(int(costs.term_to[one.row])))
    said = Source(CALCULATION, f"from {days[0]} to {days[1]}")
    return [Given("term_days", (days[1] - days[0]).days, said)]


def _groups(one: Element) -> Listing:
    found, groups = one.found, one.found.measured.workings.groups
    rows = [
        (
            date.fromordinal(int(groups.struck_on[row])),
            date.fromordinal(int(groups.term_to[row])),
            *(found.money(part[row, knot]) for part in (groups.actual, groups.aligned) for knot in (0, -1)),
        )
        for row in one.groups.tolist()
    ]
    titles = ("inception", "term to", "actual then", "actual now", "aligned then", "aligned now")
    return Listing("Volumes by their day of inception", titles, rows, len(rows), None, "earliest")


NUMBERS: dict[str, Callable[[Element], Worked]] = {
    "cost_recognised": recognised,
    "cost_amortised": amortised,
    "cost_released": released,
    "cost_lost": lost,
    "excluded_in_profit_or_loss": in_profit_or_loss,
}
