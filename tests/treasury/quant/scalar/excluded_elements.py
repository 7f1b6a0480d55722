"""Excluded elements of a forward and of its hypothetical, one date at a time, in fractions.

Each answers with the amount and with the size of what was added up.
"""

from fractions import Fraction


def forward_points(notional, strike, spot_at_start, element, conversion_at_start, conversion):
    """What the points still cost, from N(K − S_0) down to 0."""
    n, k, s, e, c0, c = map(
        Fraction, (notional, strike, spot_at_start, element, conversion_at_start, conversion)
    )
    return n * k * c0 - n * s * c0 + e * c, abs(n) * (k + s) * c0 + abs(e) * c


def currency_basis(notional, strike, parity_at_start, element, factor):
    n, k, f, e, d = map(Fraction, (notional, strike, parity_at_start, element, factor))
    return e + n * (k - f) - n * (k - f) * d, abs(e) + abs(n) * (k + f) * (1 + d)


def hypothetical_forward(notional, strike, spot_at_start, spot, forward, factor, discounted):
    n, k, s0, s, f, d = map(Fraction, (notional, strike, spot_at_start, spot, forward, factor))
    present_value, spot_element = n * (f - k) * d, n * (s - s0) * (d if discounted else 1)
    return present_value - spot_element, abs(n) * ((f + k) * d + (s + s0) * max(d, 1))


def hypothetical_basis(notional, spread_at_start, spread, factor):
    n, b0, b, d = map(Fraction, (notional, spread_at_start, spread, factor))
    return n * b0 + n * (b - b0) * d, abs(n) * (abs(b) * d + abs(b0) * (1 + d))


def counted(changes, shares):
    """Each period's change with the share of the net assets that there is."""
    total, before, found = Fraction(0), 0, []
    for change, share in zip(changes, shares, strict=True):
        total += (change - before) * Fraction(share)
        before = change
        found.append(total)
    return found
