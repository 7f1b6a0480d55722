"""Section 5 of the rules, written out plainly for one relationship: fractions, loops, no arrays.

An independent second writing of what ``treasury.quant.measurement`` does in columns; the tests hold one to the
other.
"""

from fractions import Fraction


def signum(value):
    return (value > 0) - (value < 0)


def lower_of(hedge, item):
    """L = sign(ΔHI)·min(|ΔHI|, |ΔHypo|), 0 if the two have different signs."""
    return signum(hedge) * min(abs(hedge), abs(item)) if signum(hedge) == signum(item) else 0


def reserve(hedge, item, framework="IFRS9", effective=None):
    """Rows of (L, OCI, ineffectiveness); amounts cumulative since designation."""
    effective = effective or [True] * len(hedge)
    rows = []
    total = good_hedge = good_item = Fraction(0)
    hedge_before = item_before = Fraction(0)
    for cumulative_hedge, cumulative_item, passed in zip(hedge, item, effective, strict=True):
        hedge_change = Fraction(cumulative_hedge) - hedge_before
        item_change = Fraction(cumulative_item) - item_before
        hedge_before, item_before = Fraction(cumulative_hedge), Fraction(cumulative_item)
        if framework == "IFRS9":
            oci = lower_of(hedge_before, item_before) - total
        elif not passed:
            oci = Fraction(0)
        elif framework == "ASC815":
            oci = hedge_change
        else:
            good_hedge += hedge_change
            good_item += item_change
            oci = lower_of(good_hedge, good_item) - total
        total += oci
        rows.append((total, oci, hedge_change - oci))
    return rows


def cost(actual, aligned, kind, periods, framework="IFRS9", method="amortise", elapsed=None):
    """Rows of (reserve, OCI, P&L) of values from inception on."""
    actual = [Fraction(value) for value in actual]
    aligned = [Fraction(value) for value in aligned]
    rows, before = [], Fraction(0)
    for number in range(1, len(actual)):
        passed = elapsed[number - 1] if elapsed else number
        share = Fraction(min(passed, periods), periods) if periods else None
        own, ideal = actual[number] - actual[0], aligned[number] - aligned[0]
        if framework == "IFRS9":
            if abs(actual[0]) == abs(aligned[0]):
                held, opening = own, actual[0]
            elif abs(actual[0]) > abs(aligned[0]):
                held, opening = ideal, aligned[0]
            else:
                held, opening = Fraction(lower_of(own, ideal)), actual[0]
            if kind == "time_period_related":
                held += opening * share
        elif framework == "ASC815" and method == "amortise":
            held = own + actual[0] * share
        else:
            held = Fraction(0)
        change = actual[number] - actual[number - 1]
        rows.append((held, held - before, change - (held - before)))
        before = held
    return rows


def fair_value(hedge, item, framework="IFRS9", effective=None):
    """Rows of (adjustment so far, ineffectiveness); a period that failed leaves the item alone."""
    effective = effective or [True] * len(hedge)
    rows, adjusted = [], Fraction(0)
    for own, change, passed in zip(hedge, item, effective, strict=True):
        counts = Fraction(change) if passed or framework == "IFRS9" else Fraction(0)
        adjusted += counts
        rows.append((adjusted, Fraction(own) + counts))
    return rows


def present_value(flows, years, rate):
    return sum(flow / (1 + rate) ** year for flow, year in zip(flows, years, strict=True))


def rate_by_halving(amount, flows, years):
    """The rate of one investment and its returns, where returns are all of one sign: plain halving."""
    low, high = -1 + 1e-12, 1.0
    while abs(present_value(flows, years, high)) > abs(amount):
        high *= 2
    for _ in range(300):
        middle = (low + high) / 2
        if abs(present_value(flows, years, middle)) > abs(amount):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def amortisation(amount, bare, flows, years):
    """Effective rate and the adjustment's amortisation over each flow, rolled forward from today."""
    rates = [rate_by_halving(start, flows, years) for start in (amount, bare)]
    carried, before, result = [amount, bare], 0.0, []
    for flow, year in zip(flows, years, strict=True):
        after = [
            value * (1 + rate) ** (year - before) - flow for value, rate in zip(carried, rates, strict=True)
        ]
        result.append((after[0] - carried[0]) - (after[1] - carried[1]))
        carried, before = after, year
    return rates[0], result


def released(amount, happened, designated, gone):
    """Cumulative release of a frozen reserve."""
    return [
        Fraction(amount)
        if any(gone[: number + 1])
        else Fraction(amount) * Fraction(done) / Fraction(designated)
        for number, done in enumerate(happened)
    ]


def half_even(value):
    """The nearest whole number, the even one of two."""
    return round(Fraction(value))
