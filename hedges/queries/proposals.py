"""Proposals and what became of their lines; what a proposal for a band is worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from hedges.enums import HORIZON_MONTHS, InstrumentStatus, RatioSubject
from hedges.models import (
    FuturesContract,
    HedgeProposal,
    HedgeProposalLine,
    HedgeProposalOutcome,
    HedgeRatioResult,
    HorizonBucketResult,
    InstrumentVersion,
)
from hedges.queries.bucket_content import dates
from treasury.enums import Decision
from treasury.models import Risk
from treasury.queries import access
from treasury.queries import change_log as log
from treasury.queries.rows import Row, listed, one
from treasury.queries.version_pages import IN_FORCE, versions

LINE = (
    "id", "proposal_id", "entity_id", "risk_id", "line_number", "trade_kind", "notional_amount", "notional_currency_id",
    "contract_count", "value_date", "month_from", "month_to", "exposure_amount", "hedge_amount", "aim", "ticket",
)  # fmt: skip
OPEN, DEALT, DISMISSED = "OPEN", "DEALT", "DISMISSED"
#: Dealt, but the trade counts nowhere: nobody approved it, or it was cancelled.
REJECTED, CANCELLED = "REJECTED", "CANCELLED"


def change_log(proposal_id: int) -> list[Row]:
    """How it was made, and what was done with each of its lines."""
    of_lines = log.made_by(HedgeProposalOutcome, line__proposal_id=proposal_id)
    return log.of(HedgeProposal, proposal_id, of_lines)


def lines(entity_ids: Sequence[int], *, state: str = "", kind: str = "") -> QuerySet:
    """Lines of proposals for a list: with their proposal and what became of them.

    A line whose trade was rejected, and never approved in another version, is not dealt: it is `REJECTED`; one whose
    trade was cancelled, unless that was taken back, is `CANCELLED`.
    """
    versions_of = InstrumentVersion.objects.filter(instrument=OuterRef("outcome__instrument"))
    found = HedgeProposalLine.objects.filter(entity_id__in=entity_ids).annotate(
        standing=Case(
            When(
                Exists(versions_of.filter(approval__decision=Decision.REJECTED))
                & ~Exists(versions_of.exclude(approval__decision=Decision.REJECTED)),
                then=Value(REJECTED),
            ),
            When(Exists(_cancelled(versions_of)), then=Value(CANCELLED)),
            default=Coalesce("outcome__outcome", Value(OPEN)),
            output_field=CharField(),
        )
    )
    if kind:
        found = found.filter(proposal__kind=kind)
    if state:
        found = found.filter(standing=state)
    return found.values(
        *LINE, "standing", "proposal__title", "proposal__kind", "recorded_at", "proposal__run_id",
        run_date=F("proposal__run__as_of_date"), entity_code=F("entity__code"), risk_code=F("risk__code"),
        by=F("proposal__author__username"), outcome_word=F("outcome__outcome"), reason=F("outcome__reason"),
        instrument_id=F("outcome__instrument_id"), reference=F("outcome__instrument__external_reference"),
        outcome_at=F("outcome__recorded_at"),
    )  # fmt: skip


def _cancelled(versions_of: QuerySet) -> QuerySet:
    """The newest approved version, if it says that the trade is cancelled."""
    approved = versions_of.filter(approval__decision=Decision.APPROVED)
    later = InstrumentVersion.objects.filter(
        instrument=OuterRef("instrument"), approval__decision=Decision.APPROVED,
        version_number__gt=OuterRef("version_number"),
    )  # fmt: skip
    return approved.filter(status=InstrumentStatus.CANCELLED).exclude(Exists(later))


def proposal(proposal_id: int, entity_ids: Sequence[int]) -> HedgeProposal | None:
    found = HedgeProposal.objects.filter(pk=proposal_id, entity_id__in=entity_ids)
    return found.select_related("entity", "run", "author").first()


def line(line_id: int, entity_ids: Sequence[int]) -> HedgeProposalLine | None:
    return HedgeProposalLine.objects.filter(pk=line_id, entity_id__in=entity_ids).first()


def cells_now(run_id: int, rows: Sequence[Row]) -> dict[tuple[int, int, int | None], tuple[Decimal, Decimal]]:
    """Exposure and hedges of the cells of some lines as a run has them: two reads however many lines."""
    keys = {"entity_id__in": {row["entity_id"] for row in rows}}
    risks = {row["risk_id"] for row in rows}
    found: dict[tuple[int, int, int | None], tuple[Decimal, Decimal]] = {
        (row["entity_id"], row["risk_id"], row["month_from"]): (
            row["net_exposure_amount"],
            row["hedge_amount"],
        )
        for row in HorizonBucketResult.objects.filter(run_id=run_id, risk_id__in=risks, **keys).values(
            "entity_id", "risk_id", "month_from", "net_exposure_amount", "hedge_amount"
        )
    }
    whole = HedgeRatioResult.objects.filter(
        run_id=run_id, subject=RatioSubject.ENTITY_RISK, subject_key__in=risks, **keys
    )
    for row in whole.values("entity_id", "subject_key", "exposure_amount", "hedge_amount"):
        found[row["entity_id"], row["subject_key"], None] = (row["exposure_amount"], row["hedge_amount"])
    return found


def risk(risk_id: int) -> Row | None:
    found = Risk.objects.filter(pk=risk_id)
    return one(found.values("id", "code", "name", "kind", "base_unit_id", "quote_currency_id"))


def contracts(risk_id: int, today: date) -> list[Row]:
    """Those that still trade, the earliest first."""
    found = FuturesContract.objects.filter(risk_id=risk_id, last_trade_date__gt=today)
    return listed(
        found.order_by("last_trade_date", "code").values("code", "contract_multiplier", "last_trade_date")
    )


def spans(as_of: date) -> dict[int, tuple[date, date | None]]:
    """First day of each bucket, and the first one after it, by its first month."""
    ends = (*HORIZON_MONTHS[1:], None)
    return {first: dates(as_of, first, end) for first, end in zip(HORIZON_MONTHS, ends, strict=True)}


def due(run: Row, entity_id: int, risk_id: int) -> dict[int, date]:
    """When the exposures of each bucket fall due on average, weighted by their sizes; one read, a row a date."""
    found = versions(
        ExposureVersion, "exposure", entity_ids=[entity_id], on=run["as_of_date"], known_at=run["known_at"],
        show=IN_FORCE,
    ).filter(risk_id=risk_id, status=ExposureStatus.OPEN)  # fmt: skip
    sizes: dict[int, list[tuple[int, Decimal]]] = {}
    reach = sorted(spans(run["as_of_date"]).items())
    for row in (
        found.order_by("expected_date").values("expected_date").annotate(amount=Sum("exposure_amount"))
    ):
        first = next((month for month, (start, _) in reversed(reach) if row["expected_date"] >= start), None)
        if first is not None and row["amount"]:
            sizes.setdefault(first, []).append((row["expected_date"].toordinal(), abs(row["amount"])))
    return {first: _mean(of_bucket) for first, of_bucket in sizes.items()}


def _mean(sizes: Sequence[tuple[int, Decimal]]) -> date:
    total = sum((amount for _, amount in sizes), Decimal(0))
    return date.fromordinal(int(sum((day * amount for day, amount in sizes), Decimal(0)) / total))


def stale(row: Row, now: dict[tuple[int, int, int | None], tuple[Any, Any]], run: Row | None) -> bool:
    """Whether a later run has moved the cell of an open line."""
    if (
        run is None
        or row["outcome_word"]
        or run["id"] == row["proposal__run_id"]
        or row["exposure_amount"] is None
    ):
        return False
    return now.get((row["entity_id"], row["risk_id"], row["month_from"])) != (
        row["exposure_amount"],
        row["hedge_amount"],
    )


def proposals(user: Any) -> QuerySet[HedgeProposal]:
    """For the API: of the entities that a person sees."""
    return access.scoped(HedgeProposal.objects.all(), user)


def all_lines(user: Any) -> QuerySet[HedgeProposalLine]:
    """For the API: of the entities that a person sees."""
    return access.scoped(HedgeProposalLine.objects.all(), user)
