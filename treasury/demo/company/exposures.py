"""The exposures of the streams: planned, made firmer as their day comes nearer, settled."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from treasury.demo.company import outcomes
from treasury.demo.company.calendar import flow_date, plan_dates, week_end
from treasury.demo.company.fates import BAD_NEWS_ROUND, FATES
from treasury.demo.company.parties import CURRENCY_OF
from treasury.demo.company.specs import ExposureSpec, VersionSpec, nice_amount
from treasury.demo.company.streams import ENDED, Stream, streams
from treasury.demo.market.noise import uniforms
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import add_months, months_between

HIGHLY_PROBABLE_MONTHS = 18
FIRM_MONTHS = 5
RECOGNISED_MONTHS = 2
SEASON = (0.94, 1.02, 0.98, 1.06)
YEARLY_GROWTH = 0.03
# The Australian distributor gave notice: what was planned after the middle of 2026 was cut, the hedges
# stayed.
CUT_STREAM, CUT_SHARE, CUT_ROUND = "UK-AUD", 0.45, BAD_NEWS_ROUND
PAST_QUARTERS = {"1/3": 4, "3": 2}
WITHOUT_PAST = ("none", "thin", "proxy")
Fate = tuple[dict[str, Any], str]


@cache
def stream_exposures() -> tuple[ExposureSpec, ...]:
    found: list[ExposureSpec] = []
    for stream in streams():
        for months in [*_past_months(stream), *stream.months_ahead()]:
            spec = _exposure(stream, months)
            if spec.versions:
                found.append(spec)
    return tuple(found)


def _past_months(stream: Stream) -> list[int]:
    """Settled flows, by quarter, so that the past nights have something to hedge."""
    if stream.programme in WITHOUT_PAST or stream.currency == "BGN":
        return []
    first = min(stream.months_ahead())
    return [first - 3 * quarter for quarter in range(PAST_QUARTERS[stream.months], 0, -1)]


def _exposure(stream: Stream, months: int) -> ExposureSpec:
    expected = flow_date(months, stream.day)
    # The far and the past flows of a monthly stream stand for a quarter each.
    quarter_of_a_monthly = stream.months == "1/3" and not 1 <= months <= 12
    label = f"amount/{stream.code}/{months}"
    growth = (1 + YEARLY_GROWTH) ** (months / 12) * SEASON[(expected.month - 1) // 3]
    noise = 1 + 0.08 * (float(uniforms(label, 1)[0]) - 0.5)
    amount = nice_amount(stream.amount * growth * noise * (3 if quarter_of_a_monthly else 1))
    spec = ExposureSpec(stream.entity, "PLAN", f"{stream.code}-{expected:%Y-%m}", stream.code)
    _plan(
        spec,
        stream,
        expected,
        amount,
        FATES.get((stream.code, months)),
        outcomes.comes_otherwise(stream, months),
    )
    return spec


def _plan(
    spec: ExposureSpec,
    stream: Stream,
    expected: date,
    amount: Decimal,
    fate: Fate | None,
    comes_otherwise: bool,
) -> None:
    """Walk through the planning rounds and write a version wherever one changes something."""
    rounds = plan_dates()
    kind, forecast = "", amount
    for number, day in enumerate(rounds):
        if day >= expected or day >= ENDED.get(stream.currency, date.max):
            break
        if expected > add_months(day, stream.horizon) + timedelta(days=25):
            continue
        if fate and day == rounds[BAD_NEWS_ROUND]:
            terms, reason = fate
            _append(spec, stream, day, day, expected, {**spec.last, **terms}, reason)
            return
        new_kind = _kind(spec.reference, day, expected, amount) if not fate else "HIGHLY_PROBABLE_FORECAST"
        share = outcomes.known_share(day, expected) if comes_otherwise else 0.0
        if share:
            new_amount = outcomes.revised(stream, spec.reference, forecast, share)
        else:
            new_amount = forecast = _amended(spec, number, day, expected, amount)
        if new_kind != kind or new_amount != amount:
            reason = _reason(kind, new_kind, amount, new_amount)
            kind, amount = new_kind, new_amount
            _append(spec, stream, day, day, expected, {"kind": kind, "exposure_amount": amount}, reason)
    if not spec.versions and stream.currency not in ENDED:
        terms = {"kind": "HIGHLY_PROBABLE_FORECAST", "exposure_amount": amount}
        _append(spec, stream, rounds[0], rounds[0], expected, terms, "first load")
    booked = week_end(expected)
    if spec.versions and booked <= business_date():
        came = spec.last["exposure_amount"]
        if comes_otherwise:
            came = outcomes.paid(stream, came)
        terms = {**spec.last, "status": "SETTLED", "exposure_amount": came}
        spec.versions.append(VersionSpec(booked, expected, terms, "bank statement"))


def _append(
    spec: ExposureSpec,
    stream: Stream,
    recorded: date,
    valid: date,
    expected: date,
    terms: dict[str, Any],
    reason: str,
) -> None:
    base = {
        "risk": f"{stream.currency}{CURRENCY_OF[stream.entity]}",
        "description": f"{stream.label}, {expected:%B %Y}",
        "exposure_currency": stream.currency,
        "expected_date": expected,
        "status": "OPEN",
        "certainty_ratio": CERTAINTY[terms["kind"]],
    }
    spec.versions.append(VersionSpec(recorded, valid, base | terms, reason))


CERTAINTY = {
    "FORECAST": Decimal("0.7"),
    "HIGHLY_PROBABLE_FORECAST": Decimal("0.9"),
    "FIRM_COMMITMENT": Decimal(1),
    "RECOGNISED_ASSET": Decimal(1),
    "RECOGNISED_LIABILITY": Decimal(1),
}


def _kind(reference: str, day: date, expected: date, amount: Decimal) -> str:
    months = months_between(day, expected)
    if months <= RECOGNISED_MONTHS:
        return "RECOGNISED_ASSET" if amount > 0 else "RECOGNISED_LIABILITY"
    # Every other flow has an order or a contract behind it before it is invoiced.
    if months <= FIRM_MONTHS and uniforms(f"firm/{reference}", 1)[0] < 0.5:
        return "FIRM_COMMITMENT"
    return "HIGHLY_PROBABLE_FORECAST" if months <= HIGHLY_PROBABLE_MONTHS else "FORECAST"


def _amended(spec: ExposureSpec, number: int, day: date, expected: date, amount: Decimal) -> Decimal:
    rounds = plan_dates()
    if spec.stream == CUT_STREAM and rounds[number] == rounds[CUT_ROUND] and spec.versions:
        return nice_amount(float(amount) * (1 - CUT_SHARE))
    # Only what is still far away is planned anew, so that no hedge loses its item but for the cut above.
    far = months_between(day, expected) > HIGHLY_PROBABLE_MONTHS
    if spec.versions and far and uniforms(f"amend/{spec.reference}/{number}", 1)[0] < 0.12:
        change = 1 + 0.2 * (float(uniforms(f"change/{spec.reference}/{number}", 1)[0]) - 0.5)
        return nice_amount(float(amount) * change)
    return amount


def _reason(kind: str, new_kind: str, amount: Decimal, new_amount: Decimal) -> str:
    if not kind:
        return "quarterly plan"
    parts = []
    if new_amount != amount:
        parts.append(f"amount changed from {amount:,} in the quarterly plan")
    if new_kind != kind:
        parts.append(f"now a {new_kind.lower().replace('_', ' ')}")
    return "; ".join(parts)
