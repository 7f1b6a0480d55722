"""A reconciliation as two tables: the figures side by side, and the parts of the difference."""

from __future__ import annotations

from collections.abc import Sequence

from reports.domain.reconciliation.parts import WORDS
from reports.domain.reconciliation.reconcile import FIGURES, MEASURES, Reconciliation
from reports.domain.table import ReportTable, amounts, labels, texts
from treasury.queries.rows import Row

_PAIR = (
    *texts(("first_code", "First"), ("code", "Second")),
    *labels(("first_framework", "First under"), ("second_framework", "Second under")),
)
_SIDES = (
    ("period_first", "Period, first"), ("period_second", "Period, second"), ("period_difference", "Difference"),
    ("first", "Cumulative, first"), ("second", "Cumulative, second"), ("difference", "Difference"),
)  # fmt: skip
SIDE_BY_SIDE = (*texts(("words", "Figure"), ("currency", "In")), *amounts(*_SIDES))
EXPLAINED = (
    *texts(("words", "Part"), ("currency", "In")),
    *amounts(
        ("period_profit_or_loss", "Period: profit or loss"), ("period_reserves", "Reserves"),
        ("period_item_cost", "Cost of the item"), ("profit_or_loss", "Cumulative: profit or loss"),
        ("reserves", "Reserves"), ("item_cost", "Cost of the item"),
    ),
)  # fmt: skip


def side_by_side(found: Reconciliation) -> ReportTable:
    rows = [
        _pair(found) | {
            "figure": name, "words": words,
            "period_first": getattr(found.period.first, name), "period_second": getattr(found.period.second, name),
            "period_difference": found.period.difference(name), "first": getattr(found.cumulative.first, name),
            "second": getattr(found.cumulative.second, name), "difference": found.cumulative.difference(name),
        }
        for name, words in FIGURES
    ]  # fmt: skip
    return ReportTable("side-by-side", "Side by side", SIDE_BY_SIDE, rows)


def explained(found: Reconciliation) -> ReportTable:
    rows = [
        _pair(found) | {"part": now.code, "words": WORDS[now.code]}
        | {f"period_{name}": getattr(period, name) for name in MEASURES}
        | {name: getattr(now, name) for name in MEASURES}
        for period, now in zip(found.period.parts, found.cumulative.parts, strict=True)
        if any(getattr(part, name) for part in (period, now) for name in MEASURES)
    ]  # fmt: skip
    unexplained = _pair(found) | {"part": "unexplained", "words": "Not explained"} | {
        f"period_{name}": found.period.unexplained(name) for name in MEASURES
    } | {name: found.cumulative.unexplained(name) for name in MEASURES}  # fmt: skip
    totals = {"words": "Difference", "currency": found.pair["currency"]} | {
        f"period_{name}": found.period.difference(name) for name in MEASURES
    } | {name: found.cumulative.difference(name) for name in MEASURES}  # fmt: skip
    if any(unexplained[name] or unexplained[f"period_{name}"] for name in MEASURES):
        rows.append(unexplained)
    return ReportTable("explained", "The difference, part by part", EXPLAINED, rows, totals=[totals])


def of_pairs(found: Sequence[Reconciliation]) -> list[ReportTable]:
    """Both tables over all pairs, with the codes of each pair: for files."""
    sides, reasons = [side_by_side(one) for one in found], [explained(one) for one in found]
    return [
        ReportTable(
            "side-by-side", "Side by side", (*_PAIR, *SIDE_BY_SIDE), [r for one in sides for r in one.rows]
        ),
        ReportTable(
            "explained", "Differences", (*_PAIR, *EXPLAINED), [r for one in reasons for r in one.rows]
        ),
    ]


def _pair(found: Reconciliation) -> Row:
    return {
        "first_code": found.pair["first_code"], "code": found.pair["code"], "currency": found.pair["currency"],
        "first_framework": found.frameworks[0], "second_framework": found.frameworks[1],
    }  # fmt: skip
