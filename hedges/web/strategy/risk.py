"""A programme in a few numbers: the inputs that they need, and the table in which several stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hedges.domain.strategy import compare
from hedges.domain.strategy.history import levels, weekly_days, weeks_known
from hedges.domain.strategy.months import MonthBook
from hedges.domain.strategy.plan import Plan
from hedges.web.strategy.answer import Asked, Common
from hedges.web.strategy.fields import NumberField, ToolForm
from treasury.quant.strategy.scenarios import SMALLEST_SAMPLE, historical_rates
from treasury.web import formats
from treasury.web.tables import Column, Table

PLACES = ("a", "b", "c", "d")
COMMON = ("hedge_ratio", "cost", "expected", "worst")
DEFAULTS = {"weeks": "13", "confidence": "95"}
WORDS = (
    "Risk: what the flows of today may lose against today's spot rate over the weeks asked for, over every such stretch"
    " of the market's history, after trading now and with premiums paid; a loss is +. Covered by forwards does not"
    " move; covered by an option only gains; a collar follows the rate between its strikes, 5 % worse"
    " than the forward and the one that pays for it. Carry is what the forwards of today"
    " earn (+) or cost (−) against spot."
)


def weeks() -> NumberField:
    return NumberField("Risk over", unit="weeks", least="1", most="104", whole=True)


def confidence() -> NumberField:
    return NumberField("Confidence", unit="%", least="50", most="99.9", scale=-2)


def outcome(asked: Asked, row: dict, book: MonthBook, plan: Plan, form: ToolForm) -> compare.Outcome:
    look, today = asked.sealed.lookup, asked.sealed.as_of_date.toordinal()
    history = levels(look, book.risk, weekly_days(today, weeks_known(look, today)))
    moves = historical_rates(1.0, history, form.cleaned_data["weeks"]) - 1.0
    return compare.outcome(
        look, book, plan, form.cleaned_data["steps"], moves if moves.size >= SMALLEST_SAMPLE else moves[:0],
        confidence_level=form.number("confidence"), stale_after=asked.stale_after(row),
    )  # fmt: skip


def common(found: compare.Outcome, book: MonthBook) -> Common:
    why = dict.fromkeys(COMMON, next(iter(found.reasons), "zero_exposure"))
    return Common(book.quote_currency, found.ratio_after, found.premium, found.expected, found.worst, why)


def table(found: Sequence[compare.Outcome], book: MonthBook) -> Table:
    """One row a number, one column a programme, so that they are read across."""
    unit, money = book.unit, book.quote_currency

    numbers: list[tuple[str, str, Any, Any]] = [
        ("Covered before", "", lambda one: one.ratio_before, _ratio),
        ("Covered after trading now", "", lambda one: one.ratio_after, _ratio),
        ("Covered at the end", "", lambda one: one.ratio_at_end, _ratio),
        ("To trade now", unit, lambda one: book.exact(one.traded_now), formats.number),
        ("To trade in all months, sizes", unit, lambda one: book.exact(one.traded_in_all), formats.number),
        ("Months in the band, after", "months", lambda one: one.months_in_band, str),
        ("Months with a band", "months", lambda one: one.months_with_band, str),
        ("Turnover", "a year", lambda one: one.turnover, _percent),
        ("Kind by its turnover", "", lambda one: _kind(one.dynamic), str),
        ("Carry of the forwards", money, lambda one: one.carry, formats.number),
        ("Premium paid today", money, lambda one: one.premium, formats.number),
        ("Value at risk", money, lambda one: one.value_at_risk, formats.number),
        ("Expected shortfall", money, lambda one: one.expected_shortfall, formats.number),
        ("Worst scenario", money, lambda one: one.worst, formats.number),
        ("Best scenario", money, lambda one: one.best, formats.number),
    ]
    rows = [
        {"name": name, "unit": unit_of}
        | {f"plan{place}": value(one) for place, one in enumerate(found)}
        | {f"shown{place}": _shown(value(one), show, one) for place, one in enumerate(found)}
        for name, unit_of, value, show in numbers
    ]
    columns = [
        Column("name", "Number"),
        Column("unit", "Unit"),
        *(
            Column(f"plan{place}", one.plan.name, "statistic", cell=_cell(place), value=_value(place))
            for place, one in enumerate(found)
        ),
    ]
    return Table(columns, rows, caption="Programmes in a few numbers", short=True, sortable=False)


def _cell(place: int) -> Any:
    return lambda row: row[f"shown{place}"]


def _value(place: int) -> Any:
    return lambda row: row[f"plan{place}"]


def _shown(value: Any, show: Any, one: compare.Outcome) -> object:
    if value is None:
        return formats.why(next(iter(one.reasons), "zero_exposure"))
    return show(value)


def _ratio(value: float) -> object:
    return formats.ratio(value)


def _percent(value: float) -> str:
    return formats.percent(value)


def _kind(dynamic: bool | None) -> str | None:
    return None if dynamic is None else "dynamic" if dynamic else "static"
