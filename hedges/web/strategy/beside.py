"""Compare: up to four programmes on one entity and risk, side by side."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hedges.domain.strategy.plan import Plan
from hedges.web.strategy import risk
from hedges.web.strategy.answer import Answer, Asked, Common, Section
from hedges.web.strategy.fields import NumberField, PlanField, ToolForm
from hedges.web.strategy.pictures import lines
from hedges.web.strategy.programme import traded
from treasury.web.tables import Column, Table

#: What stands side by side where nothing is asked for.
USUAL = {"a": "none", "b": "static-60-forward", "c": "layers-80x6-50x12-20x18-forward"}
HELP = (
    "static-60-forward, rolling-60x12-forward, layers-80x6-50x12-20x18-option, target-forward or none;"
    " the last word is forward, option or collar. Empty leaves the place out."
)


class CompareForm(ToolForm):
    DEFAULTS = {"steps": "12", **risk.DEFAULTS}
    a = PlanField("First")
    b = PlanField("Second")
    c = PlanField("Third")
    d = PlanField("Fourth", help_text=HELP)
    steps = NumberField("Look ahead", unit="months", least="1", most="36", whole=True)
    weeks = risk.weeks()
    confidence = risk.confidence()


def form(asked: Asked) -> CompareForm:
    address = asked.address.copy()
    if not any(place in address for place in risk.PLACES):
        for place, word in USUAL.items():
            address[place] = word
    return CompareForm(address, asked.books)


def work(asked: Asked, form: ToolForm) -> Answer | None:
    row = asked.book_of(form)
    if row is None or form.errors:
        return None
    plans = {place: found for place in risk.PLACES if (found := form.plan(place))}
    if not plans:
        return Answer("Compare", note="Write at least one programme, for example static-60-forward.")
    book = asked.months(row)
    found = [risk.outcome(asked, row, book, one, form) for one in plans.values()]
    name = f"{row['entity_code']} {row['risk_code']}"
    answer = Answer(f"{len(found)} programmes for {name}")
    series = {
        f"{place}": [
            (book.month_start(step).isoformat(), float(value)) for step, value in enumerate(one.ladder.ratios)
        ]
        for place, one in zip(plans, found, strict=True)
    }
    answer.sections = [
        Section("Side by side", risk.table(found, book), words=risk.WORDS,
                measures=("cash_flow_at_risk", "hedge_turnover", "option_payoff")),
        Section(
            "Covered month by month", ladder_table(book, plans, found),
            lines(series, name=f"{name}: covered share of each programme", x_title="", y_title="covered", percent=True,
                  over="temporal", words="; ".join(f"{place}: {one.name}" for place, one in plans.items())),
        ),
        Section("The programmes", plans_table(asked, form, plans)),
    ]  # fmt: skip
    if len(found) == 1:
        answer.common = risk.common(found[0], book)
        answer.lines, answer.untraded = traded(asked, row, book, found[0])
    else:
        several = "there are several programmes in it"
        answer.common = Common(book.quote_currency, why=dict.fromkeys(risk.COMMON, several))
        answer.untraded = (
            "Several programmes trade nothing together: open one under “The programmes” and save that."
        )
    return answer


def ladder_table(book: Any, plans: dict[str, Plan], found: list[Any]) -> Table:
    rows = [
        {"day": book.month_start(step)}
        | {place: _known(one.ladder.ratios[step]) for place, one in zip(plans, found, strict=True)}
        for step in range(found[0].ladder.ratios.size)
    ]
    columns = [
        Column("day", "Month from", "day"),
        *(Column(place, f"{place}: {one.name}", "percent") for place, one in plans.items()),
    ]
    return Table(columns, rows, caption="Covered after each month", short=True)


def plans_table(asked: Asked, form: ToolForm, plans: dict[str, Plan]) -> Table:
    """Each with its own page, and the way to leave it out."""
    compare = reverse("strategy-tool", args=["compare"])
    same = {name: form.data[name] for name in ("book", "steps", "weeks", "confidence")}
    words = {place: one.word for place, one in plans.items()}

    def alone(row: dict) -> str:
        others = {place: word for place, word in words.items() if place != row["place"]}
        return asked.scope.link(
            reverse("strategy-tool", args=["programme"]), **same, plan=row["word"], **others
        )

    def without(row: dict) -> str:
        return asked.scope.link(compare, **same, **{**{row["place"]: ""}, **_without(words, row["place"])})

    rows = [
        {"place": place, "name": one.name, "word": one.word, "remove": "Leave out"}
        for place, one in plans.items()
    ]
    columns = [
        Column("place", "Place"),
        Column("name", "Programme", link=alone),
        Column("word", "In the address"),
        Column("remove", "Change", link=without),
    ]
    return Table(columns, rows, caption="Programmes that are compared", short=True, sortable=False)


def _without(words: dict[str, str], place: str) -> dict[str, str]:
    return {other: word for other, word in words.items() if other != place}


def _known(value: float) -> float | None:
    return None if value != value else float(value)
