"""Value every live instrument: present value with its components, credit adjustments, fair value.

A matured instrument has no row: what has been settled is not valued as live. An instrument whose quotes are missing or
too old keeps its row, with null and the reason.
"""

import numpy as np

from hedges.domain.credit_values import credit_of, rounded_adjustments
from hedges.domain.instrument_values import Values, instrument_values
from hedges.domain.lookup import Lookup
from hedges.domain.terms import FORWARDS, Terms, flows_of, terms
from hedges.queries import columns
from treasury.kernel.money import exponents
from treasury.nightly.steps import cells
from treasury.nightly.steps.context import Rows, Shard
from treasury.quant.codes import Reason
from treasury.quant.numbers import Float, Int, Mask, where_reason
from treasury.queries import copy

TABLE = "hedges_valuationresult"


def compute(shard: Shard) -> dict[str, Rows]:
    """The valuation rows of one shard."""
    sealed, look = shard.sealed, shard.sealed.lookup
    rows = columns.live_instruments(shard.at)
    known = terms(rows, sealed.reference, sealed.contracts, look)
    count = known.kind.size
    days = np.full((count, 1), shard.today)
    flows = flows_of(rows["instrument_id"], columns.flows(shard.at, designated=False))
    values = instrument_values(known, flows, look, days, known.trade_date)
    numbers, why = _fresh(values)
    units, functional = look.quote_exponents[known.risk], sealed.functional(rows["entity_id"])
    present = cells.rounded(numbers["present_value"], units)
    spot = cells.rounded(numbers["spot_element"], units)
    intrinsic = cells.rounded(numbers["intrinsic_value"], units)
    basis = cells.rounded(numbers["basis_element"], units)
    clean = cells.rounded(numbers["clean_value"], units)
    credit = credit_of(known, look, days, numbers["present_value"][:, None])
    whole = credit.fair_value[:, 0]
    fair = cells.rounded(whole, units)
    cva, dva = rounded_adjustments(credit, present, fair)
    # From the value before rounding, as the measurement converts it: both round the same number once.
    fair_functional = cells.rounded(_converted(known, look, days, whole), exponents(functional))
    missing = present.defined & (~fair.defined | ~fair_functional.defined)
    has_element = ~np.isnan(numbers["spot_element"]) | ~np.isin(known.kind, FORWARDS)
    missing |= present.defined & ~has_element
    why |= where_reason(missing, Reason.MISSING_DATA)
    no_basis = present.defined & ~basis.defined & np.isin(known.kind, FORWARDS) & look.is_pair[known.risk]
    why |= where_reason(no_basis, Reason.NO_PARITY_RATE)
    complete = fair_functional.defined & has_element & ~no_basis
    quote = [look.quote_currencies[place] for place in known.risk.tolist()]
    return {
        TABLE: {
            "run_id": copy.repeated(sealed.run_id, count),
            "entity_id": copy.whole(rows["entity_id"]),
            "status": cells.status(complete, present.defined),
            "reasons": cells.reasons(why),
            "instrument_id": copy.whole(rows["instrument_id"]),
            "instrument_version_id": copy.whole(rows["version_id"]),
            "risk_id": copy.whole(rows["risk_id"]),
            "kind": [columns.KINDS[kind] for kind in rows["kind"].tolist()],
            "value_currency": quote,
            "functional_currency": functional,
            "present_value": present.texts,
            "spot_element": spot.texts,
            "forward_element": cells.rest(present, spot).texts,
            "basis_element": basis.texts,
            "intrinsic_value": intrinsic.texts,
            "time_value": cells.rest(present, intrinsic).texts,
            "clean_value": clean.texts,
            "accrued_amount": cells.rest(present, clean).texts,
            "profit_amount": cells.rounded(numbers["profit"], units).texts,
            "credit_value_adjustment": cva.texts,
            "debit_value_adjustment": dva.texts,
            "fair_value": fair.texts,
            "fair_value_functional": fair_functional.texts,
            **{
                name: copy.floats(numbers[name])
                for name in ("spot_rate", "forward_rate", "discount_factor", "implied_volatility", "delta")
            },
        }
    }


def _fresh(values: Values) -> tuple[dict[str, Float], Mask]:
    """The numbers of the one day, NaN where a quote is too old, and why the value is not there."""
    stale = values.stale[:, 0]
    numbers = {name: np.where(stale, np.nan, found[:, 0]) for name, found in values.numbers.items()}
    missing = np.isnan(values["present_value"][:, 0])
    broken = missing & values.not_built[:, 0]
    why = where_reason(broken, Reason.CURVE_NOT_BUILT)
    why |= where_reason(missing & ~broken, Reason.MISSING_DATA)
    why |= where_reason(stale & ~missing, Reason.STALE_DATA)
    return numbers, why


def _converted(known: Terms, look: Lookup, days: Int, value: Float) -> Float:
    risk, functional, same = known.risk[:, None], known.functional[:, None], known.same_currency[:, None]
    rate = look.conversion(risk, functional, same, days)
    age = look.conversion_age(risk, functional, same, days)
    return np.where(age > known.stale_after[:, None], np.nan, rate)[:, 0] * value
