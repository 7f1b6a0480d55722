"""Addresses that open a ticket filled in: for a proposal, a roll, an item or a copy.

The parameters are the fields of `hedges.domain.ticket.kinds` as a person would type them, all of them optional: kind,
entity, side (BUY, SELL), currency, amount, against, value_date, counterparty, rate, counter_amount, near_date,
near_rate, near_counter_amount, fixing_date, settlement_currency, contract, contract_count, option_kind (CALL, PUT),
expiry_date, premium_amount, premium_currency, sold_rate, sold_premium_amount, index, start_date, fixed_rate,
spread_rate, counter_fixed_rate (per cent), payment_months, day_count, floating_payment_months, floating_day_count,
resets_notional (on), exposure, trade_date, reason. `copy` is the id of an instrument whose terms are taken where
nothing else is said; `proposal_line` the id of the line of a proposal that becomes this trade. What a ticket does not
know is left out.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from hedges.domain.ticket import kinds

NAMES = frozenset(
    {
        "kind",
        "copy",
        "proposal_line",
        *kinds.COMMON,
        *(name for fields in kinds.FIELDS.values() for name in fields),
    }
)


def ticket(**fields: object) -> str:
    """`ticket(kind="FORWARD", entity="FR01", side="SELL", currency="USD", amount="5m", against="EURUSD")`."""
    strange = fields.keys() - NAMES
    if strange:
        raise ValueError(f"a ticket has no {', '.join(sorted(strange))}")
    told = {name: value for name, value in fields.items() if value not in (None, "")}
    return f"{reverse('ticket')}?{urlencode(told)}"


def told(parameters: dict[str, str]) -> dict[str, str]:
    """The fields of a ticket among the parameters of an address."""
    return {name: value[:400] for name, value in parameters.items() if name in NAMES and value}
