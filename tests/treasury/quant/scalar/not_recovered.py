"""Losses that are not recovered, written out plainly: one walk through the knots, a pot for every part of a reserve.

An independent second writing of ``treasury.quant.measurement.loss_not_recovered`` and of what it changes in ``life``.
"""

from fractions import Fraction

from tests.treasury.quant.scalar.life import recognised
from tests.treasury.quant.scalar.measurement import half_even


def life(one, statements):
    """Rows of (left, taken), cumulative; a statement: (knot, amount or 0, millionths)."""
    kept, over_time = recognised(one), one["pattern"] in ("OVER_TERM", "AS_REMEASURED")
    walk = _OverTime(one) if over_time else _WithItems(one)
    taken, rows = 0, []
    for knot, amount in enumerate(kept):
        released = walk.upto(knot, amount)
        for at, stated, share in statements:
            if at == knot:
                loss = max(released + taken - amount, 0)
                out = min(stated, loss) if stated else half_even(Fraction(loss * share, 10**6))
                walk.take(out, loss)
                taken -= out
        rows.append((released, taken))
    return rows


class _OverTime:
    """What leaves by days, or as the item is remeasured, and the rest with the last of the items."""

    def __init__(self, one):
        self.one, self.taken, self.start = one, 0, (0, 0, 0)

    def upto(self, knot, kept):
        one, days = self.one, max(self.one["items_end"] - self.one["ended_on"], 1)
        left = sum(one["happening"][: knot + 1]) + sum(one["lost"][: knot + 1])
        self.passed = min(max(one["dates"][knot] - one["ended_on"], 0), days)
        released, taken, since = self.start
        if 0 < one["designated"][knot] <= left:
            self.now = kept - self.taken
        elif one["pattern"] == "AS_REMEASURED":
            self.now = one["remeasured"][knot]
        else:
            share = Fraction(self.passed - since, max(days - since, 1))
            self.now = released + half_even((kept - released - taken) * share)
        return self.now

    def take(self, out, loss):
        self.taken -= out
        if out and loss:
            self.start = (self.now, self.taken, self.passed)


class _WithItems:
    """A pot that waits for items to come, and one for every item whose effect on profit or loss is delayed."""

    def __init__(self, one):
        stays = one["framework"] == "ASC815" or (one["framework"] == "IAS39" and one["keeps"])
        into_cost = one["pattern"] == "BASIS_ADJUSTMENT" and one["kind"] == "CASH_FLOW" and not stays
        delayed = one["pattern"] in ("WITH_ITEM", "BASIS_ADJUSTMENT") and not into_cost
        self.one, self.lag = one, one["lag"] if delayed else 0
        self.done = self.lost = self.after = self.gained = self.since = self.waiting = self.left = 0
        self.was, self.pots = None, []

    def upto(self, knot, kept):
        one = self.one
        happens, is_lost, ever, booked, hedged = (
            one[name][knot] for name in ("happening", "lost", "designated", "in_books", "hedged")
        )
        if self.was is None:
            self.since = kept
        elif 0 < self.was[0] == self.left:
            self.after = self.gained + kept - self.since
        elif self.was[2]:
            self.after = half_even(self.gained + Fraction((kept - self.since) * self.was[1], self.was[2]))
        leaving, there = happens + is_lost, ever - self.left
        rest = kept - self.done - self.lost - self.after - self.waiting
        part = rest if ever and there == leaving else half_even(Fraction(rest * leaving, max(there, 1)))
        not_expected = half_even(Fraction(part * is_lost, leaving)) if leaving else 0
        self.day = one["dates"][knot]
        if part - not_expected:
            self.pots.append({"due": self.day + self.lag, "amount": part - not_expected})
        self.done, self.lost = self.done + part - not_expected, self.lost + not_expected
        self.left += leaving
        if leaving or self.was != (ever, booked, hedged):
            self.since, self.gained = kept, self.after
        self.was = (ever, booked, hedged)
        return sum(pot["amount"] for pot in self.pots if pot["due"] <= self.day) + self.lost + self.after

    def take(self, out, loss):
        for pot in self.pots:
            if pot["due"] > self.day and loss:
                part = half_even(Fraction(pot["amount"] * out, loss))
                pot["amount"] -= part
                out += part
        self.waiting -= out
