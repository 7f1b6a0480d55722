"""The cumulative amounts of a relationship on the date, put together so that they add up to the minor unit.

change = recognised + ineffectiveness + cost recognised + excluded in profit or loss; in a fair value hedge recognised
is 0 and the item's adjustment is taken out of the ineffectiveness. Reserve = recognised − reclassified −
basis-adjusted − loss not recovered; cost reserve = cost recognised + cost amortised − cost released − cost
lost.
"""

import numpy as np

from hedges.domain.measurement.measured import MeasuredCosts
from treasury.quant.measurement.columns import LifeColumns
from treasury.quant.measurement.life import Path
from treasury.quant.numbers import Bool, Int
from treasury.quant.sums import group_sums


def amounts_of(path: Path, lived: LifeColumns, dear: MeasuredCosts, stand: dict[str, Int]) -> dict[str, Int]:
    """By the columns of `MeasurementResult`."""
    count = path.dates.shape[0]
    cost = {
        name: group_sums(dear.amounts[name], dear.relationship, count)
        for name in ("cost_recognised", "cost_amortised", "cost_released", "cost_lost")
    }
    change, recognised = path.instrument_changes[:, -1], np.asarray(lived.recognised)[:, -1]
    reclassified, adjusted = np.asarray(lived.reclassified)[:, -1], np.asarray(lived.basis_adjusted)[:, -1]
    not_recovered = np.asarray(lived.not_recovered)[:, -1]
    return (
        stand
        | cost
        | {
            "cumulative_change_instrument": change,
            "cumulative_change_hypothetical": path.hypothetical_changes[:, -1],
            "cumulative_recognised": recognised,
            "cumulative_ineffectiveness": np.asarray(lived.ineffectiveness)[:, -1],
            "cumulative_reclassified": reclassified,
            "cumulative_basis_adjusted": adjusted,
            "loss_not_recovered": not_recovered,
            "reserve_balance": recognised - reclassified - adjusted - not_recovered,
            "excluded_in_profit_or_loss": stand["fair_value_change"] - change - cost["cost_recognised"],
            "cost_reserve_balance": cost["cost_recognised"]
            + cost["cost_amortised"]
            - cost["cost_released"]
            - cost["cost_lost"],
            "item_adjustment": np.asarray(lived.adjustment)[:, -1],
            "item_adjustment_amortised": np.asarray(lived.adjustment_released)[:, -1],
        }
    )


def is_left(amounts: dict[str, Int]) -> Bool:
    """Where something waits in equity or on the item."""
    on_item = amounts["item_adjustment"] != amounts["item_adjustment_amortised"]
    return (amounts["reserve_balance"] != 0) | (amounts["cost_reserve_balance"] != 0) | on_item
