"""Swaps: FX swaps leg by leg, interest-rate swaps payment by payment, cross-currency swaps flow by flow."""

from __future__ import annotations

from hedges.domain.explanation.kinds import cross_currency, fx_swap, interest_rate

FX_SWAP = fx_swap.NUMBERS
INTEREST_RATE = interest_rate.NUMBERS
CROSS_CURRENCY = cross_currency.NUMBERS
