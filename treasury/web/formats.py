"""How numbers, dates and states look: the same on every page, safe HTML where it needs more than text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from treasury.web import words

MINUS, DASH = "\u2212", "\u2013"
BAR_WIDTH, BAR_FULL = 60, 1.5  # pixels, and the ratio at the right end of the bar


def number(value, places: int = 0) -> str:
    """Thousands separated, a real minus sign, zero as a dash."""
    if value is None:
        return ""
    if value == 0:
        return DASH
    text = f"{abs(value):,.{places}f}"
    if not text.strip("0.,"):
        return text
    return MINUS + text if value < 0 else text


def statistic(value, digits: int = 4) -> str:
    """A statistic: fixed decimals where they say something, otherwise significant digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return number(value) if value else "0"
    if abs(value) >= 1e4:
        text = f"{value:,.0f}" if abs(value) < 1e12 else f"{value:.4g}"
    else:
        text = f"{value:.{digits}f}" if abs(value) >= 1e-3 or value == 0 else f"{value:.4g}"
    return text.replace("-", MINUS)


def large_statistic(value) -> str:
    """A statistic whose size matters and whose decimals do not, as F: thousands separated, one decimal."""
    return "" if value is None else f"{value:,.1f}".replace("-", MINUS)


def count(value) -> str:
    """A whole number of things, whatever type it was stored as."""
    return "" if value is None else f"{value:,.0f}".replace("-", MINUS)


def percent(value, places: int = 1) -> str:
    if value is None:
        return ""
    return f"{float(value) * 100:,.{places}f} %".replace("-", MINUS)


def unit_ratio(value) -> str:
    """Units of the instrument per unit of the item: a percentage, or a number where the units are not alike."""
    if value is None:
        return ""
    return percent(value) if abs(value) <= 2 else f"{statistic(float(value))} : 1"


def rate(value) -> str:
    """A rate as it is quoted: no trailing zeros beyond four decimals."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):,.8f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(4, "0")
    return f"{whole}.{decimals}".replace("-", MINUS)


def day(value: date | None) -> str:
    return value.isoformat() if value else ""


def moment(value: datetime | None) -> SafeString | str:
    if value is None:
        return ""
    utc = value.astimezone(UTC)
    return format_html('<time datetime="{}">{}</time>', utc.isoformat(), utc.strftime("%Y-%m-%d %H:%M"))


def why(code) -> SafeString:
    """An undefined number shows its reason, in grey."""
    return format_html('<span class="reason">{}</span>', words.reason(code) if code else "not defined")


def state(code) -> SafeString:
    word, style = words.state(code)
    return format_html(
        '<span class="state {}"><span aria-hidden="true">{}</span>{}</span>', style, words.MARKS[style], word
    )


def swatch(kind: str) -> SafeString:
    return format_html(
        '<span class="swatch"><svg width="10" height="10" aria-hidden="true">'
        '<rect width="10" height="10" class="k-{}"/></svg></span>',
        kind,
    )


def _at(ratio, width: int) -> float:
    return round(min(max(float(ratio), 0.0), BAR_FULL) / BAR_FULL * width, 1)


def bar(value, lower=None, upper=None, style: str = "", width: int = BAR_WIDTH) -> SafeString:
    """A small bar: the band on a track from 0 to 150 %, and where the ratio stands."""
    band = mark_safe("")
    if lower is not None and upper is not None:
        band = format_html(
            '<rect class="bar-band" x="{}" y="3" width="{}" height="4"/>',
            _at(lower, width),
            round(max(_at(upper, width) - _at(lower, width), 1), 1),
        )
    return format_html(
        '<svg width="{0}" height="10" aria-hidden="true"><rect class="bar-track" y="4" width="{0}" height="2"/>'
        '{1}<rect class="bar-mark {2}" x="{3}" width="3" height="10" rx="1"/></svg>',
        width,
        band,
        style,
        round(min(_at(value, width), width - 3), 1),
    )


def ratio(value, lower=None, upper=None, code=None, reason=None) -> SafeString:
    if value is None:
        return why(reason)
    style = words.state(code)[1] if code else ""
    return format_html(
        '<span class="ratio">{}<span>{}</span></span>', bar(value, lower, upper, style), percent(value)
    )


def short(value) -> str:
    """An amount for a narrow cell: 12.3m, 450k."""
    if value is None:
        return ""
    size = abs(value)
    for limit, letter in ((999_500, "m"), (1_000, "k")):
        if size >= limit:
            return (
                number(value / (1_000_000 if letter == "m" else 1_000), 1 if size < limit * 100 else 0)
                + letter
            )
    return number(value)


def tag(word: str) -> SafeString:
    return format_html('<span class="tag">{}</span>', word)
