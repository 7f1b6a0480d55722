"""The tools of strategy in the order of a treasurer's questions."""

from __future__ import annotations

from django.urls import reverse

from hedges.web.strategy import beside, frontier, options, programme, shocks, variance
from hedges.web.strategy.answer import Tool
from hedges.web.strategy.fields import NumberField, ToolForm
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

_TITLES = {
    "programme": (
        programme,
        "Programme",
        "Static, rolling or layered: what to trade now and month by month, and the ratio that it leads to, beside the"
        " band.",
    ),
    "compare": (
        beside,
        "Compare",
        "Up to four programmes side by side: cover, trades, cost and risk.",
    ),
    "options": (
        options,
        "Options against forwards",
        "One exposure: cost today, worst and best case, break-even, and what each way ends with at each rate.",
    ),
    "frontier": (
        frontier,
        "Frontier",
        "Each hedge ratio's expected cost against the risk that it leaves, and its savings to loss.",
    ),
    "minimum-variance": (
        variance,
        "Minimum variance",
        "How much of another risk hedges an exposure best, with its interval, and whether that held over time.",
    ),
    "what-if": (
        shocks,
        "What if",
        "Rates, interest and volatilities move: what instruments and exposures gain and lose.",
    ),
}
TOOLS = {
    name: Tool(name, title, summary, page.form, page.work) for name, (page, title, summary) in _TITLES.items()
}


FORMS: dict[str, type[ToolForm]] = {
    "programme": programme.ProgrammeForm, "compare": beside.CompareForm, "options": options.OptionsForm,
    "frontier": frontier.FrontierForm, "minimum-variance": variance.VarianceForm, "what-if": shocks.ShocksForm,
}  # fmt: skip


def label_of(tool: str, name: str) -> str:
    """An input as its page says it, with its unit."""
    field = FORMS[tool].base_fields.get(name)
    if field is None:
        return name.removeprefix(shocks.PREFIX).replace("_", " ")
    unit = getattr(field, "unit", "")
    return f"{field.label or name} ({unit})" if unit else str(field.label or name)


def expected_of(tool: str, name: str) -> str:
    """What an input takes, in words: the choices, or a number within its limits; empty where it is a text."""
    field = FORMS[tool].base_fields[name]
    if isinstance(field, NumberField):
        return f"{'a whole number' if field.whole else 'a number'} from {field.least} to {field.most}"
    choices = [str(value) for value, _ in getattr(field, "choices", ()) if value]
    return f"one of {', '.join(choices)}" if choices else ""


def tools_table(scope: Scope) -> Table:
    columns = [
        Column("title", "Page", link=lambda row: scope.link(reverse("strategy-tool", args=[row["name"]]))),
        Column("summary", "What it answers", wrap=True),
    ]
    rows = [{"name": tool.name, "title": tool.title, "summary": tool.summary} for tool in TOOLS.values()]
    return Table(columns, rows, caption="Pages of strategy", short=True, sortable=False)
