"""Options against forwards: one exposure open, forward, under an option or a collar; cost, worst, best."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
from django import forms

from hedges.domain.strategy.protect import COLLAR, FORWARD, OPEN, OPTION, Protection, Way, protection
from hedges.domain.ticket.kinds import COLLAR as COLLAR_TICKET
from hedges.queries import strategy
from hedges.web.strategy import risk, trades
from hedges.web.strategy.answer import Answer, Asked, Common, Section
from hedges.web.strategy.fields import NumberField, ToolForm
from hedges.web.strategy.pictures import lines
from treasury.kernel import parsing
from treasury.web import formats, words
from treasury.web.tables import Column, Table

MOST = 50
WORDS = {OPEN: "Left open", FORWARD: "Forward", OPTION: "Option", COLLAR: "Collar"}
KINDS = {FORWARD: trades.FORWARD, OPTION: trades.OPTION, COLLAR: COLLAR_TICKET}
NONE = "none"


class OptionsForm(ToolForm):
    DEFAULTS = {"reach": "20", "steps": "21", "way": NONE}
    exposure = forms.CharField(label="Exposure", required=False, max_length=19)
    strike = NumberField("Strike (empty: the forward)", least="0.00000001", most="100000000", required=False)
    collar = NumberField(
        "Collar strike (empty: 5 % worse)", least="0.00000001", most="100000000", required=False
    )
    sold = NumberField("Sold strike (empty: no cost)", least="0.00000001", most="100000000", required=False)
    reach = NumberField("Rates ±", unit="%", least="1", most="90", scale=-2)
    steps = NumberField("Rates shown", least="3", most="101", whole=True)
    way = forms.ChoiceField(
        label="Way to trade",
        choices=[(NONE, "None yet: compare only"), *((name, WORDS[name]) for name in KINDS)],
    )


def form(asked: Asked) -> OptionsForm:
    found = OptionsForm(asked.address, asked.books)
    row = asked.book_of(found)
    if row is not None:
        offered = strategy.largest_exposures(asked.scope.run, row["entity_id"], row["risk_id"], most=MOST)
        found.offered = offered  # type: ignore[attr-defined]
        choices = [(str(one["exposure_id"]), _named(one, row["amount_unit"])) for one in offered]
        wanted = found.data.get("exposure", "")
        known = {number for number, _ in choices}
        if parsing.key(wanted) is not None and wanted not in known:
            choices.append((wanted, f"Number {wanted}"))
        found.fields["exposure"].widget = forms.Select(choices=[("", "The next one due"), *choices])
    return found


def _named(row: dict, unit: str) -> str:
    return f"{row['reference']}: {formats.number(row['amount'])} {unit}, {row['expected_date']}"


def work(asked: Asked, form: ToolForm) -> Answer | None:
    row = asked.book_of(form)
    if row is None or form.errors:
        return None
    item, note = _item(asked, form, row)
    answer = Answer("Options against forwards", note=note)
    if item is None:
        return answer
    look = asked.sealed.lookup
    place = int(look.position(item["risk_id"]))
    if look.is_rate[place]:
        answer.note = "Interest is not hedged by these options; choose a currency or a price."
        return answer
    told = form.cleaned_data
    found = protection(
        look, asked.sealed.as_of_date.toordinal(), place, float(item["amount"]), item["expected_date"].toordinal(),
        strike=_float(told["strike"]), collar_strike=_float(told["collar"]),
        sold_strike=_float(told["sold"]), reach=form.number("reach"),
        steps=told["steps"], stale_after=asked.stale_after(item),
    )  # fmt: skip
    unit, quote = look.base_units[place], look.quote_currencies[place]
    name = f"{item['reference']}, {formats.number(item['amount'])} {unit} due {item['expected_date']}"
    answer.name = f"Options against forwards: {name}"
    answer.figures = [
        {"label": "Exposure", "value": formats.number(item["amount"]), "unit": unit},
        {"label": "Due", "value": formats.day(item["expected_date"])},
        {"label": "Spot", "value": _rate(found.spot), "unit": f"{quote} per {unit}"},
        {"label": "Forward", "value": _rate(found.forward), "unit": f"{quote} per {unit}"},
    ]
    answer.sections = [
        Section("Ways to go", ways_table(found, quote),
                measures=("fx_option_value", "option_payoff", "fx_forward_rate"),
                words=f"Options at the mid volatility of the stored surface. Premiums count as they are paid, without"
                      f" interest; worst and best are over the rates shown, a receipt is +, a payment −. Rates in"
                      f" {quote} per {unit}."),
        Section("What it ends with, by rate", outcomes_table(found, unit, quote), _picture(found, unit, quote),
                measures=("option_payoff",)),
    ]  # fmt: skip
    chosen = next((way for way in found.ways if way.name == told["way"]), None)
    _trade(asked, answer, row, item, chosen)
    answer.common = _common(found, chosen, quote)
    return answer


def _trade(asked: Asked, answer: Answer, row: dict, item: dict, way: Way | None) -> None:
    """The whole exposure by the way that is chosen."""
    if item["entity_id"] != row["entity_id"]:
        answer.untraded = (
            f"The exposure is not of {row['entity_code']}: choose a book of its own entity to trade it."
        )
    elif way is None:
        answer.untraded = "Choose the way to trade above, and its trade is saved with it."
    elif way.reason:
        answer.untraded = (
            f"The {WORDS[way.name].lower()} cannot be priced, so that it has no trade: {_why(way)}."
        )
    else:
        terms = {} if way.name == FORWARD else {
            "strike": way.strike, "sold_strike": way.sold_strike, "premium": way.premium, "sold_premium": way.received,
        }  # fmt: skip
        kind, due = KINDS[way.name], item["expected_date"]
        answer.lines = [trades.line(asked, row, kind, -item["amount"], due, risk_id=item["risk_id"], **terms)]


def _common(found: Protection, way: Way | None, quote: str) -> Common:
    """Of the way that is chosen; the worst is over the rates shown, which have no probabilities to expect by."""
    if way is None:
        return Common(quote, why=dict.fromkeys(risk.COMMON, "no way is chosen"))
    worst = None if way.worst is None else way.worst - found.amount * found.spot
    why = dict.fromkeys(risk.COMMON, _why(way)) | {"expected": "the rates shown have no probabilities"}
    return Common(quote, 1.0, way.cost, None, worst, why)


def _why(way: Way) -> str:
    return (
        "no strike pays for it" if way.reason == "no_strike" else words.reason(way.reason or "missing_data")
    )


def _item(asked: Asked, form: ToolForm, row: dict) -> tuple[dict | None, str]:
    """The exposure asked for, else the next one due; of another entity only where the reader sees it."""
    wanted, offered = form.cleaned_data["exposure"], getattr(form, "offered", [])
    if not wanted:
        return (
            (offered[0], "")
            if offered
            else (None, "No open exposure of this entity and risk is to be hedged.")
        )
    found = next((one for one in offered if str(one["exposure_id"]) == wanted), None)
    number = parsing.key(wanted)
    if found is None and number is not None and asked.scope.run:
        found = strategy.exposure(asked.scope.run, asked.scope.entity_ids, number)
    if found is None:
        return None, f"There is no open exposure {wanted} in this run that you see. Choose one from the list."
    return found, ""


def ways_table(found: Protection, quote: str) -> Table:
    rows = [
        {
            "name": WORDS[way.name], "cost": way.cost, "strike": way.strike, "sold": way.sold_strike,
            "volatility": way.volatility, "bound": way.bound, "worst": way.worst, "best": way.best,
            "forward": way.beats_forward_at, "open": way.beats_open_at, "why": _whys(way),
        }
        for way in found.ways
    ]  # fmt: skip
    columns = [
        Column("name", "Way"),
        Column("cost", "Cost today", "amount", unit=quote, cell=_shown("cost", _amount)),
        Column("strike", "Strike", "rate", cell=_shown("strike", _rate)),
        Column("sold", "Sold strike", "rate", cell=_shown("sold", _rate)),
        Column("volatility", "Volatility", "percent", cell=_shown("volatility", formats.percent)),
        Column("bound", "Certain rate", "rate", cell=_shown("bound", _rate)),
        Column("worst", "Worst shown", "amount", unit=quote, cell=_shown("worst", _amount)),
        Column("best", "Best shown", "amount", unit=quote, cell=_shown("best", _amount)),
        Column("forward", "As the forward at", "rate", cell=_shown("forward", _rate)),
        Column("open", "As left open at", "rate", cell=_shown("open", _rate)),
    ]
    return Table(columns, rows, caption="Ways to go", short=True, sortable=False)


def _whys(way: Way) -> dict[str, str]:
    """Why a number of a way is not there."""
    if way.reason:
        return dict.fromkeys(("cost", "strike", "sold", "volatility", "bound", "worst", "best", "forward", "open"),
                             "no strike pays for it" if way.reason == "no_strike" else way.reason)  # fmt: skip
    none = "none"
    return {
        "strike": none, "sold": none, "volatility": none, "bound": none,
        "forward": {FORWARD: "is the forward", OPEN: "no protection"}.get(way.name, "no break-even"),
        "open": "no protection" if way.name == OPEN else "a premium is received",
    }  # fmt: skip


def _shown(key: str, show: Any) -> Any:
    return lambda row: (
        formats.why(row["why"].get(key, "missing_data")) if row[key] is None else show(row[key])
    )


def outcomes_table(found: Protection, unit: str, quote: str) -> Table:
    rows = []
    for place, rate in enumerate(found.scenarios.tolist()):
        row: dict[str, Any] = {
            "rate": rate,
            "move": rate / found.spot - 1 if np.isfinite(rate) else None,
            "why": {},
        }
        for way in found.ways:
            outcome = found.amount * float(way.rates[place])
            row[way.name] = outcome if np.isfinite(outcome) else None
            row["why"][way.name] = _whys(way).get("cost", "missing_data")
        rows.append(row)
    columns = [
        Column(
            "rate", "Rate on the day", "rate", unit=f"{quote} per {unit}", cell=lambda row: _rate(row["rate"])
        ),
        Column("move", "From spot", "percent", cell=_move),
        *(
            Column(way.name, WORDS[way.name], "amount", unit=quote, cell=_shown(way.name, _amount))
            for way in found.ways
        ),
    ]
    return Table(columns, rows, caption="Outcome by rate, premiums paid", short=True)


def _picture(found: Protection, unit: str, quote: str) -> Any:
    if not np.isfinite(found.spot):
        return None
    series = {
        WORDS[way.name]: list(zip(found.scenarios.tolist(), way.rates.tolist(), strict=True))
        for way in found.ways
    }
    return lines(
        series, name="Rate that the exposure ends with, by the rate on the day",
        x_title=f"rate on the day, {quote} per {unit}",
        y_title=f"{quote} per {unit}", words="The rate that each way ends with, premiums paid. Along the slope the way"
        " follows the market; where it is level the rate is certain.",
    )  # fmt: skip


def _move(row: dict) -> object:
    return formats.why("missing_data") if row["move"] is None else formats.percent(row["move"])


def _amount(value: float) -> str:
    return formats.number(value) if abs(value) >= 0.5 else formats.DASH


def _rate(value: float) -> object:
    return formats.rate(round(value, 6)) if np.isfinite(value) else formats.why("missing_data")


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
