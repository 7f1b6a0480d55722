"""Frontier: what each hedge ratio of the open exposure is expected to cost, what risk it leaves, and what it saves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
from django import forms

from hedges.domain.strategy import frontier as worked
from hedges.domain.strategy.months import MonthBook
from hedges.web.strategy import risk as risks
from hedges.web.strategy import trades
from hedges.web.strategy.answer import Answer, Asked, Common, Section
from hedges.web.strategy.fields import NumberField, ToolForm
from hedges.web.strategy.pictures import lines
from treasury.kernel.money import minor_units_to_amounts, round_amount
from treasury.quant.numbers import ratio
from treasury.quant.ratios.savings_to_loss import RISK_MEASURES
from treasury.web import formats, words
from treasury.web.tables import Column, Table

METHOD_WORDS = {worked.HISTORICAL: "What the rate did", worked.SIMULATED: "Simulated from the volatility"}
RISK_WORDS = {"value_at_risk": "Value at risk", "expected_shortfall": "Expected shortfall"}


class FrontierForm(ToolForm):
    DEFAULTS = {
        "first": "0", "past": "12", "method": worked.HISTORICAL, "risk": "value_at_risk", "confidence": "95",
        "cost": "0", "step": "10", "draws": "1000", "seed": "1",
    }  # fmt: skip
    first = NumberField("Due from", unit="months", least="0", most="120", whole=True)
    past = NumberField("to", unit="months", least="1", most="121", whole=True)
    method = forms.ChoiceField(label="Scenarios", choices=list(METHOD_WORDS.items()))
    risk = forms.ChoiceField(label="Risk as", choices=[(name, RISK_WORDS[name]) for name in RISK_MEASURES])
    confidence = NumberField("Confidence", unit="%", least="50", most="99.9", scale=-2)
    cost = NumberField("Cost", unit="quote per unit", least="0", most="1000000")
    step = NumberField("A point every", unit="%", least="1", most="50", scale=-2)
    draws = NumberField("Draws (simulated)", least="50", most="20000", whole=True)
    seed = NumberField("Seed (simulated)", least="0", most="1000000", whole=True)
    hedged = NumberField("Ratio to trade to", unit="%", least="0", most="100", scale=-2, required=False)

    def clean(self) -> dict:
        told = super().clean()
        if not self.errors and told["past"] <= told["first"]:
            self.add_error("past", f"Expected more than {told['first']}, the first month.")
        return told


def form(asked: Asked) -> FrontierForm:
    return FrontierForm(asked.address, asked.books)


def work(asked: Asked, form: ToolForm) -> Answer | None:
    row, told = asked.book_of(form), form.cleaned_data
    if row is None or form.errors:
        return None
    book = asked.months(row)
    chosen = slice(told["first"], told["past"])
    exposure, hedge = book.exposure[chosen], book.hedge[chosen]
    name = f"{row['entity_code']} {row['risk_code']}"
    answer = Answer(f"Frontier: {name}, due in {told['first']}–{told['past']} M")
    amount = float(book.major(exposure.sum()))
    if not amount:
        answer.note = (
            "No net exposure is due in these months: there is nothing to hedge. Choose other months."
        )
        return answer
    due = _due(book, chosen)
    found = worked.scenarios(
        asked.sealed.lookup, asked.sealed.as_of_date.toordinal(), book.risk, due, method=told["method"],
        draws=told["draws"], seed=told["seed"], stale_after=asked.stale_after(row),
    )  # fmt: skip
    answer.figures = _figures(book, amount, float(ratio(-hedge.sum(), exposure.sum())), found, due)
    if found.reason:
        answer.note = f"Not worked out: {words.reason(found.reason)}. Choose other scenarios or months."
        return answer
    shares = np.append(np.arange(0.0, 1.0, form.number("step")), 1.0)
    points = worked.frontier(
        amount, found, shares, cost_per_unit=form.number("cost"), risk_measure=told["risk"],
        confidence_level=form.number("confidence"),
    )  # fmt: skip
    answer.sections = _sections(book, points, RISK_WORDS[told["risk"]], name, len(found.rates))
    _trade(asked, answer, row, (exposure, hedge), told["hedged"], due)
    answer.common = _common(amount, found, told["hedged"], form.number("cost"), book.quote_currency)
    return answer


def _trade(
    asked: Asked,
    answer: Answer,
    row: dict,
    sums: tuple[np.ndarray, np.ndarray],
    hedged: Decimal | None,
    due: int,
) -> None:
    """One forward for what is due, that takes its cover to the ratio that is chosen."""
    if trades.is_interest(asked, row["risk_id"]):
        answer.untraded = trades.INTEREST
    elif hedged is None:
        answer.untraded = "Choose the ratio to trade to above, and its trade is saved with it."
    else:
        exposure, cover = minor_units_to_amounts([side.sum() for side in sums], [row["amount_unit"]] * 2)
        wanted = round_amount(-hedged * exposure - cover, row["amount_unit"])
        if not wanted or (wanted > 0) == (exposure > 0):
            answer.untraded = "What is due in these months is covered to this ratio already."
        else:
            answer.lines = [trades.line(asked, row, trades.FORWARD, wanted, date.fromordinal(due))]


def _common(
    amount: float, found: worked.Scenarios, hedged: Decimal | None, cost: float, money: str
) -> Common:
    """Against today's spot rate over the scenarios, hedged to the ratio that is chosen."""
    if hedged is None:
        return Common(money, why=dict.fromkeys(risks.COMMON, "no ratio is chosen"))
    outcomes = worked.against_spot(amount, found, float(hedged), cost)
    paid = float(hedged) * abs(amount) * cost
    return Common(money, float(hedged), paid, float(outcomes.mean()), float(outcomes.min()))


def _due(book: MonthBook, chosen: slice) -> int:
    """The day that the months' exposures are due on average, weighted by size."""
    sizes = np.abs(book.exposure[chosen]).astype(np.float64)
    return round(float((book.due[chosen] * sizes).sum() / sizes.sum()))


def _figures(book: MonthBook, amount: float, covered: float, found: worked.Scenarios, due: int) -> list[dict]:
    quote = f"{book.quote_currency} per {book.unit}"
    return [
        {"label": "Exposure", "value": formats.number(amount), "unit": book.unit},
        {"label": "Covered today", "value": formats.ratio(covered)},
        {"label": f"Forward to {date.fromordinal(due)}", "value": _rate(found.forward), "unit": quote},
        {"label": "Spot", "value": _rate(found.spot), "unit": quote},
        {"label": "Volatility", "value": formats.percent(found.volatility)} if found.volatility
        else {"label": "Stretches of history", "value": found.rates.size, "unit": f"of {found.weeks} weeks"},
    ]  # fmt: skip


def _rate(value: float) -> object:
    return formats.rate(round(value, 6)) if np.isfinite(value) else formats.why("missing_data")


def _sections(book: MonthBook, points: worked.Frontier, risk: str, name: str, count: int) -> list[Section]:
    cost, loss = (np.asarray(values[0], dtype=np.float64) for values in
                  (points.frontier.expected_cost_amount, points.frontier.risk_amount))  # fmt: skip
    curve = np.asarray(points.curve.savings_to_loss_ratio[0], dtype=np.float64)
    money = book.quote_currency
    frontier = lines(
        {"frontier": sorted(zip(loss.tolist(), cost.tolist(), strict=True))}, marks=True,
        name=f"{name}: expected cost against {risk.lower()} of each hedge ratio", x_title=f"{risk.lower()}, {money}",
        y_title=f"expected cost, {money}",
        words="Each point a hedge ratio, from nothing hedged (right) to all (left). Costs are +, savings −.",
    )  # fmt: skip
    savings = lines(
        {"ratio": list(zip(points.ratios.tolist(), curve.tolist(), strict=True))}, marks=True,
        name=f"{name}: savings to loss by hedge ratio", x_title="hedge ratio", y_title="savings to loss",
        words="Expected savings over what the open part may lose; it runs one way, so its best is a corner.",
    )  # fmt: skip
    why = next(
        (code for code in points.reasons if code in ("no_potential_loss", "out_of_range")), "zero_exposure"
    )
    return [
        Section("Efficient frontier", points_table(points, cost, loss, risk, money), frontier,
                f"Over {count} scenarios of the rate on the day. Least risk for a given cost: decide from this one.",
                ("hedging_frontier", "cash_flow_at_risk")),
        Section("Savings to loss", savings_table(points, curve, money, why), savings,
                "This definition is our own: the field has the words only. For a forward it rises or falls all the way,"
                " so the best ratio is the end of the range.", ("savings_to_loss",)),
    ]  # fmt: skip


def points_table(points: worked.Frontier, cost: np.ndarray, loss: np.ndarray, risk: str, money: str) -> Table:
    rows = [
        {"ratio": share, "cost": paid, "risk": left, "deviation": spread, "efficient": bool(good)}
        for share, paid, left, spread, good in zip(
            points.ratios.tolist(), cost.tolist(), loss.tolist(), points.deviation.tolist(),
            points.frontier.efficient[0],
            strict=True,
        )
    ]  # fmt: skip
    columns = [
        Column("ratio", "Hedged", "percent"),
        Column("cost", "Expected cost", "amount", unit=money),
        Column("risk", risk, "amount", unit=money),
        Column("deviation", "Standard deviation", "amount", unit=money),
        Column("efficient", "Efficient", cell=lambda row: "yes" if row["efficient"] else "no"),
    ]
    return Table(columns, rows, caption="Hedging frontier", short=True)


def savings_table(points: worked.Frontier, curve: np.ndarray, money: str, why: str) -> Table:
    rows = [
        {"ratio": share, "savings": float(saved), "loss": float(lost), "value": None if value != value else value}
        for share, saved, lost, value in zip(
            points.ratios.tolist(), points.curve.expected_savings_amount[0], points.curve.potential_loss_amount[0],
            curve.tolist(), strict=True,
        )
    ]  # fmt: skip

    def shown(row: dict) -> object:
        if row["value"] is not None:
            return formats.statistic(row["value"])
        return formats.why("nothing is open" if row["ratio"] == 1 else why)

    columns = [
        Column("ratio", "Hedged", "percent"),
        Column("savings", "Expected savings", "amount", unit=money),
        Column("loss", "Potential loss of the open part", "amount", unit=money),
        Column("value", "Savings to loss", "statistic", cell=shown),
    ]
    return Table(columns, rows, caption="Savings to loss", short=True)
