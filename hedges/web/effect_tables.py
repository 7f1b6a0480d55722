"""The effect of a change as it was worked out before it: volumes, ratio and measured amounts, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hedges.web import said
from hedges.web.measurement_tables import LABELS
from treasury.web import formats, words
from treasury.web.tables import Column, Table

#: What is stored has no order of its own: a proposal and its approval show the same one.
ORDER = {name: place for place, name in enumerate(LABELS)}
SIDES = {"items": "hedged item", "instruments": "instrument"}
SUMS = {
    "reserve": "Reserve before",
    "waits_in_reserve": "Waits in the reserve",
    "reclassified_at_once": "Reclassified at once",
    "cost_reserve_let_go": "Cost of hedging reserve let go",
}


def terms(effect: dict[str, Any] | None) -> list[tuple[str, object]]:
    """What becomes of the reserves on the day of the change."""
    measured = (effect or {}).get("measured") or {}
    found: list[tuple[str, object]] = [
        (label, _amount(Decimal(measured[name]), measured["currency"]))
        for name, label in SUMS.items()
        if measured.get(name) is not None
    ]
    if measured.get("reasons"):
        why = ", ".join(words.reason(code) for code in measured["reasons"])
        found.append(("Not measured", formats.why(f"{why} on {measured['on']}")))
    added = (effect or {}).get("added")
    if added:
        value = added["opening_value"]
        said_value = (
            formats.why("a rate is missing") if value is None else _amount(Decimal(value), added["currency"])
        )
        found.append(("Opening value of added instruments", said_value))
    return found


def _amount(value: Decimal, currency: str) -> str:
    return f"{formats.number(value, 2)} {currency}" if value else formats.DASH


def tables(effect: dict[str, Any] | None) -> Iterator[Table]:
    if not effect:
        return
    yield _volumes(effect)
    amounts = (effect.get("measured") or {}).get("amounts")
    if amounts:
        yield _amounts(effect["measured"], amounts)
    added = effect.get("added")
    if added and added["hypothetical"]:
        yield _hypothetical(added)


def _hypothetical(added: dict[str, Any]) -> Table:
    """The hypothetical derivative of each added item, struck on the date of the change, with its value there."""
    columns = [
        Column("item", "Item"),
        Column("kind", "Kind", "label"),
        Column(
            "notional_amount", "Notional", cell=lambda row: formats.number(Decimal(row["notional_amount"]), 2)
        ),
        Column("unit", "In"),
        Column("struck_on", "Struck on"),
        Column("struck_rate", "Rate", cell=lambda row: row["struck_rate"] or formats.DASH),
        Column("value_at_designation", "Value there", cell=lambda row: row["value_at_designation"]),
        Column("currency", "In"),
    ]
    shown = " (preliminary: the date is to come)" if added["is_preliminary"] else ""
    return Table(
        columns,
        added["hypothetical"],
        caption=f"Hypothetical derivatives of what is added{shown}",
        short=True,
    )


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


def _amounts(measured: dict[str, Any], amounts: dict[str, dict[str, str]]) -> Table:
    rows = [
        {
            "name": LABELS.get(name, words.sentence(name)),
            "before": Decimal(pair["before"]),
            "after": Decimal(pair["after"]),
        }
        for name, pair in sorted(amounts.items(), key=lambda one: ORDER.get(one[0], len(ORDER)))
        if Decimal(pair["before"]) or Decimal(pair["after"])
    ]  # fmt: skip
    columns = [
        Column("name", "Cumulative, gains +"),
        Column("before", "As it stands", "money"),
        Column("after", "With the change", "money"),
        Column(
            "differs",
            "Change",
            cell=lambda row: formats.tag("changes") if row["before"] != row["after"] else "",
        ),
    ]
    caption = f"Measured on {measured['on']}, in {measured['currency']}; what is zero is left out"
    return Table(columns, rows, caption=caption, short=True, empty="Everything is zero.")
