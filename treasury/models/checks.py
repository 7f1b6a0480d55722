"""Conditions for CHECK constraints. Postgres takes NaN for the largest number, so that `x > 0` lets it pass."""

from django.db import models
from django.db.models import BooleanField, Func


class IsNumber(Func):
    """True for null and for every NUMERIC but NaN."""

    template = "(%(expressions)s) IS DISTINCT FROM 'NaN'::numeric"
    arity = 1
    output_field = BooleanField()


class ArrayOfNumbers(Func):
    """True for null and for an array of double precision without NaN."""

    template = "'NaN'::float8 <> ALL (coalesce(%(expressions)s, ARRAY[]::float8[]))"
    arity = 1
    output_field = BooleanField()


def are_numbers(*columns: str, name: str) -> models.CheckConstraint:
    """No NaN in any of the NUMERIC columns."""
    condition = models.Q()
    for column in columns:
        condition &= models.Q(IsNumber(models.F(column)))
    return models.CheckConstraint(condition=condition, name=name)
