"""What if: rates and volatilities move today; instruments, exposures and both together, by entity and risk."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hedges.domain.strategy.shocks import Shock, Shocked, movable, shocked_book
from hedges.web.strategy.answer import Answer, Asked, Common, Section
from hedges.web.strategy.fields import NumberField, ToolForm
from treasury.kernel.money import minor_units_to_amounts
from treasury.web import formats
from treasury.web.tables import Column, Table

PREFIX = "spot_"


class ShocksForm(ToolForm):
    """Beside these one field a currency or price that the book has a risk in, which counts before `all`."""

    DEFAULTS = {"rates": "0", "volatility": "0", "all": "10"}
    all = NumberField("All currencies and prices", unit="%", least="-90", most="500", scale=-2)
    rates = NumberField("All interest rates", unit="bp", least="-1000", most="1000", scale=-4)
    volatility = NumberField("All volatilities", unit="points", least="-100", most="100", scale=-2)


def form(asked: Asked) -> ShocksForm:
    currencies, prices, hub = movable(asked.sealed.lookup)
    labels = {code: f"{code} against {hub}" for code in currencies} | {code: code for code in prices}
    return ShocksForm(
        asked.address,
        None,
        {
            PREFIX + code: NumberField(label, unit="%", least="-90", most="500", scale=-2, required=False)
            for code, label in labels.items()
        },
    )


def work(asked: Asked, form: ToolForm) -> Answer | None:
    if form.errors:
        return None
    told = form.cleaned_data
    names = [name.removeprefix(PREFIX) for name in form.fields if name.startswith(PREFIX)]
    moves = {name: _move(told.get(PREFIX + name), told["all"]) for name in names}
    shock = Shock(moves, float(told["rates"]), float(told["volatility"]))
    found = shocked_book(asked.sealed, asked.scope.entity_ids, shock)
    answer = Answer("What if: " + said(moves, told))
    rows = rows_of(asked, found)
    answer.figures = _figures(rows)
    answer.sections = [
        Section(
            "By entity and risk", table_of(rows), measures=("fx_forward_value", "fx_option_value", "credit_adjustment"),
            words="In the functional currency of the entity, an asset +. Instruments at fair value, with what futures"
            " gain or lose in cash by the move; exposures at the forward to their date, discounted, floating interest"
            " against today's par rate. Without a move the instruments are those of the run to the cent.",
        ),
        Section("By entity", entities_table(rows)),
    ]  # fmt: skip
    answer.untraded = "A what-if moves the market and trades nothing."
    answer.common = _common(rows)
    return answer


def _common(rows: list[dict]) -> Common:
    """Its one scenario is the worst case, where all of it is in one currency and has a value."""
    nothing = dict.fromkeys(
        ("hedge_ratio", "cost", "expected"), "a what-if trades nothing and has one scenario"
    )
    currencies, net = {row["currency"] for row in rows}, [row["net_change"] for row in rows]
    if len(currencies) != 1:
        return Common(why=nothing | {"worst": "it stands in several currencies"})
    worst = None if None in net else float(sum(net))
    return Common(currencies.pop(), worst=worst, why=nothing | {"worst": "missing_data"})


def _move(own: Decimal | None, everything: Decimal) -> float:
    return float(everything if own is None else own)


def said(moves: dict[str, float], told: dict) -> str:
    alone = {name: move for name, move in moves.items() if told.get(PREFIX + name) is not None}
    words = (
        [f"all spot rates and prices {_signed(float(told['all']))}"]
        if told["all"] and len(alone) < len(moves)
        else []
    )
    words += [f"{name} {_signed(move)}" for name, move in alone.items()]
    words += [f"interest {float(told['rates']) * 10_000:+g} bp"] if told["rates"] else []
    words += [f"volatility {float(told['volatility']) * 100:+g} points"] if told["volatility"] else []
    return ", ".join(words).replace("-", formats.MINUS) or "nothing moves"


def _signed(move: float) -> str:
    return f"{move * 100:+g} %"


def rows_of(asked: Asked, found: Shocked) -> list[dict]:
    """One row an entity and risk, amounts exact; None where something of it could not be valued, with how many."""
    entities, risks = asked.sealed.reference.entities, asked.sealed.reference.risks
    rows = []
    sides = {"hedge": found.instruments, "item": found.exposures}
    for place, (entity, risk) in enumerate(
        zip(found.entity_id.tolist(), found.risk_id.tolist(), strict=True)
    ):
        currency = found.currency[place]
        row: dict[str, Any] = {
            "entity": entities[entity]["code"],
            "risk": risks[risk]["code"],
            "currency": currency,
        }
        for name, (before, after) in sides.items():
            gone = int(max(before.undefined[place], after.undefined[place]))
            values = minor_units_to_amounts([before.minor[place], after.minor[place]], [currency] * 2)
            row |= {f"{name}_gone": gone, f"{name}_before": None if gone else values[0]}
            row |= {f"{name}_after": None if gone else values[1]}
            row[f"{name}_change"] = None if gone else values[1] - values[0]
        changes = (row["hedge_change"], row["item_change"])
        row["net_change"] = None if None in changes else changes[0] + changes[1]
        rows.append(row)
    return sorted(rows, key=lambda row: (row["entity"], row["risk"]))


def table_of(rows: list[dict]) -> Table:
    columns = [
        Column("risk", "Risk"), Column("entity", "Entity"), Column("currency", "In"), *_amounts(),
    ]  # fmt: skip
    return Table(columns, rows, caption="What the move does", empty="The book holds nothing on this date.")


def entities_table(rows: list[dict]) -> Table:
    """Sums by entity; null where a part of them is."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        total = found.setdefault(row["entity"], {"entity": row["entity"], "currency": row["currency"]})
        for name, value in row.items():
            if name.endswith("_gone"):
                total[name] = total.get(name, 0) + value
            elif name.endswith(("_before", "_after", "_change")):
                before = total.get(name, Decimal(0))
                total[name] = None if value is None or before is None else before + value
    columns = [Column("entity", "Entity"), Column("currency", "In"), *_amounts()]
    return Table(
        columns, list(found.values()), caption="By entity", short=True, empty="No entity holds anything."
    )


def _amounts() -> list[Column]:
    labels = {
        "hedge_before": "Instruments before", "hedge_after": "after", "hedge_change": "Change of instruments",
        "item_before": "Exposures before", "item_after": "after the move", "item_change": "Change of exposures",
        "net_change": "Net change",
    }  # fmt: skip
    return [Column(key, label, "money", cell=_shown(key)) for key, label in labels.items()]


def _shown(key: str) -> Any:
    def cell(row: dict) -> object:
        if row[key] is not None:
            return formats.number(row[key], 2)
        side = key.partition("_")[0]
        gone = row["hedge_gone"] + row["item_gone"] if side == "net" else row[f"{side}_gone"]
        return formats.why(f"{gone} without a value")

    return cell


def _figures(rows: list[dict]) -> list[dict]:
    """Of one functional currency only: amounts of several are not added."""
    if len({row["currency"] for row in rows}) != 1:
        return []
    found = []
    for label, key in (("Instruments", "hedge_change"), ("Exposures", "item_change"), ("Net", "net_change")):
        values = [row[key] for row in rows]
        value = formats.why("missing_data") if None in values else formats.number(sum(values), 2)
        found.append({"label": f"{label} change by", "value": value, "unit": rows[0]["currency"]})
    return found
