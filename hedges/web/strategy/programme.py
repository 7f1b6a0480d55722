"""Programme: what one way of hedging trades now and month by month, on today's exposures, beside the band."""

from __future__ import annotations

from typing import Any

import numpy as np
from django import forms
from django.urls import reverse

from hedges.domain.strategy import compare, plan
from hedges.domain.strategy.months import MonthBook
from hedges.domain.strategy.plan import KINDS, NotAPlan, Plan, parse
from hedges.web.strategy import risk, trades
from hedges.web.strategy.answer import Answer, Asked, Section
from hedges.web.strategy.fields import NumberField, PlanField, ToolForm
from hedges.web.strategy.pictures import ladder_picture
from treasury.kernel.money import plain
from treasury.quant.numbers import ratio
from treasury.web import formats
from treasury.web.tables import Column, Table

KIND_WORDS = {
    plan.STATIC: "Static: a share of everything, once",
    plan.ROLLING: "Rolling: a share of what is near",
    plan.LAYERS: "Layers: more the nearer it is",
    plan.TARGET: "The target of policy",
    plan.NONE: "Nothing added",
}
BY_WORDS = {plan.FORWARD: "Forwards", plan.OPTION: "Bought options", plan.COLLAR: "Collars at no cost"}


class ProgrammeForm(ToolForm):
    DEFAULTS = {
        "kind": plan.LAYERS, "ratio": "60", "within": "12", "layers": "80x6 50x12 20x18", "by": plan.FORWARD,
        "steps": "12", **risk.DEFAULTS,
    }  # fmt: skip
    kind = forms.ChoiceField(label="Programme", choices=[(kind, KIND_WORDS[kind]) for kind in KINDS])
    ratio = NumberField("Share (static, rolling)", unit="%", least="0", most="150")
    within = NumberField("Within (rolling)", unit="months", least="1", most="120", whole=True)
    layers = forms.CharField(label="Layers (per cent x months)", max_length=80)
    by = forms.ChoiceField(label="By", choices=list(BY_WORDS.items()))
    steps = NumberField("Look ahead", unit="months", least="1", most="36", whole=True)
    weeks = risk.weeks()
    confidence = risk.confidence()
    plan = PlanField("Programme", widget=forms.HiddenInput)

    def clean(self) -> dict:
        told = super().clean()
        if not self.errors and told.get("plan") is None:
            try:
                told["plan"] = parse(self.word(told))
            except NotAPlan as error:
                self.add_error("layers", str(error))
        return told

    def word(self, told: dict) -> str:
        share = plain(told["ratio"].normalize())
        return {
            plan.NONE: plan.NONE,
            plan.TARGET: f"target-{told['by']}",
            plan.STATIC: f"static-{share}-{told['by']}",
            plan.ROLLING: f"rolling-{share}x{told['within']}-{told['by']}",
            plan.LAYERS: f"layers-{'-'.join(told['layers'].replace(',', ' ').split())}-{told['by']}",
        }[told["kind"]]


def form(asked: Asked) -> ProgrammeForm:
    address = asked.address.copy()
    word = address.pop("plan", [""])[-1]
    if word:
        try:
            chosen = parse(word.lower())
        except NotAPlan:
            address["plan"] = word
        else:
            for name, value in _fields(chosen).items():
                address[name] = value
    return ProgrammeForm(address, asked.books)


def _fields(chosen: Plan) -> dict[str, str]:
    found = {"kind": chosen.kind, "by": chosen.instrument}
    shares = [plain((share * 100).normalize()) for _, share in chosen.layers]
    if chosen.kind in (plan.STATIC, plan.ROLLING):
        found["ratio"] = shares[0]
    if chosen.kind == plan.ROLLING:
        found["within"] = str(chosen.layers[0][0])
    if chosen.kind == plan.LAYERS:
        found["layers"] = " ".join(
            f"{share}x{months}" for share, (months, _) in zip(shares, chosen.layers, strict=True)
        )
    return found


def work(asked: Asked, form: ToolForm) -> Answer | None:
    row, chosen = asked.book_of(form), form.plan("plan")
    if row is None or chosen is None:
        return None
    book = asked.months(row)
    steps = form.cleaned_data["steps"]
    found = risk.outcome(asked, row, book, chosen, form)
    name = f"{row['entity_code']} {row['risk_code']}"
    answer = Answer(f"{chosen.name}: {name}")
    answer.figures = _figures(book, found)
    answer.sections = [
        Section(
            "Month by month", ladder_table(book, chosen, found, steps), ladder_picture(book, found.ladder, name),
            "Each month what has come nearer is topped up to its layer, on the exposures of today; cover is never taken"
            " off. What is due is gone from exposure and hedge alike.",
            ("horizon_profile", "hedge_turnover"),
        ),
        Section("By month of the exposure", months_table(book, found, chosen), measures=("hedge_ratio",)),
        Section("In a few numbers", risk.table([found], book), measures=("cash_flow_at_risk",), words=risk.WORDS),
    ]  # fmt: skip
    address = reverse("strategy-tool", args=["compare"])
    answer.links = [(asked.scope.link(address, **_beside(asked, form, chosen)), "Put beside others")]
    answer.common = risk.common(found, book)
    answer.lines, answer.untraded = traded(asked, row, book, found)
    return answer


def traded(asked: Asked, row: dict, book: MonthBook, found: compare.Outcome) -> tuple[list, str]:
    """The trades of today, or why there are none."""
    lines = trades.of_programme(asked, row, book, found)
    interest = trades.is_interest(asked, row["risk_id"])
    return lines, "" if lines else trades.INTEREST if interest else "It trades nothing today."


def _beside(asked: Asked, form: ToolForm, chosen: Plan) -> dict[str, str]:
    """The first place that is free for this plan, with what stands beside it already."""
    kept = {place: asked.address.get(place, "") for place in risk.PLACES if asked.address.get(place)}
    free = next((place for place in risk.PLACES if place not in kept), risk.PLACES[-1])
    same = {name: form.data[name] for name in ("book", "steps", "weeks", "confidence")}
    return same | kept | {free: chosen.word}


def _figures(book: MonthBook, found: compare.Outcome) -> list[dict]:
    unit = book.unit
    return [
        {"label": "Covered before", "value": formats.ratio(found.ratio_before, reason="zero_exposure")},
        {"label": "after trading now", "value": formats.ratio(found.ratio_after, reason="zero_exposure")},
        {"label": "To trade now", "value": formats.number(book.exact(found.traded_now)), "unit": unit},
        {
            "label": "Months in the band",
            "value": found.months_in_band,
            "unit": f"of {found.months_with_band}",
        },
    ]


def ladder_table(book: MonthBook, chosen: Plan, found: compare.Outcome, steps: int) -> Table:
    """One row a month from now: what is traded for which layer, and how it then stands."""
    ladder = found.ladder
    groups = layer_groups(chosen)
    rows = []
    for step in range(steps):
        traded = ladder.trades[step]
        ahead = np.arange(book.count) - (step if chosen.rolls else 0)
        cells: dict[str, Any] = {
            f"layer{place}": book.exact(traded[(ahead >= first) & (ahead < past)].sum())
            for place, (first, past, _) in enumerate(groups)
        }
        exposure, hedge = ladder.exposures[step].sum(), ladder.hedges[step].sum()
        rows.append(
            cells | {
                "day": book.month_start(step), "traded": book.exact(traded.sum()),
                "exposure": book.exact(exposure), "hedge": book.exact(hedge),
                "ratio": None if not exposure else float(ladder.ratios[step]),
            }
        )  # fmt: skip
    columns = [
        Column("day", "Month from", "day"),
        *(
            Column(f"layer{place}", group[-1], "amount", unit=book.unit, total=True)
            for place, group in enumerate(groups)
        ),
        Column("traded", "To trade", "amount", unit=book.unit, total=True),
        Column("exposure", "Exposure ahead", "amount", unit=book.unit),
        Column("hedge", "Hedged then", "amount", unit=book.unit),
        Column("ratio", "Covered then", "percent",
               cell=lambda row: formats.ratio(row["ratio"], reason="zero_exposure")),
    ]  # fmt: skip
    return Table(columns, rows, caption="Ladder: what to trade each month", short=True)


def layer_groups(chosen: Plan) -> list[tuple[int, int, str]]:
    """From and to how many months ahead each layer reaches, and in words; none where a plan has just one."""
    if chosen.kind != plan.LAYERS or len(chosen.layers) < 2:
        return []
    found, first = [], 0
    for months, share in chosen.layers:
        found.append((first, months, f"To {plain((share * 100).normalize())} %, {first}–{months} M"))
        first = months
    return found


def months_table(book: MonthBook, found: compare.Outcome, chosen: Plan) -> Table:
    """One row a month with an exposure or a hedge."""
    ladder = found.ladder
    rows = []
    for month in range(book.count):
        if not book.exposure[month] and not book.hedge[month]:
            continue
        exposed = int(book.exposure[month])
        rows.append({
            "day": book.month_start(month), "ahead": month,
            "exposure": book.exact(exposed), "before": book.exact(book.hedge[month]),
            "target": _known(ladder.targets[0, month]), "traded": book.exact(ladder.trades[0, month]),
            "later": book.exact(ladder.trades[1:, month].sum()),
            "ratio_before": _known(ratio(-book.hedge[month], exposed)),
            "ratio": _known(ratio(-ladder.hedges[0, month], exposed)),
            "lower": _known(book.lower[month]), "upper": _known(book.upper[month]),
        })  # fmt: skip
    unit = book.unit
    columns = [
        Column("day", "Due from", "day"),
        Column("ahead", "Months ahead", "count", cell=lambda row: str(row["ahead"])),
        Column("exposure", "Exposure", "amount", unit=unit, total=True),
        Column("before", "Hedged", "amount", unit=unit, total=True),
        Column("ratio_before", "Covered before", "percent", cell=_covered("ratio_before")),
        Column("target", "Aimed at", "percent", cell=lambda row: _or(row["target"], "no layer here")),
        Column("traded", "To trade now", "amount", unit=unit, total=True),
        Column("later", "and later", "amount", unit=unit, total=True),
        Column("ratio", "Covered after", "percent", cell=_covered("ratio")),
        Column("lower", "Band from", "percent", cell=lambda row: _or(row["lower"], "no_band")),
        Column("upper", "to", "percent", cell=lambda row: _or(row["upper"], "no_band")),
    ]
    return Table(
        columns, rows, caption="Month of the exposure", short=True, empty="Nothing is exposed or hedged here."
    )


def _covered(key: str) -> Any:
    return lambda row: formats.ratio(row[key], row["lower"], row["upper"], reason="zero_exposure")


def _or(value: float | None, why: str) -> object:
    return formats.why(why) if value is None else formats.percent(value)


def _known(value: Any) -> float | None:
    number = float(value)
    return None if number != number else number
