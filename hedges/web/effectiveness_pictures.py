"""Effectiveness of one relationship: its points, the two pictures, the numbers and the words of the method."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hedges.enums import AssessmentMethod
from treasury.quant.effectiveness.dollar_offset import dollar_offset
from treasury.web import formats
from treasury.web.charts.offset import offset
from treasury.web.charts.ratio_history import ratio_history
from treasury.web.charts.render import Picture, draw
from treasury.web.charts.scatter import scatter


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
    return bool(slope) and bool(offset_slope) and (slope > 0) == (offset_slope > 0)


def series(found: dict) -> list[Point]:
    start = found["designated_observation_from"]
    days, items, instruments = found["observation_dates"], found["item_changes"], found["instrument_changes"]
    since = slice(start, None)
    cumulative: list[float | None] = []
    period: list[float | None] = []
    if days[since]:
        sign = 1 if mirrors_item(found) else -1
        ratios = dollar_offset(
            [_with_opening(found["cumulative_change_instrument"], instruments[since])],
            [_with_opening(_times(sign, found["cumulative_change_hypothetical"]), items[since])],
            hypothetical=mirrors_item(found),
        )
        cumulative, period = (_known(row[0][1:]) for row in (ratios.cumulative_ratios, ratios.period_ratios))
        if (
            found["cumulative_change_instrument"] is None
        ):  # the night knows no total, so no week stands on one
            cumulative = [None] * len(cumulative)
    return [
        Point(
            day=day, item=item, instrument=instrument, designated=place >= start,
            cumulative=cumulative[place - start] if place >= start else None,
            period=period[place - start] if place >= start else None,
        )
        for place, (day, item, instrument) in enumerate(zip(days, items, instruments, strict=True))
    ]  # fmt: skip


def _times(sign: int, amount) -> float | None:
    return None if amount is None else sign * float(amount)


def _with_opening(total, changes: list[float | None]) -> list[float]:
    """The weeks since designation, and before them what had changed by the first of them: they sum to the total."""
    weeks = [float("nan") if change is None else change for change in changes]
    opening = (
        float(total) - sum(change for change in changes if change is not None) if total is not None else 0.0
    )
    return [opening, *weeks]


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
                "label": f"{point.day}: {formats.number(point.item)}, {formats.number(point.instrument)}",
            }
            for point in seen
        ],
        slope=found["slope"], intercept=found["intercept"], slope_limits=limits,
        x_title=f"weekly change of the {other}, {currency}", y_title=f"weekly change of the instrument, {currency}",
        name=f"Weekly changes of instrument and {other} of {found['code']}",
    )  # fmt: skip
    return draw(
        spec, words="Each point is a week; the line is fitted, the shaded wedge is where its slope may stand."
    )


def offset_picture(found: dict, points: list[Point], pack: dict | None) -> Picture | None:
    seen = [
        {"date": point.day.isoformat(), "ratio": point.cumulative}
        for point in points
        if point.cumulative is not None
    ]
    if not seen or not pack:
        return None
    lower, upper = float(pack["dollar_offset_lower"]), float(pack["dollar_offset_upper"])
    spec = offset(
        seen, lower=lower, upper=upper, name=f"Cumulative dollar offset of {found['code']} since designation"
    )
    return draw(spec, words=f"Since designation; the corridor is {lower:.2f} to {upper:.2f}, bars outside it are red. "
                "Values beyond the picture are cut at its edge.")  # fmt: skip


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
        ratio_history(
            points,
            name=f"{title.capitalize()} of {found['code']} over the published nights",
            title=title,
            percent=False,
        ),
        words=f"The {title} that each published night found; a cross marks a night on which it was not effective.",
    )
