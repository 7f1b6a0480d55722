"""Which causes end hedge accounting under which framework, and the facts that each of them has to agree with.

IFRS 9 6.5.6 knows no voluntary stop; IAS 39.91 and 101 and ASC 815-25-40-1, 815-30-40-1 do, as a de-designation.
"""

from collections.abc import Iterable, Sequence

from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Volumes
from hedges.enums import ChangeCause, DecisionSubject, EffectivenessStatus
from hedges.models import AssessmentDecision, AssessmentRecord, EffectivenessResult
from hedges.queries.capacity import free_runs
from hedges.queries.ended import Ended, ended
from treasury.domain.refusals import Refusal
from treasury.enums import AccountingFramework, RunStatus
from treasury.kernel.money import from_minor_units
from treasury.queries.known import Point, applicable

#: Causes that the versions of exposures and instruments prove, with what to record where they do not.
PROVED_BY_VERSIONS = {
    ChangeCause.NO_LONGER_HIGHLY_PROBABLE: "record and approve a version of the exposure with the kind FORECAST",
    ChangeCause.NO_LONGER_EXPECTED: "record and approve a version of the exposure that is no longer expected, cancelled"
    " or smaller",
    ChangeCause.ITEM_DISPOSED: "record and approve a version of the net investment that is settled",
    ChangeCause.INSTRUMENT_ENDED: "record and approve a version of the instrument that is unwound, cancelled, settled"
    " or smaller",
}


def refuse_cause(at: Standing, cause: ChangeCause) -> None:
    """Raises Refusal where the framework does not know the cause as a discontinuation."""
    framework = at.version.get_framework_display()
    is_ifrs9 = at.version.framework == AccountingFramework.IFRS9
    if cause == ChangeCause.RELATIONSHIP_SHIFTED:
        raise Refusal(
            f"{at.code}: what shifted while the objective stands is rebalanced, not discontinued (6.5.5)."
            if is_ifrs9
            else f"{at.code}: {framework} knows no rebalancing; de-designate and designate anew."
        )
    if cause == ChangeCause.VOLUNTARY:
        raise Refusal(
            f"{at.code}: IFRS 9 knows no voluntary end of hedge accounting (6.5.6); name a cause that it knows."
            if is_ifrs9 and at.is_accounted
            else f"{at.code}: what is revoked by choice is a de-designation; propose that."
        )
    if cause == ChangeCause.OBJECTIVE_CHANGED and not is_ifrs9:
        raise Refusal(
            f"{at.code}: a changed objective is a cause of IFRS 9 (6.5.6); under {framework} de-designate by choice."
        )


def refuse_without_facts(at: Standing, cause: ChangeCause, plan: Volumes) -> None:
    """Raises Refusal where the book does not say so, says another date, or more or less is stopped than has ended."""
    if cause in PROVED_BY_VERSIONS:
        facts = _facts(at, cause)
        _all_of_it_goes(at, facts, plan)
        if cause != ChangeCause.INSTRUMENT_ENDED:
            _nothing_else_goes(at, facts, plan)
    elif cause == ChangeCause.CREDIT_RISK_DOMINATES:
        _confirmed(at, plan)
    elif cause == ChangeCause.CRITERIA_FAILED and at.is_accounted:
        _failed(at)


def _facts(at: Standing, cause: ChangeCause) -> list[Ended]:
    found = [
        fact
        for fact in ended(as_of_date=max(at.today, at.from_date), relationship_ids=[at.relationship.pk])
        if fact.cause == cause
    ]
    if not found:
        raise Refusal(
            f"{at.code}: no approved version of what it uses says so; {PROVED_BY_VERSIONS[cause]} first, with a second"
            " person, then propose the change from its date."
        )
    dates = sorted({fact.from_date for fact in found})
    if at.from_date not in dates:
        named = ", ".join(f"{fact.reference} from {fact.from_date}" for fact in found)
        raise Refusal(
            f"{at.code}: {cause.label} for {named}; propose the change from {dates[0]}, not {at.from_date}."
        )
    return [fact for fact in found if fact.from_date == at.from_date]


def _all_of_it_goes(at: Standing, facts: Sequence[Ended], plan: Volumes) -> None:
    for fact in facts:
        for layer in plan.side(fact.side):
            overlap = max(layer.unit_from, fact.unit_from) < min(layer.unit_to, fact.unit_to)
            if layer.subject_id == fact.subject_id and overlap:
                raise Refusal(
                    f"{at.code}: {fact.reference} has ended from unit {fact.unit_from} on (minor units); keep no more"
                    " of it than what is below."
                )


def _nothing_else_goes(at: Standing, facts: Sequence[Ended], plan: Volumes) -> None:
    """What is not affected stays designated: a stop of it would be voluntary (B6.5.27). What has happened is done."""
    gone = _by_subject((fact.subject_id, fact.unit_from, fact.unit_to) for fact in facts)
    stays = _by_subject((layer.subject_id, layer.unit_from, layer.unit_to) for layer in plan.items)
    happened = _happened(at)
    for layer in at.layers:
        if layer.side != "item" or layer.subject_id in happened:
            continue
        runs = [*gone.get(layer.subject_id, []), *stays.get(layer.subject_id, [])]
        free = [run for run in free_runs(runs, layer.unit_to) if run[1] > layer.unit_from]
        if free:
            first, past_last = max(free[0][0], layer.unit_from), free[0][1]
            amounts = " to ".join(str(from_minor_units(one, layer.unit)) for one in (first, past_last))
            raise Refusal(
                f"{at.code}: {amounts} {layer.unit} of {layer.reference} are not affected; keep them. Only what"
                " meets the criteria no more is discontinued, the rest goes on (B6.5.27)."
            )


def _by_subject(rows: Iterable[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """Runs of units by exposure."""
    found: dict[int, list[tuple[int, int]]] = {}
    for subject, first, past_last in rows:
        found.setdefault(subject, []).append((first, past_last))
    return found


def _happened(at: Standing) -> set[int]:
    """Items whose date has come before the change: there is nothing left of them to stop."""
    items = {layer.subject_id for layer in at.layers if layer.side == "item"}
    found = applicable(
        ExposureVersion.objects.filter(exposure__in=items), parent="exposure", at=Point(at.from_date)
    ).values_list("exposure_id", "status", "expected_date")
    return {
        pk
        for pk, status, expected in found
        if status == ExposureStatus.SETTLED or (status == ExposureStatus.OPEN and expected < at.from_date)
    }


def _confirmed(at: Standing, plan: Volumes) -> None:
    newest = (
        AssessmentDecision.objects.filter(
            relationship=at.relationship, subject=DecisionSubject.CREDIT_RISK, as_of_date__lte=at.from_date
        )
        .order_by("-as_of_date", "-id")
        .first()
    )
    if newest is None or newest.decided_status != EffectivenessStatus.NOT_EFFECTIVE:
        raise Refusal(
            f"{at.code}: nobody has confirmed up to {at.from_date} that credit risk dominates; decide on it first, with"
            " a reason (6.4.1(c)(ii))."
        )
    if not plan.is_empty:
        raise Refusal(
            f"{at.code}: where credit risk dominates the whole hedge is discontinued; keep nothing."
        )


def _failed(at: Standing) -> None:
    """A test, or a decision on one, that is dated the day of the stop says NOT_EFFECTIVE."""
    failed = EffectivenessStatus.NOT_EFFECTIVE
    on = {"as_of_date": at.from_date}
    if not (
        EffectivenessResult.objects.filter(
            relationship_id=at.relationship.pk,
            effectiveness_status=failed,
            run__as_of_date=at.from_date,
            run__status=RunStatus.PUBLISHED,
        ).exists()
        or AssessmentRecord.objects.filter(
            version__relationship=at.relationship, effectiveness_status=failed, **on
        ).exists()
        or AssessmentDecision.objects.filter(
            relationship=at.relationship, subject=DecisionSubject.TEST, decided_status=failed, **on
        ).exists()
    ):
        raise Refusal(
            f"{at.code}: no test of {at.from_date} came out not effective; test the hedge on that date first, or name"
            " the cause that fits."
        )
