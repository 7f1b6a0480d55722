"""The tables of the waterfall: by risk, by part, by month, and the exposures of one part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.http import HttpRequest

from exposures.queries.waterfall_parts import WORDS
from treasury.kernel.money import exponent, from_minor_units
from treasury.quant.ratios.exposure_waterfall import Part
from treasury.web.tables import Column, Table, link_cell


def _parts(unit: str = "") -> list[Column]:
    places = min(exponent(unit), 2) if unit else 2
    return [Column(part.name, WORDS[part][0], "amount", places=places, total=bool(unit)) for part in Part]


def _with(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name in ("page", "format", "part"):
        query.pop(name, None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def risks(request: HttpRequest, rows: Sequence[dict]) -> Table:
    columns = [
        Column("risk", "Risk", link=lambda row: _with(request, risk=row["risk"])),
        Column("unit", "In"),
        *_parts(),
    ]
    return Table(
        columns, rows, caption="By risk, signed: an inflow is plus", short=True, key="",
        row_link=lambda row: _with(request, risk=row["risk"]),
        empty="Nothing was open on either day.", next_step="Choose other days, or another entity at the top.",
    )  # fmt: skip


def parts(request: HttpRequest, rows: Sequence[dict], unit: str) -> Table:
    columns = [
        Column("name", "Part", cell=lambda row: _opens(request, row)),
        Column("amount", "Amount", "amount", unit=unit, places=min(exponent(unit), 2)),
        Column("count", "Exposures", "count"),
        Column("size", "Moved in size", "amount", unit=unit, places=min(exponent(unit), 2)),
        Column("note", "Which is", wrap=True),
    ]
    return Table(columns, rows, caption="Part by part", key="parts", short=True, sortable=False,
                 row_class=lambda row: "lead" if row["part"] in (Part.OPENING, Part.CLOSING) else "")  # fmt: skip


def _opens(request: HttpRequest, row: dict) -> object:
    return link_cell(row["name"], _with(request, part=row["slug"])) if row["count"] else row["name"]


def months(rows: Sequence[dict], unit: str) -> Table:
    return Table([Column("month", "Expected in"), *_parts(unit)], rows, key="months", short=True,
                 caption=f"By month of the expected day, in {unit}")  # fmt: skip


def detailed(
    found: Iterable[tuple[int, int, int]], named: Callable[[list[int]], dict[int, dict]], unit: str
) -> list[dict]:
    """The exposures by name, in one read."""
    pairs = list(found)
    names = named([exposure_id for exposure_id, _, _ in pairs])
    return [
        names[exposure_id]
        | {"amount": from_minor_units(amount, unit), "month": f"{month // 12:04d}-{month % 12 + 1:02d}"}
        for exposure_id, amount, month in pairs
    ]


def exposures_of(
    request: HttpRequest,
    rows: list[dict],
    *,
    caption: str,
    page: object,
    every: Callable[[], Iterator[dict]],
    unit: str,
    link: Callable[[dict], str],
) -> Table:
    columns = [
        Column("reference", "Exposure", link=link),
        Column("entity_code", "Entity"),
        Column("month", "Expected in"),
        Column("amount", "Amount", "amount", unit=unit, places=min(exponent(unit), 2), total=True),
    ]
    return Table(columns, rows, caption=caption, key="exposures", page=page, more_rows=every, row_link=link,
                 empty="No exposure is in this part.")  # fmt: skip
