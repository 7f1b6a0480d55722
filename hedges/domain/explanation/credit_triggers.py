"""The credit triggers behind a credit criterion: facts that fail it whatever its number says.

Named with the fact, since when, and the limit of the rule pack that it is held against, from what the run knew.
Reference: rules section 4; IFRS 9 B6.4.7-8.
"""

from __future__ import annotations

from hedges.domain.assessment.credit_triggers import triggers
from hedges.domain.explanation.parts import Listing, Step
from hedges.domain.explanation.revalued import Revalued
from hedges.domain.explanation.steps import arithmetic
from treasury.enums import CreditState
from treasury.quant.codes import Reason

WORDS = {
    Reason.RATING_BELOW_LIMIT: "rating below the limit",
    Reason.COUNTERPARTY_DEFAULTED: "in default",
    Reason.COLLATERAL_NOT_POSTED: "collateral not posted",
}
COLUMNS = ("counterparty", "trigger", "fact", "since", "limit")
FORMULA = "counterparties of the instruments that are in default, rated below the limit, or have not posted collateral"


def trigger_steps(found: Revalued) -> list[Step]:
    """One step with a row for each trigger that is hit; none where there is none."""
    [hit] = triggers(found.case.shard(found.case.row.relationship_id), found.found, found.used)
    if not hit:
        return []
    states = dict(CreditState.choices)
    rows = [
        (
            one.counterparty,
            WORDS[one.reason],
            states.get(one.value, one.value),
            one.since,
            one.limit or "none",
        )
        for one in hit
    ]
    listing = Listing("Triggers: each fails the criterion whatever the ratio says", COLUMNS, rows, len(rows))
    return [arithmetic("Credit triggers", FORMULA, len(rows), listings=[listing])]
