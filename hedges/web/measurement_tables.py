"""The measurement of a relationship on its page: the last close beside last night's preview, and their path."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from django.urls import reverse

from hedges.domain.explanation.families import FAMILIES
from hedges.models import CostOfHedgingResult, MeasurementResult
from hedges.queries.measurement_pages import AMOUNTS
from hedges.web.how import How, linked
from treasury.models import RunResult
from treasury.web import formats, words
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

LABELS = {
    "opening_fair_value": "Instruments: fair value when hedge accounting began",
    "fair_value_change": "Instruments: change of fair value since",
    "carrying_amount": "Instruments: carrying amount",
    "settled_amount": "Instruments: settled in cash",
    "no_longer_designated_amount": "Instruments: value no longer designated",
    "cumulative_change_instrument": "Change of the designated component",
    "cumulative_change_hypothetical": "Change of the hypothetical or item",
    "cumulative_recognised": "Recognised in the reserve",
    "cumulative_ineffectiveness": "Ineffectiveness in profit or loss",
    "cumulative_reclassified": "Reclassified to profit or loss",
    "cumulative_basis_adjusted": "Into the cost of the item",
    "loss_not_recovered": "Loss that will not be recovered",
    "reserve_balance": "Balance of the reserve",
    "excluded_in_profit_or_loss": "Excluded part in profit or loss",
    "cost_recognised": "Cost of hedging recognised",
    "cost_amortised": "Cost of hedging amortised",
    "cost_released": "Cost of hedging released",
    "cost_lost": "Cost of hedging lost",
    "cost_reserve_balance": "Balance of the cost of hedging reserve",
    "item_adjustment": "Adjustment of the hedged item",
    "item_adjustment_amortised": "Adjustment of the hedged item amortised",
}
NAMES = {family.model: family.name for family in FAMILIES.values()}


def how_of_run(scope: Scope, model: type[RunResult], run_id: int, *key: object) -> How:
    """The addresses of the numbers of one row of a run; empty for rows that nothing explains."""
    family, joined = NAMES.get(model, ""), ".".join(str(part) for part in key)

    def address(field: str) -> str:
        if not family:
            return ""
        return scope.link(reverse("explanation", args=[family, run_id, joined, field]))

    return address


def amounts(scope: Scope, relationship_id: int, closed: dict | None, preview: dict | None) -> Table:
    shown = [("closed", closed), ("preview", preview)]
    rows = []
    for name in AMOUNTS:
        row: dict = {"name": LABELS[name]}
        for key, found in shown:
            row[key] = _amount(scope, relationship_id, found, name)
        if any(found and found[name] for _, found in shown):
            rows.append(row)
    columns = [
        Column("name", "Cumulative, gains +"),
        Column(
            "closed", f"Closed {closed['as_of_date']}" if closed else "Closed", "amount", cell=_cell("closed")
        ),
        Column(
            "preview",
            f"Preview {preview['as_of_date']}" if preview else "Preview",
            "amount",
            cell=_cell("preview"),
        ),
    ]
    unit = (closed or preview or {}).get("functional_currency", "")
    return Table(columns, rows, caption=f"Measurement in {unit}; what is zero is left out", short=True,
                 empty="Everything is zero.")  # fmt: skip


def _cell(key: str) -> Callable[[dict], object]:
    return lambda row: row[key]


def _amount(scope: Scope, relationship_id: int, found: dict | None, name: str) -> object:
    if found is None:
        return ""
    if found[name] is None:
        return formats.why(found["reasons"][0] if found["reasons"] else None)
    href = how_of_run(scope, MeasurementResult, found["run_id"], relationship_id)(name)
    return linked(formats.number(found[name], 2), href)


def path(found: dict) -> Table:
    """From knot to knot: where the amounts come from, and what each month added to profit or loss."""
    knots = _knots(found)
    gone = ineffective(found, knots)
    rows = [
        {
            "gone": gone[place] if gone else None,
            "day": day, "instrument": instrument, "hypothetical": hypothetical, "recognised": recognised,
            "qualifying": "yes" if qualifying else "no",
        }
        for place, (day, instrument, hypothetical, recognised, qualifying) in enumerate(knots)
    ]  # fmt: skip
    columns = [
        Column("day", "On", "day"),
        Column("instrument", "Designated component", "money"),
        Column("hypothetical", "Hypothetical or item", "money"),
        Column("recognised", "Recognised", "money"),
        *([Column("gone", "Ineffectiveness since the date before", "money")] if gone else []),
        Column("qualifying", "Qualifies"),
    ]
    return Table(
        columns,
        rows,
        caption=f"Cumulative changes in {found['functional_currency']} at each date",
        short=True,
    )


def ineffective(found: dict, knots: list[tuple]) -> list[Decimal]:
    """Of each date what came to profit or loss since the one before it, where it is what the reserve has not taken;
    nothing where an amount of any date is undefined."""
    if any(instrument is None or recognised is None for _, instrument, _, recognised, _ in knots):
        return []
    sums = [instrument - recognised for _, instrument, _, recognised, _ in knots]
    if not sums or found["cumulative_ineffectiveness"] != sums[-1]:
        return []
    return [now - before for before, now in pairwise([Decimal(0), *sums])]


def why_so_much(found: dict) -> str:
    """Why the last date's ineffectiveness is what it is, in one sentence; empty where the path does not say."""
    knots = _knots(found)
    gone = ineffective(found, knots)
    if len(gone) < 2 or not gone[-1]:
        return ""
    (before, *_), (day, instrument, hypothetical, recognised, _) = knots[-2:]
    if abs(recognised) != min(abs(instrument), abs(hypothetical)):
        return ""
    unit = found["functional_currency"]
    return (
        f"From {before} to {day}, {formats.number(gone[-1], 2)} {unit} of ineffectiveness came to profit or loss. "
        f"Since hedge accounting began the instrument has changed by {formats.number(instrument, 2)} and the "
        f"hypothetical by {formats.number(hypothetical, 2)}. The reserve holds the smaller, "
        f"{formats.number(recognised, 2)}; the rest, {formats.number(instrument - recognised, 2)}, is in profit or "
        f"loss, of which {formats.number(instrument - recognised - gone[-1], 2)} was there before."
    )


def _knots(found: dict) -> list[tuple]:
    """Padded knots repeat the last one; each date is shown once."""
    knots = zip(
        found["knot_dates"], found["knot_instrument_changes"], found["knot_hypothetical_changes"],
        found["knot_recognised"], found["knot_qualifying"], strict=True,
    )  # fmt: skip
    return list({knot[0]: knot for knot in knots}.values())


def costs(scope: Scope, relationship_id: int, rows: list[dict]) -> Table:
    def explained(name: str, row: dict) -> object:
        href = how_of_run(scope, CostOfHedgingResult, row["run_id"], relationship_id, row["element"])(name)
        return linked(formats.number(row[name], 2), href)

    columns = [
        Column("element", "Excluded element", "label"),
        Column("term_from", "From", "day"),
        Column("term_to", "To", "day"),
        *[
            Column(name, LABELS[name], "money", cell=lambda row, name=name: explained(name, row))
            for name in (
                "cost_recognised",
                "cost_amortised",
                "cost_released",
                "cost_lost",
                "excluded_in_profit_or_loss",
            )
        ],
    ]
    return Table(columns, rows, caption="Costs of hedging", short=True)


def decided(rows: list[dict]) -> Table:
    columns = [
        Column("as_of_date", "Period end", "day"),
        Column("subject", "About", cell=lambda row: words.label(row["subject"])),
        Column("decided_status", "Decided", "state"),
        Column("reason", "Reason", wrap=True),
        Column("who", "By"),
        Column("recorded_at", "At (UTC)", "moment"),
    ]
    return Table(columns, rows, caption="Decisions about tests", short=True, empty="Nobody had to decide.")
