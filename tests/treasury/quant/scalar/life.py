"""The life of one relationship, written out plainly: fractions, loops, no arrays; each amount rounded when it is set.

An independent second writing of ``treasury.quant.measurement.life``, ``item_release`` and ``cost_reserve``.
"""

from fractions import Fraction

from tests.treasury.quant.scalar.measurement import half_even, lower_of, reserve


def released(kept, happening, lost, designated):
    """Pairs (with items, with lost flows), cumulative."""
    rows, done, gone, left, all_gone = [], 0, 0, 0, False
    for amount, happens, is_lost, ever in zip(kept, happening, lost, designated, strict=True):
        there, leaving = ever - left, happens + is_lost
        rest = amount - done - gone
        if all_gone or (ever and there == leaving):
            part = rest
        else:
            part = half_even(Fraction(rest * leaving, there)) if there else 0
        not_expected = half_even(Fraction(part * is_lost, leaving)) if leaving and not all_gone else 0
        done, gone, left = done + part - not_expected, gone + not_expected, left + leaving
        all_gone = 0 < ever == left
        rows.append((done, gone))
    return rows


def recognised(one):
    """What equity has taken at each knot."""
    if one["kind"] == "FAIR_VALUE":
        return [0] * len(one["hedge"])
    effective = one["qualifying"]
    if one["kind"] == "NET_INVESTMENT" and one["framework"] == "ASC815":
        effective = [True] * len(effective)
    return [int(row[0]) for row in reserve(one["hedge"], one["item"], one["framework"], effective)]


def life(one):
    """Rows of (recognised, ineffectiveness, reclassified, basis-adjusted, adjustment, adjustment released)."""
    taken = recognised(one)
    fair = one["kind"] == "FAIR_VALUE"
    kept = [-item for item in one["item"]] if fair else taken
    out = released(kept, one["happening"], one["lost"], one["designated"])
    into_cost = (
        one["pattern"] == "BASIS_ADJUSTMENT"
        and one["kind"] == "CASH_FLOW"
        and (one["framework"] == "IFRS9" or (one["framework"] == "IAS39" and not one["keeps"]))
    )
    rows = []
    for knot, day in enumerate(one["dates"]):
        left = sum(one["happening"][: knot + 1]) + sum(one["lost"][: knot + 1])
        everything = one["designated"][knot] > 0 and left >= one["designated"][knot]
        with_items, lost = out[knot]
        if one["pattern"] == "OVER_TERM":
            term = max(one["items_end"] - one["ended_on"], 1)
            passed = min(max(day - one["ended_on"], 0), term)
            with_items = (kept[knot] if everything else half_even(Fraction(kept[knot] * passed, term))) - lost
        elif one["pattern"] == "AS_REMEASURED" and one["kind"] == "CASH_FLOW":
            with_items = (kept[knot] if everything else one["remeasured"][knot]) - lost
        elif one["lag"] and not into_cost and one["pattern"] in ("WITH_ITEM", "BASIS_ADJUSTMENT"):
            with_items = _lagged(one, out, knot, everything)
        adjustment = kept[knot] if fair else 0
        rows.append(
            (
                taken[knot],
                one["hedge"][knot] - taken[knot] + adjustment,
                0 if fair else (lost if into_cost else with_items + lost),
                with_items if into_cost else 0,
                adjustment,
                with_items + lost if fair else 0,
            )
        )
    return rows


def _lagged(one, out, knot, everything):
    events = [place for place in range(knot + 1) if one["happening"][place]]
    due = [place for place in events if one["dates"][place] + one["lag"] <= one["dates"][knot]]
    if everything and due == events:
        return out[knot][0]
    total = 0
    for number, place in enumerate(events):
        if place in due:
            total += out[place][0] - (out[events[number - 1]][0] if number else 0)
    return total


def cost(one):
    """Rows of (recognised, amortised, released) of one element."""
    actual = one["actual"]
    aligned = one["aligned"] if one["framework"] == "IFRS9" else actual
    rows, passed, before = [], 0, one["days"][0]
    held, leaving, taken = [], [], 0
    for knot, day in enumerate(one["days"]):
        own, ideal = actual[knot] - actual[0], aligned[knot] - aligned[0]
        if abs(actual[0]) > abs(aligned[0]):
            value, opening = ideal, aligned[0]
        elif abs(actual[0]) < abs(aligned[0]):
            value, opening = lower_of(own, ideal), actual[0]
        else:
            value, opening = own, actual[0]
        passed += one["in_force"][knot] * (day - before)
        before = day
        value = value if one["deferred"] and knot else 0
        over_time = one["deferred"] and one["amortised"]
        spread = half_even(Fraction(opening * passed, one["units"] * one["term"])) if over_time else 0
        held.append((value, spread))
        gone = one["units"] if day >= one["term"] else sum(one["removed"][: knot + 1])
        leaving.append(gone - taken)
        taken = gone
    none = [0] * len(held)
    left = released([a + b for a, b in held], none, leaving, [one["units"]] * len(held))
    for (value, spread), (done, gone) in zip(held, left, strict=True):
        rows.append((value, spread, done + gone if one["amortised"] else 0))
    return rows
