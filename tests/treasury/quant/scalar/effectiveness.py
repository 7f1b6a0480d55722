"""Section 4 of the rules once more: one hedge at a time, in fractions, without an array. Undefined is None.

Statuses are the words that the API shows, reasons sets of words.
"""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction as Q
from itertools import accumulate, pairwise


def quotient(top, bottom):
    return None if bottom == 0 else Q(top) / Q(bottom)


def root(value):
    """√ of a fraction of any size as a float; None stays None."""
    if value is None:
        return None
    shift = 2 * (-(value.denominator.bit_length() - value.numerator.bit_length()) // 2 - 30) if value else 0
    scaled = value / Q(2) ** shift
    return math.ldexp(math.sqrt(scaled), shift // 2)


def judge_offset(hedge, item, lower, upper, threshold):
    """Status and reasons of one pair of changes; the hedge's is already turned so that a good one is +1."""
    reasons = set()
    if item == 0:
        reasons.add("zero_item_change")
    if abs(hedge) < threshold and abs(item) < threshold:
        reasons.add("immaterial_changes")
    if reasons:
        return "INCONCLUSIVE", reasons
    ratio = Q(hedge) / Q(item)
    if ratio < 0:
        return "NOT_EFFECTIVE", {"wrong_direction"}
    if ratio < Q(lower):
        return "NOT_EFFECTIVE", {"below_lower"}
    if ratio > Q(upper):
        return "NOT_EFFECTIVE", {"above_upper"}
    return "EFFECTIVE", set()


def dollar_offset(hedge, item, hypothetical=False, lower="0.80", upper="1.25", threshold=0):
    """Cumulative and period ratios, status, reasons; None in either series: not observed, adds nothing."""
    pairs = [
        None if h is None or i is None else (Q(h) if hypothetical else -Q(h), Q(i))
        for h, i in zip(hedge, item, strict=True)
    ]
    sums = list(
        accumulate(((0, 0) if p is None else p for p in pairs), lambda a, b: (a[0] + b[0], a[1] + b[1]))
    )
    cumulative = [None if p is None else quotient(*total) for p, total in zip(pairs, sums, strict=True)]
    period = [None if p is None else quotient(*p) for p in pairs]
    if all(p is None for p in pairs):
        return cumulative, period, "INCONCLUSIVE", {"too_few_points"}
    return cumulative, period, *judge_offset(*sums[-1], Decimal(lower), Decimal(upper), Q(threshold))


def scenario_offsets(hedge, item, hypothetical=False, lower="0.80", upper="1.25", threshold=0):
    """Ratio of each scenario, index of the worst that decides, status, reasons."""
    each = [
        dollar_offset([h], [i], hypothetical, lower, upper, threshold)
        for h, i in zip(hedge, item, strict=True)
    ]
    ratios, states = [one[0][0] for one in each], [one[2] for one in each]
    reasons = set().union(*(one[3] for one in each))
    deciding = [k for k, state in enumerate(states) if state != "INCONCLUSIVE"]
    room = {k: min(ratios[k] - Q(Decimal(lower)), Q(Decimal(upper)) - ratios[k]) for k in deciding}
    worst = min(deciding, key=lambda k: (room[k], k)) if deciding else None
    still = [h == 0 and i == 0 for h, i in zip(hedge, item, strict=True)]
    quiet = [
        none or (one[2] == "INCONCLUSIVE" and "immaterial_changes" in one[3])
        for none, one in zip(still, each, strict=True)
    ]
    if "NOT_EFFECTIVE" in states:
        return ratios, worst, "NOT_EFFECTIVE", reasons
    open_ = any(state == "INCONCLUSIVE" and not silent for state, silent in zip(states, quiet, strict=True))
    status = "INCONCLUSIVE" if open_ or "EFFECTIVE" not in states else "EFFECTIVE"
    return ratios, worst, status, reasons


def regression(y, x, hypothetical=False, intercept=True):
    """Every statistic of the line in fractions, roots taken last; pairs with None are left out."""
    pairs = [
        (k, Q(b), Q(a)) for k, (b, a) in enumerate(zip(y, x, strict=True)) if a is not None and b is not None
    ]
    n = len(pairs)
    xs, ys = [a for _, _, a in pairs], [b for _, b, _ in pairs]
    mx, my = (sum(xs) / n, sum(ys) / n) if n and intercept else (Q(0), Q(0))
    dx, dy = [a - mx for a in xs], [b - my for b in ys]
    sxx, syy = sum(a * a for a in dx), sum(b * b for b in dy)
    sxy = sum(a * b for a, b in zip(dx, dy, strict=True))
    slope = quotient(sxy, sxx)
    df = n - (2 if intercept else 1)
    found = dict.fromkeys(
        (
            "slope", "offset_slope", "intercept", "r_squared", "slope_standard_error", "residual_standard_deviation",
            "intercept_standard_error", "t_statistic", "f_statistic", "p_value", "durbin_watson",
            "t_statistic_unit_slope", "largest_leverage",
        )
    )  # fmt: skip
    if slope is None:
        return found | {"observation_count": n}
    offset = slope if hypothetical else -slope
    e = [b - slope * a for a, b in zip(dx, dy, strict=True)]
    sse = sum(v * v for v in e)
    found |= {"slope": slope, "offset_slope": offset, "intercept": my - slope * mx, "observation_count": n}
    found["r_squared"] = None if syy == 0 else 1 - sse / syy
    leverages = [a * a / sxx + (Q(1, n) if intercept else 0) for a in dx]
    found["largest_leverage"] = max(leverages)
    found["durbin_watson"] = None if sse == 0 else sum((b - a) ** 2 for a, b in pairwise(e)) / sse
    if df > 0:
        variance = sse / df
        found["residual_standard_deviation"] = root(variance)
        found["slope_standard_error"] = root(variance / sxx)
        if intercept:
            found["intercept_standard_error"] = root(variance * (Q(1, n) + mx * mx / sxx))
        if sse:
            f = slope * slope * sxx / variance
            t = math.copysign(root(f), slope)
            found |= {"f_statistic": f, "t_statistic": t, "p_value": two_sided(t, df)}
            found["t_statistic_unit_slope"] = math.copysign(
                root((offset - 1) ** 2 * sxx / variance), offset - 1
            )
    return found


def two_sided(t, df):
    """P(|T| > |t|) of Student's t: the regularised incomplete beta function I_x(df/2, 1/2), x = df/(df + t²)."""
    square = t * t
    return incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square))


def incomplete_beta(a, b, x, y):
    """I_x(a, b) by Lentz's continued fraction; y = 1 − x is given, so that no digit is lost."""
    if x <= 0:
        return 0.0
    if y <= 0:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y))
    if x > (a + 1) / (a + b + 2):
        return 1.0 - front * _fraction(b, a, y) / b
    return front * _fraction(a, b, x) / a


def _fraction(a, b, x):
    tiny = 1e-300
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    value = d
    for m in range(1, 400):
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):  # fmt: skip
            d, c = 1 / ((1 + step * d) or tiny), (1 + step / c) or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def regression_status(statistics, slope_limits, r_squared_minimum, observation_minimum, significance):
    """Too few first, then the sign, then the bands; what is not known decides nothing."""
    slope, r_squared, p = (statistics[name] for name in ("offset_slope", "r_squared", "p_value"))
    if statistics["observation_count"] < observation_minimum:
        return "INCONCLUSIVE", {"too_few_points"}
    if slope is None:
        return "INCONCLUSIVE", set()
    if slope < 0:
        return "NOT_EFFECTIVE", {"wrong_direction"}
    misses = set()
    if slope < slope_limits[0]:
        misses.add("below_lower")
    if slope > slope_limits[1]:
        misses.add("above_upper")
    if r_squared is not None and r_squared < r_squared_minimum:
        misses.add("r_squared_low")
    if p is not None and p > significance:
        misses.add("not_significant")
    if misses:
        return "NOT_EFFECTIVE", misses
    return ("INCONCLUSIVE" if r_squared is None else "EFFECTIVE"), set()


def variance(values):
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def variance_reduction(hedge, item, hypothetical=False, minimum="0.80"):
    """1 − Var(item + hedge)/Var(item), 1 − the root of the quotient, status, reasons."""
    pairs = [(Q(h), Q(i)) for h, i in zip(hedge, item, strict=True) if h is not None and i is not None]
    if len(pairs) < 2:
        return None, None, "INCONCLUSIVE", {"too_few_points"}
    own = variance([i for _, i in pairs])
    if own == 0:
        return None, None, "INCONCLUSIVE", {"constant_item"}
    left = variance([h - i if hypothetical else h + i for h, i in pairs]) / own
    passes = 1 - left >= Q(Decimal(minimum))
    status = ("EFFECTIVE", set()) if passes else ("NOT_EFFECTIVE", {"variance_reduction_low"})
    return 1 - left, 1 - root(left), *status


def credit_dominance(credit, economic, threshold=0, watch="0.25", fail="0.5", trigger=False):
    """κ, status, reasons."""
    if credit is None or economic is None:
        reasons = {"missing_data"} | ({"zero_economic_change"} if economic == 0 else set())
        return None, *(("FAIL", reasons | {"credit_dominates"}) if trigger else ("INCONCLUSIVE", reasons))
    size, base = abs(Q(credit)), abs(Q(economic))
    kappa, reasons = quotient(size, base), set()
    if base == 0:
        reasons.add("zero_economic_change")
    if size < Q(threshold) and base < Q(threshold):
        reasons.add("immaterial_changes")
    if trigger:
        return kappa, "FAIL", reasons | {"credit_dominates"}
    if reasons:
        return kappa, "INCONCLUSIVE", reasons
    if kappa > Q(Decimal(fail)):
        return kappa, "FAIL", {"credit_dominates"}
    if kappa > Q(Decimal(watch)):
        return kappa, "WATCH", {"credit_watch"}
    return kappa, "PASS", set()


def economic_relationship(rationale, measure, terms):
    if measure is not None and measure <= 0:
        return "NOT_EFFECTIVE"
    return "EFFECTIVE" if rationale and (terms or measure is not None) else "INCONCLUSIVE"


def hedge_ratio_criterion(designated, actual, tolerance):
    if designated is None or actual is None or designated == 0:
        return "INCONCLUSIVE"
    apart = abs(Q(designated) - Q(actual)) / abs(Q(designated))
    return "NOT_EFFECTIVE" if apart > Q(tolerance) else "EFFECTIVE"


def relationship(framework, criteria, method):
    """IFRS 9 by its three criteria, IAS 39 and ASC 815 by the documented method."""
    deciding = criteria if framework == "IFRS9" else [method]
    if "NOT_EFFECTIVE" in deciding:
        return "NOT_EFFECTIVE"
    return "EFFECTIVE" if set(deciding) == {"EFFECTIVE"} else "INCONCLUSIVE"


def terms_match(item, instrument, tolerances):
    """Each term: True, False, None; and the status."""
    matched = {}
    for name in [*item, *(name for name in instrument if name not in item)]:
        matched[name] = _term_matches(item.get(name), instrument.get(name), tolerances.get(name))
    if any(outcome is False for outcome in matched.values()):
        return matched, "NOT_MATCHED"
    return matched, "MATCHED" if matched and all(matched.values()) else "INCONCLUSIVE"


def _term_matches(one, other, tolerance):
    if one is None or other is None:
        return None
    if type(one) is not type(other):
        return False
    if isinstance(one, Decimal):
        return abs(one - other) <= (tolerance or 0)
    if isinstance(one, str) and tolerance is not None:
        try:
            return (
                abs(date.fromisoformat(one).toordinal() - date.fromisoformat(other).toordinal()) <= tolerance
            )
        except ValueError:
            pass
    return one == other
