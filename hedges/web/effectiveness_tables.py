"""Effectiveness of one relationship: the tables beside its pictures, and the words of its method."""

from __future__ import annotations

from django.urls import reverse

from hedges.enums import AssessmentMethod
from hedges.web.effectiveness_pictures import Point, mirrors_item
from hedges.web.how import How, linked, nowhere
from treasury.web import formats, words
from treasury.web.tables import Column, Table

AMOUNTS = {
    "cumulative_change_instrument": "Change of the instrument since designation",
    "cumulative_change_hypothetical": "Change of the hypothetical since designation",
    "designated_notional_amount": "Designated notional",
}
STATISTICS = {
    "offset_slope": "Slope, as offset (a good hedge is +1)", "slope": "Slope of the fitted line",
    "slope_standard_error": "Standard error of the slope", "slope_confidence_lower": "Slope, lower confidence limit",
    "slope_confidence_upper": "Slope, upper confidence limit", "intercept": "Intercept",
    "intercept_standard_error": "Standard error of the intercept", "r_squared": "R²",
    "residual_standard_deviation": "Residual standard deviation", "t_statistic": "t, slope = 0",
    "t_statistic_unit_slope": "t, offset slope = 1", "f_statistic": "F", "p_value": "p",
    "durbin_watson": "Durbin-Watson", "largest_leverage": "Largest leverage", "observation_count": "Points n",
    "variance_reduction_ratio": "Variance reduction", "actual_hedge_ratio": "Hedge ratio actually used",
    "credit_ratio": "Credit ratio κ",
}  # fmt: skip


def points_table(found: dict, points: list[Point]) -> Table:
    rows = [
        {
            "day": point.day, "item": point.item, "instrument": point.instrument, "cumulative": point.cumulative,
            "period": point.period, "since": "after" if point.designated else "before",
        }
        for point in reversed(points)
    ]  # fmt: skip
    currency = found["functional_currency"]
    columns = [
        Column("day", "Week to", "day"),
        Column(
            "item",
            "Hypothetical derivative" if mirrors_item(found) else "Hedged item",
            "amount",
            unit=currency,
        ),
        Column("instrument", "Instrument", "amount", unit=currency),
        Column("period", "Ratio of the week", "statistic"),
        Column("cumulative", "Cumulative", "statistic"),
        Column("since", "Designation"),
    ]
    return Table(columns, rows, caption="Every point: change over the week", empty="No observations.")


def statistics_table(found: dict, how: How = nowhere) -> Table:
    because = (found["reasons"] or [None])[0]
    currency = found["functional_currency"]
    labels = {name: f"{label}, {currency}" for name, label in AMOUNTS.items()} | STATISTICS
    rows = [{"code": name, "name": label, "value": found[name]} for name, label in labels.items()]
    columns = [
        Column("name", "Statistic"),
        Column("value", "Value", "statistic",
               cell=lambda row: linked(
                   formats.why(because) if row["value"] is None else _shown(row), how(row["code"])
               )),
    ]  # fmt: skip
    return Table(columns, rows, caption="Regression and other numbers", short=True)


def _shown(row: dict) -> str:
    if row["code"] in AMOUNTS:
        return formats.number(row["value"], 2)
    if row["code"] == "f_statistic":
        return formats.large_statistic(row["value"])
    return formats.statistic(row["value"])


def history_table(scope, rows: list[dict]) -> Table:
    columns = [
        Column("day", "Night", "day", link=lambda row: reverse("run", args=[row["run_id"]])),
        Column("effectiveness_status", "Effectiveness", "state"),
        Column("cumulative_ratio", "Dollar offset", "statistic"),
        Column("offset_slope", "Slope", "statistic"),
        Column("r_squared", "R²", "statistic"),
        Column("observation_count", "n", "count"),
        Column(
            "reasons",
            "Because",
            cell=lambda row: ", ".join(words.reason(code) for code in row["reasons"] or ()),
        ),
    ]
    return Table(
        columns,
        list(reversed(rows)),
        caption="Night by night, the newest first",
        empty="No published night yet.",
    )


def method_words(found: dict, pack: dict | None) -> str:
    if not pack:
        return "The limits of this test are not known."
    framework = words.label(found["framework"])
    if found["assessment_method"] == AssessmentMethod.REGRESSION:
        text = (
            f"Documented method: regression of weekly changes of the instrument on those of the item, "
            f"at least {pack['observation_minimum']} points, slope as offset {pack['slope_lower']:.2f} to "
            f"{pack['slope_upper']:.2f}, R² from {pack['r_squared_minimum']:.2f}, "
            f"{pack['confidence_level'] * 100:.0f} % confidence."
        )
    else:
        text = (
            f"Documented method: cumulative dollar offset since designation, {pack['dollar_offset_lower']:.2f} to "
            f"{pack['dollar_offset_upper']:.2f}, judged by the last date."
        )
    if found["framework"] == "IFRS9":
        return f"{text} Under {framework} the three criteria decide; a miss of these limits is a warning."
    return f"{text} Under {framework} the documented method decides."
