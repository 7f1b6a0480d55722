"""A month's end of one entity, as its people work it: tests decided on, changes that the facts demand, then the close.

What has to be done is asked of the book, so that a start that was killed in the middle goes on with what is left.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain import closing, relationship_approval
from hedges.domain.accounting_periods import last_day
from hedges.domain.assessment.decisions import decide
from hedges.domain.assessment.on_demand import on_demand
from hedges.domain.changes import discontinue
from hedges.domain.changes.demanded import Demand, demanded
from hedges.domain.changes.volumes import amounts, of
from hedges.enums import DecisionSubject, EffectivenessStatus
from hedges.models import (
    AssessmentDecision,
    AssessmentRecord,
    HedgeRelationship,
    HedgeRelationshipVersion,
    InstrumentAllocation,
)
from hedges.queries.layers import in_force
from treasury.demo.company.fates import BANK_IN_THE_NEWS
from treasury.demo.seeding.book import DemoBook
from treasury.demo.seeding.timeline import Close
from treasury.domain import runs
from treasury.enums import AccountingFramework, RunStatus
from treasury.kernel.errors import HedgebookError
from treasury.models import Entity
from treasury.nightly import pipeline

#: What the reasons of month-end work begin with; they are not counted as steps of the timeline.
MONTH_END = "Month end"
NOT_EFFECTIVE, INCONCLUSIVE = EffectivenessStatus.NOT_EFFECTIVE, EffectivenessStatus.INCONCLUSIVE


class CloseError(HedgebookError):
    """A month could not be closed."""


def close_month(book: DemoBook, close: Close) -> None:
    """At the database time that has been told; the seed's lock is held."""
    entity, end = Entity.objects.get(code=close.entity), last_day(close.month)
    decide_on_tests(book, entity, end)
    for _ in range(3):
        if not answer_facts(book, entity, end):
            break
    _run(book, entity, close.month)


def decide_on_tests(book: DemoBook, entity: Entity, end: date) -> None:
    """Tests of the last day; a person decides where one has no result, and where credit seems to dominate."""
    found = [one for one in _in_force(entity, end)]
    known = set(
        AssessmentDecision.objects.filter(as_of_date=end, relationship__entity=entity).values_list(
            "relationship_id", "subject"
        )
    )
    if not found:
        return
    actor = book.people["approver"]
    reason = f"{MONTH_END} {end:%Y-%m}: "
    for record in on_demand(relationships=found, as_of_date=end, actor=actor, reason=reason + "tested"):
        version = record.version
        for subject, status, why in _judged(record):
            if (version.relationship_id, subject.value) not in known:
                decide(
                    relationship=version.relationship,
                    subject=subject,
                    as_of_date=end,
                    status=status,
                    reason=reason + why,
                    actor=actor,
                )


def _in_force(entity: Entity, end: date) -> list[HedgeRelationship]:
    allocated = InstrumentAllocation.objects.filter(
        entity=entity, period_from__lte=end, period_to__gt=end, relationship_version__approval__decision="APPROVED"
    )
    return list(
        HedgeRelationship.objects.filter(
            pk__in=allocated.values("relationship_version__relationship")
        ).order_by("code")
    )


def _judged(record: AssessmentRecord) -> list[tuple[DecisionSubject, EffectivenessStatus, str]]:
    found = []
    numbers, framework = record.numbers, record.version.framework
    if record.effectiveness_status == INCONCLUSIVE and framework != AccountingFramework.IFRS9:
        if numbers["economic_relationship_status"] == NOT_EFFECTIVE:
            found.append((DecisionSubject.TEST, NOT_EFFECTIVE, "the sides have not moved against each other"))
        else:
            why = "the terms still match and the changes are too few or too small to test"
            found.append((DecisionSubject.TEST, EffectivenessStatus.EFFECTIVE, why))
    if numbers["credit_risk_status"] == NOT_EFFECTIVE:
        found.append(_credit(record))
    return found


def _credit(record: AssessmentRecord) -> tuple[DecisionSubject, EffectivenessStatus, str]:
    banks = InstrumentAllocation.objects.filter(relationship_version=record.version).values_list(
        "instrument_version__counterparty__code", flat=True
    )
    if BANK_IN_THE_NEWS in banks:
        why = "the bank's spread has widened for months and moves the forward's value more than the dollar does"
        return DecisionSubject.CREDIT_RISK, NOT_EFFECTIVE, why
    why = "the bank stands as it did; its share is large because the rate is back where the hedge began"
    return DecisionSubject.CREDIT_RISK, EffectivenessStatus.EFFECTIVE, why


def answer_facts(book: DemoBook, entity: Entity, end: date) -> int:
    """Proposes what the facts of the month demand and has it approved; returns how many changes that were."""
    proposed = 0
    for demand in demanded(entity, end):
        waiting = HedgeRelationshipVersion.objects.filter(
            relationship_id=demand.relationship_id, approval__isnull=True
        )
        if not waiting.exists():
            _propose(book, demand)
        proposed += 1
    versions = list(
        HedgeRelationshipVersion.objects.filter(entity=entity, approval__isnull=True, version_number__gt=1)
    )
    relationship_approval.approve(
        versions=versions, actor=book.people["approver"], comment=f"{MONTH_END} {end:%Y-%m}: follows the facts"
    )
    return proposed


def _propose(book: DemoBook, demand: Demand) -> None:
    items, instruments = _what_stays(demand)
    discontinue.propose(
        relationship=HedgeRelationship.objects.get(pk=demand.relationship_id),
        from_date=demand.from_date,
        cause=demand.cause,
        reason=f"{MONTH_END}: {demand.cause.label} since {demand.since}.",
        actor=book.people["accountant"],
        items=items,
        instruments=instruments,
    )


def _what_stays(demand: Demand) -> tuple[dict[int, Decimal] | None, dict[int, Decimal] | None]:
    """What has not ended of the items, and the same share of the instruments; (None, None): nothing stays."""
    there = of(in_force([demand.relationship_id], from_date=demand.from_date))
    before = amounts(there.items)
    left = dict(before)
    for part in demand.lost:
        left[part.subject_id] = left.get(part.subject_id, Decimal(0)) - part.amount
    left = {pk: amount for pk, amount in left.items() if amount}
    if not demand.lost or not left:
        return None, None
    share = sum(map(abs, left.values())) / sum(map(abs, before.values()))
    kept = {pk: (amount * share).quantize(Decimal(1)) for pk, amount in amounts(there.instruments).items()}
    return left, kept


def _run(book: DemoBook, entity: Entity, month: date) -> None:
    of_request: dict[str, Any] = {
        "entity": entity,
        "period": month,
        "actor": book.people["accountant"],
        "reason": f"{MONTH_END} {month:%Y-%m}",
    }
    asked = closing.request(**of_request)
    if not asked.is_new and asked.run.status in runs.OPEN:
        runs.fail(
            run_id=asked.run.pk, reason="The start of the demo that worked on this close was interrupted."
        )
        asked = closing.request(**of_request)
    if asked.is_closed:
        return
    pipeline.drain(asked.run.pk, owner="demo", pace=pipeline.Pace(shard_count=1, lease_seconds=600.0))
    asked.run.refresh_from_db()
    if asked.run.status != RunStatus.PUBLISHED:
        raise CloseError(f"{entity.code} {month:%Y-%m} could not be closed: {asked.run.status_reason}")
