"""How the file is read is said, its cells are put right, and each time all of its rows are checked anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Max

from exposures.domain.importing import checks, entitled, files, staging
from exposures.domain.importing.grid import Grid
from exposures.domain.importing.layout import Layout, refuse_unfinished
from exposures.domain.importing.problems import printable
from exposures.domain.importing.receiving import newest_file, step
from exposures.domain.importing.stopping import name as name_of
from exposures.enums import ImportStatus
from exposures.models import Import, ImportCorrection, ImportMapping
from exposures.queries.import_reference import reference
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.stopping import stoppable
from treasury.models import Entity

#: So many wrong cells can be put right on the page at a time; a file with more is mended where it came from.
MOST_CORRECTIONS = 50


def describe(*, import_id: int, layout: Layout, actor: Any, attempt: int) -> Import:
    """Keeps how the file is to be read, without reading its rows yet."""
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.works_on(actor, found)
    with as_refusal(), audit.action("exposures.import.described", actor=actor, subject=found):
        step(found, attempt, settings=layout.as_json())
    found.refresh_from_db()
    return found


def save_mapping(*, source_system: str, name: str, layout: Layout, actor: Any) -> ImportMapping:
    """Keeps how files of the source are read, under a name; saved again it is a further version."""
    name = name.strip()
    if not name or not name.isprintable() or len(name) > 40:
        raise Refusal("Name the mapping in at most 40 characters.")
    kept = replace(layout, valid_from="").as_json()
    with as_refusal(), audit.action("exposures.import.mapping_saved", actor=actor, reason=name):
        same = ImportMapping.objects.filter(source_system=source_system, name=name)
        last = same.aggregate(last=Max("version_number"))["last"] or 0
        return ImportMapping.objects.create(
            source_system=source_system, name=name, version_number=last + 1, settings=kept
        )


def grid_of(import_id: int, layout: Layout, *, limit: int = 0) -> Grid:
    """The cells of the newest file as they stand now, with the corrections made on the page."""
    file = newest_file(import_id)
    grid = files.read(bytes(file.content), layout, limit=limit)
    cells = {
        (row, column): value
        for row, column, value in file.corrections.order_by("id").values_list(
            "row_number", "column_number", "new_value"
        )
    }
    return grid.with_cells(cells)


def check(*, import_id: int, actor: Any, attempt: int) -> Import:
    """Checks every row against `attempt`'s settings and stages what was found as the next attempt.

    Raises Refusal where something still has to be said, the file as a whole cannot be read, or somebody stops it.
    """
    with stoppable(name_of(import_id)) as ask:
        return _check(import_id, actor, attempt, ask)


def _check(import_id: int, actor: Any, attempt: int, ask: Callable[[], None]) -> Import:
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.works_on(actor, found)
    layout = Layout.of(found.settings)
    refuse_unfinished(layout)
    _refuse_foreign(actor, layout)
    grid = grid_of(import_id, layout)
    ask()
    layout = layout.with_headings(grid.header)
    checked = checks.check(grid, layout, reference(actor))
    ask()
    entity_ids = sorted({entity for entity in checked.ids["entity"].tolist() if entity >= 0})
    with as_refusal(), audit.action("exposures.import.checked", actor=actor, subject=found):
        fixed = Entity.objects.filter(code=layout.fixed.get("entity", "")).first()
        newest = step(found, attempt, entity=fixed, entity_ids=entity_ids, settings=layout.as_json())
        problems = staging.stage(
            checked, layout, import_id=found.pk, attempt=newest, source_system=found.source_system, ask=ask
        )
        Import.objects.filter(pk=found.pk, status=ImportStatus.STAGED, attempt=newest).update(
            is_checked=True, row_count=len(grid.rows), problem_count=problems
        )
        ask()
    found.refresh_from_db()
    return found


def correct(
    *, import_id: int, cells: Mapping[tuple[int, int], str], actor: Any, attempt: int
) -> Sequence[ImportCorrection]:
    """Puts cells right on the page; the file stays as it came, and the rows are to be checked again.

    `cells`: (row number, column number) -> the new text.
    """
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.works_on(actor, found)
    if not cells:
        raise Refusal("No cell was changed.")
    if len(cells) > MOST_CORRECTIONS:
        raise Refusal(f"At most {MOST_CORRECTIONS} cells at a time; mend the file and upload it again.")
    grid = grid_of(import_id, Layout.of(found.settings))
    place = {number: at for at, number in enumerate(grid.row_numbers)}
    rows = []
    for (row, column), value in cells.items():
        if row not in place or not 1 <= column <= max(grid.width, 1) or len(value) > 400:
            raise Refusal(f"There is no cell {column} in row {row} that can be put right.")
        before = grid.rows[place[row]]
        old = before[column - 1] if len(before) >= column else ""
        rows.append((row, column, printable(old), printable(value.strip())))
    file = newest_file(import_id)
    with as_refusal(), audit.action("exposures.import.cells_corrected", actor=actor, subject=found):
        step(found, attempt)
        return ImportCorrection.objects.bulk_create(
            ImportCorrection(file=file, row_number=row, column_number=column, old_value=old, new_value=new)
            for row, column, old, new in rows
        )


def _refuse_foreign(actor: Any, layout: Layout) -> None:
    code = layout.fixed.get("entity")
    if code and code not in reference(actor).entities:
        raise Refusal(f"Entity: {code} is none whose exposures you may record. Choose another one.")
