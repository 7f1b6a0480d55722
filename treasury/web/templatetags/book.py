"""What templates say: `{% load book %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from treasury.queries import saved_views
from treasury.web import asked, formats, words
from treasury.web.tables import Table

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
def as_asked(context, table):
    """The table as the address wants it; one that no table is (an empty name in a template) stays what it is."""
    return asked.as_asked(table, context["request"]) if isinstance(table, Table) else table


@register.simple_tag(takes_context=True)
def table_address(context, table, name, value):
    """The address of this page with one thing asked of one table."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query[asked.parameter(table, name)] = value
    return format_html("?{}", query.urlencode())


@register.simple_tag(takes_context=True)
def column_choice(context, table):
    """The columns after the first, each with whether it is shown, and the other parameters as hidden fields."""
    shown = {column.key for column in table.columns}
    own, find = asked.parameter(table, "columns"), asked.parameter(table, "find")
    return {
        "name": own,
        "find": find if table.more_rows is None and table.findable else "",
        "hidden": hidden_query(context, own, find),
        "columns": [
            {
                "key": column.key,
                "label": f"{column.label} {column.unit}".strip(),
                "shown": column.key in shown,
            }
            for column in table.all_columns[1:]
            if column.label
        ],
    }


@register.simple_tag(takes_context=True)
def views_of_page(context):
    """The views of this page that the person may choose, and who else may be shown one."""
    request, scope = context["request"], context["scope"]
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "path": request.path,
        "query": query.urlencode(),
        "shared_with": scope.writable,
        "views": saved_views.of_page(request.path, user=request.user, entity_ids=scope.all_ids),
    }


@register.simple_tag(takes_context=True)
def other_parameters(context, filters):
    """What the address says beside the filters (scope, order, columns), as hidden fields of their form."""
    return hidden_query(context, "format", *filters.fields)


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
