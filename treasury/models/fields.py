"""Column types that say what they hold. All of them are plain Django columns to the migrations."""

from typing import Any

from django.db import models


def amount_field(**kwargs: Any) -> models.DecimalField:
    """Money or quantity, exact: NUMERIC(20, 4); its unit stands in a column beside it."""
    return models.DecimalField(max_digits=20, decimal_places=4, **kwargs)


def rate_field(**kwargs: Any) -> models.DecimalField:
    """A price or rate as quoted or dealt, exact: NUMERIC(20, 10)."""
    return models.DecimalField(max_digits=20, decimal_places=10, **kwargs)


def ratio_field(**kwargs: Any) -> models.DecimalField:
    """A dimensionless share that a person has set (0.60 is 60 %): NUMERIC(9, 6)."""
    return models.DecimalField(max_digits=9, decimal_places=6, **kwargs)


class _Measured:
    """A result column that names the number it holds: `measure` is a code and a field of the catalogue.

    The tooltip, the API and a test read it. `means` says what the number is where it is not the measure's own result
    but a part or a sum of it; like `measure` it is no part of a migration.
    """

    measure: str
    means: str

    def __init__(self, *args: Any, measure: str = "", means: str = "", **kwargs: Any) -> None:
        self.measure, self.means = measure, means
        super().__init__(*args, **kwargs)


class MeasuredAmount(_Measured, models.DecimalField):
    """Money of a result: NUMERIC(20, 4), null where it is undefined."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 4)
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs


class MeasuredFloat(_Measured, models.FloatField):
    """A statistic of a result: double precision, null where it is undefined."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.FloatField", args, kwargs


class MeasuredCount(_Measured, models.IntegerField):
    """A count of a result."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.IntegerField", args, kwargs
