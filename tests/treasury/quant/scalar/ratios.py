"""The ratios of rules section 2 once more: one case at a time, in fractions, without an array. Undefined is None."""

from fractions import Fraction as Q
from itertools import pairwise
from math import floor


def quotient(top, bottom):
    return None if bottom == 0 else Q(top) / Q(bottom)


def hedge_ratio(hedged, exposure, signed=True):
    """Ratio, open amount, flags."""
    toward = -Q(hedged) if signed else Q(hedged)
    ratio = quotient(toward, exposure)
    flags = set()
    if ratio is not None and ratio > 1:
        flags.add("over_hedged")
    if ratio is not None and ratio < 0:
        flags.add("wrong_direction")
    return ratio, Q(exposure) - toward, flags


def whole(count, rounding):
    size = abs(Q(count))
    below = floor(size)
    rest = size - below
    if rounding == "nearest":
        below += rest >= Q(1, 2)
    elif rounding == "up":
        below += rest > 0
    elif rounding == "half_even":
        below += rest > Q(1, 2) or (rest == Q(1, 2) and below % 2 == 1)
    return below if count >= 0 else -below


def futures_contracts(amount, price, multiplier, hedge_ratio=1):
    return quotient(Q(hedge_ratio) * Q(amount), Q(price) * Q(multiplier))


def beta_contracts(value, beta, target, price, multiplier):
    return futures_contracts(value, price, multiplier, Q(target) - Q(beta))


def tailed_count(count, spot, futures):
    share = quotient(spot, futures)
    return None if share is None else Q(count) * share


def hedge_outcome(exposure, unhedged, hedge):
    """Net change, its share of the exposure's size, loss reduction."""
    net = Q(unhedged) + Q(hedge)
    return net, quotient(net, abs(Q(exposure))), quotient(-Q(hedge), unhedged)


def leg_rates(leading, following):
    weighted = quotient(sum(abs(Q(a)) for a in leading), sum(abs(Q(a)) for a in following))
    return weighted, quotient(abs(sum(map(Q, leading))), abs(sum(map(Q, following))))


def layer_rates(ratios, rates, open_rate, quote_fixed):
    hedged = sum(map(Q, ratios))
    pairs = [(Q(share), Q(rate)) for share, rate in zip(ratios, rates, strict=True)]
    still_open = 1 - hedged
    if abs(still_open) < Q(5, 10**13):
        still_open = Q(0)
    known = still_open == 0 or open_rate is not None
    outside = Q(open_rate) if open_rate is not None else Q(1)
    if quote_fixed:
        inverse = sum(share / rate for share, rate in pairs)
        all_in = quotient(1, inverse + still_open / outside) if known else None
        return hedged, quotient(hedged, inverse), all_in
    total = sum(share * rate for share, rate in pairs)
    return hedged, quotient(total, hedged), total + still_open * outside if known else None


def horizon_profile(buckets):
    """Buckets of inflow, outflow, hedge, lower, target, upper (None: not given) and whether coverage declines."""
    found, item_sum, hedge_sum, before, declines = [], Q(0), Q(0), None, None
    for inflow, outflow, hedge, lower, target, upper in buckets:
        net = Q(inflow) + Q(outflow)
        item_sum, hedge_sum = item_sum + net, hedge_sum + Q(hedge)
        coverage = quotient(-Q(hedge), net)
        flags = set()
        if coverage is not None:
            flags |= {"over_hedged"} if coverage > 1 else set()
            flags |= {"wrong_direction"} if coverage < 0 else set()
            flags |= {"under_hedged"} if lower is not None and coverage < Q(lower) else set()
            flags |= {"above_band"} if upper is not None and coverage > Q(upper) else set()
            declines = declines is not False and (before is None or coverage <= before)
            before = coverage
        trades = [None if r is None else -Q(r) * net - Q(hedge) for r in (lower, target, upper)]
        found.append((net, coverage, quotient(-hedge_sum, item_sum), net + Q(hedge), trades, flags))
    return found, declines


def mean(values):
    return sum(map(Q, values)) / len(values)


def covariance(one, other):
    """Sample covariance, n − 1."""
    a, b = mean(one), mean(other)
    return sum((Q(x) - a) * (Q(y) - b) for x, y in zip(one, other, strict=True)) / (len(one) - 1)


def minimum_variance(spot, futures):
    """h* and ρ²."""
    if len(spot) < 2:
        return None, None
    own, cross, item = covariance(futures, futures), covariance(spot, futures), covariance(spot, spot)
    return quotient(cross, own), quotient(cross * cross, own * item)


def portfolio_minimum_variance(spot, instruments):
    """ΣFF⁻¹·ΣFS by elimination, and what is left of the variance; None where ΣFF has no inverse."""
    count = len(instruments)
    if len(spot) <= count:
        return None, None
    rows = [[covariance(a, b) for b in instruments] + [covariance(a, spot)] for a in instruments]
    for i in range(count):
        pivot = next((r for r in range(i, count) if rows[r][i] != 0), None)
        if pivot is None:
            return None, None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(count):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    ratios = [row[-1] for row in rows]
    left = [
        Q(s) - sum(h * Q(f[t]) for h, f in zip(ratios, instruments, strict=True)) for t, s in enumerate(spot)
    ]
    return ratios, quotient(covariance(left, left), covariance(spot, spot))


def tail(losses, level):
    """Quantile by linear interpolation and mean of the losses that are at least that."""
    ranked = sorted(map(Q, losses))
    place = Q(str(level)) * (len(ranked) - 1)
    low = floor(place)
    high = min(low + 1, len(ranked) - 1)
    quantile = ranked[low] + (place - low) * (ranked[high] - ranked[low])
    return quantile, mean([loss for loss in ranked if loss >= quantile])


def savings_to_loss(exposure, rates, forward, cost, ratios, risk_measure, level):
    """(savings, loss, J) of each ratio. Money lost is +, so loss = −(change of the open part)."""
    found = []
    for ratio in ratios:
        e, f, h = Q(exposure), Q(forward), Q(ratio)
        savings = h * (e * (f - mean(rates)) - abs(e) * Q(cost))
        losses = [-(1 - h) * e * (Q(rate) - f) for rate in rates]
        loss = tail(losses, level)[risk_measure == "expected_shortfall"]
        found.append((savings, loss, savings / loss if h != 1 and loss > 0 else None))
    return found


def efficient(points):
    """Points of (cost, risk) that no other point beats."""
    return [
        not any(c <= cost and r <= risk and (c < cost or r < risk) for c, r in points)
        for cost, risk in points
    ]


def cash_flow_losses(exposures, changes):
    return [-sum(Q(e) * Q(c) for e, c in zip(exposures, row, strict=True)) for row in changes]


def turnover(hedges, years):
    average = sum(abs(Q(h)) for h in hedges) / len(hedges)
    if len(hedges) < 2 or average == 0:
        return None
    moved = sum(abs(Q(b) - Q(a)) for a, b in pairwise(hedges))
    return moved / average / Q(years)


def own_move(hedge_before, hedge_after, item_before, item_after, lot=0):
    """Whether a hedge moved otherwise than with its exposure."""
    h0, h1, e0, e1 = Q(hedge_before), Q(hedge_after), Q(item_before), Q(item_after)
    if abs(h1 - h0) <= Q(lot):
        return False
    if e0 == 0:
        return not (h0 == 0 and e1 != 0)
    return abs(h1 - h0 * e1 / e0) > Q(lot)


def is_hedged(exposure, hedge, definition, threshold=1):
    cover = quotient(-Q(hedge), exposure)
    if cover is None:
        return False
    return (
        cover > 0
        if definition == "ANY_COVER"
        else cover >= (1 if definition == "FULL_COVER" else Q(threshold))
    )


def sensitivity_hedge(item, instrument):
    return quotient(item, instrument)
