"""What templates say: `{% load book %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from treasury.web import formats, words

register = template.Library()

register.filter("label", words.label)
register.filter("state", formats.state)
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("percent", formats.percent)
register.filter("rate", formats.rate)
register.filter("reason", formats.why)
register.filter("swatch", formats.swatch)
register.filter("statistic", formats.statistic)


@register.filter
def amount(value, places=0):
    return formats.number(value, int(places)) if value is not None else formats.why(None)


@register.simple_tag
def ratio(value, lower=None, upper=None, code=None, reason=None):
    return formats.ratio(value, lower, upper, code, reason)


@register.simple_tag
def or_reason(value, reasons=None, places=0):
    """A number, or why there is none."""
    if value is not None:
        return formats.number(value, places)
    return formats.why(reasons[0] if isinstance(reasons, (list, tuple)) and reasons else reasons)


@register.simple_tag(takes_context=True)
def keep(context, **changes):
    """The query string of this page with some parameters changed; None takes one out, any change goes to page 1."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    text = query.urlencode()
    return format_html("?{}", text) if text else "?"


@register.simple_tag(takes_context=True)
def hidden_query(context, *but):
    """The page's other parameters as hidden fields of a GET form."""
    from django.utils.html import format_html_join

    kept = (
        (name, value)
        for name, values in context["request"].GET.lists()
        if name not in but and name != "page"
        for value in values
    )
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)
