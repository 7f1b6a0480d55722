"""The hedge ratio of an entity: the sizes of its risks at spot, each hedge turned to its exposure's side."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.held import Held, cover_listing, cover_of, held
from hedges.domain.explanation.origins import of_pack
from hedges.domain.explanation.parts import CALCULATION, Given, Listing, Number, Source, Step
from hedges.domain.explanation.ratio_parts import Parts
from hedges.domain.explanation.spot import conversion, risk_spot, spot_given
from hedges.domain.explanation.steps import arithmetic, rounded
from treasury.quant.market import NEVER

COLUMNS = ("risk", "amount", "unit", "side of the exposure", "spot", "in the functional currency")


def parts(case: Case) -> Parts:
    """By risk, rounded once a risk, then added up."""
    found = held(case)
    functional = case.row.amount_unit
    rates = {risk: functional_rate(case, risk, functional) for risk in found}
    counted = {risk: cover_of(case, one)[1] for risk, one in found.items()}
    spots = [spot for _, steps in rates.values() for spot in steps]
    old = any(rate is None for risk, (rate, _) in rates.items() if found[risk].exposure())

    def total(title: str, formula: str, amount: Callable[[Held], Decimal], given: list[Given]) -> list[Step]:
        rows, worth = [], Decimal(0)
        for risk, one in found.items():
            side = (one.exposure() > 0) - (one.exposure() < 0)
            value = _turned(amount(one), side, rates[risk][0], functional)
            code = case.sealed.reference.risks[risk]["code"]
            rows.append((code, amount(one), one.unit, side, rates[risk][0], value))
            worth += value or Decimal(0)
        listing = Listing(f"{title} by risk", COLUMNS, rows, len(rows), None if old else worth)
        result: Number = None if old else worth
        return [arithmetic(title, formula, result, given, listings=[listing])]

    pack = case.pack
    share = Given(
        "counted_as_hedged_from", pack["counted_as_hedged_from"], of_pack(pack, "counted_as_hedged_from")
    )
    return Parts(
        unit=functional,
        exposure=total("Exposure, gross", "Σ |exposure of the risk| × spot", Held.exposure, spots),
        derivative=total(
            "Derivatives",
            "Σ derivatives × the same spot rates, turned to the side of the exposure",
            Held.derivatives,
            [],
        ),
        offset=total(
            "Natural offsets",
            "Σ natural offsets × the same spot rates, turned to the side of the exposure",
            Held.offsets,
            [],
        ),
        total=arithmetic(
            "Positions",
            "number of open exposures, all risks",
            sum(int(one.exposures["amount"].size) for one in found.values()),
        ),
        hedged=[
            arithmetic(
                "Positions hedged",
                "positions whose cover is at least the share that counts, all risks",
                sum(int(one.sum()) for one in counted.values()),
                [share],
                listings=[cover_listing(case, one) for one in found.values()],
            )
        ],
        definition=share,
        because="the spot rate of a risk is missing or too old",
    )


def functional_rate(case: Case, risk_id: int, functional: str) -> tuple[float | None, list[Given]]:
    """Functional currency per unit of the risk's base; None where a quote is missing or older than allowed."""
    look = case.sealed.lookup
    spot, turned = risk_spot(case, risk_id), conversion(case, risk_id, functional)
    code = case.sealed.reference.risks[risk_id]["code"]
    given = [spot_given(f"spot of {code}", spot)]
    same = look.quote_currencies[int(look.position([risk_id])[0])] == functional
    if not same:
        given.append(
            spot_given(
                f"{functional} per {case.sealed.reference.risks[risk_id]['quote_currency_id']}", turned
            )
        )
    place, day = look.position(np.array([risk_id])), np.array([case.today])
    target = look.market.spot.index([functional])
    age = np.maximum(look.spot_age(place, day), look.conversion_age(place, target, np.array([same]), day))
    limit = int(case.pack["stale_after_days"])
    if spot.result is None or turned.result is None or age[0] > limit:
        words = f"older than the {limit} days that the rule pack allows, or missing"
        days = int(age[0])
        return None, [
            *given,
            Given(f"age of {code}", None if days >= NEVER else days, Source(CALCULATION, words)),
        ]
    rate = float(spot.result) * float(turned.result)
    return (None if np.isnan(rate) else rate), given


def _turned(amount: Decimal, side: int, rate: float | None, functional: str) -> Decimal | None:
    if side == 0:
        return Decimal(0)
    return None if rate is None else rounded(float(amount) * rate * side, functional)
