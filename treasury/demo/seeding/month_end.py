"""A month's end of one entity, as its people work it: tests decided on, and changes that the facts demand.

What has to be done is asked of the book, so that a start that was killed in the middle goes on with what is left.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from hedges.domain import relationship_approval
from hedges.domain.accounting_periods import last_day
from hedges.domain.assessment.decisions import decide
from hedges.domain.assessment.on_demand import on_demand
from hedges.domain.changes import discontinue
from hedges.domain.changes.demanded import Demand, demanded
from hedges.domain.changes.volumes import amounts, of
from hedges.domain.measurement.open_tests import open_tests
from hedges.domain.unsealed import database_time
from hedges.enums import DecisionSubject, EffectivenessStatus
from hedges.models import (
    AssessmentDecision,
    EffectivenessResult,
    HedgeRelationship,
    HedgeRelationshipVersion,
    InstrumentAllocation,
)
from hedges.queries.layers import in_force
from treasury.demo.company.fates import CREDIT_CONFIRMED
from treasury.demo.company.relationships import of_stream
from treasury.demo.market.reference_rates import business_date
from treasury.demo.seeding.book import DemoBook
from treasury.demo.seeding.clock import tell_time
from treasury.demo.seeding.steps import Close
from treasury.domain.refusals import Refusal
from treasury.enums import AccountingFramework, Decision, RunKind, RunStatus
from treasury.kernel.clock import add_months
from treasury.models import CalculationRun, Entity

#: What the reasons of month-end work begin with; they are not counted as steps of the timeline.
MONTH_END = "Month end"
EFFECTIVE, NOT_EFFECTIVE = EffectivenessStatus.EFFECTIVE, EffectivenessStatus.NOT_EFFECTIVE
INCONCLUSIVE = EffectivenessStatus.INCONCLUSIVE
#: One change may bring another to light; what is still demanded after so many keeps the month open, and says so.
ROUNDS = 3
TOO_LITTLE = "The terms still match; the changes are too few or too small to test."
BANK_AS_IT_WAS = (
    "The bank stands as it did; its share is large because the rate is back where the hedge began."
)


def prepare(book: DemoBook, close: Close) -> None:
    """What has to be done before a close, at the database time that has been told; the seed's lock is held.

    What no test of the month is on record for, or none with a result, is tested and decided on: months before the first
    close, and hedges that ended. So is what the last night left without a result.
    """
    entity, end = Entity.objects.get(code=close.entity), last_day(close.month)
    confirm_credit(book, close)
    test_past_months(book, entity, end)
    decide_on_tests(book, end, doubtful(entity, end))
    for _ in range(ROUNDS):
        if not propose_what_facts_demand(book, entity, end):
            break
        tell_time(close.at + timedelta(minutes=3))
        approve_changes(book, entity, end)
    # What has just been stopped ended on a day of its own.
    test_past_months(book, entity, end)


def confirm_credit(book: DemoBook, close: Close) -> None:
    """What is known of a bank may decide where its spread does not yet (IFRS 9 B6.4.7)."""
    for (stream, number, months), why in CREDIT_CONFIRMED.items():
        spec = of_stream(stream)[number]
        if (spec.entity, add_months(business_date().replace(day=1), months)) == (close.entity, close.month):
            relationship = HedgeRelationship.objects.get(code=spec.code)
            _decide(
                book, relationship, DecisionSubject.CREDIT_RISK, last_day(close.month), NOT_EFFECTIVE, why
            )


def test_past_months(book: DemoBook, entity: Entity, end: date) -> None:
    """What the close asks for (IAS 39, ASC 815): one batch of tests a date, over all that lack one."""
    missing = open_tests(entity_id=entity.pk, as_of=end, known_at=database_time())
    by_day: dict[date, list[str]] = {}
    for one in missing:
        by_day.setdefault(one.day, []).append(one.code)
    for day, codes in sorted(by_day.items()):
        found = list(HedgeRelationship.objects.filter(code__in=codes).order_by("code"))
        try:
            decide_on_tests(book, day, found)
        except Refusal:
            # On its last days an option has expired and has no scenarios any more; any earlier day of the month counts.
            decide_on_tests(book, max(day - timedelta(days=7), day.replace(day=1)), found)


def decide_on_tests(book: DemoBook, end: date, found: list[HedgeRelationship]) -> None:
    """Tests of the last day; a person decides where one has no result, and where credit seems to dominate."""
    if not found:
        return
    reason = f"{MONTH_END} {end:%Y-%m}"
    records = on_demand(relationships=found, as_of_date=end, actor=book.people["approver"], reason=reason)
    for relationship, record in zip(found, records, strict=True):
        numbers, framework = record.numbers, record.version.framework
        if record.effectiveness_status == INCONCLUSIVE and framework != AccountingFramework.IFRS9:
            failed = numbers["economic_relationship_status"] == NOT_EFFECTIVE
            why = "The two have moved the same way." if failed else TOO_LITTLE
            status = NOT_EFFECTIVE if failed else EFFECTIVE
            _decide(book, relationship, DecisionSubject.TEST, end, status, why)
        # What a fact of the bank has failed is not waved through.
        if numbers["credit_risk_status"] == NOT_EFFECTIVE and not numbers["credit_triggers"]:
            _decide(book, relationship, DecisionSubject.CREDIT_RISK, end, EFFECTIVE, BANK_AS_IT_WAS)


def _decide(
    book: DemoBook,
    relationship: HedgeRelationship,
    subject: DecisionSubject,
    end: date,
    status: EffectivenessStatus,
    why: str,
) -> None:
    """Once: what was decided before an interruption stands."""
    of: dict[str, Any] = {"relationship": relationship, "subject": subject, "as_of_date": end}
    if not AssessmentDecision.objects.filter(**of).exists():
        decide(**of, status=status, reason=f"{MONTH_END} {end:%Y-%m}: {why}", actor=book.people["approver"])


def doubtful(entity: Entity, end: date) -> list[HedgeRelationship]:
    """Of those in force on the last day, what the last night before it could not test or found to hang on credit."""
    nights = CalculationRun.objects.filter(
        kind=RunKind.NIGHTLY, status=RunStatus.PUBLISHED, as_of_date__lte=end
    )
    # By its number, so that the planner opens the partition of this run alone.
    night = nights.order_by("-as_of_date").values_list("pk", flat=True).first()
    rows = EffectivenessResult.objects.filter(run_id=night or 0, entity=entity).filter(
        Q(effectiveness_status=INCONCLUSIVE) & ~Q(relationship_version__framework=AccountingFramework.IFRS9)
        | Q(credit_risk_status=NOT_EFFECTIVE)
    )
    doubtful = set(rows.values_list("relationship_id", flat=True))
    return [one for one in in_force_on(entity, end) if one.pk in doubtful] if doubtful else []


def in_force_on(entity: Entity, end: date) -> list[HedgeRelationship]:
    allocated = InstrumentAllocation.objects.filter(
        entity=entity,
        period_from__lte=end,
        period_to__gt=end,
        relationship_version__approval__decision=Decision.APPROVED,
    )
    relationships = allocated.values("relationship_version__relationship")
    return list(HedgeRelationship.objects.filter(pk__in=relationships).order_by("code"))


def propose_what_facts_demand(book: DemoBook, entity: Entity, end: date) -> bool:
    """False when nothing is demanded any more; what an earlier start has proposed waits for approval already."""
    found = demanded(entity, end)
    waiting = set(_waiting(entity).values_list("relationship_id", flat=True))
    for relationship_id in sorted({demand.relationship_id for demand in found} - waiting):
        _propose(book, next(demand for demand in found if demand.relationship_id == relationship_id))
    return bool(found)


def approve_changes(book: DemoBook, entity: Entity, end: date) -> None:
    relationship_approval.approve(
        versions=list(_waiting(entity)),
        actor=book.people["approver"],
        comment=f"{MONTH_END} {end:%Y-%m}: follows the facts",
    )


def _waiting(entity: Entity) -> QuerySet[HedgeRelationshipVersion]:
    return HedgeRelationshipVersion.objects.filter(
        entity=entity, approval__isnull=True, version_number__gt=1
    ).order_by("id")


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
