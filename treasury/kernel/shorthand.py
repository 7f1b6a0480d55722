"""What a dealer types for an amount, a tenor or a pair: `5m`, `3M`, `EURUSD`.

Amounts are exact: digits with a decimal point, then k (thousand), m, mio, mm (million) or bn (thousand million), a sign
before them; groups of three where they cannot be read as decimals (`1,000,000`, `1 000`). Refused, with what was
expected: `1,000` (two readings), `1_000`, `5e6`, NaN, full-width digits. A tenor is a number of days, weeks, months
or years, or ON, TN, SN, SPOT. A pair is two different currencies, the base first: `EURUSD` is USD per 1 EUR.
Units: as written. Worked examples: `250k` is 250000, `-1.5m` is -1500000, `3m` as a tenor is 3M.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from treasury.kernel.errors import InputError, shown

#: What a letter multiplies by.
SCALES = {"": 0, "k": 3, "m": 6, "mm": 6, "mio": 6, "bn": 9}
#: No column of the book holds more digits.
MAX_DIGITS = 30
AMOUNT_EXPECTED = "an amount such as 5m, 250k, 1.5bn or 1000000.00"
TENOR_EXPECTED = "a tenor such as 1W, 3M, 2Y, ON or SPOT"
PAIR_EXPECTED = "a pair of two currencies such as EURUSD"

_AMOUNT = re.compile(
    r"([-+\u2212]?) ?([0-9][0-9, \u00a0\u202f]*(?:\.[0-9]*)?|\.[0-9]+) ?([a-z]{0,3})", re.ASCII
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([, \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*")
_TENOR = re.compile(r"[1-9][0-9]{0,3}[DWMY]", re.ASCII)
_NAMED_TENORS = ("ON", "TN", "SN", "SPOT")
_PAIR = re.compile(r"([A-Z]{3}) ?/? ?([A-Z]{3})", re.ASCII)


class Pair(NamedTuple):
    """A currency pair: quote units for 1 base unit."""

    base: str
    quote: str

    def __str__(self) -> str:
        return self.base + self.quote


def amount(text: str, field: str = "amount") -> Decimal:
    """The exact decimal of `5m`, `250k` or `1,000,000.00`."""
    found = _AMOUNT.fullmatch(text.strip().lower())
    if found is None or found[3] not in SCALES:
        raise InputError(field, AMOUNT_EXPECTED, got=shown(text))
    whole, point, part = found[2].partition(".")
    whole = whole.strip()
    if not whole.isdecimal() and whole:
        grouped = _GROUPED.fullmatch(whole)
        if grouped is None:
            raise InputError(field, AMOUNT_EXPECTED, got=shown(text))
        if grouped[1] == "," and whole.count(",") == 1 and not point:
            plain = whole.replace(",", "")
            raise InputError(
                field, f"{plain}, or {whole.replace(',', '.')}: a comma reads both ways", got=shown(text)
            )
        whole = whole.replace(grouped[1], "")
    if len(whole) + len(part) > MAX_DIGITS:
        raise InputError(field, f"an amount of at most {MAX_DIGITS} digits", got=shown(text))
    number = Decimal(f"{whole or '0'}.{part or '0'}").scaleb(SCALES[found[3]])
    return -number if found[1] in ("-", "\u2212") and number else number


def written(number: Decimal) -> str:
    """An amount without a sign of its own scale: `5000000.00` is `5,000,000`, never in powers of ten."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def tenor(text: str, field: str = "tenor") -> str:
    """A tenor as quotes name it: `3m` is 3M."""
    wanted = text.strip().upper().replace("/", "")
    if wanted in _NAMED_TENORS or _TENOR.fullmatch(wanted):
        return wanted
    raise InputError(field, TENOR_EXPECTED, got=shown(text))


def pair(text: str, field: str = "pair") -> Pair:
    """The two currencies of `EURUSD`, `eur/usd` or `EUR USD`, base first."""
    found = _PAIR.fullmatch(text.strip().upper())
    if found is None or not text.isascii() or found[1] == found[2]:
        raise InputError(field, PAIR_EXPECTED, got=shown(text))
    return Pair(found[1], found[2])
