"""What happened to a trade in its life: dated, append-only, taken back by another such row.

An event with a version counts once that version is approved: the second person decides on the terms and on the money,
which stand in the version's reason and with it in its digest. Variation margin has no version; it follows from quotes.
"""

from django.db import models
from django.db.models import Q

from hedges.enums import LifeEventKind, LifeEventMethod
from hedges.models.instrument import Instrument, InstrumentVersion
from treasury.models import Entity, Recorded, Unit, amount_fits
from treasury.models.checks import are_numbers
from treasury.models.fields import amount_field, rate_field


class InstrumentEvent(Recorded):
    """`amount` is the part of the notional that the event takes, signed as it; `counter_amount` what goes with it.
    `cash_amount` received +, paid −, on `cash_date`. `rate` is quote per base unit: the market's forward of an
    unwinding, the near rate of a roll, a fixing, a settlement price; `rate_source` says whose. `successor` is the trade
    that follows, whose first version is recorded in the same action. `near_leg`: of a roll, the opposite of the old
    trade to its settlement, which closes it. `reverses`: the event that this one takes back.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="life_events")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=18, choices=LifeEventKind)
    method = models.CharField(max_length=13, choices=LifeEventMethod, blank=True)
    event_date = models.DateField()
    amount = amount_field(null=True, blank=True)
    amount_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    counter_amount = amount_field(null=True, blank=True)
    counter_currency = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rate = rate_field(null=True, blank=True)
    discount_factor = rate_field(null=True, blank=True)
    rate_source = models.CharField(max_length=60, blank=True)
    is_agreed = models.BooleanField(
        default=False, help_text="The cash amount was agreed and typed, not worked out."
    )
    cash_amount = amount_field(null=True, blank=True)
    cash_currency = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cash_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    version = models.OneToOneField(
        InstrumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="life_event"
    )
    successor = models.OneToOneField(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="made_by"
    )
    near_leg = models.OneToOneField(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="closes"
    )
    reverses = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversals"
    )

    class Meta:
        ordering = ["instrument", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LifeEventKind.values), name="instrument_event_kind"),
            models.CheckConstraint(
                condition=Q(method__in=["", *LifeEventMethod.values]), name="instrument_event_method"
            ),
            models.CheckConstraint(
                condition=Q(kind=LifeEventKind.MARGIN, version__isnull=True)
                | (~Q(kind=LifeEventKind.MARGIN) & Q(version__isnull=False)),
                name="instrument_event_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(kind=LifeEventKind.REVERSAL, reverses__isnull=False)
                | (~Q(kind=LifeEventKind.REVERSAL) & Q(reverses__isnull=True)),
                name="instrument_event_reversal_names_another",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(kind__in=[LifeEventKind.ROLL, LifeEventKind.EXERCISE]),
                name="instrument_event_successor",
            ),
            models.CheckConstraint(
                condition=Q(near_leg=None) | Q(kind=LifeEventKind.ROLL), name="instrument_event_near_leg"
            ),
            models.CheckConstraint(
                condition=Q(cash_amount__isnull=True, cash_currency__isnull=True, cash_date__isnull=True)
                | Q(cash_amount__isnull=False, cash_currency__isnull=False, cash_date__isnull=False),
                name="instrument_event_cash_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(kind=LifeEventKind.MARGIN) | Q(reason__regex=r"\S"),
                name="instrument_event_reason",
            ),
            models.CheckConstraint(
                condition=(Q(rate=None) | Q(rate__gte=0))
                & (Q(discount_factor=None) | Q(discount_factor__gt=0)),
                name="instrument_event_rates_positive",
            ),
            are_numbers("rate", "discount_factor", name="instrument_event_rates_are_numbers"),
            amount_fits("amount", "amount_unit", name="instrument_event_amount"),
            amount_fits("counter_amount", "counter_currency", name="instrument_event_counter_amount"),
            amount_fits("cash_amount", "cash_currency", name="instrument_event_cash_amount"),
            models.UniqueConstraint(
                fields=["instrument", "event_date"],
                condition=Q(kind=LifeEventKind.MARGIN),
                name="instrument_event_one_margin_a_day",
            ),
        ]
