"""What measurement answers with."""

from dataclasses import dataclass

from hedges.domain.measurement.amortisation import Amortisation
from hedges.domain.measurement.cost_groups import Groups
from hedges.domain.measurement.instrument_layers import InstrumentLayers
from hedges.domain.measurement.item_layers import ItemLayers
from hedges.domain.measurement.knots import Knots
from hedges.domain.measurement.periods import Periods
from hedges.enums import CostElement
from treasury.quant.measurement.life import Path
from treasury.quant.numbers import Bool, Int, Mask
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class MeasuredCosts:
    """One row a relationship and excluded element; amounts by the columns of `CostOfHedgingResult`, minor units."""

    relationship: Int
    element: list[CostElement]
    actual: Int
    aligned: Int
    term_from: Int
    term_to: Int
    amounts: dict[str, Int]


@dataclass(frozen=True, slots=True)
class Workings:
    """What the amounts were put together from: the path on the knots, values of layers, elements by inception, and
    how an item's adjustment wears off."""

    path: Path
    hedges: InstrumentLayers
    items: ItemLayers
    groups: Groups
    amortisation: Amortisation


@dataclass(frozen=True, slots=True)
class Measured:
    """One row a relationship; amounts by the columns of `MeasurementResult`, minor units of the functional currency.

    `instrument`, `hypothetical` and `recognised` are cumulative at the knots. Where `known` is false no amount counts
    and `reasons` say why; where it is true they say why an adjustment goes by days. `known_at_knots` is false where a
    knot that nothing hangs on has no value.
    """

    relationships: Columns
    knots: Knots
    instrument: Int
    hypothetical: Int
    recognised: Int
    known_at_knots: Bool
    known: Bool
    reasons: Mask
    periods: Periods
    stage: list[str]
    ended_on: Int
    in_force: Bool
    amounts: dict[str, Int]
    costs: MeasuredCosts
    units: Int
    workings: Workings
