"""Which units of which exposure and of which notional a relationship uses.

An allocation takes the units `unit_from` (inclusive) to `unit_to` (exclusive): minor units of the absolute amount,
counted from zero. Two allocations of one exposure or notional under the same framework and risk may not share a
unit of the same component in overlapping periods: an EXCLUDE constraint, so that no race can get past it. WHOLE
overlaps every component, SPOT the forward element's complement, INTRINSIC the time value's.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from exposures.models import Exposure, ExposureVersion
from hedges.enums import DesignatedComponent
from hedges.models.instrument import Instrument, InstrumentVersion
from hedges.models.relationship import HedgeRelationshipVersion
from treasury.enums import AccountingFramework
from treasury.models import Entity, Recorded, Risk
from treasury.models.checks import are_numbers
from treasury.models.fields import amount_field

#: The parts of value that a designated component takes, as a bit range: parts 0 spot, 1 forward and time value.
_FIRST_PART = Case(
    When(
        designated_component__in=[DesignatedComponent.FORWARD, DesignatedComponent.TIME_VALUE], then=Value(1)
    ),
    default=Value(0),
)
_PAST_LAST_PART = Case(
    When(designated_component__in=[DesignatedComponent.SPOT, DesignatedComponent.INTRINSIC], then=Value(1)),
    default=Value(2),
)


def _no_unit_twice(subject: str, name: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[
            (subject, RangeOperators.EQUAL),
            ("framework", RangeOperators.EQUAL),
            ("risk", RangeOperators.EQUAL),
            (Func(_FIRST_PART, _PAST_LAST_PART, function="int4range"), RangeOperators.OVERLAPS),
            (Func(F("unit_from"), F("unit_to"), function="int8range"), RangeOperators.OVERLAPS),
            (Func(F("period_from"), F("period_to"), function="daterange"), RangeOperators.OVERLAPS),
        ],
    )


class Allocation(Recorded):
    """Common columns. `capacity_units` is what the version it was taken from had; `period_to` is exclusive.

    `designated_amount` is signed like the exposure or notional it is part of. `period_to` is the one column that
    may change, once, to an earlier date: a discontinuation releases the units by ending the period. `released_at`
    (when that became known) and `planned_to` are given by the trigger `hedgebook_allocation`, which also holds the
    amount to the units, the version to the newest approved one, and the period to the hedged one.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    relationship_version = models.ForeignKey(HedgeRelationshipVersion, on_delete=models.PROTECT)
    framework = models.CharField(max_length=8, choices=AccountingFramework)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="+")
    designated_component = models.CharField(max_length=10, choices=DesignatedComponent)
    designated_amount = amount_field()
    unit_from = models.BigIntegerField()
    unit_to = models.BigIntegerField()
    capacity_units = models.BigIntegerField()
    period_from = models.DateField()
    period_to = models.DateField()
    struck_on = models.DateField(
        null=True,
        editable=False,
        help_text="Date of the item's hypothetical: the beginning, also of what stays after a change of volume.",
    )
    planned_to = models.DateField(
        null=True, editable=False, help_text="The end as designated; `period_to` until a release."
    )
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def checks(prefix: str) -> list[models.CheckConstraint]:
        return [
            models.CheckConstraint(
                condition=Q(unit_from__gte=0, unit_to__gt=F("unit_from"), unit_to__lte=F("capacity_units")),
                name=f"{prefix}_within_capacity",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from"), period_to__lte=F("planned_to")),
                name=f"{prefix}_period",
            ),
            are_numbers("designated_amount", name=f"{prefix}_amount_is_a_number"),
            models.CheckConstraint(
                condition=Q(framework__in=AccountingFramework.values), name=f"{prefix}_framework"
            ),
            models.CheckConstraint(
                condition=Q(designated_component__in=DesignatedComponent.values), name=f"{prefix}_component"
            ),
        ]


class ItemAllocation(Allocation):
    """Units of an exposure that are hedged items of a relationship."""

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="allocations")
    exposure_version = models.ForeignKey(ExposureVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        default_related_name = "item_allocations"
        constraints = [
            _no_unit_twice("exposure", "item_allocation_no_unit_twice"),
            *Allocation.checks("item_allocation"),
        ]


class InstrumentAllocation(Allocation):
    """Units of a notional that are hedging instruments of a relationship."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="allocations")
    instrument_version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        default_related_name = "instrument_allocations"
        constraints = [
            _no_unit_twice("instrument", "instrument_allocation_no_unit_twice"),
            *Allocation.checks("instrument_allocation"),
        ]
