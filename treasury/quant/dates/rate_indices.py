"""Rate indices by name: `EURIBOR6M` is the euro's six-month index; the letters say whose, the tenor how long."""

from __future__ import annotations

import re
from typing import NamedTuple

from treasury.quant.dates.conventions import conventions

_LINES = """
EUR EURIBOR ESTR EONIA
USD SOFR TERMSOFR USDLIBOR
GBP SONIA GBPLIBOR
CHF SARON CHFLIBOR
JPY TONA TIBOR TONAR
CNY SHIBOR FR
INR MIBOR MIFOR
BRL CDI
PLN WIBOR POLONIA WIRON POLSTR
CZK PRIBOR CZEONIA
SEK STIBOR SWESTR
NOK NIBOR NOWA
DKK CIBOR DESTR
HUF BUBOR
MXN TIIE
CAD CORRA CDOR
AUD BBSW AONIA
NZD BKBM
SGD SORA SIBOR
HKD HIBOR HONIA
ZAR JIBAR ZARONIA
TRY TRLIBOR TLREF
KRW KORIBOR KOFR CD
THB BIBOR THOR THBFIX
ILS TELBOR SHIR
RON ROBOR
BGN SOFIBOR
ISK REIBOR
TWD TAIBOR
IDR JIBOR
PHP PHIREF
SAR SAIBOR
CLP CAMARA
"""

_CURRENCIES = {name: line.split()[0] for line in _LINES.strip().splitlines() for name in line.split()[1:]}
_INDEX = re.compile(r"([A-Z]+?)[-_ ]?(?:([1-9][0-9]?)([MY]))?", re.ASCII)


class RateIndex(NamedTuple):
    """Whose money market an index belongs to, and its period in months."""

    currency: str
    months: int


def rate_index(symbol: str) -> RateIndex | None:
    """The index of a symbol; without a tenor it resets as its currency's swaps do. None where it is not known."""
    found = _INDEX.fullmatch(symbol)
    if found is None or found[1] not in _CURRENCIES:
        return None
    currency = _CURRENCIES[found[1]]
    if found[2] is None:
        return RateIndex(currency, conventions(currency).floating_months)
    return RateIndex(currency, int(found[2]) * (12 if found[3] == "Y" else 1))


def is_currency(symbol: str) -> bool:
    """Whether a rate quote's symbol is a currency (its discount curve) and not a rate index."""
    return len(symbol) == 3 and symbol.isascii() and symbol.isupper() and symbol.isalpha()
