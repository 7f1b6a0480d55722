"""The effect of a change as it was worked out before it: volumes, ratio and amounts, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hedges.web import said
from treasury.web import formats
from treasury.web.tables import Column, Table

SIDES = {"items": "hedged item", "instruments": "instrument"}
KNOWN = ("volumes", "hedge_ratio")


def tables(effect: dict[str, Any] | None) -> Iterator[Table]:
    if not effect:
        return
    yield _volumes(effect)
    yield from said.tables({name: value for name, value in effect.items() if name not in KNOWN})


def terms(effect: dict[str, Any] | None) -> list[tuple[str, object]]:
    return said.terms({name: value for name, value in (effect or {}).items() if name not in KNOWN})


def _volumes(effect: dict[str, Any]) -> Table:
    volumes, ratio = effect.get("volumes") or {}, effect.get("hedge_ratio") or {}
    rows: dict[tuple[str, str], dict] = {}
    for when in ("before", "after"):
        for side, word in SIDES.items():
            for part in (volumes.get(when) or {}).get(side, []):
                row = rows.setdefault(
                    (side, part["reference"]), {"what": part["reference"], "is": word, "unit": part["unit"]}
                )
                row[when] = said.said("amount", part["amount"])
    lines = list(rows.values())
    if ratio:
        lines.append({"what": "Hedge ratio", **{when: said.said("ratio", ratio.get(when)) for when in ratio}})
    columns = [
        Column("what", "What"),
        Column("is", "Is"),
        Column("before", "Before", "amount", cell=lambda row: row.get("before", formats.DASH)),
        Column("after", "After", "amount", cell=lambda row: row.get("after", formats.DASH)),
        Column("unit", "In"),
    ]
    return Table(columns, lines, caption="In force before and after", short=True)
