"""Nothing is rounded on its way into the book: Postgres would round a NUMERIC to its scale before any CHECK sees it."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import models

from treasury.domain.refusals import Refusal


def refuse_rounding(rows: Sequence[models.Model]) -> None:
    """Raises Refusal naming the field whose value has more decimals than its column keeps."""
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if isinstance(field, models.DecimalField)]
    for row in rows:
        for field in fields:
            refuse_decimals(field.name, getattr(row, field.attname), field.decimal_places)


def refuse_decimals(name: str, value: object, decimals: int) -> None:
    """The same for one value; anything but a finite Decimal is left to the database."""
    if isinstance(value, Decimal) and value.is_finite():
        exponent = value.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > decimals:
            raise Refusal(f"{name}: expected at most {decimals} decimals, got {value}")
