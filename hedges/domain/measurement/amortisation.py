"""How the adjustment of interest-bearing items at amortised cost wears off once they have left their hedge (6.5.10).

At the effective rate recalculated on the day a volume left, a part or the rest, over its cash flows to come: an item
states its amount, its payment days and its margin, so that its coupon is the par rate of its own terms on the day its
hypothetical was struck, plus the margin; without payment days the amount alone is due. Amounts in minor units of the
functional currency at that day's rate, clean. Where no one rate gives the carrying amount the adjustment goes by days.
Reference: IFRS 9 6.5.10, B5.4.1; IAS 39.92; ASC 815-25-35-9; rules section 5.
"""

from dataclasses import dataclass, replace

import numpy as np

from hedges.domain.item_values import Items, schedules
from hedges.domain.measurement.book import Book
from hedges.domain.measurement.frame import STRUCK, Frame
from hedges.domain.measurement.item_layers import FAIR_VALUE, ItemLayers, conversion, take
from hedges.domain.measurement.left_hedges import OVER_TERM, LeftHedges, left_hedges
from hedges.domain.measurement.recognition import RECOGNISED
from hedges.domain.swap_values import unit_legs
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.codes import Reason
from treasury.quant.measurement.amortised_share import amortised_share
from treasury.quant.measurement.life import Path
from treasury.quant.measurement.shares import plus_share
from treasury.quant.numbers import Bool, Float, Int, Mask, ratio


@dataclass(frozen=True, slots=True)
class Amortisation:
    """Carrying amounts of what has left a hedge, what is still to be paid and when, in years from that day.

    `share` (rows, knots) of a row's adjustment that has worn off. `worn_off` (all relationships, knots) in minor units,
    also of what goes by days; `is_worn` (all): where it counts; `reasons` (all).
    """

    relationship: Int
    ended_on: Int
    adjustment: Int
    carrying_amount: Float
    unadjusted: Float
    cash_flows: Float
    years: Float
    share: Float
    worn_off: Int
    is_worn: Bool
    reasons: Mask


def patterns(frame: Frame, book: Book, items: ItemLayers) -> Int:
    """How what is kept leaves: as documented; of a fair value hedge of items that bear interest over their term."""
    part, kind = items.items, book.items["kind"]
    bears_interest = frame.look.is_rate[part.risk] & (part.payment_months > 0) & np.isin(kind, RECOGNISED)
    over_term = frame.found["hedge_type"] == FAIR_VALUE
    over_term[items.relationship[~bears_interest]] = False
    return np.where(over_term, OVER_TERM, frame.found["pattern"])


def amortisation(frame: Frame, book: Book, items: ItemLayers, path: Path, at_knots: Bool) -> Amortisation:
    """Of every volume that has left such a hedge, from that day on."""
    left = left_hedges(frame, book, items, path, at_knots)
    own, adjustment = left.relationship, left.adjustment
    if not own.size:
        return _nothing(path)
    bare, flows, years = _flows(frame, book, items, left)
    fine = (bare != 0) & (bare + adjustment != 0) & np.isfinite(flows).all(axis=1)
    share = np.full((own.size, path.dates.shape[1]), np.nan)
    why = np.where(fine, 0, int(Reason.NO_UNIQUE_RATE))
    rows, passed = np.flatnonzero(fine), path.dates[own] - left.ended_on[:, None]
    if rows.size:
        share[rows], why[rows] = amortised_share(
            (bare + adjustment)[rows], bare[rows], flows[rows], years[rows], passed[rows] / DAYS_PER_YEAR
        )
    term = np.maximum(path.items_end[own] - left.ended_on, 1)[:, None]
    amount = np.broadcast_to(adjustment[:, None], share.shape)
    by_days = np.asarray(plus_share(np.zeros_like(amount), amount, np.clip(passed, 0, term), term))
    known = ~np.isnan(share)
    at_rate = np.rint(np.where(known, share, 0.0) * amount).astype(np.int64)
    worn_off, is_worn = np.zeros(path.dates.shape, dtype=np.int64), np.zeros(path.dates.shape[0], dtype=bool)
    np.add.at(worn_off, own, np.where(known, at_rate, by_days))
    is_worn[own] = True
    reasons = np.zeros(path.dates.shape[0], dtype=np.int64)
    np.bitwise_or.at(reasons, own, why)
    return Amortisation(
        relationship=own[rows],
        ended_on=left.ended_on[rows],
        adjustment=adjustment[rows],
        carrying_amount=(bare + adjustment)[rows],
        unadjusted=bare[rows],
        cash_flows=flows[rows],
        years=years[rows],
        share=share[rows],
        worn_off=worn_off,
        is_worn=is_worn,
        reasons=reasons,
    )


def _nothing(path: Path) -> Amortisation:
    days, amounts, dates = np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros((0, 1))
    share, (count, width) = np.zeros((0, path.dates.shape[1])), path.dates.shape
    worn_off, is_worn = np.zeros((count, width), dtype=np.int64), np.zeros(count, dtype=bool)
    reasons = np.zeros(count, dtype=np.int64)
    return Amortisation(days, days, days, amounts, amounts, dates, dates, share, worn_off, is_worn, reasons)


def _flows(frame: Frame, book: Book, items: ItemLayers, left: LeftHedges) -> tuple[Float, Float, Float]:
    """Unadjusted amounts (rows,), and flows and years (rows, dates), padded with zero flows later on."""
    count = left.relationship.size
    due = items.items.expected_date[left.layer] > left.ended_on[left.row]
    layers, row, scale = left.layer[due], left.row[due], left.scale[due]
    part = take(items.items, layers)
    part = replace(part, amount=part.amount * scale)
    ended = left.ended_on[row]
    nominal = _nominal(frame, left.relationship[row], part, ended)
    bare = np.zeros(count)
    np.add.at(bare, row, nominal)
    layer, day, amount = _coupons(frame, book, part, layers, nominal, ended)
    owner = np.concatenate([row, row[layer]])
    days = np.concatenate([part.expected_date, day])
    amounts = np.concatenate([nominal, amount])
    keys, place = np.unique(np.stack([owner, days], axis=1), axis=0, return_inverse=True)
    at = keys[:, 0]
    sizes = np.bincount(at, minlength=count)
    column = np.arange(at.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    flows = np.zeros((count, max(int(sizes.max(initial=0)), 1)))
    np.add.at(flows, (at[place.ravel()], column[place.ravel()]), amounts)
    last = np.zeros(count, dtype=np.int64)
    np.maximum.at(last, at, keys[:, 1])
    years = ((last - left.ended_on) / DAYS_PER_YEAR)[:, None] + 1.0 + np.arange(flows.shape[1])
    years[at, column] = (keys[:, 1] - left.ended_on[at]) / DAYS_PER_YEAR
    return bare, flows, years


def _nominal(frame: Frame, own: Int, part: Items, ended: Int) -> Float:
    """The amounts at the rates of the day the hedge ended, minor units of the functional currency."""
    spot = frame.look.spot(part.risk[:, None], ended[:, None])
    rate, _ = conversion(frame, part, own, ended[:, None])
    return np.asarray(part.amount * (spot * rate)[:, 0] * 10.0 ** frame.units[own])


def _coupons(
    frame: Frame, book: Book, part: Items, layers: Int, nominal: Float, ended: Int
) -> tuple[Int, Int, Float]:
    """Row of `part`, day and amount of every coupon that is still to accrue after the end of the hedge."""
    rows = np.flatnonzero(frame.look.is_rate[part.risk] & (part.payment_months > 0))
    flows = schedules(part, rows, frame.look.quote_currencies)
    struck = frame.days(book.items)[layers[rows], STRUCK : STRUCK + 1]
    none = np.zeros(rows.size)
    legs = unit_legs(flows, part.risk[rows], none, part.stale_after[rows], frame.look, struck)
    coupon = ratio(legs.floating, legs.annuity)[0] + part.spread_rate[rows]
    row = rows[flows.row]
    begins = np.maximum(flows.period_start, ended[row])
    length = np.maximum(flows.pay_date - flows.period_start, 1)
    to_come = np.maximum(flows.pay_date - begins, 0) / length * flows.accrual
    amount = nominal[row] * coupon[flows.row] * to_come
    ahead = to_come > 0
    return row[ahead], np.minimum(flows.pay_date, part.expected_date[row])[ahead], amount[ahead]
