"""Effectiveness of one relationship: its points, the two pictures, the numbers and the words of the method."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hedges.enums import AssessmentMethod
from treasury.quant.effectiveness.dollar_offset import dollar_offset
from treasury.web import formats, words
from treasury.web.charts.offset import offset
from treasury.web.charts.ratio_history import ratio_history
from treasury.web.charts.render import Picture, draw
from treasury.web.charts.scatter import scatter
from treasury.web.tables import Column, Table

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


@dataclass(frozen=True)
class Point:
    day: date
    item: float | None
    instrument: float | None
    designated: bool
    cumulative: float | None
    period: float | None

    @property
    def observed(self) -> bool:
        return self.item is not None and self.instrument is not None


def mirrors_item(found: dict) -> bool:
    """Whether the changes are of a hypothetical derivative, which moves the other way than the item."""
    slope, offset_slope = found["slope"], found["offset_slope"]
    if slope is None or offset_slope is None:
        return True
    return (slope >= 0) == (offset_slope >= 0)


def series(found: dict) -> list[Point]:
    start = found["designated_observation_from"]
    days, items, instruments = found["observation_dates"], found["item_changes"], found["instrument_changes"]
    since = slice(start, None)
    cumulative: list[float | None] = []
    period: list[float | None] = []
    if days[since]:
        nan = float("nan")
        ratios = dollar_offset(
            [[nan if value is None else value for value in instruments[since]]],
            [[nan if value is None else value for value in items[since]]],
            hypothetical=mirrors_item(found),
        )
        cumulative, period = (_known(row[0]) for row in (ratios.cumulative_ratios, ratios.period_ratios))
    return [
        Point(
            day=day, item=item, instrument=instrument, designated=place >= start,
            cumulative=cumulative[place - start] if place >= start else None,
            period=period[place - start] if place >= start else None,
        )
        for place, (day, item, instrument) in enumerate(zip(days, items, instruments, strict=True))
    ]  # fmt: skip


def _known(values) -> list[float | None]:
    return [None if value != value else float(value) for value in values]


def scatter_picture(found: dict, points: list[Point], pack: dict | None) -> Picture | None:
    seen = [point for point in points if point.observed]
    if len(seen) < 2:
        return None
    other = "hypothetical derivative" if mirrors_item(found) else "hedged item"
    sign = 1 if mirrors_item(found) else -1
    limits = (sign * float(pack["slope_lower"]), sign * float(pack["slope_upper"])) if pack else None
    currency = found["functional_currency"]
    spec = scatter(
        [
            {
                "x": point.item, "y": point.instrument,
                "label": f"{point.day}: {other} {formats.number(point.item)}, instrument {formats.number(point.instrument)}",
            }
            for point in seen
        ],
        slope=found["slope"], intercept=found["intercept"], slope_limits=limits,
        x_title=f"weekly change of the {other}, {currency}", y_title=f"weekly change of the instrument, {currency}",
        name=f"Weekly changes of instrument and {other} of {found['code']}",
    )  # fmt: skip
    return draw(spec, words="Each point is a week; the line is fitted, the shaded wedge is where its slope may stand.")


def offset_picture(found: dict, points: list[Point], pack: dict | None) -> Picture | None:
    seen = [{"date": point.day.isoformat(), "ratio": point.cumulative} for point in points if point.cumulative is not None]
    if not seen or not pack:
        return None
    lower, upper = float(pack["dollar_offset_lower"]), float(pack["dollar_offset_upper"])
    spec = offset(seen, lower=lower, upper=upper, name=f"Cumulative dollar offset of {found['code']} since designation")
    return draw(spec, words=f"Since designation; the corridor is {lower:.2f} to {upper:.2f}, bars outside it are red. "
                "Values beyond the picture are cut at its edge.")  # fmt: skip


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
        Column("item", "Hypothetical derivative" if mirrors_item(found) else "Hedged item", "amount", unit=currency),
        Column("instrument", "Instrument", "amount", unit=currency),
        Column("period", "Ratio of the week", "statistic"),
        Column("cumulative", "Cumulative", "statistic"),
        Column("since", "Designation"),
    ]
    return Table(columns, rows, caption="Every point: change over the week", empty="No observations.")


def statistics_table(found: dict) -> Table:
    because = (found["reasons"] or [None])[0]
    rows = [{"name": label, "value": found[name]} for name, label in STATISTICS.items()]
    columns = [
        Column("name", "Statistic"),
        Column("value", "Value", "statistic",
               cell=lambda row: formats.why(because) if row["value"] is None else formats.statistic(row["value"])),
    ]  # fmt: skip
    return Table(columns, rows, caption="Regression and other numbers", short=True)


def history_picture(found: dict, rows: list[dict], pack: dict | None) -> Picture | None:
    by_slope = found["assessment_method"] == AssessmentMethod.REGRESSION
    measure, side = ("offset_slope", "slope") if by_slope else ("cumulative_ratio", "dollar_offset")
    known = [row for row in rows if row[measure] is not None]
    if len(known) < 2:
        return None
    lower = float(pack[f"{side}_lower"]) if pack else None
    upper = float(pack[f"{side}_upper"]) if pack else None
    points = [
        {
            "date": row["day"].isoformat(), "ratio": row[measure], "lower": lower, "upper": upper,
            "breach": row["effectiveness_status"] == "NOT_EFFECTIVE",
        }
        for row in known
    ]  # fmt: skip
    title = "slope" if by_slope else "dollar offset"
    return draw(
        ratio_history(points, name=f"{title.capitalize()} of {found['code']} over the published nights", title=title, percent=False),
        words=f"The {title} that each published night found; a cross marks a night on which it was not effective.",
    )


def history_table(scope, rows: list[dict]) -> Table:
    columns = [
        Column("day", "Night", "day", link=lambda row: reverse("run", args=[row["run_id"]])),
        Column("effectiveness_status", "Effectiveness", "state"),
        Column("cumulative_ratio", "Dollar offset", "statistic"),
        Column("offset_slope", "Slope", "statistic"),
        Column("r_squared", "R²", "statistic"),
        Column("observation_count", "n", "count"),
        Column("reasons", "Because", cell=lambda row: ", ".join(words.reason(code) for code in row["reasons"] or ())),
    ]
    return Table(columns, list(reversed(rows)), caption="Night by night, the newest first", empty="No published night yet.")


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
        return f"{text} Under {framework} the three criteria decide; these limits are indicators and a miss is a warning."
    return f"{text} Under {framework} the documented method decides."
