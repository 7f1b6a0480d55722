"""Effectiveness of every designated relationship, re-valued from this run's snapshot alone."""

from hedges.domain.assessment import criterion_rows, result_rows
from hedges.domain.assessment.outcome import tested
from treasury.nightly.steps.context import Rows, Shard


def compute(shard: Shard) -> dict[str, Rows]:
    """Result and criteria rows of the relationships of one shard."""
    outcomes = tested(shard)
    return {
        result_rows.TABLE: criterion_rows.joined([result_rows.result_rows(outcome) for outcome in outcomes]),
        criterion_rows.TABLE: criterion_rows.joined(
            [criterion_rows.criterion_rows(outcome) for outcome in outcomes]
        ),
    }
