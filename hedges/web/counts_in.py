"""Where a trade shows on the position, and what it makes of the hedge ratio there.

Covered share with the trade = −(hedges + notional) ÷ net exposure of the bucket; hedges and notional signed as held.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html

from hedges.enums import InstrumentKind
from hedges.queries.bucket_place import place
from hedges.web import bands
from treasury.queries.rows import Row
from treasury.web import formats
from treasury.web.scope import Scope
from treasury.web.tables import link_cell

#: Kinds of which the notional is the amount that the bucket counts.
OF_ITS_NOTIONAL = (InstrumentKind.FORWARD, InstrumentKind.NON_DELIVERABLE_FORWARD)


def name_of(bucket: Row) -> str:
    reach = bands.bucket_name(bucket["month_from"], bucket["month_to"])
    return f"{bucket['entity_code']} {bucket['risk_code']}, {reach}"


def link_to(scope: Scope, bucket: Row) -> str:
    address = reverse(
        "position-cell", args=[bucket["entity_code"], bucket["risk_code"], bucket["month_from"]]
    )
    return link_cell(name_of(bucket), scope.link(address))


def shown_in(scope: Scope, entity_id: int, risk_code: str, day: date) -> list[tuple[str, object]]:
    """One term for the page of a trade; none where the run has no such bucket."""
    bucket = place(scope.run, entity_id, risk_code, day)
    return [("Hedge ratio", link_to(scope, bucket))] if bucket else []


def with_the_trade(
    run: Row | None, *, kind: str, entity_id: int, risk_code: str, unit: str, day: date, notional: Decimal
) -> list[tuple[str, object]]:
    """The covered share of its bucket now and with the trade, beside the band."""
    if kind not in OF_ITS_NOTIONAL:
        return []
    bucket = place(run, entity_id, risk_code, day)
    if bucket is None or bucket["amount_unit"] != unit or not bucket["net_exposure_amount"]:
        return []
    exposure = bucket["net_exposure_amount"]
    now, then = (-held / exposure for held in (bucket["hedge_amount"], bucket["hedge_amount"] + notional))
    said = f"{formats.percent(now)} now, {formats.percent(then)} with it"
    return [(f"Covered, {name_of(bucket)}", _beside_the_band(said, then, bucket))]


def _beside_the_band(said: str, share: Decimal, bucket: Row) -> str:
    """Where the share then stands, in word and colour; without a policy only the share."""
    lower, upper = bucket["lower_ratio"], bucket["upper_ratio"]
    if lower is None or upper is None:
        return said
    stands = "UNDER_HEDGED" if share < lower else "ABOVE_BAND" if share > upper else "IN_BAND"
    code = "OVER_HEDGED" if share > 1 and stands == "ABOVE_BAND" else stands
    band = f"{float(lower) * 100:.0f}–{float(upper) * 100:.0f} %"
    return format_html("{} {} the band is {}", said, formats.state(code), band)
