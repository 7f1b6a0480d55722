"""The hedge ratio of a relationship: designated cover over designated items, as far as both are still there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import BOOK, Given, Listing, NothingToExplain, Number, Source
from hedges.domain.explanation.ratio_parts import Parts
from hedges.domain.explanation.steps import arithmetic, rounded
from hedges.domain.sealed import Shard
from hedges.models import HedgeRelationshipVersion
from hedges.queries import explained, relationship_columns
from treasury.kernel.money import from_minor_units
from treasury.queries.copy import Columns


def parts(case: Case) -> Parts:
    """In the item's unit; the cover of a proxy is turned into it at the spot rate of the day."""
    shard = case.shard(case.row.relationship_id)
    found = relationship_columns.relationships(shard.at, by="relationship_id")
    if not found["relationship_id"].size:
        raise NothingToExplain("The sealed book of this run has no such designated relationship.")
    items = relationship_columns.items(shard.at, by="relationship_id")
    instruments = relationship_columns.instruments(shard.at, by="relationship_id")
    unit = case.sealed.reference.risks[int(found["risk_id"][0])]["base_unit_id"]
    exposure = from_minor_units(int(items["units_left"].sum()), unit)
    cover, cover_rows = _cover(case, shard, found, instruments, unit)
    names = explained.exposure_names(items["exposure_id"].tolist())
    item_rows = [
        (names.get(pk, ""), date.fromordinal(due), from_minor_units(left, unit))
        for pk, due, left in zip(
            items["exposure_id"].tolist(),
            items["expected_date"].tolist(),
            items["units_left"].tolist(),
            strict=True,
        )
    ]
    version = explained.version(HedgeRelationshipVersion, int(found["version_id"][0]))
    there = int((np.abs(items["units_left"]) > 0).sum())
    return Parts(
        unit=unit,
        exposure=[
            arithmetic(
                "Designated items",
                "sum of the designated units that are still there",
                exposure,
                listings=[
                    Listing(
                        "Items", ("exposure", "expected", f"left {unit}"), item_rows, len(item_rows), exposure
                    )
                ],
            )
        ],
        derivative=[
            arithmetic(
                "Designated cover",
                "sum of the designated notionals that are still there, in the item's unit at spot",
                cover,
                listings=[
                    Listing(
                        "Instruments; a sold option is no cover",
                        ("instrument", "designated", "unit", f"per unit {unit}", f"in {unit}"),
                        cover_rows,
                        len(cover_rows),
                        cover,
                    )
                ],
            )
        ],
        offset=[
            arithmetic(
                "Natural offsets",
                "0: a relationship designates instruments",
                None if cover is None else Decimal(0),
            )
        ],
        total=arithmetic("Positions", "number of designated items", len(item_rows)),
        hedged=[arithmetic("Positions hedged", "items of which something is still there", there)],
        definition=Given(
            "counted_as_hedged_from",
            0,
            Source(BOOK, "an item of a relationship counts while any of it is there"),
        ),
        designated=Given(
            "designated_hedge_ratio",
            float(found["designated_hedge_ratio"][0]),
            of_version("relationship", version, "designated_hedge_ratio"),
        ),
        because="the spot rate between the two risks is missing",
    )


def _cover(
    case: Case, shard: Shard, found: Columns, instruments: Columns, unit: str
) -> tuple[Number, list[tuple[object, ...]]]:
    look, today = case.sealed.lookup, np.array([shard.today])
    item = look.position(found["risk_id"])
    names = explained.instrument_names(instruments["instrument_id"].tolist())
    total, known = Decimal(0), True
    rows: list[tuple[object, ...]] = []
    for n, pk in enumerate(instruments["instrument_id"].tolist()):
        risk = look.position(instruments["risk_id"][n : n + 1])
        own = look.base_units[int(risk[0])]
        left = int(instruments["units_left"][n]) if instruments["is_cover"][n] else 0
        size = from_minor_units(left, own)
        if own == unit:
            rate, value = 1.0, size
        else:
            between = look.market.cross(today, look.quote[risk], look.quote[item])
            with np.errstate(invalid="ignore", divide="ignore"):
                rate = float((look.spot(risk, today) * between / look.spot(item, today))[0])
            turned = None if np.isnan(rate) else rounded(float(size) * rate, unit)
            known &= turned is not None
            value = turned or Decimal(0)
        total += value
        rows.append((names.get(pk, ""), size, own, rate, value))
    return (total if known else None), rows
