"""Rows in bulk held against what an exposure may be, by the very checks of an imported file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from exposures.domain.bulk.fields import FIELDS, layout
from exposures.domain.importing import checks
from exposures.domain.importing.checks import Checked
from exposures.domain.importing.grid import Grid
from exposures.domain.importing.layout import Layout
from exposures.domain.importing.problems import printable
from exposures.queries.import_reference import Reference, reference
from treasury.domain.bulk import reading
from treasury.domain.bulk.rows import Rows

#: Without the risk a row needs its currency, and the other way round.
_RISK, _CURRENCY = "risk", "exposure_currency"


@dataclass(frozen=True)
class Held:
    rows: Rows
    layout: Layout
    checked: Checked | None

    @property
    def entity_ids(self) -> list[int]:
        found = [] if self.checked is None else self.checked.ids["entity"].tolist()
        return sorted({entity for entity in found if entity >= 0})


def check(
    content: bytes,
    media_type: str,
    *,
    valid_from: date,
    actor: Any,
    entity_ids: Collection[int] | None = None,
) -> Held:
    """`entity_ids`: where rows may be recorded at all, besides the actor's own roles; None: wherever these reach.

    Raises InputError where the request as a whole cannot be read.
    """
    return held(
        reading.read(content, media_type, FIELDS), valid_from=valid_from, actor=actor, entity_ids=entity_ids
    )


def held(rows: Rows, *, valid_from: date, actor: Any, entity_ids: Collection[int] | None = None) -> Held:
    if not {_RISK, _CURRENCY} & set(rows.names):
        rows.names = (*rows.names, _RISK)
        rows.cells = [[*row, ""] for row in rows.cells]
    of = layout(rows.names, valid_from)
    if not rows.cells:
        return Held(rows, of, None)
    grid = Grid(list(rows.names), rows.cells, [place + 1 for place in rows.places])
    checked = checks.check(grid, of, _within(reference(actor), entity_ids))
    for place, wrong in sorted(rows.refused.items()):
        for problem in wrong:
            checked.problems.row_numbers.append(place + 1)
            checked.problems.columns.append(0)
            checked.problems.fields.append("")
            checked.problems.codes.append(problem.code[:24])
            checked.problems.values.append(printable(problem.got or ""))
            checked.problems.expected.append(problem.expected[:300])
    return Held(rows, of, checked)


def _within(known: Reference, entity_ids: Collection[int] | None) -> Reference:
    if entity_ids is None:
        return known
    inside = {code: entity for code, entity in known.entities.items() if entity.id in set(entity_ids)}
    return known._replace(entities=inside, read_only=known.read_only - set(inside))
