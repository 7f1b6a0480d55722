"""What is dealt against what: the currencies of a ticket, the risk that they are, and how their rate is quoted.

`EUR` against `USD`, or `EURUSD` in either field; a quantity by the code of its risk (`WTI`). A rate is quoted as the
pair that was typed says, else as the market does: the currency that stands first in `ORDER` is the base.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hedges.domain.ticket.reader import Reader
from treasury.enums import RiskKind
from treasury.kernel.errors import InputError, shown
from treasury.kernel.shorthand import Pair, pair

#: The market's order of quotation (1 EUR in USD, 1 USD in JPY).
ORDER = ("EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF")


@dataclass(frozen=True, slots=True)
class Dealt:
    """`pair` None: a quantity, whose rate is its price."""

    risk: dict[str, Any]
    currency: str
    against: str
    pair: Pair | None

    @property
    def currencies(self) -> list[str]:
        """Those that are paid: of a quantity its price's alone."""
        return [self.currency, self.against] if self.pair else [self.against]


def dealt(
    reader: Reader, risks: Sequence[dict[str, Any]], units: frozenset[str], functional: str
) -> Dealt | None:
    """None where it was not understood; the reader then says why."""
    typed, against = reader.text("currency"), str(reader.said.get("against") or "").strip()
    if not typed:
        return None
    quantity = _quantity(typed, risks)
    if quantity:
        return _of_quantity(reader, quantity, against)
    told = _pair(typed) or _pair(against)
    first = told.base if _pair(typed) and told else typed.upper()
    second = _second(first, against, told)
    if first not in units or len(first) != 3:
        reader.refuse(
            "currency", f"Expected a currency such as EUR or the code of a risk, got {shown(typed)}."
        )
        return None
    if not second:
        reader.refuse("against", "is missing: the other currency, such as USD, or the pair, such as EURUSD.")
        return None
    if second not in units or second == first or (told and {first, second} != set(told)):
        reader.take(
            InputError("against", f"the other currency of {first}, or a pair with it", got=shown(against))
        )
        return None
    risk = _risk(first, second, risks, functional)
    if risk is None:
        reader.refuse(
            "against",
            f"There is no risk of {first} and {second}. Have an administrator record {first}{second} first.",
        )
        return None
    quoted = told or market_pair(first, second)
    reader.echoes["against"] = f"rate in {quoted.quote} per 1 {quoted.base}; risk {risk['code']}"
    return Dealt(risk, first, second, quoted)


def market_pair(one: str, other: str) -> Pair:
    """How the market quotes two currencies."""
    places = {code: number for number, code in enumerate(ORDER)}
    base, quote = sorted((one, other), key=lambda code: (places.get(code, len(ORDER)), code))
    return Pair(base, quote)


def _pair(text: str) -> Pair | None:
    try:
        return pair(text)
    except InputError:
        return None


def _second(first: str, against: str, told: Pair | None) -> str:
    if _pair(against) or (not against and told):
        assert told is not None
        return told.quote if told.base == first else told.base
    return against.upper()


def _quantity(typed: str, risks: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    kinds = (RiskKind.COMMODITY, RiskKind.EQUITY_INDEX)
    return next((row for row in risks if row["kind"] in kinds and row["code"].upper() == typed.upper()), None)


def _of_quantity(reader: Reader, risk: dict[str, Any], against: str) -> Dealt | None:
    quote = risk["quote_currency_id"]
    if against and against.upper() != quote:
        reader.refuse("against", f"Expected {quote}, in which {risk['code']} is quoted, or nothing.")
        return None
    reader.echoes["currency"] = f"{risk['name']}, in {risk['base_unit_id']}"
    reader.echoes["against"] = f"price in {quote} per 1 {risk['base_unit_id']}"
    return Dealt(risk, risk["base_unit_id"], quote, None)


def _risk(one: str, other: str, risks: Sequence[dict[str, Any]], functional: str) -> dict[str, Any] | None:
    """The pair's risk as the entity runs it: quoted in its functional currency, else the first by its code."""
    found = [
        row
        for row in risks
        if row["kind"] == RiskKind.CURRENCY_PAIR
        and {row["base_unit_id"], row["quote_currency_id"]} == {one, other}
    ]
    return next((row for row in found if row["quote_currency_id"] == functional), found[0] if found else None)
