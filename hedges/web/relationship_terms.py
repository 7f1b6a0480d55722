"""A hedge relationship on its page: memo, item and instrument side by side, allocations, criteria."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from hedges.web.how import How, explained, nowhere
from treasury.web import formats, words
from treasury.web.tables import Column, Table

LABELS = {
    "status": "Status", "hedge_type": "Hedge of", "framework": "Framework", "risk__code": "Hedged risk",
    "designated_component": "Designated", "designation_date": "Designated on", "hedge_end_date": "Hedged until",
    "designated_hedge_ratio": "Hedge ratio", "assessment_method": "Method", "objective": "Objective and strategy",
    "rationale": "Why the two offset", "ineffectiveness_sources": "Sources of ineffectiveness",
}  # fmt: skip
CRITERIA = {
    "economic_relationship": "Economic relationship", "credit_risk": "Credit risk does not dominate",
    "hedge_ratio": "Hedge ratio", "dollar_offset": "Cumulative dollar offset", "offset_slope": "Slope, as offset",
    "variance_reduction": "Variance reduction", "r_squared": "R²", "significance": "Significance",
    "observation_count": "Points", "prospective_dollar_offset": "Prospective dollar offset, worst scenario",
}  # fmt: skip
VERDICTS = {"EFFECTIVE": "MET", "NOT_EFFECTIVE": "MISSED", "INCONCLUSIVE": "UNDECIDED"}


def figures(current: dict, statuses: dict | None) -> list[dict]:
    found = statuses or {}
    return [
        {"label": "Effectiveness", "value": formats.state(found.get("effectiveness_status", "NOT_TESTED"))},
        {
            "label": "Economic relationship",
            "value": verdict(found.get("economic_relationship_status", "NOT_TESTED")),
        },
        {"label": "Credit risk", "value": verdict(found.get("credit_risk_status", "NOT_TESTED"))},
        {"label": "Hedge ratio", "value": verdict(found.get("hedge_ratio_status", "NOT_TESTED"))},
        {"label": "Designated ratio", "value": formats.unit_ratio(current["designated_hedge_ratio"])},
    ]


def verdict(status: str) -> object:
    """A relationship is effective or not; a criterion of it is met, missed or undecided."""
    return formats.state(VERDICTS.get(status, status))


def memo(found: dict, row: dict) -> list[tuple[str, object]]:
    missing = formats.why("not written down")
    return [
        ("Entity", f"{found['entity__code']} {found['entity__name']}, counts in {found['currency']}"),
        ("Hedge of", words.label(row["hedge_type"])),
        ("Framework", words.label(row["framework"])),
        *([("Second framework of", found["parallel_of__code"])] if found.get("parallel_of__code") else []),
        ("Hedged risk", row["risk__code"]),
        ("Designated", words.label(row["designated_component"])),
        ("Designated on", formats.day(row["designation_date"])),
        ("Documented at (UTC)", formats.moment(found["recorded_at"])),
        ("Hedged until", formats.day(row["hedge_end_date"])),
        (
            "Hedge ratio",
            f"{formats.unit_ratio(row['designated_hedge_ratio'])}, instrument units to item units",
        ),
        ("Method", words.label(row["assessment_method"])),
        ("Objective and strategy", row["objective"] or missing),
        ("Why the two offset", row["rationale"] or missing),
        ("Sources of ineffectiveness", row["ineffectiveness_sources"] or missing),
        ("Status", words.label(row["status"])),
        ("Approval", formats.state(row["state"])),
    ]


def side_by_side(on: date, items: list[dict], instruments: list[dict]) -> Table:
    items, instruments = _in_force(items, on), _in_force(instruments, on)
    lines = [
        _pair("Risk", _all(items, "risk_code"), _all(instruments, "risk_code")),
        _pair("Unit", _all(items, "unit"), _all(instruments, "unit")),
        _pair("Kind", _all(items, "kind"), _all(instruments, "kind"), compared=False),
        _pair("Designated amount", _sum(items), _sum(instruments), compared=False),
        _pair("Direction", _direction(items), _direction(instruments), opposite=True),
        _pair("Due", _span(items), _span(instruments)),
    ]
    columns = [
        Column("term", "Term"),
        Column("item", "Hedged item", wrap=True),
        Column("instrument", "Hedging instrument", wrap=True),
        Column("match", "Match", cell=lambda row: formats.state(row["match"]) if row["match"] else ""),
    ]
    return Table(columns, lines, caption="Item and instrument, term by term", short=True)


def _in_force(rows: list[dict], on: date) -> list[dict]:
    """Those whose period holds the date; before and after the designation, all of them."""
    return [row for row in rows if row["period_from"] <= on < row["period_to"]] or rows


def _pair(term: str, item: str, instrument: str, *, compared: bool = True, opposite: bool = False) -> dict:
    match = ""
    if compared and item and instrument:
        match = "MATCHED" if (item != instrument) == opposite else "TERMS_DIFFER"
    return {"term": term, "item": item, "instrument": instrument, "match": match}


def _all(rows: list[dict], name: str) -> str:
    return ", ".join(dict.fromkeys(words.label(row[name]) for row in rows))


def _sum(rows: list[dict]) -> str:
    sums: dict[str, object] = {}
    for row in rows:
        sums[row["unit"]] = sums.get(row["unit"], 0) + row["designated_amount"]
    return ", ".join(f"{formats.number(amount)} {unit}" for unit, amount in sums.items())


def _direction(rows: list[dict]) -> str:
    return ", ".join(
        dict.fromkeys("long, inflow" if row["designated_amount"] > 0 else "short, outflow" for row in rows)
    )


def _span(rows: list[dict]) -> str:
    days = sorted(row["due"] for row in rows)
    if not days:
        return ""
    return str(days[0]) if days[0] == days[-1] else f"{days[0]} to {days[-1]}"


def allocated(scope, rows: list[dict], caption: str, address: str) -> Table:
    for row in rows:
        row["share"] = (row["unit_to"] - row["unit_from"]) / row["capacity_units"]
    columns = [
        Column(
            "reference", "Reference", link=lambda row: scope.link(reverse(address, args=[row["thing_id"]]))
        ),
        Column("kind", "Kind", "label"),
        Column("designated_amount", "Designated", "amount", total=len({row["unit"] for row in rows}) == 1),
        Column("unit", "In"),
        Column("share", "Of the whole", "percent"),
        Column("amount", "Whole", "amount"),
        Column("due", "Due", "day"),
        Column("designated_component", "Part", "label"),
        Column("period_from", "From", "day"),
        Column("period_to", "To before", "day"),
    ]
    return Table(columns, rows, caption=caption, short=True, empty="Nothing is allocated.")


def criteria(rows: list[dict], how_of: Callable[[dict], How] = lambda row: nowhere) -> Table:
    columns = [
        Column(
            "criterion",
            "Criterion",
            cell=lambda row: CRITERIA.get(row["criterion"].lower(), words.sentence(row["criterion"])),
        ),
        Column("effectiveness_status", "Status", cell=lambda row: verdict(row["effectiveness_status"])),
        explained(Column("value", "Value", "statistic", cell=lambda row: _value(row)), how_of),
        Column("limits", "Limits", cell=_limits),
        explained(Column("margin", "Margin left", "statistic", cell=_margin), how_of),
        Column(
            "is_deciding", "Decides", cell=lambda row: "decides" if row["is_deciding"] else "shown beside it"
        ),
    ]
    return Table(columns, rows, caption="Criteria with the margin left; plus is room", short=True,
                 empty="Not tested in this run.",
                 next_step="It was designated later, or no night has been published yet.")  # fmt: skip


def _value(row: dict) -> object:
    if row["value"] is None:
        return formats.why(row["reasons"][0]) if row["reasons"] else ""
    return formats.count(row["value"]) if _counts(row) else formats.statistic(row["value"])


def _margin(row: dict) -> str:
    return formats.count(row["margin"]) if _counts(row) else formats.statistic(row["margin"])


def _counts(row: dict) -> bool:
    return row["criterion"].lower() == "observation_count"


def _limits(row: dict) -> str:
    low, high = row["lower_limit"], row["upper_limit"]
    if _counts(row):
        return f"from {formats.count(low)}" if low is not None else ""
    if low is not None and high is not None:
        return f"{formats.statistic(low, 2)} to {formats.statistic(high, 2)}"
    if low is not None:
        return f"from {formats.statistic(low, 2)}"
    return f"up to {formats.statistic(high, 2)}" if high is not None else ""
