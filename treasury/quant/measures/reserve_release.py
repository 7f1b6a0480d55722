"""Entry of what leaves a hedge reserve with the items; the formula is ``measurement.item_release``."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.inputs import Answer, Input, Result, exact, same_length
from treasury.quant.measure import Measure
from treasury.quant.measurement.item_release import item_release
from treasury.quant.numbers import EXACT, Amounts

UNITS_LIMIT = 2**53


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    units = ("happening", "lost", "designated")
    none = [Decimal(0)] * len(values["kept"])
    for name in ("in_books", "hedged", "loss_stated"):
        values[name] = none if values[name] is None else values[name]
    same_length(values, "kept", *units, "in_books", "hedged", "loss_stated")
    counted = [[_whole(name, values[name])] for name in (*units, "in_books", "hedged")]
    kept = exact(values["kept"])
    taken = _not_recovered(kept, counted, values["loss_stated"])
    happened, gone, afterwards = _parts(kept, counted, taken)
    with localcontext(EXACT):
        balance = kept - happened - gone - afterwards - taken
    answer.put(
        released_with_items=answer.numbers(happened),
        released_with_lost_flows=answer.numbers(gone),
        released_afterwards=answer.numbers(afterwards),
        not_recovered=answer.numbers(taken),
        reserve_balance=answer.numbers(balance),
    )


def _parts(kept: Amounts, counted: list[list[list[int]]], taken: Amounts) -> tuple[Amounts, Amounts, Amounts]:
    given: list[Any] = [kept[np.newaxis], *counted, taken[np.newaxis]]
    columns = item_release(*given)
    happened, gone, afterwards = (
        np.asarray(part)[0] for part in (columns.happened, columns.lost, columns.afterwards)
    )
    return happened, gone, afterwards


def _not_recovered(kept: Amounts, counted: list[list[list[int]]], stated: list[Decimal]) -> Amounts:
    """Date by date at most the loss that is there: what one takes is not there for the next."""
    taken = np.full(kept.shape, Decimal(0), dtype=object)
    for place, loss in enumerate(stated):
        if loss < 0:
            raise InputError(f"loss_stated.{place}", "a loss as an amount from 0", got=str(loss))
        if loss:
            happened, gone, afterwards = (part[place] for part in _parts(kept, counted, taken))
            with localcontext(EXACT):
                there = max(happened + gone + afterwards + taken[place] - kept[place], Decimal(0))
                taken[place:] -= min(loss, there)
    return taken


def _whole(name: str, values: list[Decimal]) -> list[int]:
    for place, value in enumerate(values):
        if value != value.to_integral_value() or not 0 <= value < UNITS_LIMIT:
            raise InputError(f"{name}.{place}", "a whole number of units from 0 up to 2^53", got=str(value))
    return [int(value) for value in values]


MEASURE = Measure(
    code="reserve_release",
    title="Release of a hedge reserve",
    summary="What leaves a hedge reserve as the hedged flows happen or are not expected any more, and what waits.",
    inputs=(
        Input(
            "kept",
            "decimals",
            "functional currency",
            "Cumulative amount recognised in equity at each date, before anything left, gain +",
        ),
        Input("happening", "decimals", "units", "Units of the hedged flows that happen at each date"),
        Input(
            "lost",
            "decimals",
            "units",
            "Units of the hedged flows that from each date on are not expected any more",
        ),
        Input(
            "designated",
            "decimals",
            "units",
            "Units that have ever been designated by each date, not falling",
        ),
        Input(
            "in_books",
            "decimals",
            "units",
            "Of the hedged units those whose item stands in the books already, from each date on",
            default=None,
        ),
        Input("hedged", "decimals", "units", "Units that are hedged, from each date on", default=None),
        Input(
            "loss_stated",
            "decimals",
            "functional currency",
            "Loss that at each date is stated not to be recovered, an amount from 0; at most what is there counts",
            default=None,
        ),
    ),
    results=(
        Result(
            "released_with_items",
            "functional currency",
            "Cumulative: into the cost of the items, or to profit or loss with them",
            "gain +",
            "numbers",
        ),
        Result(
            "released_with_lost_flows",
            "functional currency",
            "Cumulative: to profit or loss, since the flows are not expected any more",
            "gain +",
            "numbers",
        ),
        Result(
            "released_afterwards",
            "functional currency",
            "Cumulative: to profit or loss as it was gained, on items that stand in the books already",
            "gain +",
            "numbers",
        ),
        Result(
            "not_recovered",
            "functional currency",
            "Cumulative: to profit or loss, since a loss will not be recovered",
            "loss −",
            "numbers",
        ),
        Result("reserve_balance", "functional currency", "What waits in equity", "gain +", "numbers"),
    ),
    formula="released_k = released_(k−1) + (kept_k − released_(k−1))·units leaving / units still there before; "
    "all of it where none is still there; afterwards = change · units in the books / units hedged; "
    "not recovered = −min(stated, loss in the balance)",
    reference="IFRS 9 6.5.11(d), 6.5.12; IAS 39.97 to 39.101; ASC 815-30-35-3, 35-38, 35-40, 40-4, 40-5;"
    " rules section 5",
    example={
        "kept": ["0", "23100", "30800"],
        "happening": ["0", "192500", "577500"],
        "lost": ["0", "0", "0"],
        "designated": ["770000", "770000", "770000"],
    },
    example_result={
        "released_with_items": [0.0, 5775.0, 30800.0],
        "released_with_lost_flows": [0.0, 0.0, 0.0],
        "released_afterwards": [0.0, 0.0, 0.0],
        "not_recovered": [0.0, 0.0, 0.0],
        "reserve_balance": [0.0, 17325.0, 0.0],
    },
    used_in="Measurement of hedge relationships; calculators: cash flow hedges",
    formula_of=_calculate,
)
