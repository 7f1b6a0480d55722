"""The life of one relationship, written out plainly: fractions, loops, no arrays; each amount rounded when it is set.

An independent second writing of ``treasury.quant.measurement.life``, ``item_release`` and ``cost_reserve``.
"""

from fractions import Fraction

from tests.treasury.quant.scalar.measurement import fair_value, half_even, lower_of, reserve

UNITS = ("happening", "lost", "designated", "in_books", "hedged")


def released(kept, happening, lost, designated, in_books, hedged):
    """Rows (with items, with lost flows, gained afterwards), cumulative."""
    rows, done, gone, left, after = [], 0, 0, 0, 0
    since, gained_by_then, was = kept[0], 0, None
    for amount, happens, is_lost, *units in zip(
        kept, happening, lost, designated, in_books, hedged, strict=True
    ):
        ever = units[0]
        if was and 0 < was[0] == left:
            after = gained_by_then + amount - since
        elif was and was[2]:
            after = half_even(gained_by_then + Fraction((amount - since) * was[1], was[2]))
        there, leaving = ever - left, happens + is_lost
        rest = amount - done - gone - after
        if ever and there == leaving:
            part = rest
        else:
            part = half_even(Fraction(rest * leaving, there)) if there else 0
        not_expected = half_even(Fraction(part * is_lost, leaving)) if leaving else 0
        done, gone, left = done + part - not_expected, gone + not_expected, left + leaving
        if leaving or units != was:
            since, gained_by_then = amount, after
        was = units
        rows.append((done, gone, after))
    return rows


def recognised(one):
    """What equity has taken at each knot."""
    if one["kind"] == "FAIR_VALUE":
        return [0] * len(one["hedge"])
    effective = one["qualifying"]
    if one["kind"] == "NET_INVESTMENT" and one["framework"] == "ASC815":
        effective = [True] * len(effective)
    return [int(row[0]) for row in reserve(one["hedge"], one["item"], one["framework"], effective)]


def adjusted(one):
    """What a fair value hedge has moved its item by at each knot."""
    steps = [
        [own - before for own, before in zip(one[name], [0, *one[name]], strict=False)]
        for name in ("hedge", "item")
    ]
    item = [-change for change in steps[1]]
    return [int(row[0]) for row in fair_value(steps[0], item, one["framework"], one["qualifying"])]


def life(one):
    """Rows of (recognised, ineffectiveness, reclassified, basis-adjusted, adjustment, adjustment released)."""
    taken = recognised(one)
    fair = one["kind"] == "FAIR_VALUE"
    kept = adjusted(one) if fair else taken
    out = released(kept, *(one[name] for name in UNITS))
    into_cost = (
        one["pattern"] == "BASIS_ADJUSTMENT"
        and one["kind"] == "CASH_FLOW"
        and (one["framework"] == "IFRS9" or (one["framework"] == "IAS39" and not one["keeps"]))
    )
    rows = []
    for knot, day in enumerate(one["dates"]):
        left = sum(one["happening"][: knot + 1]) + sum(one["lost"][: knot + 1])
        everything = one["designated"][knot] > 0 and left >= one["designated"][knot]
        with_items, lost, after = out[knot]
        if one["pattern"] == "OVER_TERM":
            term = max(one["items_end"] - one["ended_on"], 1)
            passed = min(max(day - one["ended_on"], 0), term)
            with_items = (kept[knot] if everything else half_even(Fraction(kept[knot] * passed, term))) - lost
            after = 0
        elif one["pattern"] == "AS_REMEASURED" and one["kind"] == "CASH_FLOW":
            with_items, after = (kept[knot] if everything else one["remeasured"][knot]) - lost, 0
        elif one["lag"] and not into_cost and one["pattern"] in ("WITH_ITEM", "BASIS_ADJUSTMENT"):
            with_items = _lagged(one, out, knot)
        adjustment = kept[knot] if fair else 0
        rows.append(
            (
                taken[knot],
                one["hedge"][knot] - taken[knot] + adjustment,
                0 if fair else lost + after + (0 if into_cost else with_items),
                with_items if into_cost else 0,
                adjustment,
                with_items + lost + after if fair else 0,
            )
        )
    return rows


def _lagged(one, out, knot):
    events = [place for place in range(knot + 1) if one["happening"][place]]
    due = [place for place in events if one["dates"][place] + one["lag"] <= one["dates"][knot]]
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
    left = released([a + b for a, b in held], none, leaving, [one["units"]] * len(held), none, none)
    for (value, spread), parts in zip(held, left, strict=True):
        rows.append((value, spread, sum(parts) if one["amortised"] else 0))
    return rows
