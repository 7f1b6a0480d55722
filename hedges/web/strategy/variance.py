"""Minimum variance: how much of another risk hedges an exposure best, and whether that held over time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
from django import forms

from hedges.domain.strategy.history import levels
from hedges.domain.strategy.variance import MinimumVariance, minimum_variance
from hedges.web.strategy import trades
from hedges.web.strategy.answer import Answer, Asked, Common, Section
from hedges.web.strategy.fields import NumberField, ToolForm
from hedges.web.strategy.pictures import lines
from treasury.quant.codes import reason_names
from treasury.web import formats
from treasury.web.tables import Column, Table

RETURNS, DIFFERENCES = "returns", "differences"


class VarianceForm(ToolForm):
    DEFAULTS = {"basis": RETURNS, "weeks": "104", "every": "1", "window": "26", "confidence": "95"}
    hedge = forms.ChoiceField(label="Hedged with", required=False)
    basis = forms.ChoiceField(
        label="Changes as",
        choices=[(RETURNS, "Returns (value per value)"), (DIFFERENCES, "Differences (unit per unit)")],
    )
    weeks = NumberField("History", unit="weeks", least="4", most="1040", whole=True)
    every = NumberField("A change every", unit="weeks", least="1", most="26", whole=True)
    window = NumberField("Rolling window", unit="changes", least="3", most="520", whole=True)
    confidence = NumberField("Confidence", unit="%", least="50", most="99.9", scale=-2)


def form(asked: Asked) -> VarianceForm:
    risks = sorted(
        row["code"] for row in asked.sealed.reference.risks.values() if row["kind"] != "RATE_INDEX"
    )
    return VarianceForm(
        asked.address, asked.books, hedge=[("", "Choose a risk"), *((code, code) for code in risks)]
    )


def work(asked: Asked, form: ToolForm) -> Answer | None:
    row = asked.book_of(form)
    if row is None or form.errors:
        return None
    hedge = next(
        (one for one in asked.sealed.reference.risks.values() if one["code"] == form.cleaned_data["hedge"]),
        None,
    )
    if hedge is None:
        return Answer(
            "Minimum-variance ratio", note="Choose the risk that the exposure would be hedged with."
        )
    look, told = asked.sealed.lookup, form.cleaned_data
    currency = asked.sealed.reference.entities[row["entity_id"]]["functional_currency_id"]
    exposed, hedging = (int(look.position(pk)) for pk in (row["risk_id"], hedge["id"]))
    found = minimum_variance(
        look, asked.sealed.as_of_date.toordinal(), exposed, hedging, currency=currency, weeks=told["weeks"],
        every=told["every"], window=told["window"], returns=told["basis"] == RETURNS,
        confidence_level=form.number("confidence"),
    )  # fmt: skip
    name = f"{row['risk_code']} hedged with {hedge['code']}"
    answer = Answer(f"Minimum-variance ratio: {name}")
    if row["risk_id"] == hedge["id"]:
        answer.note = "A risk hedges itself one to one; choose another risk for a cross hedge."
    answer.figures = _figures(found)
    per = (
        "value per value"
        if told["basis"] == RETURNS
        else f"{look.base_units[hedging]} per {look.base_units[exposed]}"
    )
    answer.sections = [
        Section("The ratio", ratio_table(found, per, currency), measures=("minimum_variance_hedge_ratio",),
                words=f"Both in {currency}, every {told['every']} week(s) back from {asked.sealed.as_of_date}; a change"
                      " that lacks a quote of its week is left out."),
        Section("Does it hold", windows_table(found, told["window"]), _picture(found, name),
                measures=("minimum_variance_stability",)),
        Section("What it was worked out from", points_table(found)),
    ]  # fmt: skip
    _trade(
        asked,
        answer,
        row,
        hedge,
        _units(asked, told["basis"], exposed, hedging, float(found.whole.slope[0]), currency),
    )
    slope, no = _known(found.whole.slope[0]), "the page has no scenarios"
    why = {"expected": no, "worst": no, "hedge_ratio": next(iter(found.reasons), "too_few_points")}
    answer.common = Common(
        currency, slope, None if slope is None else 0.0, why=why | {"cost": why["hedge_ratio"]}
    )
    return answer


def _units(asked: Asked, basis: str, exposed: int, hedging: int, slope: float, currency: str) -> float:
    """Units of the hedge for one of the exposure: of a ratio in values by today's spot rates in one currency."""
    if basis == DIFFERENCES:
        return slope
    look, today = asked.sealed.lookup, asked.sealed.as_of_date.toordinal()
    item, cover = (float(levels(look, place, np.array([today]), currency)[0]) for place in (exposed, hedging))
    return slope * item / cover


def _trade(asked: Asked, answer: Answer, row: dict, hedge: dict, units: float) -> None:
    """One forward in the hedging risk for what is open, to the day on which the exposures are due on average."""
    open_amount = row["open_amount"]
    if trades.is_interest(asked, row["risk_id"]):
        answer.untraded = trades.INTEREST
    elif not np.isfinite(units):
        answer.untraded = "There is no ratio to trade by: the figures say what is missing."
    elif not open_amount:
        answer.untraded = "Nothing is open in this risk, so that there is nothing to trade."
    else:
        book = asked.months(row)
        sizes = np.abs(book.exposure).astype(np.float64)
        if not sizes.any():
            answer.untraded = "No exposure is due from now on, so that there is nothing to trade."
            return
        due = date.fromordinal(round(float((book.due * sizes).sum() / sizes.sum())))
        amount = -Decimal(repr(units)) * open_amount
        answer.lines = [trades.line(asked, row, trades.FORWARD, amount, due, risk_id=hedge["id"])]


def _figures(found: MinimumVariance) -> list[dict]:
    whole, why = found.whole, next(iter(found.reasons), "too_few_points")
    numbers = [
        ("Ratio", whole.slope[0]), ("from", whole.slope_confidence_lower[0]), ("to", whole.slope_confidence_upper[0]),
        ("R²", whole.r_squared[0]),
    ]  # fmt: skip
    return [
        {"label": label, "value": formats.statistic(float(value)) if value == value else formats.why(why)}
        for label, value in numbers
    ]


def ratio_table(found: MinimumVariance, per: str, currency: str) -> Table:
    whole, why = found.whole, next(iter(found.reasons), "too_few_points")
    numbers = [
        ("Minimum-variance ratio", per, whole.slope[0]),
        ("Lower end of its interval", per, whole.slope_confidence_lower[0]),
        ("Upper end of its interval", per, whole.slope_confidence_upper[0]),
        ("Standard error", per, whole.slope_standard_error[0]),
        ("Correlation", "", whole.correlation[0]),
        ("R²: variance taken away", "fraction", whole.r_squared[0]),
        ("Deviation of the exposure's changes", "as changes", whole.y_standard_deviation[0]),
        ("Deviation of the hedge's changes", "as changes", whole.x_standard_deviation[0]),
        ("Changes", "points", int(found.exposed.size)),
    ]
    rows = [{"name": name, "unit": unit, "value": _number(value)} for name, unit, value in numbers]
    columns = [
        Column("name", "Number"),
        Column("value", "Value", "statistic",
               cell=lambda row: formats.why(why) if row["value"] is None else formats.statistic(row["value"])),
        Column("unit", "Unit"),
    ]  # fmt: skip
    return Table(columns, rows, caption="Minimum-variance ratio", short=True, sortable=False)


def _number(value: float) -> float | int | None:
    return value if isinstance(value, int) else _known(value)


def windows_table(found: MinimumVariance, window: int) -> Table:
    rows = []
    if found.windows is not None:
        seen = found.windows
        for place, last in enumerate(seen.last_index.tolist()):
            rows.append({
                "last": _day(found.days[last]), "ratio": _known(seen.hedge_ratio[0, place]),
                "lower": _known(seen.confidence_lower[0, place]), "upper": _known(seen.confidence_upper[0, place]),
                "r_squared": _known(seen.r_squared[0, place]),
                "reason": next(iter(reason_names(int(seen.reasons[0, place]))), ""),
            })  # fmt: skip

    def shown(key: str):
        return lambda row: formats.why(row["reason"]) if row[key] is None else formats.statistic(row[key])

    labels = {"ratio": "Ratio", "lower": "Interval from", "upper": "to", "r_squared": "R²"}
    columns = [
        Column("last", "Window to", "day"),
        *(Column(key, label, "statistic", cell=shown(key)) for key, label in labels.items()),
    ]
    return Table(columns, rows, caption="Rolling ratios", empty=f"There are fewer changes than a window of {window}.",
                 next_step="Choose more weeks of history, or a shorter window.")  # fmt: skip


def points_table(found: MinimumVariance) -> Table:
    rows = [
        {"day": _day(day), "exposed": float(item), "hedging": float(cover)}
        for day, item, cover in zip(found.days.tolist(), found.exposed, found.hedging, strict=True)
    ]
    columns = [
        Column("day", "To", "day"),
        Column(
            "exposed",
            "Change of the exposure",
            "statistic",
            cell=lambda row: formats.statistic(row["exposed"], 6),
        ),
        Column(
            "hedging",
            "Change of the hedge",
            "statistic",
            cell=lambda row: formats.statistic(row["hedging"], 6),
        ),
    ]
    return Table(columns, rows, caption="Changes", empty="No week has a quote of both risks.")


def _picture(found: MinimumVariance, name: str):
    if found.windows is None:
        return None
    seen, ends = (
        found.windows,
        [_day(found.days[last]).isoformat() for last in found.windows.last_index.tolist()],
    )
    band = list(zip(ends, seen.confidence_lower[0].tolist(), seen.confidence_upper[0].tolist(), strict=True))
    return lines(
        {"ratio": list(zip(ends, seen.hedge_ratio[0].tolist(), strict=True))}, name=f"Rolling ratio of {name}",
        x_title="", y_title="ratio", over="temporal", band=band,
        words="The ratio of each window by its last day; shaded: its interval.",
    )  # fmt: skip


def _day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))


def _known(value: float) -> float | None:
    return None if value != value else float(value)
