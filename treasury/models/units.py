"""Currencies and quantity units, and the SQL that holds amounts to their minor units."""

from django.db import models
from django.db.models import BooleanField, Func

from treasury.enums import UnitKind


class AmountFits(Func):
    """`hedgebook_amount_fits(amount, unit)`: not NaN, no more decimals than the unit has, minor units under 2^53."""

    function = "hedgebook_amount_fits"
    arity = 2
    output_field = BooleanField()


class AmountUnits(Func):
    """`hedgebook_amount_units(amount, unit)`: the absolute amount in minor units, as a bigint."""

    function = "hedgebook_amount_units"
    arity = 2
    output_field = models.BigIntegerField()


def capacity_units(amount: str, unit: str) -> models.GeneratedField:
    """The units that an amount has, for allocations to take from; worked out by the database."""
    return models.GeneratedField(
        expression=AmountUnits(models.F(amount), models.F(unit)),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )


def amount_fits(amount: str, unit: str, *, name: str) -> models.CheckConstraint:
    """The CHECK that every amount column of the book carries; `unit` names the column of its currency or unit."""
    return models.CheckConstraint(condition=AmountFits(models.F(amount), models.F(unit)), name=name)


class Unit(models.Model):
    """What an amount is counted in: an ISO 4217 currency, or the quantity unit of a commodity or an index."""

    code = models.CharField(primary_key=True, max_length=8)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=UnitKind)
    minor_units = models.PositiveSmallIntegerField(
        help_text="Decimals of the smallest unit (ISO 4217 for currencies)."
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(minor_units__lte=4), name="unit_minor_units"),
            models.CheckConstraint(condition=models.Q(kind__in=UnitKind.values), name="unit_kind"),
        ]

    def __str__(self) -> str:
        return self.code
