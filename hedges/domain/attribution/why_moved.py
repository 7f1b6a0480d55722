"""The ratio of an entity, of an entity and risk, or of one bucket of it, from one published run to a later one.

Entities are counted as the night counts them: sizes of the risks at spot, added up, hedges turned to the side of their
exposure (`hedge_ratio` step), the rates of the first run until the last part moves them to those of the second. What
the run has stored is what the parts begin and end at; a difference from what the book says would stand as a part of
its own, "not explained".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from hedges.domain.attribution.causes import Cause, Moves, Span, Start, moves
from hedges.domain.sealed import Sealed, Shard, sealed_inputs
from hedges.domain.spot_rates import at_spot
from hedges.queries import attribution
from treasury.domain.refusals import Refusal
from treasury.kernel.money import exponents, round_to_minor_units
from treasury.quant.numbers import Float, Int
from treasury.quant.ratios.ratio_attribution import RatioPart, ratio_attribution

UNEXPLAINED = "UNEXPLAINED"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One run: its clocks, the cell's days in it, and the amounts that it stored, in minor units of `unit`."""

    run_id: int
    as_of: date
    known_at: datetime
    span: Span
    exposure: int
    hedge: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A cause with what it moved; `things` exposures and trades are behind it."""

    cause: str
    part: RatioPart
    exposure: int
    hedge: int
    things: int


@dataclass(frozen=True, slots=True)
class Answer:
    lines: list[Line]
    moves: Moves

    @property
    def is_defined(self) -> bool:
        """Whether the parts say anything: with a ratio at both ends they sum to its difference."""
        return any(line.part.moved is not None for line in self.lines)


def why_moved(*, entity_id: int, risk_id: int | None, first: End, last: End, unit: str) -> Answer:
    """`risk_id` None: of the whole entity, `unit` being its functional currency."""
    asked: dict[str, Any] = {
        "entity_id": entity_id, "risk_id": risk_id, "since": (first.as_of, first.known_at),
        "until": (last.as_of, last.known_at),
    }  # fmt: skip
    start, found = moves(
        attribution.exposures(**asked),
        attribution.hedges(**asked),
        first.span,
        last.span,
    )
    counted = (
        _AtSpot(entity_id, start, found, first, last, unit) if risk_id is None else _InUnits(start, found)
    )
    causes = [cause for cause in Cause if cause != Cause.RATES or risk_id is None]
    states = [(first.exposure, first.hedge), *(counted.up_to(cause) for cause in causes)]
    names = [cause.name for cause in causes]
    if states[-1] != (last.exposure, last.hedge):
        states.append((last.exposure, last.hedge))
        names.append(UNEXPLAINED)
    things = [np.unique(found.thing_id[found.cause == cause]).size for cause in causes]
    lines = [
        Line(cause=name, part=part, exposure=after[0] - before[0], hedge=after[1] - before[1], things=count)
        for name, part, before, after, count in zip(
            names, ratio_attribution(states), states, states[1:], [*things, 0][: len(names)], strict=False
        )
    ]
    return Answer(lines, found)


def _sealed(run_id: int) -> Sealed:
    try:
        return sealed_inputs(run_id)
    except ValueError as error:
        raise Refusal(str(error)) from error


class _InUnits:
    """A risk in its own unit: plain sums."""

    def __init__(self, start: Start, found: Moves) -> None:
        self._start, self._found = start, found

    def up_to(self, cause: Cause) -> tuple[int, int]:
        start, found = self._start, self._found
        there = found.cause <= cause
        return (
            int(start.amount[~start.is_hedge].sum() + found.amount[there & ~found.is_hedge].sum()),
            int(start.amount[start.is_hedge].sum() + found.amount[there & found.is_hedge].sum()),
        )


class _AtSpot:
    """An entity's risks at spot, each posted to its minor unit as the night posts it."""

    def __init__(self, entity_id: int, start: Start, found: Moves, first: End, last: End, unit: str) -> None:
        self._start, self._found = start, found
        self._risks = np.unique(np.concatenate([start.risk_id, found.risk_id]))
        self._exponent = exponents([unit])
        self._spots = [self._spot(end.run_id, entity_id) for end in (first, last)]
        sealed = _sealed(last.run_id)
        places = sealed.lookup.position(self._risks)
        self._scale = 10.0 ** sealed.lookup.base_exponents[places]

    def _spot(self, run_id: int, entity_id: int) -> Float:
        shard = Shard(_sealed(run_id), 0, 1)
        found = at_spot(shard, self._risks, np.full(self._risks.shape, entity_id))[0]
        if np.isnan(found).any():
            raise Refusal(
                f"A spot rate of {shard.sealed.as_of_date} is missing or too old; choose another night."
            )
        return found

    def up_to(self, cause: Cause) -> tuple[int, int]:
        exposure = self._sum(cause, is_hedge=False)
        side = np.sign(exposure)
        spot = self._spots[int(cause == Cause.RATES)]

        def total(amount: Int) -> int:
            value = np.where(side == 0, 0.0, amount / self._scale * spot * side)
            return int(round_to_minor_units(value, self._exponent).sum())

        parts = [self._sum(cause, is_hedge=True, is_offset=which) for which in (False, True)]
        return total(exposure), sum(total(part) for part in parts)

    def _sum(self, cause: Cause, *, is_hedge: bool, is_offset: bool | None = None) -> Int:
        total = np.zeros(self._risks.shape, dtype=np.int64)
        for rows, there in ((self._start, None), (self._found, self._found.cause <= cause)):
            which = rows.is_hedge == is_hedge
            if is_offset is not None:
                which = which & (rows.is_offset == is_offset)
            if there is not None:
                which = which & there
            np.add.at(total, np.searchsorted(self._risks, rows.risk_id[which]), rows.amount[which])
        return total
