"""The risks of the group, and how much of each its policy wants hedged at which distance."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from treasury.demo.company.book import exposures, instruments
from treasury.demo.company.calendar import go_live_date, plan_dates
from treasury.demo.company.parties import CURRENCY_OF
from treasury.demo.company.streams import streams
from treasury.demo.market.equity import SYMBOL
from treasury.demo.market.fixings import INDICES

CURRENCY_NAMES = {
    "AUD": "Australian dollar", "BGN": "Bulgarian lev", "BRL": "Brazilian real", "CAD": "Canadian dollar",
    "CHF": "Swiss franc", "CNY": "renminbi", "CZK": "Czech koruna", "DKK": "Danish krone", "EUR": "euro",
    "GBP": "pound sterling", "HKD": "Hong Kong dollar", "HUF": "forint", "INR": "Indian rupee", "JPY": "yen",
    "KRW": "won", "MXN": "Mexican peso", "NOK": "Norwegian krone", "PLN": "zloty", "RON": "Romanian leu",
    "SEK": "Swedish krona", "SGD": "Singapore dollar", "TRY": "Turkish lira", "USD": "US dollar", "ZAR": "rand",
}  # fmt: skip


@dataclass(frozen=True)
class RiskSpec:
    code: str
    name: str
    kind: str
    base_unit: str
    quote_currency: str
    market_symbol: str


def _currency_pair(code: str) -> RiskSpec:
    base, quote = code[:3], code[3:]
    # The ECB quotes everything against the euro: the pair that moves the risk is the base currency's own.
    symbol = f"EUR{quote if base == 'EUR' else base}"
    name = f"{CURRENCY_NAMES[base]} against {CURRENCY_NAMES[quote]}"
    return RiskSpec(code, name[0].upper() + name[1:], "CURRENCY_PAIR", base, quote, symbol)


@cache
def risks() -> tuple[RiskSpec, ...]:
    used = {spec.last["risk"] for spec in exposures().values()}
    used |= {spec.terms["risk"] for spec in instruments().values()}
    others = (
        RiskSpec("BRENT", "Brent crude oil", "COMMODITY", "BBL", "USD", "BRENT"),
        RiskSpec("WTI", "West Texas crude oil", "COMMODITY", "BBL", "USD", "WTI"),
        RiskSpec(SYMBOL, "Index of large American shares (synthetic)", "EQUITY_INDEX", "IDX", "USD", SYMBOL),
        *(
            RiskSpec(index, f"{index[:-2]} {index[-2:-1]} months", "RATE_INDEX", currency, currency, index)
            for index, (currency, _, _) in INDICES.items()
            if index in used
        ),
    )
    known = {risk.code for risk in others}
    return tuple(_currency_pair(code) for code in sorted(used - known)) + others


Band = tuple[int, int, Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class PolicyVersionSpec:
    entity: str
    risk: str
    valid_from: date
    reason: str
    bands: tuple[Band, ...]


def _bands(*rows: tuple[int, int, str, str, str]) -> tuple[Band, ...]:
    return tuple(
        (first, last, Decimal(low), Decimal(target), Decimal(high)) for first, last, low, target, high in rows
    )


BANDS = {
    "layered": _bands(
        (0, 6, "0.65", "0.80", "0.95"), (6, 12, "0.25", "0.40", "0.60"), (12, 18, "0.05", "0.20", "0.45"),
        (18, 24, "0", "0.05", "0.30"), (24, 37, "0", "0", "0.20"),
    ),
    "half": _bands((0, 9, "0.50", "0.65", "0.85"), (9, 12, "0", "0.30", "0.70"), (12, 37, "0", "0", "0.30")),
    "ndf": _bands((0, 6, "0.40", "0.60", "0.80"), (6, 12, "0", "0.20", "0.60"), (12, 37, "0", "0", "0.30")),
    "option": _bands((0, 6, "0.30", "0.50", "0.75"), (6, 12, "0", "0.20", "0.55"), (12, 37, "0", "0", "0.30")),
    "collar": _bands((0, 6, "0.40", "0.60", "0.80"), (6, 12, "0", "0.20", "0.65"), (12, 37, "0", "0", "0.30")),
    "rate": _bands((0, 61, "0.50", "0.70", "1.00")),
}  # fmt: skip
for _programme, _like in {"single": "half", "thin": "option", "none": "ndf", "proxy": "ndf"}.items():
    BANDS[_programme] = BANDS[_like]
# Until the board raised it in 2026, the layered programme aimed lower for the near months.
FIRST_LAYERED = _bands(
    (0, 6, "0.50", "0.70", "0.90"), (6, 12, "0.20", "0.35", "0.60"), (12, 18, "0", "0.15", "0.45"),
    (18, 37, "0", "0", "0.30"),
)  # fmt: skip


@cache
def policy_versions() -> tuple[PolicyVersionSpec, ...]:
    start, raised = go_live_date(), plan_dates()[-4]

    found: list[PolicyVersionSpec] = []
    for stream in streams():
        risk = f"{stream.currency}{CURRENCY_OF[stream.entity]}"
        layered = stream.programme == "layered"
        bands = FIRST_LAYERED if layered else BANDS[stream.programme]
        found.append(PolicyVersionSpec(stream.entity, risk, start, "hedging policy", bands))
        if layered:
            reason = "near months raised by the board after the rates of last year"
            found.append(PolicyVersionSpec(stream.entity, risk, raised, reason, BANDS["layered"]))
    for entity, index in (("ALD-SE", "EURIBOR3M"), ("ALD-UK", "SONIA3M"), ("ALD-US", "SOFR3M")):
        found.append(PolicyVersionSpec(entity, index, start, "policy for debt", BANDS["rate"]))
    return tuple(found)
