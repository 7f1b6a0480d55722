"""A relationship under a second framework takes the layers of its first one: the same units in the same periods.

The same amount out of other units would be another hedge: a layer that loses its flow in one framework would go on in
the other (IFRS 9 6.6.3(b)).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from hedges.domain.known import Known
from hedges.domain.units import UnitBook
from hedges.models import InstrumentAllocation, ItemAllocation
from hedges.queries.layers import joined
from treasury.domain.refusals import Refusal

#: Runs of units by kind, subject, first day and day after the last.
Layers = dict[tuple[str, int, date, date], list[tuple[int, int]]]


def refuse_other_layers(drafts: Sequence[Any], books: Sequence[UnitBook], known: Known) -> None:
    """Raises Refusal naming the relationships whose units or periods are not those of their first ones."""
    parallel = [draft for draft in drafts if draft.relationship.parallel_of is not None]
    if not parallel:
        return
    recorded = _recorded({draft.relationship.parallel_of_id for draft in parallel} - {None})
    taken: dict[int, list[Any]] = defaultdict(list)
    for row in (row for book in books for row in book.new):
        taken[id(row.relationship_version)].append(row)
    versions = {id(draft.relationship): draft.version for draft in drafts}
    sentences = []
    for draft in parallel:
        first, since = draft.relationship.parallel_of, known.begins(draft.version)
        rows = recorded[first.pk] if first.pk else taken[id(versions[id(first)])]
        if _layers(taken[id(draft.version)], since) != _layers(rows, since):
            sentences.append(
                f"{draft.relationship.code} cannot be designated: its units or periods are not those of {first.code}."
                f" Give unit_from and the period of each part as {first.code} has them from {since} on."
            )
    if sentences:
        raise Refusal(" ".join(sentences))


def _recorded(ids: set[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for model in (ItemAllocation, InstrumentAllocation):
        rows = model._default_manager.filter(
            relationship_version__relationship_id__in=ids, released_at=None
        ).select_related("relationship_version")
        for row in rows:
            found[row.relationship_version.relationship_id].append(row)
    return found


def _layers(rows: Iterable[Any], since: date) -> Layers:
    found: Layers = defaultdict(list)
    for row in rows:
        if row.period_to > since:
            kind = "item" if isinstance(row, ItemAllocation) else "instrument"
            subject = row.exposure_id if isinstance(row, ItemAllocation) else row.instrument_id
            key = (kind, subject, max(row.period_from, since), row.period_to)
            found[key].append((row.unit_from, row.unit_to))
    return {key: joined(runs) for key, runs in found.items()}
