"""Buckets of an entity and risk brought into their band: what to trade by a run, and the proposal that keeps it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from hedges.domain.proposals.deals import PROTECTIVE
from hedges.domain.proposals.propose import propose
from hedges.domain.proposals.sizing import TARGET
from hedges.domain.proposals.trades import Planned, Striker, Wish, planned
from hedges.domain.sealed import sealed_inputs
from hedges.domain.strategy.struck import Struck, struck
from hedges.domain.ticket.kinds import COLLAR
from hedges.enums import ProposalKind
from hedges.models import HedgeProposal
from hedges.queries import proposals
from hedges.queries.breaches import breach

AIMS = {"TARGET": "to the target", "LIMIT": "to the nearest limit"}


def plans(
    *,
    run: dict[str, Any],
    buckets: Sequence[dict[str, Any]],
    entity: dict[str, Any],
    risk: dict[str, Any],
    wish: Wish,
    month: int | None,
) -> list[Planned]:
    """`buckets`: the horizon profile of entity and risk in the run; `month` None: of those outside their band."""
    chosen = [
        row for row in buckets if (breach(row["flags"]) if month is None else row["month_from"] == month)
    ]
    return planned(
        chosen, as_of=run["as_of_date"], entity_code=entity["code"], risk=risk, wish=wish,
        spans=proposals.spans(run["as_of_date"]), due=proposals.due(run, entity["id"], risk["id"]),
        contracts=proposals.contracts(risk["id"], run["as_of_date"]),
        strike=_striker(run["id"], entity["id"], risk["id"]) if wish.kind in PROTECTIVE else None,
    )  # fmt: skip


def _striker(run_id: int, entity_id: int, risk_id: int) -> Striker | None:
    """Prices on the market that the run was worked out on; None where that is not there any more."""
    try:
        sealed = sealed_inputs(run_id)
    except ValueError:
        return None
    look, today = sealed.lookup, sealed.as_of_date.toordinal()
    place = int(look.position(risk_id))
    stale_after = int(sealed.reference.pack_of(entity_id)["stale_after_days"])

    def strike(kind: str, side: int, day: date) -> Struck:
        return struck(
            look,
            today,
            place,
            side=side,
            due=day.toordinal(),
            is_collar=kind == COLLAR,
            stale_after=stale_after,
        )

    return strike


def inputs_of(wish: Wish, month: int | None) -> dict[str, str]:
    """What the plans can be worked out from again, as it stands in an address."""
    return {
        "aim": wish.aim, "kind": wish.kind, "step": f"{wish.step:f}", "minimum": f"{wish.minimum:f}",
        "month": "" if month is None else str(month),
    }  # fmt: skip


def keep(
    found: Sequence[Planned],
    *,
    run: dict[str, Any],
    entity: dict[str, Any],
    risk: dict[str, Any],
    wish: Wish,
    month: int | None,
    address: str,
    actor: Any,
    key: UUID,
) -> HedgeProposal:
    """The proposal of these plans. `address`: of the page that shows them anew. Raises what `propose` refuses."""
    return propose(
        entity_id=entity["id"], kind=ProposalKind.BAND.value,
        title=f"{entity['code']} {risk['code']} {AIMS.get(wish.aim, AIMS[TARGET])}", run_id=run["id"], actor=actor,
        client_key=key,
        assumptions={
            **inputs_of(wish, month), "address": address, "as_of_date": run["as_of_date"].isoformat(),
            "buckets": [_bucket(plan) for plan in found],
        },
        lines=[plan.line for plan in found if plan.line],
    )  # fmt: skip


def _bucket(plan: Planned) -> dict[str, str | int | None]:
    cell = plan.cell
    return {
        "month_from": plan.bucket["month_from"], "exposure": f"{cell.exposure:f}", "hedges": f"{cell.hedges:f}",
        "lower": _text(cell.lower), "target": _text(cell.target), "upper": _text(cell.upper), "why": plan.size.why,
    }  # fmt: skip


def _text(ratio: object) -> str | None:
    return None if ratio is None else str(ratio)
