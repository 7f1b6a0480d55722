"""How the market quotes what the book keeps as numbers per unit: percent, basis points and pips against fractions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from treasury.enums import QuoteKind
from treasury.kernel.money import exponent
from treasury.web import formats

_PERCENT = Decimal("0.01")
_BASIS_POINT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class QuoteUnit:
    """`one` is what one of it is in the book: 0.01 for a percent."""

    words: str
    one: Decimal = Decimal(1)

    def typed(self, stored: Decimal) -> str:
        """A number of the book as somebody would type it."""
        return format((stored / self.one).normalize(), "f")

    def said(self, stored: Decimal | None) -> str:
        return "" if stored is None else f"{formats.rate(stored / self.one)} {self.words}"


def unit_of(kind: str, symbol: str) -> QuoteUnit:
    """`EURUSD` is quoted in USD per 1 EUR, its forward points in pips; a spread in basis points a year."""
    pair = len(symbol) == 6 and symbol.isalpha()
    if kind == QuoteKind.FX_SPOT:
        return QuoteUnit(f"{symbol[3:]} per 1 {symbol[:3]}" if pair else "quote currency per 1 of base")
    if kind == QuoteKind.FORWARD_POINTS:
        pip = Decimal("0.01") if pair and exponent(symbol[3:]) == 0 else _BASIS_POINT
        return QuoteUnit(f"pips of {pip}", pip)
    if kind == QuoteKind.CREDIT_SPREAD:
        return QuoteUnit("basis points a year", _BASIS_POINT)
    if kind in (QuoteKind.PRICE, QuoteKind.FUTURES_PRICE):
        return QuoteUnit("quote currency per unit")
    if kind == QuoteKind.ZERO_RATE:
        return QuoteUnit("% a year, continuous", _PERCENT)
    return QuoteUnit("% a year", _PERCENT)
