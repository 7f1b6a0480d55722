"""Business centres of FpML and the calendars that they are, and the centre of each currency.

Reference: FpML coding scheme business-center; calendars as `treasury.quant.dates.conventions` names them.
"""

from collections.abc import Sequence

import numpy as np

from treasury.quant.dates.conventions import WEEKENDS_ONLY
from treasury.quant.dates.holidays import business_days

_CENTRES = """
EUR EUTA TARGET
USD USNY UnitedStates.FederalReserve
GBP GBLO UnitedKingdom.Settlement
CHF CHZU Switzerland
JPY JPTO Japan
CNY CNBE China.IB
INR INMU India.NSE
BRL BRSP Brazil.Settlement
PLN PLWA Poland.Settlement
CZK CZPR CzechRepublic.PSE
SEK SEST Sweden
NOK NOOS Norway
DKK DKCO Denmark
HUF HUBU Hungary
MXN MXMC Mexico.BMV
CAD CATO Canada.Settlement
AUD AUSY Australia.Settlement
NZD NZWE NewZealand.Wellington
SGD SGSI Singapore.SGX
HKD HKHK HongKong.HKEx
ZAR ZAJO SouthAfrica
TRY TRIS Turkey
KRW KRSE SouthKorea.Settlement
THB THBA Thailand
ILS ILTA Israel.Settlement
"""
_LINES = [line.split() for line in _CENTRES.strip().splitlines()]
_CENTRE_OF = {currency: centre for currency, centre, _ in _LINES}
_CALENDAR_OF = {centre: calendar for _, centre, calendar in _LINES} | {"DEFR": "Germany.Settlement"}


def centres_of(currencies: Sequence[str]) -> list[str]:
    """The centres whose business days the book pays these currencies on; none for a currency with plain weeks."""
    return [_CENTRE_OF[code] for code in currencies if code in _CENTRE_OF]


def is_known(centre: str) -> bool:
    return centre in _CALENDAR_OF


def open_days(centres: Sequence[str]) -> np.busdaycalendar:
    return business_days(*sorted({_CALENDAR_OF[centre] for centre in centres} or {WEEKENDS_ONLY}))
